"""Turns the working notes of the tables into words for readers; figures, dates, places and stances stay.

The tables were written by and for the people who checked the figures. What is shown says the same
without naming files, rows or ids. `original` keeps each row of events as it stands.
"""

import re

from layers import reader_words

# The id of an event of the tables, and the pages of SOHR that are cited by number.
EVENT_ID = re.compile(r"\b(?:AREA|AW|PR|RU|UC)-[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
SOHR_PAGE = re.compile(r"\bSOHR ?(\d{6})\b")
# What no reader should meet: files, working words, codes of a table.
NOT_FOR_READERS = re.compile(
    r"\.csv\b|README|WARNING|CHANGED|the inputs|where_prec|null geometry|\bthis row\b|\bdo not (?:draw|show)\b"
)
# Properties that stay word for word, or are no text.
KEPT = re.compile(r"id|original|links|.*_wording|.*_as_written|.*urls?")

used = set()


def words(field, cell, titles=None):
    """The cell of a table as a reader should see it, or None where nothing is left of it; ids of events become titles."""
    if cell is None:
        return None
    if (field, cell) in reader_words.CELLS:
        used.add((field, cell))
        return reader_words.CELLS[field, cell]
    for old, new in reader_words.PHRASES.get(field, ()):
        if old in cell:
            used.add((field, old))
            cell = cell.replace(old, new)
    cell = SOHR_PAGE.sub(r"SOHR (page \1)", cell)
    if titles:
        cell = EVENT_ID.sub(lambda found: f"“{titles[found[0]]}”", cell)
    return cell.strip("; ") or None


def slips(properties):
    """The texts of a feature that are still a working note."""
    for name, value in properties.items():
        for text in () if KEPT.fullmatch(name) else texts(value):
            if found := NOT_FOR_READERS.search(text) or EVENT_ID.search(text):
                yield f"{name} says {found[0]!r} to its readers"


def texts(value):
    """Every text in a value, whatever holds it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from () if KEPT.fullmatch(name) else texts(item)


def problems():
    """Wordings that fit no cell any more: the table of facts has changed under them."""
    known = set(reader_words.CELLS)
    known |= {(field, old) for field, pairs in reader_words.PHRASES.items() for old, _ in pairs}
    return [f"no cell of {field} has {old!r} any more: see reader_words.py" for field, old in sorted(known - used)]
