//! A layer that was read, as sections, and back.
//!
//! Floor 3.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::sections::{SectionName, SectionReader, SectionWriter};
use crate::index::LayerData;
use crate::situation::{Codes, Column, ColumnData, FeatureStore, StoreArrays};
use crate::source::{Fingerprint, SourceBytes};

const SUMMARY: SectionName = SectionName::new(*b"summ", 0);
const VERTICES: SectionName = SectionName::new(*b"vert", 0);
const RINGS: SectionName = SectionName::new(*b"ring", 0);
const PARTS: SectionName = SectionName::new(*b"part", 0);
const FEATURES: SectionName = SectionName::new(*b"feat", 0);
const PART_KINDS: SectionName = SectionName::new(*b"pknd", 0);
const KINDS: SectionName = SectionName::new(*b"kind", 0);
const SPAN_STARTS: SectionName = SectionName::new(*b"spst", 0);
const SPAN_LENGTHS: SectionName = SectionName::new(*b"spln", 0);
/// The rows in the order of the spatial index: the sorting is what takes its time.
const ORDER: SectionName = SectionName::new(*b"ordr", 0);
/// Numbered by column.
const VALUES: [u8; 4] = *b"valu";
const WORD_ENDS: [u8; 4] = *b"wend";
const WORD_TEXT: [u8; 4] = *b"word";

/// Written into each sidecar: another version of the program may read files otherwise.
const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Lines over the antimeridian go on beyond ±180, and one is taken as it is for two turns.
const MAX_LONGITUDE_DEG: f64 = 720.0;
const MAX_LATITUDE_DEG: f64 = 90.0;

/// What is kept of a layer.
pub struct Contents<'a> {
    /// Its features and index.
    pub data: &'a LayerData,
    /// What the caller wants back with it, such as the load report.
    pub about: String,
}

/// What was kept of a layer.
pub struct Prepared {
    /// Its features and index; details come from the source as ever.
    pub data: LayerData,
    /// What the caller gave to be kept.
    pub about: String,
}

/// The small things, as JSON.
#[derive(Serialize, Deserialize)]
struct Summary<'a> {
    program: Cow<'a, str>,
    fingerprint: Cow<'a, Fingerprint>,
    about: Cow<'a, str>,
    columns: Vec<ColumnSummary<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ColumnSummary<'a> {
    name: Cow<'a, str>,
    filled: u32,
    held: HeldAs,
}

/// How the values of a column lie in its section.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum HeldAs {
    Number,
    Words8,
    Words16,
    Day,
    Instant,
    Bool,
    InSource(usize),
}

/// In the words of [`ColumnData::type_name`].
const SOURCE_KINDS: [&str; 7] = ["null", "bool", "number", "text", "json", "mixed", "date"];

/// A column's section while it is written.
enum Values<'a> {
    Plain(&'a ColumnData),
    /// `true`, `false` and none as 1, 0 and 2.
    Bools(Vec<u8>),
    Words {
        data: &'a ColumnData,
        ends: Vec<u32>,
        text: String,
    },
}

impl Contents<'_> {
    /// About what it will take on disk.
    pub(super) fn heap_bytes(&self) -> u64 {
        (self.data.features.heap_bytes() + size_of_val(self.data.index.rows())) as u64
    }

    pub(super) fn write(&self, fingerprint: &Fingerprint, out: &mut impl Write) -> io::Result<()> {
        let features = &self.data.features;
        let arrays = features.arrays();
        let summary = serde_json::to_vec(&self.summary(fingerprint))?;
        let values: Vec<Values<'_>> =
            features.columns().iter().map(|column| Values::of(&column.data)).collect();
        let mut writer = SectionWriter::default();
        writer.push(SUMMARY, &summary);
        writer.push(VERTICES, &arrays.vertices);
        writer.push(RINGS, &arrays.rings);
        writer.push(PARTS, &arrays.parts);
        writer.push(FEATURES, &arrays.features);
        writer.push(PART_KINDS, &arrays.part_kinds);
        writer.push(KINDS, &arrays.kinds);
        writer.push(SPAN_STARTS, &arrays.span_starts);
        writer.push(SPAN_LENGTHS, &arrays.span_lengths);
        writer.push(ORDER, self.data.index.rows());
        for (number, values) in values.iter().enumerate() {
            values.push_to(&mut writer, number as u32);
        }
        writer.write(out)
    }

    fn summary<'a>(&'a self, fingerprint: &'a Fingerprint) -> Summary<'a> {
        let columns = self.data.features.columns().iter().map(|column| ColumnSummary {
            name: Cow::Borrowed(&column.name),
            filled: column.filled,
            held: HeldAs::of(&column.data),
        });
        Summary {
            program: Cow::Borrowed(PROGRAM),
            fingerprint: Cow::Borrowed(fingerprint),
            about: Cow::Borrowed(&self.about),
            columns: columns.collect(),
        }
    }
}

impl HeldAs {
    fn of(data: &ColumnData) -> Self {
        match data {
            ColumnData::Number(_) => Self::Number,
            ColumnData::Word { codes: Codes::U8(_), .. } => Self::Words8,
            ColumnData::Word { codes: Codes::U16(_), .. } => Self::Words16,
            ColumnData::Day(_) => Self::Day,
            ColumnData::Instant(_) => Self::Instant,
            ColumnData::Bool(_) => Self::Bool,
            ColumnData::InSource { kind } => {
                Self::InSource(SOURCE_KINDS.iter().position(|known| known == kind).unwrap_or_default())
            }
        }
    }
}

impl<'a> Values<'a> {
    fn of(data: &'a ColumnData) -> Self {
        match data {
            ColumnData::Bool(values) => {
                Self::Bools(values.iter().map(|value| value.map_or(2, u8::from)).collect())
            }
            ColumnData::Word { words, .. } => {
                let text = words.concat();
                let end = |so_far: &mut u32, word: &String| {
                    *so_far += word.len() as u32;
                    Some(*so_far)
                };
                Self::Words { data, ends: words.iter().scan(0, end).collect(), text }
            }
            data => Self::Plain(data),
        }
    }

    fn push_to(&'a self, writer: &mut SectionWriter<'a>, number: u32) {
        let name = SectionName::new(VALUES, number);
        match self {
            Self::Plain(ColumnData::Number(values)) => writer.push(name, values),
            Self::Plain(ColumnData::Day(days)) => writer.push(name, days),
            Self::Plain(ColumnData::Instant(instants)) => writer.push(name, instants),
            Self::Plain(_) => {}
            Self::Bools(values) => writer.push(name, values),
            Self::Words { data, ends, text } => {
                writer.push(SectionName::new(WORD_ENDS, number), ends);
                writer.push(SectionName::new(WORD_TEXT, number), text.as_bytes());
                match data {
                    ColumnData::Word { codes: Codes::U8(codes), .. } => writer.push(name, codes),
                    ColumnData::Word { codes: Codes::U16(codes), .. } => writer.push(name, codes),
                    _ => {}
                }
            }
        }
    }
}

impl Prepared {
    /// `None` where anything is missing, damaged or of another source.
    pub(super) fn read(
        reader: &SectionReader,
        fingerprint: &Fingerprint,
        source: &SourceBytes,
    ) -> Option<Self> {
        let summary: Vec<u8> = reader.read(SUMMARY)?;
        let summary: Summary<'_> = serde_json::from_slice(&summary).ok()?;
        if summary.program != PROGRAM || *summary.fingerprint != *fingerprint {
            return None;
        }
        let (arrays, columns) =
            rayon::join(|| read_arrays(reader), || read_columns(reader, &summary.columns));
        let arrays = arrays.filter(|arrays| are_plausible(arrays, fingerprint.len))?;
        let features = FeatureStore::from_arrays(arrays, columns?, Some(Arc::new(source.clone())))?;
        let data = LayerData::build_in_order(features, reader.read(ORDER)?)?;
        Some(Self { data, about: summary.about.into_owned() })
    }
}

fn read_arrays(reader: &SectionReader) -> Option<StoreArrays<'static>> {
    let (vertices, (starts, lengths)) = rayon::join(
        || reader.read(VERTICES),
        || rayon::join(|| reader.read(SPAN_STARTS), || reader.read(SPAN_LENGTHS)),
    );
    Some(StoreArrays {
        vertices: Cow::Owned(vertices?),
        rings: Cow::Owned(reader.read(RINGS)?),
        parts: Cow::Owned(reader.read(PARTS)?),
        features: Cow::Owned(reader.read(FEATURES)?),
        part_kinds: Cow::Owned(reader.read(PART_KINDS)?),
        kinds: Cow::Owned(reader.read(KINDS)?),
        span_starts: Cow::Owned(starts?),
        span_lengths: Cow::Owned(lengths?),
    })
}

/// Whether the reader can have made these of a source of so many bytes: checksums are no seal.
fn are_plausible(arrays: &StoreArrays<'_>, source_len: u64) -> bool {
    let on_globe = |&[lon, lat]: &[f64; 2]| lon.abs() <= MAX_LONGITUDE_DEG && lat.abs() <= MAX_LATITUDE_DEG;
    let in_source = |(&start, &length): (&u64, &u32)| {
        // A span that is longer than a number can say is never decoded.
        let length = if length == u32::MAX { 0 } else { u64::from(length) };
        start.checked_add(length).is_some_and(|end| end <= source_len)
    };
    arrays.vertices.par_iter().all(on_globe)
        && arrays.span_starts.par_iter().zip(arrays.span_lengths.par_iter()).all(in_source)
}

fn read_columns(reader: &SectionReader, columns: &[ColumnSummary<'_>]) -> Option<Vec<Column>> {
    let read = |(number, column): (usize, &ColumnSummary<'_>)| {
        let data = read_values(reader, column.held, number as u32)?;
        Some(Column { name: column.name.clone().into_owned(), filled: column.filled, data })
    };
    columns.par_iter().enumerate().map(read).collect()
}

fn read_values(reader: &SectionReader, held: HeldAs, number: u32) -> Option<ColumnData> {
    let name = SectionName::new(VALUES, number);
    Some(match held {
        HeldAs::Number => ColumnData::Number(reader.read(name)?),
        HeldAs::Day => ColumnData::Day(reader.read(name)?),
        HeldAs::Instant => ColumnData::Instant(reader.read(name)?),
        HeldAs::Bool => {
            let bytes: Vec<u8> = reader.read(name)?;
            let value = |byte| match byte {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            };
            ColumnData::Bool(bytes.into_iter().map(value).collect())
        }
        HeldAs::Words8 => {
            ColumnData::Word { words: read_words(reader, number)?, codes: Codes::U8(reader.read(name)?) }
        }
        HeldAs::Words16 => {
            ColumnData::Word { words: read_words(reader, number)?, codes: Codes::U16(reader.read(name)?) }
        }
        HeldAs::InSource(kind) => ColumnData::InSource { kind: SOURCE_KINDS.get(kind)? },
    })
}

fn read_words(reader: &SectionReader, number: u32) -> Option<Vec<String>> {
    let ends: Vec<u32> = reader.read(SectionName::new(WORD_ENDS, number))?;
    let text = String::from_utf8(reader.read(SectionName::new(WORD_TEXT, number))?).ok()?;
    let mut start = 0;
    let mut word = |end: u32| {
        let word = text.get(start..end as usize)?;
        start = end as usize;
        Some(word.to_owned())
    };
    ends.into_iter().map(&mut word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrays(vertex: [f64; 2], start: u64, length: u32) -> StoreArrays<'static> {
        StoreArrays {
            vertices: Cow::Owned(vec![[36.5, 35.5], vertex]),
            span_starts: Cow::Owned(vec![start]),
            span_lengths: Cow::Owned(vec![length]),
            rings: Cow::Borrowed(&[]),
            parts: Cow::Borrowed(&[]),
            features: Cow::Borrowed(&[]),
            part_kinds: Cow::Borrowed(&[]),
            kinds: Cow::Borrowed(&[]),
        }
    }

    #[test]
    fn what_no_reader_makes_is_not_taken() {
        assert!(are_plausible(&arrays([190.0, -90.0], 90, 10), 100));
        for vertex in [[f64::NAN, 0.0], [0.0, f64::INFINITY], [1e300, 0.0], [0.0, 91.0]] {
            assert!(!are_plausible(&arrays(vertex, 0, 10), 100), "{vertex:?}");
        }
        assert!(!are_plausible(&arrays([0.0, 0.0], 91, 10), 100));
        assert!(!are_plausible(&arrays([0.0, 0.0], u64::MAX, u32::MAX - 1), 100));
    }
}
