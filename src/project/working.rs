//! What a thread is at.
//!
//! Floor 5. The one way in which the window has something done to files: it is woken at the end and asks then.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::session::Wake;

/// What a thread is at; it ends without an answer only where it panics.
pub struct Working<T>(Receiver<T>);

impl<T: Send + 'static> Working<T> {
    /// Begins it; `wake` is called at its end.
    pub fn start(wake: &Wake, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let wake = wake.clone();
        let work = move || {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            // Nobody waits for the answer where the window is gone.
            drop(done.map(|done| sender.send(done)));
            // Whoever is woken must see also that no answer comes any more.
            drop(sender);
            wake();
        };
        // A system that refuses a thread drops the sender with it: that is told as a panic is.
        let _ = std::thread::Builder::new().spawn(work);
        Self(receiver)
    }

    /// Waits for its end; `None` where it panicked.
    pub fn wait(self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// What a thread has answered; an error is that it panicked.
pub fn answer_of<T>(working: &mut Option<Working<T>>) -> Option<Result<T, String>> {
    let answer = match working.as_ref()?.0.try_recv() {
        Err(TryRecvError::Empty) => return None,
        Err(TryRecvError::Disconnected) => {
            Err("something went wrong in the program while it worked on a file".to_owned())
        }
        Ok(answer) => Ok(answer),
    };
    *working = None;
    Some(answer)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn who_is_woken_by_a_panic_sees_it_at_once() {
        let (woken, wakes) = channel();
        let working: Arc<Mutex<Option<Working<()>>>> = Arc::default();
        let seen = working.clone();
        let wake: Wake = Arc::new(move || {
            let answer = answer_of(&mut seen.lock().unwrap());
            woken.send(answer).unwrap();
        });
        // It cannot wake before it is in its place.
        let mut place = working.lock().unwrap();
        *place = Some(Working::start(&wake, || panic!("as it should")));
        drop(place);
        assert!(matches!(wakes.recv().unwrap(), Some(Err(_))));
    }
}
