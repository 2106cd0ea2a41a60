//! Dates that are written as people write them, `08.09.2018` or `9/8/2018`: what to write instead.
//!
//! Floor 2. They are not taken: which of two numbers is the day, a filter must not guess.

use crate::situation::day_of;

/// Numbers between dots, strokes or hyphens that are meant as a date, or as a month.
pub(super) struct WrongDate {
    written: String,
    /// Its numbers as they are written, two or three.
    parts: Vec<String>,
    joint: char,
    /// The first character after it.
    pub end: usize,
}

/// What to write instead of a whole text; `None` where it is meant as no date.
pub(super) fn remedy_for(text: &str) -> Option<String> {
    let characters: Vec<char> = text.trim().chars().collect();
    let wrong = wrong_date_at(&characters, 0).filter(|wrong| wrong.end == characters.len());
    wrong.map(|wrong| wrong.remedy())
}

/// What is meant as a date at a character and is written in another way than `2018-09-08`.
pub(super) fn wrong_date_at(characters: &[char], at: usize) -> Option<WrongDate> {
    let number = |at: usize| -> Option<String> {
        let digits: String = characters.get(at..)?.iter().take_while(|c| c.is_ascii_digit()).collect();
        (1..=4).contains(&digits.len()).then_some(digits)
    };
    let first = number(at)?;
    let mut end = at + first.len();
    let joint = *characters.get(end).filter(|c| ['.', '/', '-'].contains(c))?;
    let mut parts = vec![first];
    while parts.len() < 3
        && characters.get(end) == Some(&joint)
        && let Some(next) = number(end + 1)
    {
        end += 1 + next.len();
        parts.push(next);
    }
    let goes_on = characters.get(end).is_some_and(char::is_ascii_digit);
    let years = parts.iter().filter(|part| part.len() > 2).count();
    // Two numbers with a dot between them are one number.
    let is_meant = match parts.len() {
        3 => years <= 1,
        2 => years == 1 && joint != '.',
        _ => false,
    };
    let written = characters[at..end].iter().collect();
    (is_meant && !goes_on).then_some(WrongDate { written, parts, joint, end })
}

impl WrongDate {
    /// What to write instead: the date itself, both where it may be either, else how one is written.
    pub fn remedy(&self) -> String {
        let what = if self.parts.len() == 2 { "month" } else { "date" };
        match &self.readings()[..] {
            [] => format!("{} is no date as they are written here, 2018-09-08", self.written),
            [one] => format!("write the {what} as {one}"),
            [by_day, by_month, ..] => {
                format!("write the date as {by_day} (day first) or {by_month} (month first)")
            }
        }
    }

    fn readings(&self) -> Vec<String> {
        let date = |year: &str, month: &str, day: &str| {
            let text = format!("{year}-{month:0>2}-{day:0>2}");
            day_of(&text).map(|_| text)
        };
        let month = |year: &str, month: &str| date(year, month, "1").map(|first| first[..7].to_owned());
        let parts: Vec<&str> = self.parts.iter().map(String::as_str).collect();
        let mut readings: Vec<String> = match parts[..] {
            [year, number] if year.len() == 4 => month(year, number).into_iter().collect(),
            [number, year] if year.len() == 4 => month(year, number).into_iter().collect(),
            [year, one, other] if year.len() == 4 => date(year, one, other).into_iter().collect(),
            [one, other, year] if year.len() == 4 => {
                date(year, other, one).into_iter().chain(date(year, one, other)).collect()
            }
            _ => Vec::new(),
        };
        readings.dedup();
        if self.joint == '.' {
            // Wherever dots stand between the numbers, the day comes first.
            readings.truncate(1);
        }
        readings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_is_written_otherwise_is_filled_in_and_both_are_told_where_it_may_be_either() {
        for (text, remedy) in [
            ("08.09.2018", "write the date as 2018-09-08"),
            ("8.9.2018", "write the date as 2018-09-08"),
            ("09.28.2018", "write the date as 2018-09-28"),
            ("28/09/2018", "write the date as 2018-09-28"),
            ("9/28/2018", "write the date as 2018-09-28"),
            ("9/9/2018", "write the date as 2018-09-09"),
            ("08/09/2018", "write the date as 2018-09-08 (day first) or 2018-08-09 (month first)"),
            ("2018/09/08", "write the date as 2018-09-08"),
            ("2018.9.8", "write the date as 2018-09-08"),
            ("2018-9-8", "write the date as 2018-09-08"),
            ("09/2018", "write the month as 2018-09"),
            ("2018/9", "write the month as 2018-09"),
            ("31.09.2018", "31.09.2018 is no date as they are written here, 2018-09-08"),
            ("08.09.18", "08.09.18 is no date as they are written here, 2018-09-08"),
        ] {
            assert_eq!(remedy_for(text).as_deref(), Some(remedy), "{text}");
        }
    }

    #[test]
    fn numbers_are_no_dates() {
        for text in ["1.5", "2018.5", "12345.6.7", "1/2", "5", "1.2.", "2018.09.12.2018", "8.9.20189"] {
            assert_eq!(remedy_for(text), None, "{text}");
        }
    }
}
