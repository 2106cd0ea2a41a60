//! Which rows of a query are told coarsely.
//!
//! Floor 7.

use std::str::FromStr;

use clap::Args;

use crate::index::Filter;
use crate::situation::CoarseGrid;

/// Which rows are told coarsely, and how.
#[derive(Debug, Args)]
pub struct CoarsenArguments {
    /// Tell places by the middle of a cell that is so wide: 500m, 1km, 5km, 25km; from 100m to 500km
    ///
    /// The same place always lies in the same cell; give out one size alone, for cells of several sizes together tell more.
    /// Coordinates in degrees, UTM or MGRS are replaced or left out in whatever column they stand, and a text that holds any
    /// is left out as a whole. Names of places in texts, plus codes and what an id says stay, except the name of an event's
    /// place
    #[arg(long, value_name = "SIZE")]
    pub coarsen: Option<CellArgument>,
    /// Only of the rows that meet this filter, or of which that is not known; of all without it
    #[arg(long, value_name = "EXPR", requires = "coarsen")]
    pub coarsen_where: Option<Filter>,
}

/// The width of a cell.
#[derive(Debug, Clone, Copy)]
pub struct CellArgument(pub CoarseGrid);

impl FromStr for CellArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim().to_ascii_lowercase();
        let metres = match text.strip_suffix("km") {
            Some(km) => km.trim().parse::<f64>().map(|km| km * 1_000.0),
            None => text.strip_suffix('m').unwrap_or(&text).trim().parse(),
        };
        let grid = metres.ok().filter(|metres| metres.fract() == 0.0).map(|metres| metres as u32);
        let grid = grid.and_then(CoarseGrid::of_cells);
        grid.map(Self).ok_or_else(|| "write a size from 100m to 500km, such as 5km".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_read_with_its_unit() {
        let metres = |text: &str| text.parse::<CellArgument>().map(|cell| cell.0.cell_m());
        assert_eq!(
            [metres("5km"), metres("500 m"), metres("2.5KM"), metres("1000")],
            [Ok(5_000), Ok(500), Ok(2_500), Ok(1_000)]
        );
        for wrong in ["", "km", "-5km", "1m", "9999km", "5 miles", "NaN"] {
            assert!(metres(wrong).is_err(), "{wrong}");
        }
    }
}
