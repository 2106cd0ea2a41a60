//! As much of protocol buffers as a vector tile needs: fields, one after the other, never past the end.
//!
//! Floor 4. Pure.

/// The bytes are not what they claim to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tile is damaged")]
pub(super) struct Damaged;

/// One field's content.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Content<'a> {
    Varint(u64),
    Fixed64([u8; 8]),
    Bytes(&'a [u8]),
    Fixed32([u8; 4]),
}

impl<'a> Content<'a> {
    pub fn bytes(self) -> Result<&'a [u8], Damaged> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            _ => Err(Damaged),
        }
    }

    pub fn varint(self) -> Result<u64, Damaged> {
        match self {
            Self::Varint(value) => Ok(value),
            _ => Err(Damaged),
        }
    }

    pub fn text(self) -> Result<&'a str, Damaged> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Damaged)
    }
}

/// The fields of one message, in order, as (number, content).
pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

pub(super) fn fields(message: &[u8]) -> Fields<'_> {
    Fields { rest: message }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Content<'a>), Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            // Nothing after a broken field can be trusted.
            self.rest = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Content<'a>), Damaged> {
        let key = varint(&mut self.rest)?;
        let content = match key & 7 {
            0 => Content::Varint(varint(&mut self.rest)?),
            1 => Content::Fixed64(self.fixed()?),
            2 => {
                let length = usize::try_from(varint(&mut self.rest)?).map_err(|_| Damaged)?;
                Content::Bytes(self.take(length)?)
            }
            5 => Content::Fixed32(self.fixed()?),
            _ => return Err(Damaged),
        };
        Ok((key >> 3, content))
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(Damaged)?;
        self.rest = rest;
        Ok(taken)
    }

    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        self.take(N)?.try_into().map_err(|_| Damaged)
    }
}

/// Takes one variable-length number off the front.
pub(super) fn varint(bytes: &mut &[u8]) -> Result<u64, Damaged> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or(Damaged)?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err(Damaged)
}

/// A packed list of numbers.
pub(super) fn varints(mut bytes: &[u8]) -> impl Iterator<Item = Result<u64, Damaged>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let value = varint(&mut bytes);
        if value.is_err() {
            bytes = &[];
        }
        Some(value)
    })
}

/// The signed number behind a zigzag one.
pub(super) fn from_zigzag(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_in_order() {
        let message = [0x08, 0x96, 0x01, 0x12, 0x02, b'h', b'i'];
        let read: Vec<_> = fields(&message).map(Result::unwrap).collect();
        assert_eq!(read, [(1, Content::Varint(150)), (2, Content::Bytes(b"hi"))]);
    }

    #[test]
    fn a_length_past_the_end_is_damage() {
        for message in [
            &[0x12, 0x05, 1][..],
            &[0x80],
            &[0x0d, 1, 2],
            &[0x0b],
            &[0x12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
        ] {
            assert!(fields(message).any(|field| field.is_err()), "{message:?}");
        }
    }

    #[test]
    fn zigzag_alternates_signs() {
        assert_eq!([0, 1, 2, 3, u64::MAX].map(from_zigzag), [0, -1, 1, -2, i64::MIN]);
    }
}
