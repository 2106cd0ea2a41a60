//! Words on files that are read: load reports, tables, what an issue is about.
//!
//! Floor 6.

use super::{bytes, count};
use crate::source::{HeaderRow, Issue, Severity};
use crate::symbology::thousands;
use crate::text::isolate;

/// How far a copy is.
pub fn rows_written(told: usize, rows: usize) -> String {
    format!("{} of {} rows written", thousands(told as u64), thousands(rows as u64))
}

/// What has been read of a layer that is loading.
pub fn reading(read: u64, total: u64) -> String {
    match total {
        0 => format!("Reading, {}", bytes(read)),
        _ => format!("Reading, {} of {}", bytes(read), bytes(total)),
    }
}

/// The badge of a load report.
pub fn issues(number: usize) -> String {
    count(number, "issue")
}

/// What a load report says in one line.
pub fn report_summary(kept: usize, format: &str, issues: &[Issue]) -> String {
    let refused = issues.iter().filter(|issue| issue.severity == Severity::Error).count();
    let kept = count(kept, "feature");
    let format = isolate(format);
    match refused {
        0 => format!("{kept} kept. Format: {format}."),
        _ => format!("{kept} kept, {} not kept. Format: {format}.", thousands(refused as u64)),
    }
}

/// What came of the rows of a table in one line.
pub fn table_rows(kept: usize, located: usize, rejected: usize) -> String {
    let mut words = format!("{}: {} on the map", count(kept, "row"), thousands(located as u64));
    if located < kept {
        words += &format!(", {} without a place", thousands((kept - located) as u64));
    }
    if rejected > 0 {
        words += &format!("; {} not kept", thousands(rejected as u64));
    }
    words
}

/// Which row of a table holds the names of its columns.
pub fn header_row(row: HeaderRow) -> String {
    match row {
        HeaderRow::At(record) => format!("In row {}", record + 1),
        HeaderRow::Absent => "In no row".to_owned(),
    }
}

/// A choice that nobody has made.
pub fn as_found(words: &str) -> String {
    format!("{words} (found)")
}

/// The words for how much an issue matters.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Not kept",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// Where in its file an issue lies: `feature 12, line 40, column 7`
pub fn issue_place(issue: &Issue) -> String {
    let id = issue.id.as_ref().map(|id| format!("id {}", isolate(id)));
    let feature = issue.feature.map(|number| format!("feature {number}"));
    let line = issue.line.map(|line| format!("line {line}"));
    let column = issue.column.map(|column| format!("column {column}"));
    let parts: Vec<String> = [feature, id, line, column].into_iter().flatten().collect();
    if parts.is_empty() { "whole file".to_owned() } else { parts.join(", ") }
}

/// A load report as text for the clipboard, one issue a line.
pub fn report_for_clipboard(title: &str, issues: &[Issue]) -> String {
    let lines = issues.iter().map(|issue| {
        format!(
            "{}\t{}\t{}",
            severity(issue.severity),
            super::super::bidi_text::plain(&issue_place(issue)),
            issue.message
        )
    });
    std::iter::once(title.to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_names_its_feature_as_people_count() {
        let mut issue = Issue {
            severity: Severity::Error,
            message: "a ring needs at least 4 positions".to_owned(),
            feature: Some(1),
            id: None,
            line: Some(3),
            column: Some(14),
        };
        assert_eq!(issue_place(&issue), "feature 1, line 3, column 14");
        (issue.feature, issue.line, issue.column) = (None, None, None);
        assert_eq!(issue_place(&issue), "whole file");
    }
}
