#!/usr/bin/env bash
# Runs every check of sitmap: format, bundled data, tests, lints.
#
#   scripts/test.sh            everything
#
# Installs what the tests need (Debian, Ubuntu) and names it first: a software graphics driver and a display that nobody
# sees. Nothing is read from or written to the user's own settings.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"
cd "$root"

need_rust
for component in fmt clippy; do
    cargo "$component" --version >/dev/null 2>&1 ||
        fail "The checks use rustfmt and clippy: rustup component add rustfmt clippy"
done
need_c_compiler
need_graphics_driver
need_window_libraries
need_program Xvfb xvfb
need_program python3 python3
install_missing_packages

live_apart

failed=()
step() { # NAME COMMAND…
    local name="$1"
    shift
    say "== $name"
    "$@" </dev/null || failed+=("$name")
}

# One set of features and one profile throughout: another would build every dependency again.
build=(--locked --features inspection)
test_all() {
    if cargo nextest --version >/dev/null 2>&1; then
        cargo nextest run "${build[@]}" --no-fail-fast
    else
        cargo test "${build[@]}" --lib --bins --tests --no-fail-fast
    fi
}

step "Format" cargo fmt --check --all
step "Bundled data against its figures" geodata/build/rebuild.sh --check --facts-only
step "Tests" test_all
step "Examples in the documentation" cargo test "${build[@]}" --doc
step "Lints" cargo clippy "${build[@]}" --tests -- -D warnings

if [ "${#failed[@]}" -gt 0 ]; then
    say "Not passed: $(printf '%s; ' "${failed[@]}")"
    say "Pictures: what a snapshot test drew lies beside the expected one in tests/snapshots/ (*.new.png, *.diff.png);"
    say "what the window showed is in ${CARGO_TARGET_DIR:-$root/target}/window-pictures/"
    exit 1
fi
say "All passed"
