//! Cuts lines at the borders of blocks into chains of nodes.
//!
//! Floor 3. Every segment lies in one block. A chain that goes on in the next block ends with a node of it, so that the
//! join at the border is drawn as if there were none.

use super::picture::{StrokeNode, offset_from};
use super::{BlockGrid, BlockKey};

/// Calls `emit` with the nodes of each piece of the line and its block. A closed line joins its end to its beginning;
/// its first vertex is not repeated. A line of one position is a dot.
pub(super) fn chain_line(
    line: &[[f64; 2]],
    closed: bool,
    symbol: u16,
    grid: BlockGrid,
    emit: &mut impl FnMut(BlockKey, &[StrokeNode]),
) {
    let Some(&first) = line.first() else { return };
    let closed = closed && line.len() >= 3;
    let mut path = Vec::with_capacity(line.len() + 1);
    path.push(first);
    line.windows(2).for_each(|pair| push_cut(pair[0], pair[1], grid, &mut path));
    if closed {
        push_cut(line[line.len() - 1], first, grid, &mut path);
    } else if line.len() == 1 {
        path.push(first);
    }
    let along = ways(&path);
    let key = |index: usize| grid.key_of(middle(path[index], path[index + 1]));
    let mut begin = 0;
    let mut nodes = Vec::new();
    while begin + 1 < path.len() {
        let block = key(begin);
        let mut end = begin + 1;
        while end + 1 < path.len() && key(end) == block {
            end += 1;
        }
        nodes.clear();
        push_piece(Piece { path: &path, along: &along, closed, begin, end, symbol }, grid, block, &mut nodes);
        emit(block, &nodes);
        begin = end;
    }
}

/// The vertices `begin..=end` of a path, which lie in one block.
struct Piece<'a> {
    path: &'a [[f64; 2]],
    along: &'a [f64],
    closed: bool,
    begin: usize,
    end: usize,
    symbol: u16,
}

fn push_piece(piece: Piece<'_>, grid: BlockGrid, block: BlockKey, nodes: &mut Vec<StrokeNode>) {
    let origin = grid.origin(block);
    let last = piece.path.len() - 1;
    let node = |index: usize, flags: u32| StrokeNode {
        offset: offset_from(origin, piece.path[index]),
        along: piece.along[index] as f32,
        bits: u32::from(piece.symbol) | flags,
    };
    let before = if piece.begin > 0 { Some(piece.begin - 1) } else { piece.closed.then_some(last - 1) };
    let after = if piece.end < last { Some(piece.end + 1) } else { piece.closed.then_some(1) };
    nodes.extend(before.map(|index| node(index, 0)));
    for index in piece.begin..=piece.end {
        let mut flags = 0;
        if index < piece.end {
            flags |= StrokeNode::SEGMENT;
        }
        if index > piece.begin || before.is_some() {
            flags |= StrokeNode::JOINS_BEFORE;
        }
        if index < piece.end || after.is_some() {
            flags |= StrokeNode::JOINS_AFTER;
        }
        nodes.push(node(index, flags));
    }
    nodes.extend(after.map(|index| node(index, 0)));
}

/// Appends `to`, and before it each crossing of a block's border on the way from `from`.
fn push_cut(from: [f64; 2], to: [f64; 2], grid: BlockGrid, path: &mut Vec<[f64; 2]>) {
    let (from_key, to_key) = (grid.key_of(from), grid.key_of(to));
    if from_key != to_key {
        let mut cuts: Vec<(f64, [f64; 2])> = Vec::new();
        for (axis, a, b) in [(0, from_key.0, to_key.0), (1, from_key.1, to_key.1)] {
            for index in a.min(b) + 1..=a.max(b) {
                let at = grid.border(index);
                let part = (at - from[axis]) / (to[axis] - from[axis]);
                let mut cut = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
                cut[axis] = at;
                cuts.push((part, cut));
            }
        }
        cuts.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (_, cut) in cuts {
            push_distinct(cut, path);
        }
    }
    push_distinct(to, path);
}

fn push_distinct(point: [f64; 2], path: &mut Vec<[f64; 2]>) {
    if path.last() != Some(&point) {
        path.push(point);
    }
}

/// The way from the beginning to each vertex, world units.
fn ways(path: &[[f64; 2]]) -> Vec<f64> {
    let mut sum = 0.0;
    let steps = path.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
    std::iter::once(0.0)
        .chain(steps)
        .map(|step| {
            sum += step;
            sum
        })
        .collect()
}

fn middle(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chains(line: &[[f64; 2]], closed: bool, grid: BlockGrid) -> Vec<(BlockKey, Vec<StrokeNode>)> {
        let mut out = Vec::new();
        chain_line(line, closed, 7, grid, &mut |key, nodes| out.push((key, nodes.to_vec())));
        out
    }

    fn segments(nodes: &[StrokeNode]) -> usize {
        nodes.iter().filter(|node| node.bits & StrokeNode::SEGMENT != 0).count()
    }

    #[test]
    fn a_line_of_two_vertices_is_one_segment_with_two_free_ends() {
        let chains = chains(&[[0.51, 0.51], [0.52, 0.51]], false, BlockGrid::for_zoom_step(2));
        let nodes = &chains[0].1;
        assert_eq!((chains.len(), nodes.len(), segments(nodes)), (1, 2, 1));
        assert_eq!(nodes[0].bits & StrokeNode::JOINS_BEFORE, 0);
        assert_eq!(nodes[1].bits & StrokeNode::JOINS_AFTER, 0);
        assert_eq!(nodes[1].bits & 0xffff, 7);
    }

    #[test]
    fn a_ring_has_as_many_segments_as_vertices_and_no_free_end() {
        let chains = chains(&[[0.51, 0.51], [0.52, 0.51], [0.52, 0.52]], true, BlockGrid::for_zoom_step(2));
        let nodes = &chains[0].1;
        assert_eq!((nodes.len(), segments(nodes)), (6, 3));
        let joined = |node: &&StrokeNode| node.bits & StrokeNode::JOINS_BEFORE != 0;
        assert_eq!(nodes.iter().filter(joined).count(), 4);
        assert_eq!(nodes[0].offset, nodes[3].offset);
    }

    #[test]
    fn a_line_around_the_world_falls_into_blocks_that_join() {
        let grid = BlockGrid::for_zoom_step(20);
        let chains = chains(&[[-0.2, 0.4001], [1.2, 0.4002]], false, grid);
        assert_eq!(chains.len(), 360);
        let longest =
            chains.iter().flat_map(|chain| &chain.1).map(|node| node.offset[0].abs()).fold(0.0, f32::max);
        assert!(longest <= 1.5 / 256.0 + 1e-6, "{longest}");
        let open_ends: usize = chains
            .iter()
            .flat_map(|chain| &chain.1)
            .filter(|node| node.bits & StrokeNode::SEGMENT != 0 && node.bits & StrokeNode::JOINS_BEFORE == 0)
            .count();
        assert_eq!(open_ends, 1);
    }

    #[test]
    fn a_line_of_one_position_is_a_dot() {
        let chains = chains(&[[0.5, 0.5]], false, BlockGrid::for_zoom_step(2));
        assert_eq!(segments(&chains[0].1), 1);
    }
}
