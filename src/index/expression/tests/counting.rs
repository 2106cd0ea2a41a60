//! Values are counted.
//!
//! Floor 2.

use super::*;
use crate::situation::RowMask;

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
    let counts = |filter: &str, field| counted(&scope, &Subject::Field(field), filter);
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
    assert_eq!(counted(&scope, &Subject::Field(EventField::Target), ""), "home 2");
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
        let scope = Scope::of(&store);
        let asked = read("n >= 100001").rows_of(&store).unwrap();
        let counts = value_counts(&Subject::Column("t".into()), &scope, &asked).unwrap();
        let expected = |code: u32| (100_001..rows).filter(|row| row % 7 == code).count();
        let mut expected: Vec<_> = (0..3).map(|code| (format!("w{code}"), expected(code))).collect();
        expected.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        assert_eq!((counts.values, counts.is_cut), (expected, false));
    }
}

#[test]
fn values_that_are_not_counted_are_told_from_values_that_there_are_not() {
    let many: Vec<Option<f64>> = (0..300).map(|row| Some(f64::from(row))).collect();
    let dates = vec![Some("2018-09-08"); 300];
    let store =
        store(300, vec![words("date", &dates), numbers("many", &many), numbers("blank", &[None; 300])]);
    let is_cut = |subject: &Subject, scope: &Scope<'_>| {
        let counts = value_counts(subject, scope, &RowMask::all(300)).unwrap();
        assert!(counts.values.is_empty());
        counts.is_cut
    };
    let plain = Scope::of(&store);
    assert!(is_cut(&Subject::Column("many".into()), &plain));
    assert!(!is_cut(&Subject::Column("blank".into()), &plain));
    assert!(!is_cut(&Subject::Column("absent".into()), &plain));
    let mapped = |name: &str| {
        events_by(&store, &mapping(&[(EventField::Date, &["date"]), (EventField::Kind, &[name])]))
    };
    let kind = Subject::Field(EventField::Kind);
    assert!(is_cut(&kind, &plain.with_events(&mapped("many"))));
    assert!(!is_cut(&kind, &plain.with_events(&mapped("blank"))));
}
