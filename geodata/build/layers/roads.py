"""The highways M4 and M5."""

from layers import geojson, shape, table

NAMES = {
    "M4": ("M4 highway, Latakia – Aleppo – Euphrates", "الطريق الدولي حلب – اللاذقية (M4)"),
    "M5": ("M5 highway, Homs – Hama – Aleppo", "الطريق الدولي دمشق – حلب (M5)"),
}
ORDER = ("M4", "M5")


def features():
    """One feature a road; its parts keep the order of the table."""
    lines = table.lines("highways", ["road", "part"])
    return [road(ref, [line for (name, _), line in lines.items() if name == ref]) for ref in ORDER]


def road(ref, parts):
    english, arabic = NAMES[ref]
    simple = len(parts) == 1
    form = geojson.geometry("LineString" if simple else "MultiLineString", parts[0] if simple else parts)
    properties = {
        "ref": ref,
        "name_en": english,
        "name_ar": arabic,
        "kind": "highway",
        "length_km": round(sum(shape.length_m(part) for part in parts) / 1000),
        "error": "one carriageway, within 70 m",
        "source": "© OpenStreetMap contributors (ODbL)",
    }
    return geojson.feature(ref, form, properties)
