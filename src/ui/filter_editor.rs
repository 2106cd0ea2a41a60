//! What the values of one column must be: a range, some of its words, a part of a text.
//!
//! Floor 6.

use std::borrow::Cow;

use eframe::egui::{self, TextEdit, Ui};

use super::bidi_text::{TextLook, paragraph_ui};
use super::format;
use super::theme::HALF_STEP;
use super::value_list::{counts_of, value_list_ui};
use super::widgets::{MOST_LETTERS, field_with_ui};
use crate::index::{ColumnSummary, Comparison, DateLiteral, Filter, Predicate, Subject, Value};
use crate::session::{Command, LayerId, Session, ValuesOf};
use crate::situation::{CivilClock, FeatureStore, day_of, words_of_day};

/// One column while its condition is being edited.
#[derive(Debug)]
pub struct ColumnEditor {
    column: String,
    subject: Subject,
    /// Made once: it looks at every row.
    summary: ColumnSummary,
    has_empty_rows: bool,
    /// The condition that was last taken over or given out.
    known: Option<Predicate>,
    only_empty: bool,
    /// What is written as the ends of a range; in `from` also the part of a text.
    from: String,
    to: String,
    chosen: Vec<String>,
    search: String,
}

impl ColumnEditor {
    /// Begins with the condition that the filter has on the column, instants by their days in a zone of the IANA database;
    /// `None` where there is no such column.
    pub fn of(features: &FeatureStore, column: &str, filter: &Filter, zone: &str) -> Option<Self> {
        let data = features.column(column)?;
        let mut editor = Self {
            column: column.to_owned(),
            subject: Subject::Column(column.to_owned()),
            summary: ColumnSummary::by_clock(data, &mut CivilClock::of_zone(zone)),
            has_empty_rows: (data.filled as usize) < features.len(),
            known: None,
            only_empty: false,
            from: String::new(),
            to: String::new(),
            chosen: Vec::new(),
            search: String::new(),
        };
        editor.take_over(filter.on(&editor.subject));
        Some(editor)
    }

    /// The column's name.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// The column as filters name it.
    pub fn subject(&self) -> &Subject {
        &self.subject
    }

    /// Takes over what the filter has on the column where that was changed elsewhere: by undo, by showing all.
    pub fn follow(&mut self, filter: &Filter) {
        let predicate = filter.on(&self.subject);
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
        let end = |end: &Option<Value>| end.as_ref().map(words_of).unwrap_or_default();
        match predicate {
            // What cannot be edited here is listed, and can be taken out.
            None | Some(Predicate::Known) => {}
            Some(Predicate::Compare(comparison, value)) => self.take_over_comparison(*comparison, value),
            Some(Predicate::Unknown) => self.only_empty = true,
            Some(Predicate::Range(from, to)) => (self.from, self.to) = (end(from), end(to)),
            Some(Predicate::OneOf(words)) => self.chosen = words.iter().map(words_of).collect(),
            Some(Predicate::Contains(part)) => self.from.clone_from(part),
        }
    }

    fn take_over_comparison(&mut self, comparison: Comparison, value: &Value) {
        match comparison {
            Comparison::Equal => {
                (self.from, self.to) = (words_of(value), words_of(value));
                self.chosen.push(words_of(value));
            }
            Comparison::AtLeast => self.from = words_of(value),
            Comparison::AtMost => self.to = words_of(value),
            Comparison::NotEqual | Comparison::Less | Comparison::Greater => {}
        }
    }

    /// What is written now: `None` inside for no condition; an error where an end cannot be read.
    fn predicate(&self) -> Result<Option<Predicate>, &'static str> {
        if self.only_empty {
            return Ok(Some(Predicate::Unknown));
        }
        Ok(match self.summary {
            ColumnSummary::Numbers(..) => {
                let read = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
                let wanted = "A number is expected, such as 5 or 2.5";
                let number = |text: &str| read(text).map(Value::Number);
                let (from, to) = (end(&self.from, number, wanted)?, end(&self.to, number, wanted)?);
                (from.is_some() || to.is_some()).then_some(Predicate::Range(from, to))
            }
            ColumnSummary::Days(..) => {
                let wanted = "A date is expected, such as 2018-09-08";
                let day = |text: &str| day_of(text).map(|day| Value::Date(DateLiteral::Day(day)));
                let (from, to) = (end(&self.from, day, wanted)?, end(&self.to, day, wanted)?);
                (from.is_some() || to.is_some()).then_some(Predicate::Range(from, to))
            }
            ColumnSummary::Words(_) => {
                let words = || self.chosen.iter().cloned().map(Value::Text).collect();
                (!self.chosen.is_empty()).then(|| Predicate::OneOf(words()))
            }
            ColumnSummary::Texts => {
                let part = self.from.trim();
                (!part.is_empty()).then(|| Predicate::Contains(part.to_owned()))
            }
            ColumnSummary::Nothing => None,
        })
    }
}

/// As it is typed.
fn words_of(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
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

/// The editor of a column of a layer; the new condition where it has changed, `None` inside for no condition on the
/// column.
pub fn column_editor_ui(
    ui: &mut Ui,
    of: (&Session, LayerId),
    editor: &mut ColumnEditor,
    height: f32,
    commands: &mut Vec<Command>,
) -> Option<Option<Predicate>> {
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
            ColumnSummary::Words(_) => words_ui(ui, of, editor, height - 110.0, commands),
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
            ui.add(TextEdit::singleline(text).char_limit(MOST_LETTERS).desired_width(140.0))
                .accessible_name(name)
                .changed()
        })
    };
    let (least, greatest) = (field("From", from), field("Up to", to));
    paragraph_ui(ui, "Both ends are included.", &TextLook::caption(ui));
    least || greatest
}

fn part_of_text_ui(ui: &mut Ui, part: &mut String) -> bool {
    let field = field_with_ui(ui, "Has in it", |ui| {
        ui.add(TextEdit::singleline(part).char_limit(MOST_LETTERS).desired_width(200.0))
            .accessible_name("Has in it")
    });
    let words = "These texts are read from the file: press Enter to look through all of them.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The values, counted among the rows that everything else lets through.
fn words_ui(
    ui: &mut Ui,
    (session, layer): (&Session, LayerId),
    editor: &mut ColumnEditor,
    height: f32,
    commands: &mut Vec<Command>,
) -> bool {
    let known = counts_of(ui, session, ValuesOf::Layer(layer, editor.subject.clone()), commands);
    let words = "The number beside a value is of the rows that all other filters show.";
    paragraph_ui(ui, words, &TextLook::caption(ui));
    value_list_ui(ui, &known, |value| Cow::Borrowed(value), &mut editor.chosen, &mut editor.search, height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Session, Settings};
    use crate::situation::HOME_ZONE;

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

    fn editor(session: &Session, column: &str, filter: &Filter) -> ColumnEditor {
        let layer = session.chosen_layer().unwrap();
        let data = session.content(layer).unwrap().data().unwrap();
        ColumnEditor::of(&data.features, column, filter, HOME_ZONE).unwrap()
    }

    fn filter(condition: &str) -> Filter {
        condition.parse().unwrap()
    }

    fn word(word: &str) -> Value {
        Value::Text(word.to_owned())
    }

    #[test]
    fn an_editor_begins_anew_when_all_is_shown_or_undo_brings_another_condition() {
        let mut words = editor(&session(), "kind", &filter("[kind] in (a)"));
        words.follow(&Filter::default());
        assert_eq!(words.predicate(), Ok(None));
        words.chosen.push("b".to_owned());
        assert_eq!(words.predicate(), Ok(Some(Predicate::OneOf(vec![word("b")]))));
        words.follow(&filter("[kind] is unknown"));
        assert_eq!(words.predicate(), Ok(Some(Predicate::Unknown)));
        words.follow(&filter("[kind] in (a, b)"));
        let both = Predicate::OneOf(vec![word("a"), word("b")]);
        assert_eq!(words.predicate(), Ok(Some(both)));
    }

    #[test]
    fn what_is_being_typed_stays_while_the_filter_is_what_it_was() {
        let given = filter("n in 2..3");
        let mut numbers = editor(&session(), "n", &given);
        numbers.to = "3.".to_owned();
        numbers.follow(&given.with(&Subject::Column("kind".to_owned()), Some(Predicate::Known)));
        assert_eq!((numbers.from.as_str(), numbers.to.as_str()), ("2", "3."));
        numbers.follow(&filter("n in ..1"));
        assert_eq!((numbers.from.as_str(), numbers.to.as_str()), ("", "1"));
    }
}
