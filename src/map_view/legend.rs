//! The legend of the present view.
//!
//! Floor 5.

use std::collections::HashSet;

use super::counted::single_rows;
use crate::coords::Viewport;
use crate::session::{LayerEntry, Session};
use crate::situation::FeatureRow;
use crate::symbology::{
    LegendLayer, LegendSection, aggregate_legend, has_line_or_area, legend, merged_sections, precision_entry,
};

/// So many features of a layer are looked at each frame.
const MOST_LOOKED_AT: usize = 5_000;

/// What is visible now, the topmost layer first, and what the circles mean where all are shown.
pub fn legend_sections(session: &Session, viewport: &Viewport) -> Vec<LegendSection> {
    let visible = session.catalogue().top_down().filter(|entry| entry.visible && entry.opacity > 0.0);
    let mut sections = merged_sections(visible.flat_map(|entry| layer_sections(session, entry, viewport)));
    if session.settings().show_all_precision_circles {
        let entries = vec![precision_entry(session.theme())];
        sections.push(LegendSection { title: "Precision".to_owned(), caption: None, entries });
    }
    sections
}

fn layer_sections(session: &Session, entry: &LayerEntry, viewport: &Viewport) -> Vec<LegendSection> {
    let Some(content) = session.content(entry.id) else { return Vec::new() };
    let (Some(data), Some(drawing)) = (content.data(), &content.picture) else { return Vec::new() };
    // Of a layer with more in view every symbol is in view, as far as anybody can see.
    let rows = content.shown_rows_in_at_most(viewport.visible_world(), MOST_LOOKED_AT);
    let rows = rows.unwrap_or_else(|| match content.shown() {
        Some(shown) => shown.rows.iter().take(MOST_LOOKED_AT).collect(),
        None => (0..data.features.len().min(MOST_LOOKED_AT)).collect(),
    });
    let counted = session.counted_of(entry);
    let section = counted.and_then(|counted| {
        let facts = counted.drawn.facts(viewport.center_lon_lat().lat_deg)?;
        Some(aggregate_legend(&entry.title, &entry.look, &facts, session.theme()))
    });
    // Of counted points only those that stand alone are drawn by their symbols.
    let alone: HashSet<FeatureRow> = counted.map(single_rows).unwrap_or_default();
    let is_drawn =
        |row: &FeatureRow| counted.is_none() || alone.contains(row) || has_line_or_area(&data.features, *row);
    let rows = rows.into_iter().chain(alone.iter().copied()).filter(is_drawn);
    let layer = LegendLayer {
        look: &entry.look,
        title: &entry.title,
        features: &data.features,
        symbols: &drawing.symbols,
    };
    section.into_iter().chain(legend(layer, rows, session.theme())).collect()
}
