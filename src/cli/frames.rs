//! What `--frames` draws after the picture, as a window would, and how long each frame takes.
//!
//! Floor 7. Layout, what is uploaded, and drawing to its end; nothing is read back.

use std::time::Instant;

use serde_json::{Map, Value, json};

use super::timings::milliseconds;
use crate::export::{PictureError, PictureMaker};
use crate::session::{Command, Session, TimeCommand};

/// How far each frame pans, as a part of the picture's width.
const PAN_STEP: f32 = 0.01;
/// The window of time is so long and moves so far in all, as parts of the span of the events.
const WINDOW_LENGTH: f64 = 0.5;
const WINDOW_WAY: f64 = 0.5;

/// Milliseconds, frame by frame.
#[derive(Debug, Default)]
pub struct LaterFrames {
    pan: Vec<f64>,
    /// Frames in which the window of time has moved; none where nothing has a date.
    time: Vec<f64>,
    /// Of each of those, finding the rows that the window shows.
    time_filter: Vec<f64>,
}

impl LaterFrames {
    /// Pans, then moves a window of half the time over all of it; `count` frames of each.
    pub fn draw(maker: &mut PictureMaker, session: &mut Session, count: u32) -> Result<Self, PictureError> {
        let mut frames = Self::default();
        for _ in 0..count {
            let began = Instant::now();
            session.apply_at_once(Command::PanBy { right: PAN_STEP, down: 0.0 });
            session.tick();
            maker.draw_frame(session)?;
            frames.pan.push(milliseconds(began.elapsed()));
        }
        let Some(whole) = session.whole_time() else { return Ok(frames) };
        session.apply_at_once(Command::PanBy { right: -PAN_STEP * count as f32, down: 0.0 });
        session.tick();
        maker.draw_frame(session)?;
        let span = f64::from(whole.end) - f64::from(whole.start);
        for nth in 0..count {
            let way = WINDOW_WAY * f64::from(nth) / f64::from(count);
            let start = whole.start.saturating_add((span * way) as i32);
            let window = start..start.saturating_add((span * WINDOW_LENGTH) as i32);
            let began = Instant::now();
            session.apply_at_once(Command::Time(TimeCommand::SetWindow(Some(window))));
            session.tick();
            frames.time_filter.push(milliseconds(began.elapsed()));
            maker.draw_frame(session)?;
            frames.time.push(milliseconds(began.elapsed()));
        }
        Ok(frames)
    }

    /// `frame_ms` of the pan; where there are dates, `time_frame_ms` of the window's moves and `time_filter_ms`, the part
    /// of each in which its rows are found.
    pub fn to_json(&self) -> Map<String, Value> {
        let rounded = |times: &[f64]| -> Value {
            times.iter().map(|ms| json!((ms * 100.0).round() / 100.0)).collect::<Vec<_>>().into()
        };
        let mut line = Map::from_iter([("frame_ms".to_owned(), rounded(&self.pan))]);
        if !self.time.is_empty() {
            line.insert("time_frame_ms".to_owned(), rounded(&self.time));
            line.insert("time_filter_ms".to_owned(), rounded(&self.time_filter));
        }
        line
    }
}
