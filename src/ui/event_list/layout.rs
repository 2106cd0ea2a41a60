//! Where the headings and rows of the list lie: heights are the same for all of a kind, so that a million rows cost no
//! more than those in view.
//!
//! Floor 6. In points from the top of the list, in 64 bits: 32 cannot tell neighbours apart in a list that long.

use std::ops::Range;

use crate::session::EventGroup;

/// Of a heading of days.
const HEADING_HEIGHT: f32 = 26.0;
/// Of the heading over events without a date, which says more than a line.
const UNDATED_HEADING_HEIGHT: f32 = 42.0;
/// Of a row.
pub const ROW_HEIGHT: f32 = 40.0;

/// Where each group begins.
#[derive(Debug, Default)]
pub struct ListLayout {
    /// The first place of each group and where its heading begins; then the end of the list.
    tops: Vec<(usize, f64)>,
    /// The last group, if its heading is the higher one.
    undated: Option<usize>,
}

impl ListLayout {
    /// The layout of groups, each with a heading over its rows.
    pub fn of(groups: &[EventGroup]) -> Self {
        let mut top = 0.0;
        let mut tops = Vec::with_capacity(groups.len() + 1);
        for group in groups {
            tops.push((group.places.start, top));
            let heading = if group.days.is_none() { UNDATED_HEADING_HEIGHT } else { HEADING_HEIGHT };
            top += f64::from(heading) + group.places.len() as f64 * f64::from(ROW_HEIGHT);
        }
        tops.push((groups.last().map_or(0, |group| group.places.end), top));
        let undated = groups.iter().position(|group| group.days.is_none());
        Self { tops, undated }
    }

    /// Height of the heading of a group, and how many lines it has.
    pub fn heading(&self, group: usize) -> (f32, usize) {
        if self.undated == Some(group) { (UNDATED_HEADING_HEIGHT, 2) } else { (HEADING_HEIGHT, 1) }
    }

    /// Of the whole list.
    pub fn height(&self) -> f64 {
        self.tops.last().map_or(0.0, |(_, top)| *top)
    }

    /// The groups that are in view from `top` to `bottom`.
    pub fn groups_in(&self, top: f64, bottom: f64) -> Range<usize> {
        let groups = self.tops.len().saturating_sub(1);
        let first = self.tops.partition_point(|(_, begins)| *begins <= top).saturating_sub(1);
        let end = self.tops.partition_point(|(_, begins)| *begins < bottom);
        first.min(groups)..end.min(groups)
    }

    /// Where the heading of a group begins; of the group after the last, where the list ends.
    pub fn heading_top(&self, group: usize) -> f64 {
        self.tops.get(group).map_or(self.height(), |(_, top)| *top)
    }

    /// Where the row at a place begins.
    pub fn row_top(&self, place: usize) -> f64 {
        let group = self.group_of(place);
        let (first, top) = self.tops.get(group).copied().unwrap_or_default();
        top + f64::from(self.heading(group).0) + (place - first) as f64 * f64::from(ROW_HEIGHT)
    }

    fn group_of(&self, place: usize) -> usize {
        self.tops.partition_point(|(first, _)| *first <= place).saturating_sub(1)
    }

    /// The places of a group that are in view from `top` to `bottom`.
    pub fn places_in(&self, group: &EventGroup, top: f64, bottom: f64) -> Range<usize> {
        let Range { start, end } = group.places.clone();
        let rows_begin = self.row_top(start);
        let row_at = |at: f64| ((at - rows_begin) / f64::from(ROW_HEIGHT)).max(0.0);
        let first = start + row_at(top).floor() as usize;
        first.min(end)..(start + row_at(bottom).ceil() as usize).min(end)
    }

    /// The way to scroll so that the row at a place is seen beneath the heading that sticks; `None` where it is.
    pub fn scroll_to(&self, place: usize, offset: f64, height: f64) -> Option<f64> {
        let (heading, row) = (f64::from(self.heading(self.group_of(place)).0), f64::from(ROW_HEIGHT));
        let top = self.row_top(place);
        let is_near = top > offset - height && top < offset + 2.0 * height;
        match top {
            // From afar it comes to stand in the middle, with its neighbours around it.
            _ if !is_near => Some((top - height / 2.0).max(0.0)),
            _ if top < offset + heading => Some((top - heading).max(0.0)),
            _ if top + row > offset + height => Some(top + row - height),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::EventDays;

    fn laid_out(lengths: &[usize]) -> (ListLayout, Vec<EventGroup>) {
        let mut start = 0;
        let groups = lengths.iter().map(|length| {
            let places = start..start + length;
            start += length;
            EventGroup { days: Some(EventDays { first: 0, last: 0, lasting: false }), places }
        });
        let groups: Vec<EventGroup> = groups.collect();
        (ListLayout::of(&groups), groups)
    }

    #[test]
    fn headings_and_rows_lie_one_under_the_other() {
        let (layout, groups) = laid_out(&[1, 3]);
        assert_eq!([layout.heading_top(0), layout.heading_top(1)], [0.0, 66.0]);
        assert_eq!([0, 1, 2, 3].map(|place| layout.row_top(place)), [26.0, 92.0, 132.0, 172.0]);
        assert_eq!(layout.height(), 212.0);
        assert_eq!(layout.groups_in(0.0, 66.0), 0..1);
        assert_eq!(layout.groups_in(65.0, 67.0), 0..2);
        assert_eq!(layout.groups_in(100.0, 300.0), 1..2);
        assert_eq!(layout.places_in(&groups[1], 100.0, 172.0), 1..3);
        assert_eq!(layout.places_in(&groups[1], 140.0, 1_000.0), 2..4);
        assert_eq!(layout.places_in(&groups[0], 66.0, 90.0), 1..1);
    }

    #[test]
    fn the_heading_of_undated_events_has_room_for_two_lines() {
        let (_, mut groups) = laid_out(&[1, 2]);
        groups[1].days = None;
        let layout = ListLayout::of(&groups);
        assert_eq!([layout.heading(0), layout.heading(1)], [(26.0, 1), (42.0, 2)]);
        assert_eq!([layout.row_top(0), layout.row_top(1), layout.height()], [26.0, 108.0, 188.0]);
    }

    #[test]
    fn a_row_far_down_a_long_list_has_a_place_of_its_own() {
        let (layout, groups) = laid_out(&[500_000, 500_000]);
        let top = layout.row_top(999_998);
        assert_eq!(layout.row_top(999_999) - top, 40.0);
        assert_eq!(layout.places_in(&groups[1], top, top + 1.0), 999_998..999_999);
    }

    #[test]
    fn the_list_scrolls_only_where_it_must() {
        let (layout, _) = laid_out(&[100]);
        assert_eq!(layout.scroll_to(1, 0.0, 400.0), None);
        assert_eq!(layout.scroll_to(9, 0.0, 400.0), Some(26.0));
        assert_eq!(layout.scroll_to(5, 240.0, 400.0), Some(200.0));
        assert_eq!(layout.scroll_to(50, 0.0, 400.0), Some(1826.0));
        let (layout, _) = laid_out(&[]);
        assert_eq!((layout.height(), layout.groups_in(0.0, 10.0)), (0.0, 0..0));
    }
}
