//! Texts on their way into a spreadsheet.
//!
//! Floor 2.

use std::borrow::Cow;

/// What begins with one of these is a formula to a spreadsheet; some take the wide ones for the others.
const FORMULA_SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The text with an apostrophe before it where a spreadsheet would take it for a formula. A number with a minus is none, nor
/// is a minus alone, as it stands where there is no value.
pub fn no_formula(text: &str) -> Cow<'_, str> {
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_unseen(c));
    let is_formula = seen.starts_with(FORMULA_SIGNS) && seen != "-" && !is_negative_number(seen);
    match is_formula || text.starts_with(['\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// What has no width, such as a byte order mark.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// `-5`, `-1,234.5`: digits with points and commas, and a minus before them.
fn is_negative_number(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    text.strip_prefix('-')
        .is_some_and(|digits| digits.bytes().all(is_part) && digits.starts_with(|c: char| c.is_ascii_digit()))
}

/// Cells of one row with tabs between them, and a line break behind the last. A cell that has a tab, a line break or a
/// quote in it stands in quotes, as spreadsheets paste it.
pub fn tab_separated<'a>(cells: impl IntoIterator<Item = Cow<'a, str>>) -> String {
    let quoted = |cell: Cow<'a, str>| match cell.contains(['\t', '\n', '\r', '"']) {
        true => Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\""))),
        false => cell,
    };
    let cells: Vec<Cow<'a, str>> = cells.into_iter().map(quoted).collect();
    cells.join("\t") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_be_a_formula_is_none() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("+963", "'+963"),
            ("-5+2", "'-5+2"),
            ("-", "-"),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("\u{FEFF}=1", "'\u{FEFF}=1"),
            ("\n=1", "'\n=1"),
            ("-5", "-5"),
            ("-1,234.5", "-1,234.5"),
            ("قصف", "قصف"),
            ("", ""),
        ] {
            assert_eq!(no_formula(text), expected);
        }
    }

    #[test]
    fn a_cell_with_a_tab_or_a_line_break_stays_one_cell() {
        let cells = ["a\tb", "say \"x\"", "two\nlines", "", "z"].map(Cow::Borrowed);
        assert_eq!(tab_separated(cells), "\"a\tb\"\t\"say \"\"x\"\"\"\t\"two\nlines\"\t\tz\n");
    }
}
