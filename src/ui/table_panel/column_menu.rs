//! The menu of a column: what is in it, over the rows that are shown, and what can be done with it.
//!
//! Floor 6. Rows and values are counted. There is no sum of a column and there will be none: events overlap.

use eframe::egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::head::{sort_also_command, sort_command};
use super::{TableScene, words};
use crate::index::{Bars, ColumnStatistics, ColumnSummary, Predicate, SortDirection, Subject, Value};
use crate::session::{Command, TableColumn, TableCommand};
use crate::situation::words_of_day;
use crate::symbology::thousands;
use crate::ui::bidi_text::{TextLook, button_text, elided, line_ui, paragraph_ui};
use crate::ui::format;
use crate::ui::theme::{body_font, tones};
use crate::ui::widgets::hairline_ui;

const MENU_WIDTH: f32 = 264.0;
const BARS_HEIGHT: f32 = 44.0;
/// The most frequent values that are listed.
const TOP_VALUES: usize = 6;

/// What the menu holds.
pub fn column_menu_ui(
    ui: &mut Ui,
    scene: &TableScene<'_>,
    column: &TableColumn,
    commands: &mut Vec<Command>,
) {
    ui.set_width(MENU_WIDTH);
    let name = super::columns::head_of(column, scene.mapping());
    line_ui(ui, name, &TextLook::strong(ui), Sense::hover());
    if let TableColumn::Of(name) = column {
        match scene.session.column_statistics() {
            None => drop(paragraph_ui(ui, "Counting…", &TextLook::weak(ui))),
            Some(Err(why)) => drop(paragraph_ui(ui, why, &TextLook::error(ui))),
            Some(Ok(statistics)) => statistics_ui(ui, scene, name, statistics, commands),
        }
    }
    hairline_ui(ui);
    sort_items_ui(ui, scene, column, commands);
    if let TableColumn::Of(name) = column {
        filter_items_ui(ui, scene, name, commands);
        ui.separator();
        if ui.button("Hide the column").clicked() {
            let (layer, column) = (scene.layer, column.clone());
            commands.push(Command::Table(TableCommand::SetColumnShown { layer, column, shown: false }));
            ui.close();
        }
    }
}

fn sort_items_ui(ui: &mut Ui, scene: &TableScene<'_>, column: &TableColumn, commands: &mut Vec<Command>) {
    let sort = scene.view.sort.as_ref();
    let now = sort.and_then(|sort| sort.place_of(column)).map(|(_, direction)| direction);
    let ways = [
        ("Sort ascending", Some(SortDirection::Ascending)),
        ("Sort descending", Some(SortDirection::Descending)),
        ("Do not sort", None),
    ];
    for (words, direction) in ways.into_iter().filter(|(_, direction)| *direction != now) {
        if ui.button(words).clicked() {
            commands.push(match direction {
                Some(_) => sort_command(scene, column, direction),
                None => sort_also_command(scene, column, None),
            });
            ui.close();
        }
    }
    if sort.is_some() && now.is_none() && ui.button("Then sort by this, too").clicked() {
        commands.push(sort_also_command(scene, column, Some(SortDirection::Ascending)));
        ui.close();
    }
}

fn filter_items_ui(ui: &mut Ui, scene: &TableScene<'_>, name: &str, commands: &mut Vec<Command>) {
    ui.separator();
    if ui.button("Filter by this column…").clicked() {
        scene.wants_filter_of.set(Some(name.to_owned()));
        ui.close();
    }
    let subject = Subject::Column(name.to_owned());
    for (words, predicate) in
        [("Only rows with a value", Predicate::Known), ("Only rows without a value", Predicate::Unknown)]
    {
        if ui.button(words).clicked() {
            commands.push(scene.filter_command(&subject, Some(predicate)));
            ui.close();
        }
    }
    if scene.filter.on(&subject).is_some() && ui.button("Take its filter away").clicked() {
        commands.push(scene.filter_command(&subject, None));
        ui.close();
    }
}

fn statistics_ui(
    ui: &mut Ui,
    scene: &TableScene<'_>,
    name: &str,
    statistics: &ColumnStatistics,
    commands: &mut Vec<Command>,
) {
    let caption = TextLook::caption(ui);
    paragraph_ui(ui, &words::filled(statistics.filled, statistics.rows), &caption);
    paragraph_ui(ui, &format::count(statistics.distinct, "different value"), &caption);
    match &statistics.summary {
        ColumnSummary::Numbers(least, greatest) => {
            ends_ui(ui, statistics.bars.as_ref(), &least.to_string(), &greatest.to_string());
        }
        ColumnSummary::Days(first, last) => {
            ends_ui(ui, statistics.bars.as_ref(), &words_of_day(*first), &words_of_day(*last));
        }
        ColumnSummary::Words(words) => top_values_ui(ui, scene, name, words, commands),
        ColumnSummary::Texts | ColumnSummary::Nothing => {}
    }
}

/// The ends of the values and how they lie between them.
fn ends_ui(ui: &mut Ui, bars: Option<&Bars>, least: &str, greatest: &str) {
    paragraph_ui(ui, &format::lies_between(least, greatest), &TextLook::caption(ui));
    let Some(bars) = bars else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BARS_HEIGHT), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::GraphicsObject, true, words::bars(least, greatest)));
    let tones = tones(ui);
    let highest = bars.counts.iter().copied().max().unwrap_or(1).max(1);
    let width = rect.width() / bars.counts.len() as f32;
    for (place, &count) in bars.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        // A bar of one row among thousands is still seen.
        let height = (count as f32 / highest as f32 * BARS_HEIGHT).max(1.5);
        let left = rect.left() + place as f32 * width;
        let gap = if width > 4.0 { 1.0 } else { 0.0 };
        let bar =
            Rect::from_min_max(pos2(left, rect.bottom() - height), pos2(left + width - gap, rect.bottom()));
        ui.painter().rect_filled(bar, 0.0, tones.accent);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tones.edge));
}

/// The most frequent values; a click shows only one of them.
fn top_values_ui(
    ui: &mut Ui,
    scene: &TableScene<'_>,
    name: &str,
    words: &[(String, usize)],
    commands: &mut Vec<Command>,
) {
    if words.len() > 1 && words.first().is_none_or(|(_, count)| *count == 1) {
        paragraph_ui(ui, "No value is there twice.", &TextLook::caption(ui));
        return;
    }
    for (word, count) in words.iter().take(TOP_VALUES) {
        let (shown, _) = elided(ui, word, &body_font(), MENU_WIDTH - 84.0);
        let item = eframe::egui::Button::new(shown).shortcut_text(thousands(*count as u64));
        let item = ui.add(item).accessible_name(words::only_value(word, *count));
        if item.on_hover_text(button_text(&words::only(word))).clicked() {
            let predicate = Predicate::OneOf(vec![Value::Text(word.clone())]);
            commands.push(scene.filter_command(&Subject::Column(name.to_owned()), Some(predicate)));
            ui.close();
        }
    }
}
