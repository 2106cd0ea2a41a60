//! The filter as it is written: what can come next under the caret, what is wrong under its character.
//!
//! Floor 6. The words of an expression stay in their logical order, as in any text field.

use std::sync::Arc;

use eframe::egui::text::{CCursor, CCursorRange};
use eframe::egui::text_edit::TextEditOutput;
use eframe::egui::{self, Key, Modifiers, Popup, PopupCloseBehavior, TextEdit, Ui, vec2};

use super::set;
use crate::index::{Choice, Completion, ExpressionError, Filter, ValueCounts};
use crate::session::{Command, Session, ValuesOf};
use crate::symbology::thousands;
use crate::ui::bidi_text::{TextLook, button_text, elided, paragraph_ui};
use crate::ui::theme::{body_font, tones};
use crate::ui::value_list::counts_of;

/// More letters are not taken, and what was cut for that is not in force: another filter than was pasted. One that was longer
/// already can be made shorter.
const MOST_LETTERS: usize = 20_000;
/// So many choices are offered.
const MOST_CHOICES: usize = 8;
/// The width of the list and of the words in it, points.
const CHOICES_WIDTH: f32 = 340.0;
const MOST_CHOICE_WIDTH: f32 = 220.0;
const HINT: &str = "killed >= 1 and actor ~ \"Russia\" and date in 2018-09-04..2018-09-10";

/// The text while it is being written.
#[derive(Debug, Default)]
pub struct ExpressionBox {
    text: String,
    /// The filter that the text was last taken over from or given out as.
    of: Filter,
    /// Of the text as it was taken over.
    letters: usize,
    error: Option<ExpressionError>,
    /// What can come at the caret.
    offered: Option<Offered>,
    /// Whether choices are kept back: after Enter, until something is written.
    is_quiet: bool,
    /// The choice that Enter takes, once an arrow key has gone to one.
    marked: Option<usize>,
}

impl ExpressionBox {
    fn most_letters(&self) -> usize {
        MOST_LETTERS.max(self.letters)
    }
}

/// What can come at a caret of a text.
#[derive(Debug)]
struct Offered {
    text: String,
    caret: usize,
    completion: Completion,
    /// The values among it, as they were known.
    values: Option<Arc<ValueCounts>>,
}

/// The field, its choices, its error.
pub fn expression_ui(ui: &mut Ui, session: &Session, state: &mut ExpressionBox, commands: &mut Vec<Command>) {
    let filter = &session.situation_filter().filter;
    if *filter != state.of {
        let text = filter.to_string();
        let letters = text.chars().count();
        *state = ExpressionBox { text, letters, of: filter.clone(), ..ExpressionBox::default() };
    }
    let id = ui.scope_id().with("expression");
    let is_written = ui.memory(|memory| memory.has_focus(id));
    let taken = if is_written { taken_by_key(ui, state) } else { None };
    let enters = is_written && taken.is_none() && ui.input(|input| input.key_pressed(Key::Enter));
    let most = state.most_letters();
    let field = TextEdit::singleline(&mut state.text).id(id).hint_text(HINT).char_limit(most + 1);
    let field = field.desired_width(f32::INFINITY);
    let output = field.lock_focus(true).show(ui);
    let _ = output.response.response.clone().accessible_name("Filter of events");
    if output.response.response.changed() {
        (state.error, state.marked, state.is_quiet) = (None, None, false);
    }
    if enters || (output.response.response.lost_focus() && state.text != state.of.to_string()) {
        give_out(session, state, commands);
    }
    if enters {
        // One goes on writing; and the map must not take the other keys of this frame for its own.
        output.response.response.request_focus();
        (state.offered, state.is_quiet) = (None, true);
    }
    let caret = output.cursor_range.map(|range| range.primary.index.0);
    if let Some(caret) = caret.filter(|_| is_written && !state.is_quiet) {
        offer(ui, session, state, caret, commands);
    }
    let clicked = if is_written { choices_ui(&output, state) } else { None };
    if let Some(choice) = taken.or(clicked) {
        take(ui, state, &choice, output);
    } else if let Some(error) = &state.error {
        error_ui(ui, error, &state.of, &output);
    } else {
        unmet_ui(ui, session);
    }
}

fn give_out(session: &Session, state: &mut ExpressionBox, commands: &mut Vec<Command>) {
    let most = state.most_letters();
    if state.text.chars().count() > most {
        state.error = Some(ExpressionError {
            text: state.text.clone(),
            at: most + 1,
            end: most + 2,
            reason: format!("longer than {} letters, and cut there", thousands(most as u64)),
            did_you_mean: None,
        });
        return;
    }
    match session.read_filter(&state.text) {
        Ok(filter) => {
            state.error = None;
            state.of = filter.clone();
            if filter != session.situation_filter().filter {
                commands.push(set(session, filter));
            }
        }
        Err(error) => state.error = Some(error),
    }
}

/// Offers what can come at the caret, and again where values are counted that were not.
fn offer(ui: &Ui, session: &Session, state: &mut ExpressionBox, caret: usize, commands: &mut Vec<Command>) {
    let there = state.offered.take().filter(|offered| offered.text == state.text && offered.caret == caret);
    let is_moved = there.is_none();
    let offered = there.unwrap_or_else(|| Offered::at(session, &state.text, caret));
    let values = offered.completion.values_of.clone();
    let values = values.and_then(|of| counts_of(ui, session, ValuesOf::AllEvents(of), commands).counts);
    let is_same = offered.values.as_ref().map(Arc::as_ptr) == values.as_ref().map(Arc::as_ptr);
    let offered = if is_same { offered } else { Offered::at(session, &state.text, caret) };
    if is_moved || !is_same {
        state.marked = None;
    }
    state.offered = Some(Offered { values, ..offered });
}

impl Offered {
    fn at(session: &Session, text: &str, caret: usize) -> Self {
        let completion = session.complete_filter(text, caret, MOST_CHOICES);
        Self { text: text.to_owned(), caret, completion, values: None }
    }
}

/// The choice that a key takes: Tab the first or the marked one, Enter the marked one.
fn taken_by_key(ui: &Ui, state: &mut ExpressionBox) -> Option<Choice> {
    let choices = &state.offered.as_ref()?.completion.choices;
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if choices.is_empty() {
        return None;
    }
    if pressed(Key::ArrowDown) {
        state.marked = Some(state.marked.map_or(0, |marked| (marked + 1) % choices.len()));
    }
    if pressed(Key::ArrowUp) {
        state.marked = Some(
            state.marked.map_or(choices.len() - 1, |marked| (marked + choices.len() - 1) % choices.len()),
        );
    }
    let by_tab = pressed(Key::Tab).then(|| state.marked.unwrap_or(0));
    let by_enter = || state.marked.filter(|_| pressed(Key::Enter));
    choices.get(by_tab.or_else(by_enter)?).cloned()
}

/// The choices under the field; the one that was clicked.
fn choices_ui(output: &TextEditOutput, state: &ExpressionBox) -> Option<Choice> {
    let completion = &state.offered.as_ref()?.completion;
    if completion.choices.is_empty() {
        return None;
    }
    let response = &output.response.response;
    let popup = Popup::from_response(response)
        .open(true)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .anchor(under(output, completion.from))
        .width(CHOICES_WIDTH);
    let shown = popup.show(|ui| {
        ui.set_width(CHOICES_WIDTH);
        let mut clicked = None;
        for (place, choice) in completion.choices.iter().enumerate() {
            let beside =
                choice.count.map_or_else(|| choice.label.to_owned(), |count| thousands(count as u64));
            let words = elided(ui, &choice.text, &body_font(), MOST_CHOICE_WIDTH).0;
            let row = egui::Button::selectable(state.marked == Some(place), words);
            let row =
                ui.add(row.right_text(egui::RichText::new(beside).weak()).min_size(vec2(CHOICES_WIDTH, 0.0)));
            if row.on_hover_text(button_text(&choice.text)).accessible_name(&choice.text).clicked() {
                clicked = Some(choice.clone());
            }
        }
        clicked
    });
    shown?.inner
}

/// The place under a character of the field.
fn under(output: &TextEditOutput, character: usize) -> egui::Pos2 {
    let at = output.galley.pos_from_cursor(CCursor::new(character));
    output.galley_pos + at.left_bottom().to_vec2() + vec2(0.0, 8.0)
}

/// Puts a choice in the place of what was written of it, and the caret behind it.
fn take(ui: &Ui, state: &mut ExpressionBox, choice: &Choice, mut output: TextEditOutput) {
    let Some(Offered { text, completion, .. }) = state.offered.take() else { return };
    let before: String = text.chars().take(completion.from).collect();
    let after: String = text.chars().skip(completion.to).collect();
    let space = if after.starts_with(' ') || choice.text.ends_with('(') { "" } else { " " };
    state.text = format!("{before}{}{space}{after}", choice.text);
    let caret = before.chars().count() + choice.text.chars().count() + 1.min(space.len() + after.len());
    output.state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(caret))));
    output.state.store(ui.ctx(), output.response.response.id);
    output.response.response.request_focus();
    (state.marked, state.error) = (None, None);
}

/// What is wrong in words, a mark under it, and what is shown until it is mended.
fn error_ui(ui: &mut Ui, error: &ExpressionError, last: &Filter, output: &TextEditOutput) {
    let tones = tones(ui);
    let from = output.galley.pos_from_cursor(CCursor::new(error.at - 1));
    let to = output.galley.pos_from_cursor(CCursor::new(error.end - 1));
    let (left, right) = (output.galley_pos.x + from.left(), output.galley_pos.x + to.left());
    let y = output.galley_pos.y + from.bottom();
    let line = [egui::pos2(left.min(right), y), egui::pos2(left.max(right).max(left + 6.0), y)];
    ui.painter()
        .with_clip_rect(output.text_clip_rect.expand(2.0))
        .line_segment(line, egui::Stroke::new(2.0, tones.error));
    let meant =
        error.did_you_mean.as_ref().map(|meant| format!(" – did you mean {meant}?")).unwrap_or_default();
    paragraph_ui(ui, &format!("{}, at character {}{meant}", error.reason, error.at), &TextLook::error(ui));
    let until_then = match last.is_empty() {
        true => "Not filtered by this: all events are shown until it can be read.",
        false => "What is shown and counted still follows the filter before.",
    };
    paragraph_ui(ui, until_then, &TextLook::caption(ui));
}

/// The words that no event has: they may be mistyped.
fn unmet_ui(ui: &mut Ui, session: &Session) {
    for unmet in session.unmet_values() {
        paragraph_ui(ui, &sentence(&unmet.to_string()), &TextLook::caption(ui));
    }
}

/// With a capital, as it stands alone.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
