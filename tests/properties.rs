//! What must hold of any file and any text, tried on many that are made of random bytes.
//!
//! The fuzz targets ask the same of what they find; see `fuzz/`.

#![allow(clippy::unwrap_used)]

#[path = "support/generated.rs"]
mod generated;
#[path = "support/properties.rs"]
mod properties;

use arbitrary::{Result, Unstructured};

/// Tries a check on as much as is made in the usual time of such tests.
fn all<T>(made: fn(&mut Unstructured<'_>) -> Result<T>, check: impl Fn(T)) {
    arbtest::arbtest(|u| {
        check(made(u)?);
        Ok(())
    });
}

#[test]
fn of_any_document_what_is_kept_and_what_is_refused_is_all_there_is() {
    all(generated::document, |bytes| properties::layer(&bytes));
}

#[test]
fn of_any_table_what_is_kept_and_what_is_refused_is_all_there_is() {
    all(|u| Ok([u.bytes(2)?.to_vec(), generated::table(u)?].concat()), |bytes| properties::table(&bytes));
}

#[test]
fn any_well_known_text_gives_a_whole_geometry_or_a_reason() {
    all(generated::wkt, |text| properties::wkt(&text));
}

#[test]
fn any_date_has_an_order_and_is_what_was_written() {
    all(generated::date, |text| properties::edtf(&text));
    all(
        |u| Ok([generated::date(u)?, generated::date(u)?, generated::date(u)?].join("\n")),
        |text| properties::dates(&text),
    );
}

#[test]
fn any_number_of_people_has_its_bounds_in_order() {
    all(generated::figure, |text| properties::figures(&text));
}

#[test]
fn any_position_is_read_again_from_every_notation() {
    all(generated::written_position, |text| properties::position(&text));
}

#[test]
fn any_filter_is_read_again_as_it_was_and_is_not_met_together_with_its_opposite() {
    all(generated::expression, |text| properties::expression(&text));
}

#[test]
fn any_text_keeps_its_letters_and_moves_nothing_around_it() {
    all(generated::words, |text| properties::text(&text));
}

#[test]
fn any_text_can_be_looked_for() {
    all(generated::words, |text| properties::search(&text));
}

#[test]
fn any_saved_session_comes_back_as_far_as_it_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("last-session.json");
    all(generated::session, |text| {
        std::fs::write(&path, text).unwrap();
        properties::session(&path);
    });
}

#[test]
fn any_project_opens_as_it_was_saved_or_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("any.sitmap");
    all(generated::project, |bytes| properties::project(&bytes, &path));
}
