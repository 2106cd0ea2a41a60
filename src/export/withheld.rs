//! What a row that is told coarsely must not say anywhere.
//!
//! Floor 6. Rather too much is withheld than too little: a text that holds anything like a position, wherever that lies, is
//! left out as a whole, for it may be that of the next house.

use serde_json::{Number, Value, json};

use crate::coords::{LonLat, Notation, position_of};
use crate::session::LayerRows;
use crate::situation::{CoarseGrid, GeometryRef};
use crate::source::is_name_of_position;

/// What stands in place of a text that tells a position.
pub const WITHHELD: &str = "(withheld: it tells the place)";
/// Metres of a degree.
const METRES_OF_DEGREE: f64 = 111_195.0;
/// Degrees with so many decimals are a position to 100 m: hardly another number in a text is written so.
const DECIMALS_OF_POSITION: usize = 3;
/// Eastings and northings have six digits at least; what has fewer is a count.
const LEAST_EASTING: f64 = 1e5;
/// `37S BV 76999 29074` in four parts, and a word before.
const MOST_PARTS: usize = 5;
/// And without what stands between them.
const LONGEST_SQUARE: usize = 15;
/// So many cells of a long line are looked for in UTM.
const CELLS_IN_METRES: usize = 64;

/// What may not be told in any form.
pub struct Secret {
    grid: CoarseGrid,
    /// Middles of the cells that the feature is in, each once: a long line has many more vertices.
    cells: Vec<[f64; 2]>,
    /// Eastings and northings of these in UTM.
    metres: Vec<f64>,
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
        Self::of_cells(grid, cells, columns)
    }

    fn of_cells(grid: CoarseGrid, cells: Vec<[f64; 2]>, columns: Vec<String>) -> Self {
        let written = cells
            .iter()
            .take(CELLS_IN_METRES)
            .filter_map(|&[lon_deg, lat_deg]| Notation::Utm.write(LonLat { lon_deg, lat_deg }));
        let metres = written.flat_map(|text| numbers_in(&text).collect::<Vec<_>>());
        let metres = metres.filter(|metres| *metres >= LEAST_EASTING).collect();
        Self { grid, cells, metres, columns }
    }

    /// Leaves out what tells the place in a value of that name. How many texts and numbers of it that were, beside those whose
    /// name says that they are positions.
    pub fn withhold(&self, name: &str, value: &mut Value) -> usize {
        let is_of_place = self.columns.iter().any(|column| column == name);
        if is_of_place || ((is_name_of_position(name) || names_position(name)) && may_hold_position(value)) {
            *value = Value::Null;
            return 0;
        }
        match value {
            Value::Object(members) => {
                let mut count = 0;
                // A key can tell as much as what stands under it.
                let kept = std::mem::take(members).into_iter().map(|(name, mut value)| {
                    if self.is_told_in(&name) {
                        count += 1;
                        return (WITHHELD.to_owned(), Value::Null);
                    }
                    count += self.withhold(&name, &mut value);
                    (name, value)
                });
                *members = kept.collect();
                count
            }
            Value::Array(items) => items.iter_mut().map(|item| self.withhold("", item)).sum(),
            Value::Number(number) if self.is_told_by_number(number) => {
                *value = Value::Null;
                1
            }
            Value::String(text) if self.is_told_in(text) => {
                *value = json!(WITHHELD);
                1
            }
            _ => 0,
        }
    }

    /// Whether a number is a degree of its cells, or one so exact that it can only be one of another place; or the same in
    /// metres of UTM.
    fn is_told_by_number(&self, number: &Number) -> bool {
        let Some(value) = number.as_f64() else { return false };
        let written = number.to_string();
        let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        // Parts of one are shares and weights.
        let is_exact = decimals > DECIMALS_OF_POSITION && (1.0..=180.0).contains(&value.abs());
        // A whole number is a count before it is a degree.
        is_exact || (decimals > 0 && self.is_near(value)) || self.is_near_in_metres(value)
    }

    /// Whether a number is so near a latitude or a longitude of its cells that it may tell more than these.
    fn is_near(&self, degrees: f64) -> bool {
        let height = f64::from(self.grid.cell_m()) / METRES_OF_DEGREE;
        self.cells.iter().any(|[lon, lat]| {
            let width = height / lat.to_radians().cos().max(0.01);
            (degrees - lat).abs() <= height || (degrees - lon).abs() <= width
        })
    }

    /// Whether a number is an easting or a northing of its cells.
    fn is_near_in_metres(&self, value: f64) -> bool {
        let reach = 2.0 * f64::from(self.grid.cell_m());
        value.abs() >= LEAST_EASTING && self.metres.iter().any(|metres| (value - metres).abs() <= reach)
    }

    fn is_told_in(&self, text: &str) -> bool {
        if !text.chars().any(char::is_numeric) {
            return false;
        }
        let text = with_plain_digits(&unescaped(text));
        let is_degree = |number: &Decimal| {
            let exact = number.decimals >= DECIMALS_OF_POSITION && !number.may_be_thousands;
            number.value.abs() <= 180.0 && (exact || self.is_near(number.value))
        };
        decimals_in(&text).any(|number| is_degree(&number))
            || tells_degrees(&text)
            || tells_grid(&text)
            || numbers_in(&text).any(|number| self.is_near_in_metres(number))
    }
}

/// Whether there is anything to withhold in a column that is only called so.
fn may_hold_position(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(char::is_numeric),
        other => !other.is_boolean(),
    }
}

/// A text as people read it: without the percent signs of addresses and the names of marks in pages.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(meant) => plain.push(meant),
            None => plain.push(byte),
        }
        at += if code.is_some_and(|code| u8::from_str_radix(code, 16).is_ok()) { 3 } else { 1 };
    }
    let plain = String::from_utf8_lossy(&plain).into_owned();
    let marks = [("&deg;", "°"), ("&prime;", "′"), ("&Prime;", "″"), ("&#176;", "°"), ("&quot;", "\"")];
    marks.into_iter().fold(plain, |text, (name, mark)| text.replace(name, mark))
}

/// Digits and marks of other scripts and widths as those that everything is read from.
fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '\u{FF10}'..='\u{FF19}' => char::from(b'0' + (c as u32 - 0xFF10) as u8),
        '٫' | '·' | '\u{FF0E}' => '.',
        '\u{FF0C}' => ',',
        '˚' => '°',
        'ˈ' => '′',
        '،' => ',',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// A number with decimals in a text.
struct Decimal {
    value: f64,
    decimals: usize,
    /// `1,200` is more likely one thousand and two hundred than a degree.
    may_be_thousands: bool,
}

/// The numbers with decimals that stand in a text, whether a point or a comma begins these. Times of day and shares of a
/// hundred are none.
fn decimals_in(text: &str) -> impl Iterator<Item = Decimal> + '_ {
    runs(text, |c| c.is_ascii_digit() || c == '.' || c == ',').flat_map(move |(at, run)| {
        let is_time = text[..at].ends_with(':')
            && text[..at].trim_end_matches(':').ends_with(|c: char| c.is_ascii_digit());
        let is_share = text[at + run.len()..].trim_start().starts_with('%');
        let wanted = !is_time && !is_share && !is_dotted_date(run);
        let pieces: Vec<&str> = run.split(['.', ',']).collect();
        let marks: Vec<char> = run.chars().filter(|c| !c.is_ascii_digit()).collect();
        let numbers: Vec<Decimal> = pieces
            .windows(2)
            .zip(marks)
            .filter(|(pair, _)| wanted && !pair[1].is_empty())
            .filter_map(|(pair, mark)| {
                let value: f64 = format!("{}.{}", pair[0], pair[1]).parse().ok()?;
                let may_be_thousands = mark == ',' && pair[1].len() == 3;
                (value.fract() != 0.0).then_some(Decimal { value, decimals: pair[1].len(), may_be_thousands })
            })
            .collect();
        numbers
    })
}

/// `8.9.2018`
fn is_dotted_date(run: &str) -> bool {
    let pieces: Vec<Option<u32>> =
        run.trim_end_matches(['.', ',']).split('.').map(|piece| piece.parse().ok()).collect();
    matches!(pieces[..], [Some(day), Some(month), Some(1900..=2100)] if day <= 31 && month <= 31)
}

/// The stretches of a text of such characters, with their places.
fn runs(text: &str, belongs: impl Fn(char) -> bool + Copy) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split(move |c: char| !belongs(c))
        .filter(|run| !run.is_empty())
        .map(move |run| (run.as_ptr() as usize - start, run))
}

/// Degrees and minutes with or without seconds and a hemisphere beside them, in digits and in whatever marks or words.
fn tells_degrees(text: &str) -> bool {
    let tokens: Vec<&str> = tokens(text);
    let number = |at: usize| tokens.get(at).and_then(|token| token.parse::<u32>().ok());
    (0..tokens.len()).any(|at| {
        if number(at).is_none_or(|degrees| degrees > 180) {
            return false;
        }
        let says_degrees = tokens.get(at + 1).is_some_and(|token| is_one_of(token, &DEGREE));
        let mut next = at + 1 + usize::from(says_degrees);
        let has_minutes = number(next).is_some_and(|minutes| minutes < 60);
        if says_degrees && (has_minutes || tokens.get(next).is_some_and(|token| is_one_of(token, &SIDES))) {
            return true;
        }
        // Minutes, seconds, and the decimals of these.
        while next < at + 7 && tokens.get(next).is_some_and(|token| is_one_of(token, &SMALLER))
            || number(next).is_some()
        {
            next += 1;
        }
        let is_beside =
            |token: Option<&&str>, words: &[&str]| token.is_some_and(|token| is_one_of(token, words));
        let before = at.checked_sub(1).and_then(|before| tokens.get(before));
        has_minutes
            && (is_beside(tokens.get(next), &SIDES) || is_beside(before, &SIDES) || is_beside(before, &AXES))
    })
}

const DEGREE: [&str; 6] = ["°", "º", "deg", "degree", "degrees", "d"];
const SMALLER: [&str; 11] = ["'", "′", "’", "\"", "″", "”", "m", "min", "minutes", "s", "sec"];
const SIDES: [&str; 16] = [
    "n",
    "s",
    "e",
    "w",
    "north",
    "south",
    "east",
    "west",
    "شمال",
    "شمالا",
    "جنوب",
    "جنوبا",
    "شرق",
    "شرقا",
    "غرب",
    "غربا",
];
const AXES: [&str; 6] = ["lat", "latitude", "lon", "long", "lng", "longitude"];
/// Parts of the names of columns that hold positions under names of their own.
const OF_POSITIONS: [&str; 12] = [
    "coord",
    "coords",
    "coordinate",
    "coordinates",
    "mgrs",
    "utm",
    "easting",
    "northing",
    "gps",
    "geom",
    "geometry",
    "wkt",
];

fn is_one_of(token: &str, words: &[&str]) -> bool {
    let token = token.to_lowercase();
    words.contains(&token.as_str())
}

/// `lat_dms`, `Camera GPS`
fn names_position(name: &str) -> bool {
    tokens(name).iter().any(|part| is_one_of(part, &AXES) || is_one_of(part, &OF_POSITIONS))
}

/// Whole numbers, words, and the marks of degrees, minutes and seconds; what stands between them is left out.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Digit,
        Letter,
        Mark,
        Other,
    }
    let kind_of = |c: char| match c {
        '0'..='9' => Kind::Digit,
        c if c.is_alphabetic() && c != 'º' => Kind::Letter,
        c if "°º'′’\"″”".contains(c) => Kind::Mark,
        _ => Kind::Other,
    };
    let mut found = Vec::new();
    let (mut start, mut kind) = (0, Kind::Other);
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let of = kind_of(c);
        if of != kind || of == Kind::Mark {
            if kind != Kind::Other && start < at {
                found.push(&text[start..at]);
            }
            (start, kind) = (at, of);
        }
    }
    found
}

/// A position in MGRS, or an easting beside a northing, whatever stands between their parts.
fn tells_grid(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let tells_square = (0..words.len())
        .any(|at| (1..=MOST_PARTS.min(words.len() - at)).any(|length| is_square(&words[at..at + length])));
    // `37 N 276,999 3,959,074`
    let without_thousands = text.replace(',', "");
    let metres: Vec<f64> = numbers_in(&without_thousands).filter(|metres| *metres >= LEAST_EASTING).collect();
    let is_pair = |pair: &[f64]| {
        let (less, more) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
        less < 1e6 && (1e6..1e7).contains(&more)
    };
    let tells_packed = words.iter().any(|word| is_packed_angle(word));
    tells_square || tells_packed || metres.windows(2).any(is_pair)
}

/// `355140N`, `0364812E`
fn is_packed_angle(word: &str) -> bool {
    let digits = word.trim_end_matches(['N', 'S', 'E', 'W', 'n', 's', 'e', 'w']);
    word.len() == digits.len() + 1
        && (6..=9).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Whether parts make a square of MGRS; an easting and a northing that stand apart have as many digits.
fn is_square(parts: &[&str]) -> bool {
    let digits = parts.iter().rev().take_while(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let lengths: Vec<usize> = digits.map(|part| part.len()).collect();
    let are_even = match lengths[..] {
        [] | [_] => true,
        [northing, easting] => northing == easting,
        _ => false,
    };
    let joined = parts.concat();
    let written = joined.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    // Zone, then band and square.
    let letters = written.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_square = letters.bytes().take(3).filter(u8::is_ascii_alphabetic).count() == 3;
    // Without its zone it is known to whoever knows the country.
    let is_letters = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_bare = matches!(parts, [square, _, _] if is_letters(square))
        && matches!(lengths[..], [northing, easting] if northing == easting && (3..=5).contains(&easting));
    let is_whole =
        has_square && written.len() <= LONGEST_SQUARE && !is_date(written) && position_of(written).is_some();
    are_even && (is_bare || is_whole)
}

/// `7Dec2018` would be a square, too, and so would `7Dec20181230`.
fn is_date(joined: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let letters = joined.trim_start_matches(|c: char| c.is_ascii_digit()).to_lowercase();
    let year = letters.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let is_year = (year.starts_with("19") || year.starts_with("20")) && matches!(year.len(), 4 | 8);
    letters.get(..3).is_some_and(|month| MONTHS.contains(&month)) && is_year
}

/// The whole parts of the numbers in a text.
fn numbers_in(text: &str) -> impl Iterator<Item = f64> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(cell_m: u32) -> Secret {
        let grid = CoarseGrid::of_cells(cell_m).unwrap();
        let cells = grid.coarse_line(&[[36.8034, 35.8612]]);
        Secret::of_cells(grid, cells, vec!["where".to_owned()])
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
            "276999mE 3959074mN zone 37S",
            "37S E276999 N3959074",
            "«37SBV7699929074»، tonight",
            "*37S-BV-76999-29074*—soon",
            "٣٥،٨٦١٢",
            "Lat 35 51 40 N, Long 36 48 12 E",
            "N 35 51 40",
            "35-51-40N 036-48-12E",
            "35.51.40N",
            "35 51 40 North",
            "٣٥ ٥١ ٤٠ شمال",
            "35 deg 51 min",
            "35d51m40s",
            "35&deg;51&prime;",
            "https://maps.example/35%C2%B051'40.0%22N+36%C2%B048'12.0%22E",
            "filmed from 36.123, 37.456",
            "355140N 0364812E",
            "BV 76999 29074",
            "37 N 276,999 3,959,074",
            "35˚51ˈ",
            "35·8612 / 36·8034",
            "３５．８６１２，３６．８０３４",
            "the next village, 36.1234 37.5678",
            "https://maps.example/@-33.8688,151.2093,12z",
        ] {
            assert_eq!(told("note", json!(text)), json!(WITHHELD), "{text}");
        }
        let mgrs = Notation::Mgrs.write(LonLat { lon_deg: 36.8034, lat_deg: 35.8612 }).unwrap();
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
            json!("1,200 people, 12,500 families, USD 1,250 on 7 Dec 2018 1230, 12 Sep 2018"),
            json!("12:30:15.250, 3.125 %, turned 90° left, rooms 3 N 4 E"),
            json!("نزح 1,200 شخص"),
            json!(0.8734),
            json!(1200000),
        ] {
            assert_eq!(told("note", value.clone()), value);
        }
        assert_eq!(told("any", json!(36.8034)), Value::Null);
        assert_eq!(told("any", json!({"deep": [35.8612, 7]})), json!({"deep": [null, 7]}));
    }

    #[test]
    fn columns_that_the_place_was_read_from_and_those_that_are_called_so_are_left_out() {
        for name in ["where", "lat", "Longitude", "MGRS", "the_geom"] {
            assert_eq!(told(name, json!("anything 1")), Value::Null, "{name}");
        }
        assert_eq!(told("name", json!("anything")), json!("anything"));
        assert_eq!(told("position", json!("commander")), json!("commander"));
        for name in ["lat_dms", "Camera GPS", "camera_lon"] {
            assert_eq!(told(name, json!("35 51 40")), Value::Null, "{name}");
        }
        assert_eq!(told("cx", json!(36.912345)), Value::Null, "as exact as only a position is");
        assert_eq!(told("tags", json!({"35.8612,36.8034": "hit", "n": 1})), json!({WITHHELD: null, "n": 1}));
    }
}
