//! The sentences of the table.
//!
//! Floor 6. Text from data stands isolated inside a sentence of ours.

use crate::index::SortDirection;
use crate::symbology::thousands;
use crate::text::{isolate, plain};
use crate::ui::format::count;

/// `94 of 94 rows`: how many rows of a layer a table lists
pub fn rows_shown(count: usize, of: usize) -> String {
    let ending = if of == 1 { "" } else { "s" };
    format!("{} of {} row{ending}", thousands(count as u64), thousands(of as u64))
}

/// Where all rows of a layer are hidden.
pub fn all_rows_hidden(rows: usize) -> String {
    match rows {
        1 => "The only row of this layer is hidden by filters or by the window of time.".to_owned(),
        _ => format!(
            "All {} rows of this layer are hidden by filters or by the window of time.",
            thousands(rows as u64)
        ),
    }
}

/// Which way a column is sorted, and which of several decides.
pub fn sorted(place: Option<(usize, SortDirection)>, several: bool) -> String {
    match place {
        None => "not sorted".to_owned(),
        Some((_, direction)) if !several => way(direction).to_owned(),
        Some((place, direction)) => format!("{}, {} of the sorting", way(direction), place + 1),
    }
}

fn way(direction: SortDirection) -> &'static str {
    match direction {
        SortDirection::Ascending => "ascending",
        SortDirection::Descending => "descending",
    }
}

/// `Sorted by date, descending, then by place, ascending`
pub fn sorted_by<'a>(columns: impl Iterator<Item = (&'a str, SortDirection)>) -> String {
    let columns: Vec<String> =
        columns.map(|(column, direction)| format!("by {}, {}", isolate(column), way(direction))).collect();
    format!("Sorted {}", columns.join(", then "))
}

/// How many rows have a value in a column.
pub fn filled(filled: usize, rows: usize) -> String {
    format!("{} of {} filled", thousands(filled as u64), thousands(rows as u64))
}

/// `Sorting… 45 %`
pub fn sorting(fraction: Option<f32>) -> String {
    match fraction {
        Some(fraction) => format!("Sorting… {:.0} %", fraction * 100.0),
        None => "Sorting…".to_owned(),
    }
}

/// The bars over a column's values, for screen readers.
pub fn bars(least: &str, greatest: &str) -> String {
    format!("Rows by value, from {least} to {greatest}")
}

/// What a click on a value does.
pub fn only(value: &str) -> String {
    format!("Only {}", isolate(value))
}

/// The same for screen readers.
pub fn only_value(value: &str, rows: usize) -> String {
    format!("Only {}, {}", plain(value), count(rows, "row"))
}

/// `date (Asia/Damascus)`: the head of copied times
pub fn with_zone(column: &str, zone: &str) -> String {
    format!("{column} ({zone})")
}

/// In whose days and hours the times of a column are.
pub fn times_in(zone: &str) -> String {
    format!("Times in {zone}")
}

/// `Copy 12 rows`
pub fn copy_rows(rows: usize) -> String {
    format!("Copy {}", count(rows, "row"))
}

/// `Copy all 94 rows`
pub fn copy_all_rows(rows: usize) -> String {
    format!("Copy all {}", count(rows, "row"))
}

/// `Copy the first 10,000 rows`
pub fn copy_first_rows(rows: usize) -> String {
    format!("Copy the first {}", count(rows, "row"))
}
