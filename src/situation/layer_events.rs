//! The events of one layer: which columns say what, and what they mean row by row.
//!
//! Floor 1. Row *i* is feature *i*. Whoever asks many rows at once, as filters, counts and the timeline do, asks what is
//! derived here; an [`Event`](super::Event) is made of one row when a panel asks, by the same rules.

use std::collections::BTreeMap;

use super::civil_clock::CivilClock;
use super::coded_words::is_no_point;
use super::column_reading::{CellReader, ReadColumn};
use super::day_order::FoundDayOrder;
use super::event_presets::{ColumnSort, NamedColumn};
use super::field_values::{FieldValues, values_of_fields};
use super::shared_work::{ROWS_TO_READ, in_parts};
use super::spelled_date::is_date;
use super::times_of_features::TimesOfFeatures;
use super::{
    Column, ColumnData, EventField, EventMapping, EventOrder, EventTimes, FeatureRow, FeatureStore,
    HarmFigures, PlaceShape, PropertyValue, RowMask, UnreadDates,
};

/// The events of a layer; derived from its features by a mapping, replaced whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerEvents {
    mapping: EventMapping,
    times: EventTimes,
    order: EventOrder,
    backwards: Vec<u32>,
    unread: Option<UnreadDates>,
    day_order: Option<FoundDayOrder>,
    killed: Option<HarmFigures>,
    injured: Option<HarmFigures>,
    values: BTreeMap<EventField, FieldValues>,
    unlocated: RowMask,
    has_middles: bool,
}

impl LayerEvents {
    /// Reads what each row means; `None` where the mapping makes no events.
    pub fn of(features: &FeatureStore, mapping: EventMapping, clock: &mut CivilClock) -> Option<Self> {
        let times = mapping.makes_events().then(|| TimesOfFeatures::read(features, &mapping, clock))?;
        Some(Self::with_times(features, mapping, times))
    }

    /// The events of a layer whose mapping nobody gave, by its columns and their HXL `tags`, if it has any: `None` where
    /// its columns do not tell of events, or the column of their dates is empty. Where not one of the dates can be read,
    /// the rows are events that nobody can place in time, and are told as such.
    pub fn guess(features: &FeatureStore, tags: &[(String, String)], clock: &mut CivilClock) -> Option<Self> {
        let mapping = EventMapping::of_features(features, tags);
        let times = mapping.makes_events().then(|| TimesOfFeatures::read(features, &mapping, clock))?;
        let events = Self::with_times(features, mapping, times);
        (events.times.whole_span().is_some() || events.unread.is_some()).then_some(events)
    }

    fn with_times(features: &FeatureStore, mapping: EventMapping, times: TimesOfFeatures) -> Self {
        let TimesOfFeatures { times, backwards, day_order } = times;
        let figures = |fields| HarmFigures::of(features, &mapping, fields);
        let killed = figures([EventField::KilledLow, EventField::KilledBest, EventField::KilledHigh]);
        let injured = figures([EventField::InjuredLow, EventField::InjuredBest, EventField::InjuredHigh]);
        let values = values_of_fields(features, &mapping);
        let (unlocated, has_middles) = unlocated_rows(features, &mapping);
        let order = EventOrder::of(&times);
        let unread = UnreadDates::of(features, &mapping, &times);
        Self {
            mapping,
            times,
            order,
            backwards,
            unread,
            day_order,
            killed,
            injured,
            values,
            unlocated,
            has_middles,
        }
    }

    /// Which columns say what.
    pub fn mapping(&self) -> &EventMapping {
        &self.mapping
    }

    /// The rows without a time although the columns of their dates are filled; `None` where there are none.
    pub fn unread_dates(&self) -> Option<&UnreadDates> {
        self.unread.as_ref()
    }

    /// In which order day and month of dates that are numbers alone are read, and why; `None` where there are none.
    pub fn day_order(&self) -> Option<&FoundDayOrder> {
        self.day_order.as_ref()
    }

    /// When each row was.
    pub fn times(&self) -> &EventTimes {
        &self.times
    }

    /// The rows in the order of time.
    pub fn order(&self) -> &EventOrder {
        &self.order
    }

    /// How many were killed in each; `None` where no column tells of it.
    pub fn killed(&self) -> Option<&HarmFigures> {
        self.killed.as_ref()
    }

    /// How many were injured in each; `None` where no column tells of it.
    pub fn injured(&self) -> Option<&HarmFigures> {
        self.injured.as_ref()
    }

    /// What the rows say of a field that has values to choose from: classes, kinds, names in a list. `None` where none
    /// of them says anything of it.
    pub fn values(&self, field: EventField) -> Option<&FieldValues> {
        self.values.get(&field)
    }

    /// The events that no place on the map would be honest for: those without any, and those whose point only stands
    /// for an area.
    pub fn unlocated(&self) -> &RowMask {
        &self.unlocated
    }

    /// Whether some of them have a point, the middle of an area.
    pub fn has_middles(&self) -> bool {
        self.has_middles
    }

    /// Whether anything says this of the events: a column of its own, or another that implies it.
    pub fn tells(&self, field: EventField) -> bool {
        !self.mapping.columns(field).is_empty() || self.values.contains_key(&field)
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

/// The rows without an honest place, and whether one of them has a point all the same. The first filled cell counts, as
/// in the details.
fn unlocated_rows(features: &FeatureStore, mapping: &EventMapping) -> (RowMask, bool) {
    let is_no_point = |value: &PropertyValue| Some(is_no_point(&value.to_display(), mapping.scheme));
    let reader = CellReader { cell: &is_no_point, number: |_| None };
    let names = mapping.columns(EventField::PlacePrecision).iter();
    let precisions: Vec<_> = names.map(|name| ReadColumn::of(features, name, &reader)).collect();
    let is_too_wide =
        |row: FeatureRow| precisions.iter().find_map(|column| column.get(row)).unwrap_or_default();
    let parts = in_parts(features.len(), ROWS_TO_READ, |rows| {
        let unlocated = rows.filter_map(|row| match PlaceShape::of(features.geometry(row)) {
            PlaceShape::NotLocated => Some((row, false)),
            PlaceShape::Point(_) => is_too_wide(row).then_some((row, true)),
            PlaceShape::Area => None,
        });
        unlocated.collect::<Vec<_>>()
    });
    let mut rows = RowMask::none(features.len());
    let mut has_middles = false;
    for (row, is_middle) in parts.into_iter().flatten() {
        rows.insert(row);
        has_middles |= is_middle;
    }
    (rows, has_middles)
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
