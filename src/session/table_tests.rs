use std::sync::Arc;

use super::super::{Command, FilterCommand, Session, Settings, SituationFilter, TimeCommand};
use super::*;
use crate::index::ColumnSummary;
use crate::situation::{day_of, minute_of_day};

/// Row *n* has a number that falls with *n*, but for one that has none.
fn session_with_rows() -> (Session, LayerId) {
    let row = |n: usize| {
        let value = if n == 3 { "null".to_owned() } else { (100 - n).to_string() };
        format!(
            r#"{{"type":"Feature","properties":{{"name":"row {n}","n":{value},"list":[{n}]}},"geometry":null}}"#
        )
    };
    let rows: Vec<String> = (0..6).map(row).collect();
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, rows.join(","));
    let mut session = Session::new(Settings { table_open: true, ..Settings::default() }, Arc::new(|| {}));
    session.apply(Command::PasteGeoJson(text));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    (session, layer)
}

fn table(session: &mut Session, command: TableCommand) {
    session.apply(Command::Table(command));
    session.settle();
}

fn sort(session: &mut Session, layer: LayerId, column: TableColumn, direction: SortDirection) {
    table(session, TableCommand::SortBy { layer, sort: Some(RowSort::by(column, direction)) });
}

fn of(name: &str) -> TableColumn {
    TableColumn::Of(name.to_owned())
}

fn listed(session: &Session) -> Vec<usize> {
    let rows = session.table_rows().unwrap();
    (0..rows.len()).map(|place| rows.row(place).unwrap()).collect()
}

#[test]
fn rows_are_sorted_filtered_and_left_in_the_order_of_the_file_again() {
    let (mut session, layer) = session_with_rows();
    assert_eq!(listed(&session), [0, 1, 2, 3, 4, 5]);
    sort(&mut session, layer, of("n"), SortDirection::Ascending);
    assert_eq!(listed(&session), [5, 4, 2, 1, 0, 3]);
    session.apply(Command::SetFilter { layer, filter: Some("n <= 98".parse().unwrap()) });
    session.settle();
    assert_eq!(listed(&session), [5, 4, 2]);
    sort(&mut session, layer, TableColumn::Title, SortDirection::Descending);
    assert_eq!(listed(&session), [5, 4, 2]);
    table(&mut session, TableCommand::SortBy { layer, sort: None });
    assert_eq!(listed(&session), [2, 4, 5]);
}

#[test]
fn a_sorting_that_is_stopped_or_replaced_leaves_the_rows_as_they_are() {
    let (mut session, layer) = session_with_rows();
    let sort_by = |column, direction| {
        let sort = Some(RowSort::by(column, direction));
        Command::Table(TableCommand::SortBy { layer, sort })
    };
    sort(&mut session, layer, of("n"), SortDirection::Ascending);
    session.apply(sort_by(TableColumn::Title, SortDirection::Descending));
    session.tick();
    assert!(session.is_table_being_sorted());
    session.apply(Command::Table(TableCommand::StopSorting));
    session.settle();
    assert_eq!(session.table_view(layer).sort.unwrap().column, of("n"));
    assert_eq!(listed(&session), [5, 4, 2, 1, 0, 3]);
    // To another one and back before the first has reported.
    session.apply(sort_by(TableColumn::Title, SortDirection::Descending));
    session.tick();
    session.apply(sort_by(of("name"), SortDirection::Ascending));
    session.tick();
    session.apply(sort_by(TableColumn::Title, SortDirection::Descending));
    session.settle();
    assert_eq!(listed(&session), [5, 4, 3, 2, 1, 0]);
}

#[test]
fn a_table_that_is_closed_keeps_no_rows() {
    let (mut session, layer) = session_with_rows();
    sort(&mut session, layer, of("n"), SortDirection::Ascending);
    session.apply(Command::SetPanelOpen { panel: crate::session::Panel::Table, open: false });
    session.settle();
    assert!(session.table_rows().is_none());
    session.apply(Command::SetPanelOpen { panel: crate::session::Panel::Table, open: true });
    session.settle();
    assert_eq!(listed(&session), [5, 4, 2, 1, 0, 3]);
}

#[test]
fn the_table_lists_the_events_that_filter_and_time_show() {
    let settings = Settings { table_open: true, ..Settings::default() };
    let mut session = Session::new(settings, Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    assert_eq!(session.table_layer(), Some(strikes));
    assert_eq!(session.table_rows().unwrap().len(), 94);
    let day = minute_of_day(day_of("2018-09-08").unwrap());
    session.apply(Command::Time(TimeCommand::SetWindow(Some(day..day + 1440))));
    let filter = SituationFilter { filter: "weapon = air_strike".parse().unwrap(), area: None };
    session.apply(Command::Filter(FilterCommand::Set(filter)));
    session.settle();
    let shown = session.content(strikes).unwrap().shown().unwrap();
    assert_eq!(listed(&session), shown.rows.iter().collect::<Vec<_>>());
    assert!(shown.count > 0 && shown.count < 94);
}

#[test]
fn columns_stay_where_they_were_put_and_as_wide_until_the_next_start() {
    let (mut session, layer) = session_with_rows();
    let names = |session: &Session| -> Vec<(TableColumn, bool)> {
        let features = &session.content(layer).unwrap().data().unwrap().features;
        let columns = session.table_view(layer).arranged(features, None);
        columns.into_iter().map(|view| (view.column, view.is_hidden)).collect()
    };
    // The name is the title, and what is nested is for the details.
    let usual = [(TableColumn::Title, false), (of("name"), true), (of("n"), false), (of("list"), true)];
    assert_eq!(names(&session), usual);
    let move_list = TableCommand::MoveColumn { layer, column: of("list"), before: Some(of("n")) };
    table(&mut session, move_list);
    table(&mut session, TableCommand::SetColumnShown { layer, column: of("list"), shown: true });
    table(&mut session, TableCommand::SetColumnWidth { layer, column: of("n"), width: 9.0 });
    let moved = [(TableColumn::Title, false), (of("name"), true), (of("list"), false), (of("n"), false)];
    assert_eq!(names(&session), moved);
    assert_eq!(session.table_view(layer).columns[3].width, Some(NARROWEST_COLUMN));
    let written = serde_json::to_string(&session.table_view(layer)).unwrap();
    let read: TableView = serde_json::from_str(&written).unwrap();
    assert_eq!(read, session.table_view(layer));
    table(&mut session, TableCommand::ResetColumns(layer));
    assert_eq!(names(&session), usual);
}

#[test]
fn how_the_table_shows_a_layer_is_there_again_at_the_next_start() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle();
    let layer = session.catalogue().find_bundled("strikes").unwrap();
    sort(&mut session, layer, of("killed_low"), SortDirection::Descending);
    let saved = session.to_saved();
    let mut second = Session::new(Settings::default(), Arc::new(|| {}));
    second.open_bundled_situation();
    second.settle_reading();
    second.bring_back(saved);
    let layer = second.catalogue().find_bundled("strikes").unwrap();
    let sort = second.table_view(layer).sort.unwrap();
    assert_eq!((sort.column, sort.direction), (of("killed_low"), SortDirection::Descending));
}

#[test]
fn a_column_is_counted_over_the_rows_that_are_shown_and_counted_anew_when_they_change() {
    let (mut session, layer) = session_with_rows();
    table(&mut session, TableCommand::LookAtColumn(Some((layer, "n".to_owned()))));
    let found = session.column_statistics().unwrap().unwrap();
    assert_eq!((found.rows, found.filled, found.distinct), (6, 5, 5));
    session.apply(Command::SetFilter { layer, filter: Some("n >= 99".parse().unwrap()) });
    session.settle();
    let found = session.column_statistics().unwrap().unwrap();
    assert_eq!((found.rows, &found.summary), (2, &ColumnSummary::Numbers(99.0, 100.0)));
    table(&mut session, TableCommand::LookAtColumn(None));
    assert!(session.column_statistics().is_none());
}

#[test]
fn rows_of_the_same_value_are_sorted_by_the_next_column() {
    let rows = ["b,2,x", "a,1,y", "b,1,z", "a,2,", ",3,w", "a,1,v"];
    let text = format!("kind,n,name\n{}\n", rows.join("\n"));
    let mut session = Session::new(Settings { table_open: true, ..Settings::default() }, Arc::new(|| {}));
    session.apply(Command::PasteGeoJson(text));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    let by = RowSort::by(of("kind"), SortDirection::Ascending);
    let by_two = by.with(&of("n"), Some(SortDirection::Descending)).unwrap();
    let by_three = by_two.with(&TableColumn::Title, Some(SortDirection::Ascending)).unwrap();
    for (sort, expected) in [
        (by.clone(), [1, 3, 5, 0, 2, 4]),
        (by_two.clone(), [3, 1, 5, 0, 2, 4]),
        (by_three.clone(), [3, 5, 1, 0, 2, 4]),
        (by_two.with(&of("kind"), Some(SortDirection::Descending)).unwrap(), [0, 2, 3, 1, 5, 4]),
        (by_two.with(&of("kind"), None).unwrap(), [4, 0, 3, 1, 2, 5]),
    ] {
        table(&mut session, TableCommand::SortBy { layer, sort: Some(sort.clone()) });
        assert_eq!(listed(&session), expected, "{sort:?}");
    }
    assert_eq!(by_three.place_of(&TableColumn::Title), Some((2, SortDirection::Ascending)));
    assert_eq!(by_three.with(&of("other"), Some(SortDirection::Ascending)).unwrap().columns().count(), 3);
    assert_eq!(by.with(&of("kind"), None), None);
}

#[test]
fn the_columns_of_events_stand_in_the_order_in_which_they_are_asked_until_one_is_moved() {
    let text = "grade,actor1,extra,fatalities,sub_event_type,location,event_date,event_id_cnty,event_type,latitude,longitude,source\n\
        x,A,1,2,Shelling,Idlib,2018-09-08,S1,Explosions,35,36,N\n";
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.apply(Command::PasteGeoJson(text.to_owned()));
    session.settle();
    let layer = session.chosen_layer().unwrap();
    let names = |session: &Session| -> Vec<String> {
        let content = session.content(layer).unwrap();
        let mapping = content.events().map(|events| events.mapping());
        let columns = session.table_view(layer).arranged(&content.data().unwrap().features, mapping);
        let name = |view: &ColumnView| match &view.column {
            TableColumn::Title => "(title)".to_owned(),
            TableColumn::Of(name) => name.clone(),
        };
        columns.iter().map(name).take(8).collect()
    };
    let usual = [
        "(title)",
        "event_date",
        "location",
        "event_type",
        "sub_event_type",
        "fatalities",
        "actor1",
        "source",
    ];
    assert_eq!(names(&session), usual);
    let moved = TableCommand::MoveColumn { layer, column: of("source"), before: Some(of("event_date")) };
    table(&mut session, moved);
    assert_eq!(names(&session)[..3], ["(title)", "source", "event_date"]);
}
