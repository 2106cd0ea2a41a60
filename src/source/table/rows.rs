//! Rows of a table into features, one after the other.
//!
//! Floor 2. A row goes in whole or not at all, and either way it is counted; blank rows are none.

use super::super::columns::RawValue;
use super::super::geometry::{GeometryReader, Repair};
use super::super::issues::Severity;
use super::super::json_scanner::RawText;
use super::super::longitudes::settle_longitudes;
use super::super::part::Part;
use super::super::ticker::{Refusal, Ticker};
use super::fields::{Layout, RecordEnd, RecordReader};
use super::format::DecimalSign;
use super::number::{is_no_value, number_of};
use super::placed_names::PlacedNames;
use super::row_place::{PlaceReader, RowPlace};
use crate::situation::GeometryKind;

/// How many bytes are checked for damaged letters at once.
const CHECKED_BYTES: usize = 1 << 18;

/// Bytes that may be read in vain, because a quote seemed to be closed in another line, before each line is read alone …
const FREE_VAIN_BYTES: usize = 4 << 20;

/// … and for each byte that was read to the end, so that the whole takes a time linear in the bytes.
const VAIN_BYTES_PER_BYTE: usize = 4;

/// What all threads know of a table before they read its rows.
pub(super) struct Table {
    pub layout: Layout,
    pub decimal: DecimalSign,
    /// One a column.
    pub names: Vec<String>,
    /// Columns in which something other than numbers was seen.
    pub is_text: Vec<bool>,
    /// Columns of numbers, figures, dates or codes: there a word for unknown is no value.
    pub is_counted: Vec<bool>,
    pub places: PlaceReader,
}

/// The rows of one stretch.
pub(super) struct Rows<'a, 't> {
    table: &'t Table,
    record: RecordReader<'a>,
    /// Looks whether a record begins in the next line.
    ahead: RecordReader<'a>,
    /// Bytes that were read in vain and not made up for by others.
    vain_bytes: usize,
    pub part: Part<'a>,
    geometry: GeometryReader,
    /// The builder's number of each column.
    columns: Vec<Option<u32>>,
    /// Up to where all bytes are valid UTF-8, and up to where that was looked for.
    valid: (usize, usize),
    /// Rows in which all fields are blank.
    pub blank: usize,
    /// Rows with letters that cannot be read.
    pub damaged: usize,
    /// Names that the gazetteer spells otherwise.
    pub by_sound: PlacedNames,
}

impl<'a, 't> Rows<'a, 't> {
    pub fn new(
        bytes: &'a [u8],
        table: &'t Table,
        given_up: std::sync::Arc<std::collections::HashSet<String>>,
    ) -> Self {
        let mut part = Part::default();
        part.columns.give_up(given_up);
        let columns = table.names.iter().map(|name| part.columns.column_named(name)).collect();
        Self {
            table,
            record: RecordReader::new(bytes, table.layout),
            ahead: RecordReader::new(bytes, table.layout),
            vain_bytes: 0,
            part,
            geometry: GeometryReader::default(),
            columns,
            valid: (0, 0),
            blank: 0,
            damaged: 0,
            by_sound: PlacedNames::default(),
        }
    }

    /// Whether it would read on as one does that begins here.
    pub fn is_fresh(&self) -> bool {
        self.record.spans_lines
    }

    /// Reads from `at` to the first record at `border` or behind it, or to the end; answers where that is.
    pub fn read(&mut self, mut at: usize, border: usize, ticker: &mut Ticker<'_>) -> Result<usize, Refusal> {
        let end = self.record.bytes().len();
        while at < border.min(end) {
            ticker.tick(at, &mut self.part)?;
            let next = self.read_row(at);
            self.vain_bytes = self.vain_bytes.saturating_sub(VAIN_BYTES_PER_BYTE * (next - at));
            self.record.spans_lines = self.vain_bytes <= FREE_VAIN_BYTES;
            at = next;
        }
        Ok(at)
    }

    /// Reads the record at `from`; answers where the next one begins.
    fn read_row(&mut self, from: usize) -> usize {
        let before = self.record.work();
        let record = self.record.read(from);
        if self.is_blank() {
            self.blank += usize::from(record.fields > 1);
            return record.next;
        }
        if let Some((next, message)) = self.ragged(from, record) {
            if next < record.next {
                self.vain_bytes += self.record.work() - before;
            }
            return self.reject(from, next, message);
        }
        let mut repairs = Vec::new();
        let (builder, geometry) = (&mut self.part.builder, &mut self.geometry);
        let place = match self.table.places.read(&self.record, geometry, builder, &mut repairs) {
            Ok(place) => place,
            Err(fault) => {
                builder.discard_feature();
                return self.reject(fault.offset(), record.next, fault.message(&[]));
            }
        };
        self.keep(from, record, place, repairs);
        record.next
    }

    fn is_blank(&self) -> bool {
        let bytes = self.record.bytes();
        let is_blank = |start: usize, end: usize| bytes[start..end].trim_ascii().is_empty();
        self.record.fields.iter().all(|field| is_blank(field.start, field.end))
    }

    /// Whether the record is not one of this table: where to go on, and why.
    fn ragged(&mut self, from: usize, record: RecordEnd) -> Option<(usize, String)> {
        let wanted = self.table.names.len();
        // The opening quote of a later text is what a lost one makes a stray quote of.
        let may_have_lost_one = record.fields > wanted || record.stray_quote.is_some();
        if let Some(second) = may_have_lost_one.then(|| self.second_line(from, record)).flatten() {
            return Some((second, "a quote in this line is not closed".to_owned()));
        }
        if record.fields > wanted {
            let bytes = self.record.bytes();
            let is_blank = |start: usize, end: usize| bytes[start..end].trim_ascii().is_empty();
            let extra = self.record.fields.get(wanted..).unwrap_or_default();
            if record.fields == self.record.fields.len() && extra.iter().all(|f| is_blank(f.start, f.end)) {
                return None;
            }
            let message = format!(
                "it has {} fields and the table has {wanted} columns; a delimiter in a text may lack its quotes",
                record.fields
            );
            return Some((record.next, message));
        }
        let is_fragment = 2 * record.fields < wanted;
        is_fragment.then(|| {
            let plural = if record.fields == 1 { "" } else { "s" };
            (
                record.next,
                format!("it has {} field{plural} and the table has {wanted} columns", record.fields),
            )
        })
    }

    /// The second line of a record, where a whole record begins there: then the first one has lost a quote.
    fn second_line(&mut self, from: usize, record: RecordEnd) -> Option<usize> {
        let bytes = self.record.bytes();
        let line_end = memchr::memchr(self.table.layout.line_end, &bytes[from..record.end])?;
        let second = from + line_end + 1;
        let before = self.ahead.work();
        let is_whole = self.ahead.read(second).fields == self.table.names.len();
        self.vain_bytes += self.ahead.work() - before;
        is_whole.then_some(second)
    }

    fn reject(&mut self, at: usize, next: usize, message: String) -> usize {
        self.tell(Severity::Error, at, message);
        self.part.read += 1;
        next
    }

    fn keep(&mut self, from: usize, record: RecordEnd, place: RowPlace, repairs: Vec<Repair>) {
        let kind = match place {
            RowPlace::At(_) => GeometryKind::Point,
            RowPlace::BySound(_, placed) => {
                self.by_sound.count(placed);
                GeometryKind::Point
            }
            RowPlace::Shape(kind) => kind,
            RowPlace::Nowhere => GeometryKind::None,
            RowPlace::Unplaced(at, why) => {
                self.tell(Severity::Warning, at, why);
                GeometryKind::None
            }
        };
        if let Some(note) = settle_longitudes(self.part.builder.unfinished_vertices_mut(), None) {
            self.tell(Severity::Note, from, note);
        }
        let row = self.part.builder.end_feature(kind, (from as u64, record.end as u64));
        if self.push_values(row, from, record) {
            self.damaged += 1;
            let message = "text is not in the encoding of the table; it reads as \u{FFFD} there";
            self.tell(Severity::Warning, from, message);
        }
        repairs.into_iter().for_each(|repair| self.tell(Severity::Warning, repair.offset, repair.message));
        self.tell_of_oddities(from, record);
        self.part.read += 1;
    }

    /// Adds an issue on the row that is being read.
    fn tell(&mut self, severity: Severity, at: usize, message: impl Into<String>) {
        self.part.log.push(severity, at, Some((self.part.read, None)), message);
    }

    /// Says what was not by the book in a record that is kept.
    fn tell_of_oddities(&mut self, from: usize, record: RecordEnd) {
        let wanted = self.table.names.len();
        if record.fields < wanted {
            let message = format!("it has {} of {wanted} fields; the last columns are blank", record.fields);
            self.tell(Severity::Warning, from, message);
        }
        if let Some(quote) = record.lost_quote {
            self.tell(Severity::Warning, quote, "a quote is never closed; it reads as part of the text");
        }
        if let Some(quote) = record.stray_quote {
            let message = "a quote inside of a text is not doubled; it reads as part of the text";
            self.tell(Severity::Note, quote, message);
        }
    }

    /// Puts the record's values into the columns; whether one of them is not valid UTF-8.
    fn push_values(&mut self, row: usize, from: usize, record: RecordEnd) -> bool {
        let may_be_damaged = !self.is_valid(from, record.end);
        let mut is_damaged = false;
        for (number, &field) in self.record.fields.iter().enumerate().take(self.columns.len()) {
            let Some(column) = self.columns[number] else { continue };
            let text = self.record.text(field);
            if text.is_empty() {
                continue;
            }
            let damaged = may_be_damaged && std::str::from_utf8(&text).is_err();
            is_damaged |= damaged;
            let kind = (self.table.is_text[number], self.table.is_counted[number]);
            if let Some(value) = value_of(&text, kind, self.table.decimal, damaged) {
                self.part.columns.push(column, row, value);
            }
        }
        is_damaged
    }

    /// Whether these bytes are valid UTF-8; `false` where it is not sure.
    fn is_valid(&mut self, from: usize, end: usize) -> bool {
        let (valid, looked) = self.valid;
        if from >= looked || (valid == looked && end > looked) {
            let bytes = self.record.bytes();
            let to = bytes.len().min(end.max(from + CHECKED_BYTES));
            let valid = from + encoding_rs::Encoding::utf8_valid_up_to(&bytes[from..to]);
            // The last letter may be cut.
            let looked = if to < bytes.len() && to - valid < 4 && valid >= end { valid } else { to };
            self.valid = (valid, looked);
        }
        end <= self.valid.0
    }
}

/// The value of a text that is not blank; `None` where it says that there is none, in a column that is counted.
#[inline]
pub(super) fn value_of(
    text: &[u8],
    (is_text, is_counted): (bool, bool),
    decimal: DecimalSign,
    damaged: bool,
) -> Option<RawValue<'_>> {
    if !is_text && let Some(number) = number_of(text, decimal) {
        return Some(RawValue::Number(number));
    }
    // Among figures that are held as they are written, "none" is 0.
    let is_zero = is_text && text.eq_ignore_ascii_case(b"none");
    if is_counted && !is_zero && !text[0].is_ascii_digit() && is_no_value(text) {
        return None;
    }
    Some(RawValue::Text(RawText { raw: without_midnight(text), escaped: false, damaged }))
}

/// `2018-09-08 00:00:00.000` is what databases make of a day.
fn without_midnight(text: &[u8]) -> &[u8] {
    const DAY: usize = 10;
    let time = match text {
        [_, _, _, _, b'-', _, _, b'-', _, _, b' ' | b'T', time @ ..] if text.len() <= 27 => time,
        _ => return text,
    };
    let is_midnight = time.strip_prefix(b"00:00:00").or(time.strip_prefix(b"0:00:00")).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix(b".").is_some_and(|zeros| zeros.iter().all(|&byte| byte == b'0'))
    });
    if is_midnight { &text[..DAY] } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_at_midnight_is_a_day() {
        for (text, kept) in [
            ("2018-09-08 00:00:00.000", "2018-09-08"),
            ("2018-09-08T00:00:00", "2018-09-08"),
            ("2018-09-08 00:00:01", "2018-09-08 00:00:01"),
            ("2018-09-08T00:00:00Z", "2018-09-08T00:00:00Z"),
            ("2018-09-08", "2018-09-08"),
        ] {
            assert_eq!(without_midnight(text.as_bytes()), kept.as_bytes());
        }
    }
}
