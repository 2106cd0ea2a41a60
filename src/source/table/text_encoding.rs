//! In which encoding a table's letters are written: by what is valid, then by how letters stand together.
//!
//! Floor 2. Spreadsheets write no word about it.

use encoding_rs::Encoding;
use serde::{Deserialize, Serialize};

/// The encodings of tables that are met in practice. UTF-16 is unpacked before anybody looks for fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// Arabic Windows.
    Windows1256,
    /// Western Windows.
    Windows1252,
}

impl TextEncoding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Windows1256, Self::Windows1252];

    /// For people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows1256 => "Windows-1256",
            Self::Windows1252 => "Windows-1252",
        }
    }

    /// The bytes as UTF-8; `None` where they are that already, or should be.
    pub(super) fn to_utf8(self, bytes: &[u8]) -> Option<Vec<u8>> {
        let encoding: &'static Encoding = match self {
            Self::Utf8 => return None,
            Self::Windows1256 => encoding_rs::WINDOWS_1256,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
        };
        Some(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
    }
}

/// So many letters that are valid UTF-8 one after the other are no accident in another encoding.
const UTF8_WORD: usize = 3;

/// What was counted of the bytes beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct LetterCounts {
    /// Characters of valid UTF-8.
    utf8: usize,
    /// Bytes that are no UTF-8.
    broken: usize,
    /// Bytes beyond ASCII.
    high: usize,
    /// Those that stand in runs of three and more.
    in_runs: usize,
    /// Alif followed by lam, in Windows-1256.
    articles: usize,
    /// Bytes that Windows-1252 does not know.
    not_western: usize,
    /// Runs of valid UTF-8 that are no accident.
    utf8_words: usize,
}

impl LetterCounts {
    /// Counts more bytes; `is_cut` where they may begin and end in the middle of a character.
    pub fn add(&mut self, bytes: &[u8], is_cut: bool) {
        let mut rest = bytes;
        if is_cut {
            let inside = rest.iter().take(3).take_while(|&&byte| byte & 0xC0 == 0x80).count();
            rest = &rest[inside..];
        }
        while !rest.is_empty() {
            let ascii = Encoding::ascii_valid_up_to(rest);
            let run = rest[ascii..].iter().take_while(|byte| !byte.is_ascii()).count();
            let letters = &rest[ascii..ascii + run];
            rest = &rest[ascii + run..];
            if is_cut && rest.is_empty() && run > 0 && run < 4 {
                return;
            }
            self.add_run(letters);
        }
    }

    fn add_run(&mut self, letters: &[u8]) {
        for chunk in letters.utf8_chunks() {
            let valid = chunk.valid().chars().count();
            self.utf8 += valid;
            self.utf8_words += usize::from(valid >= UTF8_WORD);
            self.broken += chunk.invalid().len();
        }
        self.high += letters.len();
        if letters.len() >= 3 {
            self.in_runs += letters.len();
        }
        self.articles += letters.windows(2).filter(|pair| *pair == [0xC7, 0xE1]).count();
        let unknown = |byte: &&u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
        self.not_western += letters.iter().filter(unknown).count();
    }

    /// The likeliest encoding.
    ///
    /// Few broken bytes among much UTF-8 are damage. Otherwise: Arabic words are runs of bytes beyond ASCII, while western
    /// text has single letters of that kind.
    pub fn encoding(&self) -> TextEncoding {
        if self.broken == 0 || self.utf8 > 4 * self.broken {
            return TextEncoding::Utf8;
        }
        let is_arabic = 2 * self.in_runs >= self.high || self.articles * 50 > self.high;
        if is_arabic || self.not_western > 0 { TextEncoding::Windows1256 } else { TextEncoding::Windows1252 }
    }
}

/// Whether bytes of this encoding are in part UTF-8: two tables put together.
pub(super) fn is_partly_utf8(encoding: TextEncoding, bytes: &[u8]) -> bool {
    let mut counts = LetterCounts::default();
    counts.add(bytes, false);
    encoding != TextEncoding::Utf8 && counts.utf8_words > 0
}

/// The encoding of all bytes.
pub(super) fn encoding_of(bytes: &[u8]) -> TextEncoding {
    let mut counts = LetterCounts::default();
    counts.add(bytes, false);
    counts.encoding()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_1256(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1256.encode(text).0.into_owned()
    }

    fn in_1252(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
    }

    #[test]
    fn the_encoding_is_found_by_validity_and_by_how_letters_stand() {
        for text in ["plain", "سراقب, إدلب", "Saraqib – été", ""] {
            assert_eq!(encoding_of(text.as_bytes()), TextEncoding::Utf8, "{text}");
        }
        for text in ["سراقب,إدلب\nجسر الشغور,إدلب", "1,معرة النعمان,x\n2,خان شيخون,y", "ab,في,cd,حماة"]
        {
            assert_eq!(encoding_of(&in_1256(text)), TextEncoding::Windows1256, "{text}");
        }
        for text in ["Île-de-France,Curaçao,é", "Müller; Größe; naïve", "“quoted” – dash", "Ŧ€ à la carte"]
        {
            assert_eq!(encoding_of(&in_1252(text)), TextEncoding::Windows1252, "{text}");
        }
    }

    #[test]
    fn some_damage_does_not_make_utf8_another_encoding() {
        let mut bytes = "جسر الشغور, إدلب".as_bytes().to_vec();
        bytes.push(0xFF);
        assert_eq!(encoding_of(&bytes), TextEncoding::Utf8);
    }

    #[test]
    fn two_encodings_in_one_table_are_noticed() {
        let mut bytes = in_1256("سراقب، إدلب\nمعرة النعمان، حماة\n");
        assert!(!is_partly_utf8(TextEncoding::Windows1256, &bytes));
        bytes.extend_from_slice("خان شيخون".as_bytes());
        assert!(is_partly_utf8(TextEncoding::Windows1256, &bytes));
    }

    #[test]
    fn a_sample_may_begin_and_end_inside_a_character() {
        let text = "سراقب ".repeat(50);
        for cut in 1..6 {
            let mut counts = LetterCounts::default();
            counts.add(&text.as_bytes()[cut..text.len() - cut], true);
            assert_eq!(counts.encoding(), TextEncoding::Utf8, "{cut}");
        }
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let text = "سراقب، إدلب پ";
        let utf8 = TextEncoding::Windows1256.to_utf8(&in_1256(text)).unwrap();
        assert_eq!(String::from_utf8(utf8).unwrap(), text);
        assert_eq!(TextEncoding::Utf8.to_utf8(b"x"), None);
    }
}
