//! Everything the source says of one feature besides its geometry, decoded when a panel asks; of many features what is
//! wanted.
//!
//! Floor 2.

use std::collections::HashMap;
use std::ops::Range;

use super::SourceBytes;
use super::feature::Member;
use super::json_scanner::{RawText, Scanner, SyntaxError};
use super::json_text::compact;
use super::wanted_members::WantedMembers;
use crate::situation::{DetailSource, FeatureDetails, PropertyValue, WantedDetails};

impl DetailSource for SourceBytes {
    fn details(&self, start: u64, end: u64) -> Result<FeatureDetails, String> {
        let bytes = self.range(start, end).map_err(|error| error.to_string())?;
        read_details(&bytes).map_err(|_| self.unreadable())
    }

    fn line_of(&self, byte: u64) -> Option<usize> {
        self.line_at(byte, b'\n')
    }

    fn scan(
        &self,
        spans: &[Range<u64>],
        wanted: &WantedDetails<'_>,
        tell: &mut dyn FnMut(usize, &FeatureDetails),
    ) -> Result<(), String> {
        let members = WantedMembers::new(wanted);
        self.scan_blocks(spans, |block| {
            for (place, bytes) in block.features() {
                tell(place, &members.read(bytes).map_err(|_| self.unreadable())?);
            }
            Ok(())
        })
    }
}

impl SourceBytes {
    /// The line in which a byte lies, counted from 1; `None` where the bytes before it cannot be read any more.
    pub(super) fn line_at(&self, byte: u64, line_end: u8) -> Option<usize> {
        const PIECE_BYTES: usize = 1 << 20;
        let mut line = 1;
        for start in (0..byte).step_by(PIECE_BYTES) {
            let piece = self.range(start, byte.min(start + PIECE_BYTES as u64)).ok()?;
            line += memchr::memchr_iter(line_end, &piece).count();
        }
        Some(line)
    }

    fn unreadable(&self) -> String {
        format!("the feature cannot be read any more; the file has changed: {}", self.origin())
    }
}

fn read_details(bytes: &[u8]) -> Result<FeatureDetails, SyntaxError> {
    let mut scanner = Scanner::new(bytes, 0);
    if scanner.peek() != Some(b'{') {
        return scanner.error("a feature was expected");
    }
    scanner.open()?;
    let mut id = None;
    let (mut properties, mut foreign) = (Members::default(), Members::default());
    let mut first = true;
    while let Some(key) = scanner.next_key(&mut first)? {
        match Member::of(key) {
            Member::Id => id = read_id(&mut scanner)?,
            Member::Properties => properties = read_properties(&mut scanner)?,
            // The geometry of a feature, and what makes up a bare one.
            Member::Foreign if !(key.is("coordinates") || key.is("geometries")) => {
                foreign.set(key, property_value(&mut scanner)?);
            }
            _ => scanner.skip_value()?,
        }
    }
    let (properties, foreign_members) = (properties.list, foreign.list);
    Ok(FeatureDetails { id, properties, foreign_members, comma_is_decimal: false })
}

fn read_properties(scanner: &mut Scanner<'_>) -> Result<Members, SyntaxError> {
    let mut properties = Members::default();
    if scanner.peek() != Some(b'{') {
        scanner.skip_value()?;
        return Ok(properties);
    }
    scanner.open()?;
    let mut first = true;
    while let Some(name) = scanner.next_key(&mut first)? {
        properties.set(name, property_value(scanner)?);
    }
    Ok(properties)
}

pub(super) fn read_id(scanner: &mut Scanner<'_>) -> Result<Option<String>, SyntaxError> {
    Ok(match property_value(scanner)? {
        PropertyValue::Text(text) => Some(text),
        PropertyValue::Number { written, .. } => Some(written),
        _ => None,
    })
}

/// Members in their order, each name once.
#[derive(Default)]
struct Members {
    list: Vec<(String, PropertyValue)>,
    places: HashMap<String, usize>,
}

impl Members {
    /// Sets the value of that name; of two the last counts.
    fn set(&mut self, name: RawText<'_>, value: PropertyValue) {
        let name = name.decode().into_owned();
        match self.places.get(&name) {
            Some(&place) => self.list[place].1 = value,
            None => {
                self.places.insert(name.clone(), self.list.len());
                self.list.push((name, value));
            }
        }
    }
}

/// The value at the scanner, decoded.
pub(super) fn property_value(scanner: &mut Scanner<'_>) -> Result<PropertyValue, SyntaxError> {
    Ok(match scanner.peek() {
        Some(b'"') => PropertyValue::Text(scanner.string()?.decode().into_owned()),
        Some(b'-' | b'0'..=b'9') => {
            let number = scanner.number()?;
            PropertyValue::Number { value: number.value, written: number.written().to_owned() }
        }
        Some(b'{' | b'[') => {
            let start = scanner.pos();
            scanner.skip_value()?;
            PropertyValue::Json(compact(&scanner.bytes()[start..scanner.pos()]))
        }
        _ => scanner.literal()?.map_or(PropertyValue::Null, PropertyValue::Bool),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_are_what_the_file_says_word_for_word() {
        let text = r#"{"type":"Feature","id":12.50,"geometry":{"type":"Point","coordinates":[1,2],"x":1},
            "properties":{"name":"\u0633راقب","n":1.50,"list":[1, 2],"none":null,"name":"x"},"note":true}"#;
        let source = SourceBytes::from_static("test", text.as_bytes()).unwrap();
        let details = source.details(0, text.len() as u64).unwrap();
        assert_eq!(details.id.as_deref(), Some("12.50"));
        let shown: Vec<_> =
            details.properties.iter().map(|(name, value)| (name.as_str(), value.to_display())).collect();
        let expected = [("name", "x"), ("n", "1.50"), ("list", "[1,2]"), ("none", "")];
        assert_eq!(shown, expected.map(|(name, value)| (name, value.to_owned())));
        assert_eq!(details.foreign_members, [("note".to_owned(), PropertyValue::Bool(true))]);
    }

    #[test]
    fn what_is_wanted_of_many_features_is_what_their_details_say() {
        let features = [
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,{"n":[]}]},"properties":{"o":{"n":3},"n":1},"id":7}"#,
            r#"{"id":"a","type":"Feature","properties":{"n":"first","m":"]}\"n\":","n":"last"},"geometry":null}"#,
            r#"{"type":"Feature","properties":{"n":1},"properties":{"\u006e":"escaped"},"geometry":null}"#,
            r#"{"type":"Feature","properties":{"n":1},"properties":{"m":2},"x":{"properties":{"n":5}}}"#,
            r#"{"properties":{"a/b":1},"type":"Feature","properties":{"a\/b":2,"n":"\t"},"geometry":null}"#,
            r#"{"properties":{"a/b":1,"a\/b":2,"n":"\n"},"type":"Feature","geometry":null}"#,
            r#"{"type":"Feature","properties":null,"geometry":null,"n":4}"#,
            r#"{"type":"Feature", "properties" : { "m" : 1, "n" : [1, "]", 2] } }"#,
        ];
        let text = features.join("  ,\n");
        let start = |number: usize| -> u64 {
            features[..number].iter().map(|feature| feature.len() as u64 + 4).sum()
        };
        let spans: Vec<Range<u64>> = (0..features.len())
            .map(|number| start(number)..start(number) + features[number].len() as u64)
            .collect();
        let source = SourceBytes::from_bytes("test", text.into_bytes()).unwrap();
        for (properties, id) in
            [(&["n"][..], false), (&["m", "n"], true), (&[], true), (&["gone"], false), (&["a/b"], false)]
        {
            let mut told = 0;
            let mut tell = |place: usize, found: &FeatureDetails| {
                let whole = source.details(spans[place].start, spans[place].end).unwrap();
                for name in properties {
                    assert_eq!(found.value(name), whole.value(name), "{name} of feature {place}");
                }
                assert!(!id || found.id == whole.id, "feature {place}");
                assert_eq!(place, told);
                told += 1;
            };
            source.scan(&spans, &WantedDetails { properties, id }, &mut tell).unwrap();
            assert_eq!(told, features.len());
        }
    }

    #[test]
    fn lines_are_counted_from_one() {
        let source = SourceBytes::from_static("test", b"{}\n{}\r\n\n{}").unwrap();
        assert_eq!([0, 2, 3, 8, 9].map(|byte| source.line_of(byte)), [1, 1, 2, 4, 4].map(Some));
        assert_eq!(source.line_of(99), None);
        let long = "x\n".repeat(1 << 20);
        let source = SourceBytes::from_bytes("test", long.into_bytes()).unwrap();
        assert_eq!(source.line_of((2 << 20) - 1), Some(1 << 20));
    }

    #[test]
    fn a_range_outside_of_the_source_is_an_error() {
        let source = SourceBytes::from_static("test", b"{}").unwrap();
        assert!(source.details(0, 99).is_err() && source.details(2, 1).is_err());
        let wanted = WantedDetails { properties: &["n"], id: false };
        for spans in [&[0..2, 0..99][..], &[0..2, 2..3]] {
            assert!(source.scan(spans, &wanted, &mut |_, _| {}).is_err());
        }
    }
}
