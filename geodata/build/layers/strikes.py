"""The events of the situation: strikes, area summaries, one claim, context."""

import re

from layers import areas, classes, claims, geojson, links, reader, table, titles, when

POINT_CLASSES = ("exact", "place", "city", "near_25km")


def features(names, doubts):
    """All events, in the order of the table."""
    context = Context(names, doubts)
    built = [context.event(row) for row in table.rows("events")]
    incidents = [links.Incident(f["properties"], f["geometry"]) for f in built]
    found = links.links(incidents)
    for feature in built:
        feature["properties"]["links"] = found[feature["id"]]
    return built


class Context:
    """What every event needs beside its row."""

    def __init__(self, names, doubts):
        self.names = names
        self.doubts = doubts
        self.classes = classes.Classes()
        self.areas = areas.areas()
        self.titles = {row["id"]: self.naming(row)["title_en"] for row in table.rows("events")}
        self.claims = claims.claims_by_event(self.titles)

    def event(self, row):
        said = self.claims.get(row["id"], [])
        precision = self.classes.of("precision", row["precision"])
        shape, extent = self.where(row, precision)
        properties = {
            "class": row["event_class"],
            **self.naming(row),
            **when.when(row),
            **position(row, precision, extent),
            **self.what(row),
            **harm(row, said),
            "grade": row["grade"].lower() or "none",
            "confidence": row["confidence"],
            "note": reader.words("note", table.text(row["notes"]), self.titles),
            "external_ids": external_ids(row["external_ids"]),
            "sources": reader.words("sources", row["sources"]),
            "source_urls": table.parts(row["source_urls"], " ; "),
            "claims": said,
            "doubts": self.event_doubts(row),
            "links": [],
            "located": shape is not None,
            "original": dict(row),
        }
        return geojson.feature(row["id"], shape, properties)

    def where(self, row, precision):
        """Geometry or None, and for a polygon the basis of its extent."""
        if row["id"] in self.areas:
            ring, basis = self.areas[row["id"]]
            return geojson.geometry("Polygon", [ring], 4), basis
        if precision in POINT_CLASSES:
            return geojson.point(float(row["lon"]), float(row["lat"])), None
        return None, None

    def naming(self, row):
        place_en, place_ar, aliases = self.names.of(row["place"])
        weapon = self.classes.of("weapon", row["weapon"])
        target = self.classes.of("target", row["target"])
        title_en, title_ar = titles.titles(row, weapon, target, place_en, place_ar)
        return {
            "title_en": title_en,
            "title_ar": title_ar,
            "place_en": place_en,
            "place_ar": place_ar,
            "place_as_written": row["place"],
            "place_name_basis": self.names.basis(row["place"]),
            "aliases": aliases,
            "admin": row["admin"],
        }

    def what(self, row):
        found = {}
        for field in ("weapon", "target", "actor"):
            found[field] = self.classes.of(field, row[field])
            found[f"{field}_wording"] = row[field]
        return found

    def event_doubts(self, row):
        """Doubts about the row and about the name of its place."""
        english, _, _ = self.names.of(row["place"])
        return self.doubts.of("events.csv", row["id"]) + self.doubts.of("place_names.csv", english)


def position(row, precision, extent):
    metres, assumed = classes.radius(precision)
    found = {
        "precision_class": precision,
        "precision_wording": row["precision"],
        "radius_m": metres,
        "radius_assumed": assumed,
        "basis": classes.BASIS[precision],
        "coord_source": reader.words("coord_source", row["coord_source"]),
    }
    if extent:
        found["basis_extent"] = extent
    return found


def harm(row, claims):
    """The figures of the row. Where only counts of all killed reach its upper figure, that is none of civilians."""
    most, of = table.count(row["killed_max"]), classes.HARM[row["deaths_scope"]]
    reach = [claim["killed_of"] for claim in claims if most in (claim["killed_low"], claim["killed_best"], claim["killed_high"])]
    if of == "civilians" and "all" in reach and "civilians" not in reach:
        of = "all"
    return {
        "killed_low": table.count(row["killed_min"]),
        "killed_high": table.count(row["killed_max"]),
        "injured_low": table.count(row["injured_min"]),
        "injured_high": table.count(row["injured_max"]),
        "harm_of": of,
        "harm_of_wording": row["deaths_scope"],
    }


def external_ids(cell):
    """`Airwars RS3514; UCDP GED 260253;260254` as scheme and id; a bare number keeps the scheme."""
    found, scheme = [], None
    for item in table.parts(cell):
        named = re.fullmatch(r"(?:(.+) )?(\S+)", item)
        scheme = named[1] or scheme
        found.append({"scheme": scheme, "id": named[2]})
    return found
