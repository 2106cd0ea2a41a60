"""Geometry on small things: distance, area, winding, point in ring. Degrees in, metres out."""

import math

EARTH_RADIUS_M = 6371008.8


def distance_m(a, b):
    """Great-circle distance of two (lon, lat) points."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    h = math.sin((lat_b - lat_a) / 2) ** 2
    h += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(h))


def length_m(line):
    return sum(distance_m(a, b) for a, b in zip(line, line[1:]))


def signed_area(ring):
    """Positive where the ring runs counter-clockwise; in square degrees."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def area_m2(ring):
    """Area of a small ring on the sphere, by the cylindrical equal-area projection."""
    flat = [(math.radians(x), math.sin(math.radians(y))) for x, y in ring]
    return abs(signed_area(flat)) * EARTH_RADIUS_M**2


def counter_clockwise(ring):
    return ring if signed_area(ring) > 0 else ring[::-1]


def inside(point, ring):
    """Whether the point lies within the closed ring (even-odd rule)."""
    x, y = point
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd
