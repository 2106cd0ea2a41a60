//! The Unicode bidirectional algorithm over one line: from reading order to the order on the screen.
//!
//! Floor 2. Knows nothing of fonts; `runs` makes of this what a layout engine draws right.

use std::ops::Range;

use unicode_bidi::BidiClass::{BN, FSI, LRE, LRI, LRO, PDF, PDI, RLE, RLI, RLO, S, WS};
use unicode_bidi::{BidiInfo, Level, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

use super::faces::is_never_drawn;

/// The way a paragraph reads; also the side it is aligned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Latin and most scripts; also text without any letter.
    LeftToRight,
    /// Arabic and its relatives.
    RightToLeft,
}

/// The direction of the first strong letter outside isolates (UAX #9, P2 and P3).
pub fn base_direction(text: &str) -> Direction {
    match unicode_bidi::get_base_direction(text) {
        unicode_bidi::Direction::Rtl => Direction::RightToLeft,
        unicode_bidi::Direction::Ltr | unicode_bidi::Direction::Mixed => Direction::LeftToRight,
    }
}

/// `text` from a file, safe to stand inside a line of ours: it cannot reorder what is around it.
///
/// Wrapped in a first-strong isolate, its own isolates balanced, its line breaks made spaces. Give the whole line
/// to [`display`](super::display) or [`wrap_lines`](super::wrap_lines) afterwards; nothing of this is drawn.
pub fn isolate(text: &str) -> String {
    let mut isolated = String::with_capacity(text.len() + 6);
    let mut open = 0_usize;
    isolated.push('\u{2068}');
    for c in text.chars() {
        match c {
            '\u{2066}'..='\u{2068}' => open += 1,
            '\u{2069}' if open == 0 => continue,
            '\u{2069}' => open -= 1,
            _ => {}
        }
        isolated.push(if is_paragraph_break(c) { ' ' } else { c });
    }
    isolated.extend(std::iter::repeat_n('\u{2069}', open + 1));
    isolated
}

/// A text without the invisible marks that [`isolate`] puts around parts of it: for names, the clipboard and other
/// programs.
pub fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect()
}

/// The characters of one line as they stand on the screen from left to right, brackets mirrored, controls gone.
///
/// Marks and joiners follow their base, as everywhere. For drawing use [`display`](super::display) instead.
pub fn visual_order(line: &str) -> String {
    let paragraph = Paragraph::new(line);
    let mut visual = String::with_capacity(line.len());
    for cluster in paragraph.visual_clusters(0..line.len()) {
        cluster.push_mirrored(&mut visual);
    }
    visual
}

/// True for what ends a paragraph or a line in a file.
pub fn is_paragraph_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{0085}' | '\u{001C}'..='\u{001E}' | '\u{2028}' | '\u{2029}')
}

/// What a reader takes for one character, with its place in the order.
#[derive(Clone, Copy, Debug)]
pub struct Cluster<'t> {
    /// Base and combining marks.
    pub text: &'t str,
    /// The place among the drawn clusters of the line, in reading order.
    pub reading_index: usize,
    /// True where the embedding level is odd.
    pub right_to_left: bool,
    level: u8,
}

impl<'t> Cluster<'t> {
    fn new(text: &'t str, reading_index: usize, level: Level) -> Self {
        Self { text, reading_index, right_to_left: level.is_rtl(), level: level.number() }
    }

    /// The base character, which decides the face: the first that is drawn. What is never drawn, or a joiner, can stand before
    /// a mark.
    pub fn base(&self) -> char {
        let first = self.text.chars().next().unwrap_or('\u{FFFD}');
        let is_seen = |c: &char| !is_never_drawn(*c) && !is_removed_before_ordering(*c);
        self.text.chars().find(is_seen).unwrap_or(first)
    }

    /// Appends the cluster, its base mirrored where that is read from right to left; marks that nobody sees are left out.
    pub fn push_mirrored(&self, out: &mut String) {
        let mut chars = self.text.chars().filter(|&c| !is_never_drawn(c));
        if let Some(base) = chars.next() {
            out.push(if self.right_to_left { mirrored(base) } else { base });
        }
        out.extend(chars);
    }
}

/// One paragraph with its levels resolved; lines of it are ordered afterwards, each for itself.
pub struct Paragraph<'t> {
    text: &'t str,
    levels: Vec<Level>,
    base: Level,
}

impl<'t> Paragraph<'t> {
    /// `text` without a paragraph break.
    pub fn new(text: &'t str) -> Self {
        // An override could make a figure or a link read as another one. It becomes a plain embedding of the
        // same direction, which is as long in UTF-8, so that offsets stay.
        let tamed = text.replace('\u{202D}', "\u{202A}").replace('\u{202E}', "\u{202B}");
        let info = BidiInfo::new(&tamed, None);
        let base = info.paragraphs.first().map_or_else(Level::ltr, |paragraph| paragraph.level);
        Self { text, levels: info.levels, base }
    }

    /// The way the whole paragraph reads.
    pub fn direction(&self) -> Direction {
        if self.base.is_rtl() { Direction::RightToLeft } else { Direction::LeftToRight }
    }

    /// The drawn clusters of one line, from left to right.
    pub fn visual_clusters(&self, line: Range<usize>) -> Vec<Cluster<'t>> {
        let mut clusters = Vec::new();
        let mut drawn = 0;
        for (at, text) in self.text[line.clone()].grapheme_indices(true) {
            let cluster = Cluster::new(text, drawn, self.levels[line.start + at]);
            if !is_removed_before_ordering(cluster.base()) {
                drawn += usize::from(!is_never_drawn(cluster.base()));
                clusters.push(cluster);
            }
        }
        self.reset_hanging_spaces(&mut clusters);
        reverse_by_level(&mut clusters);
        // Isolates and marks of direction go only now: at their own level they keep their neighbours apart.
        clusters.retain(|cluster| !is_never_drawn(cluster.base()));
        clusters
    }

    /// UAX #9, L1: tabs, and spaces before a tab or the end of the line, stand where the paragraph puts them.
    fn reset_hanging_spaces(&self, clusters: &mut [Cluster<'_>]) {
        let mut hanging = true;
        for cluster in clusters.iter_mut().rev() {
            let class = bidi_class(cluster.base());
            hanging = class == S || (hanging && matches!(class, WS | FSI | LRI | RLI | PDI));
            if hanging {
                *cluster = Cluster::new(cluster.text, cluster.reading_index, self.base);
            }
        }
    }
}

/// UAX #9, L2: from the highest level down to the lowest odd one, reverse each stretch at or above it.
fn reverse_by_level(clusters: &mut [Cluster<'_>]) {
    let highest = clusters.iter().map(|cluster| cluster.level).max().unwrap_or(0);
    let lowest_odd = clusters.iter().map(|cluster| cluster.level | 1).min().unwrap_or(1);
    for level in (lowest_odd..=highest).rev() {
        for stretch in clusters.chunk_by_mut(|a, b| (a.level >= level) == (b.level >= level)) {
            if stretch[0].level >= level {
                stretch.reverse();
            }
        }
    }
}

/// UAX #9, X9. Joiners have a level of their own only where there is no letter before them.
fn is_removed_before_ordering(c: char) -> bool {
    matches!(bidi_class(c), BN | LRE | RLE | LRO | RLO | PDF)
}

/// The mirror image of a bracket or quotation mark; any other character is its own.
fn mirrored(c: char) -> char {
    const PAIRS: &str = "()<>[]{}«»‹›≤≥≪≫⁅⁆⁽⁾₍₎⟦⟧⟨⟩⟪⟫〈〉《》「」『』【】〔〕⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡⸢⸣⸤⸥⸦⸧⸨⸩";
    let Some(at) = PAIRS.chars().position(|paired| paired == c) else { return c };
    PAIRS.chars().nth(at ^ 1).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_strong_letter_decides_the_direction() {
        assert_eq!(base_direction("12 جسر Bridge"), Direction::RightToLeft);
        assert_eq!(base_direction("M5 قرب"), Direction::LeftToRight);
        assert_eq!(base_direction("35.48, 36.54"), Direction::LeftToRight);
        assert_eq!(base_direction("\u{2067}جسر\u{2069} bridge"), Direction::LeftToRight);
    }

    #[test]
    fn an_override_in_a_file_does_not_reverse_a_name() {
        assert_eq!(visual_order("safe\u{202E}gnp.exe"), "safegnp.exe");
    }

    #[test]
    fn controls_are_honoured_and_not_drawn() {
        assert_eq!(visual_order("جسر\u{200F}!"), "!رسج");
        assert_eq!(visual_order("a\u{2067}b!\u{2069}c"), "a!bc");
        assert_eq!(visual_order("\u{FEFF}a\u{200E}b\u{0007}\u{2068}\u{061C}"), "ab");
        assert_eq!(visual_order("a\u{E0041}\u{301}"), "a\u{301}", "nor where they hang on a letter");
        assert_eq!(visual_order("\u{2069}\u{E0041}\u{733}"), "\u{733}", "and a mark behind them stays");
        assert_eq!(visual_order("1\u{202E}\u{200D}\u{64B}"), "1\u{200D}\u{64B}", "and one behind a joiner");
        assert_eq!(visual_order("1\u{202E}\u{200D}"), "1");
    }

    #[test]
    fn isolated_text_keeps_its_hands_off_the_rest_of_the_line() {
        let line = |name: &str| visual_order(&format!("near {}, 5 km", isolate(name)));
        assert_eq!(line("جسر"), "near رسج, 5 km");
        assert_eq!(line("\u{202B}\u{2067}جسر"), "near رسج, 5 km");
        assert_eq!(line("\u{2069}\u{2069}جسر\n"), "near رسج , 5 km".replace("رسج ", " رسج"));
    }

    #[test]
    fn an_isolate_keeps_numbers_on_its_two_sides_apart() {
        // Without the isolate as a wall between them, all three digits would be reversed as one stretch.
        assert_eq!(visual_order("ل١\u{2067}س٢\u{2069}"), "٢س١ل");
        assert_eq!(visual_order("جسر \u{2068}5\u{2069}\u{2068}6\u{2069}"), "65 رسج");
    }

    #[test]
    fn marks_stay_behind_their_base() {
        assert_eq!(visual_order("مَدّ"), "دّمَ");
    }

    #[test]
    fn every_paired_character_mirrors_there_and_back() {
        assert_eq!(mirrored('('), ')');
        assert_eq!(mirrored('»'), '«');
        assert_eq!(mirrored(mirrored('⟪')), '⟪');
        assert_eq!(mirrored('x'), 'x');
    }
}
