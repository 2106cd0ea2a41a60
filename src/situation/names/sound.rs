//! How a name sounds, roughly: one alphabet for Latin and Arabic, so that two spellings of one name meet.
//!
//! Floor 1. The alphabet: consonants as in English, `S` for sh, `x` for kh, `a` for any of a, e, i and y, `u` for any of
//! o, u and w, digits as they are. Arabic leaves its short vowels out; only the *skeleton*, the consonants, is common to
//! both scripts.

use super::spelling::sounded_words;

/// How a name sounds. All in one piece, so that `Khansheikhoun` is `Khan Sheikhoun`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sound {
    /// Consonants and vowels.
    pub full: String,
    /// The consonants alone.
    pub skeleton: String,
    /// Where the words but the first begin in `full`.
    pub full_starts: WordStarts,
    /// Where they begin in `skeleton`.
    pub skeleton_starts: WordStarts,
}

impl Sound {
    /// The sound of a name.
    pub fn of_name(name: &str) -> Self {
        Self::of_words(&sounded_words(name))
    }

    /// The sound of normalised words.
    pub fn of_words(words: &[String]) -> Self {
        let mut sound = Self::default();
        for (place, word) in words.iter().enumerate() {
            if place > 0 {
                sound.full_starts.insert(sound.full.len());
                sound.skeleton_starts.insert(sound.skeleton.len());
            }
            let said = said_word(word, place + 1 < words.len());
            let consonants: String = said.chars().filter(|c| !matches!(c, 'a' | 'u')).collect();
            // Manbij is also Membij.
            sound.skeleton.push_str(&consonants.replace("nb", "mb"));
            sound.full.push_str(&said);
        }
        sound
    }
}

/// Whether two spellings, in either script, may be of one name: they have the same consonants, two or more.
pub fn is_same_name(one: &str, other: &str) -> bool {
    let skeleton = Sound::of_name(one).skeleton;
    skeleton.len() >= 2 && skeleton == Sound::of_name(other).skeleton
}

/// Where words begin in a text, in bytes; those beyond the 64th are left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordStarts(u64);

impl WordStarts {
    fn insert(&mut self, place: usize) {
        self.0 |= u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).unwrap_or_default();
    }

    /// The places from the first to the last.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |place| self.0 >> place & 1 == 1)
    }
}

/// One word in the alphabet of sounds. `is_bound`: another word follows, and a ta marbuta is said as t.
fn said_word(word: &str, is_bound: bool) -> String {
    let word = if is_bound { without_bound_ending(word) } else { word };
    let mut said = Said::default();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let latin = c.is_ascii_alphabetic();
        let (sound, length) =
            if latin { latin_sound(rest, word) } else { (arabic_sound(c, rest, word), c.len_utf8()) };
        match sound {
            "" => {}
            "?" => said.push(c, latin),
            letters => letters.chars().for_each(|letter| said.push(letter, latin)),
        }
        rest = &rest[length..];
    }
    said.letters
}

/// `Maarrat al-Numan` is معرة النعمان: the t is said, but not written in Arabic as one.
fn without_bound_ending(word: &str) -> &str {
    for ending in ["at", "et", "ات"] {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        let consonants = stem.chars().filter(|c| !"aeiouwy".contains(*c)).count();
        // `Beit` and `Deirat` apart: a stem of its own must be left.
        if consonants >= 2 {
            return &word[..stem.len() + if ending == "ات" { "ا".len() } else { 1 }];
        }
    }
    word
}

/// Sounds in a row: a run of vowels is one vowel.
#[derive(Default)]
struct Said {
    letters: String,
}

impl Said {
    /// Latin writes a double consonant twice, Arabic once: there, two are two with a vowel between them.
    fn push(&mut self, letter: char, latin: bool) {
        match (self.letters.chars().next_back(), letter) {
            (Some(last), 'a' | 'u') if last == letter => {}
            (Some(last), _) if last == letter && latin => {}
            (Some('u'), 'a') => {}
            (Some('a'), 'u') => {
                self.letters.pop();
                self.letters.push('u');
            }
            _ => self.letters.push(letter),
        }
    }
}

/// The sound at the beginning of `rest`, and how many bytes it takes.
fn latin_sound(rest: &str, word: &str) -> (&'static str, usize) {
    const PAIRS: [(&str, &str); 13] = [
        ("tch", "S"),
        ("sh", "S"),
        ("ch", "S"),
        ("kh", "x"),
        ("gh", "g"),
        ("th", "t"),
        ("dh", "d"),
        ("dj", "j"),
        ("dz", "z"),
        ("zh", "j"),
        ("ph", "f"),
        ("ck", "k"),
        ("qu", "ku"),
    ];
    let at_start = rest.len() == word.len();
    if let Some(&(pair, sound)) = PAIRS.iter().find(|(pair, _)| rest.starts_with(pair)) {
        return (sound, pair.len());
    }
    let bytes = rest.as_bytes();
    let is_vowel = |place: usize| bytes.get(place).is_some_and(|c| b"aeiouy".contains(c));
    let before = word.as_bytes()[..word.len() - rest.len()].last();
    if at_start && rest.starts_with("ou") && is_vowel(2) {
        return ("w", 2);
    }
    let sound = match bytes[0] {
        b'w' | b'v' if at_start => "w",
        b'y' if at_start && is_vowel(1) => "y",
        // A vowel before a last h: Muhrada is also Mhardeh.
        b'h' if bytes.len() == 1 && before.is_some_and(|c| b"aeiou".contains(c)) => "",
        b'a' | b'e' | b'i' | b'y' => "a",
        b'o' | b'u' | b'w' | b'v' => "u",
        b'p' => "b",
        b'q' => "k",
        b'c' => "j",
        b'x' => "ks",
        _ => "?",
    };
    (sound, 1)
}

/// The sound of an Arabic letter at the beginning of `rest`; `?` for a letter that has no other.
fn arabic_sound(c: char, rest: &str, word: &str) -> &'static str {
    let at_start = rest.len() == word.len();
    let at_end = rest.len() == c.len_utf8();
    match c {
        'و' if at_start && !at_end => "w",
        'ي' if at_start && !at_end => "y",
        'ا' | 'ي' => "a",
        'و' => "u",
        // The ending ة, which is written so as often as not.
        'ه' if at_end && !at_start => "a",
        // As Latin does not tell it from that ending.
        'ح' if at_end && word[..word.len() - rest.len()].ends_with(['ا', 'و', 'ي']) => "",
        'ه' | 'ح' => "h",
        'ع' => "",
        'ب' | 'پ' => "b",
        'ت' | 'ط' | 'ث' | 'ٹ' => "t",
        'ج' | 'ژ' => "j",
        'خ' => "x",
        'د' | 'ض' | 'ذ' | 'ڈ' => "d",
        'ر' | 'ڑ' => "r",
        'ز' | 'ظ' => "z",
        'س' | 'ص' => "s",
        'ش' | 'چ' => "S",
        'غ' | 'گ' => "g",
        'ف' => "f",
        'ڤ' => "u",
        'ق' | 'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        _ => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skeleton(name: &str) -> String {
        Sound::of_name(name).skeleton
    }

    #[test]
    fn every_spelling_of_a_name_has_one_skeleton_in_either_script() {
        let names: [&[&str]; 19] = [
            &["Jisr al-Shughur", "Jisr ash-Shughour", "Jisr ech-Choughour", "jisr shughur", "جسر الشغور"],
            &["Saraqib", "Saraqeb", "Sarāqib", "Saraqueb", "سراقب"],
            &["Idlib", "Idleb", "İdlib", "إدلب", "ادلب"],
            &[
                "Maarat al-Numan",
                "Ma'arrat an-Nu'man",
                "Maarrat al-Nu'man",
                "Maaret en-Noman",
                "معرة النعمان",
            ],
            &["Khan Shaykhun", "Khan Sheikhoun", "Khansheikhoun", "Khān Shaykhūn", "خان شيخون"],
            &["Mhardeh", "Muhrada", "Mahardah", "محردة", "محرده"],
            &["Hama", "Hamah", "Ḩamāh", "حماة", "حماه"],
            &["Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "دير الزور"],
            &["Raqqa", "Ar-Raqqah", "Rakka", "الرقة"],
            &["Suwayda", "As-Suwaydā'", "Sweida", "Soueida", "السويداء"],
            &["Kafr Nabl", "Kafranbel", "Kafr Nabel", "كفرنبل"],
            &["Salqin", "Salkin", "Salqeen", "سلقين"],
            &["Manbij", "Membij", "Menbic", "منبج"],
            &["Dhahab", "Dahab", "ذهب"],
            &["Ghab", "Gab", "الغاب"],
            &["Ba`abda", "Baabda", "بعبدا"],
            &["Tall Rahhal", "تل رحّال"],
            &["Fallah", "فلاح"],
            &["Wadi Barada", "Ouadi Barada", "Vadi Barada", "وادي بردى"],
        ];
        for spellings in names {
            for spelling in spellings {
                assert_eq!(skeleton(spelling), skeleton(spellings[0]), "{spelling} and {}", spellings[0]);
            }
        }
    }

    #[test]
    fn latin_spellings_of_one_name_sound_alike() {
        for (one, other) in [
            ("Saraqib", "Serakeb"),
            ("Khan Shaykhun", "Khansheikhoon"),
            ("Idlib", "Edleb"),
            ("Jisr al-Shughur", "Cisr eş-Şuğur"),
            ("Suwayda", "Sweida"),
            ("Qal'at al-Madiq", "Kalaat el-Madik"),
        ] {
            let (one_sound, other_sound) = (Sound::of_name(one).skeleton, Sound::of_name(other).skeleton);
            assert_eq!(one_sound, other_sound, "{one} and {other}");
        }
        assert_eq!(Sound::of_name("Saraqib").full, Sound::of_name("Serakeeb").full);
        assert_eq!(Sound::of_name("Suwayda").full, Sound::of_name("Sweidah").full);
    }

    #[test]
    fn different_names_keep_different_skeletons() {
        let names =
            ["Idlib", "Saraqib", "Sarmin", "Sarmada", "Hama", "Homs", "Halab", "Harim", "Khan al-Asal"];
        for (place, name) in names.iter().enumerate() {
            assert!(names[..place].iter().all(|other| skeleton(other) != skeleton(name)), "{name}");
        }
    }

    #[test]
    fn words_are_told_apart_by_where_they_begin() {
        let sound = Sound::of_name("Khan al-Asal");
        assert_eq!((sound.full.as_str(), sound.skeleton.as_str()), ("xanasal", "xnsl"));
        assert_eq!(sound.full_starts.iter().zip(sound.skeleton_starts.iter()).collect::<Vec<_>>(), [(3, 2)]);
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(skeleton("Идлиб 4"), "идлиб4");
        assert_eq!(skeleton(""), "");
    }
}
