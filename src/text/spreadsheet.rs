//! Texts on their way into a spreadsheet.
//!
//! Floor 2.

use std::borrow::Cow;

/// What begins with one of these is a formula to a spreadsheet.
const FORMULA_SIGNS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The text with an apostrophe before it where a spreadsheet would take it for a formula.
pub fn no_formula(text: &str) -> Cow<'_, str> {
    match text.starts_with(FORMULA_SIGNS) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
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
        for (text, expected) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("+963", "'+963"), ("قصف", "قصف"), ("", "")]
        {
            assert_eq!(no_formula(text), expected);
        }
    }

    #[test]
    fn a_cell_with_a_tab_or_a_line_break_stays_one_cell() {
        let cells = ["a\tb", "say \"x\"", "two\nlines", "", "z"].map(Cow::Borrowed);
        assert_eq!(tab_separated(cells), "\"a\tb\"\t\"say \"\"x\"\"\"\t\"two\nlines\"\t\tz\n");
    }
}
