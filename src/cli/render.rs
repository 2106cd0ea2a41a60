//! `sitmap render`: the map as a picture, without a window.
//!
//! Floor 7.

use std::io::Write;
use std::sync::Arc;
use std::time::Instant;

use serde_json::json;

use super::args::{BasemapArgument, RenderArguments};
use super::frames::LaterFrames;
use super::timings::{Timings, peak_rss_bytes};
use super::{Failure, print_line};
use crate::export::{PictureError, PictureMaker, write_png};
use crate::map_view::{Heading, choice_of_argument};
use crate::session::{Command, NoticeKind, Session, Settings, ThemeChoice};
use crate::sidecar::SidecarFolder;
use crate::symbology::{PointsAs, Theme};
use crate::tiles::TileStatus;

/// Points in an inch, by definition of the point on screens.
const POINTS_PER_INCH: f64 = 96.0;
const METRES_PER_INCH: f64 = 0.0254;
/// Pixels of the largest picture, 16384 × 16384: 1 GiB of memory, and nearly as much again while it is written.
const MAX_PICTURE_PIXELS: f64 = 268_435_456.0;

/// Draws the picture.
pub fn render(arguments: &RenderArguments, started: Instant) -> Result<(), Failure> {
    let refused = |error: &dyn std::fmt::Display| Failure::Refused(error.to_string());
    let mut timings = Timings::begin(started);
    check_size(arguments)?;
    let mut maker = PictureMaker::new(arguments.scale, arguments.offline, arguments.renderer.into());
    let mut session = open_session(arguments)?;
    if arguments.timings && session.settle_first_part() {
        draw_first_part(&mut maker, &mut session, arguments).map_err(|error| refused(&error))?;
        timings.first_pixels();
    }
    session.settle_reading();
    timings.end_of_reading(session.indexing_share());
    // The device has been opened meanwhile.
    session.draw_by(maker.drawn_by().map_err(|error| refused(&error))?);
    timings.device_ready(maker.device_ready_at());
    timings.end_of("device_wait_ms");
    super::report_issues(&session)?;
    if !arguments.filter.is_empty() {
        arguments.dates.apply(&mut session);
        super::filter_files(&mut session, &arguments.filter)?;
        timings.end_of("filter_ms");
    }
    set_view(&mut session, arguments);
    open_basemap(&mut maker, arguments)?;
    session.settle();
    timings.end_of("tessellate_ms");

    maker.heading = heading(arguments);
    let image = maker.picture(&mut session).map_err(|error| refused(&error))?;
    timings.end_of("first_frame_ms");
    timings.first_pixels();
    tell_of_missing_tiles(&maker);
    let pixels_per_metre = f64::from(arguments.scale) * POINTS_PER_INCH / METRES_PER_INCH;
    let written = write_png(&arguments.out, &image, pixels_per_metre.round() as u32);
    written.map_err(|error| {
        Failure::Refused(format!("cannot write the picture ({error}): {:?}", arguments.out))
    })?;

    let frames =
        LaterFrames::draw(&mut maker, &mut session, arguments.frames).map_err(|error| refused(&error))?;
    let troubles = session.notices().filter(|notice| notice.kind == NoticeKind::Warning);
    let troubles: Vec<String> = troubles.map(|notice| notice.message.clone()).collect();
    for trouble in troubles.into_iter().chain(session.settle_sidecars()) {
        // Nobody to tell where stderr is closed.
        let _ = writeln!(std::io::stderr(), "sitmap: {}", super::printable(&trouble));
    }
    if arguments.timings {
        let features = session.catalogue().bottom_up().filter_map(|entry| session.content(entry.id)?.data());
        let features: usize = features.map(|data| data.features.len()).sum();
        let mut line = timings.to_json();
        line.extend(frames.to_json());
        line.insert("features".to_owned(), json!(features));
        line.insert("peak_rss_bytes".to_owned(), json!(peak_rss_bytes()));
        print_line(&serde_json::Value::Object(line).to_string())?;
    }
    Ok(())
}

/// What a window would show while the file is being read.
fn draw_first_part(
    maker: &mut PictureMaker,
    session: &mut Session,
    arguments: &RenderArguments,
) -> Result<(), PictureError> {
    session.resize(arguments.size.0.map(|side| side as f32));
    if let Some(extent) = arguments.bbox {
        session.open_view_of(extent.0);
    }
    maker.drawn_by()?;
    maker.draw_frame(session)
}

/// Refuses a picture that would not fit into the memory, before anything is drawn.
fn check_size(arguments: &RenderArguments) -> Result<(), Failure> {
    let [width, height] = arguments.size.0.map(|points| f64::from(points) * f64::from(arguments.scale));
    if width * height <= MAX_PICTURE_PIXELS {
        return Ok(());
    }
    Err(Failure::Refused(format!(
        "the picture would be {width:.0} by {height:.0} pixels, and at most 268 million in all are drawn; \
         choose a smaller --size or --scale"
    )))
}

/// A picture without its base map is a picture still, but not the one that was asked for.
fn tell_of_missing_tiles(maker: &PictureMaker) {
    if maker.missing_tiles == 0 {
        return;
    }
    let why = match maker.basemaps.status() {
        TileStatus::Trouble { message } => message,
        TileStatus::Offline { .. } => "working offline".to_owned(),
        TileStatus::Idle | TileStatus::Loading { .. } => "they did not come in time".to_owned(),
    };
    let told = super::printable(&format!("{} tiles of the base map are missing: {why}", maker.missing_tiles));
    // Nobody to tell where stderr is closed.
    let _ = writeln!(std::io::stderr(), "sitmap: {told}");
}

fn open_session(arguments: &RenderArguments) -> Result<Session, Failure> {
    let keep_sidecars = arguments.sidecars.is_some();
    let settings = Settings { work_offline: arguments.offline, keep_sidecars, ..Settings::default() };
    let mut session = Session::new(settings, Arc::new(|| {}));
    if let Some(folder) = &arguments.sidecars {
        session.keep_sidecars_in(SidecarFolder::at(folder));
    }
    session.apply(Command::SetTheme(match Theme::from(arguments.theme) {
        Theme::Light => ThemeChoice::Light,
        Theme::Dark => ThemeChoice::Dark,
    }));
    if !arguments.no_bundled {
        session.open_bundled_situation();
    }
    if !arguments.timings {
        session.leave_parts_out();
    }
    super::project::open_files(&mut session, &arguments.files)?;
    let points_as = PointsAs::from(arguments.points_as);
    let users = session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none());
    // What a project says of its layers holds where nothing else is asked for.
    let users = users.filter(|_| points_as != PointsAs::default());
    for layer in users.map(|entry| entry.id).collect::<Vec<_>>() {
        session.apply(Command::SetLayerPoints { layer, points_as });
    }
    Ok(session)
}

fn set_view(session: &mut Session, arguments: &RenderArguments) {
    let [width, height] = arguments.size.0.map(|side| side as f32);
    session.resize([width, height]);
    if let Some(extent) = arguments.bbox {
        session.keep_view_while_reading();
        return session.open_view_of(extent.0);
    }
    session.open_view_of_new_layers();
    if let Some(center) = arguments.center {
        center.taken().filter(|_| center.may_be_turned_round()).iter().for_each(|taken| super::tell(taken));
        session.apply_at_once(Command::CenterOn(center.at));
    }
    if let Some(zoom) = arguments.zoom {
        let steps = zoom - session.viewport().zoom;
        session.apply_at_once(Command::ZoomAt { anchor: None, steps });
    }
}

fn open_basemap(maker: &mut PictureMaker, arguments: &RenderArguments) -> Result<(), Failure> {
    let (pack, address) = match &arguments.basemap {
        BasemapArgument::Bundled => return Ok(()),
        BasemapArgument::None => {
            maker.leave_ground_out();
            return Ok(());
        }
        BasemapArgument::Pack(path) => (Some(path.as_path()), None),
        BasemapArgument::Address(address) => (None, Some(address.as_str())),
    };
    let choice = choice_of_argument(pack, address).map_err(|error| Failure::Refused(error.to_string()))?;
    maker.basemaps.open(choice, arguments.theme.into()).map_err(|error| Failure::Refused(error.to_string()))
}

fn heading(arguments: &RenderArguments) -> Heading {
    match (&arguments.title, arguments.no_bundled) {
        (Some(title), _) => Heading { title: title.clone(), subtitle: String::new() },
        (None, true) => Heading::default(),
        (None, false) => Heading {
            title: "North-west Syria, September 2018".to_owned(),
            subtitle:
                "Reported strikes 1 Aug – 25 Sep 2018 and the area held by rebels about 8 Sep, approximate"
                    .to_owned(),
        },
    }
}
