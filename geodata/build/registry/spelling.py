"""Spelling of GeoNames rows: plain English without marks, an Arabic name, a key to compare names by."""

import re
import unicodedata

from registry.town_tables import ARABIC, ENGLISH

ARTICLE = r"(?:Al|Ar|As|Ash|Ad|Adh|Az|An|At|Ath|El)"
ARABIC_LETTERS = re.compile(r"[ء-غف-ي ]+")
ARABIC_MARKS = re.compile(r"[\u0640\u064B-\u0652\u0670]")
# Words for an administrative unit, not for the town.
UNIT_WORDS = ("محافظة", "منطقة", "ناحية", "مدينة", "قضاء", "ولاية", "مركز", "بلدة", "قرية")
# Letters that Arabic spelling has and its neighbours' spelling of the same name often lacks.
ARABIC_ONLY = set("ةأإآؤئى")


def english(name, country):
    """The standard spelling: Turkish names as written, Arabic ones without marks and with `al-`."""
    if country == "TR":
        return name
    plain = without_marks(name)
    if plain in ENGLISH:
        return ENGLISH[plain]
    plain = re.sub(rf"^{ARTICLE} ", "al-", plain)
    plain = re.sub(rf" {ARTICLE} ", " al-", plain, flags=re.IGNORECASE)
    return ENGLISH.get(plain, plain)


def without_marks(name):
    split = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in split if not unicodedata.combining(c))
    return re.sub(r"[‘’ʻʼ`']", "", kept).strip()


def arabic(name_en, alternates):
    """The Arabic name, or None: the table's, else the alternate that looks most like Arabic."""
    if name_en in ARABIC:
        return ARABIC[name_en]
    found = []
    for place, name in enumerate(alternates):
        plain = ARABIC_MARKS.sub("", name).strip()
        if plain and ARABIC_LETTERS.fullmatch(plain) and not plain.startswith(UNIT_WORDS):
            found.append((not ARABIC_ONLY & set(plain), place, plain))
    return min(found)[2] if found else None


def key(name):
    """Consonants of a name without articles and doubled letters: the same for most spellings of it."""
    plain = without_marks(name.replace("ı", "i")).lower()
    plain = re.sub(r"\(.*\)", "", plain)
    plain = re.sub(r"\b(?:al|ar|as|ash|ad|az|an|at|ath|el)[ -]", "", plain)
    plain = re.sub(r"[^a-z]", "", plain)
    consonants = re.sub(r"[aeiouyw]|h$", "", plain)
    return re.sub(r"(.)\1+", r"\1", consonants)
