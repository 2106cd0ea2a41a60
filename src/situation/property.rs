//! What a feature says of itself beyond its columns.
//!
//! Floor 1.

use std::ops::Range;

use super::FeatureStore;

/// One value of one property, as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub enum PropertyValue {
    /// Present and `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, with the digits of the file where they say more than the `f64` does.
    Number {
        /// The nearest double; infinite where the file's number is out of range.
        value: f64,
        /// The number word for word.
        written: String,
    },
    /// A string, decoded.
    Text(String),
    /// An object or an array, as compact JSON.
    Json(String),
}

impl PropertyValue {
    /// The value as a person would read it; empty for `null`.
    pub fn to_display(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Bool(value) => value.to_string(),
            Self::Number { written, .. } => written.clone(),
            Self::Text(text) | Self::Json(text) => text.clone(),
        }
    }
}

/// Everything the source says of one feature besides its geometry, in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeatureDetails {
    /// The feature's `id`, a number as written.
    pub id: Option<String>,
    /// Name and value of each property.
    pub properties: Vec<(String, PropertyValue)>,
    /// Members of the feature that RFC 7946 does not name, as compact JSON.
    pub foreign_members: Vec<(String, PropertyValue)>,
    /// Whether numbers are written with a comma before their decimals, and points between thousands.
    pub comma_is_decimal: bool,
}

impl FeatureDetails {
    /// The properties that may hold a title, the likeliest first.
    const TITLE_KEYS: [&str; 15] = [
        "title_en",
        "title",
        "name_en",
        "name:en",
        "name",
        "label",
        "headline",
        "place",
        "location",
        "settlement",
        "title_ar",
        "name_ar",
        "name:ar",
        "ref",
        "type",
    ];

    /// The properties that may hold a title in Arabic.
    const ARABIC_TITLE_KEYS: [&str; 3] = ["title_ar", "name_ar", "name:ar"];

    /// The column of a layer that most likely holds the titles of its features; `None` where none does.
    pub fn title_column(features: &FeatureStore) -> Option<&str> {
        let named = Self::TITLE_KEYS.iter().find_map(|key| features.column(key));
        named.map(|column| column.name.as_str())
    }

    /// What the properties call the feature; `None` where none of them names it.
    pub fn title(&self) -> Option<String> {
        Self::TITLE_KEYS.iter().find_map(|key| {
            let words = self.properties.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
            let words = words.filter(|(_, value)| !matches!(value, PropertyValue::Json(_)));
            words.map(|(_, value)| value.to_display()).find(|words| !words.trim().is_empty())
        })
    }

    /// What the properties call the feature in Arabic; `None` where none of them does.
    pub fn arabic_title(&self) -> Option<String> {
        Self::ARABIC_TITLE_KEYS.iter().find_map(|key| self.words(key))
    }

    /// The columns of a layer of which a title is made, where it is not an event's.
    pub fn title_columns(features: &FeatureStore) -> impl Iterator<Item = &str> {
        let names = features.columns().iter().map(|column| column.name.as_str());
        names.filter(|name| Self::TITLE_KEYS.iter().any(|key| name.eq_ignore_ascii_case(key)))
    }

    /// The value of the property of that name; `None` where it is missing.
    pub fn value(&self, name: &str) -> Option<&PropertyValue> {
        self.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The property of that name for people; `None` where it is missing or blank.
    pub fn words(&self, name: &str) -> Option<String> {
        Some(self.value(name)?.to_display()).filter(|text| !text.trim().is_empty())
    }
}

/// What is wanted of the details of many features.
#[derive(Debug, Clone, Copy)]
pub struct WantedDetails<'a> {
    /// Names of properties.
    pub properties: &'a [&'a str],
    /// Whether the id is wanted, too.
    pub id: bool,
}

/// Where a feature store gets what it does not hold in columns: the source's bytes, decoded when a panel asks.
pub trait DetailSource: Send + Sync {
    /// The details of the feature whose bytes begin at `start` and end before `end` in the source.
    ///
    /// An error is a sentence for the user: the file has changed or cannot be read any more.
    fn details(&self, start: u64, end: u64) -> Result<FeatureDetails, String>;

    /// The line in which a byte of the source lies, counted from 1; `None` where it cannot be told.
    fn line_of(&self, _byte: u64) -> Option<usize> {
        None
    }

    /// The details of many features, by their first byte and the byte behind it: told one by one, in their order and with
    /// the place of each, as far as they are wanted. Of what is not wanted some may be there.
    ///
    /// An error is that of [`DetailSource::details`]; what was told before it stands.
    fn scan(
        &self,
        spans: &[Range<u64>],
        _wanted: &WantedDetails<'_>,
        tell: &mut dyn FnMut(usize, &FeatureDetails),
    ) -> Result<(), String> {
        for (place, span) in spans.iter().enumerate() {
            tell(place, &self.details(span.start, span.end)?);
        }
        Ok(())
    }
}
