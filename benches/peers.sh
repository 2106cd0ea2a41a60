#!/usr/bin/env bash
# Opens and draws large files with QGIS, Mapnik, GDAL and sitmap, one after the other, and prints a table of the ratios.
#
#   benches/peers.sh [FILE…]     GeoJSON files; made-up ones of the sizes in the README where none is given
#
# The table is Markdown and goes to stdout. Peers that are not installed are left out with a word. SITMAP_BENCH_FEATURES
# sets the number of events of the made-up files, 1,000,000 unless given; the others follow in proportion. Run it on a
# machine that does nothing else: QGIS alone takes over a minute for a million events.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"

files=("$@")
for file in "${files[@]}"; do
    [ -r "$file" ] || fail "There is no such file: $file"
done

need_rust
need_c_compiler
need_graphics_driver
need_program python3 python3
# GNU time tells how much memory a process took; the shell's own does not.
[ -x /usr/bin/time ] || missing_packages+=(time)
install_missing_packages

# The peers are the user's own choice of installation: they are looked for, never installed. Debian's modules belong to
# Debian's own Python, whichever comes first on the path.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
peers=()
absent=()
look_for() { # NAME PACKAGE COMMAND…
    if "${@:3}" >/dev/null 2>&1; then peers+=("$1"); else absent+=("$2"); fi
}
look_for qgis python3-qgis "$python" -c 'import qgis.core'
look_for mapnik python3-mapnik "$python" -c 'import mapnik'
look_for gdal gdal-bin ogrinfo --version
if [ "${#absent[@]}" -gt 0 ]; then
    say "Left out, for want of the Debian packages ${absent[*]}. They come with"
    say "    apt-get install --no-install-recommends ${absent[*]}"
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    mkdir --mode=700 "$work/runtime"
    export XDG_RUNTIME_DIR="$work/runtime"
fi
export QT_QPA_PLATFORM=offscreen
# Nothing that a program kept of an earlier run is of use to it.
export XDG_CACHE_HOME="$work/cache" XDG_CONFIG_HOME="$work/config" XDG_DATA_HOME="$work/data"

say "Building sitmap"
manifest="$root/Cargo.toml"
target="${CARGO_TARGET_DIR:-$root/target}"
cargo build --quiet --release --locked --manifest-path "$manifest"
if [ "${#files[@]}" -eq 0 ]; then
    say "Making the data in $target/bench-data"
    generator=(cargo run --quiet --release --locked --manifest-path "$manifest" --package sitmap-bench --)
    made="$("${generator[@]}" "$target/bench-data" "${SITMAP_BENCH_FEATURES:-1000000}")"
    mapfile -t files <<<"$made"
fi

# Runs a program and keeps its last line, a JSON object of seconds, with the most memory that it took.
measure() { # NAME FILE COMMAND…
    local name="$1" file="$2" line peak_kib
    shift 2
    say "$name: $(basename "$file")"
    if ! line="$(/usr/bin/time --quiet --format %M --output "$work/peak" "$@" 2>"$work/errors" | tail -n 1)"; then
        say "$(tail -n 3 "$work/errors")"
        say "$name did not come to an end with this file and is left out"
        return
    fi
    peak_kib="$(tail -n 1 "$work/peak")"
    printf '%s\t%s\t%s\t%s\n' "$file" "$name" "$peak_kib" "$line" >>"$work/measured"
}

for file in "${files[@]}"; do
    # Every program finds the file in memory, the first one, too.
    cat "$file" >/dev/null
    sitmap=("$target/release/sitmap" render "$file" --no-bundled --basemap none --title '' --offline --size 1280x800
        --frames 20 --timings --out "$work/sitmap.png")
    measure sitmap "$file" "${sitmap[@]}"
    # Once to make the prepared copy, once to use it.
    "${sitmap[@]}" --sidecars "$work/sidecars" >/dev/null
    measure sitmap-again "$file" "${sitmap[@]}" --sidecars "$work/sidecars"
    rm -rf "$work/sidecars"
    for peer in "${peers[@]}"; do
        measure "$peer" "$file" "$python" "$root/benches/peers/with_$peer.py" "$file"
    done
done
"$python" "$root/benches/peers/table.py" "$work/measured"
