//! The events of one layer: which columns say what, and when each row was.
//!
//! Floor 1. Row *i* is feature *i*. Figures and names stay in the columns; an [`Event`](super::Event) is made of one row
//! when a panel asks.

use super::civil_clock::CivilClock;
use super::event_presets::{ColumnSort, NamedColumn};
use super::spelled_date::is_date;
use super::times_of_features::TimesOfFeatures;
use super::{Column, ColumnData, EventMapping, EventOrder, EventTimes, FeatureRow, FeatureStore};

/// The events of a layer; derived from its features by a mapping, replaced whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerEvents {
    mapping: EventMapping,
    times: EventTimes,
    order: EventOrder,
    backwards: Vec<u32>,
}

impl LayerEvents {
    /// Reads when each row was; `None` where the mapping makes no events.
    pub fn of(features: &FeatureStore, mapping: EventMapping, clock: &mut CivilClock) -> Option<Self> {
        if !mapping.makes_events() {
            return None;
        }
        let TimesOfFeatures { times, backwards } = TimesOfFeatures::read(features, &mapping, clock);
        Some(Self { mapping, order: EventOrder::of(&times), times, backwards })
    }

    /// The events of a layer whose mapping nobody gave, by its columns and their HXL `tags`, if it has any: `None` where its columns do not tell of events, or none of its
    /// rows has a date.
    pub fn guess(features: &FeatureStore, tags: &[(String, String)], clock: &mut CivilClock) -> Option<Self> {
        let guessed = Self::of(features, EventMapping::of_features(features, tags), clock)?;
        guessed.times.whole_span().is_some().then_some(guessed)
    }

    /// Which columns say what.
    pub fn mapping(&self) -> &EventMapping {
        &self.mapping
    }

    /// When each row was.
    pub fn times(&self) -> &EventTimes {
        &self.times
    }

    /// The rows in the order of time.
    pub fn order(&self) -> &EventOrder {
        &self.order
    }

    /// Whether the row's last day is before its first; the first counts then.
    pub fn is_backwards(&self, row: FeatureRow) -> bool {
        u32::try_from(row).is_ok_and(|row| self.backwards.binary_search(&row).is_ok())
    }

    /// The rows whose last day is before the first, in their order.
    pub fn backwards_rows(&self) -> impl ExactSizeIterator<Item = FeatureRow> {
        self.backwards.iter().map(|&row| row as FeatureRow)
    }
}

impl EventMapping {
    /// The mapping that the columns of a layer suggest, and the HXL tags of those that have one.
    pub fn of_features(features: &FeatureStore, tags: &[(String, String)]) -> Self {
        let columns: Vec<_> = features.columns().iter().map(|column| named(features, tags, column)).collect();
        Self::of_columns(&columns)
    }
}

fn named<'a>(features: &FeatureStore, tags: &'a [(String, String)], column: &'a Column) -> NamedColumn<'a> {
    let tag = tags.iter().find(|(name, _)| *name == column.name).map(|(_, tag)| tag.as_str());
    NamedColumn { name: &column.name, tag, sort: sort_of(features, column) }
}

/// What the values of a column are, by some of them.
fn sort_of(features: &FeatureStore, column: &Column) -> ColumnSort {
    const ASKED: usize = 200;
    const ROWS_DECODED: usize = 20;
    match &column.data {
        ColumnData::Number(_) => ColumnSort::Number,
        ColumnData::Day(_) | ColumnData::Instant(_) => ColumnSort::Date,
        ColumnData::Word { words, .. } => sort_of_texts(words.iter().take(ASKED).map(String::as_str)),
        ColumnData::InSource { kind: "text" | "mixed" } => {
            let details = (0..features.len().min(ROWS_DECODED)).filter_map(|row| features.details(row).ok());
            let texts: Vec<String> = details.filter_map(|details| details.words(&column.name)).collect();
            sort_of_texts(texts.iter().map(String::as_str))
        }
        ColumnData::InSource { .. } | ColumnData::Bool(_) => ColumnSort::Other,
    }
}

/// Dates where half of them are: some rows say "unknown".
fn sort_of_texts<'a>(texts: impl Iterator<Item = &'a str>) -> ColumnSort {
    let (mut dates, mut all) = (0, 0);
    for text in texts {
        (dates, all) = (dates + usize::from(is_date(text)), all + 1);
    }
    if all > 0 && 2 * dates >= all { ColumnSort::Date } else { ColumnSort::Text }
}
