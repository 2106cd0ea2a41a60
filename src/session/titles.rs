//! What a feature is called, the same in every panel, list, table and search.
//!
//! Floor 4.

use std::sync::Arc;

use super::{FeatureRef, Session};
use crate::situation::{EventNaming, FeatureDetails, FeatureRow, FeatureStore, LayerEvents, Statement};
use crate::text::isolate;

impl Session {
    /// What a feature is called, never blank: by its own title or name; an event that has none by what, where and when;
    /// else by its id; else by its layer and the number of its row. Its row is decoded from the source now.
    ///
    /// Parts of it may be isolated: it is shown through [`crate::text::display`], and given to other programs through
    /// [`crate::text::plain`].
    pub fn title_of(&self, feature: FeatureRef) -> String {
        let data = self.content(feature.layer).and_then(|content| content.data());
        let details = data.and_then(|data| data.features.details(feature.row).ok());
        self.title_with(feature, &details.unwrap_or_default())
    }

    /// The same for a row that is decoded already.
    pub fn title_with(&self, feature: FeatureRef, details: &FeatureDetails) -> String {
        let layer = || self.catalogue().get(feature.layer).map(|entry| entry.title.as_str());
        self.own_title(feature, details).unwrap_or_else(|| numbered_title(layer(), feature.row, details))
    }

    /// What the row itself says that it is; `None` where it has at most an id.
    pub(super) fn own_title(&self, feature: FeatureRef, details: &FeatureDetails) -> Option<String> {
        if let Some(event) = self.bundled_event(feature) {
            return Some(event.title_en.clone());
        }
        if let Some(statement) = self.statement(feature) {
            return Some(statement_title(statement));
        }
        let events = self.content(feature.layer).and_then(|content| content.events());
        title_of_row(events.map(Arc::as_ref), feature.row, details)
    }
}

/// What a row without a title is called: by its id, else by its layer's title and its number.
pub(super) fn numbered_title(layer: Option<&str>, row: FeatureRow, details: &FeatureDetails) -> String {
    if let Some(id) = details.id.as_ref().filter(|id| !id.trim().is_empty()) {
        return id.clone();
    }
    match layer {
        Some(title) => format!("{}, row {}", isolate(title), row + 1),
        None => format!("Row {}", row + 1),
    }
}

/// The number and the title of a statement.
pub fn statement_title(statement: &Statement) -> String {
    format!("{}. {}", statement.number, isolate(&statement.title_en))
}

/// What a row calls itself; `None` where it has at most an id.
pub(super) fn title_of_row(
    events: Option<&LayerEvents>,
    row: FeatureRow,
    details: &FeatureDetails,
) -> Option<String> {
    let named = events.and_then(|events| title_of_event(events.naming_of(row, details)));
    named.or_else(|| details.title())
}

/// The columns of a layer of which the titles of its rows are made.
pub(super) fn title_columns<'a>(features: &'a FeatureStore, events: Option<&'a LayerEvents>) -> Vec<&'a str> {
    let naming = events.into_iter().flat_map(LayerEvents::naming_columns);
    let mut columns: Vec<&str> = FeatureDetails::title_columns(features).chain(naming).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// Its own title, else what, where and when; `None` where the row tells neither what nor where.
fn title_of_event(naming: EventNaming) -> Option<String> {
    let EventNaming { title, what, place, when } = naming;
    if title.is_some() || (what.is_none() && place.is_none()) {
        return title;
    }
    let when = when.map(|when| when.to_string());
    let parts = what.iter().chain(&place).map(|words| isolate(words)).chain(when);
    Some(parts.collect::<Vec<_>>().join(" · "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Settings};
    use crate::text::plain;

    /// What the rows of a table are called.
    fn titles(table: &str) -> Vec<String> {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(table.to_owned()));
        session.settle();
        let layer = session.catalogue().top_down().next().unwrap().id;
        let rows = 0..session.content(layer).unwrap().len();
        rows.map(|row| plain(&session.title_of(FeatureRef { layer, row }))).collect()
    }

    #[test]
    fn a_row_of_a_table_of_events_is_called_by_what_where_and_when() {
        let table = "event_id_cnty,event_date,event_type,sub_event_type,location,latitude,longitude\n\
            XX1,2018-09-08,Battles,Armed clash,Hilltown,35.5,36.5\n\
            XX2,2018-09-09,Battles,,سراقب,35.6,36.6\n\
            XX3,,Riots,,,35.6,36.6\n";
        assert_eq!(
            titles(table),
            ["Armed clash · Hilltown · 8 September 2018", "Battles · سراقب · 9 September 2018", "Riots"]
        );
    }

    #[test]
    fn a_title_of_its_own_comes_before_what_the_mapping_says() {
        let table = "event_date,event_type,location,title,latitude,longitude\n\
            2018-09-08,Battles,Hilltown,The market,35.5,36.5\n\
            2018-09-08,Battles,Hilltown,,35.5,36.5\n";
        assert_eq!(titles(table), ["The market", "Battles · Hilltown · 8 September 2018"]);
    }

    #[test]
    fn the_columns_of_titles_are_enough_for_every_title() {
        let table = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,location,admin1,latitude,longitude,notes,name\n\
            XX1,2018-09-08,1,Battles,Armed clash,A,Hilltown,North,35.5,36.5,long,\n\
            XX2,2018-09-09,2,Battles,,A,,North,35.6,36.6,longer,\n\
            XX3,2018-09,3,,,B,,,35.6,36.6,,A name\n";
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(table.to_owned()));
        session.settle();
        let layer = session.catalogue().top_down().next().unwrap().id;
        let content = session.content(layer).unwrap();
        let (features, events) = (&content.data().unwrap().features, content.events().map(Arc::as_ref));
        let columns = title_columns(features, events);
        assert!(
            events.is_some() && !columns.contains(&"notes") && !columns.contains(&"actor1"),
            "{columns:?}"
        );
        for row in 0..features.len() {
            let details = features.details(row).unwrap();
            let mut some = details.clone();
            some.properties.retain(|(name, _)| columns.contains(&name.as_str()));
            assert_eq!(title_of_row(events, row, &some), title_of_row(events, row, &details));
        }
    }

    #[test]
    fn a_title_comes_before_a_name_before_an_id_before_the_layer_and_the_row() {
        let point = r#""geometry":{"type":"Point","coordinates":[36,35]}"#;
        let features = [
            format!(
                r#"{{"type":"Feature","id":"7","properties":{{"name":"Idlib","title":"Market"}},{point}}}"#
            ),
            format!(r#"{{"type":"Feature","id":"7","properties":{{"name":" ","Name":"Idlib"}},{point}}}"#),
            format!(r#"{{"type":"Feature","properties":{{"n":1,"name:ar":"إدلب"}},{point}}}"#),
            format!(r#"{{"type":"Feature","id":"7","properties":{{"n":1}},{point}}}"#),
            format!(r#"{{"type":"Feature","properties":{{"n":1}},{point}}}"#),
        ];
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let titles = titles(&text);
        assert_eq!(titles[..4], ["Market", "Idlib", "إدلب", "7"]);
        assert!(titles[4].ends_with(", row 5") && titles[4].len() > ", row 5".len(), "{}", titles[4]);
    }
}
