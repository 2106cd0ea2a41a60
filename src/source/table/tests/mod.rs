//! Whole tables, as they come from spreadsheets and from the collections of events; all rows are made up.

mod collections;
mod layout;
mod places;
mod values;

use super::*;
use crate::coords::LonLat;
use crate::situation::{ColumnData, FeatureStore, Gazetteer, GazetteerPlace, GeometryKind, PropertyValue};
use crate::source::plan::Plan;
use crate::source::{
    LoadError, Loaded, Progress, ReadingOptions, Severity, SourceBytes, read_layer_in_parts,
};

const UCDP: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,\
    dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,\
    number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,\
    where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,\
    event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob";

const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
    assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,\
    location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

fn gazetteer() -> Gazetteer {
    let place = |name: &str, arabic: &str, lon: f64| GazetteerPlace {
        name_en: name.to_owned(),
        name_ar: Some(arabic.to_owned()),
        aliases: Vec::new(),
        at: LonLat::new(lon, 35.8),
        rank: 3,
        kind: "town".to_owned(),
        population: None,
    };
    Gazetteer::new(vec![
        place("Saraqib", "سراقب", 36.8),
        place("Kafr Zita", "كفر زيتا", 36.6),
        place("Qalaat", "قلعة", 36.1),
        place("Qalaat", "القلعة", 37.1),
    ])
}

fn try_read(bytes: impl Into<Vec<u8>>, table: TableSettings) -> Result<Loaded<FeatureStore>, LoadError> {
    let source = SourceBytes::from_bytes("a table", bytes.into()).unwrap();
    let options = ReadingOptions { table, gazetteer: Some(&gazetteer) };
    let view = source.view().unwrap();
    let progress = Progress::default();
    read_table(&source, &view, &options, &|_| Plan::with_stretches(3, 400, &progress, &|_| {}))
}

fn read(bytes: impl Into<Vec<u8>>) -> Loaded<FeatureStore> {
    try_read(bytes, TableSettings::default()).unwrap()
}

fn place(store: &FeatureStore, row: usize) -> Option<[f64; 2]> {
    store.geometry(row).vertices().first().copied()
}

fn text(store: &FeatureStore, column: &str, row: usize) -> Option<String> {
    store.column(column).unwrap_or_else(|| panic!("{column}")).text(row).map(|text| text.into_owned())
}

fn number(store: &FeatureStore, column: &str, row: usize) -> Option<f64> {
    store.column(column).unwrap_or_else(|| panic!("{column}")).number(row)
}

fn told(loaded: &Loaded<FeatureStore>, words: &str) -> bool {
    loaded.issues.iter().any(|issue| issue.to_string().contains(words))
}
