//! What workers report, and which pictures are wanted next.
//!
//! Floor 4.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::filtering::ShownRows;
use super::jobs::JobOutcome;
use super::layer_part::LayerPart;
use super::layers::{LayerContent, LayerDrawing, LayerState, PictureKey};
use super::region::Region;
use super::task::Task;
use super::{LayerId, Notice, Request, Session};
use crate::coords::{Extent, WorldRect};
use crate::source::{LoadError, SourceBytes};
use crate::tessellate::zoom_step_of;

impl Session {
    /// Takes in what workers have reported and orders the pictures that the view needs. Once a frame.
    pub fn tick(&mut self) -> Option<Request> {
        for outcome in self.jobs.poll() {
            self.take_in(outcome);
        }
        self.tell_of_sidecar_troubles();
        self.order_work();
        let fitted = self.fit_to_new_layers();
        // The rest of the layer may lie elsewhere: the view goes on to the whole when that is read.
        let first_part = self.first_part.take();
        fitted.or_else(|| first_part.map(|extent| self.camera_to_extent(extent)))
    }

    /// Waits until every layer is read and every picture of the present view is made: for headless use and tests.
    pub fn settle(&mut self) {
        loop {
            if let Some(Request::MoveCamera(viewport)) = self.tick() {
                self.set_viewport(viewport);
                continue;
            }
            match self.jobs.wait() {
                Some(outcome) => self.take_in(outcome),
                None => return,
            }
        }
    }

    /// Waits like [`Session::settle`], but no longer than `patience`: what takes longer comes while the window is open.
    ///
    /// Without this the first frames would each be drawn with one layer more.
    pub fn settle_within(&mut self, patience: Duration) {
        let deadline = Instant::now() + patience;
        loop {
            self.order_work();
            match self.jobs.wait_until(deadline) {
                Some(outcome) => self.take_in(outcome),
                None => return,
            }
        }
    }

    /// Waits until a layer can be drawn in part, or until all are read without one; whether there is a part.
    ///
    /// The view then goes to the part at once where it was to go to the layer.
    pub fn settle_first_part(&mut self) -> bool {
        while self.contents.values().all(|content| content.parts.is_empty()) {
            match self.jobs.wait() {
                Some(outcome) => self.take_in(outcome),
                None => return false,
            }
        }
        if let Some(extent) = self.first_part.take() {
            self.open_view_of(extent);
        }
        true
    }

    /// Waits until every layer is read and filtered, its events are, and its names where somebody searches, without
    /// making pictures.
    pub fn settle_reading(&mut self) {
        loop {
            self.order_events();
            self.order_filters();
            self.order_names();
            self.order_seals(false);
            match self.jobs.wait() {
                Some(outcome) => self.take_in(outcome),
                None => return,
            }
        }
    }

    fn take_in(&mut self, outcome: JobOutcome) {
        match outcome {
            JobOutcome::LayerProgress { layer, generation, part } => {
                self.take_in_part(layer, generation, part);
            }
            JobOutcome::LayerReady { layer, generation, data, report, effort, source, is_to_keep } => {
                self.effort.reading += effort.reading;
                self.effort.indexing += effort.indexing;
                if is_to_keep {
                    self.keep_sidecar(layer, source.clone(), &data, &report);
                }
                self.settle_source(layer, generation, source);
                self.settle_state(layer, generation, LayerState::Ready { data, report });
            }
            JobOutcome::LayerFailed { layer, generation, error } => {
                self.take_in_failure(layer, generation, &error);
            }
            JobOutcome::PictureReady { layer, key, picture, symbols } => {
                let id = self.number();
                let Some(content) = self.contents.get_mut(&layer) else { return };
                if content.awaited == Some(key) {
                    content.awaited = None;
                }
                if content.generation == key.generation {
                    content.picture = Some(LayerDrawing { key, id, picture, symbols });
                    content.parts.clear();
                }
            }
            JobOutcome::PointsCounted { layer, key, order, drawing } => {
                self.take_in_counted(layer, key, order, drawing);
            }
            JobOutcome::RowsReady { layer, key, found } => self.take_in_rows(layer, key, found),
            JobOutcome::EventsReady { layer, key, events } => self.take_in_events(layer, key, events),
            JobOutcome::OrderReady { key, order } => self.take_in_order(key, order),
            JobOutcome::StatisticsReady { key, counted } => self.take_in_statistics(key, counted),
            JobOutcome::ValuesCounted { key, counts } => self.take_in_values(key, counts),
            JobOutcome::TimelineCounted { order, counts } => self.take_in_timeline(order, counts),
            JobOutcome::SizeReady { feature, generation, size } => {
                self.take_in_size(feature, generation, size);
            }
            JobOutcome::SourceSealed { layer, generation, seal } => {
                self.take_in_seal(layer, generation, seal);
            }
            JobOutcome::SituationReady(situation) => self.situation = Some(situation),
            JobOutcome::NamesReady(ready) => self.take_in_names(ready),
            JobOutcome::WorkerFailed { task, message } => self.take_in_panic(task, &message),
        }
    }

    fn take_in_part(&mut self, layer: LayerId, generation: u64, part: LayerPart) {
        let Some(content) = self.contents.get_mut(&layer) else { return };
        if content.generation != generation || content.picture.is_some() {
            return;
        }
        content.parts.push(part.picture);
        if self.fit_when_read.contains(&layer) && content.parts.len() == 1 {
            self.first_part = Some(part.extent);
        }
    }

    fn settle_state(&mut self, layer: LayerId, generation: u64, state: LayerState) {
        if let Some(content) = self.contents.get_mut(&layer)
            && content.generation == generation
        {
            content.settle(state);
        }
    }

    fn settle_source(&mut self, layer: LayerId, generation: u64, source: SourceBytes) {
        if let Some(content) = self.contents.get_mut(&layer)
            && content.generation == generation
        {
            content.source = Some(source);
        }
    }

    fn take_in_failure(&mut self, layer: LayerId, generation: u64, error: &LoadError) {
        if self.contents.get(&layer).is_some_and(|content| content.generation != generation) {
            // It is being read anew.
            return;
        }
        if matches!(error, LoadError::Cancelled) {
            // Undo may bring the layer back: it must not say for ever that it is being read.
            let message = "The reading was cancelled. Open the file again to see the layer".to_owned();
            self.settle_state(layer, generation, LayerState::Failed { message });
            self.apply(super::Command::RemoveLayer(layer));
            return;
        }
        let message = error.to_string();
        self.settle_state(layer, generation, LayerState::Failed { message: message.clone() });
        self.notify(Notice::error(message));
    }

    fn take_in_panic(&mut self, task: Task, panic: &str) {
        let title =
            task.layer().and_then(|id| self.project.catalogue.get(id)).map(|entry| entry.title.clone());
        let subject =
            title.map_or_else(|| "a background task".to_owned(), |title| format!("the layer “{title}”"));
        let message = format!("Something went wrong in the program while it worked on {subject} ({panic})");
        // Nothing is tried again as it is: the same work would fail the same way, frame after frame.
        let content = task.layer().and_then(|layer| self.contents.get_mut(&layer));
        match task {
            Task::Filter(layer, owner) => self.take_in_failed_filter(layer, owner, &message),
            Task::ReadEvents(layer) => self.take_in_failed_events(layer),
            Task::SortTable(_) => self.take_in_failed_order(),
            Task::CountColumn(_) => self.take_in_failed_statistics(),
            Task::CountValues => self.take_in_failed_values(),
            Task::CountTimeline => self.take_in_failed_timeline(),
            Task::Draw(_, key) => {
                content.into_iter().for_each(|content| {
                    (content.awaited, content.failed_picture) = (None, Some(key));
                });
            }
            Task::Count(_, key) => content.into_iter().for_each(|content| content.counted.fail(key)),
            Task::Read(_) => content.into_iter().for_each(|content| {
                content.settle(LayerState::Failed { message: message.clone() });
            }),
            Task::ReadNames(layer) => self.take_in_failed_names(layer),
            Task::Seal(layer) => self.take_in_failed_seal(layer),
            Task::Measure(_) | Task::ReadSituation => {}
        }
        self.notify(Notice::error(message));
    }

    /// Orders whatever the view needs and nobody works at yet.
    fn order_work(&mut self) {
        self.order_events();
        self.order_filters();
        self.follow_time();
        self.follow_places();
        self.follow_table();
        self.order_statistics();
        self.order_names();
        self.order_pictures();
        self.order_counting();
        self.order_size();
        self.order_seals(true);
    }

    fn order_pictures(&mut self) {
        let (zoom_step, theme) = (zoom_step_of(self.viewport.zoom), self.theme());
        let visible = self.viewport.visible_world();
        for entry in
            self.ground.iter().chain(self.project.catalogue.bottom_up().filter(|entry| entry.visible))
        {
            let Some(content) = self.contents.get_mut(&entry.id) else { continue };
            // A picture of other rows would be thrown away at once.
            let Some(data) = content.data().filter(|_| !content.is_being_filtered()).cloned() else {
                continue;
            };
            let shown = content.on_map();
            let key = PictureKey {
                generation: content.generation,
                filter_revision: shown.map_or(0, |shown| shown.revision),
                fades: shown.is_some_and(|shown| shown.faint.is_some()),
                zoom_step,
                theme,
                with_points: content.draws_points(entry.points_as),
                region: Region::for_layer(&data, visible, zoom_step),
            };
            let rows = shown.cloned();
            if !is_wanted(content, key, visible) {
                continue;
            }
            if let Some(drawing) = content.picture.as_ref().and_then(|old| adapted(old, key, rows.as_ref())) {
                self.next_number += 1;
                content.picture = Some(LayerDrawing { id: self.next_number, ..drawing });
                continue;
            }
            content.awaited = Some(key);
            self.jobs.draw(entry.id, key, entry.look.clone(), data, rows);
        }
    }

    fn fit_to_new_layers(&mut self) -> Option<Request> {
        // What has failed is not waited for.
        let is_coming = |layer: &LayerId| {
            let content = self.contents.get(layer);
            content.is_some_and(|content| !matches!(content.state, LayerState::Failed { .. }))
        };
        self.fit_when_read.retain(is_coming);
        if self.fit_when_read.is_empty() {
            return None;
        }
        let is_read =
            |layer: &LayerId| self.contents.get(layer).is_some_and(|content| content.data().is_some());
        let read: Vec<LayerId> = self.fit_when_read.iter().copied().filter(is_read).collect();
        if read.len() < self.fit_when_read.len() {
            return None;
        }
        self.fit_when_read.clear();
        let extent = self.extent_of(&read)?;
        Some(self.camera_to_extent(extent))
    }

    /// Goes at once to the layers that were opened last, as far as they are read.
    pub fn open_view_of_new_layers(&mut self) {
        let layers = std::mem::take(&mut self.fit_when_read);
        if let Some(extent) = self.extent_of(&layers) {
            self.open_view_of(extent);
        }
    }

    fn extent_of(&self, layers: &[LayerId]) -> Option<Extent> {
        let extents = layers.iter().filter_map(|layer| self.content(*layer)?.shown_extent());
        extents.reduce(Extent::union)
    }
}

/// Whether a picture is neither there nor on its way.
fn is_wanted(content: &LayerContent, key: PictureKey, visible: WorldRect) -> bool {
    let is_there = content.picture.as_ref().is_some_and(|drawing| drawing.key.serves(&key, visible));
    // One at a time: while zooming, the steps in between need not be drawn.
    !is_there && content.awaited.is_none() && content.failed_picture != Some(key)
}

/// The picture for another zoom or other rows, where that takes no work: of points that the processor draws.
fn adapted(old: &LayerDrawing, key: PictureKey, rows: Option<&ShownRows>) -> Option<LayerDrawing> {
    let made_for = |key: PictureKey| (key.generation, key.theme, key.with_points, key.region);
    let fits = made_for(old.key) == made_for(key) && !old.key.fades && !key.fades;
    let rows = rows.map(|shown| shown.rows.clone());
    let picture = old.picture.adapted(key.zoom_step, rows).filter(|_| fits)?;
    Some(LayerDrawing { key, picture: Arc::new(picture), ..old.clone() })
}
