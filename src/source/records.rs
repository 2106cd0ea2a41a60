//! The outermost level of a file: one GeoJSON text, or many, one after the other.
//!
//! Floor 2. A text sequence (RFC 8142), newline-delimited GeoJSON and a single document are read by the same steps:
//! white space and record separators between texts are passed, a broken text is skipped.

use std::collections::HashMap;
use std::sync::Arc;

use super::borders::{nearest_feature_start, next_record_start};
use super::collection::{CollectionEnd, CollectionMembers, CollectionReader};
use super::crs::Crs;
use super::fault::Fault;
use super::issues::Severity;
use super::json_scanner::{Scanner, SyntaxError};
use super::limits::MAX_LOST_LISTS;
use super::part::Part;
use super::recognise::refuse_value;
use super::record_kind::{Kind, peek_kind, refuse_record};
use super::record_stretches::read_all_records;
use super::recovery::{Broken, Next};
use super::ticker::{Refusal, Ticker};
use super::told_once::{Strays, Systems};

pub(super) const RECORD_SEPARATOR: u8 = 0x1E;

/// Everything read from one source.
pub(super) struct Document<'a> {
    pub part: Part<'a>,
    pub members: CollectionMembers,
    /// Texts that were met, broken ones included.
    records: usize,
    separators: bool,
    /// Whether lists were met that cannot be part of a sequence of features.
    first_kind: Option<Kind>,
    /// Why the first text that was refused was refused.
    refusal: Option<Refusal>,
    /// The systems of collections, by their first byte, that were found behind their features in an earlier read.
    known_crs: Arc<HashMap<usize, Crs>>,
    /// Those found now.
    late_crs: HashMap<usize, Crs>,
    systems: Systems,
    /// Whether only features and geometries are read, which change nothing for those that come after them.
    in_stretch: bool,
    strays: Strays,
    /// A text behind which it is not known yet where to go on.
    broken: Option<Broken>,
    /// Where the search for the end of a broken text is left to others.
    horizon: usize,
}

/// Why the reading of records ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RecordsEnd {
    /// Nothing more is to be read.
    Read,
    /// A record begins at the border or behind it, or it is one that a stretch must not read.
    Paused,
    /// A record is broken, and where to go on lies behind the horizon.
    Unfinished,
}

impl<'a> Document<'a> {
    /// Reads all of `bytes` from `start` on. `known_crs` has something only where they are read a second time.
    pub fn read(
        bytes: &'a [u8],
        start: usize,
        known_crs: &Arc<HashMap<usize, Crs>>,
        ticker: &mut Ticker<'_>,
    ) -> Result<Self, Refusal> {
        let mut document = Self {
            part: Part::default(),
            members: CollectionMembers::default(),
            records: 0,
            separators: false,
            first_kind: None,
            refusal: None,
            known_crs: known_crs.clone(),
            late_crs: HashMap::new(),
            systems: Systems::default(),
            in_stretch: false,
            strays: Strays::default(),
            broken: None,
            horizon: usize::MAX,
        };
        let mut scanner = Scanner::new(bytes, start);
        read_all_records(&mut document, &mut scanner, ticker)?;
        if !document.late_crs.is_empty() {
            return Err(Refusal::ReadAgainIn(document.late_crs));
        }
        document.strays.tell(&mut document.part);
        document.systems.tell(&mut document.part);
        match document.refusal.take() {
            Some(refusal) if document.part.kept_in_all() == 0 => Err(refusal),
            _ => Ok(document),
        }
    }

    /// An empty document for a stretch of the same sequence.
    pub fn next_stretch(&self, horizon: usize) -> Self {
        Self {
            part: self.part.next_stretch(),
            members: CollectionMembers::default(),
            // One stands for all that come before it.
            records: 1,
            separators: self.separators,
            first_kind: self.first_kind,
            refusal: None,
            known_crs: self.known_crs.clone(),
            late_crs: HashMap::new(),
            systems: Systems::default(),
            in_stretch: true,
            strays: Strays::default(),
            broken: None,
            horizon,
        }
    }

    /// Goes on with `next`, which was read from where this one ends.
    pub fn follow(&mut self, next: Self) {
        self.part.follow(next.part);
        self.members.follow(next.members);
        self.records += next.records - 1;
        self.separators |= next.separators;
        self.refusal = self.refusal.take().or(next.refusal);
        self.strays.follow(next.strays);
        self.late_crs.extend(next.late_crs);
        self.systems.follow(next.systems);
    }

    /// Whether the records that were read were features or geometries, so that no later one can change what they say.
    pub fn is_sequence_of_features(&self) -> bool {
        matches!(self.first_kind, Some(Kind::Feature | Kind::Geometry))
    }

    /// From now on reads whatever comes, and looks as far as need be.
    pub fn leave_stretch(&mut self) {
        self.in_stretch = false;
        self.horizon = usize::MAX;
    }

    /// The format in words.
    pub fn format(&self) -> &'static str {
        match self.first_kind {
            _ if self.separators => "GeoJSON text sequence",
            _ if self.records > 1 => "newline-delimited GeoJSON",
            Some(Kind::Feature) => "GeoJSON Feature",
            Some(Kind::Geometry) => "GeoJSON geometry",
            _ => "GeoJSON FeatureCollection",
        }
    }

    /// Reads to the end, or to the first record that begins at `border` or behind it.
    pub fn read_records(
        &mut self,
        scanner: &mut Scanner<'a>,
        ticker: &mut Ticker<'_>,
        border: usize,
    ) -> Result<RecordsEnd, Refusal> {
        loop {
            ticker.tick(scanner.pos(), &mut self.part)?;
            if let Some(broken) = self.broken.take()
                && let Some(end) = self.pass_broken(broken, scanner, ticker)?
            {
                return Ok(end);
            }
            scanner.jump(scanner.pos(), 0);
            if self.part.lost_lists > MAX_LOST_LISTS {
                let left = scanner.bytes().len() - scanner.pos();
                let message =
                    format!("too much of the file is damaged; {left} bytes from here on are not read");
                self.part.log.push(Severity::Warning, scanner.pos(), None, message);
                return Ok(RecordsEnd::Read);
            }
            match scanner.peek() {
                None => return Ok(RecordsEnd::Read),
                Some(RECORD_SEPARATOR) => {
                    self.separators = true;
                    scanner.jump(scanner.pos() + 1, 0);
                    continue;
                }
                Some(byte @ (b',' | b']' | b'}')) if self.records > 0 => {
                    self.strays.count(byte, scanner.pos());
                    scanner.jump(scanner.pos() + 1, 0);
                    continue;
                }
                Some(_) => {}
            }
            let start = scanner.pos();
            if start >= border {
                return Ok(RecordsEnd::Paused);
            }
            if !self.find_record(scanner) {
                return Ok(RecordsEnd::Read);
            }
            let start = scanner.pos();
            let kind = peek_kind(scanner.clone());
            if self.in_stretch && !matches!(kind, Ok(Kind::Feature | Kind::Geometry)) {
                return Ok(RecordsEnd::Paused);
            }
            if let Err(offset) = self.read_record(kind, scanner, ticker)? {
                self.go_on_behind(start, offset, scanner);
            }
            self.records += 1;
        }
    }

    /// After a text that is broken at `offset`: at its end where it is JSON at least.
    fn go_on_behind(&mut self, start: usize, offset: usize, scanner: &mut Scanner<'a>) {
        let mut whole = Scanner::new(scanner.bytes(), start);
        let fault = match whole.skip_value() {
            Ok(()) => return scanner.jump(whole.pos(), 0),
            Err(error) => error.offset.max(offset),
        };
        let from = fault.max(start + 1).min(scanner.bytes().len());
        self.broken = Some(Broken { start, from, is_counted: true });
    }

    /// Goes on behind a broken text, or at the end of the bytes. Answers how the reading ends where that is left to others.
    fn pass_broken(
        &mut self,
        broken: Broken,
        scanner: &mut Scanner<'a>,
        ticker: &Ticker<'_>,
    ) -> Result<Option<RecordsEnd>, Refusal> {
        let bytes = scanner.bytes();
        let next = match broken.next_in_sequence(bytes, self.horizon, ticker)? {
            Next::AtEnd(next) | Next::AtStart(next) => Some(next),
            Next::Nowhere => None,
            Next::BehindHorizon => {
                self.broken = Some(broken);
                return Ok(Some(RecordsEnd::Unfinished));
            }
        };
        let (from, lost) = broken.lost_bytes(bytes, next);
        if lost > 0 {
            let message = format!("{lost} bytes from here on are not read: no feature is found there");
            self.part.log.push(Severity::Warning, from, None, message);
        }
        scanner.jump(next.unwrap_or(bytes.len()), 0);
        Ok(None)
    }

    /// Whether a record begins here, or behind what stands after a single document and is no object.
    fn find_record(&mut self, scanner: &mut Scanner<'a>) -> bool {
        let behind = self.records == 1 && !self.separators && self.first_kind == Some(Kind::Collection);
        if !behind || scanner.peek() == Some(b'{') {
            return true;
        }
        let (bytes, from) = (scanner.bytes(), scanner.pos());
        let line = next_record_start(bytes, from, from);
        let feature = nearest_feature_start(&bytes[..line.unwrap_or(bytes.len())], &[], from);
        let next = feature.or(line);
        let lost = bytes[from..next.unwrap_or(bytes.len())].trim_ascii_end().len();
        let message =
            format!("something stands behind the end of the GeoJSON; {lost} bytes from here on are not read");
        self.part.log.push(Severity::Warning, from, None, message);
        scanner.jump(next.unwrap_or(from), 0);
        next.is_some()
    }

    /// Reads one text. The inner error is the byte up to which a text is known to be broken.
    fn read_record(
        &mut self,
        kind: Result<Kind, SyntaxError>,
        scanner: &mut Scanner<'a>,
        ticker: &mut Ticker<'_>,
    ) -> Result<Result<(), usize>, Refusal> {
        let start = scanner.pos();
        let kind = match kind {
            Ok(kind) => kind,
            Err(error) => return Ok(Err(self.reject(start, Refusal::NotJson(error), scanner.bytes()))),
        };
        if kind != Kind::Other && self.first_kind.is_none() {
            self.first_kind = Some(kind);
        }
        let result = match kind {
            Kind::Collection => return self.read_collection(scanner, ticker),
            Kind::Feature => self.part.read_feature(scanner),
            Kind::Geometry => self.part.read_bare_geometry(scanner),
            Kind::Other => {
                let refusal = refuse_record(scanner.bytes(), start);
                return Ok(Err(self.reject(start, refusal, scanner.bytes())));
            }
        };
        Ok(result.map_err(|fault| {
            if let Fault::Syntax(error) = &fault {
                self.refusal.get_or_insert(Refusal::NotJson(*error));
            }
            fault.offset()
        }))
    }

    fn read_collection(
        &mut self,
        scanner: &mut Scanner<'a>,
        ticker: &mut Ticker<'_>,
    ) -> Result<Result<(), usize>, Refusal> {
        let start = scanner.pos();
        let known_crs = self.known_crs.get(&start).copied();
        let (mut late_crs, part, members) = (None, &mut self.part, &mut self.members);
        let late = &mut late_crs;
        let mut reader = CollectionReader { part, members, ticker, known_crs, late_crs: late, lists: 0 };
        let end = reader.read(scanner);
        self.late_crs.extend(late_crs.map(|crs| (start, crs)));
        self.systems.add(start, self.part.crs());
        // What stands alone is in degrees.
        self.part.set_crs(Crs::default());
        match end {
            Ok(CollectionEnd::Read) => Ok(Ok(())),
            Ok(CollectionEnd::Lost) => {
                self.broken = Some(Broken { start, from: scanner.pos(), is_counted: false });
                Ok(Ok(()))
            }
            Ok(CollectionEnd::AnotherType(name)) => {
                let message = r#""type" comes twice; the last one counts"#;
                self.part.log.push(Severity::Note, scanner.pos(), None, message);
                let kind = Kind::of(&name);
                self.first_kind = Some(kind);
                scanner.jump(start, 0);
                let result = match kind {
                    Kind::Feature => self.part.read_feature(scanner),
                    Kind::Geometry => self.part.read_bare_geometry(scanner),
                    Kind::Collection | Kind::Other => return Err(refuse_value(scanner.bytes(), start)),
                };
                Ok(result.map_err(|fault| fault.offset()))
            }
            Err(refusal @ (Refusal::NotJson(_) | Refusal::NotGeoJson(_))) if self.records > 0 => {
                Ok(Err(self.reject(start, refusal, scanner.bytes())))
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Counts and logs a text that is not even the beginning of a feature; answers up to where it is broken.
    fn reject(&mut self, start: usize, refusal: Refusal, bytes: &[u8]) -> usize {
        let (offset, message) = match &refusal {
            Refusal::NotJson(error) => (error.offset, error.describe(bytes)),
            Refusal::NotGeoJson(reason) => (start, reason.clone()),
            _ => (start, "it cannot be read".to_owned()),
        };
        self.part.log.push(Severity::Error, offset, Some((self.part.read, None)), message);
        self.part.read += 1;
        self.refusal.get_or_insert(refusal);
        offset
    }
}
