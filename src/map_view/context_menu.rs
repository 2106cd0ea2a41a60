//! The menu of a place on the map.
//!
//! Floor 5.

use eframe::egui::{Response, Ui};

use super::gestures::{HIT_TOLERANCE_POINTS, screen_pos};
use crate::coords::{LonLat, Notation, Viewport, lon_lat_from_world, world_from_lon_lat};
use crate::session::{Command, PointerHit, Request, Session};

/// Remembers where the menu was opened: the pointer moves on while it is open.
#[derive(Debug, Clone, Copy, Default)]
pub struct ContextMenu {
    at: Option<LonLat>,
}

impl ContextMenu {
    /// Shows the menu after a secondary click.
    pub fn ui(
        &mut self,
        response: &Response,
        session: &Session,
        viewport: &Viewport,
        commands: &mut Vec<Command>,
    ) {
        if response.secondary_clicked() {
            let pointer = response.interact_pointer_pos();
            let world = pointer.map(|at| viewport.world_from_screen(screen_pos(response.rect, at)));
            self.at = world.map(|world| lon_lat_from_world(world).wrapped());
        }
        let Some(at) = self.at else { return };
        response.context_menu(|ui| menu_ui(ui, at, session, viewport, commands));
    }
}

fn menu_ui(ui: &mut Ui, at: LonLat, session: &Session, viewport: &Viewport, commands: &mut Vec<Command>) {
    let mut item = |ui: &mut Ui, words: &str, command: Command| {
        if ui.button(words).clicked() {
            commands.push(command);
            ui.close();
        }
    };
    let tolerance_world = f64::from(HIT_TOLERANCE_POINTS) / viewport.points_per_world();
    item(
        ui,
        "What is here?",
        Command::IdentifyAt(PointerHit { at: world_from_lon_lat(at), tolerance_world }),
    );
    ui.menu_button("Copy coordinates", |ui| {
        for form in Notation::ALL {
            if let Some(written) = form.write(at) {
                item(
                    ui,
                    &format!("{}: {written}", form.label()),
                    Command::Ask(Request::CopyText(written.clone())),
                );
            }
        }
    });
    item(ui, "Centre here", Command::CenterOn(at));
    ui.separator();
    if session.drawn_corners().is_some() {
        return item(ui, "Stop drawing", Command::StopDrawingArea);
    }
    match session.measured() {
        None => item(ui, "Measure from here", Command::StartMeasuring(at)),
        Some(_) => item(ui, "Stop measuring", Command::StopMeasuring),
    }
}
