"""Reads the tables of facts. A blank cell is None: unknown, never zero."""

import csv
from pathlib import Path

FACTS = Path(__file__).resolve().parents[2] / "facts"


def rows(name):
    """The rows of `facts/<name>.csv`, in file order, cells word for word."""
    with open(FACTS / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(cell):
    return cell.strip() or None


def number(cell):
    return float(cell) if cell.strip() else None


def count(cell):
    """A whole number of people, or None where the cell is blank."""
    return int(cell) if cell.strip() else None


def parts(cell, separator=";"):
    """The items of a cell that holds several."""
    return [item.strip() for item in cell.split(separator) if item.strip()]


def lines(name, keys):
    """Vertices of a table, grouped by `keys` in order of appearance."""
    groups = {}
    for row in rows(name):
        key = tuple(row[k] for k in keys)
        groups.setdefault(key, []).append((float(row["lon"]), float(row["lat"])))
    return groups
