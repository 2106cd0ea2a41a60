"""When an event happened: first and last day, EDTF text, precision."""

# Rows whose own notes, claims or doubts give more than the day in the date column.
RANGES = {
    "UC-262580": ("2018-08-13", "2018-08-17"),  # "UCDP dates it 13-17 Aug"
    "UC-262606": ("2018-08-26", "2018-08-28"),  # "UCDP dates it 26-28 Aug"
}
UNCERTAIN = {
    "AW-RS3518",  # doubts.csv: its dated sources are of 8 Sep
    "PR-0906-KAFRZITA-HOSP",  # note: STJ dates the damage to 8 Sep
    "PR-0908-LATAMNEH-HOSP",  # confidence "medium (date)": AFP has 9 Sep
}


def when(row):
    """The date properties of an event row."""
    start, end = RANGES.get(row["id"], (row["date"], row["date"]))
    edtf = start if start == end else f"{start}/{end}"
    if row["id"] in UNCERTAIN:
        edtf += "?"
    return {
        "date_start": start,
        "date_end": end,
        "edtf": edtf,
        "date_precision": "day" if start == end else "days_2_6",
    }
