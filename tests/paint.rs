//! What the painter puts on the screen, pixel by pixel. Without a graphics adapter these tests say so and pass.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::{Arc, Mutex, OnceLock};

use eframe::egui;
use sitmap::coords::{LonLat, ScreenPos, Viewport, WorldPos, WorldRect, lon_lat_from_world};
use sitmap::render::{
    AdapterChoice, OffscreenDevice, OffscreenTarget, Pixels, ReliefImage, Scene, SceneCallback, SceneItem,
};
use sitmap::situation::{FeatureStore, FeatureStoreBuilder, GeometryKind, PartKind};
use sitmap::symbology::{Fill, Hatch, LayerSymbols, Marker, MarkerShape, Rgba, Ring, Stroke, Symbol};
use sitmap::tessellate::{DrawnBy, LayerPicture, PictureOrder, layer_picture, ordered_picture, zoom_step_of};

const LAND: Rgba = Rgba::hex(0xF6F3EC);
const DARK: Rgba = Rgba::hex(0x22262A);
const ORANGE: Rgba = Rgba::hex(0xD55E00);
const SIZE: [f32; 2] = [200.0, 120.0];

fn device() -> Option<Arc<OffscreenDevice>> {
    static DEVICE: OnceLock<Option<Arc<OffscreenDevice>>> = OnceLock::new();
    DEVICE
        .get_or_init(|| match OffscreenDevice::open(AdapterChoice::Software) {
            Ok(device) => Some(Arc::new(device)),
            Err(error) => {
                println!("not checked: {error}");
                None
            }
        })
        .clone()
}

/// A view on a place that lies in the middle of a block.
fn view() -> Viewport {
    Viewport { center: WorldPos::new(0.601_7, 0.395_9), zoom: 12.0, size_points: SIZE }
}

/// One feature of a test layer, in points on the screen of [`view`].
enum Shape {
    Area(Vec<Vec<[f32; 2]>>),
    Line(Vec<[f32; 2]>),
    Point([f32; 2]),
}

fn lon_lat(view: &Viewport, [x, y]: [f32; 2]) -> LonLat {
    lon_lat_from_world(view.world_from_screen(ScreenPos::new(x, y)))
}

fn store(view: &Viewport, shapes: &[Shape]) -> FeatureStore {
    let mut builder = FeatureStoreBuilder::default();
    let push = |builder: &mut FeatureStoreBuilder, ring: &[[f32; 2]]| {
        ring.iter().for_each(|&at| builder.push_vertex(lon_lat(view, at)));
        builder.end_ring();
    };
    for shape in shapes {
        let (part, kind) = match shape {
            Shape::Area(rings) => {
                for ring in rings {
                    let closed: Vec<_> = ring.iter().chain(ring.first()).copied().collect();
                    push(&mut builder, &closed);
                }
                (PartKind::Polygon, GeometryKind::Polygon)
            }
            Shape::Line(line) => {
                push(&mut builder, line);
                (PartKind::Line, GeometryKind::LineString)
            }
            Shape::Point(at) => {
                push(&mut builder, &[*at]);
                (PartKind::Point, GeometryKind::Point)
            }
        };
        builder.end_part(part);
        builder.end_feature(kind, (0, 0));
    }
    builder.finish(Vec::new(), None)
}

fn picture_in(view: &Viewport, shapes: &[Shape], symbols: Vec<Symbol>) -> Arc<LayerPicture> {
    let last = symbols.len() as u16 - 1;
    let symbol_of_row = (0..shapes.len() as u16).map(|row| row.min(last)).collect();
    let symbols = LayerSymbols { symbols, symbol_of_row };
    Arc::new(layer_picture(&store(view, shapes), &symbols, zoom_step_of(view.zoom), None))
}

fn picture(shapes: &[Shape], symbols: Vec<Symbol>) -> Arc<LayerPicture> {
    picture_in(&view(), shapes, symbols)
}

fn on_land(picture: Arc<LayerPicture>) -> Vec<SceneItem> {
    vec![SceneItem::Background(LAND), SceneItem::Picture { picture, opacity: 1.0 }]
}

/// Draws as `map_view` does: an egui pass whose only shape is the scene.
fn draw_with(target: &mut OffscreenTarget, scene: &Scene, scale: f32) -> Pixels {
    let ctx = egui::Context::default();
    let size = egui::vec2(scene.viewport.size_points[0], scene.viewport.size_points[1]);
    let rect = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
    let mut input = egui::RawInput { screen_rect: Some(rect), ..Default::default() };
    input.viewports.entry(egui::ViewportId::ROOT).or_default().native_pixels_per_point = Some(scale);
    let output = ctx.run_ui(input, |ui| {
        let painter = ui.ctx().layer_painter(egui::LayerId::background());
        painter.add(SceneCallback::shape(rect, scene.clone()));
    });
    let size_px = [size.x, size.y].map(|side| (side * scale).round() as u32);
    target.render(&ctx, output, size_px).unwrap()
}

fn draw(items: Vec<SceneItem>, scale: f32) -> Option<Pixels> {
    draw_in(view(), items, scale)
}

fn draw_in(viewport: Viewport, items: Vec<SceneItem>, scale: f32) -> Option<Pixels> {
    // One for all tests: compiling the shaders takes longer than drawing.
    static TARGET: OnceLock<Mutex<OffscreenTarget>> = OnceLock::new();
    let device = device()?;
    let target = TARGET.get_or_init(|| Mutex::new(OffscreenTarget::new(device)));
    let mut target = target.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    Some(draw_with(&mut target, &Scene { viewport, items }, scale))
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Vec<[f32; 2]> {
    vec![[left, top], [right, top], [right, bottom], [left, bottom]]
}

fn plain(color: Rgba) -> Symbol {
    Symbol { fill: Some(Fill { color, hatch: None }), ..Symbol::default() }
}

fn line(color: Rgba, width_points: f32, dash: Option<[f32; 2]>) -> Symbol {
    Symbol { strokes: vec![Stroke { color, width_points, dash }], ..Symbol::default() }
}

fn rgb(color: Rgba) -> [u8; 4] {
    [color.r, color.g, color.b, 255]
}

/// How much of a pixel is ink, 0 to 1, on white with black ink.
fn ink(pixel: [u8; 4]) -> f32 {
    1.0 - f32::from(pixel[0]) / 255.0
}

const BLACK: Rgba = Rgba::hex(0);
const WHITE: Rgba = Rgba::hex(0xFFFFFF);

fn on_white(picture: Arc<LayerPicture>) -> Vec<SceneItem> {
    vec![SceneItem::Background(WHITE), SceneItem::Picture { picture, opacity: 1.0 }]
}

#[test]
fn colours_come_out_exactly_as_given() {
    let areas = [Shape::Area(vec![rect(20.0, 20.0, 90.0, 100.0), rect(40.0, 40.0, 70.0, 80.0)])];
    let Some(pixels) = draw(on_land(picture(&areas, vec![plain(ORANGE)])), 1.0) else { return };
    assert_eq!(pixels.at(30, 30), rgb(ORANGE));
    assert_eq!(pixels.at(55, 60), rgb(LAND), "the hole shows what is below");
    assert_eq!(pixels.at(150, 60), rgb(LAND));
}

#[test]
fn alphas_of_colour_and_layer_multiply() {
    let area = [Shape::Area(vec![rect(20.0, 20.0, 90.0, 100.0)])];
    let picture = picture(&area, vec![plain(BLACK.faded(0.5))]);
    let items = vec![SceneItem::Background(WHITE), SceneItem::Picture { picture, opacity: 0.5 }];
    let Some(pixels) = draw(items, 1.0) else { return };
    assert!((ink(pixels.at(50, 50)) - 0.25).abs() < 0.01, "{:?}", pixels.at(50, 50));
}

#[test]
fn the_edge_of_a_plain_fill_is_smooth() {
    let area = [Shape::Area(vec![vec![[20.0, 20.0], [180.0, 43.0], [20.0, 100.0]]])];
    let Some(pixels) = draw(on_white(picture(&area, vec![plain(BLACK)])), 1.0) else { return };
    let partly = (20..180).filter(|&x| (15..50).any(|y| (0.2..0.8).contains(&ink(pixels.at(x, y))))).count();
    assert!((70..130).contains(&partly), "{partly} of 160 columns");
}

#[test]
fn a_hatch_shows_both_colours_at_its_spacing() {
    let hatch = Some(Hatch { spacing_points: 7.0, width_points: 2.0 });
    let symbol = Symbol { fill: Some(Fill { color: BLACK, hatch }), ..Symbol::default() };
    let area = [Shape::Area(vec![rect(0.0, 0.0, 200.0, 120.0)])];
    for scale in [1.0, 2.0] {
        let Some(pixels) = draw(on_white(picture(&area, vec![symbol.clone()])), scale) else { return };
        let row: Vec<f32> = (0..pixels.width).map(|x| ink(pixels.at(x, 30))).collect();
        let mean = row.iter().sum::<f32>() / row.len() as f32;
        assert!((mean - 2.0 / 7.0).abs() < 0.02, "{mean}");
        assert!(row.iter().any(|&ink| ink > 0.95) && row.iter().any(|&ink| ink < 0.05));
        let lines = row.windows(2).filter(|pair| pair[0] < 0.5 && pair[1] >= 0.5).count() as f32;
        let expected = 200.0 / (7.0 * std::f32::consts::SQRT_2);
        assert!((lines - expected).abs() <= 1.5, "{lines} lines, not {expected}");
    }
}

#[test]
fn a_stroke_is_as_wide_as_asked_at_every_scale_and_angle() {
    for width in [0.5, 1.0, 1.4, 3.0, 5.0] {
        for (dx, scale) in [(0.0, 1.0), (0.0, 2.0), (23.0, 1.0), (41.5, 2.0)] {
            let lines = [Shape::Line(vec![[80.3, 5.0], [80.3 + dx, 115.0]])];
            let Some(pixels) = draw(on_white(picture(&lines, vec![line(BLACK, width, None)])), scale) else {
                return;
            };
            let across: f32 = (0..pixels.width).map(|x| ink(pixels.at(x, pixels.height / 2))).sum();
            let slope = 110.0 / (dx * dx + 110.0 * 110.0_f32).sqrt();
            assert!((across * slope - width * scale).abs() < 0.3, "{across} px for {width} pt at {scale}");
        }
    }
}

#[test]
fn dashes_have_gaps_between_them() {
    let lines = [Shape::Line(vec![[10.0, 60.5], [190.0, 60.5]])];
    let Some(pixels) = draw(on_white(picture(&lines, vec![line(BLACK, 3.0, Some([6.0, 4.0]))])), 1.0) else {
        return;
    };
    let row: Vec<f32> = (10..190).map(|x| ink(pixels.at(x, 60))).collect();
    let dashes = row.windows(2).filter(|pair| pair[0] >= 0.5 && pair[1] < 0.5).count();
    assert_eq!(dashes, 18);
    let mean = row.iter().sum::<f32>() / row.len() as f32;
    assert!((mean - 0.6).abs() < 0.02, "{mean}");
}

#[test]
fn translucent_joins_are_not_drawn_twice() {
    let zigzag: Vec<[f32; 2]> =
        (0..9).map(|i| [20.0 + i as f32 * 20.0, if i % 2 == 0 { 25.0 } else { 95.0 }]).collect();
    let rough: Vec<[f32; 2]> =
        (0..90).map(|i| [10.0 + i as f32 * 2.0, 60.0 + (i as f32 * 0.15).sin() * 20.0]).collect();
    for (shape, what) in [
        (Shape::Line(zigzag), "zigzag"),
        (Shape::Line(rough), "curve"),
        (Shape::Area(vec![rect(30.0, 30.0, 170.0, 90.0)]), "ring"),
    ] {
        let symbol = line(BLACK.faded(0.5), 6.0, None);
        let Some(pixels) = draw(on_white(picture(&[shape], vec![symbol])), 1.0) else { return };
        let darkest = pixels.rgba.chunks_exact(4).map(|p| ink([p[0], p[1], p[2], p[3]])).fold(0.0, f32::max);
        assert!((darkest - 0.5).abs() < 0.01, "{what}: {darkest}");
    }
}

#[test]
fn the_corners_of_a_ring_are_pointed_and_whole() {
    let Some(pixels) = draw(
        on_white(picture(&[Shape::Area(vec![rect(30.0, 30.0, 170.0, 90.0)])], vec![line(BLACK, 6.0, None)])),
        1.0,
    ) else {
        return;
    };
    for (x, y) in [(27, 27), (172, 27), (172, 92), (27, 92), (29, 29), (30, 30), (32, 32)] {
        assert_eq!(pixels.at(x, y), [0, 0, 0, 255], "{x}, {y}");
    }
}

#[test]
fn casings_lie_below_all_lines_of_the_layer() {
    let road = Symbol {
        strokes: vec![
            Stroke { color: BLACK, width_points: 9.0, dash: None },
            Stroke { color: ORANGE, width_points: 5.0, dash: None },
        ],
        ..Symbol::default()
    };
    let roads =
        [Shape::Line(vec![[10.0, 60.0], [190.0, 60.0]]), Shape::Line(vec![[100.0, 10.0], [100.0, 110.0]])];
    let Some(pixels) = draw(on_white(picture(&roads, vec![road])), 1.0) else { return };
    for x in 90..110 {
        let red = pixels.at(x, 60)[0];
        assert!(red.abs_diff(ORANGE.r) <= 2, "{red} at {x}");
    }
}

#[test]
fn an_area_over_many_blocks_has_no_seams() {
    let viewport = Viewport {
        center: WorldPos::new(154.0 / 256.0, 101.0 / 256.0),
        zoom: 10.3,
        size_points: [700.0, 500.0],
    };
    let area = [Shape::Area(vec![rect(-900.0, -900.0, 1500.0, 1500.0)])];
    let picture = picture_in(&viewport, &area, vec![plain(BLACK.faded(0.5))]);
    assert!(picture.fills.blocks.len() >= 4);
    let Some(pixels) = draw_in(viewport, on_white(picture), 1.0) else { return };
    assert!(pixels.rgba.chunks_exact(4).all(|p| p == pixels.at(0, 0)));
}

#[test]
fn a_line_over_a_block_border_has_no_gap() {
    let viewport =
        Viewport { center: WorldPos::new(154.0 / 256.0, 101.0 / 256.0), zoom: 18.7, size_points: SIZE };
    let lines = [Shape::Line(vec![[-2000.0, 10.0], [2000.0, 110.0]])];
    let picture = picture_in(&viewport, &lines, vec![line(BLACK.faded(0.5), 4.0, None)]);
    assert!(picture.strokes.blocks.len() >= 2);
    let Some(pixels) = draw_in(viewport, on_white(picture), 1.0) else { return };
    for x in 0..200 {
        let column: f32 = (0..120).map(|y| ink(pixels.at(x, y))).sum();
        assert!((column - 2.0).abs() < 0.1, "{column} at {x}");
    }
}

#[test]
fn an_area_smaller_than_a_pixel_is_one_pixel() {
    let viewport = Viewport { zoom: 8.0, ..view() };
    let areas =
        [Shape::Area(vec![rect(50.2, 50.2, 50.3, 50.3)]), Shape::Area(vec![rect(80.9, 50.9, 81.0, 51.0)])];
    let Some(pixels) = draw_in(viewport, on_white(picture_in(&viewport, &areas, vec![plain(BLACK)])), 1.0)
    else {
        return;
    };
    let black = pixels.rgba.chunks_exact(4).filter(|p| p[0] == 0).count();
    assert_eq!(black, 2);
}

#[test]
fn the_world_repeats_beside_itself() {
    let viewport = Viewport::new(LonLat::new(180.0, 0.0), 1.0, [1000.0, 300.0]);
    let marker = marker(MarkerShape::Square, 12.0, true, Ring::None, WHITE);
    let mut builder = FeatureStoreBuilder::default();
    builder.push_vertex(LonLat::new(36.5, 35.5));
    builder.end_ring();
    builder.end_part(PartKind::Point);
    builder.end_feature(GeometryKind::Point, (0, 0));
    let symbols = LayerSymbols { symbols: vec![marker], symbol_of_row: vec![0] };
    let picture = Arc::new(layer_picture(&builder.finish(Vec::new(), None), &symbols, 0, None));
    let Some(pixels) = draw_in(viewport, on_white(picture), 1.0) else { return };
    let y =
        (viewport.screen_from_world(sitmap::coords::world_from_lon_lat(LonLat::new(36.5, 35.5))).y) as u32;
    let row: Vec<bool> = (0..1000).map(|x| pixels.at(x, y) == rgb(ORANGE)).collect();
    assert_eq!(row.windows(2).filter(|pair| !pair[0] && pair[1]).count(), 2);
}

#[test]
fn relief_multiplies_what_is_below() {
    let bounds = WorldRect { min: WorldPos::new(0.60, 0.39), max: WorldPos::new(0.61, 0.40) };
    let image = Arc::new(ReliefImage { bounds, width: 2, height: 1, grey: vec![255, 255] });
    let black = Arc::new(ReliefImage { grey: vec![0, 0], ..(*image).clone() });
    let with = |image, strength| {
        vec![SceneItem::Background(LAND), SceneItem::Relief { image, strength, color: BLACK }]
    };
    let Some(untouched) = draw(with(image, 1.0), 1.0) else { return };
    assert_eq!(untouched.at(100, 60), rgb(LAND));
    let darkened = draw(with(black, 0.3), 1.0).unwrap().at(100, 60);
    for (channel, land) in [(0, LAND.r), (1, LAND.g), (2, LAND.b)] {
        assert!((f32::from(darkened[channel]) - f32::from(land) * 0.7).abs() <= 1.0, "{darkened:?}");
    }
}

#[test]
fn a_picture_in_tiles_is_the_same_as_in_one_piece() {
    let Some(device) = device() else { return };
    let hatch = Some(Hatch { spacing_points: 7.0, width_points: 2.0 });
    let area = Symbol { fill: Some(Fill { color: ORANGE, hatch }), ..line(BLACK, 3.0, None) };
    let point = marker(MarkerShape::Star, 19.0, true, Ring::Double, LAND);
    let shapes =
        [Shape::Area(vec![vec![[20.0, 20.0], [180.0, 43.0], [20.0, 100.0]]]), Shape::Point([64.0, 64.0])];
    let scene = Scene { viewport: view(), items: on_land(picture(&shapes, vec![area, point])) };
    let whole = draw_with(&mut OffscreenTarget::new(Arc::clone(&device)), &scene, 2.0);
    let tiled = draw_with(&mut OffscreenTarget::new(device).with_tile_px(64), &scene, 2.0);
    let differ = whole.rgba.iter().zip(&tiled.rgba).filter(|(a, b)| a.abs_diff(**b) > 2).count();
    assert_eq!(differ, 0);
}

const SHAPES: [MarkerShape; 11] = [
    MarkerShape::Circle,
    MarkerShape::TriangleDown,
    MarkerShape::TriangleUp,
    MarkerShape::Diamond,
    MarkerShape::Asterisk,
    MarkerShape::Square,
    MarkerShape::Hexagon,
    MarkerShape::Flag,
    MarkerShape::Gate,
    MarkerShape::HalfCircle { other: Rgba::hex(0x009E73) },
    MarkerShape::Star,
];

fn marker(shape: MarkerShape, size_points: f32, filled: bool, ring: Ring, edge: Rgba) -> Symbol {
    Symbol {
        marker: Some(Marker { shape, size_points, color: ORANGE, filled, ring, edge, ground: edge }),
        ..Symbol::default()
    }
}

#[test]
fn every_shape_is_as_tall_as_asked_and_filled_is_more_than_hollow() {
    for shape in SHAPES {
        for (scale, size) in [(1.0, 19.0), (2.0, 15.0)] {
            let count = |filled| {
                let points = [Shape::Point([100.0, 60.0])];
                let pixels = draw(
                    on_land(picture(&points, vec![marker(shape, size, filled, Ring::None, LAND)])),
                    scale,
                )?;
                let inked = |x, y| pixels.at(x, y).iter().zip(rgb(LAND)).any(|(a, b)| a.abs_diff(b) > 100);
                let rows = (0..pixels.height).filter(|&y| (0..pixels.width).any(|x| inked(x, y))).count();
                let all = (0..pixels.height)
                    .map(|y| (0..pixels.width).filter(|&x| inked(x, y)).count())
                    .sum::<usize>();
                Some((rows as f32 / scale, all))
            };
            let (Some((height, full)), Some((_, hollow))) = (count(true), count(false)) else { return };
            assert!((height - size).abs() <= 2.0, "{shape:?} is {height} tall, not {size}");
            let thin = matches!(shape, MarkerShape::Gate);
            assert!(full > hollow || thin, "{shape:?} {full} {hollow}");
        }
    }
}

#[test]
fn rings_lie_around_the_shape_and_differ() {
    let count = |ring| {
        let points = [Shape::Point([100.0, 60.0])];
        // The ring of a filled marker has the colour of its edge.
        let mut symbol = marker(MarkerShape::Circle, 12.0, true, ring, DARK);
        symbol.marker = symbol.marker.map(|marker| Marker { ground: LAND, ..marker });
        let pixels = draw(on_land(picture(&points, vec![symbol])), 2.0)?;
        Some(pixels.rgba.chunks_exact(4).filter(|p| **p == rgb(DARK)).count())
    };
    let Some(none) = count(Ring::None) else { return };
    let [solid, dashed, double] = [Ring::Solid, Ring::Dashed, Ring::Double].map(|ring| count(ring).unwrap());
    assert!(none < dashed && dashed < solid && solid < double, "{none} {dashed} {solid} {double}");
}

/// All markers on both grounds, for the eye: `SITMAP_CONTACT_SHEET=FOLDER` says where to.
#[test]
fn the_contact_sheet_of_markers_can_be_drawn() {
    let folder = std::env::var_os("SITMAP_CONTACT_SHEET").map(std::path::PathBuf::from);
    let temporary = tempfile::tempdir().unwrap();
    let folder = folder.unwrap_or_else(|| temporary.path().to_path_buf());
    let viewport = Viewport { size_points: [980.0, 30.0 + 34.0 * SHAPES.len() as f32], ..view() };
    for (ground, name) in [(LAND, "light"), (DARK, "dark")] {
        for scale in [1.0, 2.0] {
            let (mut points, mut symbols) = (Vec::new(), Vec::new());
            for (row, &shape) in SHAPES.iter().enumerate() {
                let mut column = 0;
                for filled in [true, false] {
                    for ring in [Ring::None, Ring::Solid, Ring::Dashed, Ring::Double] {
                        for size in [9.0, 12.0, 15.0, 19.0] {
                            let x = 22.0 + column as f32 * 30.0 + if filled { 0.0 } else { 10.0 };
                            points.push(Shape::Point([x, 30.0 + row as f32 * 34.0]));
                            symbols.push(marker(shape, size, filled, ring, ground));
                            column += 1;
                        }
                    }
                }
            }
            let items = vec![
                SceneItem::Background(ground),
                SceneItem::Picture { picture: picture_in(&viewport, &points, symbols), opacity: 1.0 },
            ];
            let Some(pixels) = draw_in(viewport, items, scale) else { return };
            write_png(&folder.join(format!("markers_{name}_{scale}.png")), &pixels);
        }
    }
}

fn write_png(path: &std::path::Path, pixels: &Pixels) {
    let file = std::io::BufWriter::new(std::fs::File::create(path).unwrap());
    let mut encoder = png::Encoder::new(file, pixels.width, pixels.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.write_header().unwrap().write_image_data(&pixels.rgba).unwrap();
}

/// [`view`], moved by less than a pixel so that the world's pixels are the screen's.
fn on_whole_pixels() -> Viewport {
    let px_per_world = 12_f64.exp2() * 256.0;
    let whole = |side: f64| (side * px_per_world).round() / px_per_world;
    Viewport { center: WorldPos::new(whole(view().center.x), whole(view().center.y)), ..view() }
}

/// Four thousand points all over [`view`].
fn crowd(symbols: Vec<Symbol>, drawn_by: DrawnBy) -> (Viewport, Arc<LayerPicture>) {
    let viewport = on_whole_pixels();
    let at = |n: u32| [(n * 7919 % 2203) as f32 / 10.0 - 10.0, (n * 104_729 % 1409) as f32 / 10.0 - 10.0];
    let shapes: Vec<Shape> = (0..4000).map(|n| Shape::Point(at(n))).collect();
    let symbol_of_row = (0..4000).map(|row| row % symbols.len() as u16).collect();
    let symbols = LayerSymbols { symbols, symbol_of_row };
    let store = store(&viewport, &shapes);
    let order = PictureOrder { zoom_step: 12, drawn_by, ..PictureOrder::default() };
    (viewport, Arc::new(ordered_picture(&store, &symbols, order)))
}

/// 4,000 lines of eight vertices, every fourth one a ring, all over ten times the width and height of [`view`].
fn web(symbols: Vec<Symbol>, drawn_by: DrawnBy) -> (Viewport, Arc<LayerPicture>) {
    let viewport = on_whole_pixels();
    let pseudo = |n: u32, step: u32, most: u32| (n.wrapping_mul(step) >> 7) % most;
    let shape = |n: u32| {
        let first = [pseudo(n, 2_654_435_761, 20_000), pseudo(n, 2_246_822_519, 12_000)];
        let first = [first[0] as f32 / 10.0 - 900.0, first[1] as f32 / 10.0 - 540.0];
        let at = |k: u32| {
            let (reach, turn) = (4.0 + pseudo(n * 8 + k, 3_266_489_917, 90) as f32 / 10.0, k as f32 * 0.8);
            [first[0] + reach * turn.cos() + k as f32 * 3.0, first[1] + reach * turn.sin()]
        };
        match n % 4 {
            0 => Shape::Area(vec![(0..7).map(at).collect()]),
            _ => Shape::Line((0..8).map(at).collect()),
        }
    };
    let shapes: Vec<Shape> = (0..4000).map(shape).collect();
    let symbol_of_row = (0..4000).map(|row| row / 4 % symbols.len() as u16).collect();
    let symbols = LayerSymbols { symbols, symbol_of_row };
    let order = PictureOrder { zoom_step: 12, drawn_by, ..PictureOrder::default() };
    (viewport, Arc::new(ordered_picture(&store(&viewport, &shapes), &symbols, order)))
}

/// The share of pixels in which two pictures differ by more than the eye sees.
fn share_that_differs(a: &Pixels, b: &Pixels) -> f64 {
    let off = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 6);
    let pixels = a.rgba.chunks_exact(4).zip(b.rgba.chunks_exact(4));
    let share = pixels.clone().filter(|&pair| off(pair)).count() as f64 / pixels.len() as f64;
    println!("pixels that differ: {:.3} %", share * 100.0);
    share
}

#[test]
fn a_crowd_of_points_looks_the_same_whoever_draws_it() {
    let small = marker(MarkerShape::Circle, 8.0, true, Ring::None, WHITE);
    let large = marker(MarkerShape::Diamond, 13.0, false, Ring::Double, BLACK);
    let faint = marker(MarkerShape::Square, 7.0, true, Ring::None, WHITE.faded(0.4));
    for (symbols, opacity) in [(vec![small.clone()], 1.0), (vec![small, large, faint], 0.7)] {
        let draw_by = |drawn_by: DrawnBy| {
            let (viewport, picture) = crowd(symbols.clone(), drawn_by);
            assert_eq!(picture.binned_markers.is_empty(), drawn_by == DrawnBy::Card);
            let items = vec![SceneItem::Background(LAND), SceneItem::Picture { picture, opacity }];
            draw_in(viewport, items, 2.0)
        };
        let Some(card) = draw_by(DrawnBy::Card) else { return };
        let processor = draw_by(DrawnBy::Processor).unwrap();
        assert!(share_that_differs(&card, &processor) < 0.004);
    }
}

#[test]
fn a_web_of_lines_looks_the_same_whoever_draws_it() {
    let stroke = |color, width_points, dash| Stroke { color, width_points, dash };
    let cased = vec![stroke(BLACK, 5.0, None), stroke(ORANGE, 3.0, None)];
    let dashed = vec![stroke(DARK, 2.5, Some([6.0, 4.0]))];
    let faint = vec![stroke(ORANGE.faded(0.4), 7.0, None)];
    let thin = vec![stroke(BLACK, 0.3, None)];
    let fill = Some(Fill { color: ORANGE.faded(0.2), hatch: None });
    let symbol = |strokes| Symbol { fill, strokes, marker: None };
    for (strokes, opacity, scale) in [
        (vec![vec![stroke(ORANGE, 2.0, None)]], 1.0, 1.0),
        (vec![cased, dashed, faint, thin], 1.0, 2.0),
        (vec![vec![stroke(DARK, 2.0, None)]], 0.6, 2.0),
    ] {
        let symbols: Vec<Symbol> = strokes.into_iter().map(symbol).collect();
        let draw_by = |drawn_by: DrawnBy| {
            let (viewport, picture) = web(symbols.clone(), drawn_by);
            assert_eq!(picture.stroke_bins.is_empty(), drawn_by == DrawnBy::Card);
            let items = vec![SceneItem::Background(LAND), SceneItem::Picture { picture, opacity }];
            draw_in(viewport, items, scale)
        };
        let Some(card) = draw_by(DrawnBy::Card) else { return };
        let processor = draw_by(DrawnBy::Processor).unwrap();
        assert!(share_that_differs(&card, &processor) < 0.004);
        let inked = card.rgba.chunks_exact(4).filter(|pixel| *pixel != rgb(LAND)).count();
        assert!(inked * 5 > card.rgba.len() / 4, "{inked}");
    }
}

#[test]
fn what_the_processor_draws_is_drawn_with_the_world_beside_itself_and_over_tiles_of_the_picture() {
    let symbol = Symbol {
        strokes: vec![Stroke { color: DARK, width_points: 2.0, dash: None }],
        ..marker(MarkerShape::Circle, 8.0, true, Ring::None, WHITE)
    };
    for (viewport, picture) in
        [crowd(vec![symbol.clone()], DrawnBy::Processor), web(vec![symbol], DrawnBy::Processor)]
    {
        let beside = WorldPos::new(viewport.center.x + 1.0, viewport.center.y);
        let Some(here) = draw_in(viewport, on_white(picture.clone()), 1.0) else { return };
        let there = draw_in(Viewport { center: beside, ..viewport }, on_white(picture.clone()), 1.0).unwrap();
        assert!(here == there);
        let mut target = OffscreenTarget::new(device().unwrap()).with_tile_px(64);
        let scene = Scene { viewport, items: on_white(picture) };
        assert!(here == draw_with(&mut target, &scene, 1.0));
    }
}

#[test]
fn few_lines_and_what_smooths_the_edge_of_a_fill_stay_with_the_card() {
    let is_left = |symbol: Symbol| web(vec![symbol], DrawnBy::Processor).1.stroke_bins.is_empty();
    assert!(!is_left(line(BLACK, 2.0, None)));
    assert!(is_left(plain(ORANGE)));
    let shapes = [Shape::Line(vec![[10.0, 10.0], [100.0, 100.0]])];
    let symbols = LayerSymbols { symbols: vec![line(BLACK, 2.0, None)], symbol_of_row: vec![0] };
    let order = PictureOrder { zoom_step: 12, drawn_by: DrawnBy::Processor, ..PictureOrder::default() };
    assert!(ordered_picture(&store(&view(), &shapes), &symbols, order).stroke_bins.is_empty());
}
