"""Rivers and lakes of the base map."""

from layers import geojson, shape, table

ARABIC = {
    "Orontes": "نهر العاصي",
    "Euphrates": "نهر الفرات",
    "Afrin": "نهر عفرين",
    "Queiq": "نهر قويق",
    "Lake Assad": "بحيرة الأسد",
    "Jabbul Lake": "سبخة الجبول",
    "Tishrin Reservoir": "بحيرة تشرين",
    "Lake Qattina": "بحيرة قطينة",
    "al-Matkh": "المطخ",
}


def rivers():
    """One feature a river, its parts in the order of the table."""
    named = {}
    for (kind, name, _), line in table.lines("water", ["kind", "name", "part"]).items():
        if kind == "river":
            named.setdefault(name, []).append(line)
    return [river(name, parts) for name, parts in sorted(named.items())]


def river(name, parts):
    form = geojson.geometry("MultiLineString", parts)
    properties = {"name_en": name, "name_ar": ARABIC[name], "kind": "river"}
    return geojson.feature(f"river-{name.lower()}", form, properties)


def lakes():
    """One feature a lake, the largest first."""
    found = []
    for (kind, name, part), ring in table.lines("water", ["kind", "name", "part"]).items():
        if kind == "lake":
            found.append(lake(name, part, shape.counter_clockwise(ring)))
    return sorted(found, key=lambda f: -f["properties"]["area_km2"])


def lake(name, part, ring):
    properties = {
        "name_en": name or None,
        "name_ar": ARABIC.get(name),
        "kind": "lake",
        "area_km2": round(shape.area_m2(ring) / 1e6, 2),
    }
    return geojson.feature(f"lake-{part}", geojson.geometry("Polygon", [ring]), properties)
