//! Paragraphs broken into lines, each ready to be drawn.
//!
//! Floor 2. Lines are broken in reading order and put in screen order afterwards, one by one; a layout engine that
//! wraps text in screen order would put the end of an Arabic sentence on its first line.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::bidi::{Direction, Paragraph};
use super::runs::{display, paragraphs, push_pieces};

/// One line of a wrapped text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedLine {
    /// What to draw, as from [`display`]; the layout engine must not wrap it again.
    pub text: String,
    /// The direction of the paragraph: align right-to-left lines to the right.
    pub direction: Direction,
}

/// Breaks `text` at spaces, after hyphens and slashes, and inside a word only where the word alone is too wide.
///
/// `measure` gives the width of a piece of display text, in the unit of `max_width`. An empty line stays a line.
pub fn wrap_lines(text: &str, max_width: f32, mut measure: impl FnMut(&str) -> f32) -> Vec<WrappedLine> {
    let mut lines = Vec::new();
    for paragraph_text in paragraphs(text) {
        let paragraph = Paragraph::new(paragraph_text);
        let direction = paragraph.direction();
        for range in break_lines(paragraph_text, max_width, &mut measure) {
            let mut line = String::with_capacity(range.len());
            push_pieces(&paragraph.visual_clusters(range), &mut line);
            lines.push(WrappedLine { text: line, direction });
        }
    }
    lines
}

/// Byte ranges of the lines, without the spaces they were broken at. Leading spaces of a paragraph stay.
fn break_lines(text: &str, max_width: f32, measure: &mut impl FnMut(&str) -> f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut width = 0.0;
    for word in words(text) {
        let gap = &text[line.end..word.start];
        let gap_width = if gap.is_empty() { 0.0 } else { measure(&display(gap)) };
        let word_width = measure(&display(&text[word.clone()]));
        if width + gap_width + word_width <= max_width {
            line.end = word.end;
            width += gap_width + word_width;
            continue;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        (line, width) = (word.clone(), word_width);
        if word_width > max_width {
            (line, width) = break_word(text, word, max_width, measure, &mut lines);
        }
    }
    lines.push(line);
    lines
}

/// Cuts a word that is wider than a line; pushes the full lines and returns the rest with its width.
fn break_word(
    text: &str,
    word: Range<usize>,
    max_width: f32,
    measure: &mut impl FnMut(&str) -> f32,
    lines: &mut Vec<Range<usize>>,
) -> (Range<usize>, f32) {
    let mut line = word.start..word.start;
    let mut width = 0.0;
    for (at, cluster) in text[word.clone()].grapheme_indices(true) {
        let cluster_width = measure(&display(cluster));
        let at = word.start + at;
        if width + cluster_width > max_width && !line.is_empty() {
            lines.push(line);
            line = at..at;
            width = 0.0;
        }
        line.end = at + cluster.len();
        width += cluster_width;
    }
    (line, width)
}

/// Byte ranges between break opportunities, without spaces.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if is_breaking_space(c) {
            words.extend(start.take().map(|start| start..at));
            continue;
        }
        let start_at = *start.get_or_insert(at);
        let next_is_letter = chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if matches!(c, '-' | '/' | '\u{2010}' | '–' | '—' | '&' | '?') && next_is_letter && at > start_at
        {
            words.push(start_at..at + c.len_utf8());
            start = None;
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

fn is_breaking_space(c: char) -> bool {
    (c.is_whitespace() || c == '\u{200B}') && !matches!(c, '\u{00A0}' | '\u{2007}' | '\u{202F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One unit a character.
    fn wrapped(text: &str, max_width: f32) -> Vec<String> {
        let measure = |piece: &str| piece.chars().count() as f32;
        wrap_lines(text, max_width, measure).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_are_broken_at_spaces_and_lose_them() {
        assert_eq!(wrapped("one two  three", 8.0), ["one two", "three"]);
        assert_eq!(wrapped("a \n\n b", 8.0), ["a", "", " b"]);
        assert_eq!(wrapped("", 8.0), [""]);
    }

    #[test]
    fn the_first_line_of_an_arabic_text_has_its_first_words() {
        assert_eq!(wrapped("جسر الشغور في إدلب", 10.0), ["الشغور جسر", "إدلب في"]);
    }

    #[test]
    fn every_line_keeps_the_direction_of_its_paragraph() {
        let lines = wrap_lines("قرب M4 (motorway)", 7.0, |piece| piece.chars().count() as f32);
        assert_eq!(lines[0].text, "M4 قرب");
        assert!(lines.iter().all(|line| line.direction == Direction::RightToLeft));
        assert_eq!(wrapped("قرب M4 (motorway)", 10.0), ["M4 قرب", "(motorway)"]);
    }

    #[test]
    fn a_link_wider_than_the_panel_is_cut_after_a_slash_or_where_it_must() {
        assert_eq!(wrapped("https://example.org/reports/one", 20.0), ["https://example.org/", "reports/one"]);
        assert_eq!(wrapped("abcdefghij", 4.0), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn no_line_is_wider_than_asked_and_no_word_is_lost() {
        let text = "The shelling of جسر الشغور, reported 8 September 2018, hit a well-known street (شارع) near the M4.";
        for max_width in 8..60 {
            let lines = wrapped(text, max_width as f32);
            assert!(lines.iter().all(|line| line.chars().count() <= max_width), "{max_width}: {lines:?}");
            let drawn: usize =
                lines.iter().flat_map(|line| line.chars()).filter(|c| !c.is_whitespace()).count();
            assert_eq!(drawn, text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }
}
