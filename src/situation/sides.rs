//! Which sides of the war a wording names.
//!
//! Floor 1. By words, English ones and some Arabic: what names no side by them, such as "warplanes", names none here.

/// A set of sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Sides(u16);

const RUSSIA: u16 = 1;
const SYRIAN_GOVERNMENT: u16 = 1 << 1;
const OPPOSITION: u16 = 1 << 2;
const ISLAMIC_STATE: u16 = 1 << 3;
const KURDISH_LED: u16 = 1 << 4;
const TURKEY: u16 = 1 << 5;
const ISRAEL: u16 = 1 << 6;
const COALITION: u16 = 1 << 7;

/// What names a side; the longer name before the word that it holds. Who only tells of it is no side.
const NAMES: [(&str, u16); 40] = [
    ("pro-government site", 0),
    ("pro-opposition site", 0),
    ("syrian observatory", 0),
    ("syrian democratic forces", KURDISH_LED),
    ("free syrian army", OPPOSITION),
    ("syrian national army", OPPOSITION),
    ("syrian opposition", OPPOSITION),
    ("anti-government", OPPOSITION),
    ("opposition", OPPOSITION),
    ("rebel", OPPOSITION),
    ("militant", OPPOSITION),
    ("terrorist", OPPOSITION),
    ("insurgent", OPPOSITION),
    ("armed group", OPPOSITION),
    ("faction", OPPOSITION),
    ("ansar al-tawhid", OPPOSITION),
    ("tahrir al-sham", OPPOSITION),
    ("hts", OPPOSITION),
    ("jaysh al-izza", OPPOSITION),
    ("ahrar al-sham", OPPOSITION),
    ("معارض", OPPOSITION),
    ("islamic state", ISLAMIC_STATE),
    ("isis", ISLAMIC_STATE),
    ("isil", ISLAMIC_STATE),
    ("daesh", ISLAMIC_STATE),
    ("داعش", ISLAMIC_STATE),
    ("ypg", KURDISH_LED),
    ("kurdish", KURDISH_LED),
    ("turkish", TURKEY),
    ("turkey", TURKEY),
    ("تركي", TURKEY),
    ("israel", ISRAEL),
    ("إسرائيل", ISRAEL),
    ("coalition", COALITION),
    ("russia", RUSSIA),
    ("روسي", RUSSIA),
    ("regime", SYRIAN_GOVERNMENT),
    ("government", SYRIAN_GOVERNMENT),
    ("syrian", SYRIAN_GOVERNMENT),
    ("النظام", SYRIAN_GOVERNMENT),
];

impl Sides {
    /// Those that a wording names, one or several.
    pub(super) fn named_in(wording: &str) -> Self {
        let mut rest = wording.to_lowercase();
        let mut sides = 0;
        for (name, side) in NAMES {
            if rest.contains(name) {
                sides |= side;
                rest = rest.replace(name, " ");
            }
        }
        Self(sides)
    }

    /// Whether both name some, and none that the other names.
    pub(super) fn exclude(self, other: Self) -> bool {
        self.0 != 0 && other.0 != 0 && self.0 & other.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_name_sides_as_a_reader_takes_them() {
        let named = |wording: &str| Sides::named_in(wording).0;
        assert_eq!(named("Russian forces or Syrian government (suspected)"), RUSSIA | SYRIAN_GOVERNMENT);
        assert_eq!(named("Syrian helicopters"), SYRIAN_GOVERNMENT);
        assert_eq!(named("opposition groups (as pro-government sites say)"), OPPOSITION);
        assert_eq!(named("“terrorists” in al-Latamneh"), OPPOSITION);
        assert_eq!(named("Free Syrian Army"), OPPOSITION);
        assert_eq!(named("قوات النظام"), SYRIAN_GOVERNMENT);
        assert_eq!([named("warplanes"), named("unidentified"), named("")], [0, 0, 0]);
    }

    #[test]
    fn sides_exclude_each_other_only_where_both_are_named_and_none_is_common() {
        let [russia, either, rebels, none] =
            ["Russia", "Syrian or Russian aircraft", "rebels", "warplanes"].map(Sides::named_in);
        assert!(russia.exclude(rebels) && rebels.exclude(either));
        assert!(!russia.exclude(either) && !none.exclude(russia) && !none.exclude(none));
    }
}
