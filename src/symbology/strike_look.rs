//! The symbols of reported strikes: shape by weapon, size by deaths, ring by grade.
//!
//! Floor 2.

use super::interner::Interner;
use super::look::{plain_ink, point};
use super::palette::{Ink, Palette};
use super::{Fill, Hatch, LayerSymbols, Marker, MarkerShape, Rgba, Ring, Stroke, Symbol, Theme, palette};
use crate::situation::{Column, FeatureRow, FeatureStore, WeaponClass};

/// What a row of the strikes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum StrikeClass {
    Strike,
    AreaSummary,
    Claim,
    Context,
}

/// Weapons that share a symbol; in the order of the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum WeaponGroup {
    AirStrike,
    BarrelBomb,
    Shelling,
    RocketOrMissile,
    Cluster,
    Several,
    NotStated,
}

/// Reported deaths by the lowest figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum DeathBand {
    NoneOrUnknown,
    UpToFour,
    UpToNine,
    TenOrMore,
}

/// How well a strike is attested, as far as its ring shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum GradeBand {
    ConfirmedOrFair,
    Weak,
    Contested,
    NotGraded,
}

/// All that decides the symbol of one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct StrikeTraits {
    pub(super) class: StrikeClass,
    pub(super) weapon: WeaponGroup,
    pub(super) deaths: DeathBand,
    /// Some figure of deaths is given, be it 0.
    pub(super) deaths_reported: bool,
    pub(super) grade: GradeBand,
}

/// The columns that decide the symbols, looked up once.
pub(super) struct StrikeColumns<'a> {
    class: Option<&'a Column>,
    weapon: Option<&'a Column>,
    killed_low: Option<&'a Column>,
    killed_high: Option<&'a Column>,
    grade: Option<&'a Column>,
}

impl<'a> StrikeColumns<'a> {
    pub(super) fn of(features: &'a FeatureStore) -> Self {
        Self {
            class: features.column("class"),
            weapon: features.column("weapon"),
            killed_low: features.column("killed_low"),
            killed_high: features.column("killed_high"),
            grade: features.column("grade"),
        }
    }

    pub(super) fn traits(&self, row: FeatureRow) -> StrikeTraits {
        let word =
            |column: Option<&'a Column>| column.and_then(|column| column.word(row)).unwrap_or_default();
        let number = |column: Option<&'a Column>| column.and_then(|column| column.number(row));
        let killed_low = number(self.killed_low);
        StrikeTraits {
            class: StrikeClass::parse(word(self.class)),
            weapon: WeaponGroup::parse(word(self.weapon)),
            deaths: DeathBand::of(killed_low),
            deaths_reported: killed_low.or(number(self.killed_high)).is_some(),
            grade: GradeBand::parse(word(self.grade)),
        }
    }
}

/// The colour of a weapon by its word in the data, as on the map; `None` for a word that is no class of weapons.
pub fn weapon_color(word: &str, theme: Theme) -> Option<Rgba> {
    word.parse::<WeaponClass>().ok()?;
    let group = WeaponGroup::parse(word);
    let fill = group.ink(palette(theme)).fill;
    // They share the ink of air strikes and differ by shape, which a bar does not have.
    Some(if group == WeaponGroup::Several { fill.faded(0.5) } else { fill })
}

/// The words of the legend for a weapon by its word in the data: those that share a sign on the map share them, too.
pub fn weapon_sign(word: &str) -> Option<&'static str> {
    word.parse::<WeaponClass>().ok()?;
    Some(WeaponGroup::parse(word).label())
}

/// The symbol of each strike, area summary, claim and context.
pub(super) fn strike_symbols(features: &FeatureStore, palette: &Palette) -> LayerSymbols {
    let columns = StrikeColumns::of(features);
    let mut interner = Interner::with_rows(features.len());
    for row in 0..features.len() {
        let traits = columns.traits(row);
        interner.push_row(traits, || traits.symbol(palette));
    }
    interner.finish()
}

impl StrikeTraits {
    fn symbol(self, p: &Palette) -> Symbol {
        match self.class {
            StrikeClass::Strike => self.strike_symbol(p),
            StrikeClass::AreaSummary => summary_symbol(self.weapon.ink(p).outline),
            StrikeClass::Claim => hollow(point(MarkerShape::Square, 9.0, plain_ink(p.neutral), p), p),
            StrikeClass::Context => point(MarkerShape::Star, 10.0, plain_ink(p.neutral), p),
        }
    }

    fn strike_symbol(self, p: &Palette) -> Symbol {
        let solid = point(self.weapon.shape(), self.deaths.size_points(), self.weapon.ink(p), p);
        // A filled grey circle would pass for shelling at a glance, so "not stated" stays hollow always.
        let filled = self.deaths_reported && self.weapon != WeaponGroup::NotStated;
        let symbol = if filled { solid } else { hollow_with(solid, self.weapon.ink(p).outline, p) };
        let marker = symbol.marker.map(|marker| Marker { ring: self.grade.ring(), ..marker });
        Symbol { marker, ..symbol }
    }
}

/// Hatched, so that the map below stays readable and nobody takes it for an area that somebody holds. Faint: the extents
/// of several reports lie over one another, and their lines coincide.
fn summary_symbol(color: Rgba) -> Symbol {
    let hatch = Some(Hatch { spacing_points: 7.0, width_points: 1.2 });
    let edge = Stroke { color: color.faded(0.6), width_points: 0.8, dash: Some([3.0, 3.0]) };
    Symbol { fill: Some(Fill { color: color.faded(0.13), hatch }), strokes: vec![edge], marker: None }
}

fn hollow(symbol: Symbol, p: &Palette) -> Symbol {
    let color = symbol.marker.map_or(p.neutral, |marker| marker.color);
    hollow_with(symbol, color, p)
}

fn hollow_with(symbol: Symbol, color: Rgba, p: &Palette) -> Symbol {
    let marker = symbol.marker.map(|marker| Marker { color, filled: false, edge: p.land, ..marker });
    Symbol { marker, ..symbol }
}

/// The swatch of the legend for what is not a strike.
pub(super) fn class_swatch(class: StrikeClass, p: &Palette) -> Symbol {
    let (deaths, grade) = (DeathBand::NoneOrUnknown, GradeBand::NotGraded);
    // Extents take the colour of their weapons; their hatch, not the colour, is what the legend explains.
    StrikeTraits { class, weapon: WeaponGroup::Several, deaths, deaths_reported: false, grade }.symbol(p)
}

impl StrikeClass {
    /// The words of the legend; `None` for strikes, which are explained by weapon.
    pub(super) const fn label(self) -> Option<&'static str> {
        match self {
            Self::Strike => None,
            Self::AreaSummary => Some("Extent of an area report, assumed"),
            Self::Claim => Some("Claim about several places"),
            Self::Context => Some("Other event, for context"),
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "area_summary" => Self::AreaSummary,
            "claim" => Self::Claim,
            "context" => Self::Context,
            _ => Self::Strike,
        }
    }
}

impl WeaponGroup {
    fn parse(word: &str) -> Self {
        match word {
            "air_strike" => Self::AirStrike,
            "barrel_bomb" => Self::BarrelBomb,
            "artillery" | "ground_shelling" => Self::Shelling,
            "rocket" | "missile" => Self::RocketOrMissile,
            "cluster" => Self::Cluster,
            "mixed" => Self::Several,
            _ => Self::NotStated,
        }
    }

    const fn shape(self) -> MarkerShape {
        match self {
            Self::AirStrike => MarkerShape::TriangleDown,
            Self::BarrelBomb => MarkerShape::Diamond,
            Self::Shelling | Self::NotStated => MarkerShape::Circle,
            Self::RocketOrMissile => MarkerShape::TriangleUp,
            Self::Cluster => MarkerShape::Asterisk,
            Self::Several => MarkerShape::Hexagon,
        }
    }

    fn ink(self, p: &Palette) -> Ink {
        match self {
            Self::AirStrike | Self::Several => p.air_strike,
            Self::BarrelBomb => p.barrel_bomb,
            Self::Shelling => p.shelling,
            Self::RocketOrMissile => p.rocket,
            Self::Cluster => p.cluster,
            Self::NotStated => plain_ink(p.neutral),
        }
    }

    /// The words of the legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::AirStrike => "Air strike",
            Self::BarrelBomb => "Barrel bombs",
            Self::Shelling => "Artillery or ground shelling",
            Self::RocketOrMissile => "Rockets or missiles",
            Self::Cluster => "Cluster munitions",
            Self::Several => "Several weapons",
            Self::NotStated => "Weapon not stated",
        }
    }

    /// The swatch of the legend: the weapon alone, without deaths or grade.
    pub(super) fn swatch(self, p: &Palette) -> Symbol {
        StrikeTraits {
            class: StrikeClass::Strike,
            weapon: self,
            deaths: DeathBand::UpToFour,
            deaths_reported: true,
            grade: GradeBand::NotGraded,
        }
        .symbol(p)
    }
}

impl DeathBand {
    /// The band of the lowest figure; `None` is unknown.
    fn of(killed_low: Option<f64>) -> Self {
        match killed_low.unwrap_or(0.0) {
            ten if ten >= 10.0 => Self::TenOrMore,
            five if five >= 5.0 => Self::UpToNine,
            one if one >= 1.0 => Self::UpToFour,
            _ => Self::NoneOrUnknown,
        }
    }

    /// Height of the marker in points.
    pub(super) const fn size_points(self) -> f32 {
        match self {
            Self::NoneOrUnknown => 9.0,
            Self::UpToFour => 12.0,
            Self::UpToNine => 15.0,
            Self::TenOrMore => 19.0,
        }
    }

    /// The words of the legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::NoneOrUnknown => "None or unknown",
            Self::UpToFour => "1–4",
            Self::UpToNine => "5–9",
            Self::TenOrMore => "10 or more",
        }
    }
}

impl GradeBand {
    /// A discounted report gets no ring, as one that nobody has graded.
    fn parse(word: &str) -> Self {
        match word {
            "confirmed" | "fair" => Self::ConfirmedOrFair,
            "weak" => Self::Weak,
            "contested" => Self::Contested,
            _ => Self::NotGraded,
        }
    }

    /// The ring around the marker.
    pub(super) const fn ring(self) -> Ring {
        match self {
            Self::ConfirmedOrFair => Ring::Solid,
            Self::Weak => Ring::Dashed,
            Self::Contested => Ring::Double,
            Self::NotGraded => Ring::None,
        }
    }

    /// The words of the legend.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::ConfirmedOrFair => "Confirmed or fair",
            Self::Weak => "Weak",
            Self::Contested => "Contested",
            Self::NotGraded => "Not graded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{numbers, store, words};
    use super::super::{Theme, palette};
    use super::*;
    use crate::situation::GeometryKind::Point;

    fn marker(weapon: &str, killed_low: f64, killed_high: f64, grade: &str) -> Marker {
        let columns = vec![
            words("class", &["strike"]),
            words("weapon", &[weapon]),
            numbers("killed_low", &[killed_low]),
            numbers("killed_high", &[killed_high]),
            words("grade", &[grade]),
        ];
        let symbols = strike_symbols(&store(&[Point], columns), palette(Theme::Light));
        symbols.symbols[0].marker.unwrap()
    }

    const UNKNOWN: f64 = f64::NAN;

    #[test]
    fn the_weapon_gives_the_shape() {
        let shape = |weapon| marker(weapon, 1.0, 1.0, "none").shape;
        assert_eq!(shape("air_strike"), MarkerShape::TriangleDown);
        assert_eq!(shape("barrel_bomb"), MarkerShape::Diamond);
        assert_eq!([shape("artillery"), shape("ground_shelling")], [MarkerShape::Circle; 2]);
        assert_eq!([shape("rocket"), shape("missile")], [MarkerShape::TriangleUp; 2]);
        assert_eq!(shape("cluster"), MarkerShape::Asterisk);
        assert_eq!(shape("mixed"), MarkerShape::Hexagon);
    }

    #[test]
    fn the_lowest_figure_of_deaths_gives_the_size() {
        let sizes = [UNKNOWN, 0.0, 1.0, 4.0, 5.0, 9.0, 10.0, 53.0]
            .map(|low| marker("rocket", low, 60.0, "").size_points);
        assert_eq!(sizes, [9.0, 9.0, 12.0, 12.0, 15.0, 15.0, 19.0, 19.0]);
    }

    #[test]
    fn unknown_deaths_are_hollow_and_reported_none_is_filled() {
        assert!(!marker("air_strike", UNKNOWN, UNKNOWN, "").filled);
        assert!(marker("air_strike", 0.0, 0.0, "").filled);
        assert!(marker("air_strike", UNKNOWN, 2.0, "").filled);
    }

    #[test]
    fn a_weapon_that_nobody_states_is_a_hollow_grey_circle_whatever_is_reported() {
        for weapon in ["unknown", "", "laser"] {
            let marker = marker(weapon, 4.0, 4.0, "");
            assert_eq!((marker.shape, marker.filled), (MarkerShape::Circle, false));
            assert_eq!(marker.color, palette(Theme::Light).neutral);
        }
    }

    #[test]
    fn the_grade_gives_the_ring() {
        let rings = ["confirmed", "fair", "weak", "contested", "discounted", "none", ""]
            .map(|grade| marker("air_strike", 1.0, 1.0, grade).ring);
        let solid = Ring::Solid;
        assert_eq!(rings, [solid, solid, Ring::Dashed, Ring::Double, Ring::None, Ring::None, Ring::None]);
    }

    #[test]
    fn an_area_summary_is_hatched_and_never_a_point() {
        let columns = vec![words("class", &["area_summary"]), words("weapon", &["air_strike"])];
        let symbols = strike_symbols(&store(&[Point], columns), palette(Theme::Light));
        assert_eq!(symbols.symbols[0].marker, None);
        assert_eq!(symbols.symbols[0].fill.unwrap().hatch.unwrap().spacing_points, 7.0);
    }

    #[test]
    fn claims_and_context_take_no_side() {
        let columns = vec![words("class", &["claim", "context"])];
        let symbols = strike_symbols(&store(&[Point; 2], columns), palette(Theme::Dark));
        assert!(
            symbols.symbols.iter().all(|symbol| symbol.marker.unwrap().color == palette(Theme::Dark).neutral)
        );
    }

    #[test]
    fn no_two_weapons_share_shape_and_filling() {
        use WeaponGroup::{AirStrike, BarrelBomb, Cluster, NotStated, RocketOrMissile, Several, Shelling};
        let swatches = [AirStrike, BarrelBomb, Shelling, RocketOrMissile, Cluster, Several, NotStated]
            .map(|weapon| weapon.swatch(palette(Theme::Light)).marker.unwrap());
        for (i, a) in swatches.iter().enumerate() {
            assert!(swatches[..i].iter().all(|b| (a.shape, a.filled) != (b.shape, b.filled)), "{a:?}");
        }
    }
}
