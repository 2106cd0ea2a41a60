#!/usr/bin/env bash
# Draws the PNG sizes of the icon from sitmap.svg. Needs rsvg-convert (Debian: librsvg2-bin) and optipng.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for size in 32 48 64 128 256; do
    rsvg-convert --width "$size" --height "$size" sitmap.svg --output "sitmap-$size.png"
    optipng -quiet -o5 -strip all "sitmap-$size.png"
done
