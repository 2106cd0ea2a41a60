"""The 22 statements of the founding news report of 8–9 September 2018, in our words, tied to features."""

from layers import areas, geojson, reader, statements, table

# Points that the report gives inside the map; others stand for an area or lie off it.
AT_POINT = ("2", "18")
OFF_MAP = "15"


def features(doubts):
    extents = areas.areas()
    return [statement(row, extents, doubts) for row in table.rows("report_statements")]


def statement(row, extents, doubts):
    number = row["n"]
    said = statements.STATEMENTS[int(number)]
    properties = {
        "number": int(number),
        "title_en": said.title,
        "statement": said.text,
        "about_days": said.days,
        "value": reader.words("value", table.text(row["value"])),
        "status": said.status,
        "status_note": reader.words("status_note", table.text(row["status"])),
        "checked_against": reader.words("checked_against", table.text(row["checked_against"])),
        "coord_source": reader.words("coord_source", table.text(row["coord_source"])),
        "links": [{"layer": layer, "feature_id": feature} for layer, feature in said.links],
        "doubts": doubts.of("report_statements.csv", number),
    }
    if number == OFF_MAP:
        properties["off_map"] = {"name_en": "Tehran", "lon": float(row["lon"]), "lat": float(row["lat"])}
    form = where(row, extents, properties)
    return geojson.feature(f"report-{int(number):02}", form, properties)


def where(row, extents, properties):
    if row["n"] == "5":
        ring, basis = extents[areas.FIRST_STAGE]
        properties["basis_extent"] = basis
        return geojson.geometry("Polygon", [ring], 4)
    if row["n"] in AT_POINT:
        return geojson.point(float(row["lon"]), float(row["lat"]))
    return None
