//! Turns styled features into triangles and marker instances, on the CPU.
//!
//! Floor 3.
