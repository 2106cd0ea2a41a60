//! The headless commands.
//!
//! Floor 7.
