"""Landmarks that the report names: the clock tower of Idlib."""

from layers import geojson, reader, table


def features():
    row = next(r for r in table.rows("report_statements") if r["n"] == "2")
    properties = {
        "name_en": "Clock tower, Idlib",
        "name_ar": "برج الساعة – إدلب",
        "aliases": ["Clock Square", "Sahat al-Saa", "ساحة الساعة"],
        "kind": "landmark",
        "radius_m": 50,
        "precision_wording": "about 30 to 50 m: the point is a café on the square",
        "coord_source": reader.words("coord_source", row["coord_source"]),
        "note": reader.words("checked_against", row["checked_against"]),
    }
    return [geojson.feature("clock-tower-idlib", geojson.point(float(row["lon"]), float(row["lat"])), properties)]
