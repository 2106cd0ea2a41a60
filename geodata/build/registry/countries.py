"""Countries as one coverage without gaps or overlaps, so that coast and borders are drawn once and meet."""

import shapely


def coverage(features, frame, tolerance):
    """Country code to simplified polygon within the frame, and the inland water that was filled for it."""
    clipped = clip(features, shapely.box(*frame))
    codes = sorted(clipped)
    faces, gaps = owned_faces([clipped[c] for c in codes])
    whole = [shapely.union_all(faces[i]) for i in range(len(codes))]
    simple = shapely.coverage_simplify(whole, tolerance)
    return {code: polygons_of(shape) for code, shape in zip(codes, simple) if not shape.is_empty}, gaps


def clip(features, box):
    """Country code to its valid land within the box. Far countries are skipped by their polygons' corners."""
    found = {}
    for feature in features:
        near = [rings for rings in polygons(feature["geometry"]) if meets(rings[0], box.bounds)]
        if near:
            shape = shapely.make_valid(shapely.multipolygons([shapely.Polygon(r[0], r[1:]) for r in near]))
            cut = polygons_of(shape.intersection(box))
            if not cut.is_empty:
                found[feature["properties"]["A3"]] = cut
    return found


def polygons(geometry):
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def meets(ring, bounds):
    """Whether the box of a ring meets the bounds."""
    west, south, east, north = bounds
    lons, lats = [v[0] for v in ring], [v[1] for v in ring]
    return min(lons) < east and max(lons) > west and min(lats) < north and max(lats) > south


def owned_faces(shapes):
    """The faces of all boundaries together: by the country that owns them, and the gaps between.

    A gap (a river bank, a lake, a slip of the pen) goes to the neighbour it borders on most."""
    noded = shapely.union_all([shapely.boundary(s) for s in shapes])
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    owned, gaps = [[] for _ in shapes], []
    for shape in shapes:
        shapely.prepare(shape)
    for face in faces:
        inside = shapely.point_on_surface(face)
        owner = next((i for i, s in enumerate(shapes) if s.contains(inside)), None)
        if owner is None:
            gaps.append(face)
            owner = longest_neighbour(face, shapes)
        owned[owner].append(face)
    return owned, gaps


def longest_neighbour(gap, shapes):
    touching = [i for i, s in enumerate(shapes) if s.intersects(gap)]
    if len(touching) == 1:
        return touching[0]
    edge = shapely.boundary(gap)
    return max(touching, key=lambda i: (edge.intersection(shapes[i]).length, -i))


def polygons_of(shape):
    """The areas of a shape, without stray lines and points."""
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def borders(countries):
    """(code, code) to the line that two countries share."""
    found = {}
    codes = sorted(countries)
    for i, a in enumerate(codes):
        for b in codes[i + 1 :]:
            line = lines_of(countries[a].boundary.intersection(countries[b].boundary))
            if not line.is_empty:
                found[a, b] = line
    return found


def lines_of(shape):
    parts = [p for p in shapely.get_parts(shape) if p.geom_type == "LineString"]
    nested = [q for p in shapely.get_parts(shape) if p.geom_type == "MultiLineString" for q in shapely.get_parts(p)]
    return shapely.line_merge(shapely.multilinestrings(parts + nested)) if parts or nested else shapely.LineString()
