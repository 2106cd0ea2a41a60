"""Prints what was measured as a table in Markdown: one line a file and program, with sitmap's part of each time."""

import json
import sys
from pathlib import Path
from statistics import median

TITLES = {"sitmap": "sitmap", "sitmap-again": "sitmap, with a prepared copy", "qgis": "QGIS", "mapnik": "Mapnik", "gdal": "GDAL, summary only"}


def of_sitmap(line):
    """sitmap's own words for its steps, in those of the table."""
    seconds = {name: value / 1e3 for name, value in line.items() if isinstance(value, float)}
    return {
        "open": seconds["load_ms"] + seconds["index_ms"],
        "first_frame": seconds["device_wait_ms"] + seconds["tessellate_ms"] + seconds["first_frame_ms"],
        "later_frame": median(line["frame_ms"]) / 1e3,
    }


def rows(path):
    """(file, program, peak memory in MB, seconds of each step) in the order of measuring."""
    for row in Path(path).read_text().splitlines():
        file, program, peak_kib, line = row.split("\t")
        steps = json.loads(line)
        steps = of_sitmap(steps) if program.startswith("sitmap") else steps
        yield Path(file), program, int(peak_kib) * 1024 / 1e6, steps


def to_first_frame(steps):
    """The seconds from opening the file to a frame of all of it; None where nothing is drawn."""
    return steps["open"] + steps["first_frame"] if "first_frame" in steps else None


def words(seconds):
    return "" if seconds is None else f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"


def ratio(ours, theirs):
    """sitmap's part of the time to the first frame, or of opening where the other draws nothing."""
    drawn = to_first_frame(theirs)
    part = ours["open"] / theirs["open"] if drawn is None else to_first_frame(ours) / drawn
    return f"{part:.3f}×" if part < 0.1 else f"{part:.2f}×"


measured = list(rows(sys.argv[1]))
ours = {file: steps for file, program, _, steps in measured if program == "sitmap"}
print("| file | program | start | open | first frame | open to first frame | later frame | peak memory | sitmap takes |")
print("|---|---|---|---|---|---|---|---|---|")
for file, program, peak_mb, steps in measured:
    cells = [f"{file.stem}, {file.stat().st_size / 1e6:.0f} MB", TITLES[program]]
    cells += [words(steps.get(step)) for step in ("start", "open", "first_frame")]
    cells += [words(to_first_frame(steps)), words(steps.get("later_frame")), f"{peak_mb:.0f} MB"]
    if program == "sitmap" or file not in ours:
        cells += [""]
    elif program == "sitmap-again":
        cells += [f"opens in {steps['open'] / ours[file]['open']:.2f}× of the time"]
    else:
        cells += [ratio(ours[file], steps)]
    print(f"| {' | '.join(cells)} |")
print()
print("Seconds; memory with what is mapped of the file. The start of a peer is not part of its time; sitmap opens its graphics")
print("device while it reads, and that is. The ratio is of the time to the first frame, of opening where nothing is drawn.")
