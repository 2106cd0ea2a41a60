//! The layers of a project as they are read: no more of them than may be opened are ever held.
//!
//! Floor 4. A file of millions of layers without a word in them would take many times its size in memory otherwise.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, SeqAccess, Visitor};

use super::ProjectLayer;

/// A project may have so many layers; nobody finds his way among more.
pub const MAX_PROJECT_LAYERS: usize = 1_000;

/// The first of a list of layers, as many as may be opened.
pub(super) fn first_layers<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<ProjectLayer>, D::Error> {
    struct First;

    impl<'de> Visitor<'de> for First {
        type Value = Vec<ProjectLayer>;

        fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
            words.write_str("a list of layers")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut layers = Vec::new();
            while layers.len() < MAX_PROJECT_LAYERS {
                let Some(layer) = list.next_element()? else { return Ok(layers) };
                layers.push(layer);
            }
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok(layers)
        }
    }

    from.deserialize_seq(First)
}

/// How many items a list has; they are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemCount(pub usize);

impl<'de> Deserialize<'de> for ItemCount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Count;

        impl<'de> Visitor<'de> for Count {
            type Value = ItemCount;

            fn expecting(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
                words.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<ItemCount, A::Error> {
                let mut count = 0;
                while list.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(ItemCount(count))
            }
        }

        from.deserialize_seq(Count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::ProjectDocument;

    #[test]
    fn of_more_layers_than_may_be_opened_the_first_are_read_and_the_others_counted() {
        let head =
            r#"{"format":1,"program":"","keeping":{"data":false,"paths":true},"log_head":"","layers":["#;
        let layer = |number| format!(r#"{{"shown":{{"title":"{number}","visible":true,"opacity":1}}}}"#);
        for count in [0, 1, MAX_PROJECT_LAYERS, MAX_PROJECT_LAYERS + 3] {
            let layers: Vec<String> = (0..count).map(layer).collect();
            let read = |layers: &str| serde_json::from_str::<ProjectDocument>(&format!("{head}{layers}]}}"));
            let document = read(&layers.join(",")).unwrap();
            assert_eq!(document.layers.len(), count.min(MAX_PROJECT_LAYERS));
            assert!(document.layers.iter().enumerate().all(|(n, layer)| layer.shown.title == n.to_string()));
            // What is not opened need not be a layer.
            let with_more = read(&[layers, vec!["7".to_owned()]].concat().join(","));
            assert_eq!(with_more.is_ok(), count >= MAX_PROJECT_LAYERS);
        }
        assert_eq!(serde_json::from_str::<ItemCount>("[1, {}, [2, 3]]").unwrap(), ItemCount(3));
    }
}
