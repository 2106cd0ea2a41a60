//! The order of the glyphs that egui really draws, against orders written down independently of our code.

use std::path::Path;
use std::sync::Arc;

use eframe::egui::epaint::TextOptions;
use eframe::egui::epaint::text::{FontData, FontDefinitions, Fonts};
use eframe::egui::{Color32, FontFamily, FontId};
use sitmap::text::{display, fonts, visual_order};

/// The fonts as the window and the headless pictures have them: ours, then egui's own for symbols.
fn font_definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::default();
    let symbols = ["Ubuntu-Light", "egui-icons", "Hack"].map(str::to_owned);
    let families =
        [(FontFamily::Proportional, fonts::REGULAR), (FontFamily::Name("semibold".into()), fonts::SEMIBOLD)];
    for (family, files) in families {
        let names = files.iter().map(|file| file.name.to_owned()).chain(symbols.clone());
        definitions.families.insert(family, names.collect());
        for file in files {
            let data = Arc::new(FontData::from_static(file.bytes));
            definitions.font_data.insert(file.name.to_owned(), data);
        }
    }
    definitions
}

struct Pen(Fonts);

impl Pen {
    fn new() -> Self {
        Self(Fonts::new(TextOptions::default(), font_definitions()))
    }

    /// The characters that the glyphs of one line stand for, by their place from left to right.
    fn drawn_order(&mut self, text: &str, family: FontFamily) -> String {
        let font_id = FontId::new(20.0, family);
        let galley =
            self.0.with_pixels_per_point(1.0).layout_no_wrap(text.to_owned(), font_id, Color32::WHITE);
        // Marks, joiners and the second half of a ligature have no width of their own.
        let mut glyphs: Vec<(f32, char)> = galley.rows[0]
            .glyphs
            .iter()
            .filter(|glyph| glyph.advance_width > 0.0)
            .map(|glyph| (glyph.pos.x, glyph.chr))
            .collect();
        glyphs.sort_by(|a, b| a.0.total_cmp(&b.0));
        glyphs.into_iter().map(|(_, chr)| chr).collect()
    }

    fn width(&mut self, text: &str) -> f32 {
        let font_id = FontId::proportional(20.0);
        self.0
            .with_pixels_per_point(1.0)
            .layout_no_wrap(text.to_owned(), font_id, Color32::WHITE)
            .rect
            .width()
    }
}

fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

fn fixture(name: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bidi").join(name);
    let text = std::fs::read_to_string(path).expect("the fixture is in the repository");
    text.lines()
        .map(|line| line.split_once('\t').expect("two columns"))
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect()
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}'
        | '\u{06DF}'..='\u{06E4}' | '\u{06E7}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}')
}

/// What remains of a visual order when marks have no width, and lam is one glyph with alef or alef maqsura.
fn with_width(visual: &str) -> String {
    let bases: Vec<char> = visual.chars().filter(|&c| !is_mark(c)).collect();
    let is_half = |i: usize| "اأإآٱى".contains(bases[i]) && bases.get(i + 1) == Some(&'ل');
    (0..bases.len()).filter(|&i| !is_half(i)).map(|i| bases[i]).collect()
}

fn assert_drawn_as_expected(name: &str, at_least: usize) {
    let mut pen = Pen::new();
    let rows = fixture(name);
    assert!(rows.len() >= at_least);
    for (logical, visual) in rows {
        let ordered = visual_order(&logical).replace(['\u{200C}', '\u{200D}'], "");
        assert_eq!(ordered, visual, "our order of {logical:?}");
        for family in [FontFamily::Proportional, semibold()] {
            let drawn = pen.drawn_order(&display(&logical), family);
            assert_eq!(with_width(&drawn), with_width(&visual), "the drawn order of {logical:?}");
        }
    }
}

#[test]
fn two_hundred_arabic_names_are_drawn_in_the_expected_order() {
    assert_drawn_as_expected("names.tsv", 200);
}

#[test]
fn fifty_mixed_lines_are_drawn_in_the_expected_order() {
    assert_drawn_as_expected("mixed.tsv", 50);
}

#[test]
fn five_hundred_random_lines_are_drawn_in_the_expected_order() {
    assert_drawn_as_expected("random.tsv", 500);
}

/// If this fails, egui has learned to order text itself, and `display` must go.
#[test]
fn egui_alone_swaps_the_words_of_an_arabic_name() {
    assert_eq!(Pen::new().drawn_order("جسر الشغور", FontFamily::Proportional), "رسج روغشلا");
}

#[test]
fn letters_of_a_word_are_joined() {
    let mut pen = Pen::new();
    let apart: f32 = ["ع", "ي", "ن"].map(|letter| pen.width(letter)).iter().sum();
    assert!(pen.width("عين") < 0.85 * apart, "{} of {apart}", pen.width("عين"));
    assert!(pen.width("لا") < pen.width("ل\u{200C}ا"));
    let stranger = pen.width(&display("ب\u{2066}x ب\u{2069}"));
    assert!(stranger > pen.width(&display("بب x")) + 2.0, "letters that only meet on the screen stay apart");
}

#[test]
fn controls_take_no_room() {
    let mut pen = Pen::new();
    for control in "\u{200B}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{FEFF}\u{0007}".chars()
    {
        for line in [format!("{control}جسر M4"), format!("جسر{control} M4"), format!("جسر M4{control}")] {
            let drawn = display(&line).into_owned();
            assert!(!drawn.contains(control), "{control:?}");
            assert!((pen.width(&drawn) - pen.width(&display("جسر M4"))).abs() < 0.01, "{control:?}");
        }
    }
}

/// Every character that the Arabic face draws, alone and beside a comma that has no script, and beside a letter.
#[test]
fn our_list_of_faces_and_scripts_is_that_of_the_fonts() {
    let mut pen = Pen::new();
    let faces = pen.0.with_pixels_per_point(1.0).characters(&FontFamily::Proportional).clone();
    let mut of_arabic_face = 0;
    for (&c, names) in &faces {
        if names[0] != fonts::ARABIC_REGULAR.name {
            assert!(!('\u{0590}'..='\u{08FF}').contains(&c), "{c:?} comes from {names:?}");
            continue;
        }
        of_arabic_face += 1;
        if matches!(c, '\u{0600}'..='\u{0605}' | '\u{06DD}' | '\u{08E2}') {
            continue; // signs that enclose the digits behind them, and so form one cluster with any neighbour
        }
        for line in
            [format!("{c}،"), format!("،{c}"), format!("{c}ر"), format!("ر{c}"), format!("ر{c} M5 {c}،ر")]
        {
            let drawn = pen.drawn_order(&display(&line), FontFamily::Proportional);
            assert!(!drawn.contains('\u{FFFD}'), "{c:?} U+{:04X} has a face", c as u32);
            let has_width = pen.width(&c.to_string()) > 0.0;
            if has_width && !is_mark(c) {
                assert_eq!(
                    with_width(&drawn),
                    with_width(&visual_order(&line)),
                    "U+{:04X} in {line:?}",
                    c as u32
                );
            }
        }
    }
    assert!(of_arabic_face > 1000);
}

/// What is drawn is what we meant, also where marks and joiners come in.
#[test]
fn thousands_of_random_lines_are_drawn_in_our_visual_order() {
    let alphabet: Vec<char> =
        "جسرلابaM519١٢۱۲ \u{00A0}.,:-/%#()[]«»،؟ـ\u{064E}\u{200C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{2066}\u{2067}\u{2068}\u{2069}"
            .chars()
            .collect();
    let mut pen = Pen::new();
    let mut state = 8_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..3000 {
        let line: String = (0..=random(14)).map(|_| alphabet[random(alphabet.len())]).collect();
        let visual = visual_order(&line).replace('\u{200C}', "");
        // A mark without a base is drawn on a dotted circle, which is no character of the line.
        if visual.starts_with(is_mark) || line.contains([' ', '\u{00A0}']) && visual.contains(is_mark) {
            continue;
        }
        let drawn = pen.drawn_order(&display(&line), FontFamily::Proportional);
        assert_eq!(with_width(&drawn), with_width(&visual), "{}", line.escape_unicode());
    }
}
