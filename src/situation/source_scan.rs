//! What only the source holds, of many rows at once: read in long stretches, in the order of the file, on all cores.
//!
//! Floor 1. The one way to a column that the store does not hold. Row by row through [`FeatureStore::details`] each row is
//! a request to the system and all of the feature is decoded: right for a few rows, and tens of times slower for many.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::shared_work::{core_count, share_out};
use super::{FeatureDetails, FeatureRow, FeatureStore, RowMask, WantedDetails};

/// Bytes of the source that are one piece of work: long enough to be read at the speed of the disk, short enough that
/// stopping takes no time and that all threads end together.
const PIECE_BYTES: u64 = 1 << 20;

/// What is asked of the rows of a store.
#[derive(Clone, Copy)]
pub struct RowScan<'a> {
    /// What is read of each row.
    pub wanted: WantedDetails<'a>,
    /// The rows that are asked; all where `None`.
    pub rows: Option<&'a RowMask>,
    /// Told how many bytes of the source were passed since it was told last; the scan stops where it answers `false`.
    pub go_on: &'a (dyn Fn(u64) -> bool + Sync),
}

impl<'a> RowScan<'a> {
    /// These properties of all rows, to the end.
    pub fn of(properties: &'a [&'a str]) -> Self {
        Self { wanted: WantedDetails { properties, id: false }, rows: None, go_on: &|_| true }
    }

    fn asks(&self, row: FeatureRow) -> bool {
        self.rows.is_none_or(|rows| rows.contains(row))
    }
}

/// Why a piece of a scan was not read to its end.
enum Stop {
    /// The source cannot be read, a sentence for the user.
    Failed(String),
    /// Nobody wants to know any more, or another piece failed.
    Over,
}

impl FeatureStore {
    /// How many bytes of the source a scan of all rows passes.
    pub fn source_bytes(&self) -> u64 {
        (0..self.len()).map(|row| self.span(row).end - self.span(row).start).sum()
    }

    /// Visits rows with what is wanted of them, in stretches, those of each in the order of the file. What `visit` has made
    /// of each stretch comes back in the order of the file, too. Of what is not wanted some may be told all the same.
    ///
    /// An error is a sentence for the user: the file has changed, cannot be read any more, or the scan was stopped.
    pub fn scan<T: Default + Send>(
        &self,
        scan: &RowScan<'_>,
        visit: impl Fn(&mut T, FeatureRow, &FeatureDetails) + Sync,
    ) -> Result<Vec<T>, String> {
        let pieces = self.pieces(scan);
        let is_over = AtomicBool::new(false);
        let made = share_out(core_count(), pieces.len(), |number| {
            if is_over.load(Ordering::Relaxed) {
                return Err(Stop::Over);
            }
            let made = self.scan_piece(scan, &pieces[number], &visit);
            if made.is_err() {
                is_over.store(true, Ordering::Relaxed);
            }
            made
        });
        let mut read = Vec::with_capacity(made.len());
        let mut stopped = false;
        for piece in made {
            match piece {
                Ok(piece) => read.push(piece),
                Err(Stop::Failed(why)) => return Err(why),
                Err(Stop::Over) => stopped = true,
            }
        }
        if stopped { Err("the reading of the source was stopped".to_owned()) } else { Ok(read) }
    }

    fn scan_piece<T: Default>(
        &self,
        scan: &RowScan<'_>,
        piece: &Range<FeatureRow>,
        visit: impl Fn(&mut T, FeatureRow, &FeatureDetails),
    ) -> Result<T, Stop> {
        let rows: Vec<FeatureRow> = piece.clone().filter(|&row| scan.asks(row)).collect();
        let spans: Vec<Range<u64>> = rows.iter().map(|&row| self.span(row)).collect();
        let mut made = T::default();
        let mut tell = |place: usize, details: &FeatureDetails| visit(&mut made, rows[place], details);
        if let Some(source) = self.source() {
            source.scan(&spans, &scan.wanted, &mut tell).map_err(Stop::Failed)?;
        }
        let passed = spans.iter().map(|span| span.end - span.start).sum();
        if (scan.go_on)(passed) { Ok(made) } else { Err(Stop::Over) }
    }

    /// Stretches of rows whose bytes are about as many.
    fn pieces(&self, scan: &RowScan<'_>) -> Vec<Range<FeatureRow>> {
        let (mut pieces, mut first, mut bytes) = (Vec::new(), 0, 0);
        for row in (0..self.len()).filter(|&row| scan.asks(row)) {
            let span = self.span(row);
            bytes += span.end - span.start;
            if bytes >= PIECE_BYTES {
                pieces.push(first..row + 1);
                (first, bytes) = (row + 1, 0);
            }
        }
        pieces.push(first..self.len());
        pieces
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::AtomicU64;

    use super::*;
    use crate::situation::{DetailSource, FeatureStoreBuilder, GeometryKind, PropertyValue};

    const ROWS: u64 = 5_000;
    const ROW_BYTES: u64 = 1_000;

    /// Says of each feature where it begins, up to one that cannot be read.
    struct Starts {
        readable: u64,
    }

    impl DetailSource for Starts {
        fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
            let properties = vec![("start".to_owned(), PropertyValue::Text(start.to_string()))];
            let details = FeatureDetails { properties, ..FeatureDetails::default() };
            if start < self.readable { Ok(details) } else { Err("it is gone".to_owned()) }
        }
    }

    fn store(readable: u64) -> FeatureStore {
        let mut builder = FeatureStoreBuilder::default();
        for row in 0..ROWS {
            builder.end_feature(GeometryKind::None, (row * ROW_BYTES, (row + 1) * ROW_BYTES));
        }
        builder.finish(Vec::new(), Some(Arc::new(Starts { readable })))
    }

    fn visited(store: &FeatureStore, scan: &RowScan<'_>) -> Result<Vec<(FeatureRow, String)>, String> {
        let visit = |visited: &mut Vec<_>, row, details: &FeatureDetails| {
            visited.push((row, details.words("start").unwrap_or_default()));
        };
        store.scan(scan, visit).map(|parts| parts.concat())
    }

    #[test]
    fn every_row_that_is_asked_is_visited_once_in_the_order_of_the_file() {
        let store = store(u64::MAX);
        let mut some = RowMask::none(ROWS as usize);
        [3, 64, 1_700, 4_999].into_iter().for_each(|row| some.insert(row));
        let said = |row: FeatureRow| (row, (row as u64 * ROW_BYTES).to_string());
        let all = visited(&store, &RowScan::of(&["start"])).unwrap();
        assert_eq!(all, (0..ROWS as usize).map(said).collect::<Vec<_>>());
        let scan = RowScan { rows: Some(&some), ..RowScan::of(&["start"]) };
        assert_eq!(visited(&store, &scan).unwrap(), some.iter().map(said).collect::<Vec<_>>());
        assert_eq!(store.source_bytes(), ROWS * ROW_BYTES);
    }

    #[test]
    fn a_source_that_cannot_be_read_is_told_and_a_scan_that_nobody_wants_stops() {
        let gone = visited(&store(ROWS * ROW_BYTES / 2), &RowScan::of(&["start"]));
        assert_eq!(gone.unwrap_err(), "it is gone");
        let passed = AtomicU64::new(0);
        let go_on = |bytes| passed.fetch_add(bytes, Ordering::Relaxed) + bytes < ROWS * ROW_BYTES / 2;
        assert!(visited(&store(u64::MAX), &RowScan { go_on: &go_on, ..RowScan::of(&["start"]) }).is_err());
        assert!(passed.into_inner() < ROWS * ROW_BYTES);
    }
}
