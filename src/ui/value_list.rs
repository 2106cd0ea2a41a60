//! Values to choose from, each with the number of rows that it would show beside what is filtered already.
//!
//! Floor 6.

use std::borrow::Cow;

use eframe::egui::{ScrollArea, TextEdit, Ui};

use super::bidi_text::{TextLook, button_text, elided, paragraph_ui};
use super::theme::body_font;
use super::widgets::MOST_LETTERS;
use crate::index::ValueCount;
use crate::session::{Command, CountsStanding, KnownCounts, Session, ValuesOf};
use crate::symbology::thousands;

/// A longer list has a field to search in.
const FEW_VALUES: usize = 12;
/// Of the width, for the box and the count.
const BESIDE_WORDS: f32 = 70.0;
/// How strong values are drawn whose counts are of other rows than there are now.
pub const STALE: f32 = 0.55;

/// What is known of the values, which are counted where they are not yet.
pub fn counts_of(ui: &Ui, session: &Session, of: ValuesOf, commands: &mut Vec<Command>) -> KnownCounts {
    let known = session.value_counts(&of);
    if known.standing == CountsStanding::Wanted {
        commands.push(Command::CountValues(of));
        // A few rows are counted at once, and no worker wakes the window.
        ui.ctx().request_repaint();
    }
    known
}

/// The values in a list of at most that height, points, each by its words for people; those that are chosen and that no
/// row has first. Whether something was chosen or left.
pub fn value_list_ui(
    ui: &mut Ui,
    known: &KnownCounts,
    words_for: impl Fn(&str) -> Cow<'_, str>,
    chosen: &mut Vec<String>,
    search: &mut String,
    height: f32,
) -> bool {
    let counts = known.counts.as_ref().map_or(&[][..], |counts| &counts.values);
    if counts.len() > FEW_VALUES {
        let field = TextEdit::singleline(search)
            .char_limit(MOST_LETTERS)
            .hint_text("Search")
            .desired_width(f32::INFINITY);
        ui.add(field).accessible_name("Search the values");
    }
    if counts.is_empty() && chosen.is_empty() {
        paragraph_ui(ui, words_for_none(known), &TextLook::weak(ui));
        return false;
    }
    let wanted = search.to_lowercase();
    let absent: Vec<ValueCount> = chosen
        .iter()
        .filter(|word| !counts.iter().any(|(value, _)| value == *word))
        .map(|word| (word.clone(), 0))
        .collect();
    let found: Vec<&ValueCount> = absent
        .iter()
        .chain(counts)
        .filter(|(value, _)| {
            let is_in = |words: &str| words.to_lowercase().contains(&wanted);
            wanted.is_empty() || is_in(value) || is_in(&words_for(value))
        })
        .collect();
    let mut changed = false;
    let row_height = ui.spacing().interact_size.y;
    // A menu keeps the size that it had while the values were still being counted: the list asks for its own.
    let list = ScrollArea::vertical().id_salt("values").auto_shrink([false, true]);
    let list = list.min_scrolled_height(height).max_height(height);
    list.show_rows(ui, row_height, found.len(), |ui, rows| {
        if known.standing == CountsStanding::Awaited {
            ui.multiply_opacity(STALE);
        }
        for (value, count) in &found[rows] {
            changed |= value_row_ui(ui, (value, &words_for(value)), *count, chosen);
        }
    });
    if let Some(words) = words_below(known) {
        paragraph_ui(ui, words, &TextLook::caption(ui));
    }
    changed
}

/// Why no value is listed.
fn words_for_none(known: &KnownCounts) -> &'static str {
    match (&known.counts, known.standing) {
        (_, CountsStanding::Failed) => "The values could not be counted.",
        (Some(counts), CountsStanding::Current) if counts.is_cut => {
            "There are too many values to list them. Write what you look for in the filter."
        }
        (Some(_), CountsStanding::Current) => "Nothing that is shown has a value here.",
        _ => "Counting…",
    }
}

/// What is to be said of values that are listed; `None` where they are all, with their counts of now.
fn words_below(known: &KnownCounts) -> Option<&'static str> {
    match known.standing {
        CountsStanding::Awaited => Some("Counting…"),
        CountsStanding::Failed => Some("The values could not be counted anew."),
        CountsStanding::Current | CountsStanding::Wanted => {
            let is_cut = known.counts.as_ref().is_some_and(|counts| counts.is_cut);
            is_cut.then_some("Not all values can be listed. Others can be written in the filter.")
        }
    }
}

/// What is written in filters is in the tip where the words for people are others.
fn value_row_ui(ui: &mut Ui, (value, people): (&str, &str), count: usize, chosen: &mut Vec<String>) -> bool {
    let mut on = chosen.iter().any(|word| word == value);
    let count = thousands(count as u64);
    let width = ui.available_width() - BESIDE_WORDS;
    let words = format!("{}  {count}", elided(ui, people, &body_font(), width).0);
    let row = ui.checkbox(&mut on, words).on_hover_text(button_text(value));
    let changed = row.accessible_name(format!("{people}, {count}")).changed();
    match (changed, on) {
        (true, true) => chosen.push(value.to_owned()),
        (true, false) => chosen.retain(|word| word != value),
        _ => {}
    }
    changed
}
