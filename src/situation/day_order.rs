//! Which of day and month comes first in dates that are numbers alone, and what in a table shows it.
//!
//! Floor 1.

use super::spelled_date::numbers_of;
use super::word::word_list;
use super::{FeatureRow, FeatureStore};

word_list! {
    /// Which of day and month comes first where only numbers are written.
    DayOrder, "order of day and month":
    AsFound "as_found" "As found",
    DayFirst "day_first" "Day first",
    MonthFirst "month_first" "Month first",
}

#[expect(clippy::derivable_impls, reason = "the enum is made by a macro that names no default")]
impl Default for DayOrder {
    fn default() -> Self {
        Self::AsFound
    }
}

/// How dates of numbers alone are read; where it is [`DayOrder::AsFound`], they are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NumberOrder {
    /// With dots between the numbers.
    pub dotted: DayOrder,
    /// With slashes or dashes.
    pub other: DayOrder,
}

impl NumberOrder {
    /// What somebody chose, or what is found, where dots do not say it: with them the day is first.
    pub(super) fn of(chosen: DayOrder, found: DayOrder) -> Self {
        let other = if chosen == DayOrder::AsFound { found } else { chosen };
        Self { dotted: DayOrder::DayFirst, other }
    }
}

/// One date of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateCell {
    /// The row that it stands in, the first of several.
    pub row: FeatureRow,
    /// The line of the file where that row begins, counted from 1; `None` where it is not known.
    pub line: Option<usize>,
    /// As written.
    pub words: String,
}

impl DateCell {
    /// The cell of a row.
    pub(super) fn of(features: &FeatureStore, row: FeatureRow, words: &str) -> Self {
        Self { row, line: features.line_of(row), words: words.to_owned() }
    }

    /// `“13/09/2018” in line 7`; `quoted` is given the words of the cell.
    pub(super) fn told(&self, quoted: &dyn Fn(&str) -> String) -> String {
        format!("“{}” in {}", quoted(&self.words), self.place())
    }

    /// `line 7`, or `feature 6` where the line is not known; both are counted from 1.
    pub fn place(&self) -> String {
        self.line.map_or_else(|| format!("feature {}", self.row + 1), |line| format!("line {line}"))
    }
}

/// What the dates of a table that are numbers alone show of their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDayOrder {
    /// As somebody chose.
    pub chosen: DayOrder,
    /// The first date that has the day first, and can be read in no other way.
    pub day_first: Option<DateCell>,
    /// The first that has the month first.
    pub month_first: Option<DateCell>,
    /// The first with slashes or dashes that can be read either way.
    pub either_way: Option<DateCell>,
    /// The first of all.
    pub first: DateCell,
}

impl FoundDayOrder {
    /// What the dates show, chosen or not; [`DayOrder::AsFound`] where they show nothing, or both.
    pub fn found(&self) -> DayOrder {
        match (&self.day_first, &self.month_first) {
            (Some(_), None) => DayOrder::DayFirst,
            (None, Some(_)) => DayOrder::MonthFirst,
            _ => DayOrder::AsFound,
        }
    }

    /// Whether some are not read because nobody knows their order.
    pub fn is_open(&self) -> bool {
        let is_known = self.chosen != DayOrder::AsFound || self.found() != DayOrder::AsFound;
        self.either_way.is_some() && !is_known
    }

    /// How they are read, and why: a sentence for the user, without a stop. `quoted` is given what is quoted of the
    /// table.
    pub fn sentence(&self, quoted: &dyn Fn(&str) -> String) -> String {
        let example_words = &self.either_way.as_ref().unwrap_or(&self.first).words;
        let example = quoted(example_words);
        let read = |what: &str, why: String| {
            format!("dates such as “{example}” are read with the {what} first, {why}")
        };
        let shown = |cell: &DateCell| format!("as {} shows", cell.told(quoted));
        match (self.chosen, &self.day_first, &self.month_first) {
            (DayOrder::DayFirst, ..) => read("day", "as chosen".to_owned()),
            (DayOrder::MonthFirst, ..) if numbers_of(example_words).is_some_and(|date| date.is_dotted) => {
                read("day", "as is usual with dots, whatever is chosen".to_owned())
            }
            (DayOrder::MonthFirst, ..) => read("month", "as chosen; with dots the day is first".to_owned()),
            (DayOrder::AsFound, Some(cell), None) => read("day", shown(cell)),
            (DayOrder::AsFound, None, Some(cell)) => read("month", shown(cell)),
            (DayOrder::AsFound, Some(day), Some(month)) => format!(
                "dates such as “{example}” are not read until it is chosen whether the day or the month comes first: \
                 {} has the day first, {} the month",
                day.told(quoted),
                month.told(quoted)
            ),
            (DayOrder::AsFound, None, None) if self.either_way.is_none() => {
                read("day", "as is usual with dots".to_owned())
            }
            (DayOrder::AsFound, None, None) => format!(
                "dates such as “{example}” are not read until it is chosen whether the day or the month comes first: \
                 nothing in the table shows it"
            ),
        }
    }
}

/// Looks through the dates of a table for what shows their order.
#[derive(Debug, Default)]
pub(super) struct OrderSearch<'a> {
    day_first: Option<(FeatureRow, &'a str)>,
    month_first: Option<(FeatureRow, &'a str)>,
    either_way: Option<(FeatureRow, &'a str)>,
    first: Option<(FeatureRow, &'a str)>,
}

impl<'a> OrderSearch<'a> {
    /// Looks at one cell, or at all that say the same, of which the first is in that row.
    pub(super) fn see(&mut self, text: &'a str, row: FeatureRow) {
        let Some(numbers) = numbers_of(text) else { return };
        let [first, second] = numbers.first_two;
        let note = |place: &mut Option<(FeatureRow, &'a str)>| {
            if place.is_none_or(|(earlier, _)| row < earlier) {
                *place = Some((row, text));
            }
        };
        match (first > 12, second > 12) {
            (true, true) => return,
            (true, false) => note(&mut self.day_first),
            (false, true) => note(&mut self.month_first),
            (false, false) if first == second || numbers.is_dotted => {}
            (false, false) => note(&mut self.either_way),
        }
        note(&mut self.first);
    }

    /// What was found; `None` where no date is numbers alone.
    pub(super) fn finish(self, features: &FeatureStore, chosen: DayOrder) -> Option<FoundDayOrder> {
        let cell = |(row, words): (FeatureRow, &str)| DateCell::of(features, row, words);
        Some(FoundDayOrder {
            chosen,
            day_first: self.day_first.map(cell),
            month_first: self.month_first.map(cell),
            either_way: self.either_way.map(cell),
            first: self.first.map(cell)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::FeatureStoreBuilder;

    fn found(chosen: DayOrder, texts: &[&str]) -> Option<FoundDayOrder> {
        let features = FeatureStoreBuilder::default().finish(Vec::new(), None);
        let mut search = OrderSearch::default();
        texts.iter().enumerate().for_each(|(row, text)| search.see(text, row));
        search.finish(&features, chosen)
    }

    #[test]
    fn the_order_is_that_of_the_dates_that_can_be_read_one_way_only() {
        let order = |texts: &[&str]| found(DayOrder::AsFound, texts).unwrap().found();
        assert_eq!(order(&["8/9/2018", "25/9/2018"]), DayOrder::DayFirst);
        assert_eq!(order(&["8/9/2018 12:00", "9/25/2018 12:30"]), DayOrder::MonthFirst);
        assert_eq!(order(&["8/9/2018", "7/9/2018"]), DayOrder::AsFound);
        assert_eq!(order(&["25/9/2018", "9/25/2018"]), DayOrder::AsFound);
        assert_eq!(found(DayOrder::AsFound, &["2018-09-08", "8 September 2018", "", "31/31/2018"]), None);
    }

    #[test]
    fn how_dates_are_read_is_told_with_the_date_that_shows_it() {
        let told = |chosen, texts: &[&str]| found(chosen, texts).unwrap().sentence(&str::to_owned);
        assert_eq!(
            told(DayOrder::AsFound, &["04/05/2018", "13/09/2018", "25/09/2018"]),
            "dates such as “04/05/2018” are read with the day first, as “13/09/2018” in feature 2 shows"
        );
        assert_eq!(
            told(DayOrder::MonthFirst, &["04/05/2018"]),
            "dates such as “04/05/2018” are read with the month first, as chosen; with dots the day is first"
        );
        let dotted = told(DayOrder::MonthFirst, &["04.05.2018"]);
        assert!(dotted.ends_with("with the day first, as is usual with dots, whatever is chosen"));
        assert!(told(DayOrder::AsFound, &["04/05/2018"]).ends_with("nothing in the table shows it"));
        assert!(told(DayOrder::AsFound, &["13/09/2018", "09/13/2018"]).contains("in feature 2 the month"));
        assert!(told(DayOrder::AsFound, &["04.05.2018"]).ends_with("as is usual with dots"));
    }

    #[test]
    fn dots_have_the_day_first_whatever_is_chosen() {
        for &chosen in DayOrder::ALL {
            let order = NumberOrder::of(chosen, DayOrder::MonthFirst);
            assert_eq!(order.dotted, DayOrder::DayFirst, "{chosen:?}");
        }
        assert_eq!(NumberOrder::of(DayOrder::DayFirst, DayOrder::MonthFirst).other, DayOrder::DayFirst);
    }
}
