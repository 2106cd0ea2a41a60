#!/usr/bin/env bash
# Fuzzes what reads files, tiles and written text: see fuzz/ for the targets.
#
#   scripts/fuzz.sh                              every target, 10,000,000 runs or 15 minutes each
#   scripts/fuzz.sh layer table --minutes 60     these two, for an hour each
#   scripts/fuzz.sh edtf --runs 1000000          so many runs
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
)
mapfile -t all < <(printf '%s\n' "${!longest[@]}" | sort)
targets=()
minutes=15
runs=10000000
while [ $# -gt 0 ]; do
    case "$1" in
        --minutes) minutes="${2:?--minutes N}" && shift 2 ;;
        --runs) runs="${2:?--runs N}" && shift 2 ;;
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

# Egui is compiled only where tiles are drawn.
features=(--no-default-features)
for target in "${targets[@]}"; do
    case "$target" in
        headers | style | vector_tile | pack | directory | picture | stored_tile | tile_address) features=() ;;
    esac
done
triple="$(rustc -vV | sed -n 's/^host: //p')"
for target in "${targets[@]}"; do
    nice -n 15 cargo fuzz build --sanitizer none "${features[@]}" "$target"
done

found=0
for target in "${targets[@]}"; do
    mkdir -p "$place/corpus/$target" "$place/findings/$target"
    folders=("$place/corpus/$target" "$place/seeds/$target")
    case "$target" in
        layer | stretches | packed) for folder in "$shared/geojson" "$shared/json"; do
            [ -d "$folder" ] && folders+=("$folder")
        done ;;
    esac
    options=(-max_len="${longest[$target]}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
        -max_total_time=$((minutes * 60)) -runs="$runs" -artifact_prefix="$place/findings/$target/")
    [ -s "$place/seeds/$target.dict" ] && options+=(-dict="$place/seeds/$target.dict")
    log="$place/$target.log"
    began=$(date +%s)
    status=0
    TMPDIR="$place/temporary" nice -n 19 "$CARGO_TARGET_DIR/$triple/release/$target" "${options[@]}" "${folders[@]}" \
        >"$log" 2>&1 || status=$?
    done_runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
    line="$target: ${done_runs:-?} runs in $(($(date +%s) - began)) s"
    if [ "$status" -ne 0 ]; then
        found=1
        line+=", ended by a finding; see $log"
    fi
    say "$line"
    echo "$(date +%F) $line" >>"$place/results.txt"
done
exit "$found"
