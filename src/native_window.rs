//! Opens the system's window for the viewer; what stands in the way is told with what helps.

use eframe::egui;
use sitmap::cli::WindowArguments;
use sitmap::project::remember_panics;
use sitmap::session::keep_little_freed_memory;

use crate::viewer::Viewer;

/// Opens the window and runs until it is closed. An error is a sentence for the user.
pub fn open_window(arguments: WindowArguments) -> Result<(), String> {
    remember_panics();
    keep_little_freed_memory();
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("sitmap")
            .with_app_id("sitmap")
            .with_icon(window_icon())
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 480.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    let opened = eframe::run_native(
        "sitmap",
        options,
        Box::new(|creation| Ok(Box::new(Viewer::new(creation, arguments)))),
    );
    opened.map_err(|error| {
        let why = if has_display() {
            format!(
                "the window could not be opened ({error}). On Debian or Ubuntu a software graphics driver helps: \
                 sudo apt-get install mesa-vulkan-drivers libgl1-mesa-dri libxkbcommon-x11-0 libx11-xcb1"
            )
        } else {
            "there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned()
        };
        format!("{why}. Without a window, `sitmap render --out map.png` draws the map into a file")
    })
}

/// Other systems than those of X11 and Wayland need no variable to find their screen.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn window_icon() -> egui::IconData {
    let png = include_bytes!("../assets/icon/sitmap-128.png");
    eframe::icon_data::from_png_bytes(png).unwrap_or_default()
}
