//! What was measured, for the tables at the end; criterion keeps its own account of the same runs.

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::BenchmarkGroup;
use criterion::measurement::WallTime;

/// One bench of a group.
struct Entry {
    group: String,
    name: String,
    /// A single run of it does so many of what the table counts.
    batch: usize,
    /// Of single runs.
    seconds: Vec<f64>,
}

/// All that was measured in this process, in order.
#[derive(Default)]
pub struct Results(RefCell<Vec<Entry>>);

impl Results {
    /// Measures `run` on what `prepare` makes; neither that nor the end of the result's life is counted.
    ///
    /// `group_name` is the criterion group's, which does not tell it. Nothing happens where criterion's filter does
    /// not want the bench.
    pub fn measure<I, O>(
        &self,
        group: &mut BenchmarkGroup<'_, WallTime>,
        [group_name, name]: [&str; 2],
        batch: usize,
        mut prepare: impl FnMut() -> I,
        mut run: impl FnMut(I) -> O,
    ) {
        let mut seconds = Vec::new();
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| {
                let mut total = Duration::ZERO;
                for _ in 0..rounds {
                    let input = prepare();
                    let began = Instant::now();
                    let output = black_box(run(black_box(input)));
                    let took = began.elapsed();
                    drop(output);
                    seconds.push(took.as_secs_f64());
                    total += took;
                }
                total
            });
        });
        if !seconds.is_empty() {
            let (group, name) = (group_name.to_owned(), name.to_owned());
            self.0.borrow_mut().push(Entry { group, name, batch, seconds });
        }
    }

    /// The median of the runs of one bench, divided by what a run does; `None` where it did not run.
    pub fn seconds(&self, group: &str, name: &str) -> Option<f64> {
        let all = self.0.borrow();
        all.iter().find(|entry| entry.group == group && entry.name == name).map(Entry::median)
    }

    /// A table for each group but `told`, which has been told of already. Where sitmap is one of several, the last
    /// column says what part of the time of each it takes.
    pub fn print_tables(&self, told: &str) {
        let all = self.0.borrow();
        for group in all.chunk_by(|a, b| a.group == b.group).filter(|group| group[0].group != told) {
            let ours = group.iter().find(|entry| entry.name == SITMAP).map(Entry::median);
            let (title, rule) = if ours.is_some() { (" sitmap takes |", "---|") } else { ("", "") };
            println!("\n| {} | time |{title}\n|---|---|{rule}", group[0].group);
            for entry in group {
                let share = match ours {
                    Some(_) if entry.name == SITMAP => "  |".to_owned(),
                    Some(ours) => format!(" {} |", times(ours / entry.median())),
                    None => String::new(),
                };
                // A bar in a name would end the cell.
                let name = entry.name.replace('|', "\\|");
                println!("| {name} | {} |{share}", duration(entry.median()));
            }
        }
    }
}

impl Entry {
    fn median(&self) -> f64 {
        let mut sorted = self.seconds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2] / self.batch as f64
    }
}

/// The name of our own entry beside those of others.
pub const SITMAP: &str = "sitmap";

/// A ratio in three digits.
pub fn times(ratio: f64) -> String {
    let digits = if ratio < 0.1 {
        3
    } else if ratio < 10.0 {
        2
    } else {
        0
    };
    format!("{ratio:.digits$}×")
}

/// Seconds in the unit that suits them.
pub fn duration(seconds: f64) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs")];
    let (scale, unit) = units.into_iter().find(|&(scale, _)| seconds >= scale).unwrap_or((1e-9, "ns"));
    let value = seconds / scale;
    let digits = if value < 10.0 {
        2
    } else if value < 100.0 {
        1
    } else {
        0
    };
    format!("{value:.digits$} {unit}")
}
