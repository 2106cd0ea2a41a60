"""Prints what was measured as a table in Markdown: one line a file and program, with sitmap's part of each time."""

import json
import sys
from pathlib import Path
from statistics import median

TITLES = {"sitmap": "sitmap", "qgis": "QGIS", "mapnik": "Mapnik", "gdal": "GDAL, summary only"}


def of_sitmap(line):
    """sitmap's own words for its steps, in those of the table."""
    seconds = {name: value / 1e3 for name, value in line.items() if name.endswith("_ms") and name != "frame_ms"}
    return {
        "start": seconds["device_ms"],
        "open": seconds["load_ms"] + seconds["index_ms"],
        "first_frame": seconds["tessellate_ms"] + seconds["first_frame_ms"],
        "later_frame": median(line["frame_ms"]) / 1e3,
    }


def rows(path):
    """(file, program, peak memory in MB, seconds of each step) in the order of measuring."""
    for row in Path(path).read_text().splitlines():
        file, program, peak_kib, line = row.split("\t")
        steps = json.loads(line)
        yield Path(file), program, int(peak_kib) * 1024 / 1e6, of_sitmap(steps) if program == "sitmap" else steps


def shown(steps):
    """The seconds from opening the file to the end of what the program does with it: a frame, or a summary."""
    return steps["open"] + steps.get("first_frame", 0.0)


def words(seconds):
    return "" if seconds is None else f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}"


def ratio(ours, theirs):
    part = ours / theirs
    return f"1/{1 / part:.0f}" if part < 0.1 else f"{part:.2f}×"


measured = list(rows(sys.argv[1]))
print("| file | program | start | open | first frame | open to first frame | later frame | peak memory | sitmap takes |")
print("|---|---|---|---|---|---|---|---|---|")
for file, program, peak_mb, steps in measured:
    ours = next((shown(other) for path, name, _, other in measured if (path, name) == (file, "sitmap")), None)
    cells = [words(steps.get(step)) for step in ("start", "open", "first_frame")]
    cells += [words(shown(steps)), words(steps.get("later_frame")), f"{peak_mb:.0f} MB"]
    cells += ["" if ours is None or program == "sitmap" else ratio(ours, shown(steps))]
    print(f"| {file.stem}, {file.stat().st_size / 1e6:.0f} MB | {TITLES[program]} | {' | '.join(cells)} |")
print()
print("Seconds. The start of a program, for sitmap that of the graphics device, is not part of its ratio.")
