//! An event is one thing, whoever reads it: a filter finds each row by what its details say, and by nothing else.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::situation::{Event, EventField, FeatureRow};

const ACLED: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,assoc_actor_1,actor2,\
    location,geo_precision,source,fatalities,latitude,longitude\n\
    XX1,2018-09-08,1,Explosions/Remote violence,Air/drone strike,Army of A,Guild; League,,Hilltown,1,One; Two,4,35,36\n\
    XX2,2018-09-08,1,Battles,Armed clash,Army of A,,Army of B,North,3,Two|Three,0,35,36\n\
    XX3,2018-09-09,2,Explosions/Remote violence,Shelling/artillery/missile attack,Army of B,,,Farm,2,One,,35,36\n";

const UCDP: &str = "id,type_of_violence,side_a,side_b,where_prec,date_start,date_end,date_prec,best,high,low,\
    event_clarity,latitude,longitude\n\
    1,1,A,B,1,2018-09-08,2018-09-08,1,5,9,4,1,35,36\n\
    2,3,A,Civilians,4,2018-09-08,2018-09-14,3,5,,,2,35,36\n\
    3,2,B,C,6,2018-09-01,2018-09-30,4,,0,0,1,35,36\n";

const GRADED: &str = "code,date,location,geolocation accuracy,strike status,strike type,infrastructure,\
    civilians killed,injured,grading,suspected belligerent,sources,latitude,longitude\n\
    R1,2018-09-08,Hilltown,Neighbourhood/area,Declared,Airstrike,School,4–9,at least 3,Confirmed,Russia; Israel,One ؛ Two,35,36\n\
    R2,2018-09-08,Hilltown,District,Likely,Barrel bombs (air raid),homes,\"1,200\",unknown,FAIR,Russia,One,35,36\n\
    R3,2018-09-08,Hilltown,Unknown,Likely,,,none,,Event only,,,35,36\n\
    R4,2018-09-08,Hilltown,Village,Likely,rifles,Hospital,unknown,-,weak,Unknown,Two,35,36\n";

/// The words by which a filter asks for an event, after its details.
fn said_of(event: &Event) -> Vec<(EventField, String)> {
    let kind = &event.kind;
    let mut said = vec![
        (EventField::Class, event.class.as_str().to_owned()),
        (EventField::Weapon, kind.weapon.class.as_str().to_owned()),
        (EventField::Target, kind.target.class.as_str().to_owned()),
        (EventField::Grade, event.assessment.grade.as_str().to_owned()),
        (EventField::PlacePrecision, event.place.precision.as_str().to_owned()),
        (EventField::Kind, kind.kind.clone()),
        (EventField::SubKind, kind.sub_kind.clone()),
        (EventField::Confidence, event.assessment.confidence.clone()),
    ];
    said.extend(event.claims.iter().map(|claim| (EventField::Source, claim.source.clone())));
    said.extend(event.actors.iter().map(|actor| (EventField::Actor, actor.name.clone())));
    // What is not stated is nothing to look for.
    said.retain(|(_, word)| !matches!(word.as_str(), "" | "unknown" | "none"));
    said
}

fn found(session: &mut Session, layer: LayerId, filter: &str) -> Vec<FeatureRow> {
    session.apply(Command::SetFilter { layer, filter: Some(filter.parse().unwrap()) });
    session.settle_reading();
    let content = session.content(layer).unwrap();
    assert_eq!(content.filter_failure(), None, "{filter}");
    content.rows_at_any_time().unwrap().rows.iter().collect()
}

fn check(session: &mut Session, layer: LayerId) {
    let rows = session.content(layer).unwrap().len();
    let events: Vec<Event> =
        (0..rows).map(|row| session.event(FeatureRef { layer, row }).unwrap().into_owned()).collect();
    let mut rows_of: BTreeMap<(EventField, String), Vec<FeatureRow>> = BTreeMap::new();
    for (row, event) in events.iter().enumerate() {
        for said in said_of(event) {
            let rows = rows_of.entry(said).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }
    for ((field, word), expected) in rows_of {
        // The claims of the bundled events are told apart by more than their column of sources.
        if field == EventField::Source
            && matches!(session.event(FeatureRef { layer, row: 0 }), Some(std::borrow::Cow::Borrowed(_)))
        {
            continue;
        }
        let filter = format!("{} = \"{word}\"", field.as_str());
        assert_eq!(found(session, layer, &filter), expected, "{filter}");
    }
    for count in [0, 1, 3, 4, 5, 9, 10, 1200] {
        let expected = |at_least: &dyn Fn(&Event) -> bool| -> Vec<FeatureRow> {
            (0..rows).filter(|&row| at_least(&events[row])).collect()
        };
        let killed = expected(&|event| event.killed.at_least(count));
        assert_eq!(found(session, layer, &format!("killed >= {count}")), killed, "killed >= {count}");
        let most = expected(&|event| event.killed.most().is_some_and(|most| most <= count));
        assert_eq!(found(session, layer, &format!("killed <= {count}")), most, "killed <= {count}");
    }
    let known = (0..rows).filter(|&row| events[row].killed.is_known()).collect::<Vec<_>>();
    assert_eq!(found(session, layer, "killed is known"), known);
}

#[test]
fn each_row_is_found_by_what_its_details_say_and_by_nothing_else() {
    for table in [ACLED, UCDP, GRADED] {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(table.to_owned()));
        session.settle_reading();
        let layer = session.catalogue().top_down().next().unwrap().id;
        assert!(session.content(layer).unwrap().events().unwrap().mapping().preset.is_some(), "{table}");
        check(&mut session, layer);
    }
}

#[test]
fn each_of_the_bundled_events_is_found_by_what_its_details_say_and_by_nothing_else() {
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.open_bundled_situation();
    session.settle_reading();
    let strikes = session.catalogue().find_bundled("strikes").unwrap();
    check(&mut session, strikes);
}
