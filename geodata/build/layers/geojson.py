"""Writes GeoJSON the same way every time: one feature a line, fixed digits, `\\n`."""

import json
from pathlib import Path

LAYERS = Path(__file__).resolve().parents[2]


def rounded(coordinates, digits):
    if isinstance(coordinates[0], (int, float)):
        return [round(float(c), digits) for c in coordinates]
    return [rounded(part, digits) for part in coordinates]


def geometry(kind, coordinates, digits=5):
    return {"type": kind, "coordinates": rounded(coordinates, digits)}


def point(lon, lat):
    return geometry("Point", (lon, lat), 6)


def feature(identity, shape, properties):
    """A Feature whose id also stands among its properties, for tools that drop ids."""
    return {
        "type": "Feature",
        "id": identity,
        "geometry": shape,
        "properties": {"id": identity, **properties},
    }


def dump(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def collection_text(features, about=None):
    head = {"type": "FeatureCollection", **(about or {})}
    start = dump(head)[:-1] + ',"features":[\n'
    return start + ",\n".join(dump(f) for f in features) + "\n]}\n"


def write(out, folder, name, features, about=None):
    """Writes `<out>/<folder>/<name>.geojson` and returns its path."""
    path = Path(out) / folder / f"{name}.geojson"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(collection_text(features, about), encoding="utf-8", newline="\n")
    return path
