"""The wording of the 22 statements: written by us from the figures, never the report's own sentences."""

from typing import NamedTuple

AREA = ("rebel_held_area", "rebel-held-area")
IDLIB = ("governorates", "governorate-sy-idlib")
RAIDS = ("strikes", "AREA-0908-60RAIDS")
MINISTRY = ("strikes", "RU-0904-MOD")


class Statement(NamedTuple):
    title: str
    text: str
    status: str
    links: list
    # The days that the statement speaks of, in EDTF; none where it names none.
    days: str | None = None


STATEMENTS = {
    1: Statement("Headline", "The headline of the report.", "context", [AREA]),
    2: Statement(
        "Clock tower",
        "The picture shows the clock tower in Idlib city, which rebels held.",
        "confirmed",
        [("landmarks", "clock-tower-idlib"), AREA],
    ),
    3: Statement(
        "Russian statement on Idlib",
        "Russia's defence ministry said on 5 September that four of its aircraft had struck targets in Idlib the day before.",
        "confirmed",
        [MINISTRY, ("strikes", "AREA-0904-45RAIDS")],
        "2018-09-04/2018-09-05",
    ),
    4: Statement("Idlib", "The report is about Idlib governorate in north-west Syria.", "context", [IDLIB]),
    5: Statement(
        "First stage of the offensive",
        "A first stage of the offensive was announced for northern Latakia and the country around Jisr al-Shughur; "
        "the report puts that town in southern Idlib, but it lies in the west, and it does not make clear who spoke.",
        "unverified",
        [("report", "report-05"), ("control_places", "control-jisr-al-shughur")],
    ),
    6: Statement(
        "The day after the summit",
        "The strikes came on 8 September, the day after the leaders of Russia, Iran and Turkey met in Tehran.",
        "confirmed",
        [RAIDS, ("report", "report-15")],
        "2018-09-07/2018-09-08",
    ),
    7: Statement(
        "Almost 60 raids",
        "Almost 60 air raids hit the south and south-east of Idlib province in under three hours.",
        "confirmed",
        [RAIDS],
        "2018-09-08",
    ),
    8: Statement(
        "Casualties not yet known",
        "Nothing was known of casualties when the report was written; counts of at least four, then at least nine "
        "civilians killed came later.",
        "superseded",
        [RAIDS],
        "2018-09-08",
    ),
    9: Statement(
        "Two highways",
        "Two main highways run through the area: they are the M4 and the M5, which the report does not name.",
        "confirmed",
        [("highways", "M4"), ("highways", "M5")],
    ),
    10: Statement(
        "Outside government control",
        "Background on the area as ground outside government control; the country about Afrin and al-Bab was "
        "outside it too.",
        "context",
        [AREA, ("front_line", "front-line")],
    ),
    11: Statement(
        "Fighters linked to al-Qaeda",
        "The report puts the fighters linked to al-Qaeda in the area at 14,000, and gives a likely higher number as opinion.",
        "unverified",
        [AREA],
    ),
    12: Statement("Background", "A sentence of background without a place or a figure.", "context", []),
    13: Statement(
        "Killed in the war",
        "More than 350,000 people had been killed in the war, the count that news agencies gave in 2018.",
        "context",
        [],
    ),
    14: Statement("Population", "About three million people lived in the area.", "confirmed", [AREA]),
    15: Statement(
        "Summit in Tehran",
        "The summit was held in Tehran on Friday 7 September 2018; the city lies outside the map.",
        "confirmed",
        [],
        "2018-09-07",
    ),
    16: Statement(
        "Turkish border",
        "The area borders Turkey, and displaced people moved towards that border.",
        "context",
        [
            ("basemap", "border-sy-tr"),
            ("crossings", "crossing-bab-al-hawa"),
            ("crossings", "crossing-atmeh"),
            ("crossings", "crossing-khirbat-al-jawz"),
        ],
    ),
    17: Statement("Quotation", "A quotation; its words are not repeated here.", "context", []),
    18: Statement(
        "Protests",
        "Thousands protested; for 7 September this is known of Idlib city, where the exact place is not.",
        "confirmed",
        [("landmarks", "clock-tower-idlib"), ("control_places", "control-idlib")],
        "2018-09-07",
    ),
    19: Statement(
        "Quotation of the Turkish president",
        "A quotation of President Erdogan, whom the sentence itself does not name; its words are not repeated here.",
        "context",
        [],
    ),
    20: Statement(
        "American envoy",
        "The report refers to what an American envoy said about chemical weapons, without making clear who spoke.",
        "context",
        [],
    ),
    21: Statement(
        "American military options",
        "The American military was drawing up options in case chemical weapons were used in Syria.",
        "confirmed",
        [],
    ),
    22: Statement("Quotation", "A quotation; its words are not repeated here.", "context", []),
}
