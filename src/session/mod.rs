//! The state of an open map, its commands, undo and jobs. No egui: every test of behaviour starts here.
//!
//! Floor 4.
