//! Reads Mapbox vector tiles into shapes and properties, with limits.
//!
//! Floor 4. Knows nothing of styles. Ours and not walkers': walkers' takes only an extent of 4096, drops numbers
//! stored as floats (as common tile makers do), and takes memory by the square of a tile's rings.

use std::collections::HashMap;

use walkers::Value;
use walkers::geo_types::{
    Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};

use super::protobuf::{Content, Damaged, fields, from_zigzag, varints};

/// Positions in one tile; an honest one has at most some ten thousand.
pub const MAX_TILE_VERTICES: usize = 2_000_000;
/// Bytes of all properties of all features in one tile, repeated values counted each time.
pub const MAX_PROPERTY_BYTES: usize = 64 * 1024 * 1024;
/// A text longer than this is no name; it is left out.
const MAX_TEXT_BYTES: usize = 1024;

/// One named layer of a tile.
pub(super) struct MvtLayer {
    pub name: String,
    pub features: Vec<MvtFeature>,
}

/// One feature; its geometry is in points of the tile's drawn size.
pub(super) struct MvtFeature {
    pub geometry: Geometry<f32>,
    pub properties: HashMap<String, Value>,
}

/// What is left of the limits.
struct Budget {
    vertices: usize,
    property_bytes: usize,
}

impl Budget {
    fn take(left: &mut usize, amount: usize) -> Result<(), Damaged> {
        *left = left.checked_sub(amount).ok_or(Damaged)?;
        Ok(())
    }
}

/// The layers for which `wanted` says yes. A broken feature is skipped; a broken tile is an error.
pub(super) fn read_mvt(
    tile: &[u8],
    tile_points: f32,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<MvtLayer>, Damaged> {
    let mut budget = Budget { vertices: MAX_TILE_VERTICES, property_bytes: MAX_PROPERTY_BYTES };
    let mut layers = Vec::new();
    for field in fields(tile) {
        if let (3, layer) = field? {
            layers.extend(read_layer(layer.bytes()?, tile_points, &wanted, &mut budget)?);
        }
    }
    Ok(layers)
}

/// A layer's parts as they lie in the tile: keys and values may follow the features that use them.
#[derive(Default)]
struct RawLayer<'a> {
    name: &'a str,
    extent: u64,
    features: Vec<&'a [u8]>,
    keys: Vec<&'a str>,
    values: Vec<(Value, usize)>,
}

fn read_layer(
    bytes: &[u8],
    tile_points: f32,
    wanted: &impl Fn(&str) -> bool,
    budget: &mut Budget,
) -> Result<Option<MvtLayer>, Damaged> {
    let mut raw = RawLayer { extent: 4096, ..RawLayer::default() };
    for field in fields(bytes) {
        match field? {
            (1, name) => raw.name = name.text()?,
            (2, feature) => raw.features.push(feature.bytes()?),
            (3, key) => raw.keys.push(key.text()?),
            (4, value) => raw.values.push(read_value(value.bytes()?)?),
            (5, extent) => raw.extent = extent.varint()?,
            _ => {}
        }
    }
    if !wanted(raw.name) || !(1..=1 << 20).contains(&raw.extent) {
        return Ok(None);
    }
    let scale = tile_points / raw.extent as f32;
    let mut features = Vec::new();
    for feature in &raw.features {
        features.extend(read_feature(feature, &raw, scale, budget)?);
    }
    Ok(Some(MvtLayer { name: raw.name.to_owned(), features }))
}

/// `None` where the feature makes no sense; an error only where the tile asks for more than the limits allow.
fn read_feature(
    bytes: &[u8],
    layer: &RawLayer<'_>,
    scale: f32,
    budget: &mut Budget,
) -> Result<Option<MvtFeature>, Damaged> {
    let (mut kind, mut tags, mut commands) = (0, &[][..], &[][..]);
    for field in fields(bytes) {
        match field {
            Ok((2, Content::Bytes(bytes))) => tags = bytes,
            Ok((3, Content::Varint(value))) => kind = value,
            Ok((4, Content::Bytes(bytes))) => commands = bytes,
            Ok(_) => {}
            Err(Damaged) => return Ok(None),
        }
    }
    let Ok(parts) = read_parts(commands, scale, &mut budget.vertices) else {
        return if budget.vertices == 0 { Err(Damaged) } else { Ok(None) };
    };
    let properties = read_properties(tags, layer, budget)?;
    Ok(geometry(kind, parts).map(|geometry| MvtFeature { geometry, properties }))
}

fn read_properties(
    tags: &[u8],
    layer: &RawLayer<'_>,
    budget: &mut Budget,
) -> Result<HashMap<String, Value>, Damaged> {
    let mut properties = HashMap::new();
    let mut tags =
        varints(tags).map_while(Result::ok).map(|index| usize::try_from(index).unwrap_or(usize::MAX));
    while let (Some(key), Some(value)) = (tags.next(), tags.next()) {
        if let (Some(key), Some((value, bytes))) = (layer.keys.get(key), layer.values.get(value)) {
            Budget::take(&mut budget.property_bytes, key.len() + bytes)?;
            properties.insert((*key).to_owned(), value.clone());
        }
    }
    Ok(properties)
}

/// A value and about what a copy of it costs. Whole numbers become integers however they were stored, so that a
/// style can compare them with `==`.
fn read_value(bytes: &[u8]) -> Result<(Value, usize), Damaged> {
    let mut value = Value::Null;
    for field in fields(bytes) {
        value = match field? {
            (1, text) => Value::from(text.text().ok().filter(|text| text.len() <= MAX_TEXT_BYTES)),
            (2, Content::Fixed32(bytes)) => number(f64::from(f32::from_le_bytes(bytes))),
            (3, Content::Fixed64(bytes)) => number(f64::from_le_bytes(bytes)),
            (4, Content::Varint(value)) => Value::from(value.cast_signed()),
            (5, Content::Varint(value)) => Value::from(value),
            (6, Content::Varint(value)) => Value::from(from_zigzag(value)),
            (7, Content::Varint(value)) => Value::from(value != 0),
            _ => value,
        };
    }
    let bytes = 32 + value.as_str().map_or(0, str::len);
    Ok((value, bytes))
}

fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT { Value::from(value as i64) } else { Value::from(value) }
}

/// A run of positions; `closed` where a ring was.
struct Part {
    positions: Vec<Coord<f32>>,
    closed: bool,
}

fn read_parts(commands: &[u8], scale: f32, vertices: &mut usize) -> Result<Vec<Part>, Damaged> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut x, mut y) = (0_i64, 0_i64);
    let mut numbers = varints(commands);
    while let Some(command) = numbers.next() {
        let command = command?;
        let (id, count) = (command & 7, command >> 3);
        if id == 7 {
            if let Some(part) = parts.last_mut() {
                part.closed = true;
            }
            continue;
        }
        if !matches!(id, 1 | 2) {
            return Err(Damaged);
        }
        for _ in 0..count {
            let (dx, dy) = (numbers.next().ok_or(Damaged)??, numbers.next().ok_or(Damaged)??);
            x = x.saturating_add(from_zigzag(dx));
            y = y.saturating_add(from_zigzag(dy));
            if *vertices == 0 {
                return Err(Damaged);
            }
            *vertices -= 1;
            if id == 1 {
                parts.push(Part { positions: Vec::new(), closed: false });
            }
            let part = parts.last_mut().ok_or(Damaged)?;
            part.positions.push(Coord { x: x as f32 * scale, y: y as f32 * scale });
        }
    }
    Ok(parts)
}

fn geometry(kind: u64, parts: Vec<Part>) -> Option<Geometry<f32>> {
    match kind {
        1 => {
            let points: Vec<Point<f32>> =
                parts.iter().flat_map(|part| &part.positions).map(|&at| at.into()).collect();
            (!points.is_empty()).then(|| MultiPoint(points).into())
        }
        2 => {
            let lines: Vec<LineString<f32>> = parts
                .into_iter()
                .map(|part| LineString(part.positions))
                .filter(|line| line.0.len() > 1)
                .collect();
            (!lines.is_empty()).then(|| MultiLineString(lines).into())
        }
        3 => polygons(parts),
        _ => None,
    }
}

/// Rings that turn like the first are outlines, the others holes of the outline before them.
fn polygons(parts: Vec<Part>) -> Option<Geometry<f32>> {
    let mut polygons: Vec<(LineString<f32>, Vec<LineString<f32>>)> = Vec::new();
    let mut outline_turns = None;
    for part in parts {
        let area = doubled_area(&part.positions);
        if !part.closed || part.positions.len() < 3 || area == 0.0 {
            continue;
        }
        let turns = area > 0.0;
        let ring = LineString(part.positions);
        match polygons.last_mut() {
            Some((_, holes)) if outline_turns != Some(turns) => holes.push(ring),
            _ => {
                outline_turns.get_or_insert(turns);
                polygons.push((ring, Vec::new()));
            }
        }
    }
    let polygons: Vec<Polygon<f32>> =
        polygons.into_iter().map(|(outline, holes)| Polygon::new(outline, holes)).collect();
    (!polygons.is_empty()).then(|| MultiPolygon(polygons).into())
}

fn doubled_area(ring: &[Coord<f32>]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    let cross =
        |a: &Coord<f32>, b: &Coord<f32>| f64::from(a.x) * f64::from(b.y) - f64::from(b.x) * f64::from(a.y);
    ring.iter().zip(next).map(|(a, b)| cross(a, b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A length-delimited field.
    fn field(number: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![number << 3 | 2];
        let mut length = content.len();
        while length > 127 {
            bytes.push((length & 127) as u8 | 128);
            length >>= 7;
        }
        bytes.push(length as u8);
        bytes.extend_from_slice(content);
        bytes
    }

    fn feature(kind: u8, tags: &[u8], commands: &[u8]) -> Vec<u8> {
        field(2, &[field(2, tags), vec![0x18, kind], field(4, commands)].concat())
    }

    fn tile(extent: u8, parts: &[Vec<u8>]) -> Vec<u8> {
        let layer = [field(1, b"roads"), vec![0x28, extent], parts.concat()].concat();
        field(3, &layer)
    }

    fn read(tile: &[u8]) -> Vec<MvtFeature> {
        read_mvt(tile, 512.0, |_| true).unwrap().remove(0).features
    }

    #[test]
    fn any_extent_is_scaled_to_the_tiles_drawn_size() {
        // MoveTo(5, 10), LineTo(5, 0) in an extent of 64.
        let line = feature(2, &[], &[9, 10, 20, 10, 10, 0]);
        let read = read(&tile(64, &[line]));
        let expected = MultiLineString(vec![LineString::from(vec![(40.0, 80.0), (80.0, 80.0)])]);
        assert_eq!(read[0].geometry, expected.into());
    }

    #[test]
    fn whole_numbers_are_integers_however_they_were_stored() {
        let float = field(4, &[&[0x15][..], &2.0_f32.to_le_bytes()].concat());
        let uint = field(4, &[0x28, 2]);
        let double = field(4, &[&[0x19][..], &2.5_f64.to_le_bytes()].concat());
        let keys = [field(3, b"a"), field(3, b"b"), field(3, b"c")].concat();
        let point = feature(1, &[0, 0, 1, 1, 2, 2], &[9, 2, 2]);
        let read = read(&tile(64, &[point, keys, float, uint, double]));
        let value = |key: &str| read[0].properties[key].clone();
        assert_eq!((value("a"), value("b"), value("c")), (2.into(), 2_u64.into(), 2.5.into()));
    }

    #[test]
    fn holes_belong_to_the_outline_before_them() {
        let square = |x: u8, turns: bool| {
            // MoveTo to (x, x) is relative, so every ring here returns to its start before the next.
            let (right, down, left) = (6, 6, 5);
            let steps = if turns { [right, 0, 0, down, left, 0] } else { [0, down, right, 0, 0, left] };
            [&[9, x, x, 26][..], &steps, &[15]].concat()
        };
        // A ring of the other direction is a hole.
        let polygon = feature(3, &[], &[square(20, true), square(0, false)].concat());
        let read = read(&tile(64, &[polygon]));
        let Geometry::MultiPolygon(polygons) = &read[0].geometry else { panic!("no polygons") };
        assert_eq!((polygons.0.len(), polygons.0[0].interiors().len()), (1, 1));
    }

    #[test]
    fn a_broken_feature_does_not_cost_the_others() {
        let good = feature(1, &[], &[9, 2, 2]);
        let endless = feature(2, &[], &[0xfa, 0xff, 0xff, 0xff, 0x0f, 1]);
        let odd = feature(2, &[], &[3, 1]);
        assert_eq!(read(&tile(64, &[endless, odd, good])).len(), 1);
    }

    #[test]
    fn a_tile_that_repeats_a_long_text_a_million_times_is_refused() {
        let text = field(4, &field(1, &[b'x'; 1000]));
        let tags = [0_u8, 0].repeat(5_000);
        let greedy = feature(1, &tags, &[9, 2, 2]);
        let tile = tile(64, &[field(3, b"k"), text, greedy.repeat(20)]);
        assert!(read_mvt(&tile, 512.0, |_| true).is_err());
        assert!(
            read_mvt(&tile, 512.0, |name| name != "roads").unwrap().is_empty(),
            "not wanted, not unpacked"
        );
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_survived() {
        let line = feature(2, &[0, 0], &[9, 10, 20, 10, 10, 0]);
        let ring = feature(3, &[0, 0], &[9, 0, 0, 18, 20, 0, 0, 20, 15]);
        let whole = tile(64, &[field(3, b"k"), field(4, &field(1, b"v")), line, ring]);
        for byte in 0..whole.len() {
            let _ = read_mvt(&whole[..byte], 512.0, |_| true);
            for bit in 0..8 {
                let mut bytes = whole.clone();
                bytes[byte] ^= 1 << bit;
                let _ = read_mvt(&bytes, 512.0, |_| true);
            }
        }
    }
}
