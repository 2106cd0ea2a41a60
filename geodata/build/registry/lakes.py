"""Lakes: those of the facts, and beyond their box the inland water that the land file leaves out."""

import shapely

from layers import geojson, shape, water
from registry import countries, frames, write

# The box within which `water.csv` was gathered; some of its lakes are cut at its edge.
GATHERED = (35.5, 34.4, 38.5, 37.2)
SMALLEST_DEG2 = 0.0008
FINE_DEG = 0.0012
# A point in the lake, and its names.
NAMED = [
    (38.48, 37.50, "Lake Atatürk", "بحيرة أتاتورك"),
    (35.59, 32.80, "Sea of Galilee", "بحيرة طبريا"),
    (35.49, 31.52, "Dead Sea", "البحر الميت"),
    (42.80, 36.68, "Mosul Lake", "بحيرة سد الموصل"),
]


def features(inland_water):
    """The lakes of the facts first, in their order; then those beyond, the largest first."""
    beyond = outside_the_facts(inland_water)
    found = []
    for part, english, arabic, kind, ring in water.lakes():
        lake = shapely.make_valid(shapely.Polygon(ring))
        touching = [b for b in beyond if b.distance(lake) < 1e-3 and b.area < 1]
        beyond = [b for b in beyond if b not in touching]
        whole = countries.polygons_of(shapely.union_all([lake, *[t.buffer(1e-3) for t in touching]]))
        found.append(feature(f"lake-{part}", english, arabic, kind, whole))
    beyond.sort(key=lambda b: (-b.area, b.bounds))
    for number, lake in enumerate(beyond, start=1):
        english, arabic = names_of(lake)
        found.append(feature(f"lake-beyond-{number:02}", english, arabic, "lake", lake))
    return found


def outside_the_facts(inland_water):
    """Inland water of the land file beyond the box of the facts, from a size on, simplified."""
    gathered = shapely.box(*GATHERED)
    whole = countries.polygons_of(shapely.union_all(inland_water).difference(gathered))
    large = [p for p in shapely.get_parts(whole) if p.area >= SMALLEST_DEG2]
    return [p.simplify(FINE_DEG) for p in large if p.intersects(shapely.box(*frames.WIDE))]


def names_of(lake):
    for lon, lat, english, arabic in NAMED:
        if lake.contains(shapely.Point(lon, lat)):
            return english, arabic
    return None, None


def feature(identity, english, arabic, kind, whole):
    area = sum(shape.area_m2(list(p.exterior.coords)) for p in shapely.get_parts(whole))
    properties = {"name_en": english, "name_ar": arabic, "kind": kind, "area_km2": round(area / 1e6, 1)}
    return geojson.feature(identity, write.geometry(whole), properties)
