//! Places of rows that only name them, looked up in a gazetteer.
//!
//! Floor 2. Exact but for what spelling leaves open: case, marks, the carriers of hamza. A name of two places is none.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::coords::LonLat;
use crate::situation::{Gazetteer, Letter, letter};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NamedPlace {
    /// One place.
    One(LonLat),
    /// Several of that name.
    Several,
    /// Nothing that the gazetteer knows.
    Unknown,
}

/// The places of a gazetteer by name.
#[derive(Debug, Default)]
pub(super) struct PlaceNames {
    /// The number of the place; `None` for a name of several.
    by_key: HashMap<String, Option<usize>>,
    places: Vec<LonLat>,
}

impl PlaceNames {
    pub fn new(gazetteer: &Gazetteer) -> Self {
        let mut names = Self::default();
        for (number, place) in gazetteer.places().iter().enumerate() {
            names.places.push(place.at);
            let spellings = place.name_ar.iter().chain(&place.aliases).map(String::as_str);
            for name in spellings.chain([place.name_en.as_str()]) {
                match names.by_key.entry(key_of(name)) {
                    Entry::Vacant(free) => drop(free.insert(Some(number))),
                    Entry::Occupied(mut taken) if *taken.get() != Some(number) => drop(taken.insert(None)),
                    Entry::Occupied(_) => {}
                }
            }
        }
        names
    }

    /// What the name stands for.
    pub fn find(&self, name: &str) -> NamedPlace {
        match self.by_key.get(&key_of(name)) {
            Some(Some(number)) => NamedPlace::One(self.places[*number]),
            Some(None) => NamedPlace::Several,
            None => NamedPlace::Unknown,
        }
    }
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
            assert_eq!(names.find(name), NamedPlace::One(LonLat::new(lon_deg, 35.0)), "{name}");
        }
        assert_eq!(names.find("tell mardikh"), NamedPlace::Several);
        assert_eq!((names.find("Paris"), names.find("")), (NamedPlace::Unknown, NamedPlace::Unknown));
    }
}
