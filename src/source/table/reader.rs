//! Reads a table: from bytes to a feature store and a load report.
//!
//! Floor 2.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::issues::{Issue, Severity};
use super::super::limits::MAX_COLUMNS;
use super::super::merge::{Merged, merge_parts};
use super::super::part::Part;
use super::super::plan::Plan;
use super::super::reader::{LayerInfo, Loaded, ReadingOptions};
use super::super::ticker::Refusal;
use super::super::{LoadError, SourceBytes};
use super::details::TableSource;
use super::fields::{Layout, RecordReader};
use super::format::{HeaderRow, TableFormat, TableInfo};
use super::header::{ACLED_TERMS, column_names, is_acled};
use super::number::{has_digit, is_no_number, is_no_value, number_of};
use super::place_columns::{PlaceColumns, SampledColumn, guess_places};
use super::place_names::PlaceNames;
use super::placed_names::PlacedNames;
use super::retype::retype_mixed;
use super::row_place::PlaceReader;
use super::rows::Table;
use super::sample::{Texts, head_records, is_all_looked_at, scattered_records};
use super::sniff::{find_format, sampled_encoding};
use super::stretches::read_all_rows;
use super::text_encoding::{TextEncoding, encoding_of, is_partly_utf8};
use super::text_start;
use crate::coords::{UtmZone, utm_zone_of};
use crate::situation::{Column, FeatureStore};

/// Values of a column that are looked at before it is known what it is.
const SAMPLED_VALUES: usize = 400;

/// What the sample says of a table.
struct TableLayout {
    table: Table,
    info: TableInfo,
    /// The first byte of the data.
    start: usize,
    /// What is to be told of the table as a whole.
    told: Vec<(Severity, String)>,
}

/// Reads the table whose bytes, as they are stored, are `bytes`. `plan` is made for the bytes that are read in the end.
pub(in super::super) fn read_table<'p>(
    source: &SourceBytes,
    bytes: &[u8],
    options: &ReadingOptions<'_>,
    plan: &dyn Fn(usize) -> Plan<'p>,
) -> Result<Loaded<FeatureStore>, LoadError> {
    let encoding = options.table.encoding.unwrap_or_else(|| sampled_encoding(bytes));
    let (loaded, damaged) = read_in(encoding, source, bytes, options, plan)?;
    if damaged == 0 || options.table.encoding.is_some() || is_all_looked_at(bytes) {
        return Ok(loaded);
    }
    // The sample had too few letters to tell.
    let of_all = encoding_of(bytes);
    if of_all == encoding { Ok(loaded) } else { Ok(read_in(of_all, source, bytes, options, plan)?.0) }
}

/// Reads the table in one encoding; answers how many rows have letters that are not of it, too.
fn read_in<'p>(
    encoding: TextEncoding,
    source: &SourceBytes,
    bytes: &[u8],
    options: &ReadingOptions<'_>,
    plan: &dyn Fn(usize) -> Plan<'p>,
) -> Result<(Loaded<FeatureStore>, usize), LoadError> {
    match encoding.to_utf8(bytes) {
        None => read_utf8(encoding, source, bytes, options, plan(bytes.len())),
        Some(utf8) => {
            let is_mixed = is_partly_utf8(encoding, bytes);
            let source = source.rewritten(utf8)?;
            let view = source.view()?;
            let (mut loaded, damaged) = read_utf8(encoding, &source, &view, options, plan(view.len()))?;
            if is_mixed {
                loaded.issues.insert(0, mixed_encodings(encoding));
            }
            Ok((loaded, damaged))
        }
    }
}

fn mixed_encodings(encoding: TextEncoding) -> Issue {
    let message = format!(
        "some letters are in UTF-8 and others in {}; those in UTF-8 read wrong: save the table in one encoding",
        encoding.label()
    );
    Issue { severity: Severity::Warning, message, feature: None, id: None, line: None, column: None }
}

fn read_utf8(
    encoding: TextEncoding,
    source: &SourceBytes,
    bytes: &[u8],
    options: &ReadingOptions<'_>,
    plan: Plan<'_>,
) -> Result<(Loaded<FeatureStore>, usize), LoadError> {
    let origin = || source.origin().to_owned();
    let start = text_start(bytes);
    if bytes[start..].trim_ascii().is_empty() {
        return Err(LoadError::NotTable { reason: "the file is empty".into(), origin: origin() });
    }
    let (format, layout) = find_format(bytes, start, encoding, &options.table);
    let TableLayout { table, info, start, told } = lay_out(bytes, start, (format, layout), options);
    let refused = |refusal| match refusal {
        Refusal::Cancelled => LoadError::Cancelled,
        Refusal::TooBig(reason) => LoadError::TooBig { reason, origin: origin() },
        _ => LoadError::NotTable { reason: "it cannot be read".into(), origin: origin() },
    };
    let mut rows = read_all_rows(bytes, &table, start, &plan).map_err(refused)?;
    let mut by_sound = PlacedNames::default();
    rows.iter_mut().for_each(|rows| by_sound.follow(std::mem::take(&mut rows.by_sound)));
    let (blank, damaged) = rows.iter().fold((0, 0), |(b, d), rows| (b + rows.blank, d + rows.damaged));
    let mut parts: Vec<Part<'_>> = rows.into_iter().map(|rows| rows.part).collect();
    retype_mixed(bytes, &table, &mut parts, &plan).map_err(refused)?;
    let rejected = parts.iter().map(|part| part.read - part.builder.len()).sum();
    let Merged { features, columns, mut log, has_more_names } = merge_parts(parts, bytes.len());
    let warning = source.warning().map(|warning| (Severity::Warning, warning.to_owned()));
    let told = warning.into_iter().chain(told).chain(notes(blank, has_more_names));
    told.for_each(|(severity, message)| log.push_general(severity, message));
    by_sound.tell(&mut log);
    let packing = source.packing().map(|packing| format!(" ({packing})")).unwrap_or_default();
    let info = LayerInfo {
        format: format!("{}{packing}", format.words()),
        rejected,
        table: Some(info),
        ..LayerInfo::default()
    };
    let issues = log.finish_in_lines(bytes, layout.line_end);
    let details = details_source(source, &table, &columns);
    let value = features.finish(columns, Some(Arc::new(details)));
    Ok((Loaded { value, info, issues }, damaged))
}

/// What is to be told of a table that was read.
fn notes(blank: usize, has_more_names: bool) -> impl Iterator<Item = (Severity, String)> {
    let rows = if blank == 1 { "row is" } else { "rows are" };
    let blank = (blank > 0).then(|| format!("{blank} blank {rows} left out"));
    let more = || {
        format!("there are more than {MAX_COLUMNS} columns; the further ones are shown in the details only")
    };
    blank.into_iter().chain(has_more_names.then(more)).map(|message| (Severity::Note, message))
}

fn details_source(source: &SourceBytes, table: &Table, columns: &[Column]) -> TableSource {
    let is_number = |name: &String| {
        let column = columns.iter().find(|column| column.name == *name);
        column.is_some_and(|column| column.data.type_name() == "number")
    };
    TableSource {
        source: source.clone(),
        layout: table.layout,
        decimal: table.decimal,
        columns: table.names.iter().map(|name| (name.clone(), is_number(name))).collect(),
    }
}

/// Names, kinds and places of the columns, and where the data begins.
fn lay_out(
    bytes: &[u8],
    start: usize,
    (format, layout): (TableFormat, Layout),
    options: &ReadingOptions<'_>,
) -> TableLayout {
    let head = head_records(bytes, start, layout);
    let header = match format.header {
        HeaderRow::At(record) => head.get(record),
        HeaderRow::Absent => None,
    };
    let data = head.get(format.first_data_record()..).unwrap_or_default();
    let names = column_names(header, width_of(header, data));
    let mut sample: Vec<&Texts<'_>> = data.iter().collect();
    let scattered = scattered_records(bytes, layout, names.len());
    sample.extend(&scattered);
    let columns: Vec<Vec<&Cow<'_, [u8]>>> =
        (0..names.len()).map(|column| values_of(&sample, column)).collect();
    let is_other = |text: &&&Cow<'_, [u8]>| number_of(text, format.decimal).is_none() && !is_no_value(text);
    let is_text = columns.iter().map(|values| values.iter().any(|text| is_other(&text))).collect();
    let is_counted = columns
        .iter()
        .map(|values| {
            let mut others = values.iter().filter(|text| is_other(text));
            // Without any digit a word is a word, and a dash is none.
            let mut values = values.iter();
            others.all(|text| has_digit(text))
                && (values.clone().any(|text| has_digit(text)) || values.all(|text| is_no_number(text)))
        })
        .collect();
    let tags = tags_of(&head, &format, &names);
    let (places, reader, told) = find_places(&names, &columns, &tags, &format, options);
    let table = Table { layout, decimal: format.decimal, names, is_text, is_counted, places: reader };
    let info = TableInfo { format, places, columns: table.names.clone(), tags };
    let start = start_of_record(bytes, start, layout, format.first_data_record());
    let mut found = TableLayout { table, info, start, told };
    if is_acled(&found.info.columns) {
        found.told.push((Severity::Note, ACLED_TERMS.to_owned()));
    }
    found
}

/// How many columns there are: those with a name, or more where most rows have more.
fn width_of(header: Option<&Texts<'_>>, data: &[Texts<'_>]) -> usize {
    let width =
        |texts: &Texts<'_>| texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    let mut widths: Vec<usize> = data.iter().map(width).filter(|&width| width > 0).collect();
    widths.sort_unstable();
    let of_most = match header {
        Some(_) => widths.get(widths.len() / 2),
        None => widths.last(),
    };
    header.map_or(0, width).max(of_most.copied().unwrap_or(0)).max(1)
}

fn values_of<'s, 'a>(sample: &[&'s Texts<'a>], column: usize) -> Vec<&'s Cow<'a, [u8]>> {
    let values = sample.iter().filter_map(|texts| texts.get(column)).filter(|text| !text.is_empty());
    values.collect()
}

/// Column and hashtag of those that have one.
fn tags_of(head: &[Texts<'_>], format: &TableFormat, names: &[String]) -> Vec<(String, String)> {
    let Some(tags) = format.tags.and_then(|record| head.get(record)) else {
        // Where there are no names, the hashtags are the names.
        let is_tag = |name: &&String| name.starts_with('#');
        return names.iter().filter(is_tag).map(|name| (name.clone(), name.clone())).collect();
    };
    let tagged = names.iter().zip(tags).filter(|(_, tag)| !tag.is_empty());
    tagged.map(|(name, tag)| (name.clone(), String::from_utf8_lossy(tag).into_owned())).collect()
}

/// The columns that say where, how they are read, and what is to be told about it.
fn find_places(
    names: &[String],
    columns: &[Vec<&Cow<'_, [u8]>>],
    tags: &[(String, String)],
    format: &TableFormat,
    options: &ReadingOptions<'_>,
) -> (PlaceColumns, PlaceReader, Vec<(Severity, String)>) {
    let mut told = Vec::new();
    let gazetteer = || options.gazetteer.map(|gazetteer| PlaceNames::new(&gazetteer()));
    let reader = |places: &PlaceColumns| {
        let known = if matches!(places, PlaceColumns::Name { .. }) { gazetteer() } else { None };
        PlaceReader::new(places, names, format.decimal, known)
    };
    if let Some(places) = &options.table.places {
        if let Some(reader) = reader(places) {
            return (places.clone(), reader, told);
        }
        let message =
            "a column that was to say where the rows are is not in the table; others were looked for";
        told.push((Severity::Warning, message.to_owned()));
    }
    let sampled: Vec<SampledColumn<'_>> = names
        .iter()
        .zip(columns)
        .map(|(name, values)| SampledColumn {
            name,
            tag: tags.iter().find(|(tagged, _)| tagged == name).map(|(_, tag)| tag.as_str()),
            values: values
                .iter()
                .take(SAMPLED_VALUES)
                .filter_map(|text| std::str::from_utf8(text).ok())
                .collect(),
        })
        .collect();
    let has_header = matches!(format.header, HeaderRow::At(_));
    let places = guess_places(&sampled, format.decimal, has_header, gazetteer);
    match &places {
        PlaceColumns::None => told.push((
            Severity::Warning,
            "no column says where the rows are, so none of them is on the map; choose the columns of latitude and \
             longitude, or of another place, in the table's import settings"
                .to_owned(),
        )),
        PlaceColumns::Name { column } => told.push((
            Severity::Note,
            format!("the places are looked up by their names in the column “{column}”; they stand for the whole place"),
        )),
        PlaceColumns::Utm { zone, .. } => told.extend(note_on_zones(zone, &sampled)),
        _ => {}
    }
    let found =
        reader(&places).or_else(|| PlaceReader::new(&PlaceColumns::None, names, format.decimal, None));
    (places, found.expect("no place needs no column"), told)
}

/// What is assumed of a letter behind the zone that may mean two things.
fn note_on_zones(zone: &str, columns: &[SampledColumn<'_>]) -> Option<(Severity, String)> {
    let mut values = columns.iter().filter(|column| column.name == zone).flat_map(|column| &column.values);
    let ambiguous = values.find(|value| utm_zone_of(value).is_some_and(UtmZone::is_ambiguous))?;
    let message = format!(
        "the S of zones such as “{ambiguous}” is read as the latitude band from 32° to 40° north where the northing lies in \
         it; write “South” for the southern hemisphere"
    );
    Some((Severity::Note, message))
}

/// Where the record of that number begins.
fn start_of_record(bytes: &[u8], start: usize, layout: Layout, record: usize) -> usize {
    let mut reader = RecordReader::new(bytes, layout);
    let mut at = start;
    for _ in 0..record {
        if at >= bytes.len() {
            break;
        }
        at = reader.read(at).next;
    }
    at
}
