"""The rebel-held area and the front line: derived from the control places, approximate."""

from layers import geojson, shape, table

DATE = "2018-09-08"
ERROR = "expected error 1 to 5 km, up to 8 km in the south-east"
METHOD = (
    "derived, not surveyed: cells nearest to the places each side held, joined, cut at the Turkish "
    "border and smoothed; Afrin is left out"
)


def common():
    return {"date": DATE, "edtf": DATE + "~", "approximate": True, "error": ERROR, "method": METHOD}


def area(doubts):
    ring = shape.counter_clockwise(vertices_of("rebel_held_area"))
    properties = {
        "name_en": "Rebel-held area",
        "name_ar": "مناطق سيطرة المعارضة",
        "description": "Idlib and the adjoining parts of Latakia, Hama and Aleppo, approximate, 8 September 2018",
        **common(),
        "area_km2": round(shape.area_m2(ring) / 1e6, -1),
        "population": "about 3 million people, 2.1 million of them in need, 1.4 million displaced (OCHA, 12 Sep 2018)",
        "doubts": doubts.of("territory.csv", "rebel_held_area"),
    }
    return [geojson.feature("rebel-held-area", geojson.geometry("Polygon", [ring]), properties)]


def front_line(doubts):
    line = vertices_of("front_line")
    properties = {
        "name_en": "Front line",
        "name_ar": "خط الجبهة",
        "description": "Line between the rebel-held area and its neighbours inside Syria, approximate, 8 September 2018",
        **common(),
        "length_km": round(shape.length_m(line) / 1000, -1),
        "doubts": doubts.of("territory.csv", "front_line"),
    }
    return [geojson.feature("front-line", geojson.geometry("LineString", line), properties)]


def vertices_of(name):
    return [v for (found, _), line in table.lines("territory", ["feature", "ring"]).items() if found == name for v in line]
