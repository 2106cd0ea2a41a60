#!/usr/bin/env bash
# Builds sitmap and opens the map.
#
#   scripts/run.sh [FILE…]     GeoJSON files join the bundled situation
#
# Installs the system libraries that are missing (Debian, Ubuntu) and names them first. Without a display it draws the
# opening view to sitmap.png.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

need_rust
need_c_compiler
need_graphics_driver
if has_display; then
    need_window_libraries
fi
install_missing_packages

say "Building sitmap; the first time takes several minutes"
manifest="$root/Cargo.toml"
cargo build --release --locked --manifest-path "$manifest"
sitmap=(cargo run --quiet --release --locked --manifest-path "$manifest" --)

if has_display; then
    exec "${sitmap[@]}" "$@"
fi
say "There is no display: drawing the opening view instead"
"${sitmap[@]}" render "$@" --out sitmap.png
say "The map is in $PWD/sitmap.png"
