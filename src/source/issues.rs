//! What is wrong in a file that was opened all the same: the load report.
//!
//! Floor 2. While reading, an issue knows its byte; lines and columns are counted once, at the end.

use serde::{Deserialize, Serialize};

use super::limits::MAX_ISSUES;

/// How much an issue matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The feature was not kept.
    Error,
    /// The feature was kept after a repair, or something in the file is not right.
    Warning,
    /// Nothing is wrong, but the reader made a choice.
    Note,
}

/// One complaint about one place of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// How much it matters.
    pub severity: Severity,
    /// A sentence for people, with the remedy where there is one.
    pub message: String,
    /// Which feature, counted from 1 in the order of the file, the refused ones included.
    pub feature: Option<usize>,
    /// That feature's `id`, where it was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Counted from 1.
    pub line: Option<usize>,
    /// Characters, counted from 1.
    pub column: Option<usize>,
}

impl std::fmt::Display for Issue {
    /// `error in feature 3, line 12, column 5: …`
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(out, "{severity}")?;
        if let Some(feature) = self.feature {
            write!(out, " in feature {feature}")?;
        }
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(out, ", line {line}, column {column}")?;
        }
        write!(out, ": {}", self.message)
    }
}

/// An issue that does not know its line yet.
#[derive(Debug)]
struct Entry {
    offset: Option<usize>,
    issue: Issue,
}

/// Collects up to [`MAX_ISSUES`] of each severity and counts the rest: a flood of notes hides no error.
#[derive(Debug, Default)]
pub(super) struct IssueLog {
    entries: Vec<Entry>,
    counts: [usize; 3],
}

impl IssueLog {
    /// Adds an issue at one byte, on one feature or none; features are counted from 0 here, as they are read.
    pub fn push(
        &mut self,
        severity: Severity,
        offset: usize,
        feature: Option<(usize, Option<String>)>,
        message: impl Into<String>,
    ) {
        let (feature, id) = feature.map_or((None, None), |(number, id)| (Some(number + 1), id));
        let issue = Issue { severity, message: message.into(), feature, id, line: None, column: None };
        self.push_entry(Entry { offset: Some(offset), issue });
    }

    /// Adds an issue on the file as a whole.
    pub fn push_general(&mut self, severity: Severity, message: impl Into<String>) {
        let issue =
            Issue { severity, message: message.into(), feature: None, id: None, line: None, column: None };
        self.push_entry(Entry { offset: None, issue });
    }

    /// Adds the issues of a later stretch, before which so many features were met.
    pub fn follow(&mut self, next: Self, features: usize) {
        let mut unlisted = next.counts;
        for mut entry in next.entries {
            entry.issue.feature = entry.issue.feature.map(|feature| feature + features);
            unlisted[entry.issue.severity as usize] -= 1;
            self.push_entry(entry);
        }
        self.counts.iter_mut().zip(unlisted).for_each(|(count, more)| *count += more);
    }

    fn push_entry(&mut self, entry: Entry) {
        let count = &mut self.counts[entry.issue.severity as usize];
        *count += 1;
        if *count <= MAX_ISSUES {
            self.entries.push(entry);
        }
    }

    /// The issues in the order of the file, with lines and columns; those on the whole file first.
    pub fn finish(self, bytes: &[u8]) -> Vec<Issue> {
        self.finish_in_lines(bytes, b'\n')
    }

    /// The same where lines end with another byte.
    pub fn finish_in_lines(mut self, bytes: &[u8], line_end: u8) -> Vec<Issue> {
        self.entries.sort_by_key(|entry| entry.offset);
        let mut places = Places { line_end, ..Places::new(bytes) };
        let mut issues: Vec<Issue> = Vec::with_capacity(self.entries.len());
        for Entry { offset, mut issue } in self.entries {
            if let Some(offset) = offset {
                let (line, column) = places.at(offset);
                (issue.line, issue.column) = (Some(line), Some(column));
            }
            issues.push(issue);
        }
        let left_out: usize = self.counts.iter().map(|count| count.saturating_sub(MAX_ISSUES)).sum();
        if left_out > 0 {
            let message = format!("{left_out} more issues are not listed");
            let (feature, id, line, column) = (None, None, None, None);
            issues.push(Issue { severity: Severity::Note, message, feature, id, line, column });
        }
        issues
    }
}

/// Lines and columns of bytes, asked for in ascending order.
struct Places<'a> {
    bytes: &'a [u8],
    line_end: u8,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        // A byte order mark is no character of the first line.
        let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        Self { bytes, line_end: b'\n', at, line: 1, column: 1 }
    }

    fn at(&mut self, offset: usize) -> (usize, usize) {
        let end = offset.min(self.bytes.len());
        if end > self.at {
            let passed = &self.bytes[self.at..end];
            self.line += memchr::memchr_iter(self.line_end, passed).count();
            let in_line = match memchr::memrchr(self.line_end, passed) {
                Some(newline) => {
                    self.column = 1;
                    &passed[newline + 1..]
                }
                None => passed,
            };
            // Continuation bytes of UTF-8 are no characters of their own.
            self.column += in_line.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
            self.at = end;
        }
        (self.line, self.column)
    }
}

/// Line and column of one byte, each counted from 1.
pub(super) fn line_and_column(bytes: &[u8], offset: usize) -> (usize, usize) {
    Places::new(bytes).at(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "{\n  \"اسم\": x".as_bytes();
        let x = text.len() - 1;
        assert_eq!(line_and_column(text, x), (2, 10));
        assert_eq!(line_and_column("\u{FEFF}x".as_bytes(), 3), (1, 1));
    }

    #[test]
    fn issues_come_back_in_the_order_of_the_file() {
        let mut log = IssueLog::default();
        log.push(Severity::Error, 4, Some((1, None)), "second");
        log.push(Severity::Note, 1, None, "first");
        log.push_general(Severity::Warning, "whole file");
        let issues = log.finish(b"a\nb\ncd");
        let seen: Vec<_> = issues.iter().map(|issue| (issue.message.as_str(), issue.line)).collect();
        assert_eq!(seen, [("whole file", None), ("first", Some(1)), ("second", Some(3))]);
    }

    #[test]
    fn endless_issues_are_counted_not_listed() {
        let mut log = IssueLog::default();
        (0..MAX_ISSUES + 7).for_each(|at| log.push(Severity::Error, at, None, "bad"));
        let issues = log.finish(b"");
        assert_eq!(issues.len(), MAX_ISSUES + 1);
        assert_eq!(issues.last().unwrap().message, "7 more issues are not listed");
    }
}
