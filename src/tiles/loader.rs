//! Worker threads that fetch and decode, and the short list they work from.
//!
//! Floor 4. Workers own nothing shared: they take a job, report through one closed enum and wake the window.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use eframe::egui::{ColorImage, Context, TextureOptions};
use walkers::{Tile, TileId};

use super::clock::Clock;
use super::error::Trouble;
use super::key::TileKey;
use super::labels::BasemapText;
use super::vector::VectorTile;

/// A tile made ready for drawing.
pub(super) struct Loaded {
    pub tile: Tile,
    pub texts: Arc<[BasemapText]>,
    pub bytes: usize,
}

impl Loaded {
    pub fn from_vector(vector: VectorTile) -> Self {
        // Walkers gets the shapes alone: the texts are placed with our own labels.
        let tile = Tile::Vector { drawables: vector.drawables, texts: Vec::new() };
        Self { tile, texts: vector.texts, bytes: vector.bytes }
    }

    pub fn from_picture(image: ColorImage, ctx: &Context) -> Self {
        let bytes = image.pixels.len() * 4;
        let texture = ctx.load_texture("basemap tile", image, TextureOptions::LINEAR);
        Self { tile: Tile::Raster(texture), texts: Arc::new([]), bytes }
    }
}

/// What a worker is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Job {
    pub key: TileKey,
    /// Look on the disk first.
    pub read_disk: bool,
    /// Ask the server if the disk does not settle it.
    pub ask_server: bool,
}

/// What a worker reports of a job; several may come.
pub(super) enum Outcome {
    /// The tile, when to ask for a newer one, and whether its source (not the disk cache) gave it just now.
    Picture { loaded: Loaded, expires: Option<SystemTime>, from_source: bool },
    /// The server has nothing newer than what was reported before.
    StillGood { expires: SystemTime },
    /// The disk has none.
    NotOnDisk,
    /// The source has none here, but this one above it.
    StandIn(TileId),
    /// The source has none here and none above.
    NoSuchTile,
    /// It went wrong.
    Trouble(Trouble),
}

/// Everything that workers tell the tiles.
pub(super) enum Report {
    Outcome { key: TileKey, started: Duration, outcome: Outcome },
    Finished(TileKey),
}

/// How a kind of base map gets a tile. Runs on a worker; may block.
pub(super) trait Load: Send + Sync + 'static {
    fn load(&self, job: Job, report: &mut dyn FnMut(Outcome));
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Job>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

/// The list of jobs and the threads that work on it. Dropping it lets the threads end after their present job.
pub(super) struct Workers {
    shared: Arc<Shared>,
    reports: Receiver<Report>,
    /// Taken up and not reported finished yet.
    running: HashSet<TileKey>,
    /// On the list when it was last replaced; may have been taken up since.
    listed: HashSet<TileKey>,
}

impl Workers {
    pub fn start(threads: usize, load: Arc<dyn Load>, clock: &Arc<dyn Clock>, ctx: &Context) -> Self {
        let shared = Arc::<Shared>::default();
        let (sender, reports) = channel();
        for number in 0..threads {
            let worker = Worker {
                shared: shared.clone(),
                load: load.clone(),
                clock: clock.clone(),
                reports: sender.clone(),
                ctx: ctx.clone(),
            };
            let started =
                std::thread::Builder::new().name(format!("tiles {number}")).spawn(move || worker.run());
            // With one thread fewer the map fills more slowly; with none it stays as it is.
            drop(started);
        }
        Self { shared, reports, running: HashSet::new(), listed: HashSet::new() }
    }

    /// Replaces the list, best first: what is no longer wanted is never begun. What is being worked on stays.
    pub fn replace(&mut self, mut jobs: Vec<Job>) {
        let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        note_taken(&queue, &mut self.listed, &mut self.running);
        jobs.retain(|job| !self.running.contains(&job.key));
        self.listed = jobs.iter().map(|job| job.key).collect();
        // Workers take from the end.
        jobs.reverse();
        let some = !jobs.is_empty();
        queue.waiting = jobs;
        drop(queue);
        if some {
            self.shared.changed.notify_all();
        }
    }

    /// How many jobs are being worked on.
    pub fn busy(&mut self) -> usize {
        let queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        note_taken(&queue, &mut self.listed, &mut self.running);
        self.running.len()
    }

    /// What has been reported since; waits up to `patience` for the first.
    pub fn reports(&mut self, patience: Option<Duration>) -> Vec<Report> {
        let first = patience.and_then(|patience| self.reports.recv_timeout(patience).ok());
        let reports: Vec<Report> = first.into_iter().chain(self.reports.try_iter()).collect();
        for report in &reports {
            if let Report::Finished(key) = report {
                // It may have been taken up after the list was last replaced.
                self.listed.remove(key);
                self.running.remove(key);
            }
        }
        reports
    }
}

/// What was listed and waits no longer has been taken up.
fn note_taken(queue: &Queue, listed: &mut HashSet<TileKey>, running: &mut HashSet<TileKey>) {
    let waiting: HashSet<TileKey> = queue.waiting.iter().map(|job| job.key).collect();
    running.extend(listed.extract_if(|key| !waiting.contains(key)));
}

impl Drop for Workers {
    fn drop(&mut self) {
        let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.closed = true;
        queue.waiting.clear();
        drop(queue);
        self.shared.changed.notify_all();
    }
}

struct Worker {
    shared: Arc<Shared>,
    load: Arc<dyn Load>,
    clock: Arc<dyn Clock>,
    reports: Sender<Report>,
    ctx: Context,
}

impl Worker {
    fn run(&self) {
        while let Some(job) = self.next_job() {
            let (key, started) = (job.key, self.clock.elapsed());
            let mut report = |outcome| {
                if matches!(&outcome, Outcome::Trouble(trouble) if trouble.is_the_servers()) {
                    self.call_off_requests();
                }
                // Nobody listens any more when the base map was changed.
                let _ = self.reports.send(Report::Outcome { key, started, outcome });
                self.ctx.request_repaint();
            };
            // Decoders meet files made by anyone: a panic in one costs a tile, not the thread.
            let ended = catch_unwind(AssertUnwindSafe(|| self.load.load(job, &mut report)));
            if ended.is_err() {
                report(Outcome::Trouble(Trouble::Picture("its decoder gave up".to_owned())));
            }
            let _ = self.reports.send(Report::Finished(key));
            self.ctx.request_repaint();
        }
    }

    /// A server in trouble is not asked for the rest of the list.
    fn call_off_requests(&self) {
        let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        for job in queue.waiting.extract_if(.., |job| job.ask_server) {
            let _ = self.reports.send(Report::Finished(job.key));
        }
    }

    fn next_job(&self) -> Option<Job> {
        let mut queue = self.shared.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if queue.closed {
                return None;
            }
            if let Some(job) = queue.waiting.pop() {
                return Some(job);
            }
            queue = self.shared.changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
