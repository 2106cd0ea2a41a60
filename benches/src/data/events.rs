//! Points with the properties that tables of conflict events have.

use std::io;

use super::land::{Town, name, near, towns};
use super::random::Random;
use super::sink::{Sink, put};

/// Each with its sub types; the first ones are drawn most often.
const TYPES: [(&str, &[&str]); 5] = [
    ("Bombardment", &["Artillery fire", "Air raid", "Mine or buried charge", "Rocket fire"]),
    ("Fighting", &["Exchange of fire", "Position taken over", "Position retaken"]),
    ("Harm to civilians", &["Assault", "Abduction", "Shooting"]),
    ("Gathering", &["Peaceful march", "March with intervention"]),
    ("Development", &["Truce", "Withdrawal", "Arrests", "Change of commander"]),
];
const DEEDS: [&str; 6] =
    ["fired at", "was seen moving towards", "took over", "clashed with others near", "left", "searched"];
const TARGETS: [&str; 6] =
    ["a row of empty houses", "the bridge", "a roadblock", "the old mill", "fields", "a column of cars"];
/// Escapes of every sort: quotes, a slash, letters by number, a line break.
const REMARKS: [&str; 5] = [
    "A resident spoke of \\\"two or three\\\" blasts within the hour.",
    "No losses were reported.",
    "Losses are unknown \\u2013 10\\/12 homes were reached.\\nA second report is awaited.",
    "Power was cut until the next morning.",
    "Figures differ between the reports and are given as the lower one.",
];
const YEARS: usize = 9;
const FIRST_YEAR: usize = 2016;

pub(super) fn write(count: usize, random: &mut Random, sink: &mut Sink<'_>) -> io::Result<()> {
    let towns = towns(random);
    let actors: Vec<String> = (0..220).map(|nth| actor(nth, random)).collect();
    let sources: Vec<String> =
        (0..150).map(|_| format!("{} Observer; {} Radio", name(random), name(random))).collect();
    let mut json = String::new();
    for row in 0..count {
        json.clear();
        put_event(&mut json, row, random, &towns, &actors, &sources);
        sink.feature(&json)?;
    }
    Ok(())
}

fn actor(nth: usize, random: &mut Random) -> String {
    let place = name(random);
    match nth % 4 {
        0 => format!("Forces of {place} (2011-), {} Regiment", 1 + nth / 4),
        1 => format!("{place} Front"),
        2 => format!("Unknown Armed Group ({place})"),
        _ => format!("Residents of {place}"),
    }
}

fn put_event(
    json: &mut String,
    row: usize,
    random: &mut Random,
    towns: &[Town],
    actors: &[String],
    sources: &[String],
) {
    let town = &towns[random.rank(towns.len())];
    let village = &town.villages[random.rank(town.villages.len())];
    let (kind, sub_kinds) = TYPES[random.rank(TYPES.len())];
    let (year, month, day) = (FIRST_YEAR + random.below(YEARS), 1 + random.below(12), 1 + random.below(28));
    let (first, second) = (&actors[random.rank(actors.len())], &actors[random.rank(actors.len())]);
    // Such tables give the village's own position for many events: places occur again and again.
    let [lon, lat] = if random.once_in(3) { village.at } else { near(random, village.at, 0.01) };
    put!(json, "{{\"type\":\"Feature\",\"properties\":{{\"event_id\":\"LND{row}\"");
    put!(json, ",\"event_date\":\"{year}-{month:02}-{day:02}\"");
    put!(json, ",\"event_type\":\"{kind}\",\"sub_event_type\":\"{}\"", random.one_of(sub_kinds));
    put!(json, ",\"actor1\":\"{first}\",\"actor2\":");
    match random.once_in(5) {
        true => json.push_str("null"),
        false => put!(json, "\"{second}\""),
    }
    put!(
        json,
        ",\"country\":\"Landia\",\"admin1\":\"{}\",\"admin2\":\"{}\",\"location\":\"{}\"",
        town.province,
        town.district,
        village.name
    );
    put!(json, ",\"location_ar\":\"{}\"", village.arabic);
    put!(json, ",\"source\":\"{}\"", sources[random.rank(sources.len())]);
    put!(
        json,
        ",\"notes\":\"Around {}:{:02} on {day} {month} {year}, {first} {} {} {} of {} ({}). {}\"",
        random.below(24),
        random.below(60),
        random.one_of(&DEEDS),
        random.one_of(&TARGETS),
        random.one_of(&["north", "south", "east", "west"]),
        village.name,
        town.name,
        random.one_of(&REMARKS)
    );
    let fatalities = if random.once_in(4) { random.rank(30) } else { 0 };
    let timestamp = 1_451_606_400 + random.below(YEARS * 31_536_000);
    put!(json, ",\"fatalities\":{fatalities},\"timestamp\":{timestamp}}}");
    put!(json, ",\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon:.6},{lat:.6}]}}}}");
}
