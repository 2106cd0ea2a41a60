//! The bundled fonts: bytes, names, and the order in which they stand in for each other.
//!
//! Floor 2. Knows nothing of egui: whoever draws makes its own font definitions of this.

/// One font file in the binary.
#[derive(Clone, Copy)]
pub struct FontFile {
    /// Unique key, also what an interface may show.
    pub name: &'static str,
    /// The whole TrueType file.
    pub bytes: &'static [u8],
}

/// Latin, Greek and Cyrillic, weight 400.
pub const SANS_REGULAR: FontFile =
    FontFile { name: "Noto Sans Regular", bytes: include_bytes!("../../assets/fonts/NotoSans-Regular.ttf") };
/// Latin, Greek and Cyrillic, weight 600.
pub const SANS_SEMIBOLD: FontFile = FontFile {
    name: "Noto Sans SemiBold",
    bytes: include_bytes!("../../assets/fonts/NotoSans-SemiBold.ttf"),
};
/// Arabic, Persian, Kurdish and their relatives, weight 400.
pub const ARABIC_REGULAR: FontFile = FontFile {
    name: "Noto Sans Arabic Regular",
    bytes: include_bytes!("../../assets/fonts/NotoSansArabic-Regular.ttf"),
};
/// Arabic, Persian, Kurdish and their relatives, weight 600.
pub const ARABIC_SEMIBOLD: FontFile = FontFile {
    name: "Noto Sans Arabic SemiBold",
    bytes: include_bytes!("../../assets/fonts/NotoSansArabic-SemiBold.ttf"),
};

/// The family of running text, first choice first.
///
/// [`display`](super::display) relies on this order: what both files have (space, digits, comma) comes from the
/// Latin one. Symbols that neither has (arrows, triangles, U+2212) need a further fallback behind these.
pub const REGULAR: [FontFile; 2] = [SANS_REGULAR, ARABIC_REGULAR];
/// The family of headings and of city names, first choice first; see [`REGULAR`].
pub const SEMIBOLD: [FontFile; 2] = [SANS_SEMIBOLD, ARABIC_SEMIBOLD];

/// The line that credits the fonts in the list of credits.
pub const CREDIT: &str = "Noto Sans and Noto Sans Arabic, © Google LLC, SIL Open Font License 1.1";
