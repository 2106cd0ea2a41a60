//! The headless commands.
//!
//! Floor 7. Data on stdout, messages on stderr; exit status 0 done, 1 input refused, 2 wrong usage.

mod args;
mod coarsen_arguments;
mod dates;
mod frames;
mod identify;
mod inspect;
mod place_arguments;
mod project;
mod query;
mod render;
mod search;
mod timings;

use std::io::Write;

pub use args::{Arguments, HeadlessCommand, WindowArguments};
use clap::Parser;
pub use project::{LogArguments, PackArguments, VerifyArguments};
pub use query::QueryArguments;

use crate::index::Filter;
use crate::session::{Command, LayerId, LayerOrigin, LayerState, NoticeKind, Session};

/// Why a headless command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input, or what the command needs, is not to be had; a sentence for the user.
    #[error("{}", printable(.0))]
    Refused(String),
    /// The reader of our output has gone; there is nobody to tell.
    #[error("the output was closed")]
    OutputClosed,
}

impl HeadlessCommand {
    /// Runs the command. `started` is when the process did.
    pub fn run(&self, started: std::time::Instant) -> Result<(), Failure> {
        match self {
            Self::Render(arguments) => render::render(arguments, started),
            Self::Inspect(arguments) => inspect::inspect(arguments),
            Self::Identify(arguments) => identify::identify(arguments),
            Self::Search(arguments) => search::search(arguments),
            Self::Query(arguments) => query::query(arguments),
            Self::Pack(arguments) => project::pack(arguments),
            Self::Verify(arguments) => project::verify(arguments),
            Self::Log(arguments) => project::log(arguments),
        }
    }
}

/// The command line as it was given; where it cannot be used, or asks for help, that is printed, and the exit status is
/// answered. What it quotes of the arguments cannot steer a terminal.
pub fn read_command_line() -> Result<Arguments, u8> {
    Arguments::try_parse().map_err(|error| {
        let words = error.render().to_string();
        let words: Vec<String> = words.lines().map(printable).collect();
        let words = words.join("\n");
        // Nobody to tell where both are closed.
        let _ = match error.use_stderr() {
            true => writeln!(std::io::stderr(), "{words}"),
            false => writeln!(std::io::stdout(), "{words}"),
        };
        u8::try_from(error.exit_code()).unwrap_or(2)
    })
}

/// Words for a person; see [`printable`].
fn print_words_line(line: &str) -> Result<(), Failure> {
    print_line(&printable(line))
}

fn print_line(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}").map_err(|_| Failure::OutputClosed)
}

/// Something to know beside the output, on stderr.
fn tell(words: &str) {
    // Nobody to tell where stderr is closed.
    let _ = writeln!(std::io::stderr(), "sitmap: {}", printable(words));
}

/// The refusal of a file of which nothing was kept although there was something.
fn check_kept(kept: usize, rejected: usize, origin: &str) -> Result<(), Failure> {
    if kept > 0 || rejected == 0 {
        return Ok(());
    }
    Err(Failure::Refused(format!("nothing in the file could be kept, {rejected} rejected: {origin}")))
}

/// A text from outside for a terminal: what would move its cursor or turn its order is shown as an escape.
fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().fold(String::with_capacity(text.len()), |mut shown, c| {
        match c.is_control() || turns(c) {
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
        shown
    })
}

/// One filter that says what all of them say.
fn joined(filters: &[Filter]) -> Filter {
    Filter { parts: filters.iter().flat_map(|filter| filter.parts.clone()).collect() }
}

/// Shows only the rows of the files that meet all filters; refuses a filter that does not suit them.
fn filter_files(session: &mut Session, filters: &[Filter]) -> Result<(), Failure> {
    let filter = joined(filters);
    if filter.is_empty() {
        return Ok(());
    }
    let files = session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none());
    let files: Vec<_> = files.map(|entry| entry.id).collect();
    check_filter(session, &files, &filter)?;
    for &layer in &files {
        session.apply(Command::SetFilter { layer, filter: Some(filter.clone()) });
    }
    session.settle_reading();
    check_filtered(session, &files)?;
    tell_unmet(session, &files);
    for &layer in &files {
        let content = session.content(layer);
        if content.is_some_and(|content| content.shown().is_some_and(|shown| shown.count == 0)) {
            tell(&format!("no row of {} meets {filter}", layer_name(session, layer)));
        }
    }
    Ok(())
}

/// One filter may be asked of several layers: what one of them has no column for is unknown of its rows, as in the
/// window. What none of them has is refused, with the names of all; so is what asks for values of another type, or for one
/// that a closed list has not.
fn check_filter(session: &mut Session, layers: &[LayerId], filter: &Filter) -> Result<(), Failure> {
    let written = filter.to_string();
    let mistake = match layers.len() {
        // What the only layer has no column for is told when it is asked, with all that it has.
        ..2 => session.value_mistake_in(layers, &written),
        _ => {
            session.take_absent_as_unknown();
            session.read_filter_of(layers, &written).err()
        }
    };
    let names = || layers.iter().map(|&layer| layer_name(session, layer)).collect::<Vec<_>>().join(", ");
    mistake.map_or(Ok(()), |error| Err(Failure::Refused(format!("{}: {error}", names()))))
}

/// Tells on stderr which words no row has that a filter asks for: they may be mistyped.
fn tell_unmet(session: &Session, layers: &[LayerId]) {
    let of_layers = layers.iter().flat_map(|&layer| session.unmet_values_of(layer));
    for unmet in session.unmet_values().into_iter().chain(of_layers) {
        tell(&unmet.to_string());
    }
}

/// Refuses a filter that does not suit a layer, with its name.
fn check_filtered(session: &Session, layers: &[LayerId]) -> Result<(), Failure> {
    let failure = |&layer: &LayerId| Some((layer, session.content(layer)?.filter_failure()?));
    match layers.iter().find_map(failure) {
        Some((layer, why)) => Err(Failure::Refused(format!("{}: {why}", layer_name(session, layer)))),
        None => Ok(()),
    }
}

/// The name of a layer's file, the key of a bundled layer.
fn layer_name(session: &Session, layer: LayerId) -> String {
    let Some(entry) = session.catalogue().get(layer) else { return String::new() };
    match &entry.origin {
        LayerOrigin::File(path) => path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        LayerOrigin::Bundled(key) => (*key).to_owned(),
        LayerOrigin::Held { name } => name.clone(),
        LayerOrigin::Pasted => entry.title.clone(),
    }
}

/// Tells on stderr what was wrong in the files; refuses where nothing of a file could be kept.
fn report_issues(session: &Session) -> Result<(), Failure> {
    let mut failed = Vec::new();
    for entry in session.catalogue().bottom_up().filter(|entry| entry.origin_key().is_none()) {
        match session.content(entry.id).map(|content| &content.state) {
            Some(LayerState::Failed { message }) => failed.push(message.as_str()),
            Some(LayerState::Ready { data, report, .. }) => {
                let name = layer_name(session, entry.id);
                let is_taken = session
                    .catalogue()
                    .bottom_up()
                    .any(|other| other.id != entry.id && name.starts_with(&other.title));
                if is_taken && !name.starts_with(&entry.title) {
                    let title = &entry.title;
                    tell(&format!("{name}: there is another layer of that name; in filters it is “{title}”"));
                }
                for issue in &report.issues {
                    tell(&format!("{}: {issue}", entry.title));
                }
                check_kept(data.features.len(), report.rejected, &entry.title)?;
            }
            _ => {}
        }
    }
    if let [others @ .., last] = failed.as_slice() {
        others.iter().for_each(|message| tell(message));
        return Err(Failure::Refused((*last).to_owned()));
    }
    session
        .notices()
        .filter(|notice| notice.kind == NoticeKind::Warning)
        .for_each(|notice| tell(&notice.message));
    // A filter of a project that cannot be used would show more than the project does.
    let layers: Vec<LayerId> = session.catalogue().bottom_up().map(|entry| entry.id).collect();
    check_filtered(session, &layers)?;
    match session.notices().find(|notice| notice.kind == NoticeKind::Error) {
        Some(notice) => Err(Failure::Refused(notice.message.clone())),
        None => Ok(()),
    }
}
