"""Governorates cut to the same coast and borders as the land, and the lines between them."""

import itertools
import json
import math

import shapely

from layers import geojson
from layers.names import slug
from registry import countries, frames, write

COUNTRIES = {"SYR": "Syria", "TUR": "Turkey", "LBN": "Lebanon"}
FINE_DEG = 0.0015
# Inner lines are run on past their ends by this much, so that they meet coast and borders drawn finer.
RUN_ON_DEG = 0.12
# A corner this close to the border stands on it.
CORNER_DEG = 0.03
STANDARD = {
    "SY-HI": ("Homs", "حمص"),
    "SY-TA": ("Tartus", "طرطوس"),
    "SY-RD": ("Rural Damascus", "ريف دمشق"),
    "SY-RA": ("Raqqa", "الرقة"),
    "SY-HL": ("Aleppo", "حلب"),
    "SY-ID": ("Idlib", "إدلب"),
    "SY-LA": ("Latakia", "اللاذقية"),
    "SY-HM": ("Hama", "حماة"),
    "TR-63": ("Şanlıurfa", "شانلي أورفة"),
    "TR-79": ("Kilis", "كلس"),
    "TR-27": ("Gaziantep", "غازي عنتاب"),
    "TR-31": ("Hatay", "هاتاي"),
    "TR-33": ("Mersin", "مرسين"),
    "TR-01": ("Adana", "أضنة"),
    "TR-46": ("Kahramanmaraş", "قهرمان مرعش"),
    "TR-80": ("Osmaniye", "عثمانية"),
    "TR-02": ("Adıyaman", "أديامان"),
    "LB-BI": ("Beqaa", "البقاع"),
    "LB-AS": ("North Lebanon", "لبنان الشمالي"),
    "LB-JL": ("Mount Lebanon", "جبل لبنان"),
}


def build(admin1, land):
    """(governorates, lines between governorates of one country), for those that touch the near box."""
    governorates, lines = [], []
    for code in COUNTRIES:
        units = units_of(admin1, code)
        inner = inner_lines(units) + corner_lines(units, land[code].boundary)
        shapes = assigned(units, inner, land[code])
        near = {k: s for k, s in shapes.items() if s.intersects(shapely.box(*frames.NEAR))}
        governorates += [feature(iso, units[iso][0], code, shape) for iso, shape in sorted(near.items())]
        lines += [line(a, b, l) for a, b, l in shared_lines(shapes)]
    return governorates, lines


def units_of(admin1, code):
    """ISO 3166-2 code to (properties, shape) of the units of a country that reach into the wide box."""
    wide, found = shapely.box(*frames.WIDE), {}
    for item in admin1:
        if item["properties"]["adm0_a3"] == code:
            shape = shapely.make_valid(shapely.from_geojson(json.dumps(item["geometry"])))
            if shape.intersects(wide):
                found[item["properties"]["iso_3166_2"]] = (item["properties"], shape)
    return found


def inner_lines(units):
    """The lines between units, simplified, and run on at ends that meet no other line."""
    shared = []
    for (_, a), (_, b) in itertools.combinations([units[k] for k in sorted(units)], 2):
        meeting = countries.lines_of(a.boundary.intersection(b.boundary))
        shared += [p for p in shapely.get_parts(meeting) if not p.is_empty]
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(shared)))
    ends = [end for l in merged for end in (l.coords[0], l.coords[-1])]
    return [run_on(l.simplify(FINE_DEG), ends) for l in merged]


def corner_lines(units, boundary):
    """From corners where two units only touch, to the country's border close by: there the line turns at the border."""
    found = []
    for (_, a), (_, b) in itertools.combinations([units[k] for k in sorted(units)], 2):
        for corner in shapely.get_parts(a.boundary.intersection(b.boundary)):
            if corner.geom_type == "Point" and corner.distance(boundary) < CORNER_DEG:
                across = shapely.shortest_line(corner, boundary).coords
                if across[0] != across[-1]:
                    found.append(shapely.LineString([corner, beyond(across[0], across[-1])]))
    return found


def run_on(l, ends):
    vertices = list(l.coords)
    if ends.count(vertices[0]) == 1:
        vertices.insert(0, beyond(vertices[1], vertices[0]))
    if ends.count(vertices[-1]) == 1:
        vertices.append(beyond(vertices[-2], vertices[-1]))
    return shapely.LineString(vertices)


def beyond(a, b):
    """The point past `b` as seen from `a`."""
    length = math.hypot(b[0] - a[0], b[1] - a[1])
    return (b[0] + (b[0] - a[0]) / length * RUN_ON_DEG, b[1] + (b[1] - a[1]) / length * RUN_ON_DEG)


def assigned(units, inner, country):
    """The faces that the lines cut the country into, each with the unit it lies in most."""
    noded = shapely.union_all([country.boundary, *inner])
    faces = {}
    for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))):
        if country.contains(shapely.point_on_surface(face)):
            faces.setdefault(best_unit(face, units), []).append(face)
    return {iso: countries.polygons_of(shapely.union_all(parts)) for iso, parts in faces.items()}


def best_unit(face, units):
    """The unit that covers most of a face, or lies nearest to it."""
    return min(units, key=lambda k: (-face.intersection(units[k][1]).area, face.distance(units[k][1]), k))


def shared_lines(shapes):
    near = shapely.box(*frames.NEAR)
    for a, b in itertools.combinations(sorted(shapes), 2):
        if shapes[a].intersects(near) or shapes[b].intersects(near):
            meeting = countries.lines_of(shapes[a].boundary.intersection(shapes[b].boundary))
            if not meeting.is_empty:
                yield a, b, meeting


def line(a, b, meeting):
    identity = f"line-{a.lower()}-{b.lower()}"
    return geojson.feature(identity, write.geometry(meeting), {"kind": "governorate line", "between": [a, b]})


def feature(iso, given, code, shape):
    english, arabic = STANDARD[iso]
    properties = {
        "name_en": english,
        "name_ar": arabic,
        "name_as_written": given["name"],
        "aliases": sorted({given["name_en"], given["name_ar"]} - {english, arabic}),
        "kind": "governorate" if code != "TUR" else "province",
        "iso_3166_2": iso,
        "country": code,
        "country_name": COUNTRIES[code],
    }
    identity = f"governorate-{iso[:2].lower()}-{slug_of(english)}"
    return geojson.feature(identity, write.geometry(shape), properties)


def slug_of(english):
    """An id from a name: Turkish letters become their Latin neighbours."""
    return slug(english.translate(str.maketrans("ŞşıİğĞçÇöÖüÜ", "ssiiggccoouu")))
