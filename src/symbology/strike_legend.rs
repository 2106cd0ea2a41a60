//! The legend of the reported strikes: weapons, deaths, grades.
//!
//! Floor 2.

use std::collections::BTreeSet;

use super::legend::{LegendEntry, LegendSection, entry, neutral_disc};
use super::palette::Palette;
use super::strike_look::{
    DeathBand, GradeBand, StrikeClass, StrikeColumns, StrikeTraits, WeaponGroup, class_swatch,
};
use super::{Marker, Symbol};
use crate::situation::{FeatureRow, FeatureStore};

/// What the strikes among `rows` show by shape, size, filling and ring; nothing else.
pub(super) fn strike_sections(
    features: &FeatureStore,
    rows: impl Iterator<Item = FeatureRow>,
    p: &Palette,
) -> Vec<LegendSection> {
    let columns = StrikeColumns::of(features);
    let shown: BTreeSet<StrikeTraits> = rows.map(|row| columns.traits(row)).collect();
    let strikes: Vec<StrikeTraits> =
        shown.iter().copied().filter(|traits| traits.class == StrikeClass::Strike).collect();
    let sections = [
        ("Reported strikes", [weapon_entries(&strikes, p), class_entries(&shown, p)].concat()),
        ("Deaths reported, by the lowest figure", death_entries(&strikes, p)),
        ("Grade of the evidence", grade_entries(&strikes, p)),
    ];
    let section = |(title, entries): (&str, Vec<LegendEntry>)| LegendSection {
        title: title.to_owned(),
        caption: None,
        entries,
    };
    sections.map(section).into_iter().filter(|section| !section.entries.is_empty()).collect()
}

fn weapon_entries(strikes: &[StrikeTraits], p: &Palette) -> Vec<LegendEntry> {
    let weapons: BTreeSet<WeaponGroup> = strikes.iter().map(|traits| traits.weapon).collect();
    let note = |weapon| (weapon == WeaponGroup::NotStated).then(|| "hollow whatever is reported".to_owned());
    let explained =
        |weapon: WeaponGroup| LegendEntry { note: note(weapon), ..entry(weapon.swatch(p), weapon.label()) };
    weapons.into_iter().map(explained).collect()
}

fn class_entries(shown: &BTreeSet<StrikeTraits>, p: &Palette) -> Vec<LegendEntry> {
    let classes: BTreeSet<StrikeClass> = shown.iter().map(|traits| traits.class).collect();
    let named = classes.into_iter().filter_map(|class| Some((class, class.label()?)));
    named.map(|(class, label)| entry(class_swatch(class, p), label)).collect()
}

fn death_entries(strikes: &[StrikeTraits], p: &Palette) -> Vec<LegendEntry> {
    let bands: BTreeSet<DeathBand> = strikes.iter().map(|traits| traits.deaths).collect();
    let sizes = bands.into_iter().map(|band| entry(neutral_disc(band.size_points(), p), band.label()));
    // What is hollow always says nothing of its deaths.
    let telling = || strikes.iter().filter(|traits| traits.weapon != WeaponGroup::NotStated);
    let filled = telling()
        .any(|traits| traits.deaths_reported)
        .then(|| entry(neutral_disc(12.0, p), "Filled: a figure is reported"));
    let hollow = telling().any(|traits| !traits.deaths_reported).then(|| hollow_entry(p));
    sizes.chain(filled).chain(hollow).collect()
}

fn hollow_entry(p: &Palette) -> LegendEntry {
    let disc = with_marker(neutral_disc(9.0, p), |marker| Marker { filled: false, ..marker });
    entry(disc, "Hollow: unknown")
}

fn grade_entries(strikes: &[StrikeTraits], p: &Palette) -> Vec<LegendEntry> {
    let grades: BTreeSet<GradeBand> = strikes.iter().map(|traits| traits.grade).collect();
    let ringed = grades.into_iter().filter(|&grade| grade != GradeBand::NotGraded);
    let swatch = |grade: GradeBand| {
        with_marker(neutral_disc(9.0, p), |marker| Marker { ring: grade.ring(), edge: p.neutral, ..marker })
    };
    ringed.map(|grade| entry(swatch(grade), grade.label())).collect()
}

fn with_marker(symbol: Symbol, change: impl FnOnce(Marker) -> Marker) -> Symbol {
    Symbol { marker: symbol.marker.map(change), ..symbol }
}
