//! What a filter is asked of: a layer's rows, what is known of its events, and the map around them.
//!
//! Floor 2.

use std::sync::atomic::{AtomicBool, Ordering};

use super::problem::FilterError;
use super::suggest::nearest;
use super::tree::{People, Region, Subject};
use crate::index::LayerData;
use crate::situation::{
    Column, EventField, EventTimes, FeatureStore, FieldValues, HOME_ZONE, HarmFigures, LayerEvents,
};

/// So many names of columns are enough in a message.
const MOST_NAMED: usize = 40;

/// The rows of a layer and what can be asked of them.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The rows.
    pub features: &'a FeatureStore,
    /// What the rows mean, where they are events.
    pub events: Option<&'a LayerEvents>,
    /// Titles and contents of the layers of the map.
    pub layers: &'a [(&'a str, &'a LayerData)],
    /// The area that was drawn.
    pub area: Option<&'a LayerData>,
    /// In whose days instants are counted, a name of the IANA database.
    pub zone: &'a str,
    /// Whether what the layer has no column for is unknown of all its rows; else it is an error.
    pub absent_is_unknown: bool,
    /// Whether nobody wants to know any more: then asking ends with [`FilterError::Stopped`].
    pub stop: &'a AtomicBool,
}

/// Of what is asked to its end.
static NEVER: AtomicBool = AtomicBool::new(false);

/// Where the values of a subject are.
pub(super) enum Found<'a> {
    /// Any of these columns.
    Columns(Vec<&'a Column>),
    /// What the events say, and the columns in which it is written; none where another field implies it.
    Values(&'a FieldValues, Vec<&'a Column>),
    /// The times of the events.
    Times(&'a EventTimes),
    /// Numbers of people.
    Figures(Figure, &'a HarmFigures),
}

/// Which number of people is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    /// All that it can be, from the fewest to the most.
    Range,
    /// The low figure.
    Low,
    /// The best figure, or the one number that a range comes down to.
    Best,
    /// The high figure.
    High,
}

impl<'a> Scope<'a> {
    /// Rows of which nothing but their columns is known.
    pub fn of(features: &'a FeatureStore) -> Self {
        Self {
            features,
            events: None,
            layers: &[],
            area: None,
            zone: HOME_ZONE,
            absent_is_unknown: false,
            stop: &NEVER,
        }
    }

    /// Whether nobody wants to know any more.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Why the source was not read to its end.
    pub(super) fn read_error(&self, why: String) -> FilterError {
        if self.is_stopped() { FilterError::Stopped } else { FilterError::Source(why) }
    }

    /// The same with the layer's events.
    pub fn with_events(self, events: &'a LayerEvents) -> Self {
        Self { events: Some(events), ..self }
    }

    /// Where the values of a subject are. A field that no column is mapped to is a column of that name.
    pub(super) fn find(&self, subject: &Subject) -> Result<Found<'a>, FilterError> {
        let found = match subject {
            Subject::Column(name) => self.columns_named(name),
            Subject::Field(EventField::Date) if self.events.is_some() => {
                self.events.map(|events| Found::Times(events.times()))
            }
            Subject::Field(field) => {
                let mapped = || Some(self.mapped(*field)).filter(|columns| !columns.is_empty());
                self.values(*field)
                    .or_else(|| self.figure(*field))
                    .or_else(|| mapped().map(Found::Columns))
                    .or_else(|| self.columns_named(field.as_str()))
            }
            Subject::People(people) => self.people(*people).or_else(|| self.columns_named(people.as_str())),
        };
        found.ok_or_else(|| self.no_column(subject))
    }

    /// The contents of a part of the map.
    pub(super) fn region(&self, region: &Region) -> Result<&'a LayerData, FilterError> {
        match region {
            Region::Drawn => self.area.ok_or(FilterError::NoArea),
            Region::Layer(title) => {
                let found = self.layers.iter().find(|(name, _)| name == title).map(|(_, data)| *data);
                found.ok_or_else(|| FilterError::NoLayer {
                    title: title.clone(),
                    did_you_mean: nearest(title, self.layers.iter().map(|(name, _)| *name)),
                })
            }
        }
    }

    /// The columns that are mapped to a field.
    pub(in crate::index) fn mapped(&self, field: EventField) -> Vec<&'a Column> {
        let names = self.events.map_or(&[][..], |events| events.mapping().columns(field));
        names.iter().filter_map(|name| self.features.column(name)).collect()
    }

    fn columns_named(&self, name: &str) -> Option<Found<'a>> {
        self.features.column(name).map(|column| Found::Columns(vec![column]))
    }

    fn values(&self, field: EventField) -> Option<Found<'a>> {
        Some(Found::Values(self.events?.values(field)?, self.mapped(field)))
    }

    fn people(&self, people: People) -> Option<Found<'a>> {
        self.harm(people).map(|figures| Found::Figures(Figure::Range, figures))
    }

    /// One of the figures, where the table tells it.
    fn figure(&self, field: EventField) -> Option<Found<'a>> {
        let place = |people: &People| people.figures().iter().position(|figure| *figure == field);
        let (people, place) = [People::Killed, People::Injured]
            .into_iter()
            .find_map(|people| Some((people, place(&people)?)))?;
        let figures = self.harm(people)?;
        let [low, best, high] = figures.tells();
        let is_told = [low, best || (low && high), high][place];
        is_told.then_some(Found::Figures([Figure::Low, Figure::Best, Figure::High][place], figures))
    }

    fn harm(&self, people: People) -> Option<&'a HarmFigures> {
        match people {
            People::Killed => self.events?.killed(),
            People::Injured => self.events?.injured(),
        }
    }

    fn no_column(&self, subject: &Subject) -> FilterError {
        let name = match subject {
            Subject::Column(name) => name.as_str(),
            Subject::Field(field) => field.as_str(),
            Subject::People(people) => people.as_str(),
        };
        let names: Vec<&str> = self.features.columns().iter().map(|column| column.name.as_str()).collect();
        let fields =
            self.events.iter().flat_map(|events| events.mapping().fields().map(|(field, _)| field.as_str()));
        FilterError::NoColumn {
            name: name.to_owned(),
            did_you_mean: nearest(name, fields.chain(names.iter().copied())),
            there_are: names.iter().take(MOST_NAMED).map(ToString::to_string).collect(),
        }
    }
}
