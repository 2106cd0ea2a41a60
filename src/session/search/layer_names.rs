//! The names of a layer's features, ready to be searched.
//!
//! Floor 4. Which properties are names is told by what they are called. A layer of points that says how large its places
//! are, or what they are, is a gazetteer pack.

use crate::coords::LonLat;
use crate::index::{LayerData, SearchIndex};
use crate::situation::{
    Column, ColumnData, EventField, FeatureDetails, FeatureRow, FeatureStore, LayerEvents, PropertyValue,
    RowMask, RowScan,
};

/// Of larger layers the first rows are searched: names take more memory than the features.
pub(super) const MOST_ROWS: usize = 200_000;

/// The rank of what nothing is known of.
pub(super) const LEAST_RANK: u8 = 6;

/// Events of the same name are listed in the order of their file.
pub(super) const EVENT_RANK: u8 = 5;

/// What events are found by besides what is called a name.
const NAMING_FIELDS: [EventField; 5] =
    [EventField::Title, EventField::TitleAr, EventField::Place, EventField::PlaceAr, EventField::Id];

/// Properties whose values are names.
const NAME_KEYS: [&str; 21] = [
    "name",
    "title",
    "label",
    "headline",
    "place",
    "ref",
    "alias",
    "aliases",
    "toponym",
    "location",
    "settlement",
    "int_name",
    "alt_name",
    "old_name",
    "official_name",
    "short_name",
    "loc_name",
    "asciiname",
    "alternatenames",
    "alternate_names",
    "name_as_written",
];

/// Properties that tell what kind of place a place is.
const PLACE_CLASS_KEYS: [&str; 8] =
    ["place", "class", "fclass", "fcode", "feature_code", "featurecode", "gn_fcode", "kind"];

/// The names of one layer.
#[derive(Debug, Default)]
pub struct LayerNames {
    /// Subject *i* is the feature of `rows[i]`.
    pub(super) index: SearchIndex,
    pub(super) rows: Vec<u32>,
    /// Whether the features are places.
    pub(super) is_gazetteer: bool,
    /// Whether only the first of its rows are searched.
    pub(super) is_cut: bool,
}

impl LayerNames {
    /// Reads the names; on a worker, since they may have to be decoded from the source.
    pub fn of_layer(data: &LayerData, events: Option<&LayerEvents>) -> Self {
        let features = &data.features;
        let mut names = Self { is_gazetteer: events.is_none() && is_gazetteer(features), ..Self::default() };
        let naming: Vec<&str> = events.map(naming_columns).unwrap_or_default();
        let is_naming = |name: &str| is_name_key(name) || naming.contains(&name);
        let may_hold_names = |column: &&Column| {
            let holds_texts = matches!(column.data, ColumnData::Word { .. } | ColumnData::InSource { .. });
            holds_texts && is_naming(&column.name)
        };
        let columns: Vec<&Column> = features.columns().iter().filter(may_hold_names).collect();
        if columns.is_empty() {
            return names;
        }
        let ranks = Ranks::of(features);
        let rank = |row| if events.is_some() { EVENT_RANK } else { ranks.rank(row) };
        names.is_cut = features.len() > MOST_ROWS;
        let are_held = columns.iter().all(|column| matches!(column.data, ColumnData::Word { .. }));
        let mut add = |row: FeatureRow, of_row: &mut dyn Iterator<Item = &str>| {
            let mut of_row = of_row.peekable();
            if of_row.peek().is_some() {
                names.index.add(of_row, rank(row), place_of(features, row));
                names.rows.push(row as u32);
            }
        };
        match are_held {
            true => (0..features.len().min(MOST_ROWS)).for_each(|row| {
                add(row, &mut columns.iter().filter_map(|column| column.word(row)));
            }),
            false => decoded_names(features, &columns).into_iter().flatten().for_each(|(row, of_row)| {
                add(row, &mut of_row.iter().map(String::as_str));
            }),
        }
        names
    }
}

/// The names of the first rows, decoded from the source in one pass, in stretches; none where it cannot be read any more.
fn decoded_names(features: &FeatureStore, columns: &[&Column]) -> Vec<Vec<(FeatureRow, Vec<String>)>> {
    let properties: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let mut first = RowMask::none(features.len());
    (0..features.len().min(MOST_ROWS)).for_each(|row| first.insert(row));
    let scan = RowScan { rows: Some(&first), ..RowScan::of(&properties) };
    let is_naming = |name: &str| properties.contains(&name);
    let read = features.scan(&scan, |found: &mut Vec<_>, row, details| {
        found.push((row, names_in(details, is_naming)));
    });
    read.unwrap_or_default()
}

fn naming_columns(events: &LayerEvents) -> Vec<&str> {
    let columns = NAMING_FIELDS.iter().flat_map(|field| events.mapping().columns(*field));
    columns.map(String::as_str).collect()
}

/// `name`, `name:ar`, `name_en`, `Title`, and the other words for a name.
fn is_name_key(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let of_language = ["name", "title", "place", "alt_name"].iter().any(|stem| {
        let rest = key.strip_prefix(stem).and_then(|rest| rest.strip_prefix(['_', ':', '-']));
        // A language or whose name it is; what is longer, or one of these, says something of the name.
        rest.is_some_and(|rest| {
            (1..=5).contains(&rest.len()) && !["id", "type", "src", "kind", "lang", "basis"].contains(&rest)
        })
    });
    of_language || NAME_KEYS.contains(&key.as_str())
}

fn names_in(details: &FeatureDetails, is_naming: impl Fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim();
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    for (key, value) in details.properties.iter().filter(|(key, _)| is_naming(key)) {
        match value {
            // OpenStreetMap parts several names so, GeoNames by commas.
            PropertyValue::Text(text) if key.starts_with("alt") => text.split([';', ',']).for_each(&mut add),
            PropertyValue::Text(text) => text.split(';').for_each(&mut add),
            PropertyValue::Json(json) => {
                let list: Vec<String> = serde_json::from_str(json).unwrap_or_default();
                list.iter().for_each(|name| add(name));
            }
            _ => {}
        }
    }
    names
}

/// A point itself, the middle of the box around anything else.
pub(super) fn place_of(features: &FeatureStore, row: FeatureRow) -> Option<LonLat> {
    match features.geometry(row).vertices() {
        [] => None,
        [[lon_deg, lat_deg]] => Some(LonLat::new(*lon_deg, *lat_deg)),
        _ => features.feature_extent(row).map(|extent| {
            let lon_deg = (extent.west_deg + extent.unrolled_east_deg()) / 2.0;
            LonLat::new(lon_deg, (extent.south_deg + extent.north_deg) / 2.0).wrapped()
        }),
    }
}

fn is_gazetteer(features: &FeatureStore) -> bool {
    let has = |keys: &[&str]| {
        features.columns().iter().any(|column| keys.contains(&column.name.to_ascii_lowercase().as_str()))
    };
    let sized = has(&["population", "gn_id", "geonameid"]) || has(&PLACE_CLASS_KEYS[..7]);
    features.has_only_points()
        && sized
        && has(&["name", "name_en", "name:en", "name_ar", "name:ar", "asciiname"])
}

/// What tells how large the places of a layer are.
struct Ranks<'a> {
    population: Option<&'a Column>,
    rank: Option<&'a Column>,
    classes: Vec<&'a Column>,
}

impl<'a> Ranks<'a> {
    fn of(features: &'a FeatureStore) -> Self {
        let of_name = |key: &str| {
            let is_it = |column: &&Column| column.name.eq_ignore_ascii_case(key);
            features.columns().iter().find(is_it)
        };
        let classes = PLACE_CLASS_KEYS.iter().filter_map(|key| of_name(key)).collect();
        Self { population: of_name("population"), rank: of_name("rank"), classes }
    }

    /// 1 for the largest.
    fn rank(&self, row: FeatureRow) -> u8 {
        let given = self.rank.and_then(|column| column.number(row));
        if let Some(given) = given.filter(|given| (1.0..=9.0).contains(given)) {
            return given as u8;
        }
        let by_population = self.population.and_then(|column| column.number(row)).map(rank_of_population);
        let by_class = self.classes.iter().filter_map(|column| rank_of_class(column.word(row)?)).min();
        by_population.into_iter().chain(by_class).min().unwrap_or(LEAST_RANK)
    }
}

fn rank_of_population(people: f64) -> u8 {
    match people {
        p if p >= 500_000.0 => 1,
        p if p >= 100_000.0 => 2,
        p if p >= 20_000.0 => 3,
        p if p >= 5_000.0 => 4,
        p if p > 0.0 => 5,
        _ => LEAST_RANK,
    }
}

/// By OpenStreetMap's words and GeoNames' codes.
fn rank_of_class(class: &str) -> Option<u8> {
    match class {
        "PPLC" => Some(1),
        "city" | "PPLA" => Some(2),
        "town" | "PPLA2" => Some(3),
        "PPLA3" | "PPLA4" => Some(4),
        "village" | "PPL" => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_what_their_property_is_called() {
        let names =
            ["name", "NAME", "name:ar", "name_osm", "title_en", "alt_name", "aliases", "Place", "name_1"];
        names.into_iter().for_each(|key| assert!(is_name_key(key), "{key}"));
        let others =
            ["name_basis", "place_id", "names", "admin1", "name_source", "type", "place_name_basis", ""];
        others.into_iter().for_each(|key| assert!(!is_name_key(key), "{key}"));
    }

    #[test]
    fn a_list_of_names_is_each_of_them() {
        let text = |text: &str| PropertyValue::Text(text.to_owned());
        let details = FeatureDetails {
            properties: vec![
                ("name".to_owned(), text("Saraqib")),
                ("alt_name".to_owned(), text("Saraqeb;Serakib, Sarāqib")),
                ("aliases".to_owned(), PropertyValue::Json(r#"["سراقب","Saraqib"]"#.to_owned())),
                ("note".to_owned(), text("a market")),
            ],
            ..FeatureDetails::default()
        };
        assert_eq!(names_in(&details, is_name_key), ["Saraqib", "Saraqeb", "Serakib", "Sarāqib", "سراقب"]);
    }

    #[test]
    fn larger_places_have_smaller_ranks() {
        assert_eq!([1e6, 2e5, 3e4, 6e3, 10.0, 0.0].map(rank_of_population), [1, 2, 3, 4, 5, 6]);
        assert!(
            rank_of_class("city") < rank_of_class("town") && rank_of_class("PPLA2") < rank_of_class("PPL")
        );
    }
}
