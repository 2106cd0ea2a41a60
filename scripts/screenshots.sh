#!/usr/bin/env bash
# Takes the pictures of the README anew, into assets/screenshots/.
#
#   scripts/screenshots.sh
#
# Three are drawn without a window; the one of the window is taken by its test, on a display that nobody sees. Uses the
# program that scripts/test.sh builds.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"
cd "$root"

need_rust
need_c_compiler
need_graphics_driver
need_window_libraries
need_program Xvfb xvfb
need_program pngquant pngquant
need_program optipng optipng
install_missing_packages

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    mkdir --mode=700 "$work/runtime"
    export XDG_RUNTIME_DIR="$work/runtime"
fi
build=(--locked --features inspection)
target="${CARGO_TARGET_DIR:-$root/target}"

CI=true cargo test "${build[@]}" --test window a_strike_is_clicked
cp "$target/window-pictures/3-home.png" "$work/window-details.png"
draw=(cargo run --quiet "${build[@]}" -- render --size 1280x800)
"${draw[@]}" --out "$work/opening-light.png"
"${draw[@]}" --out "$work/opening-dark.png" --theme dark
"${draw[@]}" --out "$work/detail-idlib-south.png" --bbox 36.2,35.3,36.95,35.75

mkdir -p assets/screenshots
for picture in "$work"/*.png; do
    small="assets/screenshots/$(basename "$picture")"
    # 256 colours are enough for a flat map; where they are not, the picture stays as it is.
    pngquant --force --strip --quality 70-100 --output "$small" "$picture" || cp "$picture" "$small"
    optipng -quiet "$small"
    size="$(stat --format=%s "$small")"
    [ "$size" -le 400000 ] || fail "$small has $size bytes; 400000 are the most"
    say "$small: $size bytes"
done
