//! simplestyle 1.1: how a feature says itself what it looks like.
//!
//! Floor 2.

use super::{MarkerShape, Rgba};
use crate::situation::{Column, ColumnData, FeatureRow, FeatureStore, PropertyValue};

const PROPERTIES: [&str; 8] = [
    "marker-color",
    "marker-size",
    "marker-symbol",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "fill",
    "fill-opacity",
];

/// Wider strokes hide the map; the largest that real files ask for is about 10.
const MAX_STROKE_WIDTH_POINTS: f64 = 20.0;

/// What one feature asks for; `None` where it leaves the default of the standard. Whole numbers, so that it can be a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct SimpleStyle {
    marker_color: Option<Rgba>,
    marker_size: Option<MarkerSize>,
    marker_shape: Option<(MarkerShape, bool)>,
    stroke: Option<Rgba>,
    stroke_alpha: Option<u8>,
    /// Hundredths of a point.
    stroke_width: Option<u16>,
    fill: Option<Rgba>,
    fill_alpha: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum MarkerSize {
    Small,
    Medium,
    Large,
}

/// A property's value, as far as simplestyle has a use for it.
#[derive(Clone, Copy)]
enum Value<'a> {
    Text(&'a str),
    Number(f64),
}

impl SimpleStyle {
    pub(super) fn marker_color(self) -> Rgba {
        self.marker_color.unwrap_or(Rgba::hex(0x7E7E7E))
    }

    /// The shape, and whether it is filled.
    pub(super) fn marker_shape(self) -> (MarkerShape, bool) {
        self.marker_shape.unwrap_or((MarkerShape::Circle, true))
    }

    pub(super) fn marker_size_points(self) -> f32 {
        match self.marker_size.unwrap_or(MarkerSize::Medium) {
            MarkerSize::Small => 8.0,
            MarkerSize::Medium => 11.0,
            MarkerSize::Large => 15.0,
        }
    }

    pub(super) fn stroke(self) -> Rgba {
        self.stroke.unwrap_or(Rgba::hex(0x555555))
    }

    pub(super) fn stroke_alpha(self) -> u8 {
        self.stroke_alpha.unwrap_or(255)
    }

    pub(super) fn stroke_width_points(self) -> f32 {
        f32::from(self.stroke_width.unwrap_or(200)) / 100.0
    }

    pub(super) fn fill(self) -> Rgba {
        self.fill.unwrap_or(Rgba::hex(0x555555))
    }

    pub(super) fn fill_alpha(self) -> u8 {
        self.fill_alpha.unwrap_or(alpha(0.6))
    }

    /// Takes one property; a value that makes no sense changes nothing.
    fn set(&mut self, property: &str, value: Value<'_>) {
        match property {
            "marker-color" => self.marker_color = value.color().or(self.marker_color),
            "marker-size" => self.marker_size = value.marker_size().or(self.marker_size),
            "marker-symbol" => self.marker_shape = value.marker_shape().or(self.marker_shape),
            "stroke" => self.stroke = value.color().or(self.stroke),
            "stroke-opacity" => self.stroke_alpha = value.number().map(alpha).or(self.stroke_alpha),
            "stroke-width" => self.stroke_width = value.number().map(hundredths).or(self.stroke_width),
            "fill" => self.fill = value.color().or(self.fill),
            "fill-opacity" => self.fill_alpha = value.number().map(alpha).or(self.fill_alpha),
            _ => {}
        }
    }
}

impl Value<'_> {
    fn color(self) -> Option<Rgba> {
        match self {
            Self::Text(text) => Rgba::parse(text.trim()),
            Self::Number(_) => None,
        }
    }

    /// Numbers are often quoted in real files.
    fn number(self) -> Option<f64> {
        let number = match self {
            Self::Text(text) => text.trim().parse().ok()?,
            Self::Number(number) => number,
        };
        f64::is_finite(number).then_some(number)
    }

    fn marker_size(self) -> Option<MarkerSize> {
        match self {
            Self::Text("small") => Some(MarkerSize::Small),
            Self::Text("medium") => Some(MarkerSize::Medium),
            Self::Text("large") => Some(MarkerSize::Large),
            _ => None,
        }
    }

    /// Names are Maki's; an icon that we do not have, a letter or a digit is a circle.
    fn marker_shape(self) -> Option<(MarkerShape, bool)> {
        let name = match self {
            Self::Text("") => return None,
            Self::Text(name) => name,
            Self::Number(_) => "",
        };
        let (name, filled) = name.strip_suffix("-stroked").map_or((name, true), |name| (name, false));
        let shape = match name {
            "square" => MarkerShape::Square,
            "triangle" => MarkerShape::TriangleUp,
            "diamond" => MarkerShape::Diamond,
            "star" => MarkerShape::Star,
            "hexagon" => MarkerShape::Hexagon,
            "asterisk" | "cross" => MarkerShape::Asterisk,
            "flag" | "embassy" => MarkerShape::Flag,
            "gate" | "border" => MarkerShape::Gate,
            _ => MarkerShape::Circle,
        };
        Some((shape, filled))
    }
}

fn alpha(opacity: f64) -> u8 {
    (opacity.clamp(0.0, 1.0) * 255.0).round() as u8
}

fn hundredths(width: f64) -> u16 {
    (width.clamp(0.0, MAX_STROKE_WIDTH_POINTS) * 100.0).round() as u16
}

/// Reads the style of each row from the columns, and from the source where a column is too varied to be held.
pub(super) struct StyleReader<'a> {
    features: &'a FeatureStore,
    columns: Vec<&'a Column>,
    /// Slow: each row is decoded again. Only layers with thousands of distinct colours need it.
    in_source: bool,
}

impl<'a> StyleReader<'a> {
    pub(super) fn of(features: &'a FeatureStore) -> Self {
        let columns: Vec<&Column> = PROPERTIES.iter().filter_map(|name| features.column(name)).collect();
        let in_source = columns.iter().any(|column| matches!(column.data, ColumnData::InSource { .. }));
        Self { features, columns, in_source }
    }

    /// What the feature asks for; `None` where it has no simplestyle property with a sensible value.
    pub(super) fn style(&self, row: FeatureRow) -> Option<SimpleStyle> {
        let mut style = SimpleStyle::default();
        for column in &self.columns {
            let number = column.number(row).map(Value::Number);
            if let Some(value) = number.or(column.word(row).map(Value::Text)) {
                style.set(&column.name, value);
            }
        }
        if self.in_source {
            self.add_from_source(row, &mut style);
        }
        (style != SimpleStyle::default()).then_some(style)
    }

    /// A row that cannot be decoded any more keeps the layer's look; the details panel says why.
    fn add_from_source(&self, row: FeatureRow, style: &mut SimpleStyle) {
        let Ok(details) = self.features.details(row) else { return };
        for (name, value) in &details.properties {
            match value {
                PropertyValue::Text(text) => style.set(name, Value::Text(text)),
                PropertyValue::Number { value, .. } => style.set(name, Value::Number(*value)),
                PropertyValue::Null | PropertyValue::Bool(_) | PropertyValue::Json(_) => {}
            }
        }
    }
}
