//! Values that are classes of our own: which fields have no others, and which class a text names, however it is spelled.
//!
//! Floor 1. Whoever asks a field of a closed list for another value has mistyped it; actors, places and sources may be
//! anybody's.

use super::plain_name::plain_name;
use super::{
    ActorClass, DatePrecision, EventClass, EventField, Grade, HarmScope, PrecisionClass, TargetClass,
    WeaponClass,
};

/// The word and the label of a class.
type ClassWords = (&'static str, &'static str);

macro_rules! words_of {
    ($list:ident) => {
        $list::ALL.iter().map(|one| (one.as_str(), one.label())).collect()
    };
}

impl EventField {
    /// The word and the label of each value that the field can have, in the order of a list for people; `None` where a
    /// table may say something else.
    pub fn closed_list(self) -> Option<Vec<ClassWords>> {
        Some(match self {
            Self::Class => words_of!(EventClass),
            Self::DatePrecision => words_of!(DatePrecision),
            Self::PlacePrecision => words_of!(PrecisionClass),
            Self::Weapon => words_of!(WeaponClass),
            Self::Target => words_of!(TargetClass),
            Self::KilledOf => words_of!(HarmScope),
            Self::Grade => words_of!(Grade),
            _ => return None,
        })
    }

    /// The word of the class of this field that a text names by its word or its label; case makes no difference, nor
    /// does what joins its parts: blank, hyphen, underscore, nothing.
    pub fn class_word(self, text: &str) -> Option<&'static str> {
        let classes: Vec<ClassWords> = match self {
            Self::Actor => words_of!(ActorClass),
            field => field.closed_list()?,
        };
        let joined = |text: &str| plain_name(text).replace('_', "");
        let plain = joined(text);
        let is_named = |(word, label): &ClassWords| joined(word) == plain || joined(label) == plain;
        classes.into_iter().find(is_named).map(|(word, _)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_named_by_its_word_and_its_label_in_any_case_and_with_any_joint() {
        for text in ["air_strike", "AIR_STRIKE", "Air strike", "air-strike", " Air Strike ", "airstrike"] {
            assert_eq!(EventField::Weapon.class_word(text), Some("air_strike"), "{text}");
        }
        assert_eq!(EventField::Actor.class_word("SYRIAN GOVERNMENT"), Some("syrian_government"));
        assert_eq!(EventField::Weapon.class_word("airstrikes"), None);
        assert_eq!(EventField::Place.class_word("air_strike"), None);
    }

    #[test]
    fn every_value_of_a_closed_list_names_itself() {
        for &field in EventField::ALL {
            for (word, label) in field.closed_list().unwrap_or_default() {
                assert_eq!(field.class_word(word), Some(word), "{field:?}");
                assert_eq!(field.class_word(label), Some(word), "{field:?}");
            }
        }
    }
}
