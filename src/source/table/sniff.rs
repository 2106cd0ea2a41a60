//! How a table is written, found in its first records.
//!
//! Floor 2. What the user has said is taken as it is; the rest follows from it.

use super::fields::Layout;
use super::format::{DecimalSign, Delimiter, HeaderRow, TableFormat, TableSettings};
use super::header::{find_header, find_tags};
use super::number::{DecimalVotes, number_of};
use super::place_columns::is_name_of_degrees;
use super::sample::{Texts, head_records, pieces};
use super::text_encoding::{LetterCounts, TextEncoding};

/// What ends lines: carriage returns alone only where there is no line feed.
pub(super) fn line_end_of(bytes: &[u8]) -> u8 {
    let head = pieces(bytes).next().unwrap_or_default();
    let only_returns = memchr::memchr(b'\n', head).is_none() && memchr::memchr(b'\r', head).is_some();
    if only_returns { b'\r' } else { b'\n' }
}

/// The encoding by pieces from all over the bytes.
pub(super) fn sampled_encoding(bytes: &[u8]) -> TextEncoding {
    let mut counts = LetterCounts::default();
    pieces(bytes).for_each(|piece| counts.add(piece, piece.len() < bytes.len()));
    counts.encoding()
}

/// What speaks for a delimiter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    pub delimiter: Delimiter,
    /// Fields of most records.
    pub fields: usize,
    /// The part of the records that has so many.
    pub consistency: f64,
    /// Records that were looked at.
    pub records: usize,
    /// The part of the fields in which no other delimiter stands.
    cleanness: f64,
}

impl Evidence {
    fn score(&self) -> f64 {
        self.consistency * (0.25 + 0.75 * self.cleanness) * if self.fields < 2 { 0.1 } else { 1.0 }
    }
}

/// The likeliest delimiter.
pub(super) fn find_delimiter(bytes: &[u8], start: usize, line_end: u8) -> Evidence {
    let evidence = Delimiter::ALL.map(|delimiter| {
        let layout = Layout { delimiter: delimiter.byte(), line_end };
        evidence_of(delimiter, &head_records(bytes, start, layout))
    });
    let better = |best: Evidence, next: Evidence| {
        let gain = next.score() - best.score();
        let is_tie = gain.abs() < 0.02;
        if (is_tie && next.fields > best.fields) || (!is_tie && gain > 0.0) { next } else { best }
    };
    evidence.into_iter().reduce(better).unwrap_or(evidence[0])
}

fn evidence_of(delimiter: Delimiter, records: &[Texts<'_>]) -> Evidence {
    let filled: Vec<_> = records.iter().filter(|texts| texts.iter().any(|text| !text.is_empty())).collect();
    let fields = most_common(filled.iter().map(|texts| texts.len()));
    let same = filled.iter().filter(|texts| texts.len() == fields);
    let (mut all, mut clean) = (0, 0);
    for text in same.clone().flat_map(|texts| texts.iter()).filter(|text| !text.is_empty()) {
        all += 1;
        let others = Delimiter::ALL.into_iter().filter(|other| *other != delimiter);
        let is_clean = others.into_iter().all(|other| !text.contains(&other.byte()));
        clean += usize::from(is_clean || number_of(text, DecimalSign::Comma).is_some());
    }
    let part = |some: usize, of: usize| if of == 0 { 0.0 } else { some as f64 / of as f64 };
    Evidence {
        delimiter,
        fields,
        consistency: part(same.count(), filled.len()),
        records: filled.len(),
        cleanness: part(clean, all),
    }
}

/// The number that comes most often, the largest of several.
fn most_common(numbers: impl Iterator<Item = usize>) -> usize {
    let mut counts = std::collections::BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_insert(0_usize) += 1);
    counts.into_iter().max_by_key(|&(_, count)| count).map_or(0, |(number, _)| number)
}

/// The format of a table in UTF-8 that begins at `start`, and its layout.
pub(super) fn find_format(
    bytes: &[u8],
    start: usize,
    encoding: TextEncoding,
    settings: &TableSettings,
) -> (TableFormat, Layout) {
    let line_end = line_end_of(bytes);
    let delimiter = settings.delimiter.unwrap_or_else(|| find_delimiter(bytes, start, line_end).delimiter);
    let layout = Layout { delimiter: delimiter.byte(), line_end };
    let records = head_records(bytes, start, layout);
    let fields = most_common(records.iter().filter(|texts| texts.len() > 1).map(Vec::len)).max(1);
    let tags = find_tags(&records);
    let header = settings.header.unwrap_or_else(|| find_header(&records, fields, tags));
    let tags = tags.filter(|&tags| header != HeaderRow::At(tags));
    let decimal = settings.decimal.unwrap_or_else(|| find_decimal(&records, header, delimiter));
    (TableFormat { encoding, delimiter, decimal, header, tags }, layout)
}

fn find_decimal(records: &[Texts<'_>], header: HeaderRow, delimiter: Delimiter) -> DecimalSign {
    let names = match header {
        HeaderRow::At(record) => records.get(record),
        HeaderRow::Absent => None,
    };
    let of_degrees: Vec<bool> =
        names.into_iter().flatten().map(|name| is_name_of_degrees(&String::from_utf8_lossy(name))).collect();
    let mut votes = DecimalVotes::default();
    for texts in records {
        for (column, text) in texts.iter().enumerate() {
            votes.add(text, of_degrees.get(column) == Some(&true));
        }
    }
    votes.decimal(delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_of(text: &str) -> TableFormat {
        find_format(text.as_bytes(), 0, TextEncoding::Utf8, &TableSettings::default()).0
    }

    #[test]
    fn delimiters_are_found_by_how_evenly_they_cut() {
        for (text, delimiter) in [
            ("a,b,c\n1,2,3\n4,5,6\n", Delimiter::Comma),
            ("lat;lon;killed\n35,9;36,6;4\n35,8;36,5;2\n", Delimiter::Semicolon),
            ("35,9;36,6\n35,8;36,5\n", Delimiter::Semicolon),
            ("a\tb\nx, y\tz\nx, y, z\tw\n", Delimiter::Tab),
            ("a|b\n1|2\n", Delimiter::Pipe),
            ("id,source\n1,SOHR; SN4HR\n2,AFP; SANA\n3,AP; Reuters\n", Delimiter::Comma),
            ("name,notes\nx,\"a;b;c\"\ny,\"d;e;f\"\n", Delimiter::Comma),
            ("title of the sheet\n\nname;n\na;1\nb;2\n", Delimiter::Semicolon),
            ("name\na\nb\n", Delimiter::Comma),
        ] {
            assert_eq!(format_of(text).delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn decimal_commas_are_found() {
        assert_eq!(format_of("lat;lon\n35,92;36,63\n").decimal, DecimalSign::Comma);
        assert_eq!(format_of("lat;lon\n35.92;36.63\n").decimal, DecimalSign::Point);
        assert_eq!(format_of("lat,lon\n\"35,123\",\"36,456\"\n").decimal, DecimalSign::Comma);
        assert_eq!(format_of("place,killed\nIdlib,\"1,200\"\nSaraqib,5\n").decimal, DecimalSign::Point);
        assert_eq!(format_of("place\tpeople\nIdlib\t12,500\nSaraqib\t1,000\n").decimal, DecimalSign::Point);
        assert_eq!(format_of("lat,people\n35.9,\"1,234\"\n35.8,\"12,500\"\n").decimal, DecimalSign::Point);
    }

    #[test]
    fn what_the_user_says_counts() {
        let settings = TableSettings {
            delimiter: Some(Delimiter::Pipe),
            header: Some(HeaderRow::Absent),
            ..Default::default()
        };
        let (format, layout) = find_format(b"a,b\n1,2\n", 0, TextEncoding::Utf8, &settings);
        assert_eq!(
            (format.delimiter, format.header, layout.delimiter),
            (Delimiter::Pipe, HeaderRow::Absent, b'|')
        );
    }
}
