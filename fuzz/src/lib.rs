//! The floors of sitmap that read what others wrote, without its window, and the checks of what they read.
//!
//! The same files as in sitmap, compiled here once more: there is no window to be instrumented, and a change is fuzzed after
//! minutes. A target gives what libFuzzer made to one function, which panics
//! where something is not as it must be: those of `tests/support/properties.rs`, shared with the property tests, and those
//! of modules named `fuzzing`, which see what is private.

// The files name the program and the library of the window; of the latter only egui is used below the panels.
extern crate self as eframe;
extern crate self as sitmap;

pub use egui;

#[path = "../../src/coords/mod.rs"]
pub mod coords;
#[path = "../../src/index/mod.rs"]
pub mod index;
#[path = "../../src/project/mod.rs"]
pub mod project;
#[path = "../../src/session/mod.rs"]
pub mod session;
#[path = "../../src/sidecar/mod.rs"]
pub mod sidecar;
#[path = "../../src/situation/mod.rs"]
pub mod situation;
#[path = "../../src/source/mod.rs"]
pub mod source;
#[path = "../../src/symbology/mod.rs"]
pub mod symbology;
#[path = "../../src/tessellate/mod.rs"]
pub mod tessellate;
#[path = "../../src/text/mod.rs"]
pub mod text;
#[path = "../../src/tiles/mod.rs"]
pub mod tiles;

#[path = "../../src/ui/addresses.rs"]
mod addresses;
#[path = "../../src/ui/fuzzing.rs"]
pub mod links;

pub mod given;
#[path = "../../tests/support/properties.rs"]
pub mod properties;
