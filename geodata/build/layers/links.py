"""Which events may speak of the same thing: parts of an area summary, possible overlaps."""

from datetime import date, timedelta

from layers import shape

NEAR_M = 5000
# Pairs that the notes, claims or doubts of the tables name, beyond day and distance.
NAMED = [
    ("AW-RS3518", "PR-0908-HASS-HOSP", "the dated sources of the one are of the day of the other"),
    ("UC-263186", "UC-263263", "UCDP counts three killed at each, SOHR three at both together"),
    ("AW-RS3524", "PR-0904-JADRAYA", "one report names the two schools together"),
    ("RU-0904-MOD", "AREA-0904-45RAIDS", "the ministry speaks of the strikes of that day, without a place"),
]


class Incident:
    """What an event's links depend on."""

    def __init__(self, properties, geometry):
        self.id = properties["id"]
        self.kind = properties["class"]
        self.start = date.fromisoformat(properties["date_start"])
        self.end = date.fromisoformat(properties["date_end"])
        self.external = {(x["scheme"], x["id"]) for x in properties["external_ids"]}
        kind = geometry and geometry["type"]
        self.point = tuple(geometry["coordinates"]) if kind == "Point" else None
        self.ring = geometry["coordinates"][0] if kind == "Polygon" else None

    def same_days(self, other):
        return self.start <= other.end and other.start <= self.end

    def days_touch(self, other):
        day = timedelta(days=1)
        return self.start <= other.end + day and other.start <= self.end + day


def links(incidents):
    """Event id to its links, ordered by the event linked to."""
    found = {incident.id: [] for incident in incidents}
    for one in incidents:
        for other in incidents:
            if one is not other and (link := link_of(one, other)):
                found[one.id].append(link)
    return found


def link_of(one, other):
    if one.kind == "strike" and one.point and other.ring and one.same_days(other):
        if shape.inside(one.point, other.ring):
            return {"rel": "part_of", "id": other.id, "why": "same day, inside the area drawn for it"}
    reason = named(one, other) or shared_id(one, other) or close(one, other) or areas_meet(one, other)
    return {"rel": "may_overlap", "id": other.id, "why": reason} if reason else None


def named(one, other):
    for a, b, reason in NAMED:
        if {a, b} == {one.id, other.id}:
            return reason
    return None


def shared_id(one, other):
    shared = sorted(one.external & other.external)
    if not shared:
        return None
    # An area holds its parts: the part says so, the area does not repeat it as an overlap.
    if one.ring and other.point and shape.inside(other.point, one.ring) and one.same_days(other):
        return None
    return "both cite " + ", ".join(f"{scheme} {number}" for scheme, number in shared)


def close(one, other):
    if not (one.point and other.point and one.days_touch(other)):
        return None
    metres = shape.distance_m(one.point, other.point)
    if metres > NEAR_M:
        return None
    day = "same day" if one.same_days(other) else "adjacent day"
    apart = "same point" if metres < 50 else f"points {metres / 1000:.1f} km apart"
    return f"{day}, {apart}"


def areas_meet(one, other):
    if one.ring and other.ring and one.same_days(other):
        return "same day, the areas drawn for them overlap"
    return None
