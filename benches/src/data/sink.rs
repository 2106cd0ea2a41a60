//! Where features go: a collection with one feature a line, as GDAL writes it.

use std::fmt::Write as _;
use std::io::{self, Write};

pub struct Sink<'a> {
    out: &'a mut dyn Write,
    any: bool,
}

impl<'a> Sink<'a> {
    pub fn begin(out: &'a mut dyn Write, name: &str) -> io::Result<Self> {
        writeln!(out, "{{\"type\":\"FeatureCollection\",\"name\":\"{name}\",\"features\":[")?;
        Ok(Self { out, any: false })
    }

    /// One whole feature as JSON.
    pub fn feature(&mut self, json: &str) -> io::Result<()> {
        if self.any {
            self.out.write_all(b",\n")?;
        }
        self.any = true;
        self.out.write_all(json.as_bytes())
    }

    pub fn finish(self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

/// Formats into a string, which never fails.
macro_rules! put {
    ($into:expr, $($what:tt)*) => { _ = std::fmt::Write::write_fmt($into, format_args!($($what)*)) };
}
pub(super) use put;

/// Longitude and latitude, degrees, with 7 digits after the point: a centimetre.
pub fn put_positions(into: &mut String, positions: impl IntoIterator<Item = [f64; 2]>) {
    into.push('[');
    for (nth, [lon, lat]) in positions.into_iter().enumerate() {
        let comma = if nth == 0 { "" } else { "," };
        _ = write!(into, "{comma}[{lon:.7},{lat:.7}]");
    }
    into.push(']');
}

/// A ring: the first position comes again at the end.
pub fn put_ring(into: &mut String, positions: &[[f64; 2]]) {
    put_positions(into, positions.iter().chain(positions.first()).copied());
}
