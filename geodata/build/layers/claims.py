"""What each source says of an event, in time order."""

from layers import reader, table


def claims_by_event(titles):
    """Event id to its claims: dated ones by day, undated ones last, ties in the order of the table."""
    found = {}
    for row in table.rows("claims"):
        found.setdefault(row["event_id"], []).append(claim(row, titles))
    for claims in found.values():
        claims.sort(key=lambda c: c["said_on"] or "9999")
    return found


def claim(row, titles):
    return {
        "source": row["source"],
        "urls": table.parts(row["url"], " ; "),
        "archive_url": None,
        "said_on": table.text(row["said_on"]),
        "killed_low": table.count(row["killed_low"]),
        "killed_best": table.count(row["killed_best"]),
        "killed_high": table.count(row["killed_high"]),
        "killed_of": row["killed_scope"],
        "injured_low": table.count(row["injured_low"]),
        "injured_high": table.count(row["injured_high"]),
        "actor_said": table.text(row["actor_said"]),
        "place_said": table.text(row["place_said"]),
        "says": row["says"],
        "stance": row["stance"],
        "note": reader.words("claim", table.text(row["note"]), titles),
    }
