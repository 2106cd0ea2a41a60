//! When the event of one row was, in days.
//!
//! Floor 1.

use jiff::civil::Date;

use super::cells::Cells;
use super::event_of_row::doubt;
use super::span_of_event::precision_of_text;
use super::{
    CivilMinute, DAY_MINUTES, DatePrecision, Doubt, Edtf, EdtfEnd, EventField, FeatureRow, LayerEvents,
    TimeSense, When, date_of_day,
};

/// The days of the row's span, and what is uncertain of them where the table says it in EDTF.
pub(super) fn when_of_row(
    events: &LayerEvents,
    row: FeatureRow,
    cells: Cells<'_>,
    doubts: &mut Vec<Doubt>,
) -> Option<When> {
    let texts: Vec<String> = [EventField::Date, EventField::LastDate]
        .into_iter()
        .flat_map(|field| cells.all(field))
        .map(|(_, text)| text)
        .collect();
    if events.is_backwards(row) {
        doubts.push(doubt("The last day is before the first; the first is shown", texts.join(" – ")));
    }
    let Some(span) = events.times().span(row) else {
        if !texts.is_empty() {
            doubts.push(doubt("The date cannot be read", texts.join(" – ")));
        }
        return None;
    };
    let day = |minute: CivilMinute| date_of_day(minute.div_euclid(DAY_MINUTES));
    let is_ongoing = events.times().is_ongoing(row);
    let first = day(span.start)?;
    let last = if is_ongoing { first } else { day(span.end - 1)? };
    let sense = events.times().senses()[row];
    let said = cells
        .first(EventField::DatePrecision)
        .and_then(|text| precision_of_text(&text, cells.mapping.scheme));
    let precision = match sense {
        TimeSense::Within => {
            // "September 2018" is no day, whatever its row says of precision.
            let coarse = said.filter(|said| *said != DatePrecision::Day);
            coarse.unwrap_or_else(|| precision_of_days(first, last))
        }
        _ => DatePrecision::Day,
    };
    let plain = if is_ongoing { format!("{first}/..") } else { edtf_of_days(first, last, precision) };
    let written = texts.iter().filter(|text| **text != plain).filter_map(|text| text.parse::<Edtf>().ok());
    let fitting = written
        .filter(|edtf| is_ongoing == (edtf.end() == EdtfEnd::Open))
        .chain(plain.parse().ok())
        .filter_map(|edtf| When::new(first, last, edtf, precision).ok());
    // A cell of one day fits an event that lasts one; of several fitting ones the one that says more counts.
    fitting.max_by_key(|when| when.edtf.is_uncertain() || when.edtf.is_approximate())
}

/// How exactly some time in these days is known.
fn precision_of_days(first: Date, last: Date) -> DatePrecision {
    match (last - first).get_days() + 1 {
        ..=1 => DatePrecision::Day,
        2..=6 => DatePrecision::DaysTwoToSix,
        7 => DatePrecision::Week,
        8..=31 => DatePrecision::Month,
        _ => DatePrecision::Year,
    }
}

fn edtf_of_days(first: Date, last: Date, precision: DatePrecision) -> String {
    let is_month = (first, last) == (first.first_of_month(), first.last_of_month());
    let is_year = (first, last) == (first.first_of_year(), first.last_of_year());
    match precision {
        _ if first == last => first.to_string(),
        DatePrecision::Month if is_month => first.strftime("%Y-%m").to_string(),
        DatePrecision::Year if is_year => first.strftime("%Y").to_string(),
        _ => format!("{first}/{last}"),
    }
}
