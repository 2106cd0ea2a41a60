//! What stands in the cells of the rows in sight.
//!
//! Floor 6. Read when a row comes into sight and kept while it stays: a value that is only in the source is decoded then.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::session::{FeatureRef, LayerId, Session, TableColumn};
use crate::situation::{Column, ColumnData, FeatureRow, FeatureStore, LayerEvents, PropertyValue};

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
    fn held(column: &Column, row: FeatureRow) -> Option<Self> {
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
            ColumnData::Word { .. } | ColumnData::Day(_) | ColumnData::Instant(_) => {
                column.text(row).map_or(Self::Unknown, |text| Self::of_text(text.into_owned()))
            }
        })
    }
}

/// The cells of one row, one for each column that was asked for.
pub type RowCells = Vec<CellText>;

/// Reads the cells of a row. Why the source cannot be read stands in the cells that it has.
pub fn read_row(
    session: &Session,
    layer: LayerId,
    features: &FeatureStore,
    columns: &[TableColumn],
    row: FeatureRow,
) -> RowCells {
    let mut details = None;
    let cell = |column: &TableColumn| {
        let name = match column {
            TableColumn::Title => {
                return CellText::of_text(session.title_of(FeatureRef { layer, row }));
            }
            TableColumn::Of(name) => name,
        };
        let Some(column) = features.column(name) else { return CellText::Unknown };
        if let Some(held) = CellText::held(column, row) {
            return held;
        }
        match details.get_or_insert_with(|| features.details(row)) {
            Ok(details) => {
                let value = details.properties.iter().find(|(key, _)| key == name);
                value.map_or(CellText::Unknown, |(_, value)| CellText::of_property(value))
            }
            Err(why) => CellText::Text(why.clone()),
        }
    };
    columns.iter().map(cell).collect()
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
            && self.columns == other.columns
    }
}

/// The cells that have been in sight.
#[derive(Default)]
pub struct CellCache {
    key: Option<CellsKey>,
    rows: HashMap<FeatureRow, Rc<RowCells>>,
}

impl CellCache {
    /// Forgets what belongs to another reading, another mapping or other columns.
    pub fn follow(&mut self, session: &Session, layer: LayerId, columns: &[TableColumn]) {
        let content = session.content(layer);
        let key = CellsKey {
            layer,
            generation: content.map_or(0, |content| content.generation),
            columns: columns.to_vec(),
            events: content.and_then(|content| content.events().cloned()),
            has_situation: session.situation().is_some(),
        };
        if self.key.as_ref() != Some(&key) {
            self.rows.clear();
            self.key = Some(key);
        }
        if self.rows.len() > ROWS_KEPT {
            self.rows.clear();
        }
    }

    /// The cells of a row, in the order of the columns that were followed.
    pub fn row(&mut self, session: &Session, features: &FeatureStore, row: FeatureRow) -> Rc<RowCells> {
        let Some(key) = &self.key else { return Rc::default() };
        let read = || Rc::new(read_row(session, key.layer, features, &key.columns, row));
        Rc::clone(self.rows.entry(row).or_insert_with(read))
    }
}

impl std::fmt::Debug for CellCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CellCache").field("rows", &self.rows.len()).finish_non_exhaustive()
    }
}
