//! From the bytes of a raster tile to its pixels, carefully.
//!
//! Floor 4. Runs on worker threads; the size is read and judged before anything is unpacked.

use std::io::Cursor;

use eframe::egui::ColorImage;
use image::{ImageFormat, ImageReader, Limits};

use super::error::Trouble;

/// No side of a tile may be longer, in pixels.
pub const MAX_TILE_SIDE: u32 = 4096;
/// Pixels a side that are kept of a larger tile: on the densest screens a tile is seldom drawn with more, and what goes to
/// the graphics adapter within a frame stays little.
const SHARPEST_SIDE: u32 = 1024;
/// What a tile may take while it is unpacked: the largest one at eight bytes a pixel, and some room.
const MAX_UNPACKING_BYTES: u64 = 8 * (MAX_TILE_SIDE as u64).pow(2) + (32 << 20);

/// Decodes a PNG or JPEG tile. `max_side` is what the graphics adapter takes.
pub(super) fn decode_picture(bytes: &[u8], max_side: usize) -> Result<ColorImage, Trouble> {
    let broken = |error: image::ImageError| Trouble::Picture(format!("the picture is damaged ({error})"));
    let format = recognised(bytes)?;
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let (width, height) = reader().into_dimensions().map_err(broken)?;
    let limit = MAX_TILE_SIDE.min(u32::try_from(max_side).unwrap_or(u32::MAX));
    if width == 0 || height == 0 || width > limit || height > limit {
        return Err(Trouble::Picture(format!("{width} × {height} pixels, where at most {limit} are drawn")));
    }
    let mut reader = reader();
    let mut limits = Limits::default();
    limits.max_image_width = Some(limit);
    limits.max_image_height = Some(limit);
    limits.max_alloc = Some(MAX_UNPACKING_BYTES);
    reader.limits(limits);
    let mut picture = reader.decode().map_err(broken)?;
    if width.max(height) > SHARPEST_SIDE {
        picture = picture.thumbnail(SHARPEST_SIDE, SHARPEST_SIDE);
    }
    let pixels = picture.to_rgba8();
    let size = [pixels.width() as usize, pixels.height() as usize];
    Ok(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

/// Goes by the content: what a server or a captive portal calls it says little.
fn recognised(bytes: &[u8]) -> Result<ImageFormat, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Picture("it is empty".to_owned()));
    }
    match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => Ok(format),
        Ok(other) => Err(Trouble::Picture(format!("{other:?} pictures are not read; PNG and JPEG are"))),
        Err(_) if looks_like_a_page(bytes) => Err(Trouble::Portal),
        Err(_) => Err(Trouble::Picture("it is neither PNG nor JPEG".to_owned())),
    }
}

fn looks_like_a_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    ["<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<!--"]
        .iter()
        .any(|tag| start.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(&vec![90; (width * height) as usize]).unwrap();
        drop(writer);
        bytes
    }

    #[test]
    fn a_png_tile_becomes_pixels() {
        let image = decode_picture(&png(4, 3), 2048).unwrap();
        assert_eq!((image.size, image.pixels[0]), ([4, 3], eframe::egui::Color32::from_gray(90)));
    }

    #[test]
    fn a_picture_wider_than_the_limit_is_refused_before_it_is_unpacked() {
        for (width, height) in [(4097, 1), (1, 4097), (8000, 8000)] {
            let refused = decode_picture(&png(width, height), 16_384).unwrap_err();
            assert!(refused.to_string().contains("4096"), "{refused}");
        }
        assert!(decode_picture(&png(300, 300), 256).is_err(), "wider than the adapter takes");
    }

    #[test]
    fn a_needlessly_sharp_picture_is_made_smaller_before_it_goes_to_the_graphics_adapter() {
        assert_eq!(decode_picture(&png(4096, 2048), 4096).unwrap().size, [1024, 512]);
        assert_eq!(decode_picture(&png(1024, 1024), 4096).unwrap().size, [1024, 1024]);
        assert_eq!(decode_picture(&png(4096, 1), 4096).unwrap().size, [1024, 1]);
    }

    #[test]
    fn a_cut_or_scrambled_picture_is_an_error_and_nothing_worse() {
        let whole = png(64, 64);
        for cut in 0..whole.len() - 12 {
            assert!(decode_picture(&whole[..cut], 2048).is_err(), "cut at {cut}");
        }
        for byte in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[byte] ^= 0xff;
            let _ = decode_picture(&bytes, 2048);
        }
    }

    #[test]
    fn a_sign_in_page_is_recognised_whatever_it_is_called() {
        for page in ["<!DOCTYPE html><p>Welcome", "\u{feff} \n<HTML>", "<!-- hotel --><body>"] {
            assert_eq!(decode_picture(page.as_bytes(), 2048), Err(Trouble::Portal));
        }
        assert!(matches!(decode_picture(b"{\"error\":1}", 2048), Err(Trouble::Picture(_))));
        assert!(matches!(decode_picture(b"", 2048), Err(Trouble::Picture(_))));
    }
}
