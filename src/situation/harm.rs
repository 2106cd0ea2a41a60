//! Killed or injured people as a range, and whose they are.
//!
//! Floor 1.

use super::figures::Figures;
use super::word::word_list;

word_list! {
    /// Of whom a figure counts.
    HarmScope, "scope of harm":
    Civilians "civilians" "Civilians",
    Combatants "combatants" "Combatants",
    All "all" "Civilians and combatants, not told apart",
    Unknown "unknown" "Not stated whether civilians",
}

/// Killed or injured people. A blank is unknown, never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Harm {
    /// The fewest.
    pub low: Option<u32>,
    /// The figure the source itself thinks best.
    pub best: Option<u32>,
    /// The most.
    pub high: Option<u32>,
    /// Whose figures these are.
    pub of: HarmScope,
}

impl Harm {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self { low: None, best: None, high: None, of: HarmScope::Unknown };

    /// Whether any figure is given; a reported "none" is one.
    pub fn is_known(&self) -> bool {
        self.low.or(self.best).or(self.high).is_some()
    }

    /// That of three cells: a bound or a range in the cell of the best figure stands for the bounds that no cell of their
    /// own gives, and the number of a cell of a bound is that bound.
    pub fn of_figures([low, best, high]: [Figures; 3]) -> Self {
        Self {
            low: low.low.or(low.best).or(best.low),
            best: best.best,
            high: high.high.or(high.best).or(best.high),
            of: HarmScope::Unknown,
        }
    }

    /// The fewest people that it can be: the low figure, else the best one.
    pub fn least(&self) -> Option<u32> {
        self.low.or(self.best)
    }

    /// The most people that it can be: the high figure, else the best one.
    pub fn most(&self) -> Option<u32> {
        self.high.or(self.best)
    }

    /// Whether at least `count` people are counted, by the fewest that it can be; an unknown number is not.
    pub fn at_least(&self, count: u32) -> bool {
        self.least().is_some_and(|least| least >= count)
    }

    /// Whether low ≤ best ≤ high holds for what is given.
    pub fn is_ordered(&self) -> bool {
        [self.low, self.best, self.high].into_iter().flatten().is_sorted()
    }

    /// The figures: "4", "4–9", "4–9, best 5", "at least 1", "up to 9", "none reported" or "unknown".
    pub fn figure(&self) -> String {
        self.range() + &self.best_in_range()
    }

    /// The figures with their people: "4–9 civilians", "at least 1 combatant", "none reported", "unknown".
    pub fn describe(&self) -> String {
        let most = [self.low, self.best, self.high].into_iter().flatten().max();
        let people = match (most, self.of) {
            (None | Some(0), _) => return self.figure(),
            (Some(1), HarmScope::Civilians) => " civilian",
            (_, HarmScope::Civilians) => " civilians",
            (Some(1), HarmScope::Combatants) => " combatant",
            (_, HarmScope::Combatants) => " combatants",
            (Some(1), HarmScope::All) => " person",
            (_, HarmScope::All) => " people",
            (Some(1), HarmScope::Unknown) => " person, not stated whether a civilian",
            (_, HarmScope::Unknown) => " people, not stated whether civilians",
        };
        self.range() + people + &self.best_in_range()
    }

    fn range(&self) -> String {
        match (self.least(), self.most()) {
            (None, None) => "unknown".to_owned(),
            (None | Some(0), Some(0)) => "none reported".to_owned(),
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, Some(high)) => format!("up to {high}"),
        }
    }

    /// Empty where the best figure is all there is.
    fn best_in_range(&self) -> String {
        self.best.filter(|_| self.low != self.high).map(|best| format!(", best {best}")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn civilians(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> Harm {
        Harm { low, best, high, of: HarmScope::Civilians }
    }

    #[test]
    fn every_shape_of_a_range_has_its_words() {
        let words = |low, best, high| civilians(low, best, high).describe();
        assert_eq!(words(None, None, None), "unknown");
        assert_eq!(words(Some(0), None, Some(0)), "none reported");
        assert_eq!(words(Some(4), Some(4), Some(4)), "4 civilians");
        assert_eq!(words(Some(4), None, Some(9)), "4–9 civilians");
        assert_eq!(words(Some(4), Some(5), Some(9)), "4–9 civilians, best 5");
        assert_eq!(words(Some(1), None, None), "at least 1 civilian");
        assert_eq!(words(None, None, Some(9)), "up to 9 civilians");
        assert_eq!(words(None, Some(5), None), "5 civilians");
        assert_eq!(words(Some(0), None, Some(1)), "0–1 civilian");
    }

    #[test]
    fn whose_the_figure_is_is_always_said() {
        let two = |of| Harm { low: Some(2), best: None, high: Some(2), of }.describe();
        assert_eq!(two(HarmScope::Combatants), "2 combatants");
        assert_eq!(two(HarmScope::All), "2 people");
        assert_eq!(two(HarmScope::Unknown), "2 people, not stated whether civilians");
    }

    #[test]
    fn unknown_is_neither_none_nor_at_least_one() {
        let none = civilians(Some(0), Some(0), Some(0));
        assert!(none.is_known() && !Harm::UNKNOWN.is_known());
        assert!(!none.at_least(1) && !Harm::UNKNOWN.at_least(1) && !Harm::UNKNOWN.at_least(0));
        let only_best = civilians(None, Some(5), None);
        assert!(
            only_best.at_least(5) && !only_best.at_least(6),
            "a best figure alone is the fewest and the most"
        );
    }

    #[test]
    fn a_best_figure_outside_its_range_is_seen() {
        assert!(civilians(Some(4), None, Some(9)).is_ordered());
        assert!(!civilians(Some(4), Some(3), Some(9)).is_ordered());
    }
}
