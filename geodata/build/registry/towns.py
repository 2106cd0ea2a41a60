"""The gazetteer: towns of GeoNames and every place of the facts, once each, with a rank for labels."""

import re

from layers import classes, shape, table
from layers import geojson
from layers.control import CROSSING, POST
from layers.names import Names
from registry import frames, ranks, spelling
from registry.governorates import slug_of
from registry.town_tables import LEFT_OUT, NOT_A_PLACE

# Two rows are one place: of one name within the first distance, of one skeleton of consonants within the second
# (Latmin is 5 km from al-Lataminah), whatever the spelling within the third.
NAMESAKE_M = 6000
ALIKE_M = 2000
SAME_M = 600
# A description of a site or an area that stands where a name should.
NO_NAME = re.compile(r"[,;(]|\b(?:area|countryside|outskirts|vicinity|school|hospital|centre)\b", re.IGNORECASE)
# Beyond the near box only towns of this size; Turkish and Lebanese villages within it from the other.
FAR_POPULATION = 100_000
ABROAD_POPULATION = 3_000
SEATS = ("PPLC", "PPLA", "PPLA2")


def places(rows):
    """Features by rank, then population, then name."""
    found = []
    for place in facts_places():
        merge(found, place)
    for place in filter(None, map(town, rows)):
        merge(found, place)
    for place in found:
        place["rank"] = ranks.rank(place)
    found.sort(key=lambda p: (p["rank"], -(p["population"] or 0), p["name_en"], p["lon"]))
    return features(found)


def facts_places():
    """Places of the facts, the best known point first."""
    names = Names()
    for row in table.rows("place_names"):
        if row["basis"] == "OpenStreetMap, hand-checked":
            kind = "airbase" if "Air Base" in row["name"] else "populated place"
            yield fact(row["name"], row, names, kind, "OpenStreetMap")
    for row in table.rows("control_places"):
        if row["control"] not in (POST, CROSSING) and "crossing" not in row["name"]:
            yield fact(row["name"], row, names, row["kind"], row["coord_source"])
    known = classes.Classes()
    for row in table.rows("events"):
        if known.of("precision", row["precision"]) in ("exact", "place", "city") and row["id"] not in NOT_A_PLACE:
            kind = "hill" if row["precision"] == "hill" else "populated place"
            yield fact(row["place"], row, names, kind, row["coord_source"]) | {"struck": True}


def fact(written, row, names, kind, source):
    name_en, name_ar, aliases = names.of(written)
    return {
        "name_en": name_en,
        "name_ar": name_ar,
        "aliases": [a for a in aliases if not NO_NAME.search(a)],
        "lon": float(row["lon"]),
        "lat": float(row["lat"]),
        "population": None,
        "country": "SY",
        "kind": kind,
        "code": None,
        "struck": False,
        "source": source,
    }


def town(row):
    """A GeoNames row as a place, or None where it is outside the boxes or too small."""
    lat, lon, population = float(row[4]), float(row[5]), int(row[14])
    if not within(lon, lat, frames.WIDE) or row[1] in LEFT_OUT or row[7] in ("PPLX", "PPLH", "PPLQ"):
        return None
    if within(lon, lat, frames.NEAR):
        if row[8] != "SY" and population < ABROAD_POPULATION and row[7] not in SEATS:
            return None
    elif population < FAR_POPULATION and row[7] != "PPLC":
        return None
    name_en = spelling.english(row[1], row[8])
    return {
        "name_en": name_en,
        "name_ar": spelling.arabic(name_en, row[3].split(",")),
        "aliases": [row[1]] if row[1] != name_en else [],
        "lon": lon,
        "lat": lat,
        "population": population or None,
        "country": row[8],
        "kind": "populated place",
        "code": row[7],
        "struck": False,
        "source": f"GeoNames {row[0]}",
    }


def within(lon, lat, box):
    west, south, east, north = box
    return west <= lon <= east and south <= lat <= north


def merge(found, place):
    """Adds a place, or what it knows to the place that it is."""
    known = next((p for p in found if same(p, place)), None)
    if known is None:
        found.append(place)
        return
    known["population"] = known["population"] or place["population"]
    known["name_ar"] = known["name_ar"] or place["name_ar"]
    known["code"] = known["code"] or place["code"]
    known["struck"] = known["struck"] or place["struck"]
    for name in [place["name_en"], *place["aliases"]]:
        if name != known["name_en"] and name not in known["aliases"]:
            known["aliases"].append(name)
    if place["source"] not in known["source"].split("; "):
        known["source"] += "; " + place["source"]


def same(a, b):
    if abs(a["lat"] - b["lat"]) > 0.1 or (a["kind"] == "hill") != (b["kind"] == "hill"):
        return False
    apart = shape.distance_m((a["lon"], a["lat"]), (b["lon"], b["lat"]))
    if a["kind"] != b["kind"]:
        return a["name_en"] == b["name_en"] and apart < NAMESAKE_M
    if apart < SAME_M and b["code"]:
        return True
    if a["name_en"] == b["name_en"]:
        return apart < NAMESAKE_M
    return apart < ALIKE_M and spelling.key(a["name_en"]) == spelling.key(b["name_en"])


def features(found):
    used, out = {}, []
    for place in found:
        identity = "place-" + (slug_of(place["name_en"]) or "unnamed")
        used[identity] = used.get(identity, 0) + 1
        if used[identity] > 1:
            identity += f"-{used[identity]}"
        properties = {
            "name_en": place["name_en"],
            "name_ar": place["name_ar"],
            "aliases": place["aliases"],
            "rank": place["rank"],
            "kind": ranks.kind(place),
            "population": place["population"],
            "country": place["country"],
            "source": place["source"],
        }
        out.append(geojson.feature(identity, geojson.point(place["lon"], place["lat"]), properties))
    return out
