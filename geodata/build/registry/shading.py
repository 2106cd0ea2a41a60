"""Hill shading: smooth sampling of the heights, light from several sides, most of it from the north-west."""

import math

import numpy as np

# Azimuth in degrees from north, weight: the north-west leads, its neighbours soften the ridges.
LIGHTS = [(315.0, 0.55), (275.0, 0.2), (355.0, 0.2), (225.0, 0.05)]
ALTITUDE_DEG = 45.0
# Heights are stretched a little: the plains about Idlib would show nothing otherwise.
STRETCH = 2.2
SMOOTHINGS = 1
# Darkest shade, and how fast it is reached. Meant to be multiplied at about a third of its strength.
DEEPEST = 0.0
CONTRAST = 3.5
STEPS = 4


def sampled(cells, rows, columns):
    """Heights at fractional rows and columns of the array, by a cubic B-spline in each direction."""
    return along(along(smoothed(cells), rows).T, columns).T


def smoothed(cells):
    """Cells averaged with their neighbours by 1-2-1, to hide the steps of whole metres."""
    for _ in range(SMOOTHINGS):
        cells = blurred(blurred(cells).T).T
    return cells


def blurred(cells):
    padded = np.vstack([cells[:1], cells, cells[-1:]])
    return (padded[:-2] + 2.0 * padded[1:-1] + padded[2:]) / 4.0


def along(cells, positions):
    """The array sampled at fractional positions along its first axis."""
    positions = np.array(positions)
    first = np.floor(positions).astype(np.int64)
    t = (positions - first)[:, None]
    weights = (
        (1.0 - t) * (1.0 - t) * (1.0 - t) / 6.0,
        (3.0 * t * t * t - 6.0 * t * t + 4.0) / 6.0,
        (-3.0 * t * t * t + 3.0 * t * t + 3.0 * t + 1.0) / 6.0,
        t * t * t / 6.0,
    )
    out = weights[0] * cells[first - 1]
    for offset in (1, 2, 3):
        out = out + weights[offset] * cells[first - 1 + offset]
    return out


def shade(ground, metres_per_pixel):
    """Grey from 0 to 255; level ground and slopes in the light stay 255."""
    east, south = slopes(ground, metres_per_pixel)
    steep = np.sqrt(1.0 + east * east + south * south)
    sin_altitude = math.sin(math.radians(ALTITUDE_DEG))
    cos_altitude = math.cos(math.radians(ALTITUDE_DEG))
    light = np.zeros_like(ground)
    for azimuth, weight in LIGHTS:
        to_east, to_south = math.sin(math.radians(azimuth)), -math.cos(math.radians(azimuth))
        lit = (sin_altitude - cos_altitude * (east * to_east + south * to_south)) / steep
        light = light + weight * np.maximum(lit, 0.0)
    dark = np.maximum(1.0 - light / sin_altitude, 0.0)
    dark = dark * CONTRAST / (1.0 + dark * CONTRAST)
    return 255.0 - np.floor(dark * (255.0 - DEEPEST) / STEPS + 0.5) * STEPS


def slopes(ground, metres_per_pixel):
    """Rise per metre eastwards and southwards."""
    run = 2.0 * metres_per_pixel[:, None] / STRETCH
    padded = np.pad(ground, 1, mode="edge")
    east = (padded[1:-1, 2:] - padded[1:-1, :-2]) / run
    south = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / run
    return east, south
