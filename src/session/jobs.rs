//! Work off the UI thread, and how its results come back.
//!
//! Floor 4. Workers own their data and report through one closed enum; no mutex is shared with the UI.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use super::counted::CountedKey;
use super::event_layers::EventsKey;
use super::filtering::{FilterFindings, FilterKey, ShownRows};
use super::layer_part::LayerPart;
use super::layer_reading::{LayerInput, ReadLayer, ReadingEffort, ReadingManner, read_and_index};
use super::layers::{LoadReport, PictureKey};
use super::memory::give_back_freed_memory;
use super::provenance_log::SourceSeal;
use super::search::ReadyNames;
use super::sizes::measured;
use super::table_rows::OrderKey;
use super::table_statistics::StatisticsKey;
use super::task::Task;
use super::timeline_counts::HistogramOrder;
use super::value_counts::ValuesKey;
use super::{FeatureRef, LayerId, Situation};
use crate::index::{ColumnStatistics, FilterError, LayerData, RowOrder, TimeHistogram, ValueCounts};
use crate::situation::{FeatureSize, FeatureStore, LayerEvents};
use crate::source::{LoadError, SourceBytes};
use crate::symbology::{LayerLook, LayerSymbols, layer_symbols};
use crate::tessellate::{AggregatePicture, DrawnBy, LayerPicture, PictureOrder, PointOrder, ordered_picture};

/// Everything that can wake the UI thread from outside.
pub enum JobOutcome {
    /// Some of a layer's features are read; the worker goes on.
    LayerProgress {
        /// Which.
        layer: LayerId,
        /// Of which reading.
        generation: u64,
        /// What can be drawn meanwhile.
        part: LayerPart,
    },
    /// A layer is read and indexed.
    LayerReady {
        /// Which.
        layer: LayerId,
        /// Of which reading.
        generation: u64,
        /// Features and index.
        data: Arc<LayerData>,
        /// What was wrong.
        report: Arc<LoadReport>,
        /// How long the worker took.
        effort: ReadingEffort,
        /// The bytes that it was read from.
        source: SourceBytes,
        /// Whether a prepared copy is to be kept.
        is_to_keep: bool,
    },
    /// Nothing of a layer could be kept.
    LayerFailed {
        /// Which.
        layer: LayerId,
        /// Of which reading.
        generation: u64,
        /// Why, or that it was cancelled.
        error: LoadError,
    },
    /// A layer's picture is made.
    PictureReady {
        /// Which.
        layer: LayerId,
        /// What it shows.
        key: PictureKey,
        /// Triangles and markers.
        picture: Arc<LayerPicture>,
        /// The symbol of each row.
        symbols: Arc<LayerSymbols>,
    },
    /// A layer's points are counted.
    PointsCounted {
        /// Which.
        layer: LayerId,
        /// For what.
        key: CountedKey,
        /// The places of the points, for the next time.
        order: Arc<PointOrder>,
        /// What is drawn; `None` where points are drawn by their symbols.
        drawing: Option<AggregatePicture>,
    },
    /// The rows that a filter lets through.
    RowsReady {
        /// Of which layer.
        layer: LayerId,
        /// Of which filter on which reading.
        key: FilterKey,
        /// What was found, or why the filter cannot be used.
        found: Result<FilterFindings, FilterError>,
    },
    /// The events of a layer are read.
    EventsReady {
        /// Which.
        layer: LayerId,
        /// By which mapping, of which reading.
        key: EventsKey,
        /// When they were; `None` where the layer holds none.
        events: Option<Arc<LayerEvents>>,
    },
    /// The rows of the attribute table are sorted.
    OrderReady {
        /// Which, by what.
        key: OrderKey,
        /// All rows of the layer, or why they cannot be sorted.
        order: Result<Arc<RowOrder>, String>,
    },
    /// A column of the attribute table is counted.
    StatisticsReady {
        /// Which, over which rows.
        key: StatisticsKey,
        /// What is in it, or why that cannot be told.
        counted: Result<ColumnStatistics, String>,
    },
    /// The bins of the timeline are counted.
    TimelineCounted {
        /// For which order.
        order: Arc<HistogramOrder>,
        /// The events by bin and group.
        counts: Arc<TimeHistogram>,
    },
    /// Values are counted.
    ValuesCounted {
        /// Which, among which rows.
        key: ValuesKey,
        /// How many rows have each.
        counts: Arc<ValueCounts>,
    },
    /// A feature is measured.
    SizeReady {
        /// Which.
        feature: FeatureRef,
        /// Of which reading.
        generation: u64,
        /// Its lengths and areas.
        size: FeatureSize,
    },
    /// The bytes behind a layer are looked through.
    SourceSealed {
        /// Which.
        layer: LayerId,
        /// Of which reading.
        generation: u64,
        /// Their hash, or why there is none.
        seal: Result<SourceSeal, String>,
    },
    /// Events, statements and gazetteer of the bundled situation are read.
    SituationReady(Arc<Situation>),
    /// Names are ready to be searched.
    NamesReady(ReadyNames),
    /// A worker panicked: the window lives on.
    WorkerFailed {
        /// What it worked at.
        task: Task,
        /// What the panic said.
        message: String,
    },
}

/// Where a worker runs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// One of the threads that all share.
    Pool,
    /// A thread of its own.
    OwnThread,
}

/// Calls the UI thread awake.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Starts workers and collects what they report.
pub struct Jobs {
    sender: Sender<JobOutcome>,
    receiver: Receiver<JobOutcome>,
    wake: Wake,
    /// How many workers have not reported yet.
    running: usize,
    /// For whom pictures are made ready.
    pub(super) drawn_by: DrawnBy,
}

impl Jobs {
    /// `wake` is called after each report, from the worker's thread.
    pub fn new(wake: Wake) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake, running: 0, drawn_by: DrawnBy::default() }
    }

    /// Reads and indexes a layer; parts of a large one are drawn meanwhile, where it is said how.
    pub fn read(&mut self, (layer, generation): (LayerId, u64), input: LayerInput, manner: ReadingManner) {
        // A slow disk must not hold up the pictures: only what is in memory already shares their threads.
        let place = if matches!(input, LayerInput::File(_)) { Place::OwnThread } else { Place::Pool };
        let task = Task::Read(layer);
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let part_look = manner.part_look.clone();
        let on_part = move |features: FeatureStore| {
            let Some(part) = part_look.as_ref().and_then(|look| look.draw(&features)) else { return };
            if sender.send(JobOutcome::LayerProgress { layer, generation, part }).is_ok() {
                wake();
            }
        };
        self.spawn(place, task, move || match read_and_index(input, &manner, &on_part) {
            Ok(ReadLayer { data, report, effort, source, is_to_keep }) => JobOutcome::LayerReady {
                layer,
                generation,
                data: Arc::new(data),
                report: Arc::new(report),
                effort,
                source,
                is_to_keep,
            },
            Err(error) => JobOutcome::LayerFailed { layer, generation, error },
        });
    }

    /// Makes a layer's picture.
    pub fn draw(
        &mut self,
        layer: LayerId,
        key: PictureKey,
        look: LayerLook,
        data: Arc<LayerData>,
        shown: Option<ShownRows>,
    ) {
        let task = Task::Draw(layer, key);
        let drawn_by = self.drawn_by;
        self.spawn(Place::Pool, task, move || {
            let symbols = layer_symbols(&look, &data.features, key.theme);
            let rows = key.region.map(|region| region.rows(&data));
            let worn = match shown.as_ref().and_then(|shown| shown.faint.as_ref()) {
                Some(faint) => Cow::Owned(symbols.clone().fading(faint)),
                None => Cow::Borrowed(&symbols),
            };
            let shown = shown.map(|shown| shown.rows);
            let order = PictureOrder { zoom_step: key.zoom_step, drawn_by, shown, rows };
            let picture = match key.with_points {
                true => ordered_picture(&data.features, &worn, order),
                false => ordered_picture(&data.features, &worn.without_markers(), order),
            };
            JobOutcome::PictureReady { layer, key, picture: Arc::new(picture), symbols: Arc::new(symbols) }
        });
    }

    /// Measures a feature.
    pub fn measure(&mut self, feature: FeatureRef, generation: u64, data: Arc<LayerData>) {
        let work = move || measured(feature, generation, &data);
        self.spawn(Place::Pool, Task::Measure(feature.layer), work);
    }

    /// Reads the typed part of the bundled situation.
    pub fn read_situation(&mut self) {
        let read = || JobOutcome::SituationReady(Arc::new(Situation::read()));
        self.spawn(Place::Pool, Task::ReadSituation, read);
    }

    /// What has been reported since the last call.
    pub fn poll(&mut self) -> Vec<JobOutcome> {
        let outcomes: Vec<_> = self.receiver.try_iter().collect();
        outcomes.iter().for_each(|outcome| self.count(outcome));
        outcomes
    }

    /// Waits for the next report; `None` where nothing is running.
    pub fn wait(&mut self) -> Option<JobOutcome> {
        if self.running == 0 {
            return None;
        }
        let outcome = self.receiver.recv().ok()?;
        self.count(&outcome);
        Some(outcome)
    }

    /// Waits for the next report until `deadline`; `None` where nothing is running or nothing came.
    pub fn wait_until(&mut self, deadline: Instant) -> Option<JobOutcome> {
        if self.running == 0 {
            return None;
        }
        let outcome = self.receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())).ok()?;
        self.count(&outcome);
        Some(outcome)
    }

    /// Each worker's last report ends it.
    fn count(&mut self, outcome: &JobOutcome) {
        if !matches!(outcome, JobOutcome::LayerProgress { .. }) {
            self.running -= 1;
        }
    }

    pub(super) fn spawn(
        &mut self,
        place: Place,
        task: Task,
        work: impl FnOnce() -> JobOutcome + Send + 'static,
    ) {
        self.running += 1;
        let (sender, wake) = (self.sender.clone(), self.wake.clone());
        let run = move || {
            let outcome = catch_unwind(AssertUnwindSafe(work))
                .unwrap_or_else(|panic| JobOutcome::WorkerFailed { task, message: panic_message(&*panic) });
            // The receiver is gone only when the window is: then nobody waits for the report.
            if sender.send(outcome).is_ok() {
                wake();
            }
        };
        match place {
            Place::Pool => rayon::spawn(run),
            Place::OwnThread => {
                let run_and_clear_up = move || {
                    run();
                    give_back_freed_memory();
                };
                if let Err(error) = std::thread::Builder::new().spawn(run_and_clear_up) {
                    let message = format!("no thread could be started: {error}");
                    // The receiver is ours: it is there.
                    drop(self.sender.send(JobOutcome::WorkerFailed { task, message }));
                    (self.wake)();
                }
            }
        }
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no reason given".to_owned())
}
