//! The bundled situation: north-west Syria, September 2018, compiled in, so that it opens from any folder.
//!
//! Floor 2. The layers are plain GeoJSON and go through the same reader as a user's file; this module also reads events,
//! statements and place names out of them as typed values. Nothing here is repaired: the files are ours, and the
//! tests beside prove that every value is read as it was built.

mod event_record;
mod layers;
mod place_record;
mod read;
mod statement_record;

#[cfg(test)]
mod mapping_tests;

#[cfg(test)]
mod tests;

pub use layers::{BundledLayer, GROUND, GROUND_EXTENT, LAYERS, PLACES, Relief, layer};
pub use read::{Credit, credits, events, gazetteer, marked_days, relief, statements};
