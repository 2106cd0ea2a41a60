//! Points and specks that the processor draws: tiles of pixels that are kept while the map is moved.
//!
//! Floor 4. A tile belongs to a place of the world at one zoom, so panning draws only what comes into view.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use eframe::wgpu::{self, util::DeviceExt as _};

use super::draw_list::{Placement, TileOnTarget};
use super::gpu_picture::GpuPicture;
use super::marker_sprites::{marker_sprites, speck_sprites};
use super::pipelines::Pipelines;
use crate::coords::{Viewport, WorldPos};
use crate::tessellate::{LayerPicture, MARKER_TILE_PX, MarkerBins, MarkerSprite, TilePlace, marker_tile};

/// A tile is forgotten when it has not been in view for so many frames: who goes there and back finds it again.
const TILE_FRAMES: u64 = 120;

const TILE_PX: f64 = MARKER_TILE_PX as f64;

/// The canvases of all pictures in use, by the address of the picture, which is held.
#[derive(Default)]
pub(super) struct MarkerCanvases {
    canvases: HashMap<(usize, CanvasContent), MarkerCanvas>,
}

/// What of a picture a canvas shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum CanvasContent {
    /// Areas and lines smaller than a pixel.
    Specks,
    /// Points.
    Markers,
}

impl CanvasContent {
    fn bins(self, picture: &LayerPicture) -> &MarkerBins {
        match self {
            Self::Specks => &picture.specks,
            Self::Markers => &picture.binned_markers,
        }
    }
}

/// What canvases are drawn with.
#[derive(Clone, Copy)]
pub(super) struct CanvasPainter<'a> {
    pub device: &'a wgpu::Device,
    pub queue: &'a wgpu::Queue,
    pub pipelines: &'a Pipelines,
    /// The number of the frame.
    pub frame: u64,
}

/// From where a canvas is seen.
#[derive(Clone, Copy)]
pub(super) struct CanvasView {
    pub viewport: Viewport,
    pub placement: Placement,
    /// Of the layer, 0 to 1.
    pub opacity: f32,
}

/// The tiles of one picture.
struct MarkerCanvas {
    picture: Arc<LayerPicture>,
    content: CanvasContent,
    key: CanvasKey,
    sprites: Vec<Option<MarkerSprite>>,
    tiles: HashMap<(i64, i64), Tile>,
    used_in_frame: u64,
}

/// What all tiles of a canvas share; another of these makes all of them anew.
#[derive(Clone, Copy, PartialEq)]
struct CanvasKey {
    px_per_world: f64,
    px_per_point: f32,
    opacity: f32,
}

/// A tile on the card; nothing where it is clear.
struct Tile {
    bind_group: Option<wgpu::BindGroup>,
    used_in_frame: u64,
}

/// The world as often as it is repeated: which of its copies, and where its left upper corner lies on the target.
struct Copy {
    left_top_px: [f64; 2],
    tiles: [RangeInclusive<i64>; 2],
}

impl MarkerCanvases {
    /// The tiles in view of a picture, drawn where they are missing. Their textures go to the end of `textures`.
    pub fn tiles(
        &mut self,
        painter: CanvasPainter<'_>,
        view: CanvasView,
        content: CanvasContent,
        (picture, on_card): (&Arc<LayerPicture>, &GpuPicture),
        textures: &mut Vec<wgpu::BindGroup>,
    ) -> Vec<TileOnTarget> {
        if content.bins(picture).is_empty() {
            return Vec::new();
        }
        let key = CanvasKey {
            px_per_world: view.viewport.points_per_world() * f64::from(view.placement.px_per_point),
            px_per_point: view.placement.px_per_point,
            opacity: view.opacity,
        };
        let address = (Arc::as_ptr(picture) as usize, content);
        let new = || MarkerCanvas::new(picture, content, key);
        let canvas = self.canvases.entry(address).or_insert_with(new);
        canvas.adapt(painter, on_card, key);
        canvas.tiles_in_view(painter, view, textures)
    }

    /// Frees what has not been drawn since.
    pub fn forget_before(&mut self, frame: u64) {
        self.canvases.retain(|_, canvas| canvas.used_in_frame >= frame);
        let oldest = frame.saturating_sub(TILE_FRAMES);
        for canvas in self.canvases.values_mut() {
            canvas.tiles.retain(|_, tile| tile.used_in_frame >= oldest);
        }
    }
}

impl MarkerCanvas {
    fn new(picture: &Arc<LayerPicture>, content: CanvasContent, key: CanvasKey) -> Self {
        Self {
            picture: Arc::clone(picture),
            content,
            key,
            sprites: Vec::new(),
            tiles: HashMap::new(),
            used_in_frame: 0,
        }
    }

    fn adapt(&mut self, painter: CanvasPainter<'_>, on_card: &GpuPicture, key: CanvasKey) {
        let same_look = self.key.px_per_point == key.px_per_point && self.key.opacity == key.opacity;
        if self.sprites.is_empty() || !same_look {
            let symbols = &self.picture.symbols;
            self.sprites = match self.content {
                CanvasContent::Specks => {
                    let blue_first =
                        painter.pipelines.target.remove_srgb_suffix() == wgpu::TextureFormat::Bgra8Unorm;
                    speck_sprites(symbols, key.px_per_point, key.opacity, blue_first)
                }
                CanvasContent::Markers => {
                    marker_sprites(painter, symbols, on_card, key.px_per_point, key.opacity)
                }
            };
        }
        if self.key != key {
            self.tiles.clear();
            self.key = key;
        }
        self.used_in_frame = painter.frame;
    }

    fn tiles_in_view(
        &mut self,
        painter: CanvasPainter<'_>,
        view: CanvasView,
        textures: &mut Vec<wgpu::BindGroup>,
    ) -> Vec<TileOnTarget> {
        let copies = self.copies_in_view(view);
        let places = |copy: &Copy| {
            let [columns, lines] = copy.tiles.clone();
            lines.flat_map(move |line| columns.clone().map(move |column| (column, line)))
        };
        let mut missing: Vec<(i64, i64)> = copies.iter().flat_map(places).collect();
        missing.retain(|place| !self.tiles.contains_key(place));
        missing.sort_unstable();
        missing.dedup();
        self.draw_tiles(painter, &missing);
        let mut on_target = Vec::new();
        for copy in &copies {
            for (column, line) in places(copy) {
                let Some(tile) = self.tiles.get_mut(&(column, line)) else { continue };
                tile.used_in_frame = painter.frame;
                if let Some(texture) = &tile.bind_group {
                    let [left, top] = copy.left_top_px;
                    let at = [left + column as f64 * TILE_PX, top + line as f64 * TILE_PX];
                    let left_top_px = at.map(|side| side as f32);
                    on_target.push(TileOnTarget { number: textures.len(), left_top_px });
                    textures.push(texture.clone());
                }
            }
        }
        on_target
    }

    /// The world where its points are in view, as often as it is repeated.
    fn copies_in_view(&self, CanvasView { viewport, placement, .. }: CanvasView) -> Vec<Copy> {
        let px_per_world = self.key.px_per_world;
        let reach_px = self.sprites.iter().flatten().map(MarkerSprite::reach_px).max().unwrap_or(0) as f64;
        let bounds = self.content.bins(&self.picture).bounds().grown(reach_px / px_per_world);
        let visible = viewport.visible_world();
        let size_px = viewport.size_points.map(|side| f64::from(side * placement.px_per_point));
        let first = (visible.min.x - bounds.max.x).ceil() as i32;
        let last = (visible.max.x - bounds.min.x).floor() as i32;
        let copy = |turn: i32| {
            let camera = [viewport.center.x - f64::from(turn), viewport.center.y];
            let (min, max) = ([bounds.min.x, bounds.min.y], [bounds.max.x, bounds.max.y]);
            let axis = |axis: usize| {
                let map_px = f64::from(placement.map_px[axis]);
                // Whole pixels: a tile is never drawn between them.
                let left_top = (map_px + size_px[axis] / 2.0 - camera[axis] * px_per_world).round();
                let low = (map_px - left_top).max(min[axis] * px_per_world);
                let high = (map_px + size_px[axis] - left_top).min(max[axis] * px_per_world);
                (left_top, (low / TILE_PX).floor() as i64..=(high / TILE_PX).floor() as i64)
            };
            let [(left, columns), (top, lines)] = [axis(0), axis(1)];
            Copy { left_top_px: [left, top], tiles: [columns, lines] }
        };
        (first..=last).map(copy).collect()
    }

    /// On as many threads as there are: the pool's may be busy with pictures, and a frame does not wait.
    fn draw_tiles(&mut self, painter: CanvasPainter<'_>, places: &[(i64, i64)]) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(places.len());
        let next = AtomicUsize::new(0);
        let work = || {
            let mut drawn = Vec::new();
            while let Some(&place) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                drawn.push((place, self.drawn_tile(place)));
            }
            drawn
        };
        let drawn: Vec<_> = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut drawn = work();
            // What a thread that panicked would have drawn is drawn in the next frame.
            others.into_iter().filter_map(|other| other.join().ok()).for_each(|part| drawn.extend(part));
            drawn
        });
        for (place, pixels) in drawn {
            let bind_group = pixels.map(|pixels| tile_on_card(painter, &pixels));
            self.tiles.insert(place, Tile { bind_group, used_in_frame: painter.frame });
        }
    }

    fn drawn_tile(&self, (column, line): (i64, i64)) -> Option<Vec<[u8; 4]>> {
        let px_per_world = self.key.px_per_world;
        let [x, y] = [column, line].map(|number| number as f64 * TILE_PX / px_per_world);
        let shown = self.picture.shown.as_deref().filter(|_| self.content == CanvasContent::Markers);
        let place = TilePlace { corner: WorldPos::new(x, y), px_per_world };
        marker_tile(self.content.bins(&self.picture), &self.sprites, place, shown)
    }
}

fn tile_on_card(painter: CanvasPainter<'_>, pixels: &[[u8; 4]]) -> wgpu::BindGroup {
    let side = MARKER_TILE_PX as u32;
    let descriptor = wgpu::TextureDescriptor {
        label: Some("marker tile"),
        size: wgpu::Extent3d { width: side, height: side, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: painter.pipelines.target,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    };
    let order = wgpu::util::TextureDataOrder::LayerMajor;
    let texels = bytemuck::cast_slice(pixels);
    let texture = painter.device.create_texture_with_data(painter.queue, &descriptor, order, texels);
    painter.device.create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("marker tile"),
        layout: &painter.pipelines.tile_layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::TextureView(
                &texture.create_view(&wgpu::TextureViewDescriptor::default()),
            ),
        }],
    })
}
