//! A FeatureCollection: its own members, and the list of its features.
//!
//! Floor 2. Members may stand in any order; what RFC 7946 does not name is kept for the layer's details.

use super::borders::nearest_feature_start;
use super::crs::{Crs, DeclaredCrs, declared_crs};
use super::details::property_value;
use super::fault::kind_of_value;
use super::feature::read_bbox;
use super::feature_list::ListEnd;
use super::issues::Severity;
use super::json_scanner::{RawText, Scanner, SyntaxError};
use super::limits::MAX_FOREIGN_BYTES;
use super::list_stretches::read_list;
use super::part::Part;
use super::recovery::warn_of_gap;
use super::ticker::{Refusal, Ticker};
use crate::coords::Extent;
use crate::situation::PropertyValue;

/// What a collection says of itself.
#[derive(Debug, Default)]
pub(super) struct CollectionMembers {
    pub name: Option<String>,
    pub bbox: Option<Extent>,
    pub foreign: Vec<(String, PropertyValue)>,
}

impl CollectionMembers {
    /// Adds what a later collection says; of two names or boxes the last counts.
    pub fn follow(&mut self, next: Self) {
        self.name = next.name.or(self.name.take());
        self.bbox = next.bbox.or(self.bbox.take());
        self.foreign.extend(next.foreign);
    }
}

/// How a collection came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum CollectionEnd {
    /// At its closing brace, or as near to it as the file goes.
    Read,
    /// In its list a feature is broken and none follows. The scanner stands in what is broken.
    Lost,
    /// A second `type` says that it is something else; nothing was read.
    AnotherType(String),
}

/// Reads one collection into a part.
pub(super) struct CollectionReader<'r, 'a, 'p> {
    pub part: &'r mut Part<'a>,
    pub members: &'r mut CollectionMembers,
    pub ticker: &'r mut Ticker<'p>,
    /// The coordinate system, where it is known from an earlier read.
    pub known_crs: Option<Crs>,
    /// A system that stands behind the features it is about.
    pub late_crs: &'r mut Option<Crs>,
    /// How many lists of features have been met.
    pub lists: usize,
}

/// How a collection ends with its list; `None` where it goes on.
fn end_of(list: ListEnd) -> Option<CollectionEnd> {
    match list {
        ListEnd::Closed => None,
        ListEnd::Lost => Some(CollectionEnd::Lost),
        // Nothing was asked to end at a border or a horizon.
        ListEnd::CutOff | ListEnd::AtBorder | ListEnd::Unfinished => Some(CollectionEnd::Read),
    }
}

/// Where the collection stands after a member.
enum Step {
    More,
    End(CollectionEnd),
}

/// Why a member was not read.
enum Halt {
    Syntax(SyntaxError),
    Refusal(Refusal),
}

impl From<SyntaxError> for Halt {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl<'a> CollectionReader<'_, 'a, '_> {
    /// Reads the object at the scanner, which is a FeatureCollection by its first `type`.
    pub fn read(&mut self, scanner: &mut Scanner<'a>) -> Result<CollectionEnd, Refusal> {
        let read_before = self.part.read_in_all();
        self.part.set_crs(self.known_crs.unwrap_or_default());
        let mut first = true;
        scanner.open().map_err(Refusal::NotJson)?;
        loop {
            match self.read_next_member(scanner, &mut first) {
                Ok(Step::More) => {}
                Ok(Step::End(end)) => {
                    if end == CollectionEnd::Read && self.part.read_in_all() == read_before {
                        self.part
                            .log
                            .push_general(Severity::Note, "the collection is empty: it has no features");
                    }
                    return Ok(end);
                }
                Err(Halt::Refusal(refusal)) => return Err(refusal),
                Err(Halt::Syntax(error)) if self.lists == 0 => return Err(Refusal::NotJson(error)),
                Err(Halt::Syntax(error)) => {
                    if let Some(end) = self.find_more_features(scanner, error)? {
                        return Ok(end);
                    }
                }
            }
        }
    }

    fn read_next_member(&mut self, scanner: &mut Scanner<'a>, first: &mut bool) -> Result<Step, Halt> {
        let Some(key) = scanner.next_key(first)? else {
            if self.lists == 0 {
                return Err(Refusal::NotGeoJson(r#"the FeatureCollection has no "features""#.into()).into());
            }
            return Ok(Step::End(CollectionEnd::Read));
        };
        let at = scanner.pos();
        if key.is("features") {
            return self.read_features(scanner);
        } else if key.is("type") && scanner.peek() == Some(b'"') {
            let name = scanner.string()?;
            if !name.is("FeatureCollection") && self.lists == 0 {
                return Ok(Step::End(CollectionEnd::AnotherType(name.decode().into_owned())));
            }
        } else if key.is("crs") {
            scanner.skip_value()?;
            self.declare_crs(&scanner.bytes()[at..scanner.pos()], at)?;
        } else if key.is("bbox") {
            self.members.bbox = read_bbox(scanner)?;
        } else if key.is("name") && scanner.peek() == Some(b'"') {
            self.members.name = Some(scanner.string()?.decode().into_owned());
        } else {
            self.keep_foreign(key, scanner)?;
        }
        Ok(Step::More)
    }

    fn read_features(&mut self, scanner: &mut Scanner<'a>) -> Result<Step, Halt> {
        match scanner.peek() {
            Some(b'[') => {}
            None => return Err(SyntaxError::end_of_file(scanner.bytes()).into()),
            first => {
                let reason = format!(r#""features" is {}; it must be a list"#, kind_of_value(first));
                return Err(Refusal::NotGeoJson(reason).into());
            }
        }
        self.lists += 1;
        if self.lists == 2 {
            let message = r#"there are two lists of "features"; both are read"#;
            self.part.log.push(Severity::Warning, scanner.pos(), None, message);
        }
        scanner.open()?;
        Ok(end_of(read_list(self.part, scanner, self.ticker)?).map_or(Step::More, Step::End))
    }

    /// After an error behind the list of features: goes on with the next feature if there is one, as where a stray
    /// bracket closed the list too early. Answers how the collection ends where it does.
    fn find_more_features(
        &mut self,
        scanner: &mut Scanner<'a>,
        error: SyntaxError,
    ) -> Result<Option<CollectionEnd>, Refusal> {
        let bytes = scanner.bytes();
        let message = format!("after the features: {}", error.describe(bytes));
        self.part.log.push(Severity::Warning, error.offset, None, message);
        let Some(next) = nearest_feature_start(bytes, &[Some(error.offset)], error.offset) else {
            scanner.jump(error.offset, 0);
            return Ok(Some(CollectionEnd::Lost));
        };
        warn_of_gap(self.part, error.offset, next);
        scanner.jump(next, 2);
        Ok(end_of(read_list(self.part, scanner, self.ticker)?))
    }

    fn declare_crs(&mut self, json: &[u8], at: usize) -> Result<(), Refusal> {
        let crs = match declared_crs(json) {
            DeclaredCrs::Known(crs) => crs,
            DeclaredCrs::Unknown(name) => return Err(Refusal::UnknownCrs(name)),
            DeclaredCrs::Unstated => {
                let message = "the coordinate system is left open; WGS 84 is assumed";
                self.part.log.push(Severity::Note, at, None, message);
                return Ok(());
            }
        };
        if crs == Crs::WebMercator {
            let message = "the coordinates are in EPSG:3857 (Web Mercator); they were converted to degrees";
            self.part.log.push(Severity::Note, at, None, message);
        }
        if crs != self.part.crs() && self.known_crs.is_some() {
            let reason = r#"it declares two different coordinate systems; keep one "crs""#.into();
            return Err(Refusal::NotGeoJson(reason));
        }
        if crs != self.part.crs() && self.lists > 0 {
            *self.late_crs = Some(crs);
        }
        if self.lists == 0 {
            self.part.set_crs(crs);
        }
        Ok(())
    }

    fn keep_foreign(&mut self, key: RawText<'_>, scanner: &mut Scanner<'a>) -> Result<(), Halt> {
        let at = scanner.pos();
        scanner.skip_value()?;
        if scanner.pos() - at > MAX_FOREIGN_BYTES {
            let message = format!("the member {:?} is very long; it is not kept", key.decode());
            self.part.log.push(Severity::Note, at, None, message);
        } else {
            let value = property_value(&mut Scanner::new(scanner.bytes(), at))?;
            self.members.foreign.push((key.decode().into_owned(), value));
        }
        Ok(())
    }
}
