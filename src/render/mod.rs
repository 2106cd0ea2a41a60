//! The only wgpu: pipelines, buffers, the off-screen target.
//!
//! Floor 4.
