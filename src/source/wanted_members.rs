//! A few members of a feature, found without decoding the others.
//!
//! Floor 2. What is found is what [`super::details`] would find: of two members of one name the last counts. The rest of a
//! feature is passed over where it cannot have that name once more.

use memchr::memmem;

use super::borders::value_end;
use super::details::{property_value, read_id};
use super::feature::Member;
use super::json_scanner::{Scanner, SyntaxError};
use crate::situation::{FeatureDetails, WantedDetails};

/// Finds wanted members in one feature after the other.
pub(super) struct WantedMembers<'w> {
    wanted: &'w WantedDetails<'w>,
    /// What a member that would change what was found begins with: its name in quotes, or an escape in its name.
    signs: Vec<memmem::Finder<'static>>,
}

impl<'w> WantedMembers<'w> {
    pub fn new(wanted: &'w WantedDetails<'w>) -> Self {
        let id = ["id"].into_iter().filter(|_| wanted.id);
        let names = wanted.properties.iter().copied().chain(["properties"]).chain(id);
        let is_plain =
            |name: &&str| !name.contains(|c: char| c.is_control() || matches!(c, '"' | '\\' | '/'));
        // Letters can be escaped by their numbers only.
        let escape = if wanted.properties.iter().all(is_plain) { "\\u" } else { "\\" };
        let signs = names.map(|name| format!("\"{name}\"")).chain([escape.to_owned()]);
        let finder = |sign: String| memmem::Finder::new(sign.as_bytes()).into_owned();
        Self { wanted, signs: signs.map(finder).collect() }
    }

    /// What is wanted of the feature that `bytes` are.
    pub fn read(&self, bytes: &[u8]) -> Result<FeatureDetails, SyntaxError> {
        let mut scanner = Scanner::new(bytes, 0);
        if scanner.peek() != Some(b'{') {
            return scanner.error("a feature was expected");
        }
        scanner.open()?;
        let mut found = Found::default();
        let mut first = true;
        while let Some(key) = scanner.next_key(&mut first)? {
            match Member::of(key) {
                Member::Id if self.wanted.id => found.details.id = read_id(&mut scanner)?,
                Member::Properties => self.read_properties(&mut scanner, &mut found)?,
                _ => pass(&mut scanner)?,
            }
            self.look_behind(&mut found, &scanner);
            if found.is_all {
                break;
            }
        }
        Ok(found.details)
    }

    fn read_properties(&self, scanner: &mut Scanner<'_>, found: &mut Found) -> Result<(), SyntaxError> {
        let properties = &mut found.details.properties;
        properties.clear();
        if scanner.peek() != Some(b'{') {
            return scanner.skip_value();
        }
        scanner.open()?;
        let mut first = true;
        while let Some(key) = scanner.next_key(&mut first)? {
            let Some(name) = self.wanted.properties.iter().find(|name| key.is(name)) else {
                pass(scanner)?;
                continue;
            };
            let value = property_value(scanner)?;
            let properties = &mut found.details.properties;
            match properties.iter_mut().find(|(known, _)| known == name) {
                Some(known) => known.1 = value,
                None => properties.push(((*name).to_owned(), value)),
            }
            self.look_behind(found, scanner);
            if found.is_all {
                // Nobody reads on from here.
                break;
            }
        }
        Ok(())
    }

    /// Looks, once everything is found, whether anything behind the scanner can change it.
    fn look_behind(&self, found: &mut Found, scanner: &Scanner<'_>) {
        let has_properties = found.details.properties.len() == self.wanted.properties.len();
        let is_complete = has_properties && (found.details.id.is_some() || !self.wanted.id);
        if !is_complete || found.has_looked {
            return;
        }
        let rest = &scanner.bytes()[scanner.pos()..];
        let may_come_again = self.signs.iter().any(|sign| sign.find(rest).is_some());
        (found.has_looked, found.is_all) = (true, !may_come_again);
    }
}

/// What was found so far.
#[derive(Default)]
struct Found {
    details: FeatureDetails,
    /// Once is enough: the feature is read to its end then.
    has_looked: bool,
    /// Nothing behind can change it.
    is_all: bool,
}

/// Passes a value that was checked when the layer was read.
fn pass(scanner: &mut Scanner<'_>) -> Result<(), SyntaxError> {
    match scanner.peek() {
        Some(b'{' | b'[') => match value_end(scanner.bytes(), scanner.pos()) {
            Some(end) => {
                scanner.jump(end, scanner.depth());
                Ok(())
            }
            None => scanner.error("a value was expected"),
        },
        _ => scanner.skip_value(),
    }
}
