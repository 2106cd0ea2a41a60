//! Written angles read: degrees, or degrees with minutes and seconds, with a sign or a hemisphere.
//!
//! Floor 0.

use std::iter::Peekable;
use std::str::Chars;

/// An angle that was written down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Angle {
    /// North and east are positive.
    pub degrees: f64,
    /// What its hemisphere says; `None` without one.
    pub is_longitude: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// A number without its sign, and whether it has a minus.
    Number(f64, bool),
    /// Degrees, minutes or seconds: 0, 1, 2.
    Unit(usize),
    Hemisphere(u8),
    Separator,
}

/// The text as one angle.
pub(super) fn angle_of(text: &str) -> Option<Angle> {
    angle(&tokens(text, true)?)
}

/// The text as two angles.
pub(super) fn angles_of(text: &str) -> Option<[Angle; 2]> {
    let tokens = tokens(text, has_decimal_commas(text))?;
    let (first, second) = halves(&tokens)?;
    Some([angle(first)?, angle(second)?])
}

/// The text as two numbers with nothing that says what they are: no unit, no hemisphere.
pub(super) fn bare_numbers_of(text: &str) -> Option<[f64; 2]> {
    let signed = |size: f64, minus: bool| if minus { -size } else { size };
    match *tokens(text, has_decimal_commas(text))? {
        [Token::Number(one, minus), Token::Number(other, other_minus)]
        | [Token::Number(one, minus), Token::Separator, Token::Number(other, other_minus)] => {
            Some([signed(one, minus), signed(other, other_minus)])
        }
        _ => None,
    }
}

/// Whether commas belong to numbers: two of them do, no number has a point, and something else parts the numbers.
fn has_decimal_commas(text: &str) -> bool {
    let chars: Vec<char> = text.trim().chars().collect();
    let is_digit = |at: usize| chars.get(at).is_some_and(|c| digit(*c).is_some());
    let between = (1..chars.len()).filter(|&at| chars[at] == ',' && is_digit(at - 1) && is_digit(at + 1));
    let parted = chars.iter().any(|&c| c == ';' || c.is_whitespace());
    between.count() == 2 && parted && !text.contains('.')
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => return Some(c),
        '\u{660}'..='\u{669}' => c as u32 - 0x660,
        '\u{6F0}'..='\u{6F9}' => c as u32 - 0x6F0,
        _ => return None,
    };
    char::from_digit(value, 10)
}

fn tokens(text: &str, decimal_commas: bool) -> Option<Vec<Token>> {
    const MOST: usize = 24;
    let mut tokens = Vec::new();
    let mut chars = text.trim().chars().peekable();
    let mut minus = false;
    while let Some(c) = chars.next() {
        if tokens.len() > MOST {
            return None;
        }
        if let Some(first) = digit(c) {
            let value = number(first, &mut chars, decimal_commas)?;
            tokens.push(Token::Number(value, std::mem::take(&mut minus)));
            continue;
        }
        if minus {
            return None;
        }
        match c {
            '-' | '−' => minus = true,
            '+' => {}
            _ if c.is_whitespace() => {}
            '\'' | '’' | '′' | 'ʹ' if chars.next_if(|&next| next == c).is_some() => {
                tokens.push(Token::Unit(2));
            }
            _ => tokens.push(mark(c)?),
        }
    }
    (!minus).then_some(tokens)
}

/// What a character means that stands alone.
fn mark(c: char) -> Option<Token> {
    Some(match c {
        '°' | 'º' | '˚' => Token::Unit(0),
        '\'' | '’' | '′' | 'ʹ' => Token::Unit(1),
        '"' | '”' | '″' | 'ʺ' => Token::Unit(2),
        'N' | 'n' | 'S' | 's' | 'E' | 'e' | 'W' | 'w' => Token::Hemisphere(c.to_ascii_uppercase() as u8),
        ',' | ';' | '/' | '،' => Token::Separator,
        _ => return None,
    })
}

/// The number that begins with a digit; a point in it is followed by another digit.
fn number(first: char, chars: &mut Peekable<Chars<'_>>, decimal_commas: bool) -> Option<f64> {
    let mut written = String::from(first);
    while let Some(&next) = chars.peek() {
        let is_point = matches!(next, '.' | '٫') || (next == ',' && decimal_commas);
        let mut ahead = chars.clone();
        ahead.next();
        let goes_on = is_point && !written.contains('.') && ahead.next().and_then(digit).is_some();
        match digit(next) {
            Some(next) => written.push(next),
            None if goes_on => written.push('.'),
            None => break,
        }
        chars.next();
    }
    written.parse().ok()
}

/// The tokens of the first and of the second angle.
fn halves(tokens: &[Token]) -> Option<(&[Token], &[Token])> {
    if let Some(at) = tokens.iter().position(|&token| token == Token::Separator) {
        return Some((&tokens[..at], &tokens[at + 1..]));
    }
    let is_hemisphere = |token: &Token| matches!(token, Token::Hemisphere(_));
    let at = if tokens.first().is_some_and(is_hemisphere) {
        tokens.iter().skip(1).position(is_hemisphere)? + 1
    } else if let Some(end) = tokens.iter().position(is_hemisphere) {
        end + 1
    } else if let Some(second) =
        tokens.iter().enumerate().filter(|(_, token)| **token == Token::Unit(0)).map(|(at, _)| at).nth(1)
    {
        second - 1
    } else {
        let numbers = tokens.iter().filter(|token| matches!(token, Token::Number(..))).count();
        (numbers == tokens.len() && numbers % 2 == 0).then_some(numbers / 2)?
    };
    Some(tokens.split_at(at))
}

fn angle(tokens: &[Token]) -> Option<Angle> {
    let (hemisphere, tokens) = match tokens {
        [Token::Hemisphere(letter), rest @ ..] | [rest @ .., Token::Hemisphere(letter)] => {
            (Some(*letter), rest)
        }
        rest => (None, rest),
    };
    let mut parts = [0.0; 3];
    let (mut count, mut minus) = (0, false);
    for &token in tokens {
        match token {
            Token::Number(value, negative) if count < 3 && (count == 0 || !negative) => {
                minus |= negative;
                parts[count] = value;
                count += 1;
            }
            // The unit of the number before it.
            Token::Unit(unit) if count == unit + 1 => {}
            _ => return None,
        }
    }
    let [degrees, minutes, seconds] = parts;
    let whole = |value: f64, below: usize| count <= below || value.fract() == 0.0;
    let fits = count > 0 && minutes < 60.0 && seconds < 60.0 && whole(degrees, 1) && whole(minutes, 2);
    if !fits || (minus && hemisphere.is_some()) {
        return None;
    }
    let size = degrees + minutes / 60.0 + seconds / 3600.0;
    let negative = minus || matches!(hemisphere, Some(b'S' | b'W'));
    let is_longitude = hemisphere.map(|letter| matches!(letter, b'E' | b'W'));
    Some(Angle { degrees: if negative { -size } else { size }, is_longitude })
}
