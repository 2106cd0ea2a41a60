//! Names of countries and of governorates that no town bears: a row that gives only one of them is nowhere in particular.
//!
//! Floor 2. Asked where no place of the gazetteer is spelled so. Homs and other governorates that are called after
//! their town are not among them.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::situation::spelled_words;

/// In English and Arabic; the article does not matter.
const NOT_TOWNS: [&str; 78] = [
    "Syria",
    "Syrian Arab Republic",
    "سوريا",
    "سورية",
    "Turkey",
    "Türkiye",
    "تركيا",
    "Lebanon",
    "لبنان",
    "Jordan",
    "الأردن",
    "Iraq",
    "العراق",
    "Israel",
    "إسرائيل",
    "Palestine",
    "فلسطين",
    "Egypt",
    "مصر",
    "Cyprus",
    "قبرص",
    "Saudi Arabia",
    "السعودية",
    "Iran",
    "إيران",
    "Kuwait",
    "الكويت",
    "Qatar",
    "قطر",
    "Yemen",
    "اليمن",
    "Libya",
    "ليبيا",
    "Tunisia",
    "تونس",
    "Algeria",
    "الجزائر",
    "Morocco",
    "المغرب",
    "Sudan",
    "السودان",
    "Somalia",
    "الصومال",
    "Russia",
    "روسيا",
    "Ukraine",
    "أوكرانيا",
    "United States",
    "USA",
    "United Kingdom",
    "France",
    "فرنسا",
    "Germany",
    "ألمانيا",
    "Canada",
    "كندا",
    "Sweden",
    "السويد",
    "Greece",
    "اليونان",
    "Afghanistan",
    "Pakistan",
    "India",
    "China",
    "Mali",
    "Rural Damascus",
    "Rif Dimashq",
    "ريف دمشق",
    "Hatay",
    "هاتاي",
    "Beqaa",
    "البقاع",
    "Mount Lebanon",
    "جبل لبنان",
    "North Lebanon",
    "لبنان الشمالي",
    "Anbar",
    "Nineveh",
];

/// What may stand before or behind the name of a governorate.
const KINDS: [&str; 5] = ["governorate", "province", "muhafazah", "country", "محافظه"];

/// Whether the name is that of a country or a governorate and of no town.
pub(super) fn is_no_town(name: &str) -> bool {
    static SPELLED: LazyLock<HashSet<Vec<String>>> =
        LazyLock::new(|| NOT_TOWNS.iter().map(|name| spelled_words(name)).collect());
    let spelled = spelled_words(name);
    let mut ends = [spelled.first(), spelled.last()].into_iter().flatten();
    ends.any(|word| KINDS.contains(&word.as_str())) || SPELLED.contains(&spelled)
}
