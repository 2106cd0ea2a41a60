//! What a filter is asked of: a layer's rows, what is known of its events, and the map around them.
//!
//! Floor 2.

use super::problem::FilterError;
use super::suggest::nearest;
use super::tree::{People, Region, Subject};
use crate::index::LayerData;
use crate::situation::{Column, EventField, EventMapping, EventTimes, FeatureStore, HOME_ZONE};

/// So many names of columns are enough in a message.
const MOST_NAMED: usize = 40;

/// The rows of a layer and what can be asked of them.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The rows.
    pub features: &'a FeatureStore,
    /// Which columns say what of events, where the rows are events.
    pub mapping: Option<&'a EventMapping>,
    /// When the events were; without them `date` is the column that is mapped to it.
    pub times: Option<&'a EventTimes>,
    /// Titles and contents of the layers of the map.
    pub layers: &'a [(&'a str, &'a LayerData)],
    /// The area that was drawn.
    pub area: Option<&'a LayerData>,
    /// In whose days instants are counted, a name of the IANA database.
    pub zone: &'a str,
    /// Whether what the layer has no column for is unknown of all its rows; else it is an error.
    pub absent_is_unknown: bool,
}

/// Where the values of a subject are.
pub(super) enum Found<'a> {
    /// Any of these columns.
    Columns(Vec<&'a Column>),
    /// The times of the events.
    Times(&'a EventTimes),
    /// A number of people that lies from the low to the high figure; one of the two may have no column.
    Figures { low: Vec<&'a Column>, high: Vec<&'a Column> },
    /// A best figure that nobody gives, known where the low and the high one are the same.
    OneFigure { low: &'a Column, high: &'a Column },
}

impl<'a> Scope<'a> {
    /// Rows of which nothing but their columns is known.
    pub fn of(features: &'a FeatureStore) -> Self {
        Self {
            features,
            mapping: None,
            times: None,
            layers: &[],
            area: None,
            zone: HOME_ZONE,
            absent_is_unknown: false,
        }
    }

    /// The same with the layer's events.
    pub fn with_events(self, mapping: &'a EventMapping, times: &'a EventTimes) -> Self {
        Self { mapping: Some(mapping), times: Some(times), ..self }
    }

    /// Where the values of a subject are. A field that no column is mapped to is a column of that name.
    pub(super) fn find(&self, subject: &Subject) -> Result<Found<'a>, FilterError> {
        let found = match subject {
            Subject::Column(name) => self.columns_named(name),
            Subject::Field(EventField::Date) if self.times.is_some() => self.times.map(Found::Times),
            Subject::Field(field) => {
                let mapped = self.mapped(*field);
                match mapped.is_empty() {
                    false => Some(Found::Columns(mapped)),
                    true => self.best_of_agreeing(*field).or_else(|| self.columns_named(field.as_str())),
                }
            }
            Subject::People(people) => self.figures(*people).or_else(|| self.columns_named(people.as_str())),
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
        let names = self.mapping.map_or(&[][..], |mapping| mapping.columns(field));
        names.iter().filter_map(|name| self.features.column(name)).collect()
    }

    fn columns_named(&self, name: &str) -> Option<Found<'a>> {
        self.features.column(name).map(|column| Found::Columns(vec![column]))
    }

    /// The best figure stands for a low or a high one that has no column.
    fn figures(&self, people: People) -> Option<Found<'a>> {
        let [low, best, high] = people.figures().map(|field| self.mapped(field));
        let or_best = |columns: Vec<&'a Column>| if columns.is_empty() { best.clone() } else { columns };
        let (low, high) = (or_best(low), or_best(high));
        (!low.is_empty() || !high.is_empty()).then_some(Found::Figures { low, high })
    }

    fn best_of_agreeing(&self, field: EventField) -> Option<Found<'a>> {
        let of_field = |people: &People| people.figures()[1] == field;
        let people = [People::Killed, People::Injured].into_iter().find(of_field)?;
        let [low, _, high] = people.figures().map(|field| self.mapped(field));
        Some(Found::OneFigure { low: low.first()?, high: high.first()? })
    }

    fn no_column(&self, subject: &Subject) -> FilterError {
        let name = match subject {
            Subject::Column(name) => name.as_str(),
            Subject::Field(field) => field.as_str(),
            Subject::People(people) => people.as_str(),
        };
        let names: Vec<&str> = self.features.columns().iter().map(|column| column.name.as_str()).collect();
        let fields =
            self.mapping.iter().flat_map(|mapping| mapping.fields().map(|(field, _)| field.as_str()));
        FilterError::NoColumn {
            name: name.to_owned(),
            did_you_mean: nearest(name, fields.chain(names.iter().copied())),
            there_are: names.iter().take(MOST_NAMED).map(ToString::to_string).collect(),
        }
    }
}
