//! What is given out: pictures, and rows of layers.
//!
//! Floor 6.

mod coarsening;
mod layer_copies;
mod picture;
mod png_file;
mod row_json;
mod told_rows;
mod withheld;

pub use coarsening::Coarsening;
pub use layer_copies::{LayerCopies, PlaceWanted};
pub use picture::{PictureError, PictureMaker};
pub use png_file::write_png;
pub use row_json::properties_json;
pub use told_rows::{EventForm, TellError, ToldLayer, ToldRows};
