//! Behaviour of an open map: commands in, state out.

mod layers;
mod selecting;
mod settings;
mod undo;
mod views;

use super::*;
use crate::coords::{ScreenPos, WorldRect, world_from_lon_lat};

fn empty_session() -> Session {
    Session::new(Settings::default(), Arc::new(|| {}))
}

/// A square of the side 10 with its south-western corner at `(corner, corner)`.
fn square(name: &str, corner: f64) -> String {
    let (a, b) = (corner, corner + 10.0);
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}"}},"geometry":{{"type":"Polygon",
        "coordinates":[[[{a},{a}],[{b},{a}],[{b},{b}],[{a},{b}],[{a},{a}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

fn session_with(layers: &[String]) -> Session {
    let mut session = empty_session();
    for layer in layers {
        session.apply(Command::PasteGeoJson(layer.clone()));
    }
    session.settle();
    session
}

fn two_areas() -> Session {
    session_with(&[square("lower", 0.0), square("upper", 5.0)])
}

fn click(lon_deg: f64, lat_deg: f64) -> Command {
    Command::IdentifyAt(PointerHit {
        at: world_from_lon_lat(LonLat { lon_deg, lat_deg }),
        tolerance_world: 0.0,
    })
}

fn selected_name(session: &Session) -> Option<String> {
    let feature = session.selection().current()?;
    let details = session.content(feature.layer)?.data()?.features.details(feature.row).ok()?;
    details.properties.iter().find(|(key, _)| key == "name").map(|(_, value)| value.to_display())
}

fn top_layer(session: &Session) -> LayerId {
    session.catalogue().top_down().next().unwrap().id
}
