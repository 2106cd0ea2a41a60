//! What a thread is at.
//!
//! Floor 5.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::session::Wake;

/// What a thread is at; it ends without an answer only where it panics.
pub struct Working<T>(Receiver<T>);

impl<T: Send + 'static> Working<T> {
    /// Begins it; `wake` is called at its end.
    pub fn start(wake: &Wake, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let wake = wake.clone();
        std::thread::spawn(move || {
            let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            // Nobody waits for the answer where the window is gone.
            drop(done.map(|done| sender.send(done)));
            wake();
        });
        Self(receiver)
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
