//! The layers of a map in their order, and how each is shown.
//!
//! Floor 4. What a layer holds is in [`super::layers`]: an entry here is small, so that undo can keep many.

use std::path::PathBuf;
use std::sync::Arc;

use crate::index::Filter;
use crate::situation::EventMapping;
use crate::source::TableSettings;
use crate::symbology::{LayerLook, PointsAs};

/// A layer's name for the program; never used twice in one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LayerId(pub u64);

/// Where a layer came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayerOrigin {
    /// Compiled in, with its key.
    Bundled(&'static str),
    /// A file.
    File(PathBuf),
    /// Text that was pasted.
    Pasted,
    /// Bytes that the open project holds.
    Held {
        /// The name of the file that they were.
        name: String,
    },
}

/// How one layer is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerEntry {
    /// Its name for the program.
    pub id: LayerId,
    /// Its name for people.
    pub title: String,
    /// The group it is listed in.
    pub group: Option<String>,
    /// Drawn and hit.
    pub visible: bool,
    /// 0 to 1.
    pub opacity: f32,
    /// Its symbols.
    pub look: LayerLook,
    /// Its points each by a symbol, or many together.
    pub points_as: PointsAs,
    /// Which of its rows are drawn and hit; all where `None`.
    pub filter: Option<Arc<Filter>>,
    /// Which columns say what of its events; guessed where `None`.
    pub event_mapping: Option<Arc<EventMapping>>,
    /// Where it came from.
    pub origin: LayerOrigin,
    /// What the user has said of it as a table; the rest is found by the reader.
    pub table: TableSettings,
}

/// All layers, bottom to top.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalogue {
    entries: Vec<LayerEntry>,
}

impl Catalogue {
    /// The layers in drawing order.
    pub fn bottom_up(&self) -> impl DoubleEndedIterator<Item = &LayerEntry> + ExactSizeIterator {
        self.entries.iter()
    }

    /// The layers as listed: the topmost first.
    pub fn top_down(&self) -> impl Iterator<Item = &LayerEntry> {
        self.entries.iter().rev()
    }

    /// One layer.
    pub fn get(&self, id: LayerId) -> Option<&LayerEntry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    pub(super) fn get_mut(&mut self, id: LayerId) -> Option<&mut LayerEntry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    /// The layer read from that file.
    pub fn find_file(&self, path: &std::path::Path) -> Option<LayerId> {
        let is_it = |entry: &&LayerEntry| matches!(&entry.origin, LayerOrigin::File(open) if open == path);
        self.entries.iter().find(is_it).map(|entry| entry.id)
    }

    /// The bundled layer with that key.
    pub fn find_bundled(&self, key: &str) -> Option<LayerId> {
        let is_it = |entry: &&LayerEntry| entry.origin_key() == Some(key);
        self.entries.iter().find(is_it).map(|entry| entry.id)
    }

    /// The title, with a number behind it where another layer than `but` has it: filters name layers by their titles.
    pub(super) fn free_title(&self, title: &str, but: Option<LayerId>) -> String {
        let is_taken =
            |title: &str| self.bottom_up().any(|entry| entry.title == title && Some(entry.id) != but);
        let numbered = (2_usize..).map(|number| format!("{title} ({number})"));
        let mut titles = std::iter::once(title.to_owned()).chain(numbered);
        titles.find(|title| !is_taken(title)).unwrap_or_default()
    }

    pub(super) fn push_on_top(&mut self, entry: LayerEntry) {
        self.entries.push(entry);
    }

    pub(super) fn remove(&mut self, id: LayerId) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// `to_place` counts from the top.
    pub(super) fn move_to(&mut self, id: LayerId, to_place: usize) {
        let Some(from) = self.entries.iter().position(|entry| entry.id == id) else { return };
        let entry = self.entries.remove(from);
        let from_top = to_place.min(self.entries.len());
        self.entries.insert(self.entries.len() - from_top, entry);
    }

    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut LayerEntry> {
        self.entries.iter_mut()
    }

    /// The titles of all groups, in the order of their topmost layers.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for group in self.top_down().filter_map(|entry| entry.group.as_deref()) {
            if !groups.contains(&group) {
                groups.push(group);
            }
        }
        groups
    }
}

impl LayerEntry {
    /// The key of a bundled layer.
    pub fn origin_key(&self) -> Option<&'static str> {
        match self.origin {
            LayerOrigin::Bundled(key) => Some(key),
            _ => None,
        }
    }
}
