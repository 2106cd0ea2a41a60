#!/usr/bin/env bash
# Fuzzes what reads files, tiles and written text: see fuzz/ for the targets.
#
#   scripts/fuzz.sh                              every target, 10,000,000 runs or 15 minutes each
#   scripts/fuzz.sh layer table --minutes 60     these two, for an hour each
#   scripts/fuzz.sh edtf --runs 1000000          so many runs
#   scripts/fuzz.sh --jobs 2                     every target, two at a time
#
# Each target's line in $CARGO_TARGET_DIR/fuzz/results.txt tells its runs, its minutes by the clock, and the seconds that
# processors have worked for it: where other programs want them, minutes by the clock say little.
#
# Installs cargo-fuzz where it is missing and says so; the stable toolchain is enough, for no sanitizer is used. What was
# found lies in $CARGO_TARGET_DIR/fuzz/findings, each file the input of one failure: run a target's program with it to see
# the panic. The corpus grows in $CARGO_TARGET_DIR/fuzz/corpus. Files of ../shared/corpora, or of $SITMAP_SHARED, are
# read where they are there, and never changed.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"
cd "$root"

# The longest input of each target, in bytes.
declare -A longest=(
    [layer]=2048 [packed]=1024 [stretches]=1024 [table]=1024 [table_stretches]=768 [wkt]=256 [edtf]=40 [dates]=96
    [figures]=48 [position]=64 [expression]=192 [words]=96 [search]=64 [address]=128 [tile_address]=128 [headers]=256
    [style]=1024 [vector_tile]=512 [pack]=1024 [directory]=256 [picture]=512 [stored_tile]=512 [sidecar]=64 [session]=768
    [project]=1536
)
mapfile -t all < <(printf '%s\n' "${!longest[@]}" | sort)
targets=()
minutes=15
runs=10000000
jobs=1
while [ $# -gt 0 ]; do
    case "$1" in
        --minutes) minutes="${2:?--minutes N}" && shift 2 ;;
        --runs) runs="${2:?--runs N}" && shift 2 ;;
        --jobs) jobs="${2:?--jobs N}" && shift 2 ;;
        *)
            [ -n "${longest[$1]:-}" ] || fail "There is no target $1. There are: ${all[*]}"
            targets+=("$1") && shift
            ;;
    esac
done
[ ${#targets[@]} -gt 0 ] || targets=("${all[@]}")

need_rust
need_c_compiler
need_program g++ g++
install_missing_packages
if ! cargo fuzz --version >/dev/null 2>&1; then
    say "Installing cargo-fuzz into cargo's own folder"
    cargo install cargo-fuzz --locked
fi

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
place="$CARGO_TARGET_DIR/fuzz"
shared="${SITMAP_SHARED:-$root/../shared}/corpora"
mkdir -p "$place/temporary"
cargo run --quiet --release --locked -p sitmap-fuzz-seeds -- "$place/seeds"

triple="$(rustc -vV | sed -n 's/^host: //p')"
if [ ${#targets[@]} -eq ${#longest[@]} ]; then
    nice -n 15 cargo fuzz build --sanitizer none
else
    for target in "${targets[@]}"; do
        nice -n 15 cargo fuzz build --sanitizer none "$target"
    done
fi

# Runs one target and notes what came of it; fails where it found something.
fuzz() {
    local target="$1" folder status=0 began line
    mkdir -p "$place/corpus/$target" "$place/findings/$target"
    local folders=("$place/corpus/$target" "$place/seeds/$target")
    case "$target" in
        layer | stretches | packed) for folder in "$shared/geojson" "$shared/json"; do
            [ -d "$folder" ] && folders+=("$folder")
        done ;;
    esac
    local options=(-max_len="${longest[$target]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
        -max_total_time=$((minutes * 60)) -runs="$runs" -artifact_prefix="$place/findings/$target/")
    [ -s "$place/seeds/$target.dict" ] && options+=(-dict="$place/seeds/$target.dict")
    began=$(date +%s)
    local TIMEFORMAT='%U'
    { time TMPDIR="$place/temporary" nice -n 19 "$CARGO_TARGET_DIR/$triple/release/$target" \
        "${options[@]}" "${folders[@]}" >"$place/$target.log" 2>&1; } 2>"$place/$target.processor" || status=$?
    line="$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$place/$target.log") runs"
    line+=" in $(($(date +%s) - began)) s, $(<"$place/$target.processor") s of processor time"
    [ "$status" -eq 0 ] || line+=", ended by a finding; see $place/$target.log"
    say "$line"
    echo "$(date +%F) $line" >>"$place/results.txt"
    return "$status"
}

found=0
running=0
for target in "${targets[@]}"; do
    if [ "$running" -ge "$jobs" ]; then
        wait -n || found=1
        running=$((running - 1))
    fi
    fuzz "$target" &
    running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
    wait -n || found=1
    running=$((running - 1))
done
exit "$found"
