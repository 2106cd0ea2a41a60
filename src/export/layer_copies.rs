//! Copies of layers for others, written on a thread.
//!
//! Floor 6.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::coarsening::Coarsening;
use super::told_rows::{EventForm, TellError, ToldLayer, ToldRows};
use crate::project::{Working, answer_of, write_file_whole};
use crate::session::{
    Command, CopyForm, CopyRequest, FeatureRef, LayerCopy, LayerOrigin, Notice, Session, Wake,
};

/// What is written of a session's layers for others, one file at a time.
pub struct LayerCopies {
    wake: Wake,
    writing: Option<Writing>,
}

struct Writing {
    work: Working<io::Result<()>>,
    told: Arc<AtomicUsize>,
    is_stopped: Arc<AtomicBool>,
    rows: usize,
    path: PathBuf,
    /// What came of it, if all goes well.
    words: String,
}

impl LayerCopies {
    /// Nothing is written yet. `wake` is called from threads when there is news.
    pub fn new(wake: Wake) -> Self {
        Self { wake, writing: None }
    }

    /// How many rows of how many are written; `None` where nothing is being written.
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.writing.as_ref().map(|writing| (writing.told.load(Ordering::Relaxed), writing.rows))
    }

    /// Does what is asked; answers the name to begin with where the user is to choose a place.
    pub fn carry_out(&mut self, request: CopyRequest, session: &mut Session) -> Option<(LayerCopy, String)> {
        match request {
            CopyRequest::ChooseWhere(copy) => {
                let entry = session.catalogue().get(copy.layer)?;
                return Some((copy, file_name(&entry.title, copy)));
            }
            CopyRequest::Stop => {
                if let Some(writing) = &self.writing {
                    writing.is_stopped.store(true, Ordering::Relaxed);
                }
            }
            CopyRequest::WriteTo(copy, path) => {
                if let Err(words) = self.begin(copy, path, session) {
                    session.apply(Command::ShowNotice(Notice::error(words)));
                }
            }
        }
        None
    }

    fn begin(&mut self, copy: LayerCopy, path: PathBuf, session: &Session) -> Result<(), String> {
        if self.writing.is_some() {
            return Err("Another copy is still being written".to_owned());
        }
        let path = match path.extension() {
            Some(_) => path,
            None => path.with_extension(copy.form.ending()),
        };
        if let Some(title) = layer_of_file(session, &path) {
            return Err(format!(
                "{} is the file that {title} was read from: a copy needs another name",
                name_of(&path)
            ));
        }
        let told = told_rows(copy, session).ok_or("The layer is gone, or not read yet")?;
        let (rows, words) = (told.count(), words_of(&told, &path));
        let (count, is_stopped) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (to, counted, stop) = (path.clone(), count.clone(), is_stopped.clone());
        let work = Working::start(&self.wake, move || {
            let mut go_on = || match stop.load(Ordering::Relaxed) {
                true => Err(io::ErrorKind::Interrupted.into()),
                false => {
                    counted.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                }
            };
            write_file_whole(&to, &mut |file| write_rows(file, &told, copy.form, &mut go_on))
        });
        self.writing = Some(Writing { work, told: count, is_stopped, rows, path, words });
        Ok(())
    }

    /// Tells what came of what was written. Once a frame.
    pub fn tick(&mut self, session: &mut Session) {
        let Some(writing) = self.writing.take() else { return };
        let Writing { work, path, words, is_stopped, .. } = writing;
        let mut work = Some(work);
        let Some(answer) = answer_of(&mut work) else {
            let (told, rows) = (writing.told, writing.rows);
            self.writing = work.map(|work| Writing { work, told, is_stopped, rows, path, words });
            return;
        };
        let notice = match answer {
            Ok(Ok(())) => Notice::info(words),
            Ok(Err(_)) if is_stopped.load(Ordering::Relaxed) => {
                Notice::info(format!("{} was not written", name_of(&path)))
            }
            Ok(Err(error)) => Notice::error(format!("The copy cannot be written: {error}: {path:?}")),
            Err(trouble) => Notice::error(trouble),
        };
        session.apply(Command::ShowNotice(notice));
    }
}

fn write_rows(
    file: &mut File,
    told: &ToldRows,
    form: CopyForm,
    go_on: &mut dyn FnMut() -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    let written = match form {
        CopyForm::GeoJson => told.write_geojson(&mut out, go_on),
        CopyForm::Csv => told.write_csv(&mut out, go_on),
    };
    written.map_err(|error| match error {
        TellError::Write(error) => error,
        unreadable => io::Error::other(unreadable),
    })?;
    out.flush()
}

fn told_rows(copy: LayerCopy, session: &Session) -> Option<ToldRows> {
    let rows = session.layer_rows(copy.layer)?;
    let told = rows.of(copy.rows);
    let coarsening = copy.coarse.map(|(grid, which)| {
        let is_coarse: std::collections::HashSet<_> = rows.of(which).into_iter().collect();
        let coarse = told.iter().filter(|row| is_coarse.contains(row));
        Coarsening { grid, rows: coarse.map(|&row| FeatureRef { layer: copy.layer, row }).collect() }
    });
    let layers = vec![ToldLayer { rows, told }];
    Some(ToldRows { layers, event_form: EventForm::Columns, coarsening })
}

fn words_of(told: &ToldRows, path: &Path) -> String {
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let name = name_of(path);
    let written = format!("{} written to {name}", rows(told.count()));
    match &told.coarsening {
        Some(coarse) => {
            format!("{written}; {} of them by the {}", coarse.rows.len(), coarse.grid.method())
        }
        None => written,
    }
}

/// The title as the name of a file on any system.
fn file_name(title: &str, copy: LayerCopy) -> String {
    let plain = crate::text::plain(title);
    let name: String = plain
        .chars()
        .map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c })
        .take(80)
        .collect();
    let name = name.trim_matches([' ', '.', '-']);
    let name = if name.is_empty() { "layer" } else { name };
    let coarse = if copy.coarse.is_some() { " (coarse places)" } else { "" };
    format!("{name}{coarse}.{}", copy.form.ending())
}

/// The title of the layer that was read from the file.
fn layer_of_file(session: &Session, path: &Path) -> Option<String> {
    let is_it = |file: &Path| match (file.canonicalize(), path.canonicalize()) {
        (Ok(file), Ok(path)) => file == path,
        _ => file == path,
    };
    let mut entries = session.catalogue().bottom_up();
    let found = entries.find(|entry| matches!(&entry.origin, LayerOrigin::File(file) if is_it(file)));
    found.map(|entry| entry.title.clone())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
