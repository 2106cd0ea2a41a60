//! The shaded relief of the bundled base map, decoded once.
//!
//! Floor 5.

use std::sync::Arc;
use std::thread::JoinHandle;

use crate::render::{ReliefImage, SceneItem};
use crate::source::bundled;
use crate::symbology::Rgba;

/// Beyond this zoom the relief's grid, about 900 m wide, would show as blots.
const FADE_FROM_ZOOM: f64 = 11.0;
const GONE_AT_ZOOM: f64 = 13.5;

/// The relief, or nothing where it could not be decoded: the map is drawn all the same.
pub enum Relief {
    /// On a thread of its own, while the window opens.
    Decoding(JoinHandle<Option<ReliefImage>>),
    /// There, or not to be had.
    Decoded(Option<Arc<ReliefImage>>),
}

impl Relief {
    /// Begins to decode the bundled relief.
    pub fn bundled() -> Self {
        Self::Decoding(std::thread::spawn(|| decode(&bundled::relief())))
    }

    /// The relief at this zoom. The first call waits for the decoder.
    pub fn item(&mut self, zoom: f64, strength: f32, color: Rgba) -> Option<SceneItem> {
        let left = ((GONE_AT_ZOOM - zoom) / (GONE_AT_ZOOM - FADE_FROM_ZOOM)).clamp(0.0, 1.0) as f32;
        let image = self.image().filter(|_| left > 0.0)?;
        Some(SceneItem::Relief { image, strength: strength * left, color })
    }

    fn image(&mut self) -> Option<Arc<ReliefImage>> {
        if let Self::Decoding(_) = self {
            let Self::Decoding(decoder) = std::mem::replace(self, Self::Decoded(None)) else { return None };
            // A decoder that panicked leaves a map without relief.
            *self = Self::Decoded(decoder.join().ok().flatten().map(Arc::new));
        }
        match self {
            Self::Decoded(image) => image.clone(),
            Self::Decoding(_) => None,
        }
    }
}

fn decode(relief: &bundled::Relief) -> Option<ReliefImage> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(relief.png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut bytes).ok()?;
    let samples = frame.color_type.samples();
    let grey: Vec<u8> = bytes[..frame.buffer_size()].chunks_exact(samples).map(|pixel| pixel[0]).collect();
    let bounds = relief.extent.to_world();
    Some(ReliefImage { bounds, width: frame.width, height: frame.height, grey })
}
