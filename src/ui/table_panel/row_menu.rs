//! The menu of a row: copy it, show it, show only rows like it.
//!
//! Floor 6. Rows are copied as a spreadsheet pastes them; what would be a formula there is none.

use std::borrow::Cow;

use eframe::egui::Ui;

use super::cells::{CellText, CellTimes, RowCells, read_row};
use super::columns::name_of;
use super::{TablePanelState, TableScene, words};
use crate::index::{Comparison, DateLiteral, Predicate, Subject, Value};
use crate::session::{Command, FeatureRef, Request, TableColumn};
use crate::situation::{ColumnData, FeatureRow, day_of};
use crate::text::{no_formula, plain, tab_separated};
use crate::ui::copied_rows::notice_of_terms;

/// A clipboard is no file: more rows than this are taken with `sitmap query`.
const MOST_COPIED: usize = 10_000;

/// What the menu of a row holds.
pub fn row_menu_ui(
    ui: &mut Ui,
    scene: &TableScene<'_>,
    (place, row, cells): (usize, FeatureRow, &RowCells),
    state: &TablePanelState,
    commands: &mut Vec<Command>,
) {
    if ui.button("Show on the map").clicked() {
        commands.push(Command::ShowFeature(FeatureRef { layer: scene.layer, row }));
    }
    let column = state.menu_column.and_then(|number| Some((scene.columns.get(number)?, cells.get(number)?)));
    if let Some((column, cell)) = column {
        if ui.button("Copy cell").clicked() {
            commands.push(Command::Ask(Request::CopyText(copied_cell(cell).into_owned())));
        }
        if let TableColumn::Of(name) = &column.column
            && let Some(predicate) = only_this(scene, name, row, cell)
            && ui.button("Only this value").clicked()
        {
            commands.push(scene.filter_command(&Subject::Column(name.clone()), Some(predicate)));
        }
    }
    ui.separator();
    let marked = state.marked.filter(|marked| marked.contains(place));
    let (first, last) = marked.map_or((place, place), |marked| (marked.first(), marked.last()));
    let words = if first == last { "Copy row".to_owned() } else { words::copy_rows(last - first + 1) };
    if ui.button(words).clicked() {
        copy_rows(scene, first..last + 1, commands);
    }
    let all = scene.rows.len();
    let words =
        if all > MOST_COPIED { words::copy_first_rows(MOST_COPIED) } else { words::copy_all_rows(all) };
    if all > 1 && ui.button(words).clicked() {
        copy_rows(scene, 0..all, commands);
    }
}

/// The values of a cell as a filter has them; `None` where a filter could not ask for it.
fn only_this(scene: &TableScene<'_>, name: &str, row: FeatureRow, cell: &CellText) -> Option<Predicate> {
    if *cell == CellText::Unknown {
        return Some(Predicate::Unknown);
    }
    let column = scene.data.features.column(name)?;
    let text = || Value::Text(cell.shown().to_owned());
    Some(match &column.data {
        ColumnData::Number(_) => {
            let number = column.number(row).filter(|number| number.is_finite())?;
            Predicate::Compare(Comparison::Equal, Value::Number(number))
        }
        ColumnData::Day(_) | ColumnData::Instant(_) => {
            let day = Value::Date(DateLiteral::Day(day_of(cell.shown().get(..10)?)?));
            Predicate::Range(Some(day.clone()), Some(day))
        }
        ColumnData::Word { .. } => Predicate::OneOf(vec![Value::Text(column.word(row)?.to_owned())]),
        ColumnData::Bool(_) | ColumnData::InSource { .. } => Predicate::OneOf(vec![text()]),
    })
}

/// The names in the file and the rows on the clipboard, the first [`MOST_COPIED`] of them.
pub fn copy_rows(scene: &TableScene<'_>, places: std::ops::Range<usize>, commands: &mut Vec<Command>) {
    let columns: Vec<TableColumn> = scene.columns.iter().map(|column| column.column.clone()).collect();
    let times = CellTimes::of(scene.session, &scene.data.features, &columns);
    let zone = scene.session.settings().time_zone.as_str();
    let heads = scene.columns.iter().map(|column| match column.has_hours {
        true => Cow::Owned(no_formula(&words::with_zone(name_of(&column.column), zone)).into_owned()),
        false => no_formula(name_of(&column.column)),
    });
    let mut text = tab_separated(heads);
    for row in places.take(MOST_COPIED).filter_map(|place| scene.rows.row(place)) {
        let feature = FeatureRef { layer: scene.layer, row };
        let cells = read_row(scene.session, &scene.data.features, (&columns, &times), feature);
        text += &tab_separated(cells.iter().map(copied_cell));
    }
    commands.push(Command::Ask(Request::CopyText(text)));
    let title = scene.session.catalogue().get(scene.layer).map_or("", |entry| entry.title.as_str());
    if let Some(terms) = scene.content.events().and_then(|events| events.mapping().terms()) {
        commands.push(notice_of_terms(title, terms));
    }
}

/// Empty for what is not known.
fn copied_cell(cell: &CellText) -> Cow<'static, str> {
    let text = plain_cell(cell);
    Cow::Owned(if let CellText::Text(_) = cell { no_formula(&text).into_owned() } else { text })
}

fn plain_cell(cell: &CellText) -> String {
    if *cell == CellText::Unknown { String::new() } else { plain(cell.shown()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_an_empty_cell_and_a_text_no_formula() {
        let cells = [
            CellText::Unknown,
            CellText::Number("-5".to_owned()),
            CellText::Text("=1+1".to_owned()),
            CellText::Text("قصف".to_owned()),
        ];
        assert_eq!(tab_separated(cells.iter().map(copied_cell)), "\t-5\t'=1+1\tقصف\n");
    }
}
