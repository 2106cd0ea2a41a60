//! What single letters tell of how a name is spelled.
//!
//! Floor 1. What each letter counts as is `letter`'s.

/// What the letter says where it is a Turkish or Kurdish one; GeoNames writes ص as `ş`, which is told apart by the
/// letters beside it.
pub(super) fn turkish_sound(c: char) -> Option<&'static str> {
    match c {
        'ş' | 'Ş' | 'ș' | 'š' | 'Š' | 'ç' | 'Ç' | 'č' | 'Č' => Some("sh"),
        _ => None,
    }
}

/// Whether the name is spelled with the letters of a scholarly transliteration from Arabic.
pub(super) fn is_scholarly(name: &str) -> bool {
    let marks = "āīūţṭḩḥḑḍẓḏṯġĀĪŪŢḨḐ‘’ʿʾ`\u{0304}\u{0327}";
    name.chars().any(|c| marks.contains(c))
}
