//! The members of one feature, before anything is done with them.
//!
//! Floor 2. Knows nothing of what stands around the feature: a list, a line of its own, or the whole file.

use super::columns::{RawProperty, RawValue};
use super::fault::{Fault, kind_of_value};
use super::geometry::{GEOMETRY_TYPES, Repair, shorten};
use super::json_scanner::{RawText, Scanner, SyntaxError};
use crate::coords::Extent;
use crate::situation::GeometryKind;

/// Names and values of a feature, not decoded yet.
pub(super) type RawProperties<'a> = Vec<RawProperty<'a>>;

/// The members of a feature that RFC 7946 names, and all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Type,
    Geometry,
    Properties,
    Id,
    Bbox,
    Foreign,
}

impl Member {
    /// What the member of that name is.
    pub fn of(key: RawText<'_>) -> Self {
        const NAMED: [(&str, Member); 5] = [
            ("type", Member::Type),
            ("geometry", Member::Geometry),
            ("properties", Member::Properties),
            ("id", Member::Id),
            ("bbox", Member::Bbox),
        ];
        NAMED.into_iter().find(|(name, _)| key.is(name)).map_or(Self::Foreign, |(_, member)| member)
    }
}

/// A feature's `id` as it stands in the source.
#[derive(Debug, Clone, Copy)]
pub(super) enum RawId<'a> {
    Text(RawText<'a>),
    Number(&'a str),
}

impl RawId<'_> {
    /// The id for people, cut where it is very long.
    pub fn to_label(self) -> String {
        match self {
            Self::Text(text) => shorten(&text.decode()),
            Self::Number(written) => shorten(written),
        }
    }
}

/// A feature whose end has not been reached.
pub(super) struct Draft<'a> {
    pub kind: GeometryKind,
    pub id: Option<RawId<'a>>,
    pub bbox: Option<Extent>,
    /// Those of this feature come first; behind them are some of an earlier one.
    properties: RawProperties<'a>,
    property_count: usize,
    /// What was put right.
    pub repairs: Vec<Repair>,
    /// What had two meanings, and which was taken.
    pub notes: Vec<Repair>,
    type_name: Option<(RawText<'a>, usize)>,
    seen: [bool; 5],
}

impl<'a> Draft<'a> {
    /// A feature of which nothing is known. `earlier` are properties whose names are likely to come again.
    pub fn new(earlier: RawProperties<'a>) -> Self {
        Self {
            kind: GeometryKind::None,
            id: None,
            bbox: None,
            properties: earlier,
            property_count: 0,
            repairs: Vec::new(),
            notes: Vec::new(),
            type_name: None,
            seen: [false; 5],
        }
    }

    /// Names and values in the order of the source.
    pub fn properties_mut(&mut self) -> &mut [RawProperty<'a>] {
        &mut self.properties[..self.property_count]
    }

    /// What the next feature's properties are likely to be called, in memory to be used again.
    pub fn into_earlier(self) -> RawProperties<'a> {
        self.properties
    }

    /// Remembers that the member was there; a note where it was there before.
    pub fn see(&mut self, member: Member, offset: usize) {
        let Some(seen) = self.seen.get_mut(member as usize) else { return };
        if std::mem::replace(seen, true) {
            self.note(offset, "a member of the feature comes twice; the last one counts");
        }
    }

    /// Something was put right.
    pub fn repair(&mut self, offset: usize, message: &'static str) {
        Repair::add_once(&mut self.repairs, offset, message);
    }

    /// Something had two meanings.
    pub fn note(&mut self, offset: usize, message: &'static str) {
        Repair::add_once(&mut self.notes, offset, message);
    }

    /// Reads any member but the geometry.
    pub fn read_member(&mut self, member: Member, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        match member {
            Member::Type => self.read_type(scanner),
            Member::Properties => self.read_properties(scanner),
            Member::Id => self.read_id(scanner),
            Member::Bbox => {
                self.bbox = read_bbox(scanner)?;
                Ok(())
            }
            Member::Geometry | Member::Foreign => Ok(scanner.skip_value()?),
        }
    }

    /// Whether all this is a feature, once its end has been reached. `start` is its first byte.
    pub fn check(&mut self, start: usize) -> Result<(), Fault> {
        let Some((name, at)) = self.type_name else {
            return Err(Fault::rule(start, r#"this object has no "type": "Feature""#));
        };
        if !name.is("Feature") {
            return Err(Fault::rule(at, wrong_type(&name.decode())));
        }
        if !self.seen[Member::Geometry as usize] {
            self.repair(start, r#"the feature has no "geometry"; it is kept without one"#);
        }
        Ok(())
    }

    fn read_type(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        let first = scanner.peek();
        let at = scanner.pos();
        if first != Some(b'"') {
            scanner.skip_value()?;
            return Err(Fault::rule(
                at,
                format!(r#"the "type" is {}; it must be "Feature""#, kind_of_value(first)),
            ));
        }
        self.type_name = Some((scanner.string()?, at));
        Ok(())
    }

    fn read_id(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        let offset = scanner.pos();
        self.id = match scanner.peek() {
            Some(b'"') => Some(RawId::Text(scanner.string()?)),
            Some(b'-' | b'0'..=b'9') => Some(RawId::Number(scanner.number()?.written())),
            first => {
                scanner.skip_value()?;
                if first != Some(b'n') {
                    self.repair(
                        offset,
                        r#"the "id" is neither text nor a number; the feature is kept without it"#,
                    );
                }
                None
            }
        };
        Ok(())
    }

    fn read_properties(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        self.property_count = 0;
        let offset = scanner.pos();
        match scanner.peek() {
            Some(b'{') => {}
            Some(b'n') => return Ok(scanner.skip_value()?),
            _ => {
                scanner.skip_value()?;
                self.repair(offset, r#"the "properties" are no object; the feature is kept without them"#);
                return Ok(());
            }
        }
        scanner.open()?;
        let mut first = true;
        loop {
            let earlier = self.properties.get(self.property_count).map(|earlier| earlier.name);
            let Some((name, is_same)) = scanner.next_key_like(&mut first, earlier)? else { return Ok(()) };
            let value = read_value(scanner)?;
            match self.properties.get_mut(self.property_count) {
                Some(place) if is_same => place.set(name, value),
                Some(place) => *place = RawProperty::new(name, value),
                None => self.properties.push(RawProperty::new(name, value)),
            }
            self.property_count += 1;
        }
    }
}

fn read_value<'a>(scanner: &mut Scanner<'a>) -> Result<RawValue<'a>, Fault> {
    Ok(match scanner.peek() {
        Some(b'"') => RawValue::Text(scanner.string()?),
        Some(b'-' | b'0'..=b'9') => RawValue::Number(scanner.number()?.value),
        Some(b'{' | b'[') => {
            scanner.skip_value()?;
            RawValue::Nested
        }
        _ => scanner.literal()?.map_or(RawValue::Null, RawValue::Bool),
    })
}

/// The box of a `bbox` with four numbers or six; `None` for anything else that is JSON.
pub(super) fn read_bbox(scanner: &mut Scanner<'_>) -> Result<Option<Extent>, SyntaxError> {
    if scanner.peek() != Some(b'[') {
        scanner.skip_value()?;
        return Ok(None);
    }
    scanner.open()?;
    let mut first = true;
    let mut numbers = Vec::new();
    while scanner.next_element(&mut first)? {
        match scanner.peek() {
            Some(b'-' | b'0'..=b'9') => numbers.push(scanner.number()?.value),
            _ => scanner.skip_value()?,
        }
    }
    Ok(match numbers[..] {
        [west, south, east, north] | [west, south, _, east, north, _] => {
            Some(Extent::new(west, south, east, north))
        }
        _ => None,
    })
}

/// What to say of an object in the place of a feature, by its type.
fn wrong_type(name: &str) -> String {
    if name.eq_ignore_ascii_case("Feature") {
        return format!(r#""{name}" is no type; did you mean "Feature"?"#);
    }
    if GEOMETRY_TYPES.iter().any(|kind| kind.name() == name) {
        return format!(
            r#"a bare {name} stands where a Feature is needed; put it into the "geometry" of a Feature"#
        );
    }
    format!(r#"the "type" is "{}"; it must be "Feature""#, shorten(name))
}
