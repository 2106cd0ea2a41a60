//! An X display that nobody sees, for as long as the test needs it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running Xvfb; it ends with the value.
pub struct HiddenDisplay {
    server: Child,
    /// For `DISPLAY`, such as `:99`.
    pub name: String,
}

impl HiddenDisplay {
    /// Starts a display of that size. `None`, with a printed line, where Xvfb is not installed: a developer's machine
    /// may go without, an automatic check may not.
    pub fn open(width: u32, height: u32) -> Option<Self> {
        let mut xvfb = Command::new("Xvfb");
        // The server chooses a free number itself and writes it to the given descriptor.
        xvfb.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "-screen", "0"]);
        xvfb.arg(format!("{width}x{height}x24"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = match xvfb.spawn() {
            Ok(server) => server,
            Err(error) if std::env::var_os("CI").is_none() => {
                println!("skipped: Xvfb does not start ({error}); on Debian: apt-get install xvfb");
                return None;
            }
            Err(error) => panic!("Xvfb does not start: {error}"),
        };
        let mut number = String::new();
        let output = server.stdout.take().expect("the output is piped");
        BufReader::new(output).read_line(&mut number).expect("Xvfb tells its number");
        assert!(!number.trim().is_empty(), "Xvfb ended at once");
        Some(Self { server, name: format!(":{}", number.trim()) })
    }
}

impl Drop for HiddenDisplay {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
