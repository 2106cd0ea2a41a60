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
use crate::project::{Working, answer_of, name_of, write_file_whole};
use crate::session::{
    Command, CopyForm, CopyRequest, FeatureRef, LayerCopy, LayerOrigin, Notice, Session, Wake,
};

/// What is written of a session's layers for others, one file at a time.
pub struct LayerCopies {
    wake: Wake,
    /// What waits for a place, and its number.
    chosen: Option<(u64, CopyForm, ToldRows)>,
    last_number: u64,
    writing: Option<Writing>,
}

/// A copy whose place the user is to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceWanted {
    /// The copy's.
    pub number: u64,
    /// As what it will be written.
    pub form: CopyForm,
    /// The name of the file to begin with.
    pub name: String,
}

struct Writing {
    /// `None` once it has answered.
    work: Option<Working<io::Result<String>>>,
    told: Arc<AtomicUsize>,
    is_stopped: Arc<AtomicBool>,
    rows: usize,
    path: PathBuf,
}

impl LayerCopies {
    /// Nothing is written yet. `wake` is called from threads when there is news.
    pub fn new(wake: Wake) -> Self {
        Self { wake, chosen: None, last_number: 0, writing: None }
    }

    /// How many rows of how many are written; `None` where nothing is being written.
    pub fn progress(&self) -> Option<(usize, usize)> {
        self.writing.as_ref().map(|writing| (writing.told.load(Ordering::Relaxed), writing.rows))
    }

    /// Does what is asked; answers what the user is to choose.
    pub fn carry_out(&mut self, request: CopyRequest, session: &mut Session) -> Option<PlaceWanted> {
        let done = match request {
            CopyRequest::ChooseWhere(copy) => match self.choose(copy, session) {
                Ok(wanted) => return Some(wanted),
                Err(words) => Err(words),
            },
            CopyRequest::WriteTo(number, path) => {
                match self.chosen.take_if(|(chosen, ..)| *chosen == number) {
                    Some((_, form, told)) => self.write(told, form, path, session),
                    None => Err("A newer copy was asked for meanwhile".to_owned()),
                }
            }
            CopyRequest::Forget(number) => {
                self.chosen.take_if(|(chosen, ..)| *chosen == number);
                Ok(())
            }
            CopyRequest::Stop => {
                if let Some(writing) = &self.writing {
                    writing.is_stopped.store(true, Ordering::Relaxed);
                }
                Ok(())
            }
        };
        if let Err(words) = done {
            session.apply(Command::ShowNotice(Notice::error(words)));
        }
        None
    }

    /// What is shown or selected may be other rows when the place is chosen: they are taken now.
    fn choose(&mut self, copy: LayerCopy, session: &Session) -> Result<PlaceWanted, String> {
        let told = told_rows(copy, session).ok_or("The layer is gone, or not read yet")?;
        if copy.coarse.is_some() && told.count_coarse() == 0 {
            return Err("None of these rows would be coarse: choose others".to_owned());
        }
        let title = session.catalogue().get(copy.layer).map_or("", |entry| entry.title.as_str());
        self.last_number += 1;
        self.chosen = Some((self.last_number, copy.form, told));
        Ok(PlaceWanted { number: self.last_number, form: copy.form, name: file_name(title, copy) })
    }

    fn write(
        &mut self,
        told: ToldRows,
        form: CopyForm,
        path: PathBuf,
        session: &Session,
    ) -> Result<(), String> {
        if self.writing.is_some() {
            return Err("Another copy is still being written".to_owned());
        }
        let was_asked = path.extension().is_some();
        let path = if was_asked { path } else { path.with_extension(form.ending()) };
        if let Some(title) = layer_of_file(session, &path) {
            let name = name_of(&path);
            return Err(format!("{name} is the file that {title} was read from: a copy needs another name"));
        }
        let rows = told.count();
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
            // Nobody was asked about a file that has the name with the ending.
            write_file_whole(&to, was_asked, &mut |file| write_rows(file, &told, form, &mut go_on))?;
            Ok(words_of(&told, &to))
        });
        self.writing = Some(Writing { work: Some(work), told: count, is_stopped, rows, path });
        Ok(())
    }

    /// Tells what came of what was written. Once a frame.
    pub fn tick(&mut self, session: &mut Session) {
        let Some(answer) = self.writing.as_mut().and_then(|writing| answer_of(&mut writing.work)) else {
            return;
        };
        let Some(Writing { path, is_stopped, .. }) = self.writing.take() else { return };
        let notice = match answer {
            Ok(Ok(words)) => Notice::info(words),
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
        let coarse = rows.of(which).into_iter().map(|row| FeatureRef { layer: copy.layer, row });
        Coarsening::new(grid, coarse.collect())
    });
    let layers = vec![ToldLayer { rows, told }];
    Some(ToldRows { layers, event_form: EventForm::Columns, coarsening })
}

fn words_of(told: &ToldRows, path: &Path) -> String {
    let rows = |count: usize| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    let name = name_of(path);
    let written = format!("{} written to {name}", rows(told.count()));
    match &told.coarsening {
        Some(coarsening) => {
            let method = coarsening.grid.method();
            let withheld = coarsening.withheld_words().map_or_else(String::new, |words| format!(". {words}"));
            format!("{written}; {} of them by the {method}{withheld}", told.count_coarse())
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
