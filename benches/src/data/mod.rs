//! Made-up GeoJSON of a wished-for size: the same arguments give the same bytes.
//!
//! Names, dates and places are drawn at random and describe nothing that exists.

mod areas;
mod events;
mod footprints;
mod land;
mod random;
mod roads;
mod sink;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use random::Random;
use sink::Sink;

/// What a file is full of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Points with 15 properties each, as tables of conflict events have them; about 660 bytes a feature.
    Events,
    /// Polygons of 5 to 9 positions, as buildings on a map.
    Footprints,
    /// Lines of 2 to 60 positions.
    Roads,
    /// Polygons and multipolygons of 10,000 to 200,000 positions, with holes; the last one has the most.
    Areas,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Events, Self::Footprints, Self::Roads, Self::Areas];

    /// The word for it in file names and tables.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Footprints => "footprints",
            Self::Roads => "roads",
            Self::Areas => "areas",
        }
    }

    /// How many features go with so many events: the proportions of the table in the README.
    pub const fn count_beside(self, events: usize) -> usize {
        match self {
            Self::Events => events,
            Self::Footprints => events / 2,
            Self::Roads => events * 3 / 10,
            Self::Areas => {
                let areas = events * 64 / 1_000_000;
                if areas < 4 { 4 } else { areas }
            }
        }
    }
}

/// The file of so many features in `folder`, made now unless it is there.
pub fn file(folder: &Path, kind: Kind, count: usize) -> io::Result<PathBuf> {
    let path = folder.join(format!("{}-{count}.geojson", kind.word()));
    if path.exists() {
        return Ok(path);
    }
    fs::create_dir_all(folder)?;
    // Renamed when it is whole: a run that is stopped leaves no half file behind that the next one would take.
    let unfinished = path.with_extension("unfinished");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&unfinished)?);
    write(kind, count, &mut out)?;
    out.into_inner()?.sync_all()?;
    fs::rename(&unfinished, &path)?;
    Ok(path)
}

/// Writes a collection of so many features, one a line.
pub fn write(kind: Kind, count: usize, out: &mut impl Write) -> io::Result<()> {
    let mut random = Random::seeded(kind as u64 + 1);
    let mut sink = Sink::begin(out, kind.word())?;
    match kind {
        Kind::Events => events::write(count, &mut random, &mut sink)?,
        Kind::Footprints => footprints::write(count, &mut random, &mut sink)?,
        Kind::Roads => roads::write(count, &mut random, &mut sink)?,
        Kind::Areas => areas::write(count, &mut random, &mut sink)?,
    }
    sink.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: Kind, count: usize) -> String {
        let mut bytes = Vec::new();
        write(kind, count, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn the_same_arguments_give_the_same_bytes() {
        for kind in Kind::ALL {
            assert_eq!(text(kind, 4), text(kind, 4), "{kind:?}");
        }
    }

    #[test]
    fn every_kind_is_geojson_with_as_many_features_as_asked_for() {
        for kind in Kind::ALL {
            let collection: geojson::FeatureCollection = text(kind, 5).parse().unwrap();
            assert_eq!(collection.features.len(), 5, "{kind:?}");
            assert!(collection.features.iter().all(|feature| feature.geometry.is_some()));
        }
    }

    #[test]
    fn events_have_arabic_words_escapes_and_nulls_and_the_size_of_real_ones() {
        let events = text(Kind::Events, 1_000);
        assert!(events.contains("قرية") && events.contains("\\\"") && events.contains(":null"));
        let size = events.len() / 1_000;
        assert!((620..=700).contains(&size), "{size} bytes an event");
    }

    #[test]
    fn the_last_area_has_a_ring_of_200_000_positions() {
        let collection: geojson::FeatureCollection = text(Kind::Areas, 4).parse().unwrap();
        let last = collection.features.last().and_then(|feature| feature.geometry.clone()).unwrap();
        let geojson::GeometryValue::Polygon { coordinates } = last.value else { panic!("{last:?}") };
        assert_eq!(coordinates[0].len(), 200_001);
    }
}
