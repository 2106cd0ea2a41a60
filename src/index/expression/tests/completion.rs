//! An expression is written with help: names are seen to, and what can come next is offered.
//!
//! Floor 2.

use std::sync::Arc;

use super::*;
use crate::situation::RowMask;

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
    let values = |subject: &Subject| {
        let counted = vocabulary.scopes.iter().map(|scope| value_counts(subject, scope, &RowMask::all(3)));
        Some(Arc::new(ValueCounts::merged(counted.map(Result::unwrap))))
    };
    let choices = |text: &str| {
        let caret = text.find('|').map(|at| text[..at].chars().count()).unwrap();
        let completion = vocabulary.complete(&text.replace('|', ""), caret, 50, &values);
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
    let counted = vocabulary.complete("weapon = ", 9, 1, &values);
    assert_eq!((counted.choices.len(), counted.choices[0].count), (1, Some(2)));
    assert_eq!(counted.values_of, Some(Subject::Field(EventField::Weapon)));
    assert_eq!(vocabulary.complete("weapon ", 7, 1, &values).values_of, None);
}
