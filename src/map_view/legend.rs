//! The legend of the present view.
//!
//! Floor 5.

use std::collections::HashSet;
use std::ops::Range;

use super::counted::single_rows;
use crate::coords::Viewport;
use crate::session::{LayerContent, LayerEntry, Session};
use crate::situation::{CivilMinute, DAY_MINUTES, FeatureRow, words_of_day};
use crate::symbology::{
    LegendLayer, LegendSection, aggregate_legend, has_line_or_area, legend, merged_sections, precision_entry,
    thousands,
};

/// So many features of a layer are looked at each frame.
const MOST_LOOKED_AT: usize = 5_000;

/// What is visible now, the topmost layer first, and what the circles mean where all are shown.
pub fn legend_sections(session: &Session, viewport: &Viewport) -> Vec<LegendSection> {
    let visible = session.catalogue().top_down().filter(|entry| entry.visible && entry.opacity > 0.0);
    let mut sections = merged_sections(visible.flat_map(|entry| layer_sections(session, entry, viewport)));
    if session.settings().show_all_precision_circles {
        let entries = vec![precision_entry(session.theme())];
        sections.push(LegendSection { title: "Precision".to_owned(), caption: None, entries });
    }
    sections.extend(events_shown(session));
    sections
}

/// Which events are shown where not all are: what a filter or the time leaves out must not pass for what never was.
fn events_shown(session: &Session) -> Option<LegendSection> {
    session.layers_in_time().next()?;
    let situation = session.situation_filter();
    let filter = Some(&situation.filter).filter(|filter| !filter.is_empty());
    let filter = filter.map(|filter| format!("where {filter}"));
    let area = situation.area.as_ref().map(|_| "in the drawn area".to_owned());
    let time = session.timeline().shown().map(|window| time_words(&window));
    let words: Vec<String> = filter.into_iter().chain(area).chain(time).collect();
    let caption = (!words.is_empty()).then(|| format!("Only {}", words.join(", ")))?;
    Some(LegendSection { title: "Events".to_owned(), caption: Some(caption), entries: Vec::new() })
}

/// `from 2018-09-08 to 2018-09-10`, both included; `up to 2018-09-10` where there is no beginning.
fn time_words(window: &Range<CivilMinute>) -> String {
    let is_whole = |minute: CivilMinute| minute.rem_euclid(DAY_MINUTES) == 0;
    let day = |minute: CivilMinute| words_of_day(minute.div_euclid(DAY_MINUTES));
    let hour = |minute: CivilMinute| {
        let of_day = minute.rem_euclid(DAY_MINUTES);
        format!("{} {:02}:{:02}", day(minute), of_day / 60, of_day % 60)
    };
    let has_beginning = window.start != CivilMinute::MIN;
    let (start, end) = match is_whole(window.end) && (is_whole(window.start) || !has_beginning) {
        true => (day(window.start), day(window.end - 1)),
        false => (hour(window.start), hour(window.end)),
    };
    match (has_beginning, start == end) {
        (false, _) => format!("up to {end}"),
        (true, true) => format!("on {end}"),
        (true, false) => format!("from {start} to {end}"),
    }
}

fn layer_sections(session: &Session, entry: &LayerEntry, viewport: &Viewport) -> Vec<LegendSection> {
    let Some(content) = session.content(entry.id) else { return Vec::new() };
    let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { return Vec::new() };
    // Of a layer with more in view every symbol is in view, as far as anybody can see.
    let rows = content.shown_rows_in_at_most(viewport.visible_world(), MOST_LOOKED_AT);
    let rows = rows.unwrap_or_else(|| match content.on_map() {
        Some(shown) => shown.rows.iter().take(MOST_LOOKED_AT).collect(),
        None => (0..data.features.len().min(MOST_LOOKED_AT)).collect(),
    });
    let counted = session.counted_of(entry);
    let section = counted.and_then(|counted| {
        let facts = counted.drawn.facts(viewport.center_lon_lat().lat_deg)?;
        Some(aggregate_legend(&entry.title, &entry.look, &facts, session.theme()))
    });
    // Of counted points only those that stand alone are drawn by their symbols.
    let alone: HashSet<FeatureRow> = counted.map(single_rows).unwrap_or_default();
    let is_drawn =
        |row: &FeatureRow| counted.is_none() || alone.contains(row) || has_line_or_area(&data.features, *row);
    let rows = rows.into_iter().chain(alone.iter().copied()).filter(is_drawn);
    let layer = LegendLayer {
        look: &entry.look,
        title: &entry.title,
        features: &data.features,
        symbols: &drawing.symbols,
    };
    let sections = section.into_iter().chain(legend(layer, rows, session.theme())).collect();
    with_unlocated_told(with_filter_told(sections, entry), content)
}

/// How many events are shown that no place on the map would be honest for, where that leaves out points.
fn with_unlocated_told(mut sections: Vec<LegendSection>, content: &LayerContent) -> Vec<LegendSection> {
    let shown = content.shown().map_or(content.len(), |shown| shown.count);
    let unlocated = content.on_map().map_or(0, |on_map| shown - on_map.count);
    if let Some(first) = sections.first_mut().filter(|_| unlocated > 0) {
        let words = format!("{} without a place on the map", thousands(unlocated as u64));
        first.caption = Some(match first.caption.take() {
            Some(caption) => format!("{caption}. {words}"),
            None => words,
        });
    }
    sections
}

/// Which rows are shown where the layer's own filter leaves some out.
fn with_filter_told(mut sections: Vec<LegendSection>, entry: &LayerEntry) -> Vec<LegendSection> {
    let Some(filter) = &entry.filter else { return sections };
    let words = format!("Only where {filter}");
    match sections.first_mut() {
        Some(first) => {
            first.caption = Some(match first.caption.take() {
                Some(caption) => format!("{words}. {caption}"),
                None => words,
            });
        }
        None => {
            let caption = Some(format!("{words}: none in view"));
            sections.push(LegendSection { title: entry.title.clone(), caption, entries: Vec::new() });
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::session::{Command, FilterCommand, Settings, SituationFilter, TimeCommand};

    #[test]
    fn the_legend_says_which_events_are_shown() {
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.open_bundled_situation();
        session.settle_reading();
        let told = |session: &Session| events_shown(session).and_then(|section| section.caption);
        assert_eq!(told(&session), None);
        let filter = SituationFilter { filter: "killed >= 1".parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        let eighth = crate::situation::day_of("2018-09-08").unwrap() * DAY_MINUTES;
        session.apply(Command::Time(TimeCommand::SetWindow(Some(eighth..eighth + 2 * DAY_MINUTES))));
        let expected = "Only where killed >= 1, from 2018-09-08 to 2018-09-09";
        assert_eq!(told(&session).as_deref(), Some(expected));
        let layer = session.catalogue().find_bundled("crossings").unwrap();
        let filter = Some("control = rebel".parse().unwrap());
        session.apply(Command::SetFilter { layer, filter });
        let entry = session.catalogue().get(layer).unwrap();
        let sections = with_filter_told(Vec::new(), entry);
        assert_eq!(sections[0].caption.as_deref(), Some("Only where control = \"rebel\": none in view"));
    }

    #[test]
    fn a_window_is_told_by_its_days_and_by_its_hours_where_it_has_any() {
        assert_eq!(time_words(&(0..DAY_MINUTES)), "on 1970-01-01");
        assert_eq!(time_words(&(CivilMinute::MIN..DAY_MINUTES)), "up to 1970-01-01");
        assert_eq!(time_words(&(60..90)), "from 1970-01-01 01:00 to 1970-01-01 01:30");
    }
}
