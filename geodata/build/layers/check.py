"""Checks that what was built is sound: RFC 7946 shapes, ids, links, no doubt lost, no working note shown."""

import json
import math
from pathlib import Path

from layers import reader, shape

# Layers that the registry packages make; links to them are checked only in a complete build.
FROM_REGISTRY = ("governorates", "basemap", "places")


def problems(out, lost, complete=False):
    """Every problem found in the layers under `out`, as lines for a person."""
    found = [f"doubt {number} about {name!r} of {file} is attached to no feature" for number, file, name in lost]
    ids = {}
    for path in sorted(Path(out).glob("*/*.geojson")):
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        known = ids.setdefault(path.parent.name, set())
        for feature in features:
            where = f"{path.parent.name}/{feature['id']}"
            if feature["id"] in known:
                found.append(f"{where}: id used twice")
            known.add(feature["id"])
            found += [f"{where}: {problem}" for problem in shape_problems(feature["geometry"])]
            found += [f"{where}: {slip}" for slip in reader.slips(feature["properties"])]
    return found + broken_links(out, ids, complete)


def shape_problems(geometry):
    if geometry is None:
        return []
    kind, coordinates = geometry["type"], geometry["coordinates"]
    found = [] if all(math.isfinite(c) for c in flat(coordinates)) else ["a coordinate is not a number"]
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    for polygon in polygons:
        for i, ring in enumerate(polygon):
            if len(ring) < 4 or ring[0] != ring[-1]:
                found.append("a ring is not closed")
            elif (shape.signed_area(ring) > 0) != (i == 0):
                found.append("a ring winds the wrong way")
    return found


def flat(coordinates):
    if isinstance(coordinates, (int, float)):
        yield coordinates
    else:
        for part in coordinates:
            yield from flat(part)


def broken_links(out, ids, complete):
    found = []
    for name, layer_of, id_of in (
        ("report/statements", lambda link: link["layer"], lambda link: link["feature_id"]),
        ("strikes/strikes", lambda link: "strikes", lambda link: link["id"]),
    ):
        for feature in json.loads((Path(out) / f"{name}.geojson").read_text(encoding="utf-8"))["features"]:
            for link in feature["properties"]["links"]:
                layer, target = layer_of(link), id_of(link)
                if layer in FROM_REGISTRY and not complete:
                    continue
                if target not in ids.get(layer, ()):
                    found.append(f"{name}/{feature['id']}: links to {layer}/{target}, which is not there")
    return found
