//! Lines, specks and points that the processor draws: tiles of pixels that are kept while the map is moved.
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
use crate::coords::{Viewport, WorldPos, WorldRect};
use crate::tessellate::{
    CANVAS_TILE_PX, LayerPicture, MarkerSprite, StrokePens, TileDots, TilePlace, marker_tile, stroke_tile,
};

/// A tile is forgotten when it has not been in view for so many frames: who goes there and back finds it again.
const TILE_FRAMES: u64 = 120;

const TILE_PX: f64 = CANVAS_TILE_PX as f64;

/// The canvases of all pictures in use, by the address of the picture, which is held.
#[derive(Default)]
pub(super) struct TileCanvases {
    canvases: HashMap<(usize, CanvasContent), TileCanvas>,
}

/// What of a picture a canvas shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum CanvasContent {
    /// Lines and the edges of areas.
    Strokes,
    /// Areas and lines smaller than a pixel.
    Specks,
    /// Points.
    Markers,
}

impl CanvasContent {
    /// From the bottom to the top.
    pub const IN_ORDER: [Self; 3] = [Self::Strokes, Self::Specks, Self::Markers];

    /// The box around all of it; `None` where the processor draws none of it.
    fn bounds(self, picture: &LayerPicture) -> Option<WorldRect> {
        let (is_empty, bounds) = match self {
            Self::Strokes => (picture.stroke_bins.is_empty(), picture.stroke_bins.bounds()),
            Self::Specks => (picture.specks.is_empty(), picture.specks.bounds()),
            Self::Markers => (picture.binned_markers.is_empty(), picture.binned_markers.bounds()),
        };
        (!is_empty).then_some(bounds)
    }
}

/// The symbols of a picture, ready to be drawn with.
enum Brushes {
    Pens(StrokePens),
    Sprites(Vec<Option<MarkerSprite>>),
}

impl Brushes {
    fn new(
        painter: CanvasPainter<'_>,
        content: CanvasContent,
        (picture, on_card): (&LayerPicture, &GpuPicture),
        CanvasKey { px_per_point, opacity, .. }: CanvasKey,
    ) -> Self {
        let symbols = &picture.symbols;
        let blue_first = painter.pipelines.target.remove_srgb_suffix() == wgpu::TextureFormat::Bgra8Unorm;
        match content {
            CanvasContent::Strokes => Self::Pens(StrokePens::new(symbols, px_per_point, opacity, blue_first)),
            CanvasContent::Specks => Self::Sprites(speck_sprites(symbols, px_per_point, opacity, blue_first)),
            CanvasContent::Markers => {
                Self::Sprites(marker_sprites(painter, symbols, on_card, px_per_point, opacity))
            }
        }
    }

    fn reach_px(&self) -> f64 {
        match self {
            Self::Pens(pens) => f64::from(pens.reach_px()),
            Self::Sprites(sprites) => {
                sprites.iter().flatten().map(MarkerSprite::reach_px).max().unwrap_or(0) as f64
            }
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
struct TileCanvas {
    picture: Arc<LayerPicture>,
    content: CanvasContent,
    key: CanvasKey,
    brushes: Arc<Brushes>,
    tiles: HashMap<(i64, i64), Tile>,
    /// The points of the tiles, of all rows: another window of time shows others of them.
    dots: HashMap<(i64, i64), Arc<TileDots>>,
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

impl TileCanvases {
    /// The tiles in view of a picture, drawn where they are missing. Their textures go to the end of `textures`.
    pub fn tiles(
        &mut self,
        painter: CanvasPainter<'_>,
        view: CanvasView,
        content: CanvasContent,
        (picture, on_card): (&Arc<LayerPicture>, &GpuPicture),
        textures: &mut Vec<wgpu::BindGroup>,
    ) -> Vec<TileOnTarget> {
        let Some(bounds) = content.bounds(picture) else { return Vec::new() };
        let key = CanvasKey {
            px_per_world: view.viewport.points_per_world() * f64::from(view.placement.px_per_point),
            px_per_point: view.placement.px_per_point,
            opacity: view.opacity,
        };
        let address = (Arc::as_ptr(picture) as usize, content);
        let brushes = || Brushes::new(painter, content, (picture, on_card), key);
        let canvas = match self.canvases.remove(&address) {
            Some(mut canvas) => {
                canvas.adapt(key, brushes);
                canvas
            }
            None => {
                let of_other_rows = |canvas: &&TileCanvas| canvas.differs_in_rows_only(picture, content, key);
                let other = self.canvases.values().find(of_other_rows);
                other.map_or_else(
                    || TileCanvas::new(picture, content, key, brushes()),
                    |other| other.for_rows_of(picture),
                )
            }
        };
        let canvas = self.canvases.entry(address).or_insert(canvas);
        canvas.used_in_frame = painter.frame;
        canvas.tiles_in_view(painter, view, bounds, textures)
    }

    /// Frees what has not been drawn since.
    pub fn forget_before(&mut self, frame: u64) {
        self.canvases.retain(|_, canvas| canvas.used_in_frame >= frame);
        let oldest = frame.saturating_sub(TILE_FRAMES);
        for canvas in self.canvases.values_mut() {
            canvas.tiles.retain(|_, tile| tile.used_in_frame >= oldest);
            canvas.dots.retain(|place, _| canvas.tiles.contains_key(place));
        }
    }
}

impl TileCanvas {
    fn new(picture: &Arc<LayerPicture>, content: CanvasContent, key: CanvasKey, brushes: Brushes) -> Self {
        let (picture, brushes) = (Arc::clone(picture), Arc::new(brushes));
        let (tiles, dots) = (HashMap::new(), HashMap::new());
        Self { picture, content, key, brushes, tiles, dots, used_in_frame: 0 }
    }

    /// Whether a picture is that of this canvas but for the rows that are shown.
    fn differs_in_rows_only(&self, picture: &LayerPicture, content: CanvasContent, key: CanvasKey) -> bool {
        (self.content, content) == (CanvasContent::Markers, CanvasContent::Markers)
            && self.key == key
            && Arc::ptr_eq(&self.picture.binned_markers, &picture.binned_markers)
            && self.picture.symbols == picture.symbols
    }

    /// The canvas of a picture that [differs in rows only](Self::differs_in_rows_only): what is not drawn has been found.
    fn for_rows_of(&self, picture: &Arc<LayerPicture>) -> Self {
        Self {
            picture: Arc::clone(picture),
            brushes: Arc::clone(&self.brushes),
            dots: self.dots.clone(),
            tiles: HashMap::new(),
            ..*self
        }
    }

    fn adapt(&mut self, key: CanvasKey, brushes: impl FnOnce() -> Brushes) {
        if self.key == key {
            return;
        }
        if self.key.px_per_point != key.px_per_point || self.key.opacity != key.opacity {
            self.brushes = Arc::new(brushes());
        }
        self.tiles.clear();
        self.dots.clear();
        self.key = key;
    }

    fn tiles_in_view(
        &mut self,
        painter: CanvasPainter<'_>,
        view: CanvasView,
        bounds: WorldRect,
        textures: &mut Vec<wgpu::BindGroup>,
    ) -> Vec<TileOnTarget> {
        let copies = self.copies_in_view(view, bounds);
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

    /// The world where its content is in view, as often as it is repeated.
    fn copies_in_view(
        &self,
        CanvasView { viewport, placement, .. }: CanvasView,
        bounds: WorldRect,
    ) -> Vec<Copy> {
        let px_per_world = self.key.px_per_world;
        let bounds = bounds.grown(self.brushes.reach_px() / px_per_world);
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
        for (place, (pixels, dots)) in drawn {
            self.dots.extend(dots.map(|dots| (place, dots)));
            let bind_group = pixels.map(|pixels| tile_on_card(painter, &pixels));
            self.tiles.insert(place, Tile { bind_group, used_in_frame: painter.frame });
        }
    }

    /// Its pixels, `None` where all are clear, and its points, where those of other rows may be asked for.
    fn drawn_tile(&self, (column, line): (i64, i64)) -> (Option<Vec<[u8; 4]>>, Option<Arc<TileDots>>) {
        let px_per_world = self.key.px_per_world;
        let [x, y] = [column, line].map(|number| number as f64 * TILE_PX / px_per_world);
        let place = TilePlace { corner: WorldPos::new(x, y), px_per_world };
        let picture = &*self.picture;
        match (&*self.brushes, self.content) {
            (Brushes::Pens(pens), _) => {
                (stroke_tile(&picture.strokes, &picture.stroke_bins, pens, place), None)
            }
            (Brushes::Sprites(sprites), CanvasContent::Markers) => {
                let known = self.dots.get(&(column, line)).cloned();
                let find = || Arc::new(TileDots::find(&picture.binned_markers, sprites, place));
                let dots = known.unwrap_or_else(find);
                (marker_tile(&dots, sprites, picture.shown.as_deref()), Some(dots))
            }
            (Brushes::Sprites(sprites), _) => {
                (marker_tile(&TileDots::find(&picture.specks, sprites, place), sprites, None), None)
            }
        }
    }
}

fn tile_on_card(painter: CanvasPainter<'_>, pixels: &[[u8; 4]]) -> wgpu::BindGroup {
    let side = CANVAS_TILE_PX as u32;
    let descriptor = wgpu::TextureDescriptor {
        label: Some("canvas tile"),
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
        label: Some("canvas tile"),
        layout: &painter.pipelines.tile_layout,
        entries: &[wgpu::BindGroupEntry {
            binding: 0,
            resource: wgpu::BindingResource::TextureView(
                &texture.create_view(&wgpu::TextureViewDescriptor::default()),
            ),
        }],
    })
}
