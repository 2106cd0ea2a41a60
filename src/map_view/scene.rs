//! What the painter draws below and above the tiles of a base map.
//!
//! Floor 5.

use crate::coords::Viewport;
use crate::render::{Scene, SceneItem};
use crate::session::{LayerEntry, Session};
use crate::symbology::{Palette, Rgba};

use super::coverage::Coverage;
use super::highlight::Highlights;
use super::relief::Relief;

/// What the deepest shade becomes.
const RELIEF_COLOR: Rgba = Rgba::hex(0);
/// How strongly the relief darkens the land.
const RELIEF_STRENGTH_LIGHT: f32 = 0.30;
/// On dark ground shading is seen less.
const RELIEF_STRENGTH_DARK: f32 = 0.45;

/// The bundled base map: sea, land, relief, water, borders.
pub fn ground_scene(
    session: &Session,
    viewport: Viewport,
    palette: &Palette,
    (coverage, relief): (&mut Coverage, &mut Relief),
) -> Scene {
    let mut items = coverage.items(&viewport, palette);
    for entry in session.ground() {
        items.extend(picture_items(session, entry));
        if entry.origin_key() == Some("land") {
            let strength = match session.theme() {
                crate::symbology::Theme::Light => RELIEF_STRENGTH_LIGHT,
                crate::symbology::Theme::Dark => RELIEF_STRENGTH_DARK,
            };
            items.extend(relief.item(viewport.zoom, strength, RELIEF_COLOR));
        }
    }
    Scene { viewport, items }
}

/// The layers of the catalogue, then what is hovered and selected.
pub fn overlay_scene(session: &Session, viewport: Viewport, highlights: &Highlights) -> Scene {
    let visible = session.catalogue().bottom_up().filter(|entry| entry.visible);
    let layers = visible.flat_map(|entry| picture_items(session, entry).chain(counted_items(session, entry)));
    let items = highlights.below().chain(layers).chain(highlights.above()).collect();
    Scene { viewport, items }
}

/// A layer's points where they are drawn together, above its lines and areas.
fn counted_items(session: &Session, entry: &LayerEntry) -> Vec<SceneItem> {
    let Some(drawn) = session.counted_of(entry).map(|counted| &counted.drawn) else { return Vec::new() };
    let opacity = entry.opacity;
    let image = drawn.image.clone().map(|image| SceneItem::Image { image, opacity });
    let picture = SceneItem::Picture { picture: drawn.picture.clone(), opacity };
    image.into_iter().chain([picture]).collect()
}

/// The layer's picture; while it is being read for the first time, those of its parts.
fn picture_items<'a>(session: &'a Session, entry: &'a LayerEntry) -> impl Iterator<Item = SceneItem> + 'a {
    let content = session.content(entry.id);
    let whole = content.and_then(|content| content.picture.as_ref()).map(|drawing| &drawing.picture);
    let parts = content.map_or(&[][..], |content| &content.parts);
    let pictures = whole.into_iter().chain(parts);
    pictures.map(|picture| SceneItem::Picture { picture: picture.clone(), opacity: entry.opacity })
}
