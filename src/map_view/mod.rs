//! The map itself: walkers' widget, overlays, labels, legend, scale bar, attribution. Window and headless both draw through it.
//!
//! Floor 5.
