//! What the values of one column must be: a range, some of its words, a part of a text.
//!
//! Floor 6.

use std::collections::BTreeSet;

use eframe::egui::{self, ScrollArea, TextEdit, Ui};

use super::bidi_text::{TextLook, button_text, paragraph_ui};
use super::format;
use super::theme::HALF_STEP;
use super::widgets::field_with_ui;
use crate::index::{ColumnSummary, LayerFilter, Predicate};
use crate::situation::{FeatureStore, day_of, words_of_day};
use crate::symbology::thousands;

/// A list of more words has a field to search in.
const FEW_WORDS: usize = 12;

/// One column while its condition is being edited.
#[derive(Debug)]
pub struct ColumnEditor {
    column: String,
    /// Made once: it looks at every row.
    summary: ColumnSummary,
    has_empty_rows: bool,
    /// The condition that was last taken over or given out.
    known: Option<Predicate>,
    only_empty: bool,
    /// What is written as the ends of a range; in `from` also the part of a text.
    from: String,
    to: String,
    chosen: BTreeSet<String>,
    search: String,
}

impl ColumnEditor {
    /// Begins with the condition that the filter has on the column; `None` where there is no such column.
    pub fn of(features: &FeatureStore, column: &str, filter: &LayerFilter) -> Option<Self> {
        let data = features.column(column)?;
        let mut editor = Self {
            column: column.to_owned(),
            summary: ColumnSummary::of(data),
            has_empty_rows: (data.filled as usize) < features.len(),
            known: None,
            only_empty: false,
            from: String::new(),
            to: String::new(),
            chosen: BTreeSet::new(),
            search: String::new(),
        };
        editor.take_over(filter.on(column));
        Some(editor)
    }

    /// The column's name.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Takes over what the filter has on the column where that was changed elsewhere: by undo, by showing all.
    pub fn follow(&mut self, filter: &LayerFilter) {
        let predicate = filter.on(&self.column);
        if predicate != self.known.as_ref() {
            self.take_over(predicate);
        }
    }

    fn take_over(&mut self, predicate: Option<&Predicate>) {
        self.known = predicate.cloned();
        self.only_empty = false;
        self.from.clear();
        self.to.clear();
        self.chosen.clear();
        let number = |end: &Option<f64>| end.map(|end| end.to_string()).unwrap_or_default();
        let day = |end: &Option<i32>| end.map(words_of_day).unwrap_or_default();
        match predicate {
            None | Some(Predicate::HasValue) => {}
            Some(Predicate::HasNone) => self.only_empty = true,
            Some(Predicate::Numbers { from, to }) => (self.from, self.to) = (number(from), number(to)),
            Some(Predicate::Days { from, to }) => (self.from, self.to) = (day(from), day(to)),
            Some(Predicate::Words(words)) => self.chosen = words.iter().cloned().collect(),
            Some(Predicate::Contains(part)) => self.from.clone_from(part),
        }
    }

    /// What is written now: `None` inside for no condition; an error where an end cannot be read.
    fn predicate(&self) -> Result<Option<Predicate>, &'static str> {
        if self.only_empty {
            return Ok(Some(Predicate::HasNone));
        }
        Ok(match self.summary {
            ColumnSummary::Numbers(..) => {
                let read = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
                let wanted = "A number is expected, such as 5 or 2.5";
                let (from, to) = (end(&self.from, read, wanted)?, end(&self.to, read, wanted)?);
                (from.is_some() || to.is_some()).then_some(Predicate::Numbers { from, to })
            }
            ColumnSummary::Days(..) => {
                let wanted = "A date is expected, such as 2018-09-08";
                let (from, to) = (end(&self.from, day_of, wanted)?, end(&self.to, day_of, wanted)?);
                (from.is_some() || to.is_some()).then_some(Predicate::Days { from, to })
            }
            ColumnSummary::Words(_) => {
                let words = || self.chosen.iter().cloned().collect();
                (!self.chosen.is_empty()).then(|| Predicate::Words(words()))
            }
            ColumnSummary::Texts => {
                let part = self.from.trim();
                (!part.is_empty()).then(|| Predicate::Contains(part.to_owned()))
            }
            ColumnSummary::Nothing => None,
        })
    }
}

fn end<T>(
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    wanted: &'static str,
) -> Result<Option<T>, &'static str> {
    match text.trim() {
        "" => Ok(None),
        text => read(text).map(Some).ok_or(wanted),
    }
}

/// The editor; the new condition where it has changed, `None` inside for no condition on the column.
pub fn column_editor_ui(ui: &mut Ui, editor: &mut ColumnEditor, height: f32) -> Option<Option<Predicate>> {
    paragraph_ui(ui, &editor.column, &TextLook::strong(ui));
    let mut changed = false;
    ui.add_enabled_ui(!editor.only_empty, |ui| {
        changed |= match &editor.summary {
            ColumnSummary::Nothing => {
                paragraph_ui(ui, "No feature has a value here.", &TextLook::weak(ui));
                false
            }
            ColumnSummary::Numbers(least, greatest) => {
                let between = format::lies_between(&least.to_string(), &greatest.to_string());
                range_ui(ui, &between, &mut editor.from, &mut editor.to)
            }
            ColumnSummary::Days(first, last) => {
                let between = format::lies_between(&words_of_day(*first), &words_of_day(*last));
                range_ui(ui, &between, &mut editor.from, &mut editor.to)
            }
            ColumnSummary::Words(words) => {
                words_ui(ui, words, &mut editor.chosen, &mut editor.search, height - 90.0)
            }
            ColumnSummary::Texts => part_of_text_ui(ui, &mut editor.from),
        };
    });
    if editor.has_empty_rows {
        ui.add_space(HALF_STEP);
        changed |= ui.checkbox(&mut editor.only_empty, "Only features without a value").changed();
    }
    match editor.predicate() {
        Ok(predicate) => changed.then(|| {
            editor.known.clone_from(&predicate);
            predicate
        }),
        Err(wanted) => {
            paragraph_ui(ui, wanted, &TextLook::error(ui));
            None
        }
    }
}

fn range_ui(ui: &mut Ui, between: &str, from: &mut String, to: &mut String) -> bool {
    paragraph_ui(ui, between, &TextLook::caption(ui));
    let mut field = |name: &str, text: &mut String| {
        field_with_ui(ui, name, |ui| {
            ui.add(TextEdit::singleline(text).desired_width(140.0)).accessible_name(name).changed()
        })
    };
    let (least, greatest) = (field("From", from), field("Up to", to));
    paragraph_ui(ui, "Both ends are included.", &TextLook::caption(ui));
    least || greatest
}

fn part_of_text_ui(ui: &mut Ui, part: &mut String) -> bool {
    let field = field_with_ui(ui, "Has in it", |ui| {
        ui.add(TextEdit::singleline(part).desired_width(200.0)).accessible_name("Has in it")
    });
    let words = "These texts are read from the file: press Enter to look through all of them.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

fn words_ui(
    ui: &mut Ui,
    words: &[(String, usize)],
    chosen: &mut BTreeSet<String>,
    search: &mut String,
    height: f32,
) -> bool {
    if words.len() > FEW_WORDS {
        let field = TextEdit::singleline(search).hint_text("Search").desired_width(f32::INFINITY);
        ui.add(field).accessible_name("Search the values");
    }
    let wanted = search.to_lowercase();
    let found: Vec<&(String, usize)> =
        words.iter().filter(|(word, _)| wanted.is_empty() || word.to_lowercase().contains(&wanted)).collect();
    let mut changed = false;
    let row_height = ui.spacing().interact_size.y;
    let list = ScrollArea::vertical().id_salt("values").auto_shrink([false, true]).max_height(height);
    list.show_rows(ui, row_height, found.len(), |ui, rows| {
        for (word, count) in &found[rows] {
            let mut on = chosen.contains(word);
            let words = format!("{}  {}", button_text(word), thousands(*count as u64));
            if ui.checkbox(&mut on, words).accessible_name(word).changed() {
                changed = true;
                if on {
                    chosen.insert(word.clone())
                } else {
                    chosen.remove(word)
                };
            }
        }
    });
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session, Settings};

    /// With a column of words and one of numbers.
    fn session() -> Session {
        let feature = |kind: &str, n: i32| {
            format!(r#"{{"type":"Feature","properties":{{"kind":"{kind}","n":{n}}},"geometry":null}}"#)
        };
        let features = [feature("a", 1), feature("b", 2), feature("b", 3)].join(",");
        let text = format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#);
        let mut session = Session::new(Settings::default(), std::sync::Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(text));
        session.settle();
        session
    }

    fn editor(session: &Session, column: &str, filter: &LayerFilter) -> ColumnEditor {
        let layer = session.chosen_layer().unwrap();
        let data = session.content(layer).unwrap().data().unwrap();
        ColumnEditor::of(&data.features, column, filter).unwrap()
    }

    fn filter(condition: &str) -> LayerFilter {
        LayerFilter { conditions: vec![condition.parse().unwrap()] }
    }

    #[test]
    fn an_editor_begins_anew_when_all_is_shown_or_undo_brings_another_condition() {
        let mut words = editor(&session(), "kind", &filter("kind=a"));
        words.follow(&LayerFilter::default());
        assert_eq!(words.predicate(), Ok(None));
        words.chosen.insert("b".to_owned());
        assert_eq!(words.predicate(), Ok(Some(Predicate::Words(vec!["b".to_owned()]))));
        words.follow(&filter("kind=?"));
        assert_eq!(words.predicate(), Ok(Some(Predicate::HasNone)));
        words.follow(&filter("kind=a|b"));
        let both = Predicate::Words(vec!["a".to_owned(), "b".to_owned()]);
        assert_eq!(words.predicate(), Ok(Some(both)));
    }

    #[test]
    fn what_is_being_typed_stays_while_the_filter_is_what_it_was() {
        let given = filter("n=2..3");
        let mut numbers = editor(&session(), "n", &given);
        numbers.to = "3.".to_owned();
        numbers.follow(&given.with("kind", Some(Predicate::HasValue)));
        assert_eq!((numbers.from.as_str(), numbers.to.as_str()), ("2", "3."));
        numbers.follow(&filter("n=..1"));
        assert_eq!((numbers.from.as_str(), numbers.to.as_str()), ("", "1"));
    }
}
