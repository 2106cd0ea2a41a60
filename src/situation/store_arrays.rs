//! The arrays of a feature store as plain numbers: how a store is kept between two starts, and how it comes back.
//!
//! Floor 1. What comes back may have been kept by anyone, so nothing is taken that does not fit together.

use std::borrow::Cow;

use super::geometry::Shapes;
use super::offsets::{Kinds, Offsets};
use super::{GeometryKind, PartKind};

/// Geometries and places in the source; the columns are kept beside them.
#[derive(Debug, Clone, PartialEq)]
pub struct StoreArrays<'a> {
    /// `[lon, lat]` in degrees.
    pub vertices: Cow<'a, [[f64; 2]]>,
    /// First vertex of each ring, and the end; one number alone says how many rings of one vertex each there are.
    pub rings: Cow<'a, [u32]>,
    /// First ring of each part in the same way.
    pub parts: Cow<'a, [u32]>,
    /// First part of each feature in the same way.
    pub features: Cow<'a, [u32]>,
    /// What each part is, numbered as [`PartKind`] lists them; one number alone stands for all.
    pub part_kinds: Cow<'a, [u8]>,
    /// What each feature is in the same way, as [`GeometryKind`] lists them.
    pub kinds: Cow<'a, [u8]>,
    /// First byte of each feature in the source.
    pub span_starts: Cow<'a, [u64]>,
    /// Its bytes there; `u32::MAX` where there are more.
    pub span_lengths: Cow<'a, [u32]>,
}

impl Shapes {
    /// The arrays without the places in the source.
    pub(super) fn arrays(&self) -> StoreArrays<'_> {
        StoreArrays {
            vertices: Cow::Borrowed(&self.vertices),
            rings: numbers_of(&self.rings),
            parts: numbers_of(&self.parts),
            features: numbers_of(&self.features),
            part_kinds: bytes_of(&self.part_kinds, |kind| kind as u8),
            kinds: bytes_of(&self.kinds, |kind| kind as u8),
            span_starts: Cow::Borrowed(&[]),
            span_lengths: Cow::Borrowed(&[]),
        }
    }

    /// The shapes of these arrays; `None` where they do not fit together.
    pub(super) fn of_arrays(arrays: &mut StoreArrays<'_>) -> Option<Self> {
        let vertices = std::mem::take(&mut arrays.vertices).into_owned();
        let rings = offsets_of(std::mem::take(&mut arrays.rings), vertices.len())?;
        let parts = offsets_of(std::mem::take(&mut arrays.parts), rings.len())?;
        let features = offsets_of(std::mem::take(&mut arrays.features), parts.len())?;
        let part_kind = |byte: u8| PartKind::ALL.get(usize::from(byte)).copied();
        let kind = |byte: u8| GeometryKind::ALL.get(usize::from(byte)).copied();
        let part_kinds = kinds_of(&arrays.part_kinds, parts.len(), part_kind)?;
        let kinds = kinds_of(&arrays.kinds, features.len(), kind)?;
        Some(Self { vertices, rings, parts, part_kinds, features, kinds })
    }
}

fn numbers_of(offsets: &Offsets) -> Cow<'_, [u32]> {
    match offsets {
        Offsets::Each(count) => Cow::Owned(vec![*count as u32]),
        Offsets::Starts(starts) => Cow::Borrowed(starts),
    }
}

fn offsets_of(numbers: Cow<'_, [u32]>, members: usize) -> Option<Offsets> {
    match *numbers {
        [] => None,
        [count] => (count as usize == members).then_some(Offsets::Each(members)),
        [first, .., last] => {
            let rising = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
            let fits = first == 0 && last as usize == members && rising;
            fits.then(|| Offsets::Starts(numbers.into_owned()))
        }
    }
}

fn bytes_of<T: Copy>(kinds: &Kinds<T>, byte: impl Fn(T) -> u8) -> Cow<'_, [u8]> {
    match kinds {
        Kinds::Same(kind, _) => Cow::Owned(vec![byte(*kind)]),
        Kinds::Each(kinds) => Cow::Owned(kinds.iter().map(|&kind| byte(kind)).collect()),
    }
}

fn kinds_of<T>(bytes: &[u8], count: usize, kind: impl Fn(u8) -> Option<T>) -> Option<Kinds<T>> {
    match bytes {
        [one] => Some(Kinds::Same(kind(*one)?, count)),
        _ if bytes.len() != count => None,
        _ => bytes.iter().map(|&byte| kind(byte)).collect::<Option<Vec<T>>>().map(Kinds::Each),
    }
}
