//! Places of rows that only name them, looked up in a gazetteer.
//!
//! Floor 2. As it is spelled, but for case, marks and the carriers of hamza; where no place is spelled so, by its sound.
//! A name that may be that of two places is none.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::OnceLock;

use super::place_sounds::PlaceSounds;
use crate::coords::LonLat;
use crate::situation::{Gazetteer, Letter, letter};

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
        for place in gazetteer.places() {
            let others = place.name_ar.iter().chain(&place.aliases).cloned();
            found.names.push(std::iter::once(place.name_en.clone()).chain(others).collect());
            found.places.push(place.at);
        }
        for number in 0..found.places.len() {
            for name in found.names[number].clone() {
                found.insert(&name, number);
                if let Some((bare, _)) = with_bracket(&name) {
                    found.insert(bare, number);
                    found.names[number].push(bare.to_owned());
                }
            }
        }
        found.insert_brackets();
        found
    }

    fn insert(&mut self, name: &str, number: usize) {
        match self.by_key.entry(key_of(name)) {
            Entry::Vacant(free) => drop(free.insert(Some(number))),
            Entry::Occupied(mut taken) if *taken.get() != Some(number) => drop(taken.insert(None)),
            Entry::Occupied(_) => {}
        }
    }

    /// `Kobani (Ayn al-Arab)` has two names. `Ras al-Ayn (Hama)` has one: what its bracket tells is near which other
    /// place it lies.
    fn insert_brackets(&mut self) {
        let mut brackets = Vec::new();
        for (number, names) in self.names.iter().enumerate() {
            for (_, inside) in names.iter().filter_map(|name| with_bracket(name)) {
                let key = key_of(inside);
                let is_known = |name: &str| self.by_key.get(name).is_some_and(|&place| place != Some(number));
                if !is_known(&key) && !key.split(' ').any(is_known) {
                    brackets.push((number, inside.to_owned()));
                }
            }
        }
        for (number, inside) in brackets {
            self.insert(&inside, number);
            self.names[number].push(inside);
        }
    }

    /// What the name stands for.
    pub fn find(&self, name: &str) -> NamedPlace {
        match self.by_key.get(&key_of(name)) {
            Some(Some(number)) => NamedPlace::One(*number),
            Some(None) => NamedPlace::Several,
            None => match *self.sounds.get_or_init(|| PlaceSounds::new(&self.names)).find(name) {
                [] => NamedPlace::Unknown,
                [one] => NamedPlace::BySound(one as usize),
                ref several => NamedPlace::SeveralBySound(several.iter().map(|&one| one as usize).collect()),
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

/// What stands before a bracket at the end of a name, and what stands in it.
fn with_bracket(name: &str) -> Option<(&str, &str)> {
    let (bare, inside) = name.trim_end().strip_suffix(')')?.split_once('(')?;
    Some((bare.trim(), inside.trim())).filter(|(bare, inside)| !bare.is_empty() && !inside.is_empty())
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
        ] {
            let found = names.find(name);
            assert!(
                matches!(found, NamedPlace::BySound(one) if names.name(one) == called),
                "{name}: {found:?}"
            );
        }
        assert_eq!(names.find("Hazareen"), NamedPlace::SeveralBySound(vec![5, 6]));
        for unknown in ["Damascus", "Sarmin", "Muhrada", "Adlab x", "أ"] {
            assert_eq!(names.find(unknown), NamedPlace::Unknown, "{unknown}");
        }
    }

    #[test]
    fn no_name_goes_to_another_place_that_has_its_consonants() {
        let names = PlaceNames::new(&crate::source::bundled::gazetteer());
        let called = |name: &str| match names.find(name) {
            NamedPlace::One(place) | NamedPlace::BySound(place) => Some(names.name(place).to_owned()),
            _ => None,
        };
        for (name, place) in [
            ("Kobani", Some("Kobani (Ayn al-Arab)")),
            ("Ayn al-Arab", Some("Kobani (Ayn al-Arab)")),
            ("كوباني", Some("Kobani (Ayn al-Arab)")),
            ("عين العرب", Some("Kobani (Ayn al-Arab)")),
            ("Palmyra", Some("Palmyra (Tadmur)")),
            ("Idleb", Some("Idlib")),
            ("Jisr-Ash-Shugur", Some("Jisr al-Shughur")),
            ("Khan Shaykun", Some("Khan Shaykhun")),
            ("Khansheikhoun", Some("Khan Shaykhun")),
            ("Saraqab", Some("Saraqib")),
            ("Hamah", Some("Hama")),
            ("Hama", Some("Hama")),
            ("ادلب", Some("Idlib")),
            ("سراقب", Some("Saraqib")),
            ("خانشيخون", Some("Khan Shaykhun")),
            ("Quneitra", None),
            ("القنيطرة", None),
            ("Syria", None),
            ("سوريا", None),
            ("Paris", None),
            ("باريس", None),
            ("Canada", None),
            ("Balyun", None),
            ("بليون", None),
            ("Jobar", None),
            ("جوبر", None),
            ("Darat", None),
            ("Derik", None),
            ("Salihiyah", None),
            ("الصالحية", None),
            ("Abadan", None),
            ("عبادان", None),
            ("Said", None),
            ("Salma", None),
            ("سلمى", None),
            ("Ghab", None),
            ("south-east Idlib", None),
            ("Rif Dimashq", None),
            ("Idlib governorate", None),
        ] {
            assert_eq!(called(name).as_deref(), place, "{name}: {:?}", names.find(name));
        }
    }
}
