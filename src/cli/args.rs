//! What may be written on the command line.
//!
//! Floor 7.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::dates::DatesArguments;
use super::place_arguments::{ExtentArgument, LonLatArgument};
use super::project::{LogArguments, PackArguments, VerifyArguments};
use super::query::QueryArguments;
use crate::index::{FILTER_GRAMMAR, Filter};
use crate::render::RendererChoice;
use crate::symbology::{PointsAs, Theme};

/// A situation map: what happened, when, where, and on whose word.
#[derive(Debug, Parser)]
#[command(name = "sitmap", version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Exit status: 0 done, 1 input refused, 2 wrong usage.")]
pub struct Arguments {
    /// A headless command; without one the window opens
    #[command(subcommand)]
    pub command: Option<HeadlessCommand>,
    /// What the window opens with
    #[command(flatten)]
    pub window: WindowArguments,
}

/// What the window opens with.
#[derive(Debug, Args)]
pub struct WindowArguments {
    /// GeoJSON files and tables to open on top of the bundled situation, or a project
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Open the view around this place
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub center: Option<LonLatArgument>,
    /// Open the view at this zoom, 1 to 20
    #[arg(long, value_name = "Z", value_parser = parse_zoom)]
    pub zoom: Option<f64>,
    /// Light or dark
    #[arg(long)]
    pub theme: Option<ThemeArgument>,
    /// Nothing leaves this machine
    #[arg(long)]
    pub offline: bool,
    /// Leave the bundled situation out
    #[arg(long)]
    pub no_bundled: bool,
    /// Draw points as fits a graphics card or a software adapter; `auto` looks at the adapter
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub renderer: RendererArgument,
}

/// A command that needs no window.
#[derive(Debug, Subcommand)]
pub enum HeadlessCommand {
    /// Draw the map into a PNG file
    Render(RenderArguments),
    /// Tell what is in a file and what is wrong with it
    Inspect(InspectArguments),
    /// Tell what lies at a place, uppermost first
    Identify(IdentifyArguments),
    /// Find places, events, features, layers and coordinates by what they are called
    Search(SearchArguments),
    /// List the rows that a filter shows
    Query(QueryArguments),
    /// Write files, or another project, as one project file
    Pack(PackArguments),
    /// Tell whether a project is as it was written, byte by byte
    Verify(VerifyArguments),
    /// Print what was done with the data of a project
    Log(LogArguments),
}

/// `sitmap render`
#[derive(Debug, Args)]
pub struct RenderArguments {
    /// GeoJSON files and tables to draw on top of the bundled situation
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The PNG file to write
    #[arg(long, value_name = "MAP.png")]
    pub out: PathBuf,
    /// Width and height of the map in points
    #[arg(long, value_name = "WxH", default_value = "1280x800")]
    pub size: SizeArgument,
    /// Pixels a point, 0.5 to 4
    #[arg(long, default_value = "1", value_parser = parse_scale)]
    pub scale: f32,
    /// The part of the world to draw
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true, conflicts_with_all = ["center", "zoom"])]
    pub bbox: Option<ExtentArgument>,
    /// The place in the middle
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    pub center: Option<LonLatArgument>,
    /// The zoom, 1 to 20
    #[arg(long, value_name = "Z", value_parser = parse_zoom)]
    pub zoom: Option<f64>,
    /// `bundled`, `none`, a PMTiles file or a tile address with {z}, {x} and {y}
    #[arg(long, default_value = "bundled")]
    pub basemap: BasemapArgument,
    /// Leave the bundled situation out
    #[arg(long)]
    pub no_bundled: bool,
    /// Light or dark
    #[arg(long, default_value = "light")]
    pub theme: ThemeArgument,
    /// How the points of the given files are drawn
    #[arg(long, value_name = "KIND", default_value = "symbols")]
    pub points_as: PointsArgument,
    /// Show only the rows of the files that meet this filter; of several, all must hold
    #[arg(long, value_name = "EXPR", requires = "files", long_help = filter_help())]
    pub filter: Vec<Filter>,
    /// How the dates of the files are read
    #[command(flatten)]
    pub dates: DatesArguments,
    /// Draw points as fits a graphics card or a software adapter; `auto` looks at the adapter
    #[arg(long, value_name = "HOW", default_value = "auto")]
    pub renderer: RendererArgument,
    /// Draw this many frames of a pan, and as many of a window of time that moves, each to its end; nothing is read back
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub frames: u32,
    /// Print one line of JSON with the time of each step
    #[arg(long)]
    pub timings: bool,
    /// Keep prepared copies of large layers in this folder, and use those that are there
    #[arg(long, value_name = "FOLDER")]
    pub sidecars: Option<PathBuf>,
    /// The heading on the picture; empty for none
    #[arg(long)]
    pub title: Option<String>,
    /// Nothing leaves this machine
    #[arg(long)]
    pub offline: bool,
}

/// `sitmap inspect`
#[derive(Debug, Args)]
pub struct InspectArguments {
    /// The file to read
    pub file: PathBuf,
    /// Count the rows that meet this filter; of several, all must hold
    #[arg(long, value_name = "EXPR", long_help = filter_help())]
    pub filter: Vec<Filter>,
    /// How the dates of the files are read
    #[command(flatten)]
    pub dates: DatesArguments,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

/// `sitmap identify`
#[derive(Debug, Args)]
pub struct IdentifyArguments {
    /// GeoJSON files and tables on top of the bundled situation
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The place to ask about: LON,LAT, or any notation with hemispheres, UTM or MGRS
    #[arg(long, value_name = "PLACE", allow_hyphen_values = true)]
    pub at: LonLatArgument,
    /// The zoom at which points are counted
    #[arg(long, value_name = "Z", default_value = "12", value_parser = parse_zoom)]
    pub zoom: f64,
    /// How near is near enough, in points
    #[arg(long, value_name = "POINTS", default_value = "6", value_parser = parse_tolerance)]
    pub tolerance: f64,
    /// Show only the rows of the files that meet this filter; of several, all must hold
    #[arg(long, value_name = "EXPR", requires = "files", long_help = filter_help())]
    pub filter: Vec<Filter>,
    /// How the dates of the files are read
    #[command(flatten)]
    pub dates: DatesArguments,
    /// What is asked, and how it is answered
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// `sitmap search`
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// A name in any spelling, Latin or Arabic, or a position in any notation
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// GeoJSON files on top of the bundled situation
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The most hits of a kind
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub limit: usize,
    /// What is asked, and how it is answered
    #[command(flatten)]
    pub answer: AnswerArguments,
}

/// What all commands have that list what lies on the map.
#[derive(Debug, Args)]
pub struct AnswerArguments {
    /// Leave the bundled situation out
    #[arg(long)]
    pub no_bundled: bool,
    /// Print a JSON array
    #[arg(long)]
    pub json: bool,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

fn filter_help() -> String {
    format!("Only rows that meet this filter count; of several, all must hold\n\n{FILTER_GRAMMAR}")
}

/// Light or dark.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ThemeArgument {
    /// Dark on light
    Light,
    /// Light on dark
    Dark,
}

impl From<ThemeArgument> for Theme {
    fn from(theme: ThemeArgument) -> Self {
        match theme {
            ThemeArgument::Light => Self::Light,
            ThemeArgument::Dark => Self::Dark,
        }
    }
}

/// How points are drawn.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PointsArgument {
    /// Each by its symbol
    Symbols,
    /// Those near one another as one disc with their number
    Clusters,
    /// How densely they lie, as a coloured haze
    Heat,
    /// Counted in the hexagons of the H3 grid
    Hex,
}

impl From<PointsArgument> for PointsAs {
    fn from(points: PointsArgument) -> Self {
        match points {
            PointsArgument::Symbols => Self::Symbols,
            PointsArgument::Clusters => Self::Clusters,
            PointsArgument::Heat => Self::HeatMap,
            PointsArgument::Hex => Self::Hexagons,
        }
    }
}

/// Whose way of drawing is taken.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RendererArgument {
    /// The one that fits the adapter
    Auto,
    /// The graphics card draws every point
    Gpu,
    /// The processor draws large layers of points into tiles
    Software,
}

impl From<RendererArgument> for RendererChoice {
    fn from(renderer: RendererArgument) -> Self {
        match renderer {
            RendererArgument::Auto => Self::Auto,
            RendererArgument::Gpu => Self::Gpu,
            RendererArgument::Software => Self::Software,
        }
    }
}

/// `WxH` in points.
#[derive(Debug, Clone, Copy)]
pub struct SizeArgument(pub [u32; 2]);

impl FromStr for SizeArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', '×']).and_then(|(w, h)| Some([w.parse().ok()?, h.parse().ok()?]));
        match sides {
            Some(sides) if sides.iter().all(|side| (64..=32_768).contains(side)) => Ok(Self(sides)),
            Some(_) => Err("each side must be from 64 to 32768".to_owned()),
            None => Err("write it as WIDTHxHEIGHT, such as 1280x800".to_owned()),
        }
    }
}

/// What lies under the overlays of a picture.
#[derive(Debug, Clone)]
pub enum BasemapArgument {
    /// The bundled base map.
    Bundled,
    /// Nothing but the overlays.
    None,
    /// A PMTiles pack.
    Pack(PathBuf),
    /// A tile address.
    Address(String),
}

impl FromStr for BasemapArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "bundled" => Ok(Self::Bundled),
            "none" => Ok(Self::None),
            _ if text.contains("://") => {
                let row = text.contains("{y}") || text.contains("{-y}");
                if row && text.contains("{z}") && text.contains("{x}") {
                    Ok(Self::Address(text.to_owned()))
                } else {
                    Err("a tile address needs {z}, {x} and {y}".to_owned())
                }
            }
            _ => Ok(Self::Pack(PathBuf::from(text))),
        }
    }
}

fn parse_between(text: &str, low: f64, high: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| format!("must be a number from {low} to {high}"))
}

fn parse_zoom(text: &str) -> Result<f64, String> {
    parse_between(text, crate::coords::MIN_ZOOM, crate::coords::MAX_ZOOM)
}

fn parse_scale(text: &str) -> Result<f32, String> {
    parse_between(text, 0.5, 4.0).map(|scale| scale as f32)
}

fn parse_tolerance(text: &str) -> Result<f64, String> {
    parse_between(text, 0.0, 1_000.0)
}
