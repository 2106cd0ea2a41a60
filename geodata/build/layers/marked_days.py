"""Days that readers of this map look for, with their source: no layer, but marks on the axis of time."""

from datetime import date
from pathlib import Path

from layers import geojson, table


def days():
    """In order of time; an error where a day is none or a cell is blank."""
    rows = table.rows("marked_days")
    for row in rows:
        date.fromisoformat(row["day"])
        blank = [name for name, cell in row.items() if not cell.strip()]
        if blank:
            raise ValueError(f"{row['day']}: nothing in {', '.join(blank)}")
    return sorted(rows, key=lambda row: row["day"])


def write(out):
    """Writes `<out>/marked_days/marked_days.json`: an array, one day a line."""
    path = Path(out) / "marked_days" / "marked_days.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(geojson.dump(day) for day in days())
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8", newline="\n")
