#!/bin/sh
# Kills sitmap a thousand times (or as often as said) while it saves a project; the old or the new one must open each time.
# Usage: scripts/kill_saves.sh [TIMES]
set -eu
cd "$(dirname "$0")/.."
SITMAP_KILLS=${1:-1000} cargo test --release --locked --features inspection --test projects -- --nocapture killed_at_any_moment
