"""Rivers and lakes of the base map."""

from layers import geojson, table

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


# The lake of the table that is the water between the banks of the Orontes.
RIVER_BANKS = "14"


def lakes():
    """The lakes of the table: (part, English name or None, Arabic name or None, kind, ring)."""
    found = []
    for (kind, name, part), ring in table.lines("water", ["kind", "name", "part"]).items():
        if kind == "lake":
            found.append((part, name or None, ARABIC.get(name), "river banks" if part == RIVER_BANKS else "lake", ring))
    return found
