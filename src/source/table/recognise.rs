//! Whether a source is a table: by its content, and where that leaves it open, by its name.
//!
//! Floor 2.

use std::path::Path;

use super::super::recognise::foreign_format;
use super::sniff::{find_delimiter, line_end_of, sampled_encoding};
use super::text_start;

/// What a file's name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promise {
    Table,
    Json,
    Nothing,
}

/// Endings of tables, a packing's own aside.
const TABLE_ENDINGS: [&str; 4] = ["csv", "tsv", "tab", "psv"];
const JSON_ENDINGS: [&str; 7] = ["geojson", "json", "geojsonl", "geojsons", "geojsonseq", "ndjson", "jsonl"];

fn promise_of(path: Option<&Path>) -> Promise {
    let Some(name) = path.and_then(Path::file_name) else { return Promise::Nothing };
    let name = name.to_string_lossy().to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some(ending) if TABLE_ENDINGS.contains(&ending) => Promise::Table,
        Some(ending) if JSON_ENDINGS.contains(&ending) => Promise::Json,
        _ => Promise::Nothing,
    }
}

/// Whether the bytes are a table. `path` is where they come from, if from a file.
pub(in super::super) fn is_table(bytes: &[u8], path: Option<&Path>) -> bool {
    let start = text_start(bytes);
    let text = start + bytes[start..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let promise = promise_of(path);
    if text == bytes.len() {
        return promise == Promise::Table;
    }
    if promise == Promise::Json || foreign_format(bytes, text).is_some() || is_json(&bytes[text..], promise) {
        return false;
    }
    promise == Promise::Table || is_even(bytes, start)
}

/// Whether the text begins as JSON does. Where the name promises a table, a bracket alone is not enough.
fn is_json(text: &[u8], promise: Promise) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let second = rest.trim_ascii_start().first();
    match (first, promise) {
        (b'{', Promise::Table) => matches!(second, Some(b'"' | b'}')),
        (b'[', Promise::Table) => matches!(second, Some(b'{' | b'[' | b']')),
        (b'{' | b'[' | 0x1E, _) => true,
        _ => false,
    }
}

/// Whether nearly all of the first records have the same number of fields, and more than one.
fn is_even(bytes: &[u8], start: usize) -> bool {
    let encoding = sampled_encoding(bytes);
    let utf8;
    let bytes = match encoding.to_utf8(&bytes[..bytes.len().min(1 << 16)]) {
        Some(converted) => {
            utf8 = converted;
            &utf8
        }
        None => bytes,
    };
    let evidence = find_delimiter(bytes, start.min(bytes.len()), line_end_of(bytes));
    evidence.fields >= 2 && evidence.records >= 2 && evidence.consistency >= 0.8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_a_table(name: &str, text: &str) -> bool {
        is_table(text.as_bytes(), Some(Path::new(name)))
    }

    #[test]
    fn the_content_decides_and_then_the_name() {
        assert!(is_a_table("x.csv", "a,b\n1,2\n") && is_a_table("x.TSV.GZ", "a\tb\n"));
        assert!(is_a_table("x.csv", "only\none\ncolumn\n") && is_a_table("x.csv", "{id},name\n1,2\n"));
        assert!(is_a_table("x.txt", "a;b\n1;2\n") && is_a_table("", "a\tb\n1\t2\n"));
        assert!(!is_a_table("x.csv", "{\"type\": \"FeatureCollection\"}") && !is_a_table("x.csv", "[{}]"));
        assert!(!is_a_table("x.geojson", "a,b\n1,2\n") && !is_a_table("x.txt", "one line, of prose\n"));
        assert!(!is_a_table("x.csv", "<html><body>") && !is_a_table("x.csv", "PK\u{3}\u{4}"));
        assert!(is_a_table("x.csv", "") && !is_a_table("x.txt", ""));
    }
}
