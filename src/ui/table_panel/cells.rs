//! What stands in the cells of the rows in sight.
//!
//! Floor 6. Read when a row comes into sight and kept while it stays: a value that is only in the source is decoded then.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::session::{FeatureRef, LayerId, Session, TableColumn};
use crate::situation::{
    CivilClock, Column, ColumnData, FeatureRow, FeatureStore, LayerEvents, PropertyValue, are_days,
    words_of_civil,
};

/// Rows that are kept beyond those in sight: scrolling back and forth decodes nothing anew.
const ROWS_KEPT: usize = 512;
/// What stands for a value that is not known. Never zero, and nothing that a file would say.
pub const UNKNOWN: &str = "–";

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum CellText {
    /// Nobody says.
    Unknown,
    /// A text, also a date.
    Text(String),
    /// A number.
    Number(String),
}

impl CellText {
    /// What is read on the screen.
    pub fn shown(&self) -> &str {
        match self {
            Self::Unknown => UNKNOWN,
            Self::Text(text) | Self::Number(text) => text,
        }
    }

    fn of_property(value: &PropertyValue) -> Self {
        match value {
            PropertyValue::Null => Self::Unknown,
            PropertyValue::Number { written, .. } => Self::Number(written.clone()),
            other => Self::of_text(other.to_display()),
        }
    }

    /// A blank text says nothing.
    fn of_text(text: String) -> Self {
        if text.trim().is_empty() { Self::Unknown } else { Self::Text(text) }
    }

    /// Of a column that holds its values; `None` where they are only in the source.
    fn held(column: &Column, row: FeatureRow, time: &ColumnTime<'_>) -> Option<Self> {
        Some(match &column.data {
            ColumnData::InSource { .. } => return None,
            ColumnData::Number(_) => match column.number(row) {
                Some(number) if number.is_infinite() => Self::Text("out of range".to_owned()),
                Some(number) => Self::Number(number.to_string()),
                None => Self::Unknown,
            },
            ColumnData::Bool(values) => match values.get(row).copied().flatten() {
                Some(value) => Self::Text(value.to_string()),
                None => Self::Unknown,
            },
            ColumnData::Instant(instants) => match instants.get(row) {
                Some(&instant) if instant != ColumnData::NO_INSTANT => Self::Text(time.words(instant)),
                _ => Self::Unknown,
            },
            ColumnData::Word { .. } | ColumnData::Day(_) => {
                column.text(row).map_or(Self::Unknown, |text| Self::of_text(text.into_owned()))
            }
        })
    }
}

/// The cells of one row, one for each column that was asked for.
pub type RowCells = Vec<CellText>;

/// How the times of some columns are shown: by the clock of the settings, as everywhere.
pub struct CellTimes {
    clock: CivilClock,
    /// Of each column whether it has a time of day.
    has_hours: Vec<bool>,
}

/// How those of one column are.
struct ColumnTime<'a> {
    clock: &'a CivilClock,
    has_hours: bool,
}

impl CellTimes {
    /// Looks at every instant of the columns: once for many rows.
    pub fn of(session: &Session, features: &FeatureStore, columns: &[TableColumn]) -> Self {
        let has_hours = |column: &TableColumn| {
            let TableColumn::Of(name) = column else { return false };
            let data = features.column(name).map(|column| &column.data);
            // Midnights in UTC are what a program makes of days: no zone moves them.
            matches!(data, Some(ColumnData::Instant(instants)) if !are_days(instants))
        };
        let clock = CivilClock::of_zone(&session.settings().time_zone);
        Self { clock, has_hours: columns.iter().map(has_hours).collect() }
    }

    /// Whether the column at that place has times of day, which are those of the zone.
    pub fn has_hours(&self, place: usize) -> bool {
        self.has_hours.get(place).copied().unwrap_or_default()
    }
}

impl ColumnTime<'_> {
    fn words(&self, instant: i64) -> String {
        if self.has_hours {
            return words_of_civil(self.clock.civil_of(instant));
        }
        let mut words = words_of_civil(instant);
        words.truncate(words.find(' ').unwrap_or(words.len()));
        words
    }
}

/// Reads the cells of a row. Why the source cannot be read stands in the cells that it has.
pub fn read_row(
    session: &Session,
    features: &FeatureStore,
    (columns, times): (&[TableColumn], &CellTimes),
    feature: FeatureRef,
) -> RowCells {
    let row = feature.row;
    let mut details = None;
    let cell = |(place, column): (usize, &TableColumn)| {
        let name = match column {
            TableColumn::Title => {
                return CellText::of_text(session.title_of(feature));
            }
            TableColumn::Of(name) => name,
        };
        let Some(column) = features.column(name) else { return CellText::Unknown };
        let time = ColumnTime { clock: &times.clock, has_hours: times.has_hours(place) };
        if let Some(held) = CellText::held(column, row, &time) {
            return held;
        }
        match details.get_or_insert_with(|| features.details(row)) {
            Ok(details) => details.value(name).map_or(CellText::Unknown, CellText::of_property),
            Err(why) => CellText::Text(why.clone()),
        }
    };
    columns.iter().enumerate().map(cell).collect()
}

/// What the cells that were read belong to.
#[derive(Clone)]
struct CellsKey {
    layer: LayerId,
    generation: u64,
    columns: Vec<TableColumn>,
    /// Titles come from there.
    events: Option<Arc<LayerEvents>>,
    has_situation: bool,
    /// Of the times.
    zone: String,
}

impl PartialEq for CellsKey {
    fn eq(&self, other: &Self) -> bool {
        let same_events = match (&self.events, &other.events) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_events
            && (self.layer, self.generation, self.has_situation)
                == (other.layer, other.generation, other.has_situation)
            && (&self.columns, &self.zone) == (&other.columns, &other.zone)
    }
}

/// The cells that have been in sight.
#[derive(Default)]
pub struct CellCache {
    key: Option<(CellsKey, CellTimes)>,
    rows: HashMap<FeatureRow, Rc<RowCells>>,
}

impl CellCache {
    /// Forgets what belongs to another reading, another mapping or other columns.
    pub fn follow(
        &mut self,
        session: &Session,
        layer: LayerId,
        features: &FeatureStore,
        columns: &[TableColumn],
    ) {
        let content = session.content(layer);
        let key = CellsKey {
            layer,
            generation: content.map_or(0, |content| content.generation),
            columns: columns.to_vec(),
            events: content.and_then(|content| content.events().cloned()),
            has_situation: session.situation().is_some(),
            zone: session.settings().time_zone.clone(),
        };
        if self.key.as_ref().is_none_or(|(known, _)| *known != key) {
            self.rows.clear();
            self.key = Some((key, CellTimes::of(session, features, columns)));
        }
        if self.rows.len() > ROWS_KEPT {
            self.rows.clear();
        }
    }

    /// The cells of a row, in the order of the columns that were followed.
    pub fn row(&mut self, session: &Session, features: &FeatureStore, row: FeatureRow) -> Rc<RowCells> {
        let Some((key, times)) = &self.key else { return Rc::default() };
        let feature = FeatureRef { layer: key.layer, row };
        let read = || Rc::new(read_row(session, features, (&key.columns, times), feature));
        Rc::clone(self.rows.entry(row).or_insert_with(read))
    }

    /// Whether the column at that place has times of day.
    pub fn has_hours(&self, place: usize) -> bool {
        self.key.as_ref().is_some_and(|(_, times)| times.has_hours(place))
    }
}

impl std::fmt::Debug for CellCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CellCache").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
