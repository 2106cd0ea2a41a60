#!/usr/bin/env bash
# Does anything at all with the window, without a display, and looks whether it breaks or loses memory.
#
#   scripts/long_run.sh                  30 minutes, and 14,400 actions at least, with the usual seed
#   scripts/long_run.sh MINUTES SEED     as long, and other actions
#
# A person who does something every two seconds does 14,400 things in eight hours. The last line tells seed, actions and
# memory; tests/RELIABILITY.md holds the last result. It is a release build: one for tests remembers, in egui, every id that
# was ever drawn, and its memory says nothing of the program's.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"
cd "$root"
need_rust

live_apart

export SITMAP_LONG_RUN_MINUTES="${1:-30}" SITMAP_LONG_RUN_SEED="${2:-2018}" SITMAP_LONG_RUN_ACTIONS=14400
[[ "$SITMAP_LONG_RUN_MINUTES$SITMAP_LONG_RUN_SEED" =~ ^[0-9]+$ ]] || fail "Give minutes and a seed as whole numbers"
cargo test --release --locked --features inspection --test long_run -- --nocapture
