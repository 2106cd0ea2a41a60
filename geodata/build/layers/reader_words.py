"""Words for readers in place of working notes, by field: whole cells, and phrases within cells."""

# (field, cell of the table) to what is shown.
CELLS = {
    # Statements of the report.
    ("value", "7 Sep -> 8 Sep 2018"): "7 September, then 8 September 2018",
    ("value", "almost 60 in < 3 h"): "almost 60 in under 3 hours",
    ("value", "unknown at writing"): "unknown when the report was written",
    ("value", '14,000 ("likely much higher" is opinion)'): "14,000 (that it is likely much higher is opinion)",
    ("status_note", "title"): "The title of the report.",
    ("status_note", "confirmed place; point approximate"): "The place is confirmed; the point is approximate.",
    ("status_note", "confirmed; not dated in the report"): "Confirmed; the report itself gives no date.",
    ("status_note", "context"): "Background, not a claim to check.",
    ("status_note", 'WARNING: report says "southern Idlib"; Jisr al-Shughur is in WESTERN (south-west) Idlib. "he" is not identified'): (
        "The report says “southern Idlib”; Jisr al-Shughur is in western (south-west) Idlib. "
        "The report does not identify the speaker."
    ),
    ("status_note", "confirmed"): "Confirmed.",
    ("status_note", "superseded later: show both with times"): (
        "Superseded later; the first word and the later counts stand side by side with their times."
    ),
    ("status_note", "confirmed; the report does not name them"): "Confirmed; the report does not name them.",
    ("status_note", "unverified: attribute to the report"): "Not verified: the figure is the report's own.",
    ("status_note", "as in the report"): "As the report has it.",
    ("status_note", "quote"): "A quotation.",
    ("status_note", "confirmed for Idlib city"): "Confirmed for Idlib city.",
    ("status_note", "quote; speaker not named in that sentence"): "A quotation; the sentence does not name the speaker.",
    ("status_note", 'report does not say who "he" is'): "The report does not say who spoke.",
    ("checked_against", "Reuters/Anadolu early Sep 2018"): "Reuters and Anadolu, early September 2018",
    # No check but a pointer: statement 15 has the place off the map.
    ("checked_against", "Tehran 35.69, 51.39 is outside the map: off-map pointer"): None,
    ("checked_against", "AFP later that day: at least 4 civilians incl. 2 children; next day: at least 9"): (
        "AFP later that day: at least 4 civilians, including 2 children; the next day: at least 9"
    ),
    ("checked_against", "Afrin/al-Bab area also not government-held"): (
        "The area of Afrin and al-Bab was not held by the government either."
    ),
    ("checked_against", "AFP standard figure 2018"): "The figure that AFP used as its standard in 2018",
    ("checked_against", "OCHA: displaced moved toward the border"): (
        "OCHA: displaced people moved towards the border."
    ),
    ("coord_source", 'OSM POI (cafe named "Clock Square") standing on the square: about 30-50 m precision'): (
        "OpenStreetMap: a café named “Clock Square” on the square; within about 30 to 50 m"
    ),
    # No position stands with these two: the features they are linked to say where theirs come from.
    ("coord_source", "COD/OSM admin"): None,
    ("coord_source", "UCDP representative point"): None,
    ("coord_source", "OSM ref=M4, ref=M5"): "OpenStreetMap: the roads M4 and M5",
    ("coord_source", "territory.csv"): "the approximate rebel-held area of this map",
    ("coord_source", "OSM; control_places.csv"): "OpenStreetMap; the border crossings of this map",
    ("coord_source", "clock square; exact protest place unknown"): (
        "the clock square; the exact place of the protest is unknown"
    ),
    ("coord_source", "UCDP GED (Jisr al-Shughur); N Latakia: centre of Rabia/Kabani front about 35.78, 36.12"): (
        "UCDP GED (Jisr al-Shughur); northern Latakia: the centre of the Rabiah and Kabani front, about 35.78, 36.12"
    ),
    # Control places.
    ("evidence", "listed"): "in the lists of the posts",
    ("control_source", "see evidence"): "as the evidence says",
    # Sources of events.
    ("sources", "AFP; SOHR (THE ARTICLE EVENT)"): "AFP; SOHR",
    ("sources", "SOHR headlines of 8 Sep 2018 as quoted in UCDP GED source_article"): (
        "SOHR headlines of 8 Sep 2018, as quoted in UCDP GED"
    ),
    # Claims.
    ("claim", "early"): "early report",
    ("claim", "events.csv gave this figure to the NDF"): "the figure is of local sources, not of the NDF",
    # Doubts.
    ("doubt_evidence", "claims.csv"): "the claims of both events",
}

# Field to (phrase, what is shown), applied from first to last.
PHRASES = {
    "checked_against": [
        ('source article not found; Al-Monitor Sep 2018: HTS "as many as 10,000 fighters", 60% of the province', (
            "The article that the figure comes from was not found. Al-Monitor, September 2018: HTS had “as many as "
            "10,000 fighters” and 60% of the province."
        )),
        ("IDPs", "displaced"),
        ('a top US envoy: "lots of evidence"', "a top US envoy spoke of “lots of evidence”"),
        ("incl. ", "including "),
    ],
    "evidence": [
        ("CHANGED:", "changed since the Aug 2017 mark:"),
        ("(weak)", "(weak evidence)"),
        ("(place doubtful, see events)", "(place doubtful)"),
    ],
    "coord_source": [
        (" - precision: ", "; known to the "),
        ("Airwars point of RS3541", "Airwars' point for the same village (its entry RS3541)"),
        ("OSM ", "OpenStreetMap "),
    ],
    "name_basis": [
        ("see doubts.csv", "see the doubts"),
        ("the row is a road", "the event was on a road"),
        ("OCHA admin 1 name", "OCHA's governorate name"),
        ("OCHA admin 3", "OCHA's subdistrict"),
        ("OCHA community", "OCHA's community"),
        ("OSM", "OpenStreetMap"),
    ],
    "basis_extent": [
        ("convex hull, buffered 2.5 km, of the 13 places of events.csv struck on 4 Sep 2018 and of the rebel-held Latakia "
         "mountain places of control_places.csv", (
            "the outline, widened by 2.5 km, round the 13 places reported struck on 4 Sep 2018 and the rebel-held places "
            "in the Latakia mountains"
        )),
        ("buffered 2 km", "widened by 2 km"),
        ("from report statement 5", "from statement 5 of the report"),
    ],
    "sources": [
        ("UCDP GED 263181; UCDP GED 263183; UCDP GED 263184; DJAZ; TASS; BALADI",
         "UCDP GED 263181; UCDP GED 263183; UCDP GED 263184; Echorouk; TASS; Baladi News"),
        ("; OOD; WP", "; Oduarere; Wikipedia"),
        ("; STJ736", "; STJ"),
        ("; STJ812", "; STJ"),
        ("MOSCOWTIMES", "The Moscow Times"),
        ("ALARABY", "The New Arab"),
        ("IRISHTIMES", "The Irish Times"),
        ("HURRIYET", "Hürriyet Daily News"),
        ("EWN", "Eyewitness News"),
        ("AHRAM", "Ahram Online"),
        ("ORIENT; THENEWS", "Orient; The News"),
        ("(1 sources)", "(1 source)"),
    ],
    "note": [
        ("in Idlib AND neighbouring", "in Idlib and neighbouring"),
        ("Place is well EAST of the rebel-held area (eastern Hama / former IS pocket); single source; keep off the Idlib "
         "layer unless wanted.", (
            "The place is well east of the rebel-held area (eastern Hama, the former IS pocket). Single source."
        )),
        ('"Casualties" here = killed, all categories. UCDP 263181-263185 sum best = 13 (6 civilians, 7 unknown).', (
            "“Casualties” here means killed, of all categories. UCDP's best figures in 263181-263185 come to 13 "
            "(6 civilians, 7 unknown)."
        )),
        ("(damage >60% together with Jadraya school)", "(damage of more than 60%, together with the Jadraya school)"),
        ("Material damage over 60%", "Material damage of more than 60%"),
        ("Province-level only (Airwars representative point).", (
            "Known to the governorate only: Airwars gives a point that stands for it."
        )),
        ("MoD: strikes far from settlements; contradicted by SOHR/White Helmets.", (
            "The ministry: strikes far from settlements; SOHR and the White Helmets contradict it."
        )),
        ("see the Masyaf row (one figure for both places)", "see the event in the Masyaf countryside (one figure for both places)"),
        ("Day totals by SOHR; use in the details panel.", "Totals of the day, by SOHR."),
        ("Draw as an area, never as a point strike. Do not add to the single-place rows below, which are parts of it.", (
            "Known as an area, never as a single point. The events at single places are parts of it: do not add them."
        )),
        ("Very likely the same incident: trust Airwars.", "Very likely the same incident; Airwars' point is used."),
        ("; >29 Russian raids", "; more than 29 Russian raids"),
        ("Shipped with null geometry.", "Shown without a point."),
        ("AFP 9 Sep: >10 Russian strikes", "AFP 9 Sep: more than 10 Russian strikes"),
        ("~65 barrel bombs", "about 65 barrel bombs"),
        (">=15 helicopters", "at least 15 helicopters"),
        ("May overlap with RS3530 (8 Sep): do not add the two.", (
            "May overlap with the strike near Abdin on 8 Sep (Airwars RS3530): do not add the two."
        )),
        ("Province-level only (Airwars representative point is the centre of Hama governorate, outside the rebel area): do not "
         "draw as a strike location.", (
            "Known to the governorate only: Airwars' point is the centre of Hama governorate, outside the rebel area, and "
            "is not shown as the place of a strike."
        )),
        ("point of RS3541 (same village) used", "the point of its entry RS3541 (same village) is used"),
        # The table says not to show the unsupported figure: it stays in the original row alone.
        ("MEMO/National Coalition claimed at least 9 civilians killed: NOT supported by SOHR (at least 1 injured that "
         "morning), STJ, SMART (14 wounded in southern Idlib) or UCDP; do not show.", (
            "MEMO and the National Coalition claimed deaths; neither SOHR (at least 1 injured that morning), nor STJ, SMART "
            "(14 wounded in southern Idlib) or UCDP supports that, and no figure of killed is given here."
        )),
        ('0 stands for "none reported"', "0 means that none were reported"),
        ("incl. ", "including "),
        ("1 fighter + 1 shepherd", "1 fighter and 1 shepherd"),
        ("4 fighters + 1 civilian", "4 fighters and 1 civilian"),
        ("11 civilians + 2 unknown", "11 civilians and 2 of unknown status"),
    ],
    "claim": [
        # Said by the claim's empty list of links.
        ("; no link given", ""),
        ("; link not among the inputs", ""),
        ("link not among the inputs", ""),
        ("from the page title in its address (Airwars source list)", "from the page title in its web address, which Airwars lists"),
        ("date and subject from its address (Airwars source list)", "date and subject from its web address, which Airwars lists"),
        ("from the page title in its address", "from the page title in its web address"),
        ("from the page address; text not seen", "from its web address; the text was not read"),
        ("; not in the notes of events.csv", ""),
        (" (PR-0908-HASS-HOSP)", ""),
        ("figure belongs to ", "the figure belongs to "),
        ("casualties stand at the single places", "casualties are given at the single places"),
        ("two children killed stand under ", "the two children killed are given under "),
        ("seen in part only", "read in part only"),
        ("town not named in the part seen", "town not named in the part that was read"),
        ('0 stands for "none reported"', "0 means that none were reported"),
    ],
    "doubt": [
        ("(UCDP where_prec 2)", "(UCDP's precision 2)"),
        ("drawn on a town", "shown at a town"),
    ],
    "doubt_evidence": [
        ("The school note in this row belongs there; whether the deaths do is open", (
            "What is noted here of the school belongs there; whether the deaths do is open"
        )),
        ("Not confirmed; the row stays without a point", "Not confirmed; the event stays without a point"),
        ("(where_prec 2)", "(UCDP's precision 2)"),
        ("use summary_areas.csv, never the point", "the map shows an assumed area in its place, never the point"),
        ("do not draw as a strike", "not shown as the place of a strike"),
        ("which control_places.csv uses", "the point of that place in the layer of control"),
        ("event point from the Wikipedia module", "the point of the event is the Wikipedia module's"),
        ("precision column; show the precision", "UCDP codes the precision so; the map shows it as a circle"),
        ("see territory.csv, northern corner", "see the doubts of the rebel-held area, northern corner"),
        ("which events.csv uses", "the point used for the reported strike there"),
        ("the rows cite capture in Nov-Dec 2019", "the evidence cites capture in Nov-Dec 2019"),
        ("The README says Afrin is left out; the ring takes in", "Afrin is meant to be left out; the area takes in"),
        ("(Afrin district of admin2_counties_wof_meso)", "(in Afrin district by Who's On First)"),
        ("none is in control_places.csv", "none is among the places whose holder is known here"),
        ("REPORT-FIRST-STAGE in summary_areas.csv is assumed", "The area shown is assumed"),
        ("local form used, see basis", "the local form is used here"),
        ("OSM ", "OpenStreetMap "),
    ],
}
