"""Shapely geometry as the GeoJSON that the rest of the build writes."""

import shapely

from layers import geojson


def geometry(shape, digits=4):
    """Polygons with outer rings counter-clockwise, parts in a fixed order; lines likewise."""
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    parts = sorted((fixed(p, digits) for p in parts), key=lambda c: (-size(c), str(c)))
    parts = [p for p in parts if p]
    kind = "Polygon" if shape.geom_type.endswith("Polygon") else "LineString"
    if len(parts) == 1:
        return {"type": kind, "coordinates": parts[0]}
    return {"type": f"Multi{kind}", "coordinates": parts}


def fixed(part, digits):
    """Rounded coordinates of one part; a polygon's rings start at their lowest vertex."""
    if part.geom_type == "LineString":
        line = without_repeats(geojson.rounded(list(part.coords), digits))
        return line if line[0] <= line[-1] else line[::-1]
    rings = [ring(part.exterior, digits, True)] + [ring(r, digits, False) for r in part.interiors]
    return [rings[0]] + sorted(r for r in rings[1:] if r) if rings[0] else None


def ring(linear, digits, outer):
    """A closed ring with the right winding, or None where rounding leaves no area."""
    vertices = without_repeats(geojson.rounded([c[:2] for c in linear.coords], digits))[:-1]
    if len(vertices) < 3:
        return None
    start = vertices.index(min(vertices))
    vertices = vertices[start:] + vertices[: start + 1]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(vertices, vertices[1:]))
    if area == 0:
        return None
    return vertices if (area > 0) == outer else vertices[::-1]


def without_repeats(vertices):
    return [v for i, v in enumerate(vertices) if i == 0 or v != vertices[i - 1]]


def size(coordinates):
    return sum(len(r) for r in coordinates) if coordinates and isinstance(coordinates[0][0], list) else len(coordinates or ())
