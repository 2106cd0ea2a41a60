//! Panels and dialogs: thin egui functions that read the session and push commands.
//!
//! Floor 6.
