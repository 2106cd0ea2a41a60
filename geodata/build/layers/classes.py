"""The class of a source's wording: weapon, actor, target, precision, harm, grade."""

from layers import table

HARM = {
    "civilians": "civilians",
    "all killed": "all",
    "fighters": "combatants",
    "soldiers": "combatants",
    "unknown status": "unknown",
}
RADIUS_M = {"exact": 100, "place": 1000, "city": 3000, "near_25km": 25000}
# UCDP states the 25 km itself; the other radii are our reading of a word.
STATED_RADIUS = {"near_25km"}
BASIS = {
    "exact": "geolocated",
    "place": "reported",
    "city": "reported",
    "near_25km": "reported",
    "area": "centroid",
    "governorate": "centroid",
    "unknown": None,
}


class Classes:
    """`classes.csv`: wording to class, field by field."""

    def __init__(self):
        self.table = {(r["field"], r["wording"]): r["class"] for r in table.rows("classes")}

    def of(self, field, wording):
        return self.table[field, wording]


def radius(precision_class):
    """(radius in metres or None, whether it is assumed) of a precision class."""
    metres = RADIUS_M.get(precision_class)
    return metres, metres is not None and precision_class not in STATED_RADIUS
