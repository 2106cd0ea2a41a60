"""One standard English spelling, the Arabic name and the aliases of a place as it was written."""

import re

from layers import reader, table

# Areas and one village that the table of names leaves open: a description, in both languages.
DESCRIBED = {
    "Triangle Jisr al-Shughur - Sahl al-Ghab - Latakia mountains (at least 20 places)": (
        "Jisr al-Shughur, al-Ghab plain and the Latakia mountains",
        "جسر الشغور وسهل الغاب وجبال اللاذقية",
    ),
    "Idlib province and its vicinity": ("Idlib province and its vicinity", "محافظة إدلب ومحيطها"),
    "al-Muntar (southern Idlib)": ("al-Muntar (southern Idlib)", None),
}


class Names:
    """The table of names, by the name as written."""

    def __init__(self):
        self.by_name = {row["name"]: row for row in table.rows("place_names")}

    def of(self, written):
        """(English, Arabic or None, aliases) of a name as written in another table."""
        if written in DESCRIBED:
            english, arabic = DESCRIBED[written]
            return english, arabic, []
        row = self.by_name[written]
        english = row["name_en_std"] or written
        aliases = table.parts(row["aliases"])
        if written != english and written not in aliases:
            aliases.append(written)
        return english, table.text(row["name_ar"]), aliases

    def basis(self, written):
        row = self.by_name.get(written)
        return reader.words("name_basis", row["basis"]) if row else None


def slug(name):
    """A name as part of a stable id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")
