//! Places of rows that only name them, looked up in a gazetteer.
//!
//! Floor 2. As it is spelled, but for case, marks and the carriers of hamza; where no place is spelled so, by its sound.
//! A name that may be that of two places is none.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use crate::coords::LonLat;
use crate::situation::{Gazetteer, Letter, Sound, letter};

/// What a name stands for; places by their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NamedPlace {
    /// One place.
    One(usize),
    /// One place that is spelled otherwise and sounds alike.
    BySound(usize),
    /// Several of that name.
    Several,
    /// Several that sound alike, in the order of the gazetteer.
    SeveralBySound(Vec<usize>),
    /// Nothing that the gazetteer knows.
    Unknown,
}

/// The places of a gazetteer by name.
#[derive(Debug, Default)]
pub(super) struct PlaceNames {
    /// The number of the place; `None` for a name of several.
    by_key: HashMap<String, Option<usize>>,
    places: Vec<LonLat>,
    names: Vec<Vec<String>>,
    /// Made when the first name is asked for that no place is spelled with.
    sounds: OnceLock<PlaceSounds>,
}

impl PlaceNames {
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut found = Self::default();
        for (number, place) in gazetteer.places().iter().enumerate() {
            let others = place.name_ar.iter().chain(&place.aliases).cloned();
            let names: Vec<String> = std::iter::once(place.name_en.clone()).chain(others).collect();
            for name in &names {
                match found.by_key.entry(key_of(name)) {
                    Entry::Vacant(free) => drop(free.insert(Some(number))),
                    Entry::Occupied(mut taken) if *taken.get() != Some(number) => drop(taken.insert(None)),
                    Entry::Occupied(_) => {}
                }
            }
            found.places.push(place.at);
            found.names.push(names);
        }
        found
    }

    /// What the name stands for.
    pub fn find(&self, name: &str) -> NamedPlace {
        match self.by_key.get(&key_of(name)) {
            Some(Some(number)) => NamedPlace::One(*number),
            Some(None) => NamedPlace::Several,
            None => match self.sounds.get_or_init(|| PlaceSounds::new(&self.names)).find(name) {
                [] => NamedPlace::Unknown,
                [one] => NamedPlace::BySound(*one as usize),
                several => NamedPlace::SeveralBySound(several.iter().map(|&one| one as usize).collect()),
            },
        }
    }

    /// Where a place is.
    pub fn at(&self, place: usize) -> LonLat {
        self.places[place]
    }

    /// What a place is called in the first place.
    pub fn name(&self, place: usize) -> &str {
        &self.names[place][0]
    }
}

/// Which places sound so, by keys that let more and more differ. The first key that answers decides.
#[derive(Debug, Default)]
struct PlaceSounds([HashMap<String, Vec<u32>>; 3]);

impl PlaceSounds {
    fn new(names: &[Vec<String>]) -> Self {
        let mut sounds = Self::default();
        let all =
            names.iter().enumerate().flat_map(|(number, all)| all.iter().map(move |name| (number, name)));
        for (number, name) in all {
            for (map, key) in sounds.0.iter_mut().zip(sound_keys(name)) {
                let Some(key) = key else { continue };
                let places = map.entry(key).or_default();
                if places.last() != Some(&(number as u32)) {
                    places.push(number as u32);
                }
            }
        }
        sounds
    }

    fn find(&self, name: &str) -> &[u32] {
        let mut answers = self.0.iter().zip(sound_keys(name)).filter_map(|(map, key)| map.get(&key?));
        answers.next().map_or(&[], Vec::as_slice)
    }
}

/// How a name sounds; the same with kh written as k and sh as s; its consonants alone, as Arabic leaves short vowels out.
/// `None` where so few consonants say nothing.
fn sound_keys(name: &str) -> [Option<String>; 3] {
    let Sound { full, skeleton, .. } = Sound::of_name(name);
    let rough = full.replace('x', "k").replace('S', "s");
    let consonants = skeleton.chars().count();
    [(full, 2), (rough, 3), (skeleton, 3)].map(|(key, least)| (consonants >= least).then_some(key))
}

/// The name without what different hands write differently.
fn key_of(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        match letter(c) {
            Letter::Itself(letter) => key.push(letter),
            Letter::Letters(letters) => key.push_str(letters),
            Letter::Gap if !key.is_empty() && !key.ends_with(' ') => key.push(' '),
            Letter::Gap | Letter::Nothing => {}
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::GazetteerPlace;

    fn place(name_en: &str, name_ar: &str, lon_deg: f64) -> GazetteerPlace {
        GazetteerPlace {
            name_en: name_en.to_owned(),
            name_ar: Some(name_ar.to_owned()),
            aliases: vec!["Jisr ash-Shughur".to_owned(); usize::from(name_en.starts_with("Jisr"))],
            at: LonLat::new(lon_deg, 35.0),
            rank: 3,
            kind: String::new(),
            population: None,
        }
    }

    #[test]
    fn names_are_found_however_they_are_written_and_ambiguous_ones_are_not_placed() {
        let names = PlaceNames::new(&Gazetteer::new(vec![
            place("Jisr al-Shughur", "جسر الشغور", 1.0),
            place("Idlib", "إدلب", 2.0),
            place("Tell Mardikh", "تل", 3.0),
            place("Tell mardikh", "تل آخر", 4.0),
        ]));
        for (name, lon_deg) in
            [("JISR AL-SHUGHUR", 1.0), (" jisr ash shughur", 1.0), ("جِسر الشغور", 1.0), ("ادلب", 2.0)]
        {
            assert!(
                matches!(names.find(name), NamedPlace::One(one) if names.at(one).lon_deg == lon_deg),
                "{name}"
            );
        }
        assert_eq!(names.find("tell mardikh"), NamedPlace::Several);
        assert_eq!((names.find("Paris"), names.find("")), (NamedPlace::Unknown, NamedPlace::Unknown));
    }

    #[test]
    fn another_spelling_is_found_by_its_sound_where_one_place_sounds_so() {
        let names = PlaceNames::new(&Gazetteer::new(vec![
            place("Jisr al-Shughur", "جسر الشغور", 1.0),
            place("Idlib", "إدلب", 2.0),
            place("Khan Shaykhun", "خان شيخون", 3.0),
            place("Saraqib", "سراقب", 4.0),
            place("Mhardeh", "محردة", 5.0),
            place("Hazarin", "حزارين", 6.0),
            place("Hazzarin", "هزارين", 7.0),
        ]));
        for (name, called) in [
            ("Idleb", "Idlib"),
            ("Jisr-Ash-Shugur", "Jisr al-Shughur"),
            ("Khan Shaykun", "Khan Shaykhun"),
            ("Khansheikhoun", "Khan Shaykhun"),
            ("Saraqab", "Saraqib"),
            ("Muhrada", "Mhardeh"),
        ] {
            let found = names.find(name);
            assert!(
                matches!(found, NamedPlace::BySound(one) if names.name(one) == called),
                "{name}: {found:?}"
            );
        }
        assert_eq!(names.find("Hazareen"), NamedPlace::SeveralBySound(vec![5, 6]));
        for unknown in ["Damascus", "Sarmin", "Adlab x", "أ"] {
            assert_eq!(names.find(unknown), NamedPlace::Unknown, "{unknown}");
        }
    }
}
