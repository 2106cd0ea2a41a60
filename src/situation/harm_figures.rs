//! How many people came to harm in each event of a layer, as numbers side by side.
//!
//! Floor 1. Derived once from the columns, by the rule by which one row becomes a [`Harm`]; so a filter and the details
//! of an event cannot differ. An array that no row needs is not there: 4 bytes a row for a table with one number for the
//! killed, 24 where killed and injured are both ranges with a best figure.

use super::column_reading::{CellReader, ReadColumn};
use super::figures::Figures;
use super::shared_work::{ROWS_TO_READ, in_parts};
use super::{EventField, EventMapping, FeatureRow, FeatureStore, Harm, HarmScope, PropertyValue};

/// The killed or the injured of all rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HarmFigures {
    rows: usize,
    /// Low, best and high; empty where no row has one.
    figures: [Vec<u32>; 3],
    /// Whether a column is mapped to it.
    is_mapped: [bool; 3],
}

impl HarmFigures {
    /// Stands for a figure that nobody gives.
    pub const NONE: u32 = u32::MAX;

    /// Reads the columns of the low, the best and the high figure; `None` where none is mapped to any of them.
    pub(super) fn of(
        features: &FeatureStore,
        mapping: &EventMapping,
        fields: [EventField; 3],
    ) -> Option<Self> {
        let is_there =
            |field: EventField| mapping.columns(field).iter().any(|name| features.column(name).is_some());
        let is_mapped = fields.map(is_there);
        if !is_mapped.contains(&true) {
            return None;
        }
        let is_comma =
            !features.is_empty() && features.details(0).is_ok_and(|details| details.comma_is_decimal);
        // What cannot be read is there and says nothing: a later column does not stand for it.
        let reader = CellReader {
            cell: &|value: &PropertyValue| {
                Some(Figures::read_with(&value.to_display(), is_comma).unwrap_or_default())
            },
            number: |number| Some(Figures::of_number(number).unwrap_or_default()),
        };
        let columns = fields.map(|field| -> Vec<ReadColumn<'_, Figures>> {
            mapping.columns(field).iter().map(|name| ReadColumn::of(features, name, &reader)).collect()
        });
        let harm = |row: FeatureRow| {
            let of = |columns: &[ReadColumn<'_, Figures>]| columns.iter().find_map(|column| column.get(row));
            Harm::of_figures([0, 1, 2].map(|place: usize| of(&columns[place]).unwrap_or_default()))
        };
        let parts = in_parts(features.len(), ROWS_TO_READ, |rows| {
            let mut figures: [Vec<u32>; 3] = Default::default();
            let mut is_needed = [false; 3];
            for harm in rows.map(harm) {
                for (place, figure) in [harm.low, harm.best, harm.high].into_iter().enumerate() {
                    figures[place].push(flat(figure));
                    is_needed[place] |= figure.is_some();
                }
            }
            (figures, is_needed)
        });
        let figures = [0, 1, 2].map(|place: usize| -> Vec<u32> {
            let is_needed = parts.iter().any(|(_, is_needed)| is_needed[place]);
            let arrays: Vec<&[u32]> = parts.iter().map(|(figures, _)| figures[place].as_slice()).collect();
            if is_needed { arrays.concat() } else { Vec::new() }
        });
        Some(Self { rows: features.len(), figures, is_mapped })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The low figure of each row, [`HarmFigures::NONE`] where it has none; empty where no row has one.
    pub fn low(&self) -> &[u32] {
        &self.figures[0]
    }

    /// The best figure of each row in the same way.
    pub fn best(&self) -> &[u32] {
        &self.figures[1]
    }

    /// The high figure of each row in the same way.
    pub fn high(&self) -> &[u32] {
        &self.figures[2]
    }

    /// Whether the table tells of low, best and high figures: by a column of their own, or in another's words.
    pub fn tells(&self) -> [bool; 3] {
        [0, 1, 2].map(|place: usize| self.is_mapped[place] || !self.figures[place].is_empty())
    }

    /// The figures of a row, whosever they are. `row` must be below [`HarmFigures::rows`].
    pub fn harm(&self, row: FeatureRow) -> Harm {
        let figure = |figures: &Vec<u32>| figures.get(row).copied().filter(|&figure| figure != Self::NONE);
        let [low, best, high] = self.figures.each_ref().map(figure);
        Harm { low, best, high, of: HarmScope::Unknown }
    }

    /// What the arrays take in memory.
    pub fn heap_bytes(&self) -> usize {
        self.figures.iter().map(|figures| size_of_val(&figures[..])).sum()
    }
}

/// The greatest number stands for none: it is no number of people.
fn flat(figure: Option<u32>) -> u32 {
    figure.map_or(HarmFigures::NONE, |figure| figure.min(HarmFigures::NONE - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{Codes, Column, ColumnData, FeatureStoreBuilder, GeometryKind};

    /// More rows than one thread reads.
    const ROWS: usize = 25_000;

    fn figures(data: ColumnData) -> HarmFigures {
        let mut builder = FeatureStoreBuilder::default();
        for _ in 0..ROWS {
            builder.end_feature(GeometryKind::None, (0, 0));
        }
        let column = Column { name: "killed".to_owned(), filled: ROWS as u32, data };
        let features = builder.finish(vec![column], None);
        let mut mapping = EventMapping::default();
        mapping.set(EventField::KilledBest, vec!["killed".to_owned()]);
        let fields = [EventField::KilledLow, EventField::KilledBest, EventField::KilledHigh];
        HarmFigures::of(&features, &mapping, fields).unwrap()
    }

    #[test]
    fn a_number_costs_four_bytes_a_row_and_a_range_eight() {
        let numbers = figures(ColumnData::Number((0..ROWS).map(|row| row as f64 - 1.0).collect()));
        assert_eq!((numbers.heap_bytes(), numbers.tells()), (4 * ROWS, [false, true, false]));
        assert!((1..ROWS).all(|row| numbers.harm(row).best == Some(row as u32 - 1)));
        assert!(!numbers.harm(0).is_known(), "no number of people is below none");
        let texts: Vec<String> = (0..100).map(|low| format!("{low}-{}", low + 5)).collect();
        let codes = Codes::collect(texts.len(), (0..ROWS as u32).map(|row| Some(row % 100)));
        let ranges = figures(ColumnData::Word { words: texts, codes });
        assert_eq!((ranges.heap_bytes(), ranges.tells()), (8 * ROWS, [true, true, true]));
        for row in [0, 99, 10_000, ROWS - 1] {
            let (low, high) = (row as u32 % 100, row as u32 % 100 + 5);
            assert_eq!((ranges.harm(row).least(), ranges.harm(row).most()), (Some(low), Some(high)));
        }
    }
}
