# shellcheck shell=bash
# What the scripts ask of the machine. Sourced, not run.

readonly RUST_NEEDED="1.95"

# Says what is happening; data stays alone on stdout.
say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# True where the first version is at least the second.
version_at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Rust is the user's own choice of installation: it is looked for, never installed.
need_rust() {
    if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    local how="Get it from https://rustup.rs:

    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh

then open a new terminal. With rustup in place already: rustup update stable"
    if ! command -v cargo >/dev/null || ! command -v rustc >/dev/null; then
        fail "sitmap is built with Rust $RUST_NEEDED or later, and no Rust was found. $how"
    fi
    local found
    found="$(rustc --version | cut -d ' ' -f 2)"
    version_at_least "${found%%-*}" "$RUST_NEEDED" ||
        fail "sitmap is built with Rust $RUST_NEEDED or later; this is Rust $found. $how"
}

# Debian packages that are still to be installed, one word each.
missing_packages=()

# Takes the package down unless the program is there.
need_program() { # PROGRAM PACKAGE
    command -v "$1" >/dev/null || missing_packages+=("$2")
}

# Takes the package down unless the dynamic linker knows the library.
need_library() { # SONAME PACKAGE
    # grep reads to the end: one that leaves early makes ldconfig fail, and with pipefail the library is "missing".
    PATH="$PATH:/sbin:/usr/sbin" ldconfig -p | grep -F "$1 " >/dev/null || missing_packages+=("$2")
}

# A linker and the C library's headers: one cryptographic crate has parts in C.
need_c_compiler() {
    if ! printf '#include <stdio.h>\nint main(void) { return 0; }\n' |
        cc -x c - -o /dev/null >/dev/null 2>&1; then
        missing_packages+=(gcc libc6-dev)
    fi
}

# Any Vulkan driver will do; Mesa's package has one that needs no graphics card.
need_graphics_driver() {
    need_library libvulkan.so.1 libvulkan1
    compgen -G '/usr/share/vulkan/icd.d/*.json' >/dev/null ||
        compgen -G '/etc/vulkan/icd.d/*.json' >/dev/null ||
        missing_packages+=(mesa-vulkan-drivers)
}

# What the window loads when it opens. On Wayland the first two are enough, but XWayland is the usual way back.
need_window_libraries() {
    need_library libxkbcommon.so.0 libxkbcommon0
    need_library libxkbcommon-x11.so.0 libxkbcommon-x11-0
    need_library libX11.so.6 libx11-6
    need_library libX11-xcb.so.1 libx11-xcb1
    need_library libXcursor.so.1 libxcursor1
    need_library libXi.so.6 libxi6
}

# Names what is missing and installs it; runs nothing where nothing is.
install_missing_packages() {
    [ "${#missing_packages[@]}" -gt 0 ] || return 0
    local install=(apt-get install --yes --no-install-recommends "${missing_packages[@]}")
    command -v apt-get >/dev/null ||
        fail "Please install what these Debian packages hold, then start again: ${missing_packages[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "As root, please run: ${install[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing_packages[*]}"
    "${as_root[@]}" apt-get update --quiet=2
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" "${install[@]}" >&2
    missing_packages=()
}

# Folders of its own for all that the program keeps, until this script ends, and no display.
live_apart() {
    private="$(mktemp -d)"
    trap 'rm -rf "$private"' EXIT
    local folder
    for folder in RUNTIME_DIR CONFIG_HOME CACHE_HOME DATA_HOME STATE_HOME; do
        mkdir --mode=700 "$private/$folder"
        export "XDG_$folder=$private/$folder"
    done
    unset DISPLAY WAYLAND_DISPLAY
}
