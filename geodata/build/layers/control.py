"""Who held which place about 8 September 2018; Turkish observation posts; border crossings."""

import re

from layers import geojson, reader, table
from layers.names import slug

POST = "Turkish observation post"
CROSSING = "border crossing"
CLASS = {
    "rebel": "rebel",
    "government": "government",
    "contested": "contested",
    "Turkish-backed (SNA/TFSA)": "turkish_backed",
    "SDF/YPG (shared with government)": "sdf",
    POST: "turkish_army",
}
AS_OF = "2018-09-08"
# Id, and the side that the evidence names; None where it names none.
CROSSINGS = {
    "Bab al-Hawa / Cilvegozu border crossing": ("crossing-bab-al-hawa", "rebel", "Bab al-Hawa / Cilvegözü crossing"),
    "Atmeh crossing": ("crossing-atmeh", None, "Atmeh crossing"),
    "Khirbet al-Joz crossing": ("crossing-khirbat-al-jawz", None, "Khirbat al-Jawz crossing"),
    "Kesab / Yayladagi crossing (government, closed)": ("crossing-kasab", "government", "Kasab / Yayladağı crossing"),
}
KHIRBAT_AL_JAWZ_AR = "معبر خربة الجوز"


def split(names, doubts):
    """(control places, observation posts, crossings), each in the order of the table."""
    places, posts, crossings = [], [], []
    for row in table.rows("control_places"):
        if row["control"] == POST:
            posts.append(post(row, names, doubts))
        elif row["control"] == CROSSING:
            crossings.append(crossing(row, names, doubts))
        else:
            places.append(place(row, names, doubts))
    return places, posts, crossings


def place(row, names, doubts):
    english, arabic, aliases = names.of(row["name"])
    named = {"name_en": english, "name_ar": arabic, "name_as_written": row["name"], "aliases": aliases}
    held = {"control": CLASS[row["control"]], "control_wording": row["control"]}
    return built(f"control-{slug(row['name'])}", row, {**named, **held}, names, doubts)


def post(row, names, doubts):
    english, arabic, aliases = names.of(row["name"])
    number = int(re.search(r"list no\. (\d+)", row["name"])[1])
    properties = {
        "name_en": f"Turkish observation post {number}, {english}",
        "name_ar": f"نقطة المراقبة التركية – {arabic}",
        "name_as_written": row["name"],
        "place_en": english,
        "place_ar": arabic,
        "number": number,
        "aliases": aliases,
        "control": CLASS[POST],
        "control_wording": POST,
    }
    return built(f"post-{number:02}", row, properties, names, doubts)


def crossing(row, names, doubts):
    identity, side, english = CROSSINGS[row["name"]]
    _, arabic, aliases = names.of(row["name"])
    if not arabic.startswith("معبر"):
        arabic = KHIRBAT_AL_JAWZ_AR
    properties = {
        "name_en": english,
        "name_ar": arabic,
        "name_as_written": row["name"],
        "aliases": aliases,
        "control": side,
        "control_wording": reader.words("evidence", row["evidence"]),
    }
    return built(identity, row, properties, names, doubts)


def built(identity, row, properties, names, doubts):
    english, _, _ = names.of(row["name"])
    shape = geojson.point(float(row["lon"]), float(row["lat"]))
    rest = {
        "kind": row["kind"],
        "admin": row["admin"],
        "as_of": AS_OF,
        "confidence": row["confidence"],
        "coord_source": reader.words("coord_source", row["coord_source"]),
        "control_source": reader.words("control_source", row["control_source"]),
        "evidence": reader.words("evidence", table.text(row["evidence"])),
        "name_basis": names.basis(row["name"]),
        "doubts": doubts.of("control_places.csv", row["name"]) + doubts.of("place_names.csv", english),
    }
    return geojson.feature(identity, shape, {**properties, **rest})
