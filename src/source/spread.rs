//! The values of some rows: dense ones cost nothing extra, rare ones only themselves.
//!
//! Floor 2.

/// Values of ascending rows.
#[derive(Debug, Clone)]
pub(super) struct Spread<T> {
    values: Vec<T>,
    rows: Rows,
}

#[derive(Debug, Clone)]
enum Rows {
    /// One after the other from this one on.
    From(usize),
    /// One for each value.
    Listed(Vec<u32>),
}

impl<T> Default for Spread<T> {
    fn default() -> Self {
        Self { values: Vec::new(), rows: Rows::From(0) }
    }
}

impl<T: Copy> Spread<T> {
    /// Sets the value of a row behind all others.
    #[inline]
    pub fn push(&mut self, row: usize, value: T) {
        match &mut self.rows {
            Rows::From(first) if *first + self.values.len() == row => {}
            Rows::From(first) if self.values.is_empty() => *first = row,
            Rows::From(first) => {
                let first = *first as u32;
                let mut rows: Vec<u32> = (first..first + self.values.len() as u32).collect();
                rows.push(row as u32);
                self.rows = Rows::Listed(rows);
            }
            Rows::Listed(rows) => rows.push(row as u32),
        }
        self.values.push(value);
    }

    /// Forgets the last value.
    pub fn pop(&mut self) {
        self.values.pop();
        if let Rows::Listed(rows) = &mut self.rows {
            rows.pop();
        }
    }

    /// The same rows with other values.
    pub fn map<U>(self, value: impl Fn(T) -> U) -> Spread<U> {
        Spread { values: self.values.into_iter().map(value).collect(), rows: self.rows }
    }

    /// Puts each value, changed, into its row of `out`, which begins with row 0.
    pub fn put_into<U>(&self, out: &mut [U], value: impl Fn(T) -> U) {
        match &self.rows {
            Rows::From(first) => {
                for (out, &held) in out[*first..].iter_mut().zip(&self.values) {
                    *out = value(held);
                }
            }
            Rows::Listed(rows) => {
                for (&row, &held) in rows.iter().zip(&self.values) {
                    out[row as usize] = value(held);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(spread: &Spread<u8>) -> [u8; 6] {
        let mut out = [0; 6];
        spread.put_into(&mut out, |value| value);
        out
    }

    #[test]
    fn values_stand_at_their_rows_whether_dense_or_rare() {
        let mut spread = Spread::default();
        spread.push(2, 7);
        spread.push(3, 8);
        assert_eq!(rows_of(&spread), [0, 0, 7, 8, 0, 0]);
        spread.push(5, 9);
        assert_eq!(rows_of(&spread), [0, 0, 7, 8, 0, 9]);
        spread.pop();
        assert_eq!(rows_of(&spread), [0, 0, 7, 8, 0, 0]);
    }
}
