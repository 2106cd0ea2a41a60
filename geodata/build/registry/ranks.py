"""How important a place is on this map: 1 shows first, 6 last."""

from registry import frames
from registry.town_tables import RANK

BY_NAME = {name: rank for rank, names in RANK.items() for name in names}


def rank(place):
    """By name where the situation decides, else by population, seat and what is known of the place."""
    near = inside_near(place)
    if near and place["name_en"] in BY_NAME and place["kind"] == "populated place":
        return BY_NAME[place["name_en"]]
    people = place["population"] or 0
    if place["code"] == "PPLC" or people >= 1_000_000:
        return 1
    if people >= 200_000:
        return 2
    if people >= 40_000 or place["code"] == "PPLA":
        return 3
    if people >= 15_000 or place["code"] == "PPLA2" or (place["struck"] and place["code"]):
        return 4
    if place["code"] == "PPLA3" or people >= 5_000 or place["struck"] or place["kind"] in ("airfield", "airbase"):
        return 5
    return 6


def kind(place):
    """What the place is, in one word."""
    if place["kind"] != "populated place":
        return {"airfield": "airbase"}.get(place["kind"], place["kind"])
    people = place["population"] or 0
    if people >= 100_000 or place["code"] in ("PPLC", "PPLA"):
        return "city"
    if people >= 10_000 or place["code"] in ("PPLA2", "PPLA3"):
        return "town"
    return "village"


def inside_near(place):
    west, south, east, north = frames.NEAR
    return west <= place["lon"] <= east and south <= place["lat"] <= north
