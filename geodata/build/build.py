"""Makes every layer that comes from `geodata/facts/`. Standard library only.

    python3 build.py OUT

OUT is the folder that receives the layers, one folder each.
"""

import sys

from layers import check, control, geojson, landmarks, marked_days, reader, report, roads, strikes, territory, water
from layers.doubts import Doubts
from layers.names import Names


def build(out):
    """Writes the layers and returns the problems found in them."""
    names, doubts = Names(), Doubts()
    places, posts, crossings = control.split(names, doubts)
    geojson.write(out, "strikes", "strikes", strikes.features(names, doubts))
    geojson.write(out, "control_places", "control_places", places)
    geojson.write(out, "observation_posts", "observation_posts", posts)
    geojson.write(out, "crossings", "crossings", crossings)
    geojson.write(out, "rebel_held_area", "rebel_held_area", territory.area(doubts))
    geojson.write(out, "front_line", "front_line", territory.front_line(doubts))
    geojson.write(out, "highways", "highways", roads.features())
    geojson.write(out, "landmarks", "landmarks", landmarks.features())
    geojson.write(out, "report", "statements", report.features(doubts))
    geojson.write(out, "basemap", "rivers", water.rivers())
    marked_days.write(out)
    return reader.problems() + check.problems(out, doubts.lost())


if __name__ == "__main__":
    found = build(sys.argv[1])
    for line in found:
        print(line, file=sys.stderr)
    sys.exit(1 if found else 0)
