//! The heads of the columns: a click sorts, with Shift by one column more, a drag moves the column, its edge makes it wider, its button opens its menu.
//!
//! Floor 6.

use eframe::egui::{
    self, Align2, CursorIcon, Id, PopupCloseBehavior, Rangef, Rect, Response, Role, Sense, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::column_menu::column_menu_ui;
use super::columns::{CELL_MARGIN, HEAD_TOOLS, PlacedColumn, ShownColumn, name_of};
use super::{Grid, TablePanelState, TableScene, words};
use crate::index::SortDirection;
use crate::session::{Command, RowSort, TableColumn, TableCommand};
use crate::ui::bidi_text::{button_text, plain, table_cell};
use crate::ui::format;
use crate::ui::icons::{Icon, paint_icon};
use crate::ui::shared_menu::{context_menu_of, menu_of};
use crate::ui::theme::{caption_font, small_heading_font, tones};
use crate::ui::widgets::tip_of_row;

/// Height of the heads, points.
pub const HEAD_HEIGHT: f32 = 26.0;
/// How near to an edge is near enough to drag it.
const EDGE_GRAB: f32 = 4.0;
/// The list of the menus.
const MENUS: &str = "columns";
const ICON_SIZE: f32 = 13.0;

/// All heads in sight, in `rect`.
pub fn heads_ui(
    ui: &mut Ui,
    rect: Rect,
    grid: &Grid<'_>,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    let scene = grid.scene;
    let tones = tones(ui);
    ui.painter().rect_filled(rect, 0.0, tones.button[0]);
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tones.line));
    let mut looked_at = None;
    for column in &grid.placed {
        let rect = Rect::from_x_y_ranges(column.sight, rect.y_range());
        let (head, has_menu) = head_ui(ui, rect, scene, column, commands);
        if has_menu {
            looked_at = Some(&column.column.column);
        }
        drag_ui(ui, &head, grid, column, commands);
    }
    // Above the heads, which would take their drags.
    for column in &grid.placed {
        edge_ui(ui, rect, scene, column, state, commands);
    }
    let looked_at = looked_at.and_then(|column| match column {
        TableColumn::Of(name) => Some((scene.layer, name.clone())),
        TableColumn::Title => None,
    });
    if looked_at != state.looked_at {
        state.looked_at.clone_from(&looked_at);
        commands.push(Command::Table(TableCommand::LookAtColumn(looked_at)));
    }
}

/// One head; whether its menu is open.
fn head_ui(
    ui: &mut Ui,
    rect: Rect,
    scene: &TableScene<'_>,
    column: &PlacedColumn<'_>,
    commands: &mut Vec<Command>,
) -> (Response, bool) {
    let key = &column.column.column;
    let id = ui.scope_id().with(("head", key));
    let head = ui.interact(rect, id, Sense::click_and_drag());
    let sort = SortOfHead::of(scene, key);
    let words = plain(&column.column.name);
    head.widget_info(|| WidgetInfo {
        label: Some(words.clone()),
        current_text_value: Some(words::sorted(sort.place, sort.several)),
        ..WidgetInfo::new(Role::ColumnHeader)
    });
    if head.clicked() {
        let next = next_direction(sort.place.map(|(_, direction)| direction));
        // Of several columns a click without Shift leaves the one that was clicked.
        let next = if sort.several && !ui.input(|input| input.modifiers.shift) {
            Some(sort.place.map_or(SortDirection::Ascending, |(_, direction)| direction))
        } else {
            next
        };
        commands.push(match ui.input(|input| input.modifiers.shift) {
            true => sort_also_command(scene, key, next),
            false => sort_command(scene, key, next),
        });
    }
    let is_cut = paint_head(ui, rect, column, &sort, &head);
    let zone = column.column.has_hours.then(|| scene.session.settings().time_zone.as_str());
    head_tip(ui, &head, column.column, is_cut, zone);
    let side = vec2(ICON_SIZE + 6.0, rect.height());
    let menu_rect = Rect::from_min_size(pos2(column.x.max - side.x - 2.0, rect.top()), side).intersect(rect);
    let menu = ui.interact(menu_rect, id.with("menu"), Sense::click());
    menu.widget_info(|| WidgetInfo::labeled(Role::Button, true, format::of_layer("Menu of", &words)));
    let is_open = [menu_of(MENUS, &menu).is_open(), context_menu_of(MENUS, &head).is_open()];
    if (head.contains_pointer() || menu.has_focus() || is_open.contains(&true))
        && menu_rect.width() > ICON_SIZE
    {
        paint_icon(ui.painter(), menu_rect.shrink(3.0), Icon::More, tones(ui).weak);
    }
    let mut shown = false;
    for popup in [menu_of(MENUS, &menu), context_menu_of(MENUS, &head)] {
        let popup = popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        shown |= popup.show(|ui| column_menu_ui(ui, scene, key, commands)).is_some();
    }
    (head, shown)
}

/// Whether the name does not fit.
fn paint_head(ui: &Ui, rect: Rect, column: &PlacedColumn<'_>, sort: &SortOfHead, head: &Response) -> bool {
    let tones = tones(ui);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if head.hovered() || head.has_focus() {
        painter.rect_filled(rect, 0.0, tones.button[1]);
    }
    let inside = Rangef::new(column.x.min + CELL_MARGIN, column.x.max - CELL_MARGIN - HEAD_TOOLS);
    let font = small_heading_font();
    let color = if sort.place.is_some() { tones.text } else { tones.weak };
    let cell = table_cell(ui, &column.column.name, &font, color, inside.span().max(16.0));
    let text_right = inside.min + cell.galley.size().x;
    let at = Align2::LEFT_CENTER.align_size_within_rect(
        cell.galley.size(),
        Rect::from_x_y_ranges(inside.min..=inside.max.max(inside.min), rect.y_range()),
    );
    painter.galley(at.min, cell.galley, color);
    if let Some((place, direction)) = sort.place {
        let icon = if direction == SortDirection::Ascending { Icon::Up } else { Icon::Down };
        let arrow = Rect::from_center_size(
            pos2(text_right + 4.0 + ICON_SIZE / 2.0, rect.center().y),
            vec2(ICON_SIZE, ICON_SIZE),
        );
        paint_icon(&painter, arrow, icon, tones.accent);
        if sort.several {
            let number = (place + 1).to_string();
            painter.text(arrow.right_center(), Align2::LEFT_CENTER, number, caption_font(), tones.accent);
        }
    }
    cell.is_cut
}

/// The head where it does not fit, the name in the file where that is another, and in which zone times are.
fn head_tip(ui: &Ui, head: &Response, column: &ShownColumn, is_cut: bool, zone: Option<&str>) {
    let words = is_cut.then(|| button_text(&column.name));
    let name = Some(name_of(&column.column)).filter(|name| *name != column.name);
    let name = name.map(|name| format!("In the file: {}", button_text(name)));
    let tip: Vec<String> = words.into_iter().chain(name).chain(zone.map(words::times_in)).collect();
    if !tip.is_empty() {
        tip_of_row(ui, head, |ui| drop(ui.label(tip.join("\n"))));
    }
}

/// Ascending, descending, then as in the file again.
fn next_direction(now: Option<SortDirection>) -> Option<SortDirection> {
    match now {
        None => Some(SortDirection::Ascending),
        Some(SortDirection::Ascending) => Some(SortDirection::Descending),
        Some(SortDirection::Descending) => None,
    }
}

/// What a column has to do with the order of the rows.
struct SortOfHead {
    /// Which of the columns that decide it is, from 0, and which way it is sorted.
    place: Option<(usize, SortDirection)>,
    /// Whether several columns decide.
    several: bool,
}

impl SortOfHead {
    fn of(scene: &TableScene<'_>, column: &TableColumn) -> Self {
        let sort = scene.view.sort.as_ref();
        let several = sort.is_some_and(|sort| !sort.then.is_empty());
        Self { place: sort.and_then(|sort| sort.place_of(column)), several }
    }
}

/// Sorts by a column after those that decide already, or takes it from among them.
pub fn sort_also_command(
    scene: &TableScene<'_>,
    column: &TableColumn,
    direction: Option<SortDirection>,
) -> Command {
    let sort = match &scene.view.sort {
        Some(sort) => sort.with(column, direction),
        None => direction.map(|direction| RowSort::by(column.clone(), direction)),
    };
    Command::Table(TableCommand::SortBy { layer: scene.layer, sort })
}

/// Sorts by a column, or as in the file where there is no direction.
pub fn sort_command(
    scene: &TableScene<'_>,
    column: &TableColumn,
    direction: Option<SortDirection>,
) -> Command {
    let sort = direction.map(|direction| RowSort::by(column.clone(), direction));
    Command::Table(TableCommand::SortBy { layer: scene.layer, sort })
}

/// Moves a column between others; the title stays where it is.
fn drag_ui(
    ui: &Ui,
    head: &Response,
    grid: &Grid<'_>,
    column: &PlacedColumn<'_>,
    commands: &mut Vec<Command>,
) {
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    if column.number == 0 || !(head.dragged() || head.drag_stopped()) {
        return;
    }
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let others = || grid.placed.iter().filter(|other| other.number > 0);
    let next = others().find(|other| pointer.x < other.x.center());
    if head.drag_stopped() {
        // In sight are not all: what is dropped behind the last of them goes before the one that follows it.
        let last = others().next_back().map_or(0, |last| last.number + 1);
        let before = match next {
            Some(next) => Some(&next.column.column),
            None => grid.scene.columns.get(last).map(|column| &column.column),
        };
        commands.push(Command::Table(TableCommand::MoveColumn {
            layer: grid.scene.layer,
            column: column.column.column.clone(),
            before: before.cloned(),
        }));
        return;
    }
    let x = next
        .map_or_else(|| others().next_back().map_or(pointer.x, |last| last.sight.max), |next| next.sight.min);
    ui.painter().vline(x, head.rect.y_range(), Stroke::new(2.0, tones(ui).accent));
}

/// The right edge of a column.
fn edge_ui(
    ui: &Ui,
    head: Rect,
    scene: &TableScene<'_>,
    column: &PlacedColumn<'_>,
    state: &mut TablePanelState,
    commands: &mut Vec<Command>,
) {
    if column.x.max > head.right() + EDGE_GRAB || column.x.max < column.sight.min {
        return;
    }
    let rect = Rect::from_x_y_ranges(column.x.max - EDGE_GRAB..=column.x.max + EDGE_GRAB, head.y_range());
    let id: Id = ui.scope_id().with(("edge", &column.column.column));
    let edge = ui.interact(rect, id, Sense::click_and_drag() - Sense::FOCUSABLE);
    let tones = tones(ui);
    let is_held = edge.hovered() || edge.dragged();
    let stroke = if is_held { Stroke::new(2.0, tones.accent) } else { Stroke::new(1.0, tones.line) };
    ui.painter().vline(column.x.max, head.y_range().shrink(3.0), stroke);
    if is_held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeColumn);
    }
    let set_width = |width| {
        Command::Table(TableCommand::SetColumnWidth {
            layer: scene.layer,
            column: column.column.column.clone(),
            width,
        })
    };
    if edge.double_clicked() {
        commands.push(set_width(state.usual_width(&column.column.column)));
    } else if edge.dragged()
        && let Some(pointer) = ui.input(|input| input.pointer.latest_pos())
    {
        let width = pointer.x - column.x.min;
        if egui::emath::almost_equal(width, column.column.width, 1e-3) {
            return;
        }
        commands.push(set_width(width));
    }
}
