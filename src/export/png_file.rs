//! A picture as a PNG file.
//!
//! Floor 6.

use std::io::Write;
use std::path::Path;

use crate::render::Pixels;

/// Writes an opaque picture; `pixels_per_metre` tells printers how large it is meant to be.
///
/// The file is written beside `path` and renamed: an earlier picture is replaced whole or not at all.
pub fn write_png(path: &Path, image: &Pixels, pixels_per_metre: u32) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    encode(&mut bytes, image, pixels_per_metre).map_err(std::io::Error::other)?;
    // Renaming over a device or a pipe would replace it.
    if std::fs::metadata(path).is_ok_and(|there| !there.is_file()) {
        return std::fs::File::options().write(true).open(path)?.write_all(&bytes);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    // A file or link of that name that is there already is not ours to write through.
    let written = std::fs::File::create_new(&beside).and_then(|mut file| file.write_all(&bytes));
    written.and_then(|()| std::fs::rename(&beside, path)).inspect_err(|_| {
        // Nothing to tell where the half-written file cannot be removed either: the first error says why.
        let _ = std::fs::remove_file(&beside);
    })
}

fn encode(out: &mut Vec<u8>, image: &Pixels, pixels_per_metre: u32) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(out, image.width, image.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: pixels_per_metre,
        yppu: pixels_per_metre,
        unit: png::Unit::Meter,
    }));
    let rgb: Vec<u8> = image.rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    encoder.write_header()?.write_image_data(&rgb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_picture_and_no_part_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.png");
        let image = Pixels { width: 2, height: 1, rgba: vec![255, 0, 0, 255, 0, 0, 255, 255] };
        write_png(&path, &image, 3780).unwrap();
        let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&path).unwrap()));
        let mut reader = decoder.read_info().unwrap();
        let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut rgb).unwrap();
        assert_eq!(rgb, [255, 0, 0, 0, 0, 255]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_and_not_replaced() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("null");
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        write_png(&path, &Pixels { width: 1, height: 1, rgba: vec![0; 4] }, 3780).unwrap();
        assert!(std::fs::metadata(&path).unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let image = Pixels { width: 1, height: 1, rgba: vec![0; 4] };
        assert!(write_png(Path::new("/no/such/folder/map.png"), &image, 3780).is_err());
    }
}
