//! What the timeline counts: events by bin and group, kept until something changes. Bins on both sides of the view are
//! counted ahead, so that the axis can be moved and zoomed for a while before anything is counted again.
//!
//! Floor 6.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use eframe::egui::Color32;

use crate::index::{TimeBins, TimeHistogram, TimeScale, counts_of_values};
use crate::session::{Command, HistogramOrder, LayerContent, LayerId, OrderedLayer, Session};
use crate::situation::{
    CivilMinute, EventField, FeatureStore, FieldValue, FieldValues, LayerEvents, RowMask,
};
use crate::symbology::{Rgba, Theme, palette, weapon_color, weapon_sign};
use crate::ui::format;

/// So many groups have a colour of their own; the rest are "other".
const MOST_GROUPS: usize = 6;
/// So many rows are counted between two frames: a worker answers a frame later.
const AT_ONCE: usize = 100_000;

/// A group of events in the stacks.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeGroup {
    /// For people.
    pub label: String,
    /// Of its part of a stack.
    pub color: Color32,
    /// How many events it has in view, one that lasts in each bin.
    pub count: usize,
}

/// The counts that are shown.
#[derive(Debug)]
pub struct TimelineCounts {
    key: CountsKey,
    /// Events by bin and group, in view and beyond.
    pub histogram: Arc<TimeHistogram>,
    /// The groups, the largest first, then the others, then what is not stated.
    pub groups: Vec<TimeGroup>,
    /// What is in view.
    axis: Range<CivilMinute>,
}

/// What counts are derived from.
#[derive(Debug, Clone, PartialEq)]
struct CountsKey {
    scale: TimeScale,
    groups: GroupsKey,
    /// Of the rows of each layer.
    revisions: Vec<u64>,
}

/// What groups are derived from; they stay while the axis moves and rows come and go.
#[derive(Debug, Clone, PartialEq)]
struct GroupsKey {
    field: EventField,
    theme: Theme,
    /// Layer, generation, and how its columns are read as events.
    layers: Vec<(LayerId, u64, Arc<LayerEvents>)>,
}

impl TimelineCounts {
    /// The counts for an axis; those before where nothing has changed.
    pub fn follow(
        before: Option<Self>,
        session: &Session,
        axis: &Range<CivilMinute>,
        scale: TimeScale,
        commands: &mut Vec<Command>,
    ) -> Self {
        let layers = session.layers_in_time().filter_map(|(entry, _)| {
            let content = session.content(entry.id)?;
            let revision = content.rows_at_any_time().map_or(0, |rows| rows.revision);
            Some(((entry.id, content.generation, content.events()?.clone()), revision))
        });
        let (layers, revisions) = layers.unzip();
        let groups = GroupsKey { field: session.timeline().group_by(), theme: session.theme(), layers };
        let key = CountsKey { scale, groups, revisions };
        let holds = |counts: &Self| {
            let counted = counts.histogram.bins.span();
            let is_counted = counted.start <= axis.start && axis.end <= counted.end;
            counts.key == key && (is_counted || counts.axis == *axis)
        };
        let mut counts = match before {
            Some(counts) if holds(&counts) => counts,
            before => Self::count(key, before, session, axis, commands),
        };
        if counts.axis != *axis {
            counts.look_at(axis.clone());
        }
        counts
    }

    /// The bins in view.
    pub fn bins_in_view(&self) -> Range<usize> {
        self.histogram.bins.bins_over(&self.axis)
    }

    /// The spans in view that no bin holds, each with the count of each group, in order of time.
    pub fn spans_in_view(&self) -> impl Iterator<Item = &(Range<CivilMinute>, Vec<u32>)> {
        let is_in_view =
            |(span, _): &&(Range<_>, _)| span.start < self.axis.end && self.axis.start < span.end;
        self.histogram.spans.iter().filter(is_in_view)
    }

    fn look_at(&mut self, axis: Range<CivilMinute>) {
        self.axis = axis;
        let mut counts = vec![0; self.groups.len()];
        let in_bins = self.bins_in_view().map(|bin| self.histogram.counts_of(bin));
        for of_groups in in_bins.chain(self.spans_in_view().map(|(_, counts)| &counts[..])) {
            counts.iter_mut().zip(of_groups).for_each(|(sum, &count)| *sum += count as usize);
        }
        self.groups.iter_mut().zip(counts).for_each(|(group, count)| group.count = count);
    }

    /// Counted at once where there is nothing yet to show, or little to count; else by a worker, and those before stay
    /// until it has.
    fn count(
        key: CountsKey,
        before: Option<Self>,
        session: &Session,
        axis: &Range<CivilMinute>,
        commands: &mut Vec<Command>,
    ) -> Self {
        let contents: Vec<&LayerContent> =
            key.groups.layers.iter().filter_map(|(layer, ..)| session.content(*layer)).collect();
        let groups = match &before {
            Some(counts) if counts.key.groups == key.groups => counts.groups.clone(),
            _ => all_groups(&contents, key.groups.field, key.groups.theme),
        };
        let order = order_of(&key, &groups, axis);
        let rows: usize = contents.iter().map(|content| content.len()).sum();
        let counted = session.timeline_counts().filter(|(of, _)| answers(of, &order, axis));
        let histogram = match (counted, before) {
            (Some((_, counts)), _) => Arc::clone(counts),
            (None, Some(before)) if rows > AT_ONCE => {
                commands.push(Command::CountTimeline(Arc::new(order)));
                return before;
            }
            _ => match session.timeline_counts_now(&order) {
                Some(counts) => Arc::new(counts),
                None => Arc::new(TimeHistogram::of(order.bins, order.groups, &[])),
            },
        };
        let mut counts = Self { key, histogram, groups, axis: axis.clone() };
        counts.look_at(axis.clone());
        counts
    }
}

/// What is to be counted for an axis and its sides.
fn order_of(key: &CountsKey, groups: &[TimeGroup], axis: &Range<CivilMinute>) -> HistogramOrder {
    let field = key.groups.field;
    let layers = key.groups.layers.iter().zip(&key.revisions);
    let layers = layers.map(|((layer, generation, events), revision)| OrderedLayer {
        layer: *layer,
        generation: *generation,
        revision: *revision,
        events: Arc::clone(events),
        group_of_value: groups_of_values(events, field, groups),
    });
    let bins = TimeBins::covering(&with_sides(axis), key.scale);
    HistogramOrder { bins, field, groups: groups.len(), layers: layers.collect() }
}

/// Whether what was counted is what is wanted, as far as the axis goes.
fn answers(counted: &HistogramOrder, wanted: &HistogramOrder, axis: &Range<CivilMinute>) -> bool {
    let span = counted.bins.span();
    let holds_axis = span.start <= axis.start && axis.end <= span.end;
    (holds_axis || counted.bins == wanted.bins)
        && counted.bins.scale == wanted.bins.scale
        && (counted.field, counted.groups) == (wanted.field, wanted.groups)
        && counted.layers == wanted.layers
}

/// The axis with as much again on both sides.
fn with_sides(axis: &Range<CivilMinute>) -> Range<CivilMinute> {
    let length = axis.end.saturating_sub(axis.start);
    axis.start.saturating_sub(length)..axis.end.saturating_add(length)
}

/// The group of each value of a field; `groups` end with the others and with what is not stated.
fn groups_of_values(events: &LayerEvents, field: EventField, groups: &[TimeGroup]) -> Arc<[usize]> {
    let others = groups.len() - 2;
    let places: HashMap<&str, usize> =
        groups[..others].iter().enumerate().map(|(place, group)| (group.label.as_str(), place)).collect();
    let place = |value: &FieldValue| places.get(&*label_of(field, value)).copied().unwrap_or(others);
    events.values(field).map_or(&[][..], |values| values.values()).iter().map(place).collect()
}

/// What the events of a layer say of the field.
fn values_of(content: &LayerContent, field: EventField) -> Option<(&FieldValues, &FeatureStore)> {
    Some((content.events()?.values(field)?, &content.data()?.features))
}

/// For people. Weapons of one sign on the map are one group: two in one colour could not be told apart.
fn label_of(field: EventField, value: &FieldValue) -> Cow<'_, str> {
    let sign = (field == EventField::Weapon).then(|| weapon_sign(&value.name)).flatten();
    let label = sign.or(value.label);
    label.map_or_else(|| format::field_word(field, &value.name), Cow::Borrowed)
}

/// The largest groups, then the others, then what is not stated.
fn all_groups(contents: &[&LayerContent], field: EventField, theme: Theme) -> Vec<TimeGroup> {
    let mut groups = largest_groups(contents, field, theme);
    let neutral = color(palette(theme).neutral);
    for (label, strength) in [("Other", 0.75), ("Not stated", 0.45)] {
        groups.push(TimeGroup { label: label.to_owned(), color: neutral.gamma_multiply(strength), count: 0 });
    }
    groups
}

/// The groups that most rows have, shown or not: colours stay while a filter changes.
fn largest_groups(contents: &[&LayerContent], field: EventField, theme: Theme) -> Vec<TimeGroup> {
    let mut found: HashMap<Cow<'_, str>, (&str, usize)> = HashMap::new();
    for (values, features) in contents.iter().filter_map(|content| values_of(content, field)) {
        let counts = counts_of_values(values, features, &RowMask::all(features.len()));
        for (value, count) in values.values().iter().zip(counts) {
            found.entry(label_of(field, value)).or_insert((&value.name, 0)).1 += count;
        }
    }
    let mut found: Vec<_> = found.into_iter().map(|(label, (word, count))| (label, word, count)).collect();
    found.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.0.cmp(&b.0)));
    let groups = found.into_iter().take(MOST_GROUPS).enumerate().map(|(place, (label, word, count))| {
        let own = palette(theme).user_layers[place % palette(theme).user_layers.len()];
        let known = (field == EventField::Weapon).then(|| weapon_color(word, theme)).flatten();
        TimeGroup { label: label.into_owned(), color: color(known.unwrap_or(own)), count }
    });
    groups.collect()
}

fn color(rgba: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(rgba.r, rgba.g, rgba.b, rgba.a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{FilterCommand, Settings, SituationFilter, TimeCommand};
    use crate::situation::EventMapping;

    fn follow(
        before: Option<TimelineCounts>,
        session: &Session,
        axis: &Range<CivilMinute>,
        scale: TimeScale,
    ) -> TimelineCounts {
        let mut commands = Vec::new();
        let counts = TimelineCounts::follow(before, session, axis, scale, &mut commands);
        assert!(commands.is_empty(), "few rows need no worker");
        counts
    }

    #[test]
    fn many_rows_are_counted_by_a_worker_and_the_last_counts_stay_until_it_has() {
        let row =
            |row: usize| format!("2018-09-{:02},{},35,36\n", row % 28 + 1, ["Raid", "Shelling"][row % 2]);
        let rows: String = (0..AT_ONCE + 4).map(row).collect();
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(format!("event_date,event_type,latitude,longitude\n{rows}")));
        session.apply(Command::Time(TimeCommand::GroupBy(EventField::Kind)));
        session.settle_reading();
        let axis = session.time_axis().unwrap();
        let counted = |counts: &TimelineCounts| counts.groups.iter().map(|group| group.count).sum::<usize>();
        let counts = follow(None, &session, &axis, TimeScale::Day);
        assert_eq!(counted(&counts), AT_ONCE + 4);
        let filter = SituationFilter { filter: "kind = Raid".parse().unwrap(), area: None };
        session.apply(Command::Filter(FilterCommand::Set(filter)));
        session.settle_reading();
        let mut commands = Vec::new();
        let counts = TimelineCounts::follow(Some(counts), &session, &axis, TimeScale::Day, &mut commands);
        assert_eq!(counted(&counts), AT_ONCE + 4);
        commands.drain(..).for_each(|command| drop(session.apply(command)));
        session.settle_reading();
        let counts = follow(Some(counts), &session, &axis, TimeScale::Day);
        assert_eq!(counted(&counts), AT_ONCE / 2 + 2);
    }

    #[test]
    fn the_groups_follow_the_column_that_says_them() {
        let event = |day: u8, kind: &str, sort: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"date":"2018-09-0{day}","kind":"{kind}","sort":"{sort}"}},
                "geometry":{{"type":"Point","coordinates":[36,35]}}}}"#
            )
        };
        let events =
            [event(1, "Raid", "One"), event(2, "Raid", "Two"), event(3, "Shelling", "Two")].join(",");
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session
            .apply(Command::PasteGeoJson(format!(r#"{{"type":"FeatureCollection","features":[{events}]}}"#)));
        session.apply(Command::Time(TimeCommand::GroupBy(EventField::Kind)));
        let layer = session.chosen_layer().unwrap();
        let read_kind_from = |session: &mut Session, column: &str| {
            let mut mapping = EventMapping::default();
            mapping.set(EventField::Date, vec!["date".to_owned()]);
            mapping.set(EventField::Kind, vec![column.to_owned()]);
            session.apply(Command::SetEventMapping { layer, mapping: Some(mapping) });
            session.settle();
        };
        let labels = |counts: &TimelineCounts| {
            let counted = counts.groups.iter().filter(|group| group.count > 0);
            counted.map(|group| (group.label.clone(), group.count)).collect::<Vec<_>>()
        };
        read_kind_from(&mut session, "kind");
        let axis = session.time_axis().unwrap();
        let counts = follow(None, &session, &axis, TimeScale::Day);
        assert_eq!(labels(&counts), [("Raid".to_owned(), 2), ("Shelling".to_owned(), 1)]);
        read_kind_from(&mut session, "sort");
        let counts = follow(Some(counts), &session, &axis, TimeScale::Day);
        assert_eq!(labels(&counts), [("Two".to_owned(), 2), ("One".to_owned(), 1)]);
    }

    #[test]
    fn a_moved_axis_counts_nothing_anew_until_it_comes_to_bins_that_are_not_counted() {
        let rows: String = (1..=28).map(|day| format!("2018-09-{day:02},Raid,35,36\n")).collect();
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(format!("event_date,event_type,latitude,longitude\n{rows}")));
        session.apply(Command::Time(TimeCommand::GroupBy(EventField::Kind)));
        session.settle();
        let whole = session.whole_time().unwrap();
        let days = |days: Range<i32>| whole.start + days.start * 1440..whole.start + days.end * 1440;
        let counts = follow(None, &session, &days(10..14), TimeScale::Day);
        let counted = counts.histogram.bins.clone();
        assert_eq!((counted.len(), counts.bins_in_view().len(), counts.groups[0].count), (12, 4, 4));
        // Half a day on: one more bin is in view, and none is counted.
        let half_on = days(10..14).start + 720..days(10..14).end + 720;
        let counts = follow(Some(counts), &session, &half_on, TimeScale::Day);
        assert_eq!((counts.bins_in_view().len(), counts.groups[0].count), (5, 5));
        let counts = follow(Some(counts), &session, &days(6..8), TimeScale::Day);
        assert_eq!((&counts.histogram.bins, counts.groups[0].count), (&counted, 2));
        let counts = follow(Some(counts), &session, &days(3..7), TimeScale::Day);
        assert_ne!(counts.histogram.bins, counted);
        assert_eq!(counts.groups[0].count, 4);
    }

    #[test]
    fn codes_are_grouped_by_their_words_and_every_column_of_actors_is_counted() {
        let ucdp = "id,type_of_violence,where_prec,date_start,date_end,best,side_a,side_b,latitude,longitude\n\
            1,3,1,2018-09-08,2018-09-08,4,A,B,35,36\n\
            2,3,2,2018-09-08,2018-09-08,4,,B,35,36\n\
            3,1,4,2018-09-08,2018-09-08,4,A,C,35,36\n\
            4,,1,2018-09-08,2018-09-08,4,,,35,36\n";
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(ucdp.to_owned()));
        session.settle();
        let mut labels = |field: EventField| {
            session.apply(Command::Time(TimeCommand::GroupBy(field)));
            let axis = session.time_axis().unwrap();
            let counts = follow(None, &session, &axis, TimeScale::Day);
            let counted = counts.groups.into_iter().filter(|group| group.count > 0);
            counted.map(|group| format!("{} {}", group.label, group.count)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(labels(EventField::Kind), "One-sided violence 2, State-based conflict 1, Not stated 1");
        // The first actor of each that has a colour: no event is counted twice.
        assert_eq!(labels(EventField::Actor), "A 2, B 1, Not stated 1");
        assert_eq!(
            labels(EventField::PlacePrecision),
            "Town, village or hill 2, Governorate 1, Within about 25 km 1"
        );
    }
}
