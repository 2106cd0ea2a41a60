//! Rows of made-up tables as events. No row of a real table is here: their terms forbid it.

use super::super::{
    CivilClock, Column, ColumnData, DatePrecision, DetailSource, EventMapping, FeatureStoreBuilder,
    GeometryKind, Grade, HarmScope, NamedColumn, PartKind, PrecisionClass, PropertyValue, TimeSense,
};
use super::*;
use crate::coords::LonLat;

/// A table of text cells that is not held in columns: everything is decoded from here.
struct Table(Vec<Vec<(String, String)>>);

impl DetailSource for Table {
    fn details(&self, start: u64, _end: u64) -> Result<FeatureDetails, String> {
        let cells = self.0[start as usize].iter().cloned();
        let properties = cells.map(|(name, text)| (name, PropertyValue::Text(text))).collect();
        Ok(FeatureDetails { properties, ..FeatureDetails::default() })
    }
}

/// The rows as events, each at a point, their columns in the order of `header`.
fn events(header: &str, rows: &[&str]) -> (LayerEvents, Vec<Event>) {
    let names: Vec<&str> = header.split(',').map(str::trim).collect();
    let cells = |row: &&str| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        assert_eq!(cells.len(), names.len(), "{row}");
        names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.to_owned())).collect()
    };
    let table = Table(rows.iter().map(cells).collect());
    let mut builder = FeatureStoreBuilder::default();
    for row in 0..rows.len() as u64 {
        builder.push_ring(&[[36.5, 35.5]]);
        builder.end_part(PartKind::Point);
        builder.end_feature(GeometryKind::Point, (row, row));
    }
    let column = |name: &&str| Column {
        name: (*name).to_owned(),
        filled: 1,
        data: ColumnData::InSource { kind: "text" },
    };
    let columns = names.iter().map(column).collect();
    let features = builder.finish(columns, Some(std::sync::Arc::new(table)));
    let read = LayerEvents::guess(&features, &[], &mut CivilClock::home()).unwrap();
    let all = (0..rows.len()).map(|row| read.event(&features, row).unwrap()).collect();
    (read, all)
}

const ACLED: &str = "event_id_cnty,event_date,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,\
    actor2,civilian_targeting,admin1,admin2,location,geo_precision,source,notes,fatalities,tags";

#[test]
fn a_row_of_acled_has_its_days_actors_and_sources_and_figures_of_unknown_scope() {
    let (read, all) = events(
        ACLED,
        &[
            "XX1|08 September 2018|1|Political violence|Explosions/Remote violence|Air/drone strike|Army of A|Guild; League|\
           Civilians (A)|Civilian targeting|North|East|Hilltown|1|Radio One; Paper Two|Planes hit Hilltown.|4|crowd size=12",
            "XX2|2018-09-08|2|Political violence|Battles|Armed clash|Army of A||Army of B||North|East|Hilltown|2|Radio One|.|0|",
            "XX3|2018-09-16|3|Political violence|Battles|Armed clash|Army of A||Army of B||North||North|3|Radio One|.||",
        ],
    );
    assert_eq!(read.mapping().preset.as_deref(), Some("ACLED"));
    let strike = &all[0];
    assert_eq!(strike.when.as_ref().unwrap().to_string(), "8 September 2018");
    assert_eq!((strike.killed.low, strike.killed.best, strike.killed.high), (None, Some(4), None));
    assert_eq!(strike.killed.of, HarmScope::Unknown);
    assert_eq!((strike.kind.sub_kind.as_str(), strike.class), ("Air/drone strike", EventClass::Strike));
    assert_eq!(strike.kind.weapon.class, WeaponClass::AirStrike);
    let actors: Vec<_> =
        strike.actors.iter().map(|actor| (actor.name.as_str(), actor.role.as_str())).collect();
    let with_first = "With the first actor";
    assert_eq!(
        actors,
        [
            ("Army of A", "First actor"),
            ("Guild", with_first),
            ("League", with_first),
            ("Civilians (A)", "Second actor")
        ]
    );
    assert!(strike.claims.iter().map(|claim| claim.source.as_str()).eq(["Radio One", "Paper Two"]));
    assert_eq!(strike.external_ids, [ExternalId { scheme: "ACLED".into(), id: "XX1".into() }]);
    assert_eq!((strike.place.precision, strike.place.radius_m), (PrecisionClass::Place, Some(1_000)));
    assert_eq!(strike.original.len(), 18);
    let week = all[1].when.as_ref().unwrap();
    assert_eq!(
        (week.to_string().as_str(), week.precision),
        ("5–11 September 2018, day not known", DatePrecision::Week)
    );
    assert_eq!((all[1].place.radius_m, all[1].class), (Some(10_000), EventClass::Incident));
    assert_eq!(all[1].killed.describe(), "none reported");
    let month = all[2].when.as_ref().unwrap();
    assert_eq!((month.edtf.text(), month.precision), ("2018-09", DatePrecision::Month));
    assert!(!all[2].killed.is_known() && all[2].place.point().is_none());
}

const UCDP: &str = "id,type_of_violence,conflict_name,dyad_name,side_a,side_b,source_office,source_date,source_headline,\
    source_original,where_prec,where_coordinates,adm_1,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,\
    deaths_civilians,deaths_unknown,best,high,low";

#[test]
fn a_row_of_ucdp_has_its_range_scope_precision_and_who_said_it_first() {
    let (read, all) = events(
        UCDP,
        &[
            "901|1|A: Government|A - B|Government of A|B|Agency One;Agency Two|2018-09-09;2018-09-08|Raid kills five;\
           Planes over Hilltown|Observers;Radio|2|Hilltown|North|1|1|2018-09-08 00:00:00.000|2018-09-08 00:00:00.000|0|0|5|0|5|9|4",
            "902|3|A: Civilians|A - civilians|Government of A|Civilians|Agency One|2018-09-12||Observers|4|North|North|2|4|\
           2018-09-01|2018-09-30|2|1|3|0|6|6|6",
            "903|2|B - C|B - C|B|C|||||6|A|A|2|2|2018-09-03|2018-09-06|1|0|0|0|4|3|5",
        ],
    );
    assert_eq!(read.mapping().preset.as_deref(), Some("UCDP GED"));
    assert_eq!(read.times().senses(), [TimeSense::Exact, TimeSense::Within, TimeSense::Within]);
    let raid = &all[0];
    assert_eq!(raid.killed.describe(), "4–9 civilians, best 5");
    assert_eq!((raid.kind.kind.as_str(), raid.place.radius_m), ("State-based conflict", Some(25_000)));
    let claims: Vec<_> =
        raid.claims.iter().map(|claim| (claim.source.as_str(), claim.says.as_str())).collect();
    assert_eq!(
        claims,
        [("Radio via Agency Two", "Planes over Hilltown"), ("Observers via Agency One", "Raid kills five")]
    );
    assert!(raid.claims.iter().all(|claim| !claim.killed.is_known() && claim.said_on.is_some()));
    assert!(raid.doubts.is_empty(), "{:?}", raid.doubts);
    let month = &all[1];
    assert_eq!(month.killed.of, HarmScope::All);
    assert_eq!((month.place.precision, month.place.point()), (PrecisionClass::Governorate, None));
    assert_eq!(month.when.as_ref().unwrap().edtf.text(), "2018-09");
    let wrong = &all[2];
    assert_eq!(
        (wrong.killed.low, wrong.killed.best, wrong.killed.high),
        (Some(5), Some(4), Some(3)),
        "kept as it is"
    );
    assert_eq!(wrong.doubts.len(), 2, "{:?}", wrong.doubts);
    assert_eq!(wrong.when.as_ref().unwrap().precision, DatePrecision::DaysTwoToSix);
}

#[test]
fn graded_incidents_have_ranges_of_civilians_and_their_grade() {
    let (_, all) = events(
        "Code,Date,Location,Geolocation accuracy,Strike type,Civilians killed,Injured,Grading,Suspected belligerent,Sources,\
         Source URLs",
        &[
            "Q1|7 September 2018|Hilltown|Village|Airstrike|4–6|at least 2|Contested|Air Force of A|Radio One;Paper Two|\
           https://a.example/1 https://b.example/2",
            "Q2|2018-09-XX|Hilltown|District|Airstrike||several|Fair|unknown||",
        ],
    );
    let first = &all[0];
    assert_eq!(
        (first.killed.describe().as_str(), first.injured.figure().as_str()),
        ("4–6 civilians", "at least 2")
    );
    assert_eq!((first.assessment.grade, first.kind.weapon.class), (Grade::Contested, WeaponClass::AirStrike));
    assert_eq!(first.actor.wording, "Air Force of A");
    assert_eq!(first.claims[1].urls, ["https://b.example/2"]);
    assert_eq!(first.external_ids[0].scheme, "Airwars");
    let second = &all[1];
    assert_eq!(second.when.as_ref().unwrap().precision, DatePrecision::Month);
    assert!(!second.killed.is_known() && !second.injured.is_known());
    assert_eq!(second.doubts.len(), 1, "what several are is not guessed at: {:?}", second.doubts);
}

#[test]
fn a_table_in_arabic_is_read_by_its_own_words() {
    let (_, all) = events(
        "التاريخ,النوع,المكان,القتلى,المصدر",
        &["٨ أيلول ٢٠١٨|غارة جوية|سراقب|من 4 إلى 9|إذاعة؛ جريدة", "|قصف|إدلب|غير معروف|إذاعة"],
    );
    assert_eq!(all[0].when.as_ref().unwrap().to_string(), "8 September 2018");
    assert_eq!((all[0].killed.figure().as_str(), all[0].claims.len()), ("4–9", 2));
    assert_eq!((all[0].place.name_en.as_str(), all[0].kind.weapon.class), ("سراقب", WeaponClass::AirStrike));
    assert_eq!(all[1].when, None);
    assert!(all[1].doubts.is_empty(), "a blank date is no contradiction");
}

#[test]
fn days_that_run_backwards_are_kept_and_told() {
    let (read, all) = events(
        "event_date,end_date,actor,killed",
        &["2018-09-08|2018-09-07|A|4", "2018-09-08|2018-09-10|A|4", "someday|2018-09-10|A|-3", "someday|||"],
    );
    assert_eq!(read.backwards_rows().collect::<Vec<_>>(), [0]);
    assert_eq!(all[0].when.as_ref().unwrap().to_string(), "8 September 2018");
    assert_eq!(all[0].doubts.len(), 1);
    assert_eq!(read.times().senses()[1], TimeSense::Lasting);
    assert!(all[2].when.is_some() && all[2].doubts.len() == 1, "{:?}", all[2].doubts);
    assert_eq!((all[3].when.as_ref(), all[3].doubts.len()), (None, 1));
}

#[test]
fn what_goes_on_has_no_end_and_none_is_invented() {
    let (read, all) = events("event_date,killed", &["2018-09-01/..|1", "2018-09-20|1"]);
    assert!(read.times().is_ongoing(0) && !read.times().is_ongoing(1));
    let when = all[0].when.as_ref().unwrap();
    assert_eq!((when.edtf.text(), when.last_day()), ("2018-09-01/..", None));
    assert_eq!(when.to_string(), "since 1 September 2018, no end given");
    let whole = read.times().whole_span().unwrap();
    assert_eq!(whole.end, read.times().span(1).unwrap().end);
}

#[test]
fn the_order_of_the_columns_changes_nothing_of_an_event() {
    let row = "901|1|A|A - B|Side One|Side Two|Agency|2018-09-09|Raid|Observers|1|Hilltown|North|1|1|2018-09-08|2018-09-08|0|0|5|0|5|9|4";
    let names: Vec<&str> = UCDP.split(',').map(str::trim).collect();
    let cells: Vec<&str> = row.split('|').collect();
    let shuffled = |all: &[&str], between: &str| {
        (0..all.len()).map(|place| all[place * 7 % all.len()]).collect::<Vec<_>>().join(between)
    };
    let (_, plain) = events(UCDP, &[row]);
    let (_, mixed) = events(&shuffled(&names, ","), &[&shuffled(&cells, "|")]);
    assert_eq!(
        Event { original: Vec::new(), ..plain[0].clone() },
        Event { original: Vec::new(), ..mixed[0].clone() }
    );
}

#[test]
fn the_place_of_a_row_is_its_point_unless_it_stands_for_more() {
    let columns = ["event_date", "killed"].map(|name| NamedColumn {
        name,
        tag: None,
        sort: super::super::ColumnSort::Date,
    });
    assert!(EventMapping::of_columns(&columns).makes_events());
    let (_, all) =
        events("event_date,killed,precision_class", &["2018-09-08|1|", "2018-09-08|1|governorate"]);
    assert_eq!(all[0].place.point(), Some(LonLat::new(36.5, 35.5)));
    assert_eq!(all[1].place.point(), None);
}
