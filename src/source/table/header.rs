//! The rows above the data: names of the columns, HXL hashtags, titles of the sheet.
//!
//! Floor 2.

use std::collections::HashSet;

use super::format::{DecimalSign, HeaderRow};
use super::number::{is_no_number, number_of};
use super::sample::Texts;
use crate::source::geometry::shorten;

/// HXL allows its hashtags in one of the first rows.
const MOST_ROWS_ABOVE_TAGS: usize = 25;

/// The record of HXL hashtags (HXL 1.1: at least half of what is filled begins with `#` and a letter).
pub(super) fn find_tags(records: &[Texts<'_>]) -> Option<usize> {
    let is_tag = |text: &[u8]| matches!(text, [b'#', letter, ..] if letter.is_ascii_alphabetic());
    records.iter().take(MOST_ROWS_ABOVE_TAGS).position(|texts| {
        let filled = texts.iter().filter(|text| !text.is_empty());
        let tags = filled.clone().filter(|text| is_tag(text)).count();
        tags > 0 && 2 * tags >= filled.count()
    })
}

/// The record with the names of the columns. `fields` is how many most records have.
pub(super) fn find_header(records: &[Texts<'_>], fields: usize, tags: Option<usize>) -> HeaderRow {
    if let Some(tags) = tags {
        // Without names the hashtags are names enough.
        let is_row = |record: &usize| is_filled_row(&records[*record], fields);
        return HeaderRow::At(tags.checked_sub(1).filter(is_row).unwrap_or(tags));
    }
    let Some(first) = records.iter().position(|texts| is_filled_row(texts, fields)) else {
        return HeaderRow::Absent;
    };
    match looks_like_names(&records[first], &records[first + 1..]) {
        true => HeaderRow::At(first),
        false => HeaderRow::Absent,
    }
}

/// Whether the record is as wide as the table and most of it is filled: a title above a table is not.
fn is_filled_row(texts: &Texts<'_>, fields: usize) -> bool {
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    texts.len() >= fields && 2 * filled > fields
}

/// Names are short, different, and neither numbers nor dates. Years may be names.
fn looks_like_names(texts: &Texts<'_>, below: &[Texts<'_>]) -> bool {
    const LONGEST: usize = 200;
    let filled: Vec<&[u8]> =
        texts.iter().map(AsRef::as_ref).filter(|text: &&[u8]| !text.is_empty()).collect();
    let different: HashSet<&[u8]> = filled.iter().copied().collect();
    let numbers = filled.iter().filter(|text| is_value(text)).count();
    let years = filled.iter().filter(|text| is_year(text)).count();
    let has_values = numbers > years || (numbers > 0 && numbers == filled.len());
    let short = filled.iter().all(|text| text.len() <= LONGEST);
    // Names may come twice; rows in which much is the same are data, unless they differ from what is below.
    short && !has_values && (3 * different.len() > 2 * filled.len() || stand_over_values(texts, below))
}

/// Whether below one of these texts most of what is there are numbers or dates.
fn stand_over_values(texts: &Texts<'_>, below: &[Texts<'_>]) -> bool {
    const MOST: usize = 20;
    (0..texts.len()).any(|column| {
        let filled =
            below.iter().take(MOST).filter_map(|texts| texts.get(column)).filter(|text| !text.is_empty());
        let values = filled.clone().filter(|text| is_value(text)).count();
        !texts[column].is_empty() && values > 0 && 2 * values >= filled.count()
    })
}

fn is_value(text: &[u8]) -> bool {
    let is_number = |decimal| number_of(text, decimal).is_some();
    let is_date = matches!(text, [y, .., _] if y.is_ascii_digit())
        && text.len() >= 8
        && text.iter().all(|byte| byte.is_ascii_digit() || b"-/.: TZ".contains(byte));
    is_number(DecimalSign::Point) || is_number(DecimalSign::Comma) || is_no_number(text) || is_date
}

fn is_year(text: &[u8]) -> bool {
    matches!(text, [b'1' | b'2', b'0' | b'9', a, b] if a.is_ascii_digit() && b.is_ascii_digit())
}

/// The names of so many columns: those of the record, each once, numbered where it has none.
pub(super) fn column_names(header: Option<&Texts<'_>>, columns: usize) -> Vec<String> {
    let mut taken = HashSet::new();
    let named = |column: usize| {
        let text = header.and_then(|texts| texts.get(column)).map(|text| String::from_utf8_lossy(text));
        let text = text.as_deref().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        text.filter(|text| !text.is_empty()).unwrap_or_else(|| format!("column {}", column + 1))
    };
    (0..columns)
        .map(|column| {
            let name = shorten_name(&named(column));
            let mut unique = name.clone();
            let mut count = 1;
            while !taken.insert(unique.clone()) {
                count += 1;
                unique = format!("{name} ({count})");
            }
            unique
        })
        .collect()
}

/// A name of a hundred megabytes is none.
fn shorten_name(name: &str) -> String {
    if name.len() > 500 { shorten(name) } else { name.to_owned() }
}

/// Whether the columns are those of the Armed Conflict Location & Event Data Project: it has terms of its own.
pub(super) fn is_acled(names: &[String]) -> bool {
    const TELLING: [&str; 4] = ["event_id_cnty", "sub_event_type", "assoc_actor_1", "geo_precision"];
    TELLING.iter().all(|telling| names.iter().any(|name| name.eq_ignore_ascii_case(telling)))
}

/// What its terms ask of whoever uses ACLED's data, in our words.
pub(super) const ACLED_TERMS: &str = "these are rows of ACLED, which come with terms of use: name ACLED as the source \
    wherever the data or something made of it is shown, say when it was downloaded and what was changed, and do not pass \
    the rows themselves on; see acleddata.com";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::table::fields::Layout;
    use crate::source::table::sample::head_records;

    fn header_of(text: &str) -> (HeaderRow, Option<usize>) {
        let records = head_records(text.as_bytes(), 0, Layout { delimiter: b',', line_end: b'\n' });
        let fields = records.iter().map(Vec::len).max().unwrap_or(0);
        let tags = find_tags(&records);
        (find_header(&records, fields, tags), tags)
    }

    #[test]
    fn the_row_of_names_is_found_above_data_and_below_titles() {
        assert_eq!(header_of("a,b\n1,2\n"), (HeaderRow::At(0), None));
        assert_eq!(header_of("Incidents in Idlib,,\n,,\nname,lat,lon\nx,1,2\n"), (HeaderRow::At(2), None));
        assert_eq!(header_of("Places,\nname,n\nx,1\n"), (HeaderRow::At(1), None));
        assert_eq!(header_of("x,35.9,36.6\ny,35.8,36.5\n"), (HeaderRow::Absent, None));
        assert_eq!(header_of("2018-09-08,Idlib\n2018-09-09,Hama\n"), (HeaderRow::Absent, None));
        assert_eq!(header_of("place,2017,2018\nIdlib,3,4\n"), (HeaderRow::At(0), None));
        assert_eq!(header_of(""), (HeaderRow::Absent, None));
        assert_eq!(
            header_of("lat,lon,source,source,source,source\n35,36,a,b,c,d\n"),
            (HeaderRow::At(0), None)
        );
        assert_eq!(header_of("a,a,a,a\nb,a,a,b\n"), (HeaderRow::Absent, None));
    }

    #[test]
    fn hashtags_stand_beneath_the_names_or_in_their_stead() {
        assert_eq!(header_of("Lat,Lon\n#geo+lat,#geo+lon\n35,36\n"), (HeaderRow::At(0), Some(1)));
        assert_eq!(header_of("#geo+lat,#geo+lon\n35,36\n"), (HeaderRow::At(0), Some(0)));
        assert_eq!(header_of("Sheet,\nLat,Lon\n#geo+lat,\n35,36\n"), (HeaderRow::At(1), Some(2)));
        assert_eq!(header_of("a,b\n#1,#2\n"), (HeaderRow::At(0), None));
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let records = head_records(b"a,,a, b  c \n", 0, Layout { delimiter: b',', line_end: b'\n' });
        assert_eq!(column_names(records.first(), 5), ["a", "column 2", "a (2)", "b c", "column 5"]);
        assert_eq!(column_names(None, 1), ["column 1"]);
    }
}
