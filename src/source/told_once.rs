//! What is told once of a whole source, however often it comes: strays between texts, coordinate systems that differ.
//!
//! Floor 2. Counted in each stretch and put together in their order.

use super::crs::Crs;
use super::issues::Severity;
use super::part::Part;

/// Commas and closing brackets between texts.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Strays {
    first: Option<usize>,
    commas: usize,
    brackets: usize,
}

impl Strays {
    /// Counts one of them.
    pub fn count(&mut self, byte: u8, offset: usize) {
        self.first.get_or_insert(offset);
        let count = if byte == b',' { &mut self.commas } else { &mut self.brackets };
        *count += 1;
    }

    /// Adds those of a later stretch.
    pub fn follow(&mut self, next: Self) {
        self.first = self.first.or(next.first);
        self.commas += next.commas;
        self.brackets += next.brackets;
    }

    /// One issue for all of them.
    pub fn tell(self, part: &mut Part<'_>) {
        let Some(first) = self.first else { return };
        let message = match (self.commas, self.brackets) {
            (1, 0) => "there is a comma between two records; each stands alone on its line".into(),
            (commas, 0) => {
                format!("there are {commas} commas between records; each stands alone on its line")
            }
            (0, 1) => "there is a closing bracket too many behind the end of a record".into(),
            (commas, brackets) => format!(
                "there are {brackets} closing brackets too many behind the end of a record, and {commas} commas"
            ),
        };
        let severity = if self.brackets > 0 { Severity::Warning } else { Severity::Note };
        part.log.push(severity, first, None, message);
    }
}

/// The coordinate systems of the collections in one source.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Systems {
    /// Where the first collection begins, and its system.
    first: Option<(usize, Crs)>,
    /// Where the first collection in another system begins.
    other: Option<usize>,
}

impl Systems {
    /// A collection that begins at `start` is in this system.
    pub fn add(&mut self, start: usize, crs: Crs) {
        let (_, first) = *self.first.get_or_insert((start, crs));
        if crs != first {
            self.other.get_or_insert(start);
        }
    }

    /// Adds those of a later stretch.
    pub fn follow(&mut self, next: Self) {
        if let Some((start, crs)) = next.first {
            self.add(start, crs);
        }
        self.other = self.other.or(next.other);
    }

    /// One issue, where they differ.
    pub fn tell(self, part: &mut Part<'_>) {
        if let Some(other) = self.other {
            let message =
                "this collection is in another coordinate system than the first one; each is read in its own";
            part.log.push(Severity::Warning, other, None, message);
        }
    }
}
