//! How large the selected feature is: measured once, by a worker where it has many vertices.
//!
//! Floor 4.

use std::sync::Arc;

use super::{FeatureRef, Session};
use crate::index::LayerData;
use crate::situation::FeatureSize;

/// So many vertices are measured where they are asked for.
const FEW_VERTICES: usize = 256;

/// The size of one feature, on its way or there.
#[derive(Debug, Clone, Copy)]
pub(super) struct MeasuredSize {
    feature: FeatureRef,
    generation: u64,
    size: Option<FeatureSize>,
}

impl Session {
    /// How large a feature is; `None` while that is being measured, and for what is neither small nor selected.
    pub fn size_of(&self, feature: FeatureRef) -> Option<FeatureSize> {
        let content = self.content(feature.layer)?;
        let geometry = content.data()?.features.geometry(feature.row);
        if geometry.vertices().len() <= FEW_VERTICES {
            return Some(FeatureSize::of(geometry));
        }
        let measured = self.measured_size.filter(|measured| measured.feature == feature)?;
        measured.size.filter(|_| measured.generation == content.generation)
    }

    /// Orders the size of the selected feature where it is not there.
    pub(super) fn order_size(&mut self) {
        let Some(feature) = self.selection.current() else { return };
        let Some(content) = self.contents.get(&feature.layer) else { return };
        let (Some(data), generation) = (content.data(), content.generation) else { return };
        let is_ordered = self
            .measured_size
            .is_some_and(|measured| (measured.feature, measured.generation) == (feature, generation));
        if is_ordered || data.features.geometry(feature.row).vertices().len() <= FEW_VERTICES {
            return;
        }
        self.measured_size = Some(MeasuredSize { feature, generation, size: None });
        self.jobs.measure(feature, generation, Arc::clone(data));
    }

    pub(super) fn take_in_size(&mut self, feature: FeatureRef, generation: u64, size: FeatureSize) {
        if let Some(measured) = self.measured_size.as_mut()
            && (measured.feature, measured.generation) == (feature, generation)
        {
            measured.size = Some(size);
        }
    }
}

pub(super) fn measured(feature: FeatureRef, generation: u64, data: &LayerData) -> super::jobs::JobOutcome {
    let size = FeatureSize::of(data.features.geometry(feature.row));
    super::jobs::JobOutcome::SizeReady { feature, generation, size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Settings};

    #[test]
    fn the_size_of_a_selected_line_of_many_vertices_is_there_once_it_is_measured() {
        let corners: Vec<String> =
            (0..1000).map(|n| format!("[{},35]", 36.0 + f64::from(n) / 1000.0)).collect();
        let line = format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
            corners.join(",")
        );
        let mut session = Session::new(Settings::default(), Arc::new(|| {}));
        session.apply(Command::PasteGeoJson(line));
        session.settle();
        let feature = FeatureRef { layer: session.catalogue().top_down().next().unwrap().id, row: 0 };
        assert_eq!(session.size_of(feature), None);
        session.apply(Command::SelectFeature(feature));
        session.settle();
        let size = session.size_of(feature).unwrap();
        assert!((size.length_m / 91_196.0 - 1.0).abs() < 1e-3 && size.area_m2 == 0.0, "{size:?}");
    }
}
