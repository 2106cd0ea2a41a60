//! How the points of a layer are drawn: each by itself, or many together.
//!
//! Floor 2. What is counted is rows, one feature each; no figure of a feature is added up anywhere, for reports overlap
//! and an unknown figure is not zero. So there is no column of weights.

use serde::{Deserialize, Serialize};

/// How the points of a layer are drawn. Lines and areas are drawn as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PointsAs {
    /// Each by its symbol.
    #[default]
    Symbols,
    /// Those near one another as one disc with their number.
    Clusters,
    /// How densely they lie, as a coloured haze.
    HeatMap,
    /// Counted in the hexagons of the H3 grid.
    Hexagons,
}

impl PointsAs {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Symbols, Self::Clusters, Self::HeatMap, Self::Hexagons];

    /// The words of menus.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Symbols => "Symbols",
            Self::Clusters => "Clusters",
            Self::HeatMap => "Heat map",
            Self::Hexagons => "Hexagons",
        }
    }
}

/// Numbers of features in classes that grow by about the same factor, with round borders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountClasses {
    /// The least number of each class, the lowest first; the last class has no end.
    from: Vec<u32>,
}

/// The most classes that an eye can tell apart by one colour from pale to dark.
pub const MOST_CLASSES: usize = 6;

impl CountClasses {
    /// Classes for numbers from 1 to about `most`. A little more or less gives the same ones: colours stay while the
    /// map is moved.
    pub fn up_to(most: u32) -> Self {
        let classes = MOST_CLASSES as u32;
        if most <= classes {
            return Self { from: (1..=most.max(1)).collect() };
        }
        let factor = f64::from(round_up(most)).powf(1.0 / f64::from(classes));
        let mut from = vec![1];
        for class in 1..classes {
            let border = rounded(factor.powi(class as i32));
            if from.last().is_some_and(|&last| border > last) {
                from.push(border);
            }
        }
        Self { from }
    }

    /// How many classes there are; at least one.
    pub fn len(&self) -> usize {
        self.from.len()
    }

    /// Never.
    pub fn is_empty(&self) -> bool {
        self.from.is_empty()
    }

    /// The class of a number, counted from 0.
    pub fn class_of(&self, count: u32) -> usize {
        self.from.partition_point(|&from| from <= count).saturating_sub(1)
    }

    /// `1`, `2–4`, `1,000 and more`
    pub fn label(&self, class: usize) -> String {
        let from = self.from.get(class).copied().unwrap_or_default();
        match self.from.get(class + 1) {
            None if from == class as u32 + 1 && self.len() < MOST_CLASSES => thousands(u64::from(from)),
            None => format!("{} and more", thousands(u64::from(from))),
            Some(&next) if next == from + 1 => thousands(u64::from(from)),
            Some(&next) => format!("{}–{}", thousands(u64::from(from)), thousands(u64::from(next - 1))),
        }
    }
}

/// The next of 1, 2, 5, 10, 20, 50 … that is not less.
pub fn round_up(number: u32) -> u32 {
    let powers = (0..10).map(|power| 10_u32.pow(power));
    let rounds = powers.flat_map(|power| [1, 2, 5].map(|digit| power.saturating_mul(digit)));
    rounds.into_iter().find(|&round| round >= number).unwrap_or(u32::MAX)
}

/// The nearest of 1, 2, 3, 5, 10, 20 … by ratio.
fn rounded(number: f64) -> u32 {
    let power = 10.0_f64.powf(number.log10().floor());
    let ratio = |digit: &f64| (number / (digit * power)).ln().abs();
    let digit = [1.0, 2.0, 3.0, 5.0, 10.0].into_iter().min_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    (digit.unwrap_or(1.0) * power).round() as u32
}

/// `1,234,567`
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `999`, `1.2k`, `12k`, `1.2M`: cut, not rounded, so that no more is said than there is.
pub fn short_count(number: u32) -> String {
    let tenths = |unit: u32, letter: char| match (number / unit, number % unit * 10 / unit) {
        (whole, 1..) if whole < 10 => format!("{whole}.{}{letter}", number % unit * 10 / unit),
        (whole, _) => format!("{whole}{letter}"),
    };
    match number {
        0..=999 => number.to_string(),
        1_000..=999_999 => tenths(1_000, 'k'),
        _ => tenths(1_000_000, 'M'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_have_round_borders_and_every_number_has_one() {
        let labels = |most| {
            let classes = CountClasses::up_to(most);
            (0..classes.len()).map(|class| classes.label(class)).collect::<Vec<_>>()
        };
        assert_eq!(labels(3), ["1", "2", "3"]);
        assert_eq!(labels(60), ["1", "2–4", "5–9", "10–19", "20–49", "50 and more"]);
        assert_eq!(labels(90_000), ["1–4", "5–49", "50–299", "300–1,999", "2,000–19,999", "20,000 and more"]);
    }

    #[test]
    fn a_number_belongs_to_the_class_that_names_it() {
        let classes = CountClasses::up_to(4_321);
        for class in 0..classes.len() {
            assert_eq!(classes.class_of(classes.from[class]), class);
        }
        assert_eq!((classes.class_of(1), classes.class_of(u32::MAX)), (0, classes.len() - 1));
    }

    #[test]
    fn a_little_more_or_less_changes_no_class() {
        assert_eq!(CountClasses::up_to(1_100), CountClasses::up_to(1_900));
    }

    #[test]
    fn short_counts_never_say_more_than_there_is() {
        let short: Vec<_> =
            [7, 999, 1_000, 1_299, 12_345, 999_999, 1_250_000, 23_000_000].map(short_count).to_vec();
        assert_eq!(short, ["7", "999", "1k", "1.2k", "12k", "999k", "1.2M", "23M"]);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }
}
