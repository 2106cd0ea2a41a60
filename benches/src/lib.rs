//! What the benches of sitmap stand on: made-up data, and the least that a reader of it must do.
//!
//! Needs nothing but the standard library, so that the generator is built in a moment.

pub mod data;
pub mod floor;
