//! Places by how their names sound, for names that the gazetteer spells otherwise.
//!
//! Floor 2. A wrong place is worse than none: what differs by more than the hands that write it, above all by a vowel,
//! is another name. `Balyun` is not Belen, nor `Abadan` Abdin, though they have the same consonants.

use std::collections::HashMap;

use super::not_towns::is_no_town;
use crate::situation::{Sound, edit_costs, spelled_words};

/// A name with so few consonants, or fewer, says little: it must be spelled alike, too.
const TELLING_CONSONANTS: usize = 3;
/// A name with so many may differ by a vowel.
const LONG_CONSONANTS: usize = 5;
/// What may be spelled otherwise in a name of so few consonants: one letter. Abadan is not Abidin.
const MOST_SPELLED_OTHERWISE: u16 = 3;

/// Which places sound so, by keys that let more and more differ. The first key that answers decides.
#[derive(Debug, Default)]
pub(super) struct PlaceSounds([HashMap<String, Vec<Sounding>>; 3]);

/// One name of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sounding {
    place: u32,
    name: SoundedName,
}

/// A name, and what of it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SoundedName {
    sound: Sound,
    /// In normalised spelling, without articles, all in one piece.
    spelled: String,
    /// In Latin letters, of a place that has an Arabic name, too.
    has_arabic_beside: bool,
}

impl PlaceSounds {
    /// `names` are those of each place in both scripts.
    pub fn new(names: &[Vec<String>]) -> Self {
        let mut sounds = Self::default();
        for (place, names) in (0..).zip(names) {
            let names: Vec<SoundedName> = names.iter().map(|name| SoundedName::of(name)).collect();
            let has_arabic = names.iter().any(SoundedName::is_arabic);
            for mut name in names {
                name.has_arabic_beside = has_arabic && !name.is_arabic();
                let [full, rough, consonants] = name.keys();
                // Arabic leaves short vowels out: a place that is known in Latin letters alone goes by its consonants.
                let consonants = consonants.filter(|_| !has_arabic || name.is_long());
                for (map, key) in sounds.0.iter_mut().zip([full, rough, consonants]) {
                    let Some(key) = key else { continue };
                    map.entry(key).or_default().push(Sounding { place, name: name.clone() });
                }
            }
        }
        sounds
    }

    /// The places that the name may stand for, in the order of the gazetteer.
    pub fn find(&self, name: &str) -> Vec<u32> {
        if is_no_town(name) {
            return Vec::new();
        }
        let written = SoundedName::of(name);
        let [full, rough, consonants] = written.keys();
        let consonants = consonants.filter(|_| written.is_arabic() || written.is_long());
        let tests = [SoundedName::is_spelled_as, SoundedName::is_spelled_as, SoundedName::is_nearly];
        for ((map, key), may_be) in self.0.iter().zip([full, rough, consonants]).zip(tests) {
            let sounding = key.and_then(|key| map.get(&key)).into_iter().flatten();
            let mut places: Vec<u32> =
                sounding.filter(|other| may_be(&written, &other.name)).map(|other| other.place).collect();
            places.dedup();
            if !places.is_empty() {
                return places;
            }
        }
        Vec::new()
    }
}

impl SoundedName {
    fn of(name: &str) -> Self {
        Self { sound: Sound::of_name(name), spelled: spelled_words(name).concat(), has_arabic_beside: false }
    }

    fn is_arabic(&self) -> bool {
        self.spelled.chars().any(|c| ('\u{600}'..='\u{77F}').contains(&c))
    }

    fn consonants(&self) -> usize {
        self.sound.skeleton.chars().count()
    }

    /// How it sounds; the same with kh written as k and sh as s; its consonants alone. `None` where so few of them say
    /// nothing.
    fn keys(&self) -> [Option<String>; 3] {
        let full = self.sound.full.clone();
        let rough = full.replace('x', "k").replace('S', "s");
        let least = [2, TELLING_CONSONANTS, TELLING_CONSONANTS];
        let keys = [full, rough, self.sound.skeleton.clone()].into_iter().zip(least);
        let mut keys = keys.map(|(key, least)| (self.consonants() >= least).then_some(key));
        [(); 3].map(|()| keys.next().flatten())
    }

    /// Whether two hands may have written this and the other, which sound the same.
    fn is_spelled_as(&self, other: &Self) -> bool {
        // Paris is not Baris, nor is باريس: places have a Latin name, and where they have an Arabic one, it decides.
        let is_other_start = self.spelled.starts_with('p') != other.spelled.starts_with('p');
        if is_other_start || self.is_arabic() != other.is_arabic() {
            return false;
        }
        if self.is_arabic() && other.is_arabic() {
            // All long vowels are written: one letter more is another name.
            return self.spelled.chars().count() == other.spelled.chars().count();
        }
        let costs = || edit_costs(self.spelled.as_bytes(), other.spelled.as_bytes()).whole;
        self.consonants() > TELLING_CONSONANTS || costs() <= MOST_SPELLED_OTHERWISE
    }

    /// Whether it is so long that one vowel does not make it another name: Kafar Zeita is Kafr Zita.
    fn is_long(&self) -> bool {
        self.consonants() >= LONG_CONSONANTS
    }

    /// Whether this and the other, which have the same consonants, may be of one place.
    fn is_nearly(&self, other: &Self) -> bool {
        match (self.is_arabic(), other.is_arabic()) {
            (true, false) => !other.has_arabic_beside && self.fits_vowels_of(other),
            (false, false) => {
                let [one, two] = [self, other].map(|name| name.sound.full.as_bytes());
                self.is_long() && one.first() == two.first() && edit_costs(one, two).whole <= 1
            }
            _ => false,
        }
    }

    /// Whether this name in Arabic letters has no vowel that the other in Latin letters has not, of the same
    /// consonants, and begins and ends as it does.
    fn fits_vowels_of(&self, other: &Self) -> bool {
        let is_vowel = |sound: Option<char>| matches!(sound, Some('a' | 'u'));
        let [written, said] = [self, other].map(|name| name.sound.full.replace("nb", "mb"));
        let begins = self.spelled.starts_with('ع') || {
            is_vowel(written.chars().next()) == is_vowel(said.chars().next())
        };
        let ends = is_vowel(written.chars().last()) == is_vowel(said.chars().last());
        let mut said = said.chars();
        let all_said = written.chars().all(|sound| said.any(|other| other == sound));
        begins && ends && all_said
    }
}
