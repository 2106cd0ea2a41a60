"""The doubts about single rows, handed to the features they are about; none may be lost."""

from layers import reader, table


class Doubts:
    """Every doubt of `doubts.csv`, counted as it is attached."""

    def __init__(self):
        self.about = {}
        self.attached = {}
        for number, row in enumerate(table.rows("doubts"), start=1):
            for name in names_in(row):
                key = (row["file"], name)
                self.about.setdefault(key, []).append((number, row))
                self.attached.setdefault((number, *key), 0)

    def of(self, file, name):
        """The doubts about one row, as they stand in the feature; counts them as attached."""
        found = self.about.get((file, name), [])
        for number, _ in found:
            self.attached[number, file, name] += 1
        return [told(number, row) for number, row in found]

    def lost(self):
        """What no feature took: (number in the table, file, name)."""
        return [key for key, times in self.attached.items() if times == 0]


def told(number, row):
    """A doubt as it stands in a feature; the number is that of its row."""
    return {
        "number": number,
        "doubt": reader.words("doubt", row["doubt"]),
        "evidence": reader.words("doubt_evidence", row["evidence"]),
    }


def names_in(row):
    """The rows or features a doubt is about; a part of a feature counts as the feature."""
    names = table.parts(row["id_or_name"])
    if row["file"] == "territory.csv":
        return [name.split(":")[0] for name in names]
    return names
