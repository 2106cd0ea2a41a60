//! The sources of one row as claims.
//!
//! Floor 1. A table gives one set of figures for all its sources: none of them is put into the mouth of one.

use jiff::civil::Date;

use super::cells::Cells;
use super::{Claim, CodeScheme, EventField, date_of_day, day_of};

/// One claim a source, without figures; each with its address where there is one for each.
pub(super) fn claims_of_row(cells: Cells<'_>, addresses: &[String]) -> Vec<Claim> {
    let mut claims = match cells.mapping.scheme {
        CodeScheme::Ucdp => claims_of_ucdp(cells),
        _ => {
            cells.items(EventField::Source).into_iter().map(|(_, source)| Claim::of_source(source)).collect()
        }
    };
    if claims.len() == addresses.len() {
        for (claim, address) in claims.iter_mut().zip(addresses) {
            claim.urls = vec![address.clone()];
        }
    }
    claims
}

/// UCDP lists who published it (source_office, with day and headline), and who said it first (source_original). The
/// lists belong together where they are equally long.
fn claims_of_ucdp(cells: Cells<'_>) -> Vec<Claim> {
    let items = |name: &str| -> Vec<String> {
        let value =
            cells.details.properties.iter().find(|(key, _)| super::plain_name::plain_name(key) == name);
        value.map(|(_, value)| super::cells::items_of(value)).unwrap_or_default()
    };
    let offices = items("source_office");
    let of_each = |all: Vec<String>| if all.len() == offices.len() { all } else { Vec::new() };
    let (days, headlines) = (of_each(items("source_date")), of_each(items("source_headline")));
    let originals = items("source_original");
    let mut claims: Vec<Claim> = Vec::new();
    for (place, office) in offices.iter().enumerate() {
        let original = originals.get(place).filter(|_| originals.len() == offices.len());
        let source = match original {
            Some(original) if original != office => format!("{original} via {office}"),
            _ => office.clone(),
        };
        let says = headlines.get(place).cloned().unwrap_or_default();
        let said_on = days.get(place).and_then(|text| date_in(text));
        claims.push(Claim { says, said_on, ..Claim::of_source(source) });
    }
    if originals.len() != offices.len() {
        claims.extend(originals.into_iter().map(Claim::of_source));
    }
    claims.sort_by_key(|claim| (claim.said_on.is_none(), claim.said_on));
    claims
}

/// `2018-09-08`, with a time or without.
fn date_in(text: &str) -> Option<Date> {
    date_of_day(day_of(text.get(..10)?)?)
}
