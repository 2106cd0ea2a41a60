//! The `coordinates` of a geometry: lists of lists of numbers, flat, before anybody knows which type they belong to.
//!
//! Floor 2. `coordinates` may stand before `type`; so they are read by their brackets alone, once, and judged later.

use super::fault::{Fault, kind_of_value};
use super::json_scanner::Scanner;
use super::limits::MAX_VERTICES;

/// Brackets around the numbers of one position, at most: those of a MultiPolygon.
const MAX_LEVELS: usize = 4;

/// What the brackets held. Kept and reused from geometry to geometry.
#[derive(Debug, Default)]
pub(super) struct Coordinates {
    /// The first two numbers of each position.
    pub positions: Vec<[f64; 2]>,
    /// Where each list of positions ends in `positions`.
    pub list_ends: Vec<usize>,
    /// Where each list of such lists ends in `list_ends`.
    pub group_ends: Vec<usize>,
    /// How many brackets stand around a number: 1 in a Point, 4 in a MultiPolygon; 0 where there are no numbers.
    pub levels: usize,
    /// Where the coordinates begin in the source.
    pub offset: usize,
    /// How many positions are held already, of which with these there must not be too many.
    pub taken: usize,
}

impl Coordinates {
    /// Reads the value at the scanner.
    pub fn read(&mut self, scanner: &mut Scanner<'_>) -> Result<(), Fault> {
        self.clear();
        let first = scanner.peek();
        self.offset = scanner.pos();
        if first != Some(b'[') {
            scanner.skip_value()?;
            let message = format!("the coordinates are {}; they must be a list", kind_of_value(first));
            return Err(Fault::rule(self.offset, message));
        }
        self.levels = levels_around_first_number(scanner);
        match self.levels {
            0 => Ok(scanner.skip_value()?),
            1..=MAX_LEVELS => self.read_level(scanner, self.levels),
            _ => Err(Fault::rule(self.offset, "the coordinates have too many levels of brackets")),
        }
    }

    /// Forgets what was read.
    pub fn clear(&mut self) {
        self.positions.clear();
        self.list_ends.clear();
        self.group_ends.clear();
        (self.levels, self.offset) = (0, 0);
    }

    /// Where in the source the position of this number begins: for complaints only, so it is looked up again.
    pub fn offset_of_position(&self, bytes: &[u8], index: usize) -> usize {
        let mut open = 0;
        let mut seen = 0;
        for (at, &byte) in bytes.iter().enumerate().skip(self.offset) {
            match byte {
                b'[' => {
                    open += 1;
                    if open == self.levels {
                        if seen == index {
                            return at;
                        }
                        seen += 1;
                    }
                }
                b']' => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
        self.offset
    }

    /// Reads a bracket with `levels` levels in it, its own included.
    fn read_level(&mut self, scanner: &mut Scanner<'_>, levels: usize) -> Result<(), Fault> {
        if scanner.peek() != Some(b'[') {
            return Err(wrong_value(scanner, "a list of numbers"));
        }
        if levels == 1 {
            return self.read_position(scanner);
        }
        scanner.open()?;
        let mut first = true;
        while scanner.next_element(&mut first)? {
            self.read_level(scanner, levels - 1)?;
        }
        match levels {
            2 => self.list_ends.push(self.positions.len()),
            3 => self.group_ends.push(self.list_ends.len()),
            _ => {}
        }
        Ok(())
    }

    fn read_position(&mut self, scanner: &mut Scanner<'_>) -> Result<(), Fault> {
        let start = scanner.pos();
        scanner.open()?;
        let mut first = true;
        let mut position = [0.0; 2];
        let mut count = 0;
        while scanner.next_element(&mut first)? {
            match scanner.peek() {
                Some(b'-' | b'0'..=b'9') => {
                    let at = scanner.pos();
                    let number = scanner.number()?;
                    if let Some(place) = position.get_mut(count) {
                        if !number.value.is_finite() {
                            return Err(Fault::rule(
                                at,
                                format!("the coordinate {} is too large", number.written()),
                            ));
                        }
                        *place = number.value;
                    }
                }
                // An altitude may be unknown; a longitude may not.
                Some(b'n') if count >= 2 => scanner.skip_value()?,
                _ => return Err(wrong_value(scanner, "a number")),
            }
            count += 1;
        }
        if count < 2 {
            let message =
                format!("a position has {count} number{}; it needs longitude and latitude", plural(count));
            return Err(Fault::rule(start, message));
        }
        // A ring may need one more to be closed.
        if self.taken + self.positions.len() + self.list_ends.len() >= MAX_VERTICES {
            let message = format!("with this feature the layer has more than {MAX_VERTICES} vertices");
            return Err(Fault::rule(start, message));
        }
        self.positions.push(position);
        Ok(())
    }
}

/// The ending of a noun after a count.
pub(super) fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// The brackets that are open before the first thing that is neither bracket, comma nor white space; 0 where the
/// brackets close before anything comes.
fn levels_around_first_number(scanner: &Scanner<'_>) -> usize {
    let mut open = 0;
    for byte in &scanner.bytes()[scanner.pos()..] {
        match byte {
            b'[' => open += 1,
            b']' if open == 1 => return 0,
            b']' => open -= 1,
            b',' | b' ' | b'\n' | b'\r' | b'\t' => {}
            _ => return open,
        }
    }
    0
}

/// The complaint on a value that is not `wanted`; a syntax error where it is no value at all.
fn wrong_value(scanner: &mut Scanner<'_>, wanted: &str) -> Fault {
    let first = scanner.peek();
    let at = scanner.pos();
    if let Err(error) = scanner.skip_value() {
        return error.into();
    }
    let found = kind_of_value(first);
    let remedy = match first {
        Some(b'"') if wanted == "a number" => "; write it without quotes",
        Some(b'[') => "; the brackets of the coordinates are nested unevenly",
        _ => "",
    };
    Fault::rule(at, format!("{found} stands in the coordinates where {wanted} is needed{remedy}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Coordinates, Fault> {
        let mut coordinates = Coordinates::default();
        coordinates.read(&mut Scanner::new(text.as_bytes(), 0)).map(|()| coordinates)
    }

    #[test]
    fn brackets_become_flat_lists() {
        let read = read("[[[[1,2,99],[3,4]],[[5,6]]],[[[7,8]]]]").unwrap();
        assert_eq!((read.levels, read.positions.len()), (4, 4));
        assert_eq!((read.list_ends, read.group_ends), (vec![2, 3, 4], vec![2, 3]));
    }

    #[test]
    fn empty_brackets_have_no_levels_and_an_empty_list_among_full_ones_is_seen() {
        assert_eq!(read("[]").unwrap().levels, 0);
        assert_eq!(read("[[ ], []]").unwrap().levels, 0);
        assert_eq!(read("[[], [[1,2]]]").unwrap().list_ends, [0, 1]);
    }

    #[test]
    fn a_complaint_knows_its_byte() {
        let fault = read(r#"[[1,2],[3,"4"]]"#).unwrap_err();
        assert_eq!(fault.offset(), 10);
        assert!(fault.message(b"").contains("without quotes"), "{fault:?}");
        assert_eq!(read("[[1,2],[3]]").unwrap_err().offset(), 7);
        assert_eq!(read("[1e999,2]").unwrap_err().offset(), 1);
        let text = "[[1,2], [3,4], [5,6]]";
        assert_eq!(read(text).unwrap().offset_of_position(text.as_bytes(), 2), 15);
    }

    #[test]
    fn a_feature_with_too_many_positions_is_refused_before_they_fill_the_memory() {
        let mut coordinates = Coordinates { taken: MAX_VERTICES - 2, ..Coordinates::default() };
        assert!(coordinates.read(&mut Scanner::new(b"[[1,2],[3,4]]", 0)).is_ok());
        let fault = coordinates.read(&mut Scanner::new(b"[[1,2],[3,4],[5,6]]", 0)).unwrap_err();
        assert!(fault.offset() == 13 && fault.message(b"").contains("4294967294 vertices"), "{fault:?}");
    }

    #[test]
    fn uneven_nesting_is_refused() {
        assert!(read("[[1,2],[[3,4]]]").is_err());
        assert!(read("[[[1,2]],[3,4]]").is_err());
        assert!(read("[[[[[1,2]]]]]").is_err());
        assert!(matches!(read("[1,2"), Err(Fault::Syntax(_))));
    }
}
