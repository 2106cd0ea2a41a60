#!/usr/bin/env bash
# Proves that offline means offline: runs the window and the headless commands in a network namespace of their own, under
# strace, and lists every address that they ask for.
#
#   scripts/prove_offline.sh [SITMAP]     a program that is built already; builds a release where none is given
#
# The window opens with OpenStreetMap's tiles chosen, imports files full of addresses, and is clicked through. Offline by
# the option, by the setting and by a fresh start there must be no connection and no look-up beyond this machine; with all
# of them off there must be one, or the proof would prove nothing. Needs the right to make a namespace (root, or
# unprivileged user namespaces). Prints a line for each run; the exit status is 1 where one is not as it should be.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"

need_graphics_driver
need_window_libraries
need_program Xvfb xvfb
need_program xdotool xdotool
need_program strace strace
need_program unshare util-linux
need_program ip iproute2
install_missing_packages

program="${1:-}"
if [ -z "$program" ]; then
    need_rust
    need_c_compiler
    cargo build --quiet --release --locked --manifest-path "$root/Cargo.toml"
    program="${CARGO_TARGET_DIR:-$root/target}/release/sitmap"
fi
program="$(realpath "$program")"

work="$(mktemp -d)"
server=
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
mkdir --mode=700 "$work/runtime"
export XDG_RUNTIME_DIR="$work/runtime"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS

# Everything in a file that some program would fetch.
mkdir "$work/files"
cat >"$work/files/remote.geojson" <<'JSON'
{"type": "FeatureCollection", "name": "remote",
 "styleUrl": "http://style.example.org/a.kml", "$schema": "https://schema.example.org/s.json",
 "features": [
  {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36.6, 35.6]}, "properties": {
   "name": "<img src=http://img.example.org/a.png>", "image": "http://img.example.org/b.png",
   "marker-symbol": "https://icons.example.org/c.svg", "description": "<script src='//js.example.org/d.js'></script>",
   "source": "http://source.example.org/e", "photo": "\\\\unc.example.org\\share\\f.png", "date": "2018-09-08"}}]}
JSON
cat >"$work/files/remote.csv" <<'CSV'
name,lat,lon,date,url
"=WEBSERVICE(""http://sheet.example.org/"")",35.61,36.61,2018-09-08,http://url.example.org/
"=HYPERLINK(""http://link.example.org/"",""x"")",35.62,36.62,2018-09-09,file://file.example.org/a
CSV
printf '%s' '{"type":"Point","coordinates":[36.5,35.5],"crs":{"type":"link","properties":{"href":"http://crs.example.org/"}}}' >"$work/files/odd.geojson"

# Starts with OpenStreetMap's tiles chosen and the note about them answered.
settings() { # HOME WORK_OFFLINE
    mkdir -p "$1/.config/sitmap"
    printf '{"settings":{"basemap":"OpenStreetMap","online_note_answered":true,"work_offline":%s}}' "$2" \
        >"$1/.config/sitmap/last-session.json"
}

# Runs a command without any network but the loopback device and keeps what it asks of the kernel.
traced() { # NAME COMMAND…
    local name="$1"
    shift
    unshare --map-root-user --net -- sh -c 'ip link set lo up && exec "$@"' sh \
        strace --follow-forks --quiet=attach --output="$work/$name.trace" \
        --trace=connect,sendto,sendmsg,sendmmsg --string-limit=120 "$@" >"$work/$name.out" 2>&1
}

# Addresses of the internet families that are not this machine's own.
asked_for() { # NAME
    grep -E 'sa_family=AF_INET6?' "$work/$1.trace" |
        grep -vE 'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"' |
        grep -oE 'inet_addr\("[^"]*"\)|inet_pton\(AF_INET6, "[^"]*"' | sort | uniq -c || true
}

failed=0
judge() { # NAME silent|talks
    local asked
    [ -s "$work/$1.trace" ] || fail "$1 was not traced: $(tail -n 3 "$work/$1.out")"
    asked="$(asked_for "$1")"
    case "$2:${asked:+some}" in
        silent:) say "$1: no connection, no look-up ($(grep -c '(' "$work/$1.trace" || true) calls to sockets, all local)" ;;
        silent:some) say "$1: NOT SILENT"; say "$asked"; failed=1 ;;
        talks:some) say "$1: asks for $(printf '%s' "$asked" | tr -s ' \n' ' '), as it should" ;;
        talks:) say "$1: asks for nothing: the trace would not have seen it"; failed=1 ;;
    esac
}

Xvfb -displayfd 3 -nolisten tcp -screen 0 1280x800x24 3>"$work/display" >/dev/null 2>&1 &
server=$!
for _ in $(seq 50); do [ -s "$work/display" ] && break; sleep 0.1; done
DISPLAY=":$(cat "$work/display")"
export DISPLAY

key() {
    xdotool key --delay 50 "$@"
    sleep 0.4
}

# What a person does in a minute: looks, selects, searches, plays, opens what can be opened.
use_window() {
    local window
    window="$(xdotool search --sync --onlyvisible --name '^sitmap' | head -n 1)"
    xdotool windowfocus "$window" || true
    sleep 4
    xdotool mousemove 640 380 click 1
    sleep 0.5
    for _ in 1 2 3 4 5 6; do xdotool click 4; sleep 0.2; done
    xdotool mousemove 640 380 mousedown 1 mousemove 500 300 mouseup 1
    sleep 1
    for step in 1 2 3 4; do xdotool mousemove $((560 + 40 * step)) $((300 + 30 * step)) click 1; sleep 0.3; done
    key ctrl+k
    xdotool type --delay 30 'http://search.example.org'
    sleep 0.5
    key Escape
    key ctrl+k
    xdotool type --delay 30 'saraqib'
    sleep 0.5
    key Return
    key ctrl+t
    key ctrl+f
    key space
    sleep 2
    key space
    for _ in 1 2 3; do xdotool click 5; sleep 0.2; done
    key ctrl+z
    sleep 2
}

window_run() { # NAME HOME silent|talks ARGUMENT…
    local name="$1" home="$2" expected="$3"
    shift 3
    mkdir -p "$home"
    HOME="$home" traced "$name" "$program" "$@" "$work"/files/* &
    local runner=$!
    use_window
    # The program itself: strace and the shell around it end with it.
    pkill -TERM --parent "$(pgrep --parent "$runner" strace)"
    wait "$runner" 2>/dev/null || true
    judge "$name" "$expected"
}

settings "$work/online" false
settings "$work/option" false
settings "$work/setting" true
window_run "window, first start" "$work/first" silent
window_run "window, offline by the option" "$work/option" silent --offline
window_run "window, offline by the setting" "$work/setting" silent
window_run "window, online (to see that the trace sees)" "$work/online" talks

unset DISPLAY
export HOME="$work/headless"
mkdir -p "$HOME"
for command in "render --offline --basemap https://tile.example.org/{z}/{x}/{y}.png --out $work/a.png" \
    "render --out $work/b.png" inspect "identify --at 36.6,35.6" "query --json" "search saraqib"; do
    name="headless: ${command//"$work/"/}"
    name="${name//\//∕}"
    # shellcheck disable=SC2086
    case "$command" in
        inspect) traced "$name" "$program" $command "$work/files/remote.geojson" || true ;;
        *) traced "$name" "$program" $command "$work"/files/remote.* || true ;;
    esac
    judge "$name" silent
done

exit "$failed"
