//! What is written is read, and what is read is written.
//!
//! Floor 2.

use super::*;

fn predicate(text: &str) -> Predicate {
    match &read(text).parts[..] {
        [Expression::Where(condition)] => condition.predicate.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_example_of_the_help_is_read() {
    let filter = read("killed.best >= 5 and actor ~ \"Russia\" and date in 2018-09-04..2018-09-10");
    assert_eq!(filter.parts.len(), 3);
    let days = Predicate::Range(
        Some(Value::Date(DateLiteral::Day(day("2018-09-04")))),
        Some(Value::Date(DateLiteral::Day(day("2018-09-10")))),
    );
    let on = |subject: Subject| filter.on(&subject).cloned();
    assert_eq!(on(Subject::Field(EventField::Date)), Some(days));
    assert_eq!(on(Subject::Field(EventField::Actor)), Some(Predicate::Contains("Russia".into())));
    let at_least_five = Predicate::Compare(Comparison::AtLeast, Value::Number(5.0));
    assert_eq!(on(Subject::Field(EventField::KilledBest)), Some(at_least_five));
}

#[test]
fn every_form_of_a_predicate_is_read() {
    use Comparison::{AtMost, Equal, NotEqual};
    assert_eq!(predicate("n<=-2.5e3"), Predicate::Compare(AtMost, Value::Number(-2500.0)));
    assert_eq!(predicate("n ≠ 5"), Predicate::Compare(NotEqual, Value::Number(5.0)));
    let month = DateLiteral::Month { year: 2018, month: 9 };
    assert_eq!(predicate("d = 2018-09"), Predicate::Compare(Equal, Value::Date(month)));
    assert_eq!(predicate("n in ..7"), Predicate::Range(None, Some(Value::Number(7.0))));
    assert_eq!(predicate("n in 5.."), Predicate::Range(Some(Value::Number(5.0)), None));
    assert_eq!(
        predicate("t in (a, \"b c\"، 3)"),
        Predicate::OneOf(vec![text("a"), text("b c"), Value::Number(3.0)])
    );
    assert_eq!(predicate("ملاحظة ~ «قصف مدفعي»"), Predicate::Contains("قصف مدفعي".into()));
    assert_eq!((predicate("n IS Known"), predicate("n is unknown")), (Predicate::Known, Predicate::Unknown));
    assert_eq!(predicate("t = \"say \"\"no\"\"\""), Predicate::Compare(Equal, text("say \"no\"")));
}

#[test]
fn names_that_are_no_plain_words_stand_in_brackets() {
    let subject = |text: &str| match &read(text).parts[..] {
        [Expression::Where(condition)] => condition.subject.clone(),
        other => panic!("{other:?}"),
    };
    let column = |name: &str| Subject::Column(name.to_owned());
    assert_eq!(subject("[Killed (all)] > 1"), column("Killed (all)"));
    assert_eq!(subject("[a]]b] > 1"), column("a]b"));
    assert_eq!(
        (subject("date = 2018"), subject("[date] = 2018")),
        (Subject::Field(EventField::Date), column("date"))
    );
    assert_eq!(subject("name:en = x"), column("name:en"));
    assert_eq!(
        (subject("killed > 1"), subject("[and] = 1")),
        (Subject::People(People::Killed), column("and"))
    );
}

#[test]
fn and_binds_more_than_or_and_not_more_than_and() {
    let filter = read("a = 1 or not b = 2 and c = 3");
    assert_eq!(filter.to_string(), "a = 1 or (not (b = 2) and c = 3)");
    assert_eq!(read("(a = 1 or b = 2) and kind not in (x)").parts.len(), 2);
}

#[test]
fn an_error_points_at_the_character_in_any_script() {
    for (text, at, reason) in [
        ("قتلى >= x", 9, "a number or a date was expected"),
        ("killed >= ", 11, "a number, a date or a text was expected"),
        ("killed", 7, "one of = != < <= > >= ~ “in” or “is” was expected"),
        ("a = 1 b = 2", 7, "“and”, “or” or the end was expected"),
        ("a = \"open", 5, "the quote is never closed"),
        ("date in 2018-09-31..", 9, "there is no date 2018-09-31"),
        ("date in 5.5..2018-09-01", 14, "both ends must be numbers, or both dates"),
        ("n in ..", 8, "a number or a date was expected before or after the dots"),
        ("n in 5", 7, "two dots were expected"),
        ("(a = 1", 7, "a closing parenthesis was expected"),
        ("a = 1)", 6, "there is no parenthesis to close"),
        ("\"a b\" = 1", 1, "goes in [square brackets]"),
        ("a = 1 and", 10, "a field or a column was expected"),
        ("a is 5", 6, "“known” or “unknown” was expected"),
        ("a ? 5", 3, "'?' means nothing here"),
        ("within 5 miles of \"M4\"", 10, "“km” or “m” was expected"),
        ("inside M4", 8, "the title of a layer in quotes"),
    ] {
        let error = text.parse::<Filter>().unwrap_err();
        assert_eq!(error.at, at, "{error}");
        assert!(error.reason.contains(reason), "{error}");
    }
    assert!("(".repeat(100_000).parse::<Filter>().is_err());
    assert!("not ".repeat(100_000).parse::<Filter>().is_err());
}

/// Numbers that follow from one another without a pattern (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.throw(from.len() as u64) as usize].clone()
    }

    fn word(&mut self) -> String {
        let characters: Vec<char> = "aZ_9 .:-\"'[](){}=~!<>,،…قصفé\u{64e}\u{202e}?*|\\\n".chars().collect();
        (0..=self.throw(6)).map(|_| self.pick(&characters)).collect()
    }

    fn value(&mut self) -> Value {
        match self.throw(4) {
            0 => text(&self.word()),
            1 => Value::Date(DateLiteral::Day(self.throw(60_000) as i32 - 20_000)),
            2 => Value::Date(DateLiteral::Month {
                year: self.throw(3000) as i16,
                month: self.throw(12) as i8 + 1,
            }),
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Value {
        Value::Number(self.pick(&[0.0, -1.5, 2018.0, 1e300, 1e-9, f64::from(self.0 as u32) / 7.0]))
    }

    fn expression(&mut self, depth: u32) -> Expression {
        match self.throw(if depth == 0 { 2 } else { 5 }) {
            0 => Expression::At(match self.throw(2) {
                0 => PlaceTest::Inside(self.pick(&[Region::Drawn, Region::Layer("M4 \"x\"".into())])),
                _ => PlaceTest::Near {
                    distance: self.pick(&[Distance::Kilometres(2.5), Distance::Metres(7.0)]),
                    of: Region::Drawn,
                },
            }),
            1 => Expression::Where(Condition { subject: self.subject(), predicate: self.predicate() }),
            2 => Expression::Not(Box::new(self.expression(depth - 1))),
            kind => {
                let parts = (0..2 + self.throw(2)).map(|_| self.expression(depth - 1)).collect();
                if kind == 3 { Expression::And(parts) } else { Expression::Or(parts) }
            }
        }
    }

    fn subject(&mut self) -> Subject {
        match self.throw(4) {
            0 => Subject::Field(self.pick(EventField::ALL)),
            1 => Subject::People(self.pick(&[People::Killed, People::Injured])),
            2 => Subject::Column(self.pick(&["date", "killed", "and", "In", "a.b", "اسم", "n"]).to_owned()),
            _ => Subject::Column(self.word()),
        }
    }

    fn predicate(&mut self) -> Predicate {
        match self.throw(6) {
            0 => Predicate::Known,
            1 => Predicate::Unknown,
            2 => Predicate::Contains(format!("{}x", self.word())),
            3 => Predicate::OneOf((0..=self.throw(3)).map(|_| self.value()).collect()),
            4 => {
                let ends = [Some(self.number()), Some(self.number())];
                match self.throw(3) {
                    0 => Predicate::Range(ends[0].clone(), None),
                    1 => Predicate::Range(None, ends[1].clone()),
                    _ => Predicate::Range(ends[0].clone(), ends[1].clone()),
                }
            }
            _ => match self.throw(2) {
                0 => Predicate::Compare(self.pick(&[Comparison::Equal, Comparison::NotEqual]), self.value()),
                _ => Predicate::Compare(self.pick(&[Comparison::Less, Comparison::AtLeast]), self.number()),
            },
        }
    }
}

#[test]
fn what_is_written_is_read_again() {
    let mut dice = Dice(2018);
    for _ in 0..5_000 {
        let filter = Filter::from(Some(dice.expression(3)));
        let written = filter.to_string();
        assert_eq!(written.parse(), Ok(filter), "{written}");
    }
    assert_eq!("  ".parse(), Ok(Filter::default()));
}
