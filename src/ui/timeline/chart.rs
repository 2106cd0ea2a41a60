//! The picture of the timeline: stacked bins, spans that no bin holds, the window, marked days, and the axis.
//!
//! Floor 6.

use std::ops::Range;

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::axis::{AxisMap, ticks};
use super::counts::TimelineCounts;
use crate::session::Timeline;
use crate::situation::{CivilMinute, MarkedDay, minute_of_day};
use crate::ui::theme::{Tones, caption_font, tones};

/// Room for a label under the axis, points.
const TICK_ROOM: f32 = 64.0;
/// Of the words under the axis and over the chart.
const CAPTION_HEIGHT: f32 = 17.0;
/// Spans that overlap lie in lanes above each other, at most so many.
const MOST_LANES: usize = 3;
const LANE_HEIGHT: f32 = 5.0;
/// Bars that are this wide are parted by a hairline.
const PARTED_FROM: f32 = 4.0;
/// What lies outside the window, and in the trail before it.
const OUTSIDE: f32 = 0.3;
const TRAIL: f32 = 0.6;

/// Where everything in the chart is.
pub struct ChartLayout {
    /// Minutes to the right.
    pub axis: AxisMap,
    /// Where the bars stand.
    pub bars: Rect,
    /// Above the bars: the lanes of the spans.
    lanes: Rect,
    /// The whole chart.
    rect: Rect,
}

impl ChartLayout {
    /// The chart in a rectangle; spans that no bin holds get the lanes that they need.
    pub fn new(rect: Rect, span: Range<CivilMinute>, counts: &TimelineCounts) -> Self {
        let axis = AxisMap { span, left: rect.left(), width: rect.width() };
        let inner = rect.shrink2(vec2(0.0, CAPTION_HEIGHT));
        let lanes = lanes_of(counts.spans_in_view()).max().map_or(0, |highest| highest + 1);
        let lanes_bottom = inner.top() + LANE_HEIGHT * lanes as f32 + 2.0;
        let lanes = Rect::from_min_max(inner.min, pos2(inner.right(), lanes_bottom));
        Self { axis, bars: Rect::from_min_max(pos2(inner.left(), lanes_bottom), inner.max), lanes, rect }
    }

    /// The span at a place in the lanes.
    pub fn span_at<'a>(
        &self,
        at: Pos2,
        counts: &'a TimelineCounts,
    ) -> Option<&'a (Range<CivilMinute>, Vec<u32>)> {
        if !self.lanes.expand(2.0).contains(at) {
            return None;
        }
        let lane = ((self.lanes.bottom() - 2.0 - at.y) / LANE_HEIGHT).floor().max(0.0) as usize;
        let minute = self.axis.minute(at.x);
        let all = counts.spans_in_view().zip(lanes_of(counts.spans_in_view()));
        let mut there = all.filter(|((span, _), in_lane)| *in_lane == lane && span.contains(&minute));
        there.next().map(|(span, _)| span)
    }
}

/// Everything in the chart; when the event under the pointer was is set off.
pub fn paint_chart(
    ui: &Ui,
    layout: &ChartLayout,
    counts: &TimelineCounts,
    timeline: &Timeline,
    marked: &[MarkedDay],
    hovered: Option<&Range<CivilMinute>>,
) {
    let painter = ui.painter_at(layout.rect.expand(1.0));
    let tones = tones(ui);
    paint_axis(&painter, layout, &tones);
    paint_marked_days(&painter, layout, marked, &tones);
    paint_bins(&painter, layout, counts, timeline, &tones);
    paint_spans(&painter, layout, counts, timeline);
    if let Some(window) = timeline.window() {
        paint_window(&painter, layout, window, &tones);
    }
    if let Some(hovered) = hovered {
        paint_hovered(&painter, layout, counts, hovered, &tones);
    }
}

fn paint_axis(painter: &Painter, layout: &ChartLayout, tones: &Tones) {
    let floor = layout.bars.bottom();
    painter.hline(layout.bars.x_range(), floor, Stroke::new(1.0, tones.edge));
    for (at, words) in ticks(&layout.axis, TICK_ROOM) {
        let x = layout.axis.x(at);
        painter.vline(x, floor..=floor + 4.0, Stroke::new(1.0, tones.edge));
        let galley = painter.layout_no_wrap(words, caption_font(), tones.weak);
        let left = (x + 3.0).min(layout.rect.right() - galley.size().x);
        painter.galley(pos2(left, floor + 2.0), galley, tones.weak);
    }
}

fn paint_marked_days(painter: &Painter, layout: &ChartLayout, marked: &[MarkedDay], tones: &Tones) {
    let mut free_from = f32::NEG_INFINITY;
    for marked in marked {
        let x = layout.axis.x(minute_of_day(marked.day));
        if !layout.rect.x_range().contains(x) {
            continue;
        }
        let galley = painter.layout_no_wrap(marked.label.clone(), caption_font(), tones.weak);
        let left = x + 3.0;
        let has_room = left >= free_from && left + galley.size().x <= layout.rect.right();
        // A line without a label keeps below the words of another.
        let top = layout.rect.top() + if has_room { 3.0 } else { CAPTION_HEIGHT };
        let line = [pos2(x, top), pos2(x, layout.bars.bottom())];
        let stroke = Stroke::new(1.0, tones.edge.gamma_multiply(0.7));
        painter.add(eframe::egui::Shape::dashed_line(&line, stroke, 2.0, 3.0));
        if has_room {
            free_from = left + galley.size().x + 6.0;
            painter.galley(pos2(left, layout.rect.top()), galley, tones.weak);
        }
    }
}

fn paint_bins(
    painter: &Painter,
    layout: &ChartLayout,
    counts: &TimelineCounts,
    timeline: &Timeline,
    tones: &Tones,
) {
    let histogram = &counts.histogram;
    let highest = histogram.highest(counts.bins_in_view());
    if highest == 0 {
        return;
    }
    let room = layout.bars.height() - 2.0;
    let on_pixels = |place: f32| place.round_to_pixels(painter.pixels_per_point());
    let pixel = 1.0 / painter.pixels_per_point();
    // Tens of thousands in a wide window with many groups: one mesh, not a shape each.
    let mut bars = Mesh::default();
    for bin in counts.bins_in_view() {
        let span = histogram.bins.bin(bin);
        let (left, right) = (layout.axis.x(span.start), layout.axis.x(span.end));
        let gap = if right - left >= PARTED_FROM { 1.0 } else { 0.0 };
        let left = on_pixels(left);
        let right = on_pixels(right - gap).max(left + pixel);
        let part = part_shown(&span, timeline);
        let mut bottom = on_pixels(layout.bars.bottom());
        let mut below = 0;
        for (&count, group) in histogram.counts_of(bin).iter().zip(&counts.groups) {
            below += count;
            // A single event is seen beside thousands.
            let height = (below as f32 / highest as f32 * room).max(pixel);
            let top = on_pixels(layout.bars.bottom() - height);
            if count > 0 && top < bottom {
                let bar = Rect::from_min_max(pos2(left, top), pos2(right, bottom));
                bars.add_colored_rect(bar, group.color.gamma_multiply(part));
                bottom = top;
            }
        }
    }
    painter.add(bars);
    let words = highest.to_string();
    let at = pos2(layout.bars.left() + 2.0, layout.bars.top());
    painter.hline(layout.bars.x_range(), layout.bars.top() + 2.0, Stroke::new(0.5, tones.line));
    painter.text(at, Align2::LEFT_TOP, words, caption_font(), tones.weak);
}

/// What is known only to the week or the month, as bars over the time in which it was.
fn paint_spans(painter: &Painter, layout: &ChartLayout, counts: &TimelineCounts, timeline: &Timeline) {
    for ((span, by_group), lane) in counts.spans_in_view().zip(lanes_of(counts.spans_in_view())) {
        let largest =
            by_group.iter().enumerate().max_by_key(|(_, count)| **count).map_or(0, |(group, _)| group);
        let color = counts.groups[largest].color.gamma_multiply(part_shown(span, timeline));
        let bottom = layout.lanes.bottom() - 2.0 - lane as f32 * LANE_HEIGHT;
        let bar = Rect::from_min_max(
            pos2(layout.axis.x(span.start), bottom - LANE_HEIGHT + 1.5),
            pos2(layout.axis.x(span.end), bottom),
        );
        painter.rect(
            bar,
            1.5,
            color.gamma_multiply(0.45),
            Stroke::new(1.0, color),
            eframe::egui::StrokeKind::Inside,
        );
    }
}

fn paint_window(painter: &Painter, layout: &ChartLayout, window: &Range<CivilMinute>, tones: &Tones) {
    let x = layout.axis.x(window.start)..layout.axis.x(window.end);
    let rect = Rect::from_min_max(
        pos2(x.start, layout.rect.top() + CAPTION_HEIGHT),
        pos2(x.end.max(x.start + 1.0), layout.bars.bottom()),
    );
    painter.rect_filled(rect, 0.0, tones.accent.gamma_multiply(0.14));
    for x in [rect.left(), rect.right()] {
        painter.vline(x, rect.y_range(), Stroke::new(1.5, tones.accent));
        let grip = Rect::from_center_size(pos2(x, rect.center().y), vec2(5.0, 16.0));
        painter.rect(
            grip,
            2.5,
            tones.raised,
            Stroke::new(1.25, tones.accent),
            eframe::egui::StrokeKind::Inside,
        );
    }
}

/// The bin or the span of the event that is hovered, somewhere in the window.
fn paint_hovered(
    painter: &Painter,
    layout: &ChartLayout,
    counts: &TimelineCounts,
    hovered: &Range<CivilMinute>,
    tones: &Tones,
) {
    let bins = &counts.histogram.bins;
    // What lies in one bin is seen there; what lasts, or is known to the week, from its first to its last minute.
    let bin = bins.bin_at(hovered.start).map(|bin| bins.bin(bin)).filter(|bin| hovered.end <= bin.end);
    let span = bin.as_ref().unwrap_or(hovered);
    let (left, right) = (layout.axis.x(span.start), layout.axis.x(span.end));
    let rect =
        Rect::from_min_max(pos2(left, layout.lanes.top()), pos2(right.max(left + 2.0), layout.bars.bottom()));
    let stroke = Stroke::new(1.5, tones.text);
    painter.rect(rect, 2.0, tones.text.gamma_multiply(0.08), stroke, eframe::egui::StrokeKind::Outside);
}

/// How strong something of this span is drawn: what the window does not show steps back.
fn part_shown(span: &Range<CivilMinute>, timeline: &Timeline) -> f32 {
    let overlaps = |shown: &Range<CivilMinute>| span.start < shown.end && shown.start < span.end;
    match (timeline.window(), timeline.shown()) {
        (Some(window), _) if overlaps(window) => 1.0,
        (_, Some(shown)) if overlaps(&shown) => {
            if timeline.trail().is_some() {
                TRAIL
            } else {
                1.0
            }
        }
        (Some(_), _) => OUTSIDE,
        (None, _) => 1.0,
    }
}

/// The lane of each span, in order of time: the lowest that is free, the highest where none is.
fn lanes_of<'a>(
    spans: impl Iterator<Item = &'a (Range<CivilMinute>, Vec<u32>)>,
) -> impl Iterator<Item = usize> {
    let mut free_from = [CivilMinute::MIN; MOST_LANES];
    spans.map(move |(span, _)| {
        let lane = free_from.iter().position(|&free| free <= span.start).unwrap_or(MOST_LANES - 1);
        free_from[lane] = free_from[lane].max(span.end);
        lane
    })
}

/// The colour of a group as a small square, for tooltips and the key.
pub fn paint_swatch(painter: &Painter, rect: Rect, color: Color32) {
    painter.rect_filled(rect, 2.0, color);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_overlap_lie_above_each_other() {
        let span = |span: Range<CivilMinute>| (span, vec![1]);
        let spans = [span(0..10), span(3..5), span(4..20), span(5..8), span(9..12), span(10..30)];
        assert_eq!(lanes_of(spans.iter()).collect::<Vec<_>>(), [0, 1, 2, 1, 1, 0]);
    }
}
