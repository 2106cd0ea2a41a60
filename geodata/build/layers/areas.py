"""The polygons of the area summaries and of the announced first stage, drawn from their wording."""

from layers import reader, shape, table

FIRST_STAGE = "REPORT-FIRST-STAGE"


def areas():
    """Event id to (ring, basis of the extent)."""
    rings, basis = {}, {}
    for row in table.rows("summary_areas"):
        rings.setdefault(row["event_id"], []).append((float(row["lon"]), float(row["lat"])))
        if row["basis"]:
            basis[row["event_id"]] = reader.words("basis_extent", row["basis"])
    return {key: (shape.counter_clockwise(ring), basis[key]) for key, ring in rings.items()}
