//! The cells of one row, by what they say of an event.
//!
//! Floor 1.

use super::{EventField, EventMapping, FeatureDetails, PropertyValue};

/// One row as a mapping sees it. Blank cells are not there.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    pub mapping: &'a EventMapping,
    pub details: &'a FeatureDetails,
}

impl<'a> Cells<'a> {
    /// Name and text of each filled cell that says this, in the order of the mapping.
    pub(super) fn all(self, field: EventField) -> impl Iterator<Item = (&'a str, String)> {
        let names = self.mapping.columns(field).iter();
        names.filter_map(move |name| Some((name.as_str(), self.text(name)?)))
    }

    /// The first of them.
    pub(super) fn first(self, field: EventField) -> Option<String> {
        self.all(field).next().map(|(_, text)| text)
    }

    /// The cell of that column.
    pub(super) fn text(self, name: &str) -> Option<String> {
        self.details.words(name).map(|text| text.trim().to_owned())
    }

    /// All items of the cells that say this: of lists, and of texts with `;`, `|` or line breaks between.
    pub(super) fn items(self, field: EventField) -> Vec<(&'a str, String)> {
        let values = self
            .mapping
            .columns(field)
            .iter()
            .filter_map(|name| Some((name.as_str(), self.details.value(name)?)));
        values.flat_map(|(name, value)| items_of(value).into_iter().map(move |item| (name, item))).collect()
    }
}

/// The parts of a cell that holds several.
pub(super) fn items_of(value: &PropertyValue) -> Vec<String> {
    let text = value.to_display();
    let is_list = matches!(value, PropertyValue::Json(_)) && text.starts_with("[\"") && text.ends_with("\"]");
    let parts: Vec<&str> = match is_list {
        // A list of plain strings; what is escaped in them stays as it is written.
        true => text[2..text.len() - 2].split("\",\"").map(trimmed).filter(|part| is_item(part)).collect(),
        false => items_of_text(&text).collect(),
    };
    parts.into_iter().map(str::to_owned).collect()
}

/// The parts of a text that names several, with `;`, `|` or line breaks between.
pub fn items_of_text(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|', '\n', '؛']).map(trimmed).filter(|part| is_item(part))
}

fn trimmed(part: &str) -> &str {
    part.trim().trim_matches('"').trim()
}

fn is_item(part: &str) -> bool {
    !part.is_empty() && part != "[]"
}

/// The web addresses in a text, in their order, each once.
pub(super) fn addresses_in(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let starts = text
        .match_indices("http")
        .filter(|(at, _)| text[*at..].starts_with("http://") || text[*at..].starts_with("https://"));
    for (at, _) in starts {
        let address =
            text[at..].split(|letter: char| letter.is_whitespace() || "\"'<>;|،؛".contains(letter)).next();
        let address = address.unwrap_or_default().trim_end_matches([',', '.', ')', ']']);
        if !found.iter().any(|known| known == address) {
            found.push(address.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_separated_texts_are_taken_apart() {
        let items = |value: PropertyValue| items_of(&value);
        assert_eq!(items(PropertyValue::Text("SOHR; Enab Baladi ;".into())), ["SOHR", "Enab Baladi"]);
        assert_eq!(items(PropertyValue::Json(r#"["SOHR, London","SNHR"]"#.into())), ["SOHR, London", "SNHR"]);
        assert!(items(PropertyValue::Json("[]".into())).is_empty() && items(PropertyValue::Null).is_empty());
    }

    #[test]
    fn addresses_are_found_between_other_words() {
        let found =
            addresses_in(r#"["https://a.example/x?y=1","http://b.example"] and https://a.example/x?y=1."#);
        assert_eq!(found, ["https://a.example/x?y=1", "http://b.example"]);
    }
}
