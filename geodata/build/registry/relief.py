"""Shaded relief over the wide box, as a grey picture in Web Mercator: 255 is no shade."""

import math
import struct
import zlib
from pathlib import Path

import numpy as np

from layers import geojson
from registry import frames, shading

WIDTH = 2000
# Rows of the array run south from this latitude, columns east from Greenwich.
TOP_LAT = 50
CELLS_PER_DEG = 120
MARGIN_CELLS = 40
# Towards the edge of the picture the shade fades out, so that it does not end in a line.
FADE_PIXELS = 60


def write(archive, out):
    """Writes `basemap/relief.png` and the corners it is to be stretched between."""
    heights = np.load(archive)["arr_0"]
    west, south, east, north = frames.WIDE
    lons, lats = pixel_centres(west, south, east, north)
    cells, top, left = window(heights, west, south, east, north)
    ground = shading.sampled(
        cells, [(TOP_LAT - lat) * CELLS_PER_DEG - 0.5 - top for lat in lats], [lon * CELLS_PER_DEG - 0.5 - left for lon in lons]
    )
    grey = faded(shading.shade(ground, metres_per_pixel(lats, east - west)))
    folder = Path(out) / "basemap"
    (folder / "relief.png").write_bytes(png(grey))
    corners = {"west": west, "south": south, "east": east, "north": north}
    about = {**corners, "projection": "EPSG:3857", "width": WIDTH, "height": len(lats), "no_shade": 255}
    (folder / "relief.json").write_text(geojson.dump(about) + "\n", encoding="utf-8", newline="\n")


def mercator(lat):
    return math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def pixel_centres(west, south, east, north):
    """Longitudes of the columns and latitudes of the rows of square Mercator pixels."""
    step = math.radians(east - west) / WIDTH
    top, bottom = mercator(north), mercator(south)
    height = round((top - bottom) / step)
    lons = [west + (i + 0.5) * (east - west) / WIDTH for i in range(WIDTH)]
    rows = [top - (i + 0.5) * (top - bottom) / height for i in range(height)]
    return lons, [math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2) for y in rows]


def window(heights, west, south, east, north):
    """The part of the array about the box, as metres (sea 0), with its first row and column."""
    top = int((TOP_LAT - north) * CELLS_PER_DEG) - MARGIN_CELLS
    bottom = int((TOP_LAT - south) * CELLS_PER_DEG) + MARGIN_CELLS
    left = int(west * CELLS_PER_DEG) - MARGIN_CELLS
    right = int(east * CELLS_PER_DEG) + MARGIN_CELLS
    cells = heights[top:bottom, left:right].astype(np.float64)
    return np.where(cells < -450, 0.0, cells), top, left


def metres_per_pixel(lats, span_deg):
    """Size of a pixel on the ground, row by row."""
    at_equator = math.radians(span_deg) * 6378137.0 / WIDTH
    return np.array([at_equator * math.cos(math.radians(lat)) for lat in lats])


def faded(grey):
    """Grey as bytes, running to 255 at the edges."""
    height, width = grey.shape
    rows = np.minimum(np.arange(height), np.arange(height)[::-1])
    columns = np.minimum(np.arange(width), np.arange(width)[::-1])
    near = np.minimum(rows[:, None], columns[None, :]) / FADE_PIXELS
    share = np.minimum(near, 1.0)
    return np.floor(255.0 - (255.0 - grey) * share + 0.5).astype(np.uint8)


def png(grey):
    """An 8-bit grey PNG, each row told from the one above it."""
    height, width = grey.shape
    above = np.vstack([np.zeros((1, width), np.uint8), grey[:-1]])
    up = (grey.astype(np.int16) - above).astype(np.uint8)
    rows = np.hstack([np.full((height, 1), 2, np.uint8), up]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(chunk, chunks))


def chunk(part):
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
