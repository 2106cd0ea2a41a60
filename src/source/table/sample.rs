//! Some records of a table, from its head and from all over it, before anybody knows how it is written.
//!
//! Floor 2.

use std::borrow::Cow;

use super::fields::{Layout, MAX_FIELDS, RecordReader};

/// How much of the head is looked at, …
const HEAD_BYTES: usize = 1 << 20;

/// … and how much where it holds less than [`FEW_RECORDS`]: the shape of a country takes megabytes.
const LONG_HEAD_BYTES: usize = 16 << 20;

/// Too few records to know a table by.
const FEW_RECORDS: usize = 4;

/// Records of the head that are kept.
const HEAD_RECORDS: usize = 200;

/// Places behind the head that are looked at, …
const WINDOWS: usize = 24;

/// … how much of each, …
const WINDOW_BYTES: usize = 1 << 16;

/// … and how many records there.
const WINDOW_RECORDS: usize = 40;

/// The texts of one record.
pub(super) type Texts<'a> = Vec<Cow<'a, [u8]>>;

/// The first records, as far as they end in the head of the bytes.
pub(super) fn head_records(bytes: &[u8], start: usize, layout: Layout) -> Vec<Texts<'_>> {
    let within = |most: usize| {
        let head = bytes.len().min(start.saturating_add(most));
        records(&bytes[..head], start, layout, HEAD_RECORDS, head == bytes.len())
    };
    let found = within(HEAD_BYTES);
    if found.len() < FEW_RECORDS && bytes.len() > HEAD_BYTES { within(LONG_HEAD_BYTES) } else { found }
}

/// Records of so many fields from all over the table behind its head: guesses, for nobody has counted the quotes.
pub(super) fn scattered_records(bytes: &[u8], layout: Layout, fields: usize) -> Vec<Texts<'_>> {
    let mut all = Vec::new();
    for from in windows(bytes.len()) {
        let to = bytes.len().min(from + WINDOW_BYTES);
        let Some(line) = memchr::memchr(layout.line_end, &bytes[from..to]) else { continue };
        let found = records(&bytes[..to], from + line + 1, layout, WINDOW_RECORDS, false);
        all.extend(found.into_iter().filter(|texts| texts.len() == fields));
    }
    all
}

/// Where the windows begin.
pub(super) fn windows(len: usize) -> impl Iterator<Item = usize> {
    let rest = len.saturating_sub(HEAD_BYTES);
    let count = WINDOWS.min(rest / WINDOW_BYTES);
    (0..count).map(move |number| HEAD_BYTES + rest / count.max(1) * number)
}

/// The pieces of the bytes that are looked at, the head among them.
pub(super) fn pieces(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    std::iter::once(head)
        .chain(windows(bytes.len()).map(|from| &bytes[from..bytes.len().min(from + WINDOW_BYTES)]))
}

/// Whether [`pieces`] are all there is.
pub(super) fn is_all_looked_at(bytes: &[u8]) -> bool {
    bytes.len() <= HEAD_BYTES
}

fn records(bytes: &[u8], start: usize, layout: Layout, most: usize, is_whole: bool) -> Vec<Texts<'_>> {
    let mut reader = RecordReader::new(bytes, layout);
    let (mut at, mut records) = (start, Vec::new());
    while at < bytes.len() && records.len() < most {
        let record = reader.read(at);
        // The last one of a head may be cut.
        if record.next >= bytes.len() && !is_whole {
            break;
        }
        let texts: Texts<'_> =
            reader.fields.iter().take(MAX_FIELDS).map(|&field| reader.text(field)).collect();
        records.push(texts);
        at = record.next;
    }
    records
}
