//! Which of some names somebody probably meant who wrote another.
//!
//! Floor 1.

use super::distance::edit_costs;
use super::sound::Sound;
use super::spelling::spelled_words;

/// How near a name is to what was written, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// The same but for case, accents, marks and articles.
    Spelling,
    /// Another spelling that sounds the same.
    Sound,
    /// The same consonants.
    Consonants,
    /// A slip or two.
    Slip,
}

/// The nearest of `names` to what somebody wrote, in either script: by its sound first, then by how much has to be
/// changed; of several that are as near, the first. `None` where none is near. What is written is not expected among
/// the names, but is its own nearest where it is.
pub fn nearest_name<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (spelled, sound) = (spelled_words(written).concat(), Sound::of_name(written));
    let near = names.into_iter().filter_map(|name| Some((nearness(&spelled, &sound, name)?, name)));
    near.min_by_key(|(nearness, _)| *nearness).map(|(_, name)| name)
}

fn nearness(spelled: &str, sound: &Sound, name: &str) -> Option<(Nearness, u16)> {
    let other = spelled_words(name).concat();
    if spelled.is_empty() || other.is_empty() {
        return None;
    }
    if spelled == other {
        return Some((Nearness::Spelling, 0));
    }
    let other = Sound::of_name(name);
    if sound.full == other.full && !sound.full.is_empty() {
        return Some((Nearness::Sound, 0));
    }
    let cost = edit_costs(sound.full.as_bytes(), other.full.as_bytes()).whole;
    let consonants = sound.skeleton.chars().count();
    if sound.skeleton == other.skeleton && consonants > 1 {
        return Some((Nearness::Consonants, cost));
    }
    // One consonant more, less or other, and a vowel besides; short words differ in nothing else than that.
    let most = if consonants < 3 { 1 } else { 1 + consonants as u16 / 3 };
    (cost <= most).then_some((Nearness::Slip, cost))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: [&str; 6] = ["Hama", "Idlib", "Khan Shaykhun", "Jisr al-Shughur", "Saraqib", "Sarmin"];

    #[test]
    fn another_spelling_of_a_name_in_either_script_is_nearest_to_it() {
        for (written, name) in [
            ("Idleb", "Idlib"),
            ("idlib", "Idlib"),
            ("إدلب", "Idlib"),
            ("Jisr-Ash-Shugur", "Jisr al-Shughur"),
            ("Khan Shaykun", "Khan Shaykhun"),
            ("saraqeb", "Saraqib"),
            ("سراقب", "Saraqib"),
            ("Sarmen", "Sarmin"),
        ] {
            assert_eq!(nearest_name(written, PLACES), Some(name), "{written}");
        }
    }

    #[test]
    fn a_slip_in_a_word_of_a_closed_list_is_found() {
        let kinds = ["air_strike", "shelling", "ground_attack", "barrel_bomb"];
        for (written, kind) in
            [("airstrike", "air_strike"), ("sheling", "shelling"), ("barel bombs", "barrel_bomb")]
        {
            assert_eq!(nearest_name(written, kinds), Some(kind), "{written}");
        }
    }

    #[test]
    fn what_is_like_none_of_them_is_near_to_none() {
        for written in ["", "-", "Paris", "Damascus", "x"] {
            assert_eq!(nearest_name(written, PLACES), None, "{written}");
        }
        assert_eq!(nearest_name("Idleb", ["Aleppo", "Hama", "Latakia"]), None);
        assert_eq!(nearest_name("Idlib", []), None);
        assert_eq!(nearest_name("Idlib", ["", "–"]), None);
    }
}
