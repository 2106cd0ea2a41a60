//! The language of filters: read, written, and asked of columns.
//!
//! Floor 2.

use super::*;
use crate::situation::{
    CivilClock, CodeScheme, Codes, Column, ColumnData, EventField, EventMapping, FeatureDetails,
    FeatureStore, FeatureStoreBuilder, GeometryKind, LayerEvents, PropertyValue, RowMask, day_of, instant_of,
};

// Reading and writing

fn read(text: &str) -> Filter {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn predicate(text: &str) -> Predicate {
    match &read(text).parts[..] {
        [Expression::Where(condition)] => condition.predicate.clone(),
        other => panic!("{other:?}"),
    }
}

fn text(word: &str) -> Value {
    Value::Text(word.to_owned())
}

fn day(text: &str) -> i32 {
    day_of(text).unwrap()
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

// Asked of columns

fn store(rows: usize, columns: Vec<Column>) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..rows {
        builder.end_feature(GeometryKind::None, (row as u64, row as u64));
    }
    builder.finish(columns, None)
}

fn column(name: &str, filled: u32, data: ColumnData) -> Column {
    Column { name: name.to_owned(), filled, data }
}

fn numbers(name: &str, values: &[Option<f64>]) -> Column {
    let filled = values.iter().flatten().count() as u32;
    column(name, filled, ColumnData::Number(values.iter().map(|value| value.unwrap_or(f64::NAN)).collect()))
}

fn words(name: &str, rows: &[Option<&str>]) -> Column {
    let mut words: Vec<String> = rows.iter().flatten().map(|word| (*word).to_owned()).collect();
    words.sort();
    words.dedup();
    let code = |word: &str| words.iter().position(|known| known == word).map(|code| code as u32);
    let codes = Codes::collect(words.len(), rows.iter().map(|word| word.and_then(code)));
    column(name, rows.iter().flatten().count() as u32, ColumnData::Word { words, codes })
}

fn rows(features: &FeatureStore, filter: &str) -> Vec<usize> {
    read(filter).rows_of(features).unwrap_or_else(|error| panic!("{error}")).iter().collect()
}

fn refusal(features: &FeatureStore, filter: &str) -> String {
    read(filter).rows_of(features).unwrap_err().to_string()
}

#[test]
fn a_range_takes_both_ends_and_no_row_without_a_number() {
    let values = [Some(0.0), Some(5.0), None, Some(7.5), Some(f64::INFINITY), Some(-1.0)];
    let store = store(6, vec![numbers("n", &values)]);
    for (filter, expected) in [
        ("n in 0..7.5", &[0, 1, 3][..]),
        ("n in 5..", &[1, 3, 4]),
        ("n in ..0", &[0, 5]),
        ("n in (5, 7.5)", &[1, 3]),
        ("n > 5", &[3, 4]),
        ("n < 5", &[0, 5]),
        ("n >= 5 and n <= 5", &[1]),
        ("n is unknown", &[2]),
        ("n is known", &[0, 1, 3, 4, 5]),
        ("n = \"5\"", &[1]),
    ] {
        assert_eq!(rows(&store, filter), expected, "{filter}");
    }
}

#[test]
fn what_is_unknown_is_in_no_comparison_nor_in_its_opposite() {
    let store = store(
        4,
        vec![
            numbers("n", &[Some(1.0), Some(9.0), None, Some(5.0)]),
            words("t", &[Some("a"), None, Some("b"), Some("b")]),
        ],
    );
    for (filter, expected) in [
        ("n != 5", &[0, 1][..]),
        ("not (n = 5)", &[0, 1]),
        ("not (n >= 5)", &[0]),
        ("not (n != 5)", &[3]),
        ("not (n in (1, 5))", &[1]),
        ("t != a", &[2, 3]),
        ("not (t ~ a)", &[2, 3]),
        ("not not (t = a)", &[0]),
        // Unknown or true is true; unknown and false is false, and its opposite true.
        ("n >= 5 or t = b", &[1, 2, 3]),
        ("not (n >= 5 and t = a)", &[0, 2, 3]),
        ("not (n >= 5 or t = b)", &[0]),
        ("not (n is known)", &[2]),
    ] {
        assert_eq!(rows(&store, filter), expected, "{filter}");
    }
}

#[test]
fn dates_are_met_in_days_instants_and_words_by_day_month_and_year() {
    let days = vec![day("2018-08-31"), day("2018-09-01"), ColumnData::NO_DAY, day("2018-09-10")];
    let instant = |text: &str| instant_of(text).unwrap();
    let instants = vec![
        instant("2018-08-31T23:59:59+03:00"),
        instant("2018-09-01T00:00:00+03:00"),
        ColumnData::NO_INSTANT,
        instant("2018-09-10T23:59:59+03:00"),
    ];
    let texts = ["2018-08-31", "2018-09-01T12:00:00Z", "unknown", "2018-09-10"].map(Some);
    let store = store(
        4,
        vec![
            column("d", 3, ColumnData::Day(days)),
            column("i", 3, ColumnData::Instant(instants)),
            words("w", &texts),
        ],
    );
    for name in ["d", "i", "w"] {
        for (rest, expected) in [
            ("in 2018-09-01..2018-09-10", &[1, 3][..]),
            ("in ..2018-08-31", &[0]),
            ("= 2018-09-10", &[3]),
            ("in 2018-09..2018-09", &[1, 3]),
            ("< 2018-09", &[0]),
            ("> 2018-09-01", &[3]),
            ("= 2018", &[0, 1, 3]),
            ("in 2017..2018", &[0, 1, 3]),
            ("in 2018..2018-08", &[0]),
        ] {
            let filter = format!("{name} {rest}");
            assert_eq!(rows(&store, &filter), expected, "{filter}");
        }
        assert!(!rows(&store, &format!("not ({name} in 2018-09-01..)")).contains(&2));
    }
    assert_eq!(rows(&store, "i = \"2018-08-31T21:00:00Z\""), [1]);
    assert_eq!(rows(&store, "d is unknown"), [2]);
    // A text that is no date is neither of that day nor of another.
    assert_eq!(rows(&store, "w != 2018-09-10"), [0, 1]);
}

#[test]
fn instants_are_of_the_day_of_the_zone_unless_all_are_midnights_of_a_program() {
    let texts = ["2018-09-07T21:30:00Z", "2018-09-08T20:59:59Z", "2018-09-08T21:00:00Z"];
    let instants = texts.map(|text| instant_of(text).unwrap()).to_vec();
    let midnights = ["2018-09-07T00:00:00Z", "2018-09-08T00:00:00Z", "2018-09-09T00:00:00Z"];
    let midnights = midnights.map(|text| instant_of(text).unwrap()).to_vec();
    let store = store(
        3,
        vec![
            column("i", 3, ColumnData::Instant(instants)),
            words("w", &texts.map(Some)),
            column("m", 3, ColumnData::Instant(midnights)),
        ],
    );
    let in_zone = |filter: &str, zone: &str| {
        let scope = Scope { zone, ..Scope::of(&store) };
        read(filter).verdict(&scope).unwrap().met().iter().collect::<Vec<_>>()
    };
    for name in ["i", "w"] {
        let on_eighth = format!("{name} = 2018-09-08");
        assert_eq!(in_zone(&on_eighth, "Asia/Damascus"), [0, 1], "{name}");
        assert_eq!(in_zone(&on_eighth, "UTC"), [1, 2], "{name}");
    }
    assert_eq!(in_zone("i = \"2018-09-08T23:59:59+03:00\"", "UTC"), [1]);
    assert_eq!(in_zone("m = 2018-09-08", "Asia/Damascus"), [1]);
}

#[test]
fn words_are_met_by_their_whole_and_texts_by_a_part_in_any_spelling() {
    for many in [4, 400] {
        let mut names = ["Battles", "Air strike ÄRA", "إدلب"].map(str::to_owned).to_vec();
        names.extend((names.len()..many).map(|n| format!("w{n}")));
        let codes = (0..200).map(|row| if row % 4 == 3 { None } else { Some(row % 4) });
        let codes = Codes::collect(names.len(), codes);
        let store = store(200, vec![column("t", 150, ColumnData::Word { words: names, codes })]);
        assert_eq!(rows(&store, "t in (Battles, \"إدلب\")").len(), 100);
        assert_eq!((rows(&store, "t ~ \"STRIKE ara\"").len(), rows(&store, "t ~ ادلب").len()), (50, 50));
        assert_eq!((rows(&store, "t = battles").len(), rows(&store, "t is unknown").len()), (0, 50));
    }
}

struct Notes;

impl crate::situation::DetailSource for Notes {
    fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
        let value = match start {
            0 => PropertyValue::Text("heavily SHELLED".to_owned()),
            1 => PropertyValue::Number { value: 7.0, written: "7".to_owned() },
            2 => PropertyValue::Null,
            _ => return Ok(FeatureDetails::default()),
        };
        Ok(FeatureDetails { properties: vec![("notes".to_owned(), value)], ..FeatureDetails::default() })
    }
}

#[test]
fn a_column_that_is_only_in_the_source_is_decoded() {
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..100 {
        builder.end_feature(GeometryKind::None, (row, row));
    }
    let notes = column("notes", 2, ColumnData::InSource { kind: "mixed" });
    let store = builder.finish(vec![notes], Some(std::sync::Arc::new(Notes)));
    assert_eq!(rows(&store, "notes ~ shelled"), [0]);
    assert_eq!((rows(&store, "notes = 7"), rows(&store, "notes >= 5")), (vec![1], vec![1]));
    assert_eq!((rows(&store, "notes != 7"), rows(&store, "not (notes >= 5)")), (vec![0], vec![]));
    assert_eq!((rows(&store, "notes is known"), rows(&store, "notes is unknown").len()), (vec![0, 1], 98));
}

#[test]
fn an_unknown_column_or_another_type_is_refused_with_what_there_is() {
    let store = store(1, vec![numbers("count", &[Some(1.0)]), words("t", &[Some("a")])]);
    assert_eq!(
        refusal(&store, "coutn = 1"),
        "there is no column \"coutn\"; did you mean count?; there are count, t"
    );
    assert_eq!(
        refusal(&store, "t > 1"),
        "the column \"t\" holds text, and a number to compare with was asked for"
    );
    assert!(refusal(&store, "count ~ \"1x\"").contains("holds numbers, and a part of a text"));
    assert!(refusal(&store, "count in 2018-01-01..").contains("holds numbers, and a date"));
    assert!(refusal(&store, "count = many").contains("holds numbers, and a word"));
    assert!(refusal(&store, "inside \"Zone\"").contains("there is no layer \"Zone\""));
    assert_eq!(refusal(&store, "inside area"), "no area is drawn");
}

// Asked of events

fn mapping(fields: &[(EventField, &[&str])]) -> EventMapping {
    let mut mapping = EventMapping::default();
    for (field, columns) in fields {
        mapping.set(*field, columns.iter().map(|name| (*name).to_owned()).collect());
    }
    mapping
}

/// Rows are events once something is said to be their date.
fn events_by(features: &FeatureStore, mapping: &EventMapping) -> LayerEvents {
    let mut mapping = mapping.clone();
    if !mapping.makes_events() {
        mapping.set(EventField::Date, vec!["no such column".to_owned()]);
    }
    LayerEvents::of(features, mapping, &mut CivilClock::home()).unwrap()
}

fn event_rows(features: &FeatureStore, mapping: &EventMapping, filter: &str) -> Vec<usize> {
    let events = events_by(features, mapping);
    let scope = Scope::of(features).with_events(&events);
    let verdict = read(filter).verdict(&scope).unwrap_or_else(|error| panic!("{filter}: {error}"));
    verdict.met().iter().collect()
}

#[test]
fn at_least_is_asked_of_the_low_figure_and_at_most_of_the_high_one() {
    // 4–9, 0–1, unknown, at least 5, up to 3, exactly 5.
    let low = numbers("lo", &[Some(4.0), Some(0.0), None, Some(5.0), None, Some(5.0)]);
    let high = numbers("hi", &[Some(9.0), Some(1.0), None, None, Some(3.0), Some(5.0)]);
    let store = store(6, vec![low, high]);
    let both = mapping(&[(EventField::KilledLow, &["lo"]), (EventField::KilledHigh, &["hi"])]);
    for (filter, expected) in [
        ("killed >= 1", &[0, 3, 5][..]),
        ("killed > 4", &[3, 5]),
        ("killed <= 3", &[1, 4]),
        ("killed < 9", &[1, 4, 5]),
        ("killed = 5", &[5]),
        ("killed != 5", &[1, 4]),
        ("not (killed >= 5)", &[1, 4]),
        ("not (killed <= 3)", &[0, 3, 5]),
        ("killed in 4..9", &[0, 5]),
        ("killed in (5, 7)", &[5]),
        ("killed is unknown", &[2]),
        ("killed.low >= 5", &[3, 5]),
        // Nobody gives a best figure: it is known where the range is one number.
        ("killed.best >= 1", &[5]),
        ("killed.best is known", &[5]),
    ] {
        assert_eq!(event_rows(&store, &both, filter), expected, "{filter}");
    }
    let only_best = mapping(&[(EventField::KilledBest, &["hi"])]);
    assert_eq!(event_rows(&store, &only_best, "killed >= 3"), [0, 4, 5]);
    assert_eq!(event_rows(&store, &only_best, "killed <= 3"), [1, 4]);
}

#[test]
fn figures_are_read_as_the_details_read_them_whatever_their_column_holds() {
    let texts =
        [Some("4-9"), Some("at least 4"), Some("1,200"), Some("none"), Some("unknown"), Some("many"), None];
    // A blank low figure beside a best one of 5, and one that no program reads as a number.
    let low = words("lo", &[None, None, None, Some("2"), Some("1"), None, Some("3+")]);
    let best = numbers("n", &[Some(5.0), Some(2.5), None, Some(3.0), None, Some(0.0), None]);
    let store = store(7, vec![words("killed", &texts), low, best]);
    let in_words = mapping(&[(EventField::KilledBest, &["killed"])]);
    let in_both = mapping(&[(EventField::InjuredLow, &["lo"]), (EventField::InjuredBest, &["n"])]);
    for (mapping, filter, expected) in [
        (&in_words, "killed >= 1", &[0, 1, 2][..]),
        (&in_words, "killed >= 5", &[2]),
        (&in_words, "killed <= 9", &[0, 3]),
        (&in_words, "killed = 0", &[3]),
        (&in_words, "killed != 0", &[0, 1, 2]),
        (&in_words, "killed is unknown", &[4, 5, 6]),
        (&in_words, "killed.low >= 4", &[0, 1]),
        (&in_words, "killed.best >= 1", &[2]),
        (&in_words, "killed.high is known", &[0]),
        (&in_both, "injured >= 5", &[0]),
        (&in_both, "injured >= 2", &[0, 3, 6]),
        (&in_both, "injured <= 3", &[3, 5]),
        (&in_both, "injured is unknown", &[1, 2]),
        (&in_both, "injured.low >= 1", &[3, 4, 6]),
    ] {
        assert_eq!(event_rows(&store, mapping, filter), expected, "{filter}");
    }
    for mapping in [&in_words, &in_both] {
        let events = events_by(&store, mapping);
        let (figures, people) = match events.killed() {
            Some(killed) => (killed, "killed"),
            None => (events.injured().unwrap(), "injured"),
        };
        for count in [0, 1, 2, 3, 4, 5, 1200] {
            let found = event_rows(&store, mapping, &format!("{people} >= {count}"));
            let expected = (0..store.len()).filter(|&row| figures.harm(row).at_least(count));
            assert_eq!(found, expected.collect::<Vec<_>>(), "{people} >= {count}");
        }
    }
    let refused = "killed ~ many".parse::<Filter>().unwrap();
    let events = events_by(&store, &in_words);
    let error = refused.verdict(&Scope::of(&store).with_events(&events)).unwrap_err();
    assert_eq!(error.to_string(), "the column \"killed\" holds numbers, and a part of a text was asked for");
}

#[test]
fn a_field_of_several_columns_is_met_by_any_of_them() {
    let actor1 = words("actor1", &[Some("Military of Russia"), Some("HTS"), None, Some("HTS")]);
    let actor2 = words("actor2", &[Some("Civilians"), None, None, Some("روسيا")]);
    let sources = words("source", &[Some("SOHR; SMART"), Some("SMART"), None, Some("SOHR Online")]);
    let store = store(4, vec![actor1, actor2, sources]);
    let mapping = mapping(&[(EventField::Actor, &["actor1", "actor2"]), (EventField::Source, &["source"])]);
    assert_eq!(event_rows(&store, &mapping, "actor ~ russia or actor ~ \"رُوسيا\""), [0, 3]);
    assert_eq!(event_rows(&store, &mapping, "actor != \"HTS\""), [0]);
    assert_eq!(event_rows(&store, &mapping, "actor is unknown"), [2]);
    assert_eq!(event_rows(&store, &mapping, "source = SOHR"), [0]);
    assert_eq!(event_rows(&store, &mapping, "source != SMART"), [3]);
    // A field that nothing is mapped to is a column of that name.
    let none = EventMapping::default();
    assert_eq!(event_rows(&store, &none, "source = SMART"), [0, 1]);
}

#[test]
fn codes_are_met_by_their_words_and_classes_by_their_labels() {
    let kind = numbers("type_of_violence", &[Some(1.0), Some(3.0), None, Some(3.0)]);
    let place = words("where_prec", &[Some("1"), Some("2"), Some("4"), None]);
    let weapon = words("weapon", &[Some("air_strike"), Some("Air strike"), Some("unknown"), None]);
    let store = store(4, vec![kind, place, weapon]);
    let fields: [(EventField, &[&str]); 3] = [
        (EventField::Kind, &["type_of_violence"]),
        (EventField::PlacePrecision, &["where_prec"]),
        (EventField::Weapon, &["weapon"]),
    ];
    let mut mapping = mapping(&fields);
    mapping.scheme = CodeScheme::Ucdp;
    for (filter, expected) in [
        ("kind = \"One-sided violence\"", &[1, 3][..]),
        ("kind ~ violence", &[1, 3]),
        ("kind != \"One-sided violence\"", &[0]),
        ("kind in (\"State-based conflict\", \"One-sided violence\")", &[0, 1, 3]),
        ("kind = 3", &[1, 3]),
        ("precision ~ \"25 km\"", &[1]),
        ("precision = governorate", &[2]),
        ("weapon = air_strike", &[0, 1]),
        ("weapon ~ \"Air strike\"", &[0, 1]),
        ("weapon ~ stated", &[]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    // A column that is asked by its own name holds what is written.
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    assert!(read("[type_of_violence] ~ violence").verdict(&scope).is_err());
    let counts =
        field_counts(&Filter::default(), &Subject::Field(EventField::Kind), &scope, &RowMask::all(4));
    let counted = |word: &str, count| (word.to_owned(), count);
    assert_eq!(counts.unwrap(), [counted("One-sided violence", 2), counted("State-based conflict", 1)]);
}

#[test]
fn an_event_of_which_only_the_week_is_known_possibly_meets_each_of_its_days() {
    let first = words("first", &[Some("2018-09-08"), Some("2018-09-05"), Some("2018-09-01"), None]);
    let last = words("last", &[Some("2018-09-08"), Some("2018-09-11"), Some("2018-09-30"), None]);
    let precision = words("precision", &[Some("day"), Some("week"), Some("day"), None]);
    let store = store(4, vec![first, last, precision]);
    let mapping = mapping(&[
        (EventField::Date, &["first"]),
        (EventField::LastDate, &["last"]),
        (EventField::DatePrecision, &["precision"]),
    ]);
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let found = |filter: &str| {
        let verdict = read(filter).verdict(&scope).unwrap();
        let possible = verdict.possible().map(|rows| rows.iter().collect()).unwrap_or_default();
        (verdict.met().iter().collect::<Vec<_>>(), possible)
    };
    let nothing: Vec<usize> = Vec::new();
    assert_eq!(found("date = 2018-09-08"), (vec![0, 1, 2], vec![1]));
    assert_eq!(found("date in 2018-09-08..2018-09-08"), (vec![0, 1, 2], vec![1]));
    assert_eq!(found("date in 2018-09-05..2018-09-11"), (vec![0, 1, 2], nothing.clone()));
    assert_eq!(found("date < 2018-09-08"), (vec![1, 2], vec![1]));
    assert_eq!(found("date >= 2018-10"), (nothing.clone(), nothing.clone()));
    assert_eq!(found("date = 2018"), (vec![0, 1, 2], nothing.clone()));
    assert_eq!(found("not (date = 2018-09-08)"), (vec![1], vec![1]));
    assert_eq!(found("not (date = 2018-09-20)"), (vec![0, 1], nothing.clone()));
    assert_eq!(found("date is unknown"), (vec![3], nothing));
    // One of two days is certain where either of them is.
    assert_eq!(found("date in (2018-09-08, 2018-09-20)"), (vec![0, 1, 2], vec![1]));
}

#[test]
fn what_one_of_several_layers_lacks_is_unknown_there_and_no_error() {
    let store = store(2, vec![words("t", &[Some("a"), None])]);
    let scope = Scope { absent_is_unknown: true, ..Scope::of(&store) };
    let found = |filter: &str| read(filter).verdict(&scope).unwrap().met().iter().collect::<Vec<_>>();
    assert_eq!((found("grade = weak"), found("not (grade = weak)")), (vec![], vec![]));
    assert_eq!((found("grade is unknown"), found("not (grade is known)")), (vec![0, 1], vec![0, 1]));
    assert_eq!((found("t > 5"), found("t = a or grade = weak")), (vec![], vec![0]));
}

#[test]
fn a_class_is_met_by_its_word_and_its_label_and_a_wording_by_what_is_written() {
    let weapon =
        words("weapon", &[Some("Airstrike"), Some("Barrel bombs (air raid)"), None, Some("unknown"), None]);
    let kind =
        words("kind", &[Some("Strike"), None, Some("Air/drone strike"), Some("Shelling"), Some("Protest")]);
    let grade = words("grade", &[Some("Confirmed"), Some("FAIR"), Some("Event only"), None, None]);
    let precision = numbers("prec", &[Some(1.0), Some(4.0), Some(6.0), None, Some(2.0)]);
    let store = store(5, vec![weapon, kind, grade, precision]);
    let mut mapping = mapping(&[
        (EventField::Weapon, &["weapon"]),
        (EventField::Kind, &["kind"]),
        (EventField::Grade, &["grade"]),
        (EventField::PlacePrecision, &["prec"]),
    ]);
    mapping.scheme = CodeScheme::Ucdp;
    for (filter, expected) in [
        ("weapon = air_strike", &[0, 2][..]),
        ("weapon = \"Air strike\"", &[0, 2]),
        ("weapon = Airstrike", &[0]),
        ("weapon in (barrel_bomb, \"unknown\")", &[1, 3]),
        ("weapon ~ \"air raid\"", &[1]),
        ("weapon ~ strike", &[0, 2]),
        ("weapon != air_strike", &[1, 3]),
        ("not (weapon ~ strike)", &[1, 3]),
        ("weapon is unknown", &[4]),
        ("class = strike", &[0, 1, 2]),
        ("class = incident", &[3, 4]),
        ("grade = confirmed", &[0]),
        ("grade in (fair, confirmed)", &[0, 1]),
        ("grade = \"Event only\"", &[2]),
        ("precision = place", &[0]),
        ("precision in (governorate, near_25km)", &[1, 4]),
        ("precision ~ \"25 km\"", &[4]),
        ("precision = 4", &[1]),
        ("precision >= 4", &[1, 2]),
        ("precision != place", &[1, 2, 4]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let counts = |field| {
        let counted =
            field_counts(&Filter::default(), &Subject::Field(field), &scope, &RowMask::all(5)).unwrap();
        counted.iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(counts(EventField::Weapon), "air_strike 2, barrel_bomb 1, unknown 1");
    assert_eq!(counts(EventField::Class), "strike 3, incident 2");
    assert_eq!(
        counts(EventField::PlacePrecision),
        "country (UCDP where_prec 6) 1, governorate 1, near_25km 1, place 1"
    );
}

#[test]
fn every_list_is_taken_apart_in_the_same_way_wherever_it_is_held() {
    let sources = words("source", &[Some("SOHR|SMART"), Some("SNHR ؛ SOHR"), Some("SMART\nSNHR"), None]);
    let actors = words("actor1", &[Some("Army of A; Guild"), None, Some("Guild"), Some("B")]);
    let store = store(4, vec![sources, actors]);
    let mapping = mapping(&[(EventField::Source, &["source"]), (EventField::Actor, &["actor1"])]);
    for (filter, expected) in [
        ("source = SOHR", &[0, 1][..]),
        ("source = SNHR", &[1, 2]),
        ("source != SOHR", &[2]),
        ("actor = Guild", &[0, 2]),
        ("actor = \"Army of A; Guild\"", &[0]),
        ("actor in (\"Army of A\", B)", &[0, 3]),
    ] {
        assert_eq!(event_rows(&store, &mapping, filter), expected, "{filter}");
    }
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..3 {
        builder.end_feature(GeometryKind::None, (row, row));
    }
    let tags = column("tags", 2, ColumnData::InSource { kind: "json" });
    let store = builder.finish(vec![tags], Some(std::sync::Arc::new(Tagged)));
    let mapping = self::mapping(&[(EventField::Tags, &["tags"])]);
    assert_eq!(event_rows(&store, &mapping, "tags = market"), [0, 1]);
    assert_eq!(event_rows(&store, &mapping, "not (tags = \"many dead\")"), [1]);
    assert_eq!(event_rows(&store, &mapping, "tags is unknown"), [2]);
}

struct Tagged;

impl crate::situation::DetailSource for Tagged {
    fn details(&self, start: u64, _: u64) -> Result<FeatureDetails, String> {
        let value = match start {
            0 => PropertyValue::Json(r#"["market","many dead"]"#.to_owned()),
            1 => PropertyValue::Text("school; market".to_owned()),
            _ => PropertyValue::Null,
        };
        Ok(FeatureDetails { properties: vec![("tags".to_owned(), value)], ..FeatureDetails::default() })
    }
}

// Written with help

#[test]
fn a_name_that_there_is_not_is_pointed_at_and_the_nearest_offered() {
    let store = store(1, vec![words("weapon", &[Some("a")]), numbers("lo", &[Some(1.0)])]);
    let mapping = mapping(&[(EventField::KilledLow, &["lo"])]);
    let events = events_by(&store, &mapping);
    let scopes = vec![Scope::of(&store).with_events(&events)];
    let vocabulary = Vocabulary { scopes, layers: vec!["Rebel-held area"], has_area: false };
    let error = |text: &str| vocabulary.read(text).unwrap_err();
    let kiled = error("weapon = a and (kiled.low >= 5)");
    assert_eq!((kiled.at, kiled.did_you_mean.as_deref()), (17, Some("killed.low")));
    assert!(kiled.to_string().contains("there is no field and no column kiled.low, at character 17"));
    let region = error("inside \"rebel held area\"");
    assert_eq!((region.at, region.did_you_mean.as_deref()), (8, Some("Rebel-held area")));
    assert_eq!(error("inside area").at, 8);
    assert!(vocabulary.read("killed >= 1 and weapon = b").is_ok());
}

#[test]
fn what_can_come_next_is_known_at_every_caret() {
    let store = store(
        3,
        vec![
            words("weapon", &[Some("air strike"), Some("shelling"), Some("air strike")]),
            numbers("lo", &[Some(1.0), None, None]),
        ],
    );
    let mapping = mapping(&[(EventField::KilledLow, &["lo"]), (EventField::Weapon, &["weapon"])]);
    let events = events_by(&store, &mapping);
    let scopes = vec![Scope::of(&store).with_events(&events)];
    let vocabulary = Vocabulary { scopes, layers: vec!["M4"], has_area: true };
    let choices = |text: &str| {
        let caret = text.find('|').map(|at| text[..at].chars().count()).unwrap();
        let completion = vocabulary.complete(&text.replace('|', ""), caret, 50);
        let texts: Vec<String> = completion.choices.into_iter().map(|choice| choice.text).collect();
        (completion.from, completion.to, texts.join(" "))
    };
    let texts = |text: &str| choices(text).2;
    assert_eq!(texts("|"), "killed class date weapon killed.low lo not inside within");
    assert_eq!(choices("kil|l >= 5"), (0, 4, "killed killed.low".to_owned()));
    assert_eq!(texts("killed >= 5 and we|"), "weapon");
    assert_eq!(texts("weapon |"), "= ~ != in ( is known is unknown");
    assert!(texts("killed |").starts_with(">= <= ="));
    assert_eq!(texts("weapon = |"), "\"air_strike\" \"ground_shelling\"");
    assert_eq!(choices("weapon = \"SHE|"), (9, 13, "\"ground_shelling\"".to_owned()));
    assert_eq!(texts("(weapon = x |"), "and or )");
    assert_eq!(texts("weapon is |"), "known unknown");
    assert_eq!(texts("within 5 |"), "km m");
    assert_eq!(texts("within 5 km |"), "of");
    assert_eq!(texts("inside |"), "area \"M4\"");
    assert_eq!(texts("weapon = = |"), "");
    let counted = vocabulary.complete("weapon = ", 9, 1).choices;
    assert_eq!((counted.len(), counted[0].count), (1, Some(2)));
}

#[test]
fn each_value_is_counted_among_the_rows_that_meet_the_rest_of_the_filter() {
    let kinds = words("kind", &[Some("a"), Some("b"), Some("a"), None, Some("b")]);
    let actor1 = words("actor1", &[Some("X"), Some("X"), Some("Y"), Some("Y"), None]);
    let actor2 = words("actor2", &[Some("X"), Some("Y"), None, None, None]);
    let sources = words("source", &[Some("S; T"), Some("S"), None, Some("T;T"), Some("S")]);
    let grade = numbers("grade", &[Some(1.0), Some(2.0), Some(1.0), None, None]);
    let store = store(5, vec![kinds, actor1, actor2, sources, grade]);
    let mapping = mapping(&[
        (EventField::Kind, &["kind"]),
        (EventField::Actor, &["actor1", "actor2"]),
        (EventField::Source, &["source"]),
        (EventField::Grade, &["grade"]),
    ]);
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let counts = |filter: &str, field| {
        let counted = field_counts(&read(filter), &Subject::Field(field), &scope, &RowMask::all(5)).unwrap();
        counted.iter().map(|(value, count)| format!("{value} {count}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(counts("", EventField::Kind), "a 2, b 2");
    assert_eq!(counts("kind = a and actor = X", EventField::Kind), "a 1, b 1");
    assert_eq!(counts("kind = b", EventField::Actor), "X 1, Y 1");
    assert_eq!(counts("", EventField::Actor), "Y 3, X 2");
    assert_eq!(counts("", EventField::Source), "S 3, T 2");
    assert_eq!(counts("not (kind = b)", EventField::Grade), "1 2");
    assert_eq!(counts("", EventField::Weapon), "");
    let classes = words("target", &[Some("home"), Some("home"), None, None, None]);
    let wordings = words("target_wording", &[Some("a house"), Some("houses"), None, None, None]);
    let store = self::store(5, vec![classes, wordings]);
    let mapping = self::mapping(&[(EventField::Target, &["target", "target_wording"])]);
    let events = events_by(&store, &mapping);
    let scope = Scope::of(&store).with_events(&events);
    let target = Subject::Field(EventField::Target);
    let counted = field_counts(&Filter::default(), &target, &scope, &RowMask::all(5)).unwrap();
    assert_eq!(counted, [("home".to_owned(), 2)]);
}

#[test]
fn codes_are_counted_over_the_borders_of_words_and_tasks_alike() {
    for words in [3, 300] {
        let rows = 300_000;
        let codes = Codes::collect(words, (0..rows).map(|row| Some(row % 7).filter(|&code| code < 3)));
        let names = (0..words).map(|n| format!("w{n}")).collect();
        let store = store(
            rows as usize,
            vec![
                column("t", 1, ColumnData::Word { words: names, codes }),
                numbers("n", &(0..rows).map(|row| Some(f64::from(row))).collect::<Vec<_>>()),
            ],
        );
        let all = RowMask::all(rows as usize);
        let counted =
            field_counts(&read("n >= 100001"), &Subject::Column("t".into()), &Scope::of(&store), &all)
                .unwrap();
        let expected = |code: u32| (100_001..rows).filter(|row| row % 7 == code).count();
        let mut expected: Vec<_> = (0..3).map(|code| (format!("w{code}"), expected(code))).collect();
        expected.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        assert_eq!(counted, expected);
    }
}
