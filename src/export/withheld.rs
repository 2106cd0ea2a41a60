//! What a row that is told coarsely must not say anywhere.
//!
//! Floor 6. Rather too much is withheld than too little: a text that holds anything like a position, wherever that lies, is
//! left out as a whole, for it may be that of the next house.

use serde_json::{Value, json};

use crate::coords::{degrees_of, position_of};
use crate::session::LayerRows;
use crate::situation::{CoarseGrid, GeometryRef};
use crate::source::is_name_of_position;

/// What stands in place of a text that tells a position.
pub const WITHHELD: &str = "(withheld: it tells the place)";
/// Metres of a degree.
const METRES_OF_DEGREE: f64 = 111_195.0;
/// A position is written in so many words at most: `35 ° 51 ' 40 " N , 36 …`
const MOST_WORDS: usize = 10;
/// And in so many bytes.
const LONGEST_POSITION: usize = 80;
/// Degrees with so many decimals are a position to 100 m: no other number in a text is written so.
const DECIMALS_OF_POSITION: usize = 3;

/// What may not be told in any form.
pub struct Secret {
    grid: CoarseGrid,
    /// Middles of the cells that the feature is in, each once: a long line has many more vertices.
    cells: Vec<[f64; 2]>,
    /// Columns that the place was read from.
    columns: Vec<String>,
}

impl Secret {
    /// That of a row with this geometry, to be told by the cells of the grid.
    pub fn of(grid: CoarseGrid, geometry: GeometryRef<'_>, rows: &LayerRows) -> Self {
        let columns = rows.columns_of_place().into_iter().map(str::to_owned).collect();
        let mut cells = grid.coarse_line(geometry.vertices());
        cells.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        cells.dedup();
        Self { grid, cells, columns }
    }

    /// Leaves out what tells the place in a value of that name.
    pub fn withhold(&self, name: &str, value: &mut Value) {
        if self.columns.iter().any(|column| column == name) || is_name_of_position(name) {
            *value = Value::Null;
            return;
        }
        match value {
            Value::Object(members) => members.iter_mut().for_each(|(name, value)| self.withhold(name, value)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.withhold("", item)),
            Value::Number(number) => {
                // A whole number is a count before it is a degree.
                let degrees = number.as_f64().filter(|degrees| degrees.fract() != 0.0);
                if degrees.is_some_and(|degrees| self.may_be_told_by(degrees)) {
                    *value = Value::Null;
                }
            }
            Value::String(text) if self.is_told_in(text) => *value = json!(WITHHELD),
            _ => {}
        }
    }

    /// Whether a number is so near a latitude or a longitude of its cells that it may tell more than these. Of a row without
    /// a place of its own any may.
    fn may_be_told_by(&self, degrees: f64) -> bool {
        let height = f64::from(self.grid.cell_m()) / METRES_OF_DEGREE;
        (self.cells.is_empty() && degrees.abs() <= 180.0)
            || self.cells.iter().any(|[lon, lat]| {
                let width = height / lat.to_radians().cos().max(0.01);
                (degrees - lat).abs() <= height || (degrees - lon).abs() <= width
            })
    }

    fn is_told_in(&self, text: &str) -> bool {
        if !text.bytes().any(|byte| byte >= b'0') {
            return false;
        }
        let text = with_plain_digits(text);
        // A comma stands between two numbers, or before decimals.
        let with_points = text.replace(',', ".");
        let mut numbers = decimals_in(&text).chain(decimals_in(&with_points));
        let is_degrees = |number: f64, decimals: usize| {
            number.abs() <= 180.0 && (decimals >= DECIMALS_OF_POSITION || self.may_be_told_by(number))
        };
        numbers.any(|(number, decimals)| is_degrees(number, decimals)) || is_written_in(&text)
    }
}

/// Whether a position, or one half of it, stands in a text in degrees, in UTM or in MGRS.
fn is_written_in(text: &str) -> bool {
    if text.contains(['°', 'º']) && has_degree(text) {
        return true;
    }
    // What a position can be glued to.
    let apart: String =
        text.chars().map(|c| if ":=/;?&|_@#<>()[]{}".contains(c) { ' ' } else { c }).collect();
    let words: Vec<&str> =
        apart.split([' ', '\t', '\n', '\r', ',']).filter(|word| !word.is_empty()).collect();
    (0..words.len()).any(|at| {
        let mut stretch = String::new();
        words[at..].iter().take(MOST_WORDS).any(|word| {
            stretch.push_str(if stretch.is_empty() { "" } else { " " });
            stretch.push_str(word.trim_matches(['.', '"', '\'', '!', '-']));
            is_position(&stretch)
        })
    })
}

/// Two plain numbers are none: they may count anything.
fn is_position(part: &str) -> bool {
    let says_which = part.bytes().any(|byte| byte.is_ascii_alphabetic());
    let has_digit = part.bytes().any(|byte| byte.is_ascii_digit());
    let says_minutes = has_digit && part.contains(['\'', '′', '’']);
    part.len() <= LONGEST_POSITION
        && has_digit
        && ((says_which && position_of(part).is_some()) || (says_minutes && degrees_of(part).is_some()))
}

/// Whether a number of degrees stands there that is not of a temperature.
fn has_degree(text: &str) -> bool {
    text.match_indices(['°', 'º']).any(|(at, sign)| {
        let before = text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let behind = text[at + sign.len()..].trim_start();
        before && !behind.starts_with(['C', 'F', 'c', 'f'])
    })
}

/// Digits of the Arabic script as those that everything is read from.
fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '٫' => '.',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// The numbers with decimals that stand in a text, and how many decimals they have.
fn decimals_in(text: &str) -> impl Iterator<Item = (f64, usize)> + '_ {
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    numbers.filter_map(|number| {
        // Behind a second point it is another number, or thousands.
        let (whole, rest) = number.trim_start_matches('.').split_once('.')?;
        let decimals = rest.split('.').next().filter(|decimals| !decimals.is_empty())?;
        let value: f64 = format!("{whole}.{decimals}").parse().ok()?;
        (value.fract() != 0.0).then_some((value, decimals.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(cell_m: u32) -> Secret {
        let grid = CoarseGrid::of_cells(cell_m).unwrap();
        let cells = grid.coarse_line(&[[36.8034, 35.8612]]);
        Secret { grid, cells, columns: vec!["where".to_owned()] }
    }

    fn told(name: &str, value: Value) -> Value {
        let mut value = value;
        secret(5_000).withhold(name, &mut value);
        value
    }

    #[test]
    fn a_position_is_withheld_in_whatever_notation_it_is_written() {
        for text in [
            "hit at 35.8612, 36.8034 at noon",
            "https://maps.example/?q=35.8612,36.8034&z=12",
            "POINT (36.8034 35.8612)",
            "seen near 35°51'40\"N 36°48'12\"E, twice",
            "at ٣٥٫٨٦١٢ north",
            "lat=35.861",
            "35,8612 / 36,8034",
            "35.8612-36.8034",
            "35.861.234",
            "MGRS:37SCV0137269489",
            "pos:35°51'40\"N,36°49'24\"E",
            "UTM 37S 276999 3959074",
            "the next village, 36.1234 37.5678",
            "https://maps.example/@-33.8688,151.2093,12z",
        ] {
            assert_eq!(told("note", json!(text)), json!(WITHHELD), "{text}");
        }
        let mgrs = crate::coords::Notation::Mgrs
            .write(crate::coords::LonLat { lon_deg: 36.8034, lat_deg: 35.8612 })
            .unwrap();
        let text = format!("grid {mgrs}, by night");
        assert_eq!(told("note", json!(text)), json!(WITHHELD), "{text}");
    }

    #[test]
    fn numbers_of_other_things_and_words_stay() {
        for value in [
            json!("killed 12, injured 36, on 2018-09-08"),
            json!(36),
            json!(12.5),
            json!(true),
            json!("Saraqib"),
            json!("35 °C, 12.5 km off, 3 of 12, 40 %, v1.2.3, from 10:30 to 12:00 on 8.9.2018"),
        ] {
            assert_eq!(told("note", value.clone()), value);
        }
        assert_eq!(told("any", json!(36.8034)), Value::Null);
        assert_eq!(told("any", json!({"deep": [35.8612, 7]})), json!({"deep": [null, 7]}));
    }

    #[test]
    fn columns_that_the_place_was_read_from_and_those_that_are_called_so_are_left_out() {
        for name in ["where", "lat", "Longitude", "MGRS", "the_geom"] {
            assert_eq!(told(name, json!("anything")), Value::Null, "{name}");
        }
        assert_eq!(told("name", json!("anything")), json!("anything"));
    }
}
