//! Why a base map cannot be used, and why one tile is missing, in words for the user.
//!
//! Floor 4.

use std::path::PathBuf;
use std::time::Duration;

use super::retry::LONGEST_RETRY_AFTER;

/// Why a base map cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum TileError {
    /// The address typed for a tile server is of no use.
    #[error("this address of a tile server cannot be used: {why}: {template:?}")]
    Template {
        /// What was typed.
        template: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A command without a window was pointed at OpenStreetMap's servers.
    #[error(
        "headless rendering refuses this host: the tile policy of openstreetmap.org allows its tiles to people \
         looking at a map, not to programs. Use --basemap bundled, a PMTiles file, or another server"
    )]
    HeadlessOsm,
    /// A pack cannot be opened or read.
    #[error("cannot read the map pack: {source}: {path:?}")]
    Pack {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: PackError,
    },
    /// The style of a vector map is not valid.
    #[error("the map style is not valid")]
    Style(#[from] serde_json::Error),
}

/// What is wrong with a PMTiles file.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The file system said no.
    #[error("reading the file failed ({0})")]
    Io(#[from] std::io::Error),
    /// Not a PMTiles file, or one of an older version.
    #[error("this is not a PMTiles file of version 3")]
    NotPmTiles,
    /// A compression that is not read.
    #[error("the pack is compressed with {0}, which is not read; gzip and none are")]
    Compression(&'static str),
    /// A tile format that is not read.
    #[error("the pack holds {0} tiles, which are not read; vector (MVT), PNG and JPEG tiles are")]
    TileType(&'static str),
    /// The file contradicts itself.
    #[error("the pack is damaged: {0}")]
    Damaged(&'static str),
    /// Something in the file is larger than any honest pack needs.
    #[error("the pack is refused: {what} is larger than {limit} bytes")]
    TooLarge {
        /// Which part.
        what: &'static str,
        /// What is allowed.
        limit: u64,
    },
}

/// Why one tile is missing. The words go to the status bar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The server answered, and refuses (4xx, or a request to wait).
    #[error("{host} {}", refusal_words(*.status, *.wait))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Who refused.
        host: String,
        /// How long the server asks to be left alone.
        wait: Option<Duration>,
    },
    /// The server answered that it is broken (5xx).
    #[error("the tile server {host} has a fault (status {status}); trying again")]
    ServerFault {
        /// The HTTP status.
        status: u16,
        /// Who answered.
        host: String,
    },
    /// No answer came.
    #[error("{}", unreachable_words(*.cause, host))]
    Unreachable {
        /// Who did not answer.
        host: String,
        /// What happened instead.
        cause: NoAnswer,
    },
    /// The answer ended early.
    #[error("the connection to {host} broke off; trying again")]
    BrokenOff {
        /// Who was answering.
        host: String,
    },
    /// A web page came where a picture was asked for.
    #[error("a web page came instead of a map tile: does this network ask you to sign in?")]
    Portal,
    /// The server led somewhere it may not lead.
    #[error("the tile server {host} leads elsewhere, which was refused: {why}")]
    Redirect {
        /// Who redirected.
        host: String,
        /// What was wrong with the new address.
        why: &'static str,
    },
    /// What came is no picture that can be drawn.
    #[error("a map tile cannot be drawn: {0}")]
    Picture(String),
    /// The pack could not be read.
    #[error("the map pack cannot be read: {words}")]
    Pack {
        /// What is wrong with it.
        words: String,
        /// Whether it may be right the next time: a drive that is away, not a file that is damaged.
        may_pass: bool,
    },
    /// The switch was set while the request was on its way.
    #[error("working offline")]
    Offline,
}

impl Trouble {
    /// What came of a request, where the host is named beside it.
    pub(super) fn answer_words(&self) -> String {
        match self {
            Self::Refused { status, wait, .. } => refusal_words(*status, *wait),
            Self::ServerFault { status, .. } => format!("has a fault (status {status})"),
            Self::Unreachable { cause, .. } => match cause {
                NoAnswer::Name => "no network, or no server of this name".to_owned(),
                NoAnswer::Connection => "cannot be reached".to_owned(),
                NoAnswer::TimeOut => "does not answer in time".to_owned(),
                NoAnswer::Tls => "the connection is not safe (TLS); nothing was fetched".to_owned(),
                NoAnswer::PrivateAddress => "leads to a private address, which was refused".to_owned(),
            },
            Self::BrokenOff { .. } => "the connection broke off".to_owned(),
            Self::Redirect { why, .. } => format!("leads elsewhere, which was refused: {why}"),
            Self::Portal | Self::Picture(_) | Self::Pack { .. } | Self::Offline => self.to_string(),
        }
    }

    /// Whether the next tile of the same server would meet the same.
    pub(super) fn is_the_servers(&self) -> bool {
        match self {
            Self::Refused { status, .. } => matches!(status, 429 | 503),
            Self::Unreachable { .. } | Self::Portal => true,
            _ => false,
        }
    }
}

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// The name has no address.
    Name,
    /// Nobody listens, or the connection was cut before an answer.
    Connection,
    /// Too slow.
    TimeOut,
    /// The certificate or the handshake is not right.
    Tls,
    /// The name leads to a private address, and the user did not ask for that host.
    PrivateAddress,
}

fn refusal_words(status: u16, wait: Option<Duration>) -> String {
    match status {
        204 | 404 | 410 => format!("has no tile here (status {status})"),
        429 | 503 => format!("asks to be left alone {} (status {status})", pause_words(wait)),
        _ => format!("refuses this map (status {status})"),
    }
}

/// `for 90 seconds`, `for 5 minutes`, `for 2 hours`; no longer than the map is going to wait.
fn pause_words(wait: Option<Duration>) -> String {
    match wait.map(|wait| wait.min(LONGEST_RETRY_AFTER).as_secs()) {
        None | Some(0) => "for a while".to_owned(),
        Some(1) => "for a second".to_owned(),
        Some(seconds @ 2..=120) => format!("for {seconds} seconds"),
        Some(seconds @ 121..=7200) => format!("for {} minutes", seconds.div_ceil(60)),
        Some(seconds) => format!("for {} hours", seconds.div_ceil(3600)),
    }
}

fn unreachable_words(cause: NoAnswer, host: &str) -> String {
    match cause {
        NoAnswer::Name => format!("no network, or no server is called {host}; trying again"),
        NoAnswer::Connection => format!("{host} cannot be reached; trying again"),
        NoAnswer::TimeOut => format!("{host} does not answer in time; trying again"),
        NoAnswer::Tls => format!("the connection to {host} is not safe (TLS); nothing was fetched"),
        NoAnswer::PrivateAddress => format!("{host} leads to a private address, which was refused"),
    }
}
