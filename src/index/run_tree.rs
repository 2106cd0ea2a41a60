//! Packed trees of boxes over runs of neighbours in a list: of edges along a ring, of rings, of parts.
//!
//! Floor 2. The items keep their order, so nothing but boxes is stored: a node is known by its level and number.

use std::ops::Range;

use super::degree_box::DegreeBox;

/// Items of a leaf, and children of a node.
const NODE_SIZE: usize = 16;

/// Longitude and latitude in degrees, 32-bit, rounded outwards: never smaller than what it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct RunBox {
    pub min: [f32; 2],
    pub max: [f32; 2],
}

impl RunBox {
    /// Meets nothing and grows by union.
    pub const EMPTY: Self = Self { min: [f32::INFINITY; 2], max: [f32::NEG_INFINITY; 2] };

    /// The box around the positions; one that meets nothing where there are none.
    pub fn around(positions: &[[f64; 2]]) -> Self {
        let (mut min, mut max) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for at in positions {
            min = [min[0].min(at[0]), min[1].min(at[1])];
            max = [max[0].max(at[0]), max[1].max(at[1])];
        }
        let down = |value: f64| {
            let near = value as f32;
            if f64::from(near) > value { near.next_down() } else { near }
        };
        Self { min: min.map(down), max: max.map(|value| -down(-value)) }
    }

    /// The same numbers.
    pub fn degrees(self) -> DegreeBox {
        DegreeBox { min: self.min.map(f64::from), max: self.max.map(f64::from) }
    }

    pub fn union(self, other: Self) -> Self {
        Self {
            min: [self.min[0].min(other.min[0]), self.min[1].min(other.min[1])],
            max: [self.max[0].max(other.max[0]), self.max[1].max(other.max[1])],
        }
    }
}

/// A node on the way down.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Around all of its items.
    pub around: RunBox,
    /// Which items.
    pub items: Range<usize>,
    /// Whether the items are all that is below it.
    pub is_leaf: bool,
}

/// One tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct RunTree<'a> {
    /// The leaves, then each level above, the root last.
    boxes: &'a [RunBox],
    items: usize,
}

impl RunTree<'_> {
    /// Shows `enter` the nodes from the root down, in the order of the items; what is below a node only where it
    /// answers `true`.
    pub fn walk(&self, enter: &mut impl FnMut(Run) -> bool) {
        if let Some(top) = self.top() {
            self.walk_node(top, enter);
        }
    }

    fn walk_node(&self, node: Node, enter: &mut impl FnMut(Run) -> bool) {
        let run = self.run(node);
        if enter(run) && node.level > 0 {
            self.children(node).for_each(|child| self.walk_node(child, enter));
        }
    }

    /// Looks for the item that is least far away: the nearest runs first, and none that is farther than what was found.
    /// `far` is a distance that no item of a box is nearer than; `look` gets the items of a leaf and the least
    /// distance so far, and answers the least with them.
    pub fn nearest(
        &self,
        most: f64,
        far: &impl Fn(RunBox) -> f64,
        look: &mut impl FnMut(Range<usize>, f64) -> f64,
    ) {
        if let Some(top) = self.top() {
            self.nearest_below(top, most, far, look);
        }
    }

    fn nearest_below(
        &self,
        node: Node,
        most: f64,
        far: &impl Fn(RunBox) -> f64,
        look: &mut impl FnMut(Range<usize>, f64) -> f64,
    ) -> f64 {
        if node.level == 0 {
            return look(self.run(node).items, most);
        }
        let mut near = [(f64::INFINITY, node); NODE_SIZE];
        let mut count = 0;
        for child in self.children(node) {
            near[count] = (far(self.boxes[child.place()]), child);
            count += 1;
        }
        near[..count].sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        near[..count].iter().fold(most, |most, &(far_away, child)| {
            if far_away > most { most } else { self.nearest_below(child, most, far, look) }
        })
    }

    fn top(&self) -> Option<Node> {
        let mut node = Node { level: 0, start: 0, count: self.items.div_ceil(NODE_SIZE), number: 0 };
        while node.count > 1 {
            node = Node {
                level: node.level + 1,
                start: node.start + node.count,
                count: node.count.div_ceil(NODE_SIZE),
                number: 0,
            };
        }
        (node.count == 1).then_some(node)
    }

    fn children(&self, node: Node) -> impl Iterator<Item = Node> + use<> {
        // As many below as fill the levels up to this one: known from the number of items.
        let below = self.items.div_ceil(NODE_SIZE.pow(node.level as u32));
        let numbers = node.number * NODE_SIZE..((node.number + 1) * NODE_SIZE).min(below);
        numbers.map(move |number| Node {
            level: node.level - 1,
            start: node.start - below,
            count: below,
            number,
        })
    }

    fn run(&self, node: Node) -> Run {
        let each = NODE_SIZE.pow(node.level as u32 + 1);
        Run {
            around: self.boxes[node.place()],
            items: node.number * each..((node.number + 1) * each).min(self.items),
            is_leaf: node.level == 0,
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Node {
    level: usize,
    /// Where its level begins among the boxes, and how many nodes it has.
    start: usize,
    count: usize,
    /// Within its level.
    number: usize,
}

impl Node {
    fn place(self) -> usize {
        self.start + self.number
    }
}

/// The boxes of a tree over `items`, whose run of neighbours `around` boxes.
pub(super) fn run_boxes(items: usize, around: impl Fn(Range<usize>) -> RunBox) -> Vec<RunBox> {
    let runs = (0..items).step_by(NODE_SIZE).map(|first| first..(first + NODE_SIZE).min(items));
    let mut boxes: Vec<RunBox> = runs.map(around).collect();
    let mut start = 0;
    while boxes.len() - start > 1 {
        let end = boxes.len();
        for first in (start..end).step_by(NODE_SIZE) {
            let below = &boxes[first..(first + NODE_SIZE).min(end)];
            boxes.push(below.iter().copied().fold(RunBox::EMPTY, RunBox::union));
        }
        start = end;
    }
    boxes
}

/// Many trees, found by a number.
#[derive(Debug, Default)]
pub(super) struct RunTrees {
    /// The number of each tree, how many items it has and where its boxes begin; by rising number.
    trees: Vec<(u32, u32, u32)>,
    boxes: Vec<RunBox>,
}

impl RunTrees {
    /// Adds a tree with a number above all so far.
    pub fn push(&mut self, number: u32, items: usize, boxes: &[RunBox]) {
        self.trees.push((number, items as u32, self.boxes.len() as u32));
        self.boxes.extend_from_slice(boxes);
    }

    /// The tree of that number.
    pub fn get(&self, number: u32) -> Option<RunTree<'_>> {
        let place = self.trees.binary_search_by_key(&number, |&(number, ..)| number).ok()?;
        let (_, items, start) = self.trees[place];
        let end = self.trees.get(place + 1).map_or(self.boxes.len(), |&(.., start)| start as usize);
        Some(RunTree { boxes: &self.boxes[start as usize..end], items: items as usize })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trees(items: usize) -> RunTrees {
        let mut trees = RunTrees::default();
        let around =
            |run: Range<usize>| RunBox::around(&[[run.start as f64, 0.0], [run.end as f64 - 1.0, 0.0]]);
        trees.push(3, 0, &[]);
        trees.push(7, items, &run_boxes(items, around));
        trees.push(9, 1, &run_boxes(1, around));
        trees
    }

    #[test]
    fn every_item_is_met_once_and_in_order_whatever_their_number() {
        for items in [1, 15, 16, 17, 255, 256, 257, 4096, 4097, 70_000] {
            let trees = trees(items);
            let mut met = Vec::new();
            trees.get(7).unwrap().walk(&mut |run| {
                assert!(run.around.min[0] <= run.items.start as f32);
                assert!(run.around.max[0] >= (run.items.end - 1) as f32);
                if run.is_leaf {
                    met.extend(run.items);
                }
                true
            });
            assert_eq!(met, (0..items).collect::<Vec<_>>());
        }
    }

    #[test]
    fn only_the_runs_that_are_entered_are_looked_into() {
        let trees = trees(70_000);
        let mut looked_at = 0;
        let mut met = Vec::new();
        trees.get(7).unwrap().walk(&mut |run| {
            looked_at += 1;
            let near = (run.around.min[0]..=run.around.max[0]).contains(&50_000.0);
            if near && run.is_leaf {
                met.extend(run.items);
            }
            near
        });
        assert!(met.contains(&50_000) && met.len() == NODE_SIZE && looked_at < 100, "{looked_at}");
    }

    #[test]
    fn the_nearest_item_is_found_with_few_looks() {
        let trees = trees(70_000);
        let far = |one: RunBox| f64::from((one.min[0] - 12_345.0).max(12_345.0 - one.max[0]).max(0.0));
        let (mut best, mut looks) = (None, 0);
        trees.get(7).unwrap().nearest(f64::INFINITY, &far, &mut |items, most| {
            looks += 1;
            let nearest = items.min_by_key(|item| item.abs_diff(12_345)).unwrap();
            let distance = nearest.abs_diff(12_345) as f64;
            if distance < most {
                best = Some(nearest);
            }
            distance.min(most)
        });
        assert_eq!(best, Some(12_345));
        assert!(looks < 5, "{looks}");
    }

    #[test]
    fn trees_are_found_by_their_number_only() {
        let trees = trees(20);
        assert!(trees.get(8).is_none() && trees.get(9).is_some());
        trees.get(3).unwrap().walk(&mut |_| panic!("an empty tree has no nodes"));
    }

    #[test]
    fn a_box_is_never_smaller_than_what_it_stands_for() {
        let positions = [[36.123_456_789, -0.1], [0.1, 1e-300], [-179.999_999_999, 3.3]];
        let one = RunBox::around(&positions);
        assert!(positions.iter().all(|&at| one.degrees().holds(at)), "{one:?}");
    }
}
