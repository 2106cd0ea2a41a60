//! Which columns of a table say what of its events: by the header of a known kind of table, by HXL tags, else guessed.
//!
//! Floor 1. Case, order and further columns do not matter.

use super::EventMapping;
use super::event_guess::guessed_mapping;
use super::hxl_tags::hxl_mapping;
use super::known_columns::{KNOWN_TABLES, KnownTable};
use super::plain_name::plain_name;

/// What most values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnSort {
    /// Days or times, in any spelling.
    Date,
    /// Numbers.
    Number,
    /// Text.
    Text,
    /// Anything else, or nothing.
    Other,
}

/// What a mapping is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedColumn<'a> {
    /// The name in the header.
    pub name: &'a str,
    /// The HXL tag under it, such as `#date+start`; a name that begins with `#` is one itself.
    pub tag: Option<&'a str>,
    /// What its values are.
    pub sort: ColumnSort,
}

impl EventMapping {
    /// The mapping of a table with these columns: that of a known kind of table where its telling columns are there,
    /// else by HXL tags, else guessed. It [makes events](EventMapping::makes_events) only where the columns tell of events.
    pub fn of_columns(columns: &[NamedColumn<'_>]) -> Self {
        let names: Vec<String> = columns.iter().map(|column| plain_name(column.name)).collect();
        let known = KNOWN_TABLES.iter().find(|table| table.is_told_by(&names));
        match known {
            Some(table) => table.mapping(columns, &names),
            None => hxl_mapping(columns).unwrap_or_else(|| guessed_mapping(columns, &names)),
        }
    }
}

impl KnownTable {
    fn is_told_by(&self, names: &[String]) -> bool {
        let is_there = |name: &str| names.iter().any(|there| there == name);
        self.telling.iter().all(|spellings| spellings.iter().any(|name| is_there(name)))
    }

    fn mapping(&self, columns: &[NamedColumn<'_>], names: &[String]) -> EventMapping {
        let mut mapping = EventMapping::new(Some(self.name), self.scheme);
        for (field, wanted) in self.fields {
            let places = wanted.iter().filter_map(|wanted| names.iter().position(|name| name == wanted));
            mapping.set(*field, places.map(|place| columns[place].name.to_owned()).collect());
        }
        mapping
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::{CodeScheme, EventField};

    const ACLED: &str = "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,\
        assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,\
        admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp";

    const UCDP: &str = "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,\
        conflict_name,dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,\
        side_b_new_id,side_b,number_of_sources,source_article,source_office,source_date,source_headline,source_original,\
        where_prec,where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,\
        country_id,region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,\
        best,high,low,gwnoa,gwnob";

    fn mapping_of<'a>(names: impl IntoIterator<Item = &'a str>) -> EventMapping {
        let columns: Vec<_> =
            names.into_iter().map(|name| NamedColumn { name, tag: None, sort: ColumnSort::Text }).collect();
        EventMapping::of_columns(&columns)
    }

    /// The same names in another order, by a step that is prime to their number.
    fn shuffled(names: &[&'static str], step: usize) -> Vec<&'static str> {
        (0..names.len()).map(|place| names[place * step % names.len()]).collect()
    }

    fn words(header: &'static str) -> Vec<&'static str> {
        header.split(',').map(str::trim).collect()
    }

    #[test]
    fn the_columns_of_acled_are_known_in_any_order_and_case_and_with_others_between() {
        let names = words(ACLED);
        assert_eq!(names.len(), 31);
        let mapping = mapping_of(names.iter().copied());
        assert_eq!((mapping.preset.as_deref(), mapping.scheme), (Some("ACLED"), CodeScheme::Acled));
        assert_eq!(mapping.columns(EventField::KilledBest), ["fatalities"]);
        assert!(mapping.columns(EventField::KilledOf).is_empty());
        assert_eq!(
            mapping.columns(EventField::Actor),
            ["actor1", "assoc_actor_1", "actor2", "assoc_actor_2"]
        );
        for step in [2, 7, 30] {
            assert_eq!(mapping_of(shuffled(&names, step)), mapping);
        }
        let mut more = shuffled(&names, 13);
        more.splice(5..5, ["my notes", "colour"]);
        assert_eq!(mapping_of(more), mapping);
        let upper: Vec<String> = names.iter().map(|name| name.to_uppercase()).collect();
        let of_upper = mapping_of(upper.iter().map(String::as_str));
        assert_eq!(of_upper.preset.as_deref(), Some("ACLED"));
        assert_eq!(of_upper.columns(EventField::SubKind), ["SUB_EVENT_TYPE"]);
    }

    #[test]
    fn the_columns_of_ucdp_are_known_in_any_order() {
        let names = words(UCDP);
        assert_eq!(names.len(), 49);
        let mapping = mapping_of(names.iter().copied());
        assert_eq!((mapping.preset.as_deref(), mapping.scheme), (Some("UCDP GED"), CodeScheme::Ucdp));
        let killed = [EventField::KilledLow, EventField::KilledBest, EventField::KilledHigh];
        assert_eq!(killed.map(|field| mapping.columns(field)), [["low"], ["best"], ["high"]]);
        assert_eq!(mapping.columns(EventField::LastDate), ["date_end"]);
        for step in [2, 5, 48] {
            assert_eq!(mapping_of(shuffled(&names, step)), mapping);
        }
    }

    #[test]
    fn a_table_without_a_telling_column_is_not_that_known_table() {
        let without = words(ACLED).into_iter().filter(|name| *name != "sub_event_type");
        assert_eq!(mapping_of(without).preset, None);
        let without = words(UCDP).into_iter().filter(|name| *name != "where_prec");
        assert_eq!(mapping_of(without).preset, None);
    }

    #[test]
    fn graded_incidents_are_known_by_several_spellings() {
        for header in [
            "Code,Date,Location,Geolocation notes,Strike status,Strike type,Infrastructure,Civilians killed,Injured,Grading,\
             Suspected belligerent,Sources",
            "incident_code,incident_date,location_name,geolocation_accuracy,strike_type,civilians_killed_min,\
             civilians_killed_max,civilian_harm_status,suspected_attackers,source_urls",
        ] {
            let mapping = mapping_of(words(header));
            assert_eq!(mapping.preset.as_deref(), Some("Airwars incidents"), "{header}");
            let fields =
                [EventField::Grade, EventField::Actor, EventField::Id, EventField::Date, EventField::Weapon];
            assert!(fields.iter().all(|field| mapping.columns(*field).len() == 1), "{mapping:?}");
        }
        assert_eq!(mapping_of(["date", "grading", "colour"]).preset, None);
    }
}
