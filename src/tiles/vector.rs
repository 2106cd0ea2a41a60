//! Draws a vector tile by a style: shapes for walkers, texts for ourselves.
//!
//! Floor 4. Runs on worker threads.

use std::sync::Arc;

use walkers::geo_types::Geometry;
use walkers::{Context, Drawable, Filter, SourceLayer, Style, StyleLayer, Text, TileId};
use walkers::{render_fill, render_line, render_symbol};

use super::error::{TileError, Trouble};
use super::labels::{BasemapText, VECTOR_TILE_POINTS};
use super::mvt::{MvtLayer, read_mvt};

/// How a vector base map looks. Cheap to clone.
#[derive(Clone)]
pub struct VectorStyle {
    style: Arc<Style>,
}

impl std::fmt::Debug for VectorStyle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VectorStyle").field("layers", &self.style.layers.len()).finish()
    }
}

impl VectorStyle {
    /// Our style for light surroundings (OpenMapTiles schema).
    pub fn light() -> Self {
        Self::from_json(include_str!("../../assets/styles/light.json")).expect("the tests read this file")
    }

    /// Our style for dark surroundings (OpenMapTiles schema).
    pub fn dark() -> Self {
        Self::from_json(include_str!("../../assets/styles/dark.json")).expect("the tests read this file")
    }

    /// A style in MapLibre's JSON, as far as walkers understands it. A background layer is left out: the bundled
    /// base map lies underneath.
    pub fn from_json(json: &str) -> Result<Self, TileError> {
        Ok(Self { style: Arc::new(serde_json::from_str(json)?) })
    }
}

/// A vector tile made ready.
#[derive(Debug)]
pub(super) struct VectorTile {
    pub drawables: Arc<Vec<Drawable>>,
    pub texts: Arc<[BasemapText]>,
    pub bytes: usize,
}

/// Draws the MVT bytes of `tile` as the style would have it at `style_zoom`.
pub(super) fn draw_vector(
    bytes: &[u8],
    tile: TileId,
    style_zoom: u8,
    style: &VectorStyle,
) -> Result<VectorTile, Trouble> {
    let layers = &style.style.layers;
    let needed = |name: &str| layers.iter().filter_map(source_of).any(|source| source.matches(name));
    let read = read_mvt(bytes, VECTOR_TILE_POINTS as f32, needed)
        .map_err(|damaged| Trouble::Picture(damaged.to_string()))?;
    let tile_layers: Vec<TileLayer> =
        read.into_iter().map(|layer| with_contexts(layer, style_zoom)).collect();
    let mut drawables = Vec::new();
    let mut texts = Vec::new();
    for (index, layer) in layers.iter().enumerate() {
        draw_layer(layer, index, &tile_layers, &mut drawables, &mut texts);
    }
    let drawables = merged(drawables);
    let texts: Arc<[BasemapText]> =
        texts.into_iter().filter_map(|text| BasemapText::from_tile(text, tile)).collect();
    let bytes = size_of_drawables(&drawables) + texts.len() * size_of::<BasemapText>();
    Ok(VectorTile { drawables: Arc::new(drawables), texts, bytes })
}

struct TileLayer {
    name: String,
    features: Vec<(Geometry<f32>, Context)>,
}

fn with_contexts(layer: MvtLayer, style_zoom: u8) -> TileLayer {
    let context = |geometry: &Geometry<f32>, properties| {
        let kind = match geometry {
            Geometry::MultiPoint(_) => "Point",
            Geometry::MultiLineString(_) => "LineString",
            _ => "Polygon",
        };
        Context::new(kind.to_owned(), properties, style_zoom)
    };
    let features = layer.features.into_iter().map(|feature| {
        let context = context(&feature.geometry, feature.properties);
        (feature.geometry, context)
    });
    TileLayer { name: layer.name, features: features.collect() }
}

fn source_of(layer: &StyleLayer) -> Option<&SourceLayer> {
    match layer {
        StyleLayer::Fill { source_layer, .. }
        | StyleLayer::Line { source_layer, .. }
        | StyleLayer::Symbol { source_layer, .. } => Some(source_layer),
        _ => None,
    }
}

/// A feature that cannot be drawn (a polygon that defies tessellation) is left out, not the tile.
fn draw_layer(
    layer: &StyleLayer,
    index: usize,
    tile_layers: &[TileLayer],
    drawables: &mut Vec<Drawable>,
    texts: &mut Vec<Text>,
) {
    match layer {
        StyleLayer::Fill { source_layer, filter, paint } => {
            for (geometry, context) in chosen(tile_layers, source_layer, filter.as_ref()) {
                let _ = render_fill(geometry, context, paint, drawables);
            }
        }
        StyleLayer::Line { source_layer, filter, paint } => {
            for (geometry, context) in chosen(tile_layers, source_layer, filter.as_ref()) {
                let _ = render_line(geometry, context, paint, drawables);
            }
        }
        StyleLayer::Symbol { source_layer, minzoom, filter, layout, paint } => {
            for (geometry, context) in chosen(tile_layers, source_layer, filter.as_ref()) {
                let _ = render_symbol(geometry, context, texts, layout, paint, *minzoom, index);
            }
        }
        _ => {}
    }
}

fn chosen<'a>(
    layers: &'a [TileLayer],
    source: &'a SourceLayer,
    filter: Option<&'a Filter>,
) -> impl Iterator<Item = &'a (Geometry<f32>, Context)> {
    let features =
        layers.iter().filter(|layer| source.matches(&layer.name)).flat_map(|layer| &layer.features);
    features.filter(move |(_, context)| filter.is_none_or(|filter| filter.matches(context)))
}

/// Neighbours of one kind become one piece of work for the graphics adapter.
fn merged(drawables: Vec<Drawable>) -> Vec<Drawable> {
    let mut runs: Vec<Drawable> = Vec::new();
    for drawable in drawables {
        match (runs.last_mut(), drawable) {
            (Some(Drawable::Fill(run)), Drawable::Fill(mesh)) => run.append(&mesh),
            (Some(Drawable::Lines(run)), Drawable::Lines(lines)) => run.extend(lines),
            (_, drawable) => runs.push(drawable),
        }
    }
    runs
}

fn size_of_drawables(drawables: &[Drawable]) -> usize {
    let size = |drawable: &Drawable| match drawable {
        Drawable::Fill(mesh) => size_of_val(mesh.vertices.as_slice()) + size_of_val(mesh.indices.as_slice()),
        // On the graphics adapter every segment becomes four vertices of about 50 bytes.
        Drawable::Lines(lines) => lines.iter().map(|line| 64 + line.points.len() * 220).sum(),
    };
    drawables.iter().map(size).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_styles_are_valid_and_paint_no_background() {
        for style in [VectorStyle::light(), VectorStyle::dark()] {
            assert!(style.style.layers.len() > 20);
            let is_background = |layer: &StyleLayer| matches!(layer, StyleLayer::Background { .. });
            assert!(!style.style.layers.iter().any(is_background));
        }
    }

    #[test]
    fn both_styles_draw_the_same_things_in_the_same_order() {
        let shape = |style: VectorStyle| -> Vec<String> {
            style.style.layers.iter().map(|layer| format!("{:?}", source_of(layer))).collect()
        };
        assert_eq!(shape(VectorStyle::light()), shape(VectorStyle::dark()));
    }
}
