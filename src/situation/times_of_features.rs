//! The times of a layer's events, read from the columns that a mapping names.
//!
//! Floor 1. Columns that the store holds are read side by side, each word once; what only the source holds is decoded
//! row by row, on all cores.

use super::civil_clock::CivilClock;
use super::source_scan::RowScan;
use super::span_of_event::{precision_of_text, span_of_event};
use super::spelled_date::{DayOrder, SpelledDate, order_of};
use super::{ColumnData, DatePrecision, EventField, EventMapping, EventTimes, FeatureRow, FeatureStore};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The times of all rows, and what is wrong with some.
pub(super) struct TimesOfFeatures {
    pub times: EventTimes,
    /// Rows whose last day is before the first; the first counts.
    pub backwards: Vec<u32>,
}

impl TimesOfFeatures {
    /// Reads the date columns of the mapping. A row without a date in them is undated.
    pub(super) fn read(features: &FeatureStore, mapping: &EventMapping, clock: &mut CivilClock) -> Self {
        let mut spans = dates_of(features, mapping.columns(EventField::Date), clock);
        let lasts = dates_of(features, mapping.columns(EventField::LastDate), clock);
        let precisions = precisions_of(features, mapping);
        let mut backwards = Vec::new();
        // A first day alone is its own span.
        if !(lasts.is_empty() && precisions.is_empty()) {
            for (row, span) in spans.iter_mut().enumerate() {
                let last = lasts.get(row).and_then(Option::as_ref);
                let precision = precisions.get(row).copied().flatten();
                let (whole, is_backwards) = span_of_event(span.as_ref(), last, precision);
                if is_backwards {
                    backwards.push(row as u32);
                }
                *span = whole;
            }
        }
        Self { times: times_of_spans(&spans), backwards }
    }
}

fn times_of_spans(spans: &[Option<SpelledDate>]) -> EventTimes {
    let mut times = EventTimes::with_capacity(spans.len());
    for span in spans {
        match span {
            None => times.push_undated(),
            Some(date) if date.goes_on => times.push_ongoing(date.span.clone()),
            Some(date) => times.push(date.span.clone(), date.sense),
        }
    }
    times
}

/// The first of the columns that has a date for the row; nothing where no column is named.
fn dates_of(features: &FeatureStore, columns: &[String], clock: &mut CivilClock) -> Vec<Option<SpelledDate>> {
    let mut columns = columns.iter();
    let mut dates = columns.next().map(|first| dates_of_column(features, first, clock)).unwrap_or_default();
    for next in columns {
        if dates.iter().all(Option::is_some) {
            break;
        }
        let others = dates_of_column(features, next, clock);
        for (date, other) in dates.iter_mut().zip(others) {
            if date.is_none() {
                *date = other;
            }
        }
    }
    dates
}

fn dates_of_column(features: &FeatureStore, name: &str, clock: &mut CivilClock) -> Vec<Option<SpelledDate>> {
    let rows = features.len();
    let Some(column) = features.column(name) else { return vec![None; rows] };
    match &column.data {
        ColumnData::Day(days) => days
            .iter()
            .map(|&day| if day == ColumnData::NO_DAY { None } else { SpelledDate::day(day) })
            .collect(),
        ColumnData::Instant(instants) => dates_of_instants(instants, clock),
        ColumnData::Word { words, codes } => {
            let order = order_of(words.iter().map(String::as_str));
            let read: Vec<_> = words.iter().map(|word| SpelledDate::read(word, order, clock)).collect();
            (0..rows).map(|row| read.get(codes.get(row)? as usize)?.clone()).collect()
        }
        ColumnData::Number(numbers) => numbers.iter().map(|&number| SpelledDate::of_number(number)).collect(),
        ColumnData::Bool(_) => vec![None; rows],
        ColumnData::InSource { .. } => {
            let texts = texts_in_source(features, name);
            let order = order_of(texts.iter().flatten().map(String::as_str));
            let read =
                |text: &Option<String>, order: DayOrder| SpelledDate::read(text.as_deref()?, order, clock);
            let mut read = read;
            texts.iter().map(|text| read(text, order)).collect()
        }
    }
}

/// Whether the instants of a column, milliseconds, are days that a program wrote as instants: each is a midnight in UTC.
pub fn are_days(instants: &[i64]) -> bool {
    instants.iter().all(|&instant| instant == ColumnData::NO_INSTANT || instant % DAY_MS == 0)
}

fn dates_of_instants(instants: &[i64], clock: &mut CivilClock) -> Vec<Option<SpelledDate>> {
    let is_given = |instant: i64| instant != ColumnData::NO_INSTANT;
    let are_days = are_days(instants);
    let date_of = |instant: i64| match are_days {
        true => SpelledDate::day(i32::try_from(instant / DAY_MS).ok()?),
        false => SpelledDate::minute(clock.minute_of(instant)),
    };
    let mut date_of = date_of;
    instants.iter().map(|&instant| if is_given(instant) { date_of(instant) } else { None }).collect()
}

/// How exactly each row's date is known; nothing where no column says it.
fn precisions_of(features: &FeatureStore, mapping: &EventMapping) -> Vec<Option<DatePrecision>> {
    let name = mapping.columns(EventField::DatePrecision).first();
    let Some((name, column)) = name.and_then(|name| Some((name, features.column(name)?))) else {
        return Vec::new();
    };
    let read = |text: &str| precision_of_text(text, mapping.scheme);
    match &column.data {
        ColumnData::Number(codes) => {
            // Codes are small numbers: each is read once.
            let read: Vec<_> = (0..10).map(|code: u8| read(&code.to_string())).collect();
            codes.iter().map(|&code| *read.get(code as usize).filter(|_| code.fract() == 0.0)?).collect()
        }
        ColumnData::Word { words, codes } => {
            let read: Vec<_> = words.iter().map(|word| read(word)).collect();
            (0..features.len()).map(|row| *read.get(codes.get(row)? as usize)?).collect()
        }
        ColumnData::InSource { .. } => {
            texts_in_source(features, name).iter().map(|text| read(text.as_deref()?)).collect()
        }
        ColumnData::Day(_) | ColumnData::Instant(_) | ColumnData::Bool(_) => Vec::new(),
    }
}

/// The values of a column that only the source holds, as they stand there; `None` where blank or not readable.
fn texts_in_source(features: &FeatureStore, name: &str) -> Vec<Option<String>> {
    let parts =
        features.scan(&RowScan::of(&[name]), |found: &mut Vec<(FeatureRow, String)>, row, details| {
            found.extend(details.words(name).map(|text| (row, text)));
        });
    let mut texts = vec![None; features.len()];
    for (row, text) in parts.unwrap_or_default().into_iter().flatten() {
        texts[row] = Some(text);
    }
    texts
}
