//! `sitmap pack`, `sitmap verify`, `sitmap log`: projects without a window.
//!
//! Floor 7.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::dates::DatesArguments;
use super::{Failure, print_line, print_words_line, tell};
use crate::project::{
    Passphrase, ProjectError, Replaces, Verification, json_of, page_of, read_project, verify_project,
    write_project,
};
use crate::session::{Command, Keeping, ProjectRequest, Purpose, Request, Session, Settings};
use crate::symbology::thousands;

/// `sitmap pack`
#[derive(Debug, Args)]
pub struct PackArguments {
    /// GeoJSON files and tables; a project among them is gone on from
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The project to write; one that is there is replaced
    #[arg(long, value_name = "MAP.sitmap")]
    pub out: PathBuf,
    /// Hold the files' data, so that the project opens on any machine
    #[arg(long)]
    pub data: bool,
    /// Do not tell in which folders the files lie
    #[arg(long)]
    pub no_paths: bool,
    /// Leave the bundled situation out
    #[arg(long)]
    pub no_bundled: bool,
    /// How dates are read
    #[command(flatten)]
    pub dates: DatesArguments,
    /// Encrypt with the passphrase in the first line of this file, and read projects with it
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

/// `sitmap verify`
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// The project to look through
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// The passphrase in the first line of this file
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    pub json: bool,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

/// `sitmap log`
#[derive(Debug, Args)]
pub struct LogArguments {
    /// The project whose log is printed
    #[arg(value_name = "PROJECT")]
    pub project: PathBuf,
    /// A page of HTML to print; one JSON object without this
    #[arg(long)]
    pub page: bool,
    /// The passphrase in the first line of this file
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Nothing leaves this machine; this command never goes online anyway
    #[arg(long)]
    pub offline: bool,
}

fn refused(error: &ProjectError) -> Failure {
    Failure::Refused(error.to_string())
}

fn passphrase_of(file: Option<&Path>) -> Result<Option<Passphrase>, Failure> {
    let Some(file) = file else { return Ok(None) };
    const MOST_BYTES: u64 = 1 << 20;
    let failed = |why: &dyn std::fmt::Display| {
        Failure::Refused(format!("cannot read the passphrase ({why}): {}", file.display()))
    };
    if !std::fs::metadata(file).map_err(|error| failed(&error))?.is_file() {
        return Err(failed(&"it is no file"));
    }
    let mut text = String::new();
    let opened = std::fs::File::open(file).map_err(|error| failed(&error))?;
    opened.take(MOST_BYTES).read_to_string(&mut text).map_err(|error| failed(&error))?;
    let line = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default().to_owned();
    let letters = thousands(line.chars().count() as u64);
    let refused = || {
        let words = Passphrase::words_of_refusal();
        Failure::Refused(format!("the first line has {letters} letters. {words} {}", file.display()))
    };
    Passphrase::new(line).map(Some).ok_or_else(refused)
}

/// Opens what the command line names: files as layers, a project in place of the map.
pub(super) fn open_files(session: &mut Session, files: &[PathBuf]) -> Result<(), Failure> {
    open_files_with(session, files, None, false)
}

fn open_files_with(
    session: &mut Session,
    files: &[PathBuf],
    passphrase: Option<&Passphrase>,
    is_packed: bool,
) -> Result<(), Failure> {
    let request = session.apply(Command::OpenFiles(files.to_vec()));
    let Some(Request::Project(ProjectRequest::Open { path, then })) = request else { return Ok(()) };
    let read = read_project(&path, passphrase).map_err(|error| refused(&error))?;
    for trouble in &read.troubles {
        tell(&format!("{}: {trouble}", path.display()));
    }
    if is_packed && !read.troubles.is_empty() {
        let name = path.display();
        return Err(Failure::Refused(format!(
            "a project that is damaged is not packed anew, as if it were whole: {name}"
        )));
    }
    // What the files hold now is compared with what the project knows of them.
    session.keep_log();
    session.open_project(read.project);
    if !is_packed && session.timeline().window().is_some() {
        tell(
            "the window of time of the project holds in pictures; name its days in a filter to ask for them alone",
        );
    }
    if !then.is_empty() {
        session.apply(Command::OpenFiles(then));
    }
    Ok(())
}

/// Writes a project of files.
pub(super) fn pack(arguments: &PackArguments) -> Result<(), Failure> {
    let passphrase = passphrase_of(arguments.passphrase_file.as_deref())?;
    let mut session = Session::new(Settings::default(), Arc::new(|| {}));
    session.keep_log();
    if !arguments.no_bundled {
        session.open_bundled_situation();
    }
    open_files_with(&mut session, &arguments.files, passphrase.as_ref(), true)?;
    session.settle_reading();
    super::report_issues(&session)?;
    arguments.dates.apply(&mut session);
    session.open_view_of_new_layers();
    // What the project that is gone on from does not tell, the new one does not either.
    let before = session.keeping();
    let keeping = Keeping { paths: before.paths && !arguments.no_paths, ..before };
    if keeping != before {
        session.apply(Command::SetKeeping(keeping));
    }
    if arguments.data {
        session.apply(Command::SetKeeping(Keeping { data: true, ..keeping }));
    }
    let snapshot = session.to_project(Purpose::Save);
    for title in &snapshot.withheld {
        tell(&format!(
            "the data of {title} is not held: the project names its file, which is not what it recorded; --data holds it"
        ));
    }
    write_project(&arguments.out, &snapshot, passphrase.as_ref(), &Replaces::AnyProject)
        .map(|_| ())
        .map_err(|error| refused(&error))
}

/// Tells whether a project is as it was written; what is not is refused.
pub(super) fn verify(arguments: &VerifyArguments) -> Result<(), Failure> {
    let passphrase = passphrase_of(arguments.passphrase_file.as_deref())?;
    let found = verify_project(&arguments.project, passphrase.as_ref()).map_err(|error| refused(&error))?;
    if arguments.json {
        let json = serde_json::to_value(&found).map_err(|error| Failure::Refused(error.to_string()))?;
        print_line(&json.to_string())?;
    } else {
        print_found(&found)?;
    }
    let name = arguments.project.display();
    let others = found.files.iter().filter(|file| file.state != "as recorded").count();
    match (found.faults.len(), others) {
        (0, 0) => Ok(()),
        (0, others) => Err(Failure::Refused(format!(
            "the project is as it was written, and {others} of the {} files that it refers to not: {name}",
            found.files.len()
        ))),
        (1, _) => Err(Failure::Refused(format!("the project is not as it was written: {name}"))),
        (faults, _) => {
            Err(Failure::Refused(format!("the project is not as it was written ({faults} faults): {name}")))
        }
    }
}

fn print_found(found: &Verification) -> Result<(), Failure> {
    let Verification { faults, entries, held, files } = found;
    print_words_line(&format!("log: {entries} entries; data held: {held}"))?;
    files.iter().try_for_each(|file| {
        print_words_line(&format!("  {} ({}): {}", file.name, file.layer, file.state))
    })?;
    faults.iter().try_for_each(|fault| print_words_line(&format!("  fault: {fault}")))?;
    let of_what =
        if *held > 0 { "seal, log and held data fit" } else { "seal and log fit; it holds no data" };
    if faults.is_empty() {
        print_line(&format!("the project is as it was written: {of_what}"))
    } else {
        Ok(())
    }
}

/// Prints the log of a project.
pub(super) fn log(arguments: &LogArguments) -> Result<(), Failure> {
    let passphrase = passphrase_of(arguments.passphrase_file.as_deref())?;
    let read = read_project(&arguments.project, passphrase.as_ref()).map_err(|error| refused(&error))?;
    for trouble in &read.troubles {
        tell(&format!("{}: {trouble}", arguments.project.display()));
    }
    let log = &read.project.log;
    let words = if arguments.page {
        page_of(log, &arguments.project.file_name().unwrap_or_default().to_string_lossy())
    } else {
        json_of(log)
    };
    writeln!(std::io::stdout(), "{words}").map_err(|_| Failure::OutputClosed)
}
