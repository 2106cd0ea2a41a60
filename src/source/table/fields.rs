//! Records and fields of a table, by RFC 4180, and past whatever departs from it.
//!
//! Floor 2. Fields are ranges of the source. A quote opens a field only at its start, and closes it only where a
//! delimiter or the end of the line follows; other quotes are part of the text.

use std::borrow::Cow;

use super::quotes::ClosingQuotes;

/// Fields of one record that are told apart; the rest is counted.
pub(super) const MAX_FIELDS: usize = 1 << 14;

/// What parts fields and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Between fields.
    pub delimiter: u8,
    /// Between records: a line feed, with or without a carriage return before it, or a carriage return alone.
    pub line_end: u8,
}

/// One field of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field {
    /// First byte of its text, quotes not counted.
    pub start: usize,
    /// The byte after its text.
    pub end: usize,
    /// Whether quotes in it may be doubled.
    pub is_doubled: bool,
}

/// What was met on the way through a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RecordEnd {
    /// Where the next record begins.
    pub next: usize,
    /// The byte after the record's last field.
    pub end: usize,
    /// How many fields there are, those included that were not told apart.
    pub fields: usize,
    /// A quote that nothing closes.
    pub lost_quote: Option<usize>,
    /// A quote inside of a quoted field that is not doubled.
    pub stray_quote: Option<usize>,
}

/// Reads records one after the other; keeps its memory.
///
/// A pass over all records takes a time linear in their bytes, whatever quotes they have.
#[derive(Debug, Clone)]
pub(super) struct RecordReader<'a> {
    bytes: &'a [u8],
    layout: Layout,
    /// Of the record that was read last.
    pub fields: Vec<Field>,
    /// Whether a quoted field may go on in the next line.
    pub spans_lines: bool,
    quotes: ClosingQuotes,
    /// Bytes beside the quoted fields that were read.
    plain_bytes: usize,
}

impl<'a> RecordReader<'a> {
    pub fn new(bytes: &'a [u8], layout: Layout) -> Self {
        let quotes = ClosingQuotes::default();
        Self { bytes, layout, fields: Vec::new(), spans_lines: true, quotes, plain_bytes: 0 }
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How many bytes have been looked at so far.
    pub fn work(&self) -> usize {
        self.plain_bytes + self.quotes.work
    }

    /// Reads the one record that `bytes` are.
    pub fn read_alone(&mut self, bytes: &'a [u8]) -> RecordEnd {
        (self.bytes, self.quotes) = (bytes, ClosingQuotes::default());
        self.read(0)
    }

    /// Reads the record at `from`, which must be before the end.
    pub fn read(&mut self, from: usize) -> RecordEnd {
        self.fields.clear();
        let mut record = RecordEnd::default();
        let mut at = from;
        let mut in_quotes = 0;
        loop {
            let field = match self.bytes.get(at) {
                Some(b'"') => self.quoted(at, &mut record),
                _ => None,
            };
            in_quotes += field.map_or(0, |(_, behind)| behind - at);
            let field = field.unwrap_or_else(|| self.plain(at));
            if record.fields < MAX_FIELDS {
                self.fields.push(field.0);
            }
            record.fields += 1;
            let behind = field.1;
            if self.bytes.get(behind) == Some(&self.layout.delimiter) {
                at = behind + 1;
                continue;
            }
            record.end = behind;
            // What is between quotes was counted when it was searched.
            self.plain_bytes += behind - from - in_quotes;
            record.next = (behind + self.line_end_len(behind)).max(from + 1).min(self.bytes.len());
            return record;
        }
    }

    /// Bytes of the line end at `at`, 0 where there is none.
    fn line_end_len(&self, at: usize) -> usize {
        match &self.bytes[at.min(self.bytes.len())..] {
            [first, ..] if *first == self.layout.line_end => 1,
            [b'\r', second, ..] if *second == self.layout.line_end => 2,
            _ => 0,
        }
    }

    /// The field without quotes at `at`, and where it ends.
    #[inline]
    fn plain(&self, at: usize) -> (Field, usize) {
        let Layout { delimiter, line_end } = self.layout;
        let rest = self.bytes.get(at..).unwrap_or_default();
        // Most fields are short: a plain loop is done before a search has begun.
        let short = rest.iter().take(24).position(|&byte| byte == delimiter || byte == line_end);
        let length = short
            .or_else(|| Some(24 + memchr::memchr2(delimiter, line_end, rest.get(24..)?)?))
            .unwrap_or(rest.len());
        let mut end = at + length;
        if line_end == b'\n'
            && end > at
            && self.bytes[end - 1] == b'\r'
            && self.bytes.get(end) != Some(&delimiter)
        {
            end -= 1;
        }
        (Field { start: at, end, is_doubled: false }, end)
    }

    /// The field whose opening quote is at `at`, and where it ends; `None` where nothing closes it.
    fn quoted(&mut self, at: usize, record: &mut RecordEnd) -> Option<(Field, usize)> {
        let Some(closing) = self.quotes.find(self.bytes, self.layout, at, self.spans_lines) else {
            record.lost_quote = record.lost_quote.or(Some(at));
            return None;
        };
        record.stray_quote = record.stray_quote.or(closing.stray);
        let field = Field { start: at + 1, end: closing.quote, is_doubled: closing.is_doubled };
        Some((field, closing.behind))
    }

    /// The text of a field, white space around it cut off.
    #[inline]
    pub fn text(&self, field: Field) -> Cow<'a, [u8]> {
        text_of(self.bytes, field)
    }
}

/// The text of a field of `bytes`, white space around it cut off.
#[inline]
pub(super) fn text_of(bytes: &[u8], field: Field) -> Cow<'_, [u8]> {
    let raw = bytes[field.start..field.end].trim_ascii();
    if field.is_doubled { Cow::Owned(without_doubled_quotes(raw)) } else { Cow::Borrowed(raw) }
}

/// The text with each doubled quote as one.
pub(super) fn without_doubled_quotes(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(quote) = memchr::memchr(b'"', rest) {
        text.extend_from_slice(&rest[..=quote]);
        rest = &rest[quote + 1..];
        if rest.first() == Some(&b'"') {
            rest = &rest[1..];
        }
    }
    text.extend_from_slice(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMAS: Layout = Layout { delimiter: b',', line_end: b'\n' };

    fn records(text: &str, layout: Layout) -> Vec<Vec<String>> {
        let mut reader = RecordReader::new(text.as_bytes(), layout);
        let (mut at, mut records) = (0, Vec::new());
        while at < text.len() {
            at = reader.read(at).next;
            let fields = reader.fields.iter();
            records.push(
                fields.map(|&field| String::from_utf8(reader.text(field).into_owned()).unwrap()).collect(),
            );
        }
        records
    }

    #[test]
    fn tables_by_the_book_are_those_that_the_csv_crate_reads() {
        for text in [
            "a,b\n1,2\n",
            "a,b\r\n1,2\r\n\"x,y\",\"line\nbreak\"\r\n",
            "\"a \"\"quoted\"\" word\",2\n,\n\"\",\"\"\n",
            "a,b\n1,2",
            "\"\"\"\",b\n\"\"\"x\"\"\",\"y\"\"\"\n",
        ] {
            let mut peer =
                csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let expected: Vec<Vec<String>> = peer
                .records()
                .map(|record| record.unwrap().iter().map(|field| field.trim().to_owned()).collect())
                .collect();
            assert_eq!(records(text, COMMAS), expected, "{text}");
        }
    }

    #[test]
    fn carriage_returns_end_records_only_where_lines_end_with_them() {
        assert_eq!(records("a,b\r1,2\r", Layout { line_end: b'\r', ..COMMAS }), [["a", "b"], ["1", "2"]]);
        assert_eq!(records("a,x\ry\r\n", COMMAS), [["a", "x\ry"]]);
        let cut = records("\"a\",\"x,y\"\r", COMMAS);
        assert_eq!(cut[0], ["a", "x,y"], "a break that is cut off by half closes quotes as a whole one does");
    }

    #[test]
    fn quotes_that_are_not_doubled_stay_in_the_text() {
        assert_eq!(records("\"he said \"no\" twice\",2\n", COMMAS), [["he said \"no\" twice", "2"]]);
        assert_eq!(records("5\" pipe,\"x\" ,z\n", COMMAS), [["5\" pipe", "x", "z"]]);
        let mut reader = RecordReader::new(b"\"a \"b\" c\",2\n", COMMAS);
        assert_eq!(reader.read(0).stray_quote, Some(3));
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_own_line() {
        let text = "\"a,b\nc,d\ne,f\n";
        assert_eq!(records(text, COMMAS), [["\"a", "b"], ["c", "d"], ["e", "f"]]);
        assert_eq!(RecordReader::new(text.as_bytes(), COMMAS).read(0).lost_quote, Some(0));
    }

    #[test]
    fn open_quotes_cost_no_more_than_other_bytes() {
        for text in ["\"a b\n".repeat(50_000), "\"x,".repeat(50_000), "\"x\",\"\",\"y,".repeat(20_000)] {
            let mut reader = RecordReader::new(text.as_bytes(), COMMAS);
            let mut at = 0;
            while at < text.len() {
                at = reader.read(at).next;
            }
            assert!(reader.work() <= 3 * text.len(), "{} for {}", reader.work(), text.len());
        }
    }
}
