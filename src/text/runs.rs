//! From the order on the screen to a string that a layout engine without bidi draws in that order.
//!
//! Floor 2.
//!
//! epaint 0.37 lays out the clusters of a line as they come. It cuts the line where the face changes, so at every
//! space between two Arabic words, and shapes each piece in the direction of the first letter with a script: an
//! Arabic piece is drawn from right to left, all else from left to right. So the pieces go from left to right as on
//! the screen, and inside an Arabic piece the clusters go from right to left, which for letters is reading order
//! and keeps them joined. Digits of the Arabic face take part in that, though they read from left to right.

use std::borrow::Cow;

use super::bidi::{Cluster, Paragraph, is_paragraph_break};
use super::faces::{is_arabic_face, is_never_drawn, is_right_to_left_block, turns_piece_right_to_left};

/// Text as it must be given to epaint to stand in the right order on the screen.
///
/// For one line, or for several that are broken with `\n` already; the engine must not wrap it again. What steers
/// the order is obeyed and dropped; letters of right-to-left scripts that no bundled face has become U+FFFD. Text
/// without any of this comes back borrowed.
pub fn display(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_right_to_left_block(c) || is_never_drawn(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for (i, line) in paragraphs(text).enumerate() {
        if i > 0 {
            out.push('\n');
        }
        push_pieces(&Paragraph::new(line).visual_clusters(0..line.len()), &mut out);
    }
    Cow::Owned(out)
}

/// The paragraphs of a text, whatever breaks them; CR LF breaks once.
pub fn paragraphs(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|part| part.strip_suffix('\r').unwrap_or(part).split(is_paragraph_break))
}

/// Appends a line, given from left to right, piece by piece.
pub fn push_pieces(visual: &[Cluster<'_>], out: &mut String) {
    for piece in visual.chunk_by(|a, b| is_arabic_face(a.base()) == is_arabic_face(b.base())) {
        if !is_arabic_face(piece[0].base()) {
            piece.iter().for_each(|cluster| push_other(cluster, out));
        } else if piece.iter().any(|cluster| cluster.text.chars().any(turns_piece_right_to_left)) {
            push_right_to_left(piece, out);
        } else {
            piece.iter().for_each(|cluster| cluster.push_mirrored(out));
        }
    }
}

fn push_right_to_left(piece: &[Cluster<'_>], out: &mut String) {
    let mut before: Option<&Cluster<'_>> = None;
    for cluster in piece.iter().rev() {
        let meets_stranger = before.is_some_and(|before| {
            before.right_to_left && cluster.right_to_left && cluster.reading_index != before.reading_index + 1
        });
        if meets_stranger {
            out.push('\u{200C}'); // neighbours on the screen only: they must not join
        }
        cluster.push_mirrored(out);
        before = Some(cluster);
    }
}

/// A cluster of any other face. One mark with a right-to-left script would turn the whole piece round, and this face
/// could not draw it anyway.
fn push_other(cluster: &Cluster<'_>, out: &mut String) {
    if is_right_to_left_block(cluster.base()) {
        out.push('\u{FFFD}');
    } else if cluster.text.chars().any(is_right_to_left_block) {
        let mut whole = String::with_capacity(cluster.text.len());
        cluster.push_mirrored(&mut whole);
        out.extend(whole.chars().filter(|&c| !is_right_to_left_block(c)));
    } else {
        cluster.push_mirrored(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_without_arabic_is_not_copied() {
        assert!(matches!(display("Jisr al-Shughur, 5 km – “M4”"), Cow::Borrowed(_)));
    }

    #[test]
    fn words_change_places_and_keep_their_letters_in_reading_order() {
        assert_eq!(display("جسر الشغور"), "الشغور جسر");
    }

    #[test]
    fn digits_of_the_arabic_face_are_turned_because_the_shaper_turns_them_back() {
        assert_eq!(display("شارع١٢"), "شارع٢١");
        assert_eq!(display("۱۲۳"), "۳۲۱");
    }

    #[test]
    fn neighbours_on_the_screen_only_do_not_join() {
        // On the screen ج stands beside ت and ث beside ب, though none is read next to the other.
        assert_eq!(display("ب\u{2066}ت x ث\u{2069}ج"), "ت\u{200C}ج x ب\u{200C}ث");
    }

    #[test]
    fn each_line_is_ordered_for_itself() {
        assert_eq!(display("جسر الشغور\r\nM4"), "الشغور جسر\nM4");
    }

    #[test]
    fn letters_without_a_face_are_marked_and_turn_nothing_round() {
        assert_eq!(display("שלום abc"), "abc \u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}");
    }
}
