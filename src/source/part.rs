//! What has been read of a layer: of the whole of it, or of one stretch of the source.
//!
//! Floor 2. A feature goes in whole or not at all, and either way it is counted.

use super::columns::ColumnsBuilder;
use super::crs::Crs;
use super::fault::{Fault, kind_of_value};
use super::feature::{Draft, Member, RawProperties};
use super::geometry::GeometryReader;
use super::issues::{IssueLog, Severity};
use super::json_scanner::Scanner;
use super::longitudes::settle_longitudes;
use crate::situation::FeatureStoreBuilder;

/// Features of one stretch of the source, in columns, with everything there is to say of them.
#[derive(Default)]
pub(super) struct Part<'a> {
    pub builder: FeatureStoreBuilder,
    pub columns: ColumnsBuilder,
    pub log: IssueLog,
    /// Features met, kept or not.
    pub read: usize,
    /// Lists of features whose end was looked for up to the end of the file, in vain.
    pub lost_lists: usize,
    /// Whether the first feature that was met was kept.
    pub first_is_good: bool,
    /// The stretches before this one, in their order.
    earlier: Vec<Part<'a>>,
    counted_vertices: usize,
    geometry: GeometryReader,
    /// Memory for the properties of the next feature.
    properties: RawProperties<'a>,
}

impl<'a> Part<'a> {
    /// An empty part for coordinates in this system.
    pub fn new(crs: Crs) -> Self {
        let mut part = Self::default();
        part.geometry.crs = crs;
        part
    }

    /// An empty part for a later stretch of the source that `self` is read from.
    pub fn next_stretch(&self) -> Self {
        Self::new(self.crs())
    }

    /// Goes on with `next`, which was read from where this part ends.
    pub fn follow(&mut self, next: Self) {
        let mut done = std::mem::replace(self, next);
        self.lost_lists += done.lost_lists;
        let between = std::mem::take(&mut self.earlier);
        self.earlier = std::mem::take(&mut done.earlier);
        self.earlier.push(done);
        self.earlier.extend(between);
    }

    /// All stretches in their order, this one last.
    pub fn into_stretches(mut self) -> Vec<Self> {
        let mut all = std::mem::take(&mut self.earlier);
        all.push(self);
        all
    }

    /// How many features were met in all stretches so far.
    pub fn read_in_all(&self) -> usize {
        self.earlier.iter().map(|part| part.read).sum::<usize>() + self.read
    }

    /// How many features have been kept in all stretches so far.
    pub fn kept_in_all(&self) -> usize {
        self.earlier.iter().map(|part| part.builder.len()).sum::<usize>() + self.builder.len()
    }

    /// Whether a stretch had more names than it could hold, and others may have held other ones.
    pub fn has_lost_names(&self) -> bool {
        !self.earlier.is_empty()
            && self.earlier.iter().chain([self]).any(|part| part.columns.has_overflowed())
    }

    /// How many vertices have come since this was last asked.
    pub fn take_new_vertices(&mut self) -> usize {
        let all = self.builder.vertex_count();
        all.saturating_sub(std::mem::replace(&mut self.counted_vertices, all))
    }

    /// The system the coordinates are read in.
    pub fn crs(&self) -> Crs {
        self.geometry.crs
    }

    /// Reads the coordinates that come in this system.
    pub fn set_crs(&mut self, crs: Crs) {
        self.geometry.crs = crs;
    }

    /// Reads the feature at the scanner. A fault leaves nothing of it behind, is logged, and is returned.
    pub fn read_feature(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        self.read_counted(scanner, Self::read_members)
    }

    /// Reads the geometry at the scanner as a feature without properties, otherwise like [`Part::read_feature`].
    pub fn read_bare_geometry(&mut self, scanner: &mut Scanner<'a>) -> Result<(), Fault> {
        self.read_counted(scanner, |part, scanner, draft| {
            draft.kind = part.geometry.read(scanner, &mut part.builder, &mut draft.repairs)?;
            Ok(())
        })
    }

    fn read_counted(
        &mut self,
        scanner: &mut Scanner<'a>,
        read: impl FnOnce(&mut Self, &mut Scanner<'a>, &mut Draft<'a>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        scanner.peek();
        scanner.take_damage();
        let start = scanner.pos();
        let mut draft = Draft::new(std::mem::take(&mut self.properties));
        let result = read(self, scanner, &mut draft);
        match &result {
            Ok(()) => self.keep(&mut draft, scanner, start),
            Err(fault) => {
                self.builder.discard_feature();
                let feature = (self.read, draft.id.map(|id| id.to_label()));
                let message = if fault.is_end_of_file() {
                    "the file ends in the middle of this feature; it is not kept".to_owned()
                } else {
                    fault.message(scanner.bytes())
                };
                self.log.push(Severity::Error, fault.offset(), Some(feature), message);
            }
        }
        if self.read == 0 {
            self.first_is_good = result.is_ok();
        }
        self.read += 1;
        self.properties = draft.into_earlier();
        result
    }

    fn read_members(&mut self, scanner: &mut Scanner<'a>, draft: &mut Draft<'a>) -> Result<(), Fault> {
        let first_byte = scanner.peek();
        let start = scanner.pos();
        if first_byte != Some(b'{') {
            scanner.skip_value()?;
            let message = format!("{} stands where a Feature is needed", kind_of_value(first_byte));
            return Err(Fault::rule(start, message));
        }
        scanner.open()?;
        let mut first = true;
        while let Some(key) = scanner.next_key(&mut first)? {
            let member = Member::of(key);
            draft.see(member, scanner.pos());
            if member == Member::Geometry {
                self.builder.discard_feature();
                draft.kind = self.geometry.read(scanner, &mut self.builder, &mut draft.repairs)?;
            } else {
                draft.read_member(member, scanner)?;
            }
        }
        draft.check(start)
    }

    /// Ends the feature that was read whole and logs what was put right in it.
    fn keep(&mut self, draft: &mut Draft<'a>, scanner: &mut Scanner<'a>, start: usize) {
        if let Some(note) = settle_longitudes(self.builder.unfinished_vertices_mut(), draft.bbox) {
            draft.note(start, note);
        }
        let row = self.builder.end_feature(draft.kind, (start as u64, scanner.pos() as u64));
        if self.columns.push_row(row, draft.properties_mut()) {
            draft.note(start, "a property comes twice; its last value counts");
        }
        if let Some(offset) = scanner.take_damage() {
            draft.repair(
                offset,
                "text is not valid UTF-8 or has half a surrogate pair; it reads as \u{FFFD} there",
            );
        }
        let severities = [(Severity::Warning, &draft.repairs), (Severity::Note, &draft.notes)];
        for (severity, repair) in
            severities.iter().flat_map(|(severity, all)| all.iter().map(|one| (*severity, one)))
        {
            let feature = (self.read, draft.id.map(|id| id.to_label()));
            self.log.push(severity, repair.offset, Some(feature), repair.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::situation::GeometryKind;

    fn read(text: &str) -> (Result<(), Fault>, Part<'_>) {
        let mut part = Part::default();
        let result = part.read_feature(&mut Scanner::new(text.as_bytes(), 0));
        (result, part)
    }

    #[test]
    fn members_may_stand_in_any_order() {
        let text = r#"{"properties":{"n":1},"geometry":{"coordinates":[36.5,35.5,300],"type":"Point"},"type":"Feature"}"#;
        let (result, part) = read(text);
        assert_eq!((result, part.read, part.builder.len()), (Ok(()), 1, 1));
        assert_eq!(part.builder.vertex_count(), 1);
    }

    #[test]
    fn a_refused_feature_leaves_no_vertex_and_no_property() {
        let text = r#"{"type":"Feature","properties":{"n":1},"geometry":{"type":"Polygon","coordinates":
            [[[0,0],[1,0],[1,1],[0,0]],[[0,0],[1,1],[0,0]]]}}"#;
        let (result, part) = read(text);
        assert!(result.unwrap_err().message(b"").contains("at least 4"));
        assert_eq!((part.read, part.kept_in_all(), part.builder.vertex_count()), (1, 0, 0));
        assert!(part.columns.into_columns().is_empty());
    }

    #[test]
    fn an_unlocated_feature_is_kept() {
        for geometry in
            ["null", r#"{"type":"Point","coordinates":[]}"#, r#"{"type":"Polygon","coordinates":[[]]}"#]
        {
            let text = format!(r#"{{"type":"Feature","properties":null,"geometry":{geometry}}}"#);
            let part = read(&text).1;
            let store = part.builder.finish(Vec::new(), None);
            assert_eq!(store.geometry(0).kind, GeometryKind::None, "{geometry}");
        }
    }

    #[test]
    fn swapped_coordinates_and_metres_are_told_apart() {
        for (position, hint) in
            [("[35.5, 136.5]", "swapped"), ("[4077768, 4290000]", "metres"), ("[200, 91]", "±90")]
        {
            let text = format!(
                r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{position}}}}}"#
            );
            assert!(read(&text).0.unwrap_err().message(b"").contains(hint), "{position}");
        }
    }
}
