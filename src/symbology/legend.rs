//! The legend: what is on the map now, in calm words.
//!
//! Floor 2.

use std::collections::{BTreeMap, BTreeSet};

use super::control_side::ControlSide;
use super::look::{control_symbol, plain_ink, point, precision_circle};
use super::palette::Palette;
use super::simple_look::GeometryClass;
use super::strike_legend::strike_sections;
use super::{LayerLook, LayerSymbols, MarkerShape, Symbol, Theme, palette};
use crate::situation::{ColumnData, FeatureRow, FeatureStore, GeometryKind};

/// One symbol and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// The swatch; nothing of it is drawn for "and 3 more".
    pub symbol: Symbol,
    /// What it means.
    pub label: String,
    /// A second, quieter line.
    pub note: Option<String>,
}

/// Entries under one heading.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendSection {
    /// The heading.
    pub title: String,
    /// A quieter line under it: what is counted, and how.
    pub caption: Option<String>,
    /// None where the caption says it all.
    pub entries: Vec<LegendEntry>,
}

/// A layer as the legend needs it.
#[derive(Clone, Copy)]
pub struct LegendLayer<'a> {
    /// How it is styled.
    pub look: &'a LayerLook,
    /// The heading of a user's layer; the bundled layers have headings of their own.
    pub title: &'a str,
    /// Its features.
    pub features: &'a FeatureStore,
    /// Their symbols, made by [`super::layer_symbols`] from `look` and `features`.
    pub symbols: &'a LayerSymbols,
}

/// A user's layer explains so many symbols; more would explain none.
const MOST_SIMPLE_ENTRIES: usize = 6;

/// The sections of one layer for the features that are on the map now; none where nothing needs explaining.
pub fn legend(
    layer: LegendLayer<'_>,
    rows_in_view: impl Iterator<Item = FeatureRow>,
    theme: Theme,
) -> Vec<LegendSection> {
    let located = |row: &FeatureRow| layer.features.geometry(*row).kind != GeometryKind::None;
    let mut rows = rows_in_view.filter(located).peekable();
    let Some(&first) = rows.peek() else { return Vec::new() };
    let p = palette(theme);
    let section =
        |title: &str, entries| vec![LegendSection { title: title.to_owned(), caption: None, entries }];
    match layer.look {
        LayerLook::Strikes => strike_sections(layer.features, rows, p),
        LayerLook::ControlPlaces => section(CONTROL, control_entries(layer.features, rows, p)),
        LayerLook::Simple(_) => section(layer.title, simple_entries(layer, rows)),
        look => match uniform_words(look) {
            Some((title, label)) => section(title, vec![uniform_entry(layer, first, label)]),
            None => Vec::new(),
        },
    }
}

/// The sections of all layers in one list: sections with the same title become one, an entry stands once.
pub fn merged_sections(sections: impl IntoIterator<Item = LegendSection>) -> Vec<LegendSection> {
    let mut merged: Vec<LegendSection> = Vec::new();
    for section in sections {
        let Some(same) =
            merged.iter_mut().find(|there| there.title == section.title && there.caption == section.caption)
        else {
            merged.push(section);
            continue;
        };
        for entry in section.entries {
            if !same.entries.contains(&entry) {
                same.entries.push(entry);
            }
        }
    }
    merged
}

/// The entry for precision circles, where some are shown.
pub fn precision_entry(theme: Theme) -> LegendEntry {
    entry(precision_circle(theme), "Precision of a place, assumed where the source gives none")
}

const CONTROL: &str = "Control";
const ROADS_AND_PLACES: &str = "Roads and places";

/// Title and label of a layer whose features all look alike; `None` for the base map, which explains itself.
const fn uniform_words(look: &LayerLook) -> Option<(&'static str, &'static str)> {
    match look {
        LayerLook::RebelHeldArea => Some((CONTROL, "Rebel-held area, approximate")),
        LayerLook::FrontLine => Some((CONTROL, "Front line, approximate")),
        LayerLook::ObservationPosts => Some((CONTROL, "Turkish observation post")),
        LayerLook::Highways => Some((ROADS_AND_PLACES, "Highway")),
        LayerLook::Crossings => Some((ROADS_AND_PLACES, "Border crossing")),
        LayerLook::Landmarks => Some((ROADS_AND_PLACES, "Landmark")),
        LayerLook::Borders => Some((ROADS_AND_PLACES, "Country border")),
        LayerLook::Governorates => Some((ROADS_AND_PLACES, "Governorate border")),
        LayerLook::Statements => Some((ROADS_AND_PLACES, "Named in the report")),
        LayerLook::Land
        | LayerLook::Lakes
        | LayerLook::Rivers
        | LayerLook::ControlPlaces
        | LayerLook::Strikes
        | LayerLook::Simple(_) => None,
    }
}

/// The rebel-held area and the front line say of which day they are.
fn uniform_entry(layer: LegendLayer<'_>, row: FeatureRow, label: &str) -> LegendEntry {
    let symbol = symbol_of(layer, row);
    let dated = matches!(layer.look, LayerLook::RebelHeldArea | LayerLook::FrontLine);
    match dated.then(|| day_of(layer.features, row)).flatten() {
        Some(day) => entry(symbol, &format!("{label}, {day}")),
        None => entry(symbol, label),
    }
}

/// The row's `date` as "8 Sep 2018".
fn day_of(features: &FeatureStore, row: FeatureRow) -> Option<String> {
    let column = features.column("date")?;
    let written = match (&column.data, column.text(row)) {
        (_, Some(text)) => text.into_owned(),
        (ColumnData::InSource { .. }, None) => {
            let details = features.details(row).ok()?;
            details.properties.iter().find(|(name, _)| name == "date")?.1.to_display()
        }
        _ => return None,
    };
    let date: jiff::civil::Date = written.parse().ok()?;
    Some(date.strftime("%-d %b %Y").to_string())
}

fn control_entries(
    features: &FeatureStore,
    rows: impl Iterator<Item = FeatureRow>,
    p: &Palette,
) -> Vec<LegendEntry> {
    let sides: BTreeSet<ControlSide> = rows.map(|row| ControlSide::of_row(features, row)).collect();
    sides.into_iter().map(|side| entry(control_symbol(side, p), side.label())).collect()
}

/// One entry for each symbol and kind of geometry, the most frequent first.
fn simple_entries(layer: LegendLayer<'_>, rows: impl Iterator<Item = FeatureRow>) -> Vec<LegendEntry> {
    let mut counts = BTreeMap::<(GeometryClass, u16), usize>::new();
    for row in rows {
        let code = layer.symbols.symbol_of_row.get(row).copied().unwrap_or_default();
        *counts.entry((GeometryClass::of_row(layer.features, row), code)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&((class, _), count)| (std::cmp::Reverse(count), class));
    let several_of = |class| counts.iter().filter(|((other, _), _)| *other == class).count() > 1;
    let mut entries: Vec<LegendEntry> = counts
        .iter()
        .take(MOST_SIMPLE_ENTRIES)
        .map(|&((class, code), count)| LegendEntry {
            symbol: swatch(layer.symbols.symbols.get(usize::from(code)), class),
            label: class.label().to_owned(),
            // Two entries with one word need something that tells them apart.
            note: several_of(class).then(|| features_in_words(count)),
        })
        .collect();
    if counts.len() > MOST_SIMPLE_ENTRIES {
        let more = counts.len() - MOST_SIMPLE_ENTRIES;
        entries.push(entry(Symbol::default(), &format!("and {more} more")));
    }
    entries
}

fn features_in_words(count: usize) -> String {
    if count == 1 { "1 feature".to_owned() } else { format!("{count} features") }
}

/// What the most of these rows look like: only what their kind of geometry shows of the symbol; `None` without a row.
pub fn usual_swatch(
    features: &FeatureStore,
    symbols: &LayerSymbols,
    rows: impl Iterator<Item = FeatureRow>,
) -> Option<Symbol> {
    let mut counts = BTreeMap::<(GeometryClass, u16), usize>::new();
    for row in rows {
        let code = symbols.symbol_of_row.get(row).copied().unwrap_or_default();
        *counts.entry((GeometryClass::of_row(features, row), code)).or_default() += 1;
    }
    let usual = counts.into_iter().max_by_key(|&(key, count)| (count, std::cmp::Reverse(key)));
    let ((class, code), _) = usual?;
    Some(swatch(symbols.symbols.get(usize::from(code)), class))
}

/// Only what this kind of geometry shows of the symbol.
fn swatch(symbol: Option<&Symbol>, class: GeometryClass) -> Symbol {
    let symbol = symbol.cloned().unwrap_or_default();
    match class {
        GeometryClass::Points => Symbol { marker: symbol.marker, ..Symbol::default() },
        GeometryClass::Lines => Symbol { strokes: symbol.strokes, ..Symbol::default() },
        GeometryClass::Areas => Symbol { marker: None, ..symbol },
    }
}

fn symbol_of(layer: LegendLayer<'_>, row: FeatureRow) -> Symbol {
    let code = layer.symbols.symbol_of_row.get(row).copied().unwrap_or_default();
    let class = GeometryClass::of_row(layer.features, row);
    swatch(layer.symbols.symbols.get(usize::from(code)), class)
}

pub(super) fn entry(symbol: Symbol, label: &str) -> LegendEntry {
    LegendEntry { symbol, label: label.to_owned(), note: None }
}

/// A grey disc, for what sizes, fillings and rings mean whatever the weapon is.
pub(super) fn neutral_disc(size_points: f32, p: &Palette) -> Symbol {
    point(MarkerShape::Circle, size_points, plain_ink(p.neutral), p)
}

#[cfg(test)]
#[path = "legend_tests.rs"]
mod tests;
