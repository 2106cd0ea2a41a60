"""Titles of events in English and Arabic: what, then where, in calm words."""

BY_CLASS = {
    "air_strike": ("Air strike", "غارة جوية"),
    "barrel_bomb": ("Barrel bombs", "براميل متفجرة"),
    "artillery": ("Artillery shelling", "قصف مدفعي"),
    "rocket": ("Rocket shelling", "قصف صاروخي"),
    "missile": ("Missile strikes", "ضربات صاروخية"),
    "cluster": ("Rockets with cluster munitions", "صواريخ بذخائر عنقودية"),
    "ground_shelling": ("Shelling", "قصف بري"),
    "unknown": ("Reported strike (weapon not stated)", "ضربة (السلاح غير مذكور)"),
}
# Wordings that say more, or something else, than their class.
BY_WORDING = {
    "4 air raids + artillery/rocket shelling": ("Air raids and shelling", "غارات جوية وقصف بري"),
    "aerial bombardment": ("Aerial bombardment", "قصف جوي"),
    "air strike and/or artillery": ("Air strike or artillery", "غارة جوية أو قصف مدفعي"),
    "air strikes": ("Air strikes", "غارات جوية"),
    "attack (type not stated)": ("Attack", "هجوم"),
    "barrel bomb": ("Barrel bomb", "برميل متفجر"),
    "barrel bombs/air strikes": ("Barrel bombs or air strikes", "براميل متفجرة أو غارات جوية"),
    "rocket/air strikes": ("Rocket or air strikes", "ضربات صاروخية أو جوية"),
    "shelling/targeting (type not stated)": ("Shelling or other attack (type not stated)", "قصف أو استهداف (النوع غير مذكور)"),
}
BY_TARGET = {
    "medical": ("on a hospital", "على مستشفى"),
    "civil_defence": ("on a civil defence centre", "على مركز للدفاع المدني"),
    "school": ("on a school", "على مدرسة"),
}
# Where the point is not simply the place: how the title says it.
WHERE = {
    "AW-RS3530": ("near Abdin", "قرب عابدين"),
    "PR-0908-KAFRZITA": ("Kafr Zita area", "محيط كفر زيتا"),
    "PR-0908-MUNTAR": ("al-Muntar (southern Idlib)", "ريف إدلب الجنوبي"),
    "UC-260053": ("western Aleppo", "غرب حلب"),
    "UC-263263": ("Masyaf countryside", "ريف مصياف"),
    "UC-263445": ("road to Qalaat al-Madiq", "طريق قلعة المضيق"),
    "UC-263700": ("western Aleppo", "غرب حلب"),
    "UC-264621": ("outskirts of Latakia", "أطراف اللاذقية"),
}
# Area summaries and the claim: what the source counts.
WHOLE = {
    "AREA-0810-55RAIDS": (
        "About 55 air strikes and raids, Idlib countryside",
        "نحو 55 غارة وضربة جوية – ريف إدلب",
    ),
    "AREA-0904-45RAIDS": (
        "More than 45 air raids, Jisr al-Shughur to the Latakia mountains",
        "أكثر من 45 غارة جوية – من جسر الشغور إلى جبال اللاذقية",
    ),
    "AREA-0908-140": (
        "About 140 air strikes and barrel bombs, Idlib and its vicinity",
        "نحو 140 غارة جوية وبرميلاً متفجراً – إدلب ومحيطها",
    ),
    "AREA-0908-60RAIDS": (
        "Almost 60 air raids in under three hours, south and south-east Idlib",
        "نحو 60 غارة جوية في أقل من ثلاث ساعات – ريف إدلب الجنوبي والجنوبي الشرقي",
    ),
    "AREA-0909-65BARREL": (
        "About 65 barrel bombs and 14 raids, southern Idlib and northern Hama",
        "نحو 65 برميلاً متفجراً و14 غارة – ريف إدلب الجنوبي وريف حماة الشمالي",
    ),
    "UC-263545": ("Shelling of several places, southern Idlib", "قصف بري على عدة أماكن – ريف إدلب الجنوبي"),
    "RU-0904-MOD": (
        "Russian defence ministry: precision air strikes, place not stated",
        "وزارة الدفاع الروسية: ضربات جوية دقيقة، المكان غير مذكور",
    ),
}


def titles(row, weapon, target, place_en, place_ar):
    """(English, Arabic or None) title of an event row."""
    if row["id"] in WHOLE:
        return WHOLE[row["id"]]
    what_en, what_ar = BY_WORDING.get(row["weapon"]) or BY_CLASS[weapon]
    if target in BY_TARGET:
        on_en, on_ar = BY_TARGET[target]
        if row["target"] == "schools":
            on_en, on_ar = "on schools", "على مدارس"
        what_en, what_ar = f"{what_en} {on_en}", f"{what_ar} {on_ar}"
    where_en, where_ar = WHERE.get(row["id"], (place_en, place_ar))
    return f"{what_en}, {where_en}", f"{what_ar} – {where_ar}" if where_ar else None
