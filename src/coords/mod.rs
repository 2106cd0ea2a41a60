//! Positions on the globe, on the Mercator world and on the screen, the viewport between them, measures and notations.
//!
//! Floor 0: knows nothing of the other modules.
