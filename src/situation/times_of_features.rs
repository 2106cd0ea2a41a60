//! The times of a layer's events, read from the columns that a mapping names.
//!
//! Floor 1. Columns that the store holds are read side by side, each word once; what only the source holds is decoded
//! row by row, on all cores.

use super::civil_clock::CivilClock;
use super::day_order::{DayOrder, FoundDayOrder, NumberOrder, OrderSearch};
use super::source_scan::RowScan;
use super::span_of_event::{precision_of_text, span_of_event};
use super::spelled_date::SpelledDate;
use super::{ColumnData, DatePrecision, EventField, EventMapping, EventTimes, FeatureRow, FeatureStore};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The times of all rows, how they were read, and what is wrong with some.
pub(super) struct TimesOfFeatures {
    pub times: EventTimes,
    /// Rows whose last day is before the first; the first counts.
    pub backwards: Vec<u32>,
    /// Where some dates are numbers alone.
    pub day_order: Option<FoundDayOrder>,
}

impl TimesOfFeatures {
    /// Reads the date columns of the mapping. A row without a date in them is undated.
    pub(super) fn read(features: &FeatureStore, mapping: &EventMapping, clock: &mut CivilClock) -> Self {
        let cells = |field| mapping.columns(field).iter().map(|name| DateCells::of(features, name));
        let [firsts, lasts] =
            [EventField::Date, EventField::LastDate].map(|field| cells(field).collect::<Vec<_>>());
        let day_order = day_order_of(features, firsts.iter().chain(&lasts), mapping.day_order);
        let found = day_order.as_ref().map_or(DayOrder::AsFound, FoundDayOrder::found);
        let order = NumberOrder::of(mapping.day_order, found);
        let mut spans = dates_of(&firsts, features.len(), order, clock);
        let lasts = dates_of(&lasts, features.len(), order, clock);
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
        Self { times: times_of_spans(&spans), backwards, day_order }
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
fn dates_of(
    columns: &[DateCells<'_>],
    rows: usize,
    order: NumberOrder,
    clock: &mut CivilClock,
) -> Vec<Option<SpelledDate>> {
    let mut columns = columns.iter();
    let mut dates = columns.next().map(|first| first.dates(rows, order, clock)).unwrap_or_default();
    for next in columns {
        if dates.iter().all(Option::is_some) {
            break;
        }
        let others = next.dates(rows, order, clock);
        for (date, other) in dates.iter_mut().zip(others) {
            if date.is_none() {
                *date = other;
            }
        }
    }
    dates
}

/// What the dates of some columns that are numbers alone show of their order. Columns of one table are judged together:
/// one hand, or one program, wrote them.
fn day_order_of<'a>(
    features: &FeatureStore,
    columns: impl Iterator<Item = &'a DateCells<'a>>,
    chosen: DayOrder,
) -> Option<FoundDayOrder> {
    let mut search = OrderSearch::default();
    for column in columns {
        match column {
            DateCells::Held(ColumnData::Word { words, codes }) => {
                let rows = codes.first_rows(words.len());
                let rows = words.iter().zip(rows).filter_map(|(word, row)| Some((word, row?)));
                rows.for_each(|(word, row)| search.see(word, row));
            }
            DateCells::InSource(texts) => {
                let filled = texts.iter().enumerate().filter_map(|(row, text)| Some((row, text.as_deref()?)));
                filled.for_each(|(row, text)| search.see(text, row));
            }
            DateCells::Held(_) | DateCells::Absent => {}
        }
    }
    search.finish(features, chosen)
}

/// What a column holds of dates.
enum DateCells<'a> {
    Held(&'a ColumnData),
    /// As only the source says them, row by row.
    InSource(Vec<Option<String>>),
    /// There is no such column.
    Absent,
}

impl<'a> DateCells<'a> {
    fn of(features: &'a FeatureStore, name: &str) -> Self {
        match features.column(name).map(|column| &column.data) {
            None => Self::Absent,
            Some(ColumnData::InSource { .. }) => Self::InSource(texts_in_source(features, name)),
            Some(data) => Self::Held(data),
        }
    }

    fn dates(&self, rows: usize, order: NumberOrder, clock: &mut CivilClock) -> Vec<Option<SpelledDate>> {
        let data = match self {
            Self::Absent => return vec![None; rows],
            Self::InSource(texts) => {
                let mut read = |text: &Option<String>| SpelledDate::read(text.as_deref()?, order, clock);
                return texts.iter().map(&mut read).collect();
            }
            Self::Held(data) => data,
        };
        match data {
            ColumnData::Day(days) => days
                .iter()
                .map(|&day| if day == ColumnData::NO_DAY { None } else { SpelledDate::day(day) })
                .collect(),
            ColumnData::Instant(instants) => dates_of_instants(instants, clock),
            ColumnData::Word { words, codes } => {
                let read: Vec<_> = words.iter().map(|word| SpelledDate::read(word, order, clock)).collect();
                (0..rows).map(|row| read.get(codes.get(row)? as usize)?.clone()).collect()
            }
            ColumnData::Number(numbers) => {
                numbers.iter().map(|&number| SpelledDate::of_number(number)).collect()
            }
            ColumnData::Bool(_) | ColumnData::InSource { .. } => vec![None; rows],
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
