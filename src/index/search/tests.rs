//! Names that people spell differently, and how well they are found.
//!
//! Recall and precision over a large pack of places are measured where it is present: in `../shared/data`, or where
//! `$SITMAP_SHARED` says.

use std::path::PathBuf;

use serde_json::Value;

use super::{MatchGrade, SearchIndex, SearchQuery};
use crate::coords::LonLat;
use crate::situation::Sound;

const IDLIB: LonLat = LonLat::new(36.6353, 35.9278);

struct Place {
    names: Vec<String>,
    rank: u8,
    at: LonLat,
}

fn index_of(places: &[Place], keep: impl Fn(&str) -> bool) -> SearchIndex {
    let mut index = SearchIndex::default();
    for place in places {
        let names = place.names.iter().map(String::as_str).filter(|name| keep(name));
        index.add(names, place.rank, Some(place.at));
    }
    index
}

fn names_index(names: &[&str]) -> SearchIndex {
    let mut index = SearchIndex::default();
    names.iter().for_each(|name| index.add([*name], 5, None));
    index
}

fn grades<'a>(index: &'a SearchIndex, typed: &str) -> Vec<(&'a str, MatchGrade)> {
    let query = SearchQuery::new(typed).unwrap();
    index.find(&query, IDLIB, 10).best.into_iter().map(|found| (found.name, found.order.grade)).collect()
}

fn first<'a>(index: &'a SearchIndex, typed: &str) -> &'a str {
    grades(index, typed).first().map_or("nothing", |&(name, _)| name)
}

fn is_arabic(name: &str) -> bool {
    name.chars().any(|c| ('\u{0600}'..='\u{06FF}').contains(&c))
}

fn features_of(text: &str) -> Vec<Value> {
    let Value::Object(mut collection) = serde_json::from_str(text).unwrap() else { panic!("no collection") };
    let Some(Value::Array(features)) = collection.remove("features") else { panic!("no features") };
    features
}

fn position(feature: &Value) -> LonLat {
    let at = |axis: usize| feature["geometry"]["coordinates"][axis].as_f64().unwrap();
    LonLat::new(at(0), at(1))
}

fn words(feature: &Value, key: &str) -> Option<String> {
    feature["properties"][key].as_str().map(str::to_owned)
}

fn bundled_places() -> Vec<Place> {
    let features = features_of(include_str!("../../../geodata/places/places.geojson"));
    let place = |feature: &Value| {
        let aliases = feature["properties"]["aliases"].as_array().cloned().unwrap_or_default();
        let aliases = aliases.into_iter().filter_map(|alias| alias.as_str().map(str::to_owned));
        let names = ["name_en", "name_ar"].into_iter().filter_map(|key| words(feature, key));
        let rank = feature["properties"]["rank"].as_u64().unwrap() as u8;
        Place { names: names.chain(aliases).collect(), rank, at: position(feature) }
    };
    features.iter().map(place).collect()
}

/// The pack, and for each place whether its names are known to be of one place.
fn pack() -> Option<Vec<(Place, bool)>> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let root = std::env::var_os("SITMAP_SHARED").map_or(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(root.join("data/places_merged.geojson")) else {
        println!("left out: places_merged.geojson is not there");
        return None;
    };
    let place = |feature: &Value| {
        let rank = match feature["properties"]["class"].as_str() {
            Some("city") => 1,
            Some("town") => 3,
            Some("village") => 5,
            _ => 6,
        };
        let names = ["name_osm", "name_en", "name_ar"].into_iter().filter_map(|key| words(feature, key));
        // The others were joined by nearness alone: their names may be those of two places.
        let is_one = words(feature, "match").as_deref() == Some("name")
            || words(feature, "src").as_deref() == Some("gn");
        (Place { names: names.collect(), rank, at: position(feature) }, is_one)
    };
    Some(features_of(&text).iter().map(place).collect())
}

/// Of a large pack every so many places are asked for: all of them take the better part of a minute.
const ASKED_STEP: usize = 10;

/// How often a place is among the first five, and the first.
#[derive(Default)]
struct Tally {
    asked: f64,
    among_five: f64,
    first: f64,
    /// The first is the place, or one whose name has the same consonants.
    first_is_namesake: f64,
}

impl Tally {
    fn ask(&mut self, index: &SearchIndex, typed: &str, subject: usize, near: LonLat) {
        let Some(query) = SearchQuery::new(typed) else { return };
        let best = index.find(&query, near, 5).best;
        self.asked += 1.0;
        let place = best.iter().position(|found| found.subject == subject);
        self.among_five += f64::from(u8::from(place.is_some()));
        self.first += f64::from(u8::from(place == Some(0)));
        let skeleton = |name: &str| Sound::of_name(name).skeleton;
        let namesake = best.first().is_some_and(|found| skeleton(found.name) == skeleton(typed));
        self.first_is_namesake += f64::from(u8::from(place == Some(0) || namesake));
    }

    /// Among five, first, namesake first.
    fn shares(&self, what: &str) -> [f64; 3] {
        let shares = [self.among_five, self.first, self.first_is_namesake].map(|count| count / self.asked);
        println!(
            "{what}: {:.4} among five, {:.4} first, {:.4} namesake first, of {}",
            shares[0], shares[1], shares[2], self.asked
        );
        shares
    }
}

#[test]
fn places_are_found_by_the_spellings_of_either_script() {
    let places = bundled_places();
    let spellings: [(&str, &[&str]); 8] = [
        ("Saraqib", &["Saraqib", "Saraqeb", "saraqueb", "Serakib", "سراقب", "saraqbi", "saraqi"]),
        (
            "Jisr al-Shughur",
            &[
                "Jisr al-Shughur",
                "Jisr ash-Shughour",
                "jisr shughur",
                "jisr ech-choughour",
                "جسر الشغور",
                "جسر شغور",
                "jisr al",
                "jisr ash",
                "jisralshughur",
            ],
        ),
        ("Idlib", &["Idlib", "Idleb", "edlib", "إدلب", "ادلب", "أدلب", "İdlib", "idlbi"]),
        (
            "Maarrat al-Numan",
            &[
                "Maarat al-Numan",
                "Ma'arrat an-Nu'man",
                "maaret en-noman",
                "معرة النعمان",
                "معره النعمان",
                "maarrat",
                "numan maarat",
            ],
        ),
        (
            "Khan Shaykhun",
            &[
                "Khan Shaykhun",
                "Khan Sheikhoun",
                "khan shekhun",
                "khansheikhoun",
                "خان شيخون",
                "خان شیخون",
                "sheikhoun",
            ],
        ),
        ("Mhardeh", &["Mhardeh", "Muhrada", "Mahardah", "محردة", "محرده", "مُحَرْدَة"]),
        ("Kafr Nabl", &["Kafranbel", "kafr nabel", "كفرنبل", "كفر نبل"]),
        ("Hama", &["Hama", "Hamah", "Ḩamāh", "حماة", "حماه"]),
    ];
    let index = index_of(&places, |_| true);
    for (name, typed) in spellings {
        for typed in typed {
            let found = index.find(&SearchQuery::new(typed).unwrap(), IDLIB, 1).best;
            let found = found.first().map(|found| places[found.subject].names[0].as_str());
            assert_eq!(found, Some(name), "typed {typed}");
        }
    }
}

#[test]
fn a_better_answer_comes_first() {
    let index = names_index(&[
        "Sarakabiyah",
        "Kafr Saraqib",
        "Saraqib East",
        "سراقب",
        "Saraqeb",
        "Saraqib",
        "Sarakah",
        "Idlib",
    ]);
    use MatchGrade::{Beginning, Exact, SameConsonants, SameSound, SoundBeginning, Word};
    let expected = [
        ("Saraqib", Exact),
        ("Saraqeb", SameSound),
        ("Saraqib East", Beginning),
        ("Kafr Saraqib", Word),
        ("Sarakabiyah", SoundBeginning),
        ("سراقب", SameConsonants),
    ];
    assert_eq!(grades(&index, "saraqib"), expected);
}

#[test]
fn near_misses_answer_only_where_nothing_else_does() {
    let index = names_index(&["Saraqib", "Sarmin", "Khan Shaykhun"]);
    assert_eq!(grades(&index, "saraib"), [("Saraqib", MatchGrade::NearMiss)]);
    assert_eq!(grades(&index, "khan shekun"), [("Khan Shaykhun", MatchGrade::NearMiss)]);
    assert_eq!(grades(&index, "sarmin").len(), 1);
    assert!(grades(&index, "damascus").is_empty() && grades(&index, "qq").is_empty());
}

#[test]
fn of_two_that_answer_alike_the_larger_comes_first_and_then_the_nearer() {
    let mut index = SearchIndex::default();
    index.add(["Tall Hadid"], 5, Some(LonLat::new(38.0, 36.0)));
    index.add(["Tall Hadid"], 5, Some(LonLat::new(36.7, 36.0)));
    index.add(["Tall Hadid"], 5, None);
    index.add(["Tall Hadid"], 3, Some(LonLat::new(10.0, 50.0)));
    let found = index.find(&SearchQuery::new("tell hadid").unwrap(), IDLIB, 10);
    let order: Vec<usize> = found.best.iter().map(|found| found.subject).collect();
    assert_eq!((order, found.count), (vec![3, 1, 0, 2], 4));
    let best = index.find(&SearchQuery::new("tell hadid").unwrap(), IDLIB, 2).best;
    assert_eq!(best.iter().map(|found| found.subject).collect::<Vec<_>>(), [3, 1]);
}

#[test]
fn a_name_without_a_letter_answers_to_nothing_and_a_query_without_one_is_none() {
    let index = names_index(&["—", "", "Idlib"]);
    assert_eq!((index.len(), index.name_count()), (3, 1));
    assert_eq!(index.find(&SearchQuery::new("idlib").unwrap(), IDLIB, 5).best[0].subject, 2);
    assert!(SearchQuery::new(" ’ – ").is_none());
}

#[test]
fn what_is_typed_on_its_way_to_a_name_keeps_finding_it() {
    let index = index_of(&bundled_places(), |_| true);
    for name in ["Jisr al-Shughur", "Khan Sheikhoun", "Saraqeb", "خان شيخون"] {
        let whole = index.find(&SearchQuery::new(name).unwrap(), IDLIB, 1).best[0].subject;
        for (end, _) in name.char_indices().skip(4) {
            let best = index.find(&SearchQuery::new(&name[..end]).unwrap(), IDLIB, 5).best;
            assert!(best.iter().any(|found| found.subject == whole), "{}", &name[..end]);
        }
    }
}

#[test]
fn any_text_at_all_can_be_typed() {
    let index = index_of(&bundled_places(), |_| true);
    let long = "ab ".repeat(10_000);
    for typed in [
        long.as_str(),
        "\u{0}\u{FFFF}",
        "ﷺ",
        "👩‍👩‍👧",
        "ا",
        "ال ال ال",
        "h",
        "'''",
        "ß",
        "İİİİ",
        "אידליב",
        "伊德利卜",
    ] {
        if let Some(query) = SearchQuery::new(typed) {
            index.find(&query, LonLat::new(f64::NAN, 0.0), 3);
        }
    }
    assert_eq!(first(&index, "i d l i b"), "Idlib");
}

#[test]
fn every_spelling_of_a_bundled_place_finds_it() {
    let places = bundled_places();
    let index = index_of(&places, |_| true);
    let mut tally = Tally::default();
    for (subject, place) in places.iter().enumerate() {
        place.names.iter().for_each(|name| tally.ask(&index, name, subject, IDLIB));
    }
    let [among_five, first, _] = tally.shares("bundled places, every spelling");
    assert!(among_five >= 0.99 && first >= 0.9);
}

#[test]
fn every_spelling_of_a_large_pack_finds_its_place_or_a_namesake() {
    let Some(pack) = pack() else { return };
    let places: Vec<Place> = pack.into_iter().map(|(place, _)| place).collect();
    let index = index_of(&places, |_| true);
    let mut tally = Tally::default();
    for (subject, place) in places.iter().enumerate().step_by(ASKED_STEP) {
        place.names.iter().for_each(|name| tally.ask(&index, name, subject, place.at));
    }
    let [among_five, first, namesake] = tally.shares("pack, every spelling, the place in view");
    assert!(among_five >= 0.99 && first >= 0.94 && namesake >= 0.99);
}

#[test]
fn places_of_a_large_pack_are_found_by_the_script_that_they_are_not_written_in() {
    let Some(pack) = pack() else { return };
    let (places, is_one): (Vec<Place>, Vec<bool>) = pack.into_iter().unzip();
    for asks_arabic in [false, true] {
        let index = index_of(&places, |name| is_arabic(name) != asks_arabic);
        let mut tally = Tally::default();
        let one = places.iter().enumerate().filter(|&(subject, _)| is_one[subject]);
        for (subject, place) in one.step_by(ASKED_STEP) {
            let (asked, known): (Vec<_>, Vec<_>) =
                place.names.iter().partition(|name| is_arabic(name) == asks_arabic);
            if !known.is_empty() {
                asked.into_iter().for_each(|name| tally.ask(&index, name, subject, place.at));
            }
        }
        let script = if asks_arabic { "Arabic for Latin" } else { "Latin for Arabic" };
        let [among_five, first, namesake] = tally.shares(script);
        assert!(among_five >= 0.9 && first >= 0.74 && namesake >= 0.9);
    }
}
