//! The search box: one field over the map, and a list of what answers to it.
//!
//! Floor 6. What is found, and in which order, is the session's; here is how it is chosen.

use eframe::egui::{
    self, Align, Align2, Area, Id, Key, Layout, Modifiers, Order, Rect, Role, ScrollArea, TextEdit, Ui,
    WidgetInfo, pos2, vec2,
};

use super::bidi_text::{TextLook, paragraph_ui};
use super::icons::{Icon, paint_icon};
use super::search_row::{RowWords, search_row_ui};
use super::search_words;
use super::theme::{HALF_STEP, ICON_BUTTON_SIZE, STEP, heading_font, tones};
use super::widgets::{MOST_LETTERS, hairline_ui, icon_button_ui};
use super::window_state::{OpenWindow, WindowState};
use crate::session::{Command, SearchChoice, SearchHit, SearchHits, SearchKind, SearchWindow, Session};

/// The box is so high where the map is lower, points.
const MOST_HEIGHT: f32 = 420.0;
/// As wide as the window lets it, at most, points.
const WIDTH: f32 = 560.0;
/// The most hits of a kind; who wants another types another letter.
const HITS_OF_KIND: usize = 6;
/// What was chosen last is offered while nothing is typed.
const MOST_RECENT: usize = 6;

/// What is being typed, and what answers.
#[derive(Debug, Default)]
pub struct SearchBoxState {
    is_open: bool,
    text: String,
    /// What `hits` answers to.
    asked: Option<String>,
    hits: SearchHits,
    /// The row that Enter chooses, counted over all kinds.
    chosen: usize,
    /// The row was chosen by a key: the list scrolls to it.
    follows: bool,
    wants_focus: bool,
    recent: Vec<(SearchKind, SearchHit)>,
}

impl SearchBoxState {
    /// Whether it is in front of the map.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Opens it with an empty field, or closes it; the command that it needs when it opens.
    pub fn toggle(&mut self) -> Option<Command> {
        let recent = std::mem::take(&mut self.recent);
        let opens = !self.is_open;
        *self = Self { is_open: opens, wants_focus: opens, recent, ..Self::default() };
        opens.then_some(Command::PrepareSearch)
    }

    /// Closes it.
    pub fn close(&mut self) {
        self.is_open = false;
    }

    /// Asks again where the text is another, or more names have come since.
    fn ask(&mut self, session: &Session) {
        let is_same = self.asked.as_ref() == Some(&self.text);
        if is_same && !self.hits.is_preparing {
            return;
        }
        if !is_same {
            (self.chosen, self.follows) = (0, true);
        }
        self.hits = session.search(&self.text, HITS_OF_KIND);
        self.asked = Some(self.text.clone());
    }

    fn remember(&mut self, kind: SearchKind, hit: &SearchHit) {
        self.recent.retain(|(known, old)| *known != kind || old.title != hit.title || old.at != hit.at);
        self.recent.insert(0, (kind, hit.clone()));
        self.recent.truncate(MOST_RECENT);
    }

    /// The rows, each kind with its heading at its first one.
    fn rows(&self, session: &Session) -> Vec<Row> {
        if self.text.trim().is_empty() {
            // What it leads to may be gone since.
            let is_there = |hit: &&(SearchKind, SearchHit)| {
                hit.1.feature.is_none_or(|feature| session.catalogue().get(feature.layer).is_some())
            };
            let recent = self.recent.iter().filter(is_there).cloned().enumerate();
            let heading = |place: usize| (place == 0).then(|| "Chosen before".to_owned());
            return recent.map(|(place, (kind, hit))| Row { heading: heading(place), kind, hit }).collect();
        }
        let groups = self.hits.groups.iter();
        let rows = groups.flat_map(|group| {
            let heading = search_words::group_heading(group);
            group.hits.iter().enumerate().map(move |(place, hit)| Row {
                heading: (place == 0).then(|| heading.clone()),
                kind: group.kind,
                hit: hit.clone(),
            })
        });
        rows.collect()
    }
}

/// One row of the list.
struct Row {
    heading: Option<String>,
    kind: SearchKind,
    hit: SearchHit,
}

/// The box, while it is open.
pub fn search_box_ui(
    ui: &Ui,
    map: Rect,
    session: &Session,
    state: &mut WindowState,
    commands: &mut Vec<Command>,
) {
    if !state.search.is_open {
        return;
    }
    state.search.ask(session);
    let rows = state.search.rows(session);
    let entered = read_keys(ui, &mut state.search, rows.len());
    // The press that opened it may be of this very frame.
    let opens_now = state.search.wants_focus;
    let mut picked = None;
    // Wider than a narrow map: for as long as it is open, nothing beside it is needed.
    let room = ui.ctx().content_rect().shrink(2.0 * STEP);
    let width = WIDTH.min(room.width());
    // Where the room is just as wide as the box, rounding may cross the two ends.
    let middle = map.center().x.max(room.left() + width / 2.0).min(room.right() - width / 2.0);
    let area = Area::new(Id::unique("search box")).order(Order::Foreground).pivot(Align2::CENTER_TOP);
    let shown = area.fixed_pos(pos2(middle, map.top() + STEP)).constrain(false).show(ui.ctx(), |ui| {
        egui::Frame::window(ui.style()).inner_margin(egui::Margin::symmetric(8, 8)).show(ui, |ui| {
            ui.set_width((width - 2.0 * STEP).max(0.0));
            field_ui(ui, &mut state.search);
            // The text may have changed just now: its hits come with the next frame, which is asked for.
            // Over a table that leaves little of the map, too.
            let height = (room.bottom() - map.top()).min(MOST_HEIGHT.max(map.height()));
            picked = list_ui(ui, &rows, &mut state.search, height - 12.0 * STEP);
        });
    });
    if state.search.asked.as_ref() != Some(&state.search.text) {
        ui.ctx().request_repaint();
    }
    let pressed_outside = ui.input(|input| {
        let at = input.pointer.interact_pos();
        !opens_now && input.pointer.any_pressed() && at.is_some_and(|at| !shown.response.rect.contains(at))
    });
    if pressed_outside {
        state.search.close();
    }
    let chosen = picked.or(entered.then_some(state.search.chosen)).and_then(|place| rows.get(place));
    if let Some(Row { kind, hit, .. }) = chosen {
        state.search.remember(*kind, hit);
        state.search.close();
        choose(&hit.choice, state, commands);
    }
}

/// Up and down choose a row; whether Enter was pressed.
fn read_keys(ui: &Ui, state: &mut SearchBoxState, rows: usize) -> bool {
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let before = state.chosen;
    if pressed(Key::ArrowDown) {
        state.chosen = (state.chosen + 1) % rows.max(1);
    }
    if pressed(Key::ArrowUp) {
        state.chosen = (state.chosen + rows.max(1) - 1) % rows.max(1);
    }
    if pressed(Key::PageDown) {
        state.chosen = (state.chosen + HITS_OF_KIND).min(rows.saturating_sub(1));
    }
    if pressed(Key::PageUp) {
        state.chosen = state.chosen.saturating_sub(HITS_OF_KIND);
    }
    state.chosen = state.chosen.min(rows.saturating_sub(1));
    state.follows |= state.chosen != before;
    pressed(Key::Enter)
}

fn field_ui(ui: &mut Ui, state: &mut SearchBoxState) {
    ui.horizontal(|ui| {
        let (icon, _) =
            ui.allocate_exact_size(vec2(ICON_BUTTON_SIZE, ICON_BUTTON_SIZE), egui::Sense::hover());
        paint_icon(ui.painter(), icon.shrink(HALF_STEP), Icon::Search, tones(ui).weak);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button_ui(ui, Icon::Close, "Close the search").clicked() {
                state.close();
            }
            let field = TextEdit::singleline(&mut state.text)
                .char_limit(MOST_LETTERS)
                .hint_text("Place, event, layer, command or coordinates")
                .font(heading_font())
                .frame(egui::Frame::NONE)
                .desired_width(ui.available_width());
            let response = ui.add(field).accessible_name("Search");
            if std::mem::take(&mut state.wants_focus) {
                response.request_focus();
            }
        });
    });
}

/// The list; which row was clicked.
fn list_ui(ui: &mut Ui, rows: &[Row], state: &mut SearchBoxState, height: f32) -> Option<usize> {
    hairline_ui(ui);
    if rows.is_empty() {
        nothing_ui(ui, state);
        return None;
    }
    let mut picked = None;
    // The room for the list is the map's, not what the box took in the last frame.
    let height = height.max(80.0);
    let list =
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
    let list = list.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (place, row) in rows.iter().enumerate() {
            if let Some(heading) = &row.heading {
                ui.add_space(HALF_STEP);
                ui.horizontal(|ui| {
                    ui.add_space(6.0);
                    paragraph_ui(ui, heading, &TextLook::small_heading(ui));
                });
            }
            let words = RowWords::of_hit(row.kind, &row.hit, &state.text);
            let response = search_row_ui(ui, &words, place == state.chosen);
            if response.hovered() && ui.input(|input| input.pointer.delta() != egui::Vec2::ZERO) {
                state.chosen = place;
            }
            if place == state.chosen && std::mem::take(&mut state.follows) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                picked = Some(place);
            }
        }
    });
    let named = ui.interact(list.inner_rect, Id::unique("search hits"), egui::Sense::empty());
    named.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Hits"));
    picked
}

/// What can be searched, or what to try where nothing answers.
fn nothing_ui(ui: &mut Ui, state: &SearchBoxState) {
    let typed = state.text.trim();
    let words = match (typed.is_empty(), state.hits.is_preparing) {
        (true, _) => search_words::HINT.to_owned(),
        (false, true) => "Names are being made ready…".to_owned(),
        (false, false) => search_words::nothing_found(typed),
    };
    ui.horizontal(|ui| {
        ui.add_space(6.0);
        paragraph_ui(ui, &words, &TextLook::weak(ui));
    });
    if !typed.is_empty() && !state.hits.is_preparing {
        ui.horizontal(|ui| {
            ui.add_space(6.0);
            paragraph_ui(ui, search_words::NOTHING_HINT, &TextLook::caption(ui));
        });
    }
    ui.add_space(HALF_STEP);
}

fn choose(choice: &SearchChoice, state: &mut WindowState, commands: &mut Vec<Command>) {
    match choice {
        SearchChoice::Do(chosen) => {
            for command in chosen {
                match *command {
                    // Where the window is narrow a panel is a drawer, and no setting.
                    Command::SetPanelOpen { panel, open } => {
                        commands.extend(state.set_panel_open(panel, open));
                    }
                    ref other => commands.push(other.clone()),
                }
            }
        }
        SearchChoice::Open(window) => state.open(match window {
            SearchWindow::Settings => OpenWindow::Settings,
            SearchWindow::Shortcuts => OpenWindow::Shortcuts,
            SearchWindow::About => OpenWindow::About,
            SearchWindow::Project => OpenWindow::Project,
            SearchWindow::SaveView => OpenWindow::SaveView,
        }),
    }
}
