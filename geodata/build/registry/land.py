"""Land and country borders: fine in the wide box, coarse beyond it."""

import shapely

from layers import geojson
from registry import countries, frames, write

FINE_DEG = 0.0008
COARSE_DEG = 0.03
SMALLEST_ISLAND_DEG2 = 2e-6
# The far land runs this much under the wide land, so that no seam shows between them.
OVERLAP_DEG = 0.05
A2 = {
    "SYR": "sy", "TUR": "tr", "LBN": "lb", "IRQ": "iq", "JOR": "jo", "ISR": "il", "PSE": "ps", "CYP": "cy",
    "EGY": "eg", "SAU": "sa",
}  # fmt: skip
DISPUTED = {("ISR", "PSE"), ("ISR", "SYR"), ("ISR", "LBN"), ("JOR", "PSE"), ("EGY", "PSE")}


class Countries:
    """Both coverages, built once: OpenStreetMap's in the wide box, Natural Earth's beyond it."""

    def __init__(self, features, far):
        self.wide, self.inland_water = countries.coverage(features, frames.WIDE, FINE_DEG)
        far = [{"geometry": geometry, "properties": {"A3": code}} for code, geometry in far]
        self.far, _ = countries.coverage(far, frames.FAR, COARSE_DEG)

    def land(self):
        wide = without_specks(shapely.union_all(list(self.wide.values())), SMALLEST_ISLAND_DEG2)
        west, south, east, north = frames.WIDE
        hole = shapely.box(west + OVERLAP_DEG, south + OVERLAP_DEG, east - OVERLAP_DEG, north - OVERLAP_DEG)
        far = without_specks(shapely.union_all(list(self.far.values())).difference(hole), COARSE_DEG**2)
        return [
            geojson.feature("land", write.geometry(wide), {"kind": "land", "detail": "about 100 m"}),
            geojson.feature("land-far", write.geometry(far, 3), {"kind": "land", "detail": "about 3 km"}),
        ]

    def borders(self):
        fine = countries.borders(self.wide)
        coarse = countries.borders(self.far)
        outside = shapely.box(*frames.FAR).difference(shapely.box(*frames.WIDE))
        features = [border(pair, line, 4, "") for pair, line in sorted(fine.items())]
        for pair, line in sorted(coarse.items()):
            beyond = countries.lines_of(line.intersection(outside))
            if not beyond.is_empty:
                features.append(border(pair, beyond, 3, "-far"))
        return features


def border(pair, line, digits, suffix):
    codes = [A2.get(code, code.lower()) for code in pair]
    properties = {
        "kind": "country border",
        "countries": list(pair),
        "disputed": pair in DISPUTED,
    }
    return geojson.feature("border-" + "-".join(codes) + suffix, write.geometry(line, digits), properties)


def without_specks(shape, smallest):
    """A shape without islands below the size."""
    return shapely.union_all([p for p in shapely.get_parts(shape) if shapely.Polygon(p.exterior).area >= smallest])
