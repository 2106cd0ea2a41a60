#!/usr/bin/env bash
# Makes a Debian package of sitmap.
#
#   scripts/package.sh [FOLDER]     writes FOLDER/sitmap_VERSION_ARCHITECTURE.deb; FOLDER is dist/ unless given
#
# The same commit gives the same files: times in the package are those of the commit.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source=scripts/system.sh
source "$root/scripts/system.sh"
out="$(realpath --canonicalize-missing "${1:-$root/dist}")"

need_rust
need_c_compiler
need_program dpkg-deb dpkg
install_missing_packages

cd "$root"
cargo build --release --locked
binary="${CARGO_TARGET_DIR:-$root/target}/release/sitmap"
version="$("$binary" --version | cut -d ' ' -f 2)"
architecture="$(dpkg --print-architecture)"
SOURCE_DATE_EPOCH="$(git log -1 --format=%ct 2>/dev/null || date +%s)"
export SOURCE_DATE_EPOCH
libc="$(grep -aoE 'GLIBC_2\.[0-9]+(\.[0-9]+)?' "$binary" | sort -uV | tail -n 1 | cut -d _ -f 2)"

tree="$(mktemp -d)"
trap 'rm -rf "$tree"' EXIT
chmod 755 "$tree"
put() { # MODE FILE PLACE
    install -D --mode="$1" "$2" "$tree/$3"
}
put 755 "$binary" usr/bin/sitmap
strip --strip-unneeded "$tree/usr/bin/sitmap" 2>/dev/null || true
put 644 packaging/sitmap.desktop usr/share/applications/sitmap.desktop
put 644 assets/icon/sitmap.svg usr/share/icons/hicolor/scalable/apps/sitmap.svg
for size in 32 48 64 128 256; do
    put 644 "assets/icon/sitmap-$size.png" "usr/share/icons/hicolor/${size}x$size/apps/sitmap.png"
done
day="$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%d)"
mkdir -p "$tree/usr/share/metainfo"
sed "s/@VERSION@/$version/; s/@DATE@/$day/" packaging/sitmap.metainfo.xml >"$tree/usr/share/metainfo/sitmap.metainfo.xml"
put 644 packaging/copyright usr/share/doc/sitmap/copyright
put 644 geodata/credits.json usr/share/doc/sitmap/credits.json
put 644 LICENSE-MIT usr/share/doc/sitmap/LICENSE-MIT
put 644 assets/fonts/OFL.txt usr/share/doc/sitmap/OFL.txt
put 644 CHANGELOG.md usr/share/doc/sitmap/CHANGELOG.md
size_kib="$(du --summarize --apparent-size --block-size=1024 "$tree" | cut -f 1)"

# What the program loads while it runs is not among the libraries it is linked with, so it is named here. The commands
# without a window need only libvulkan1 and a driver, and those that draw nothing need neither.
mkdir "$tree/DEBIAN"
cat >"$tree/DEBIAN/control" <<CONTROL
Package: sitmap
Version: $version
Architecture: $architecture
Maintainer: The sitmap contributors
Installed-Size: $size_kib
Section: science
Priority: optional
Depends: libc6 (>= $libc), libgcc-s1, libvulkan1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon0, libxkbcommon-x11-0
Recommends: mesa-vulkan-drivers | vulkan-icd, xdg-desktop-portal, xdg-utils
Suggests: libwayland-client0
Description: situation map with the reports behind it
 sitmap opens on north-west Syria in September 2018: the area held by rebels,
 the front line, highways and reported strikes, each with who says what of it.
 .
 GeoJSON files join the map as layers. A click tells what lies at a place.
 Everything works without the network; the same map can be drawn, files
 inspected and places asked about from the command line.
CONTROL
(cd "$tree" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
find "$tree" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0 --no-run-if-empty touch --no-dereference --date="@$SOURCE_DATE_EPOCH"

mkdir -p "$out"
package="$out/sitmap_${version}_$architecture.deb"
dpkg-deb --root-owner-group --build "$tree" "$package" >&2
say "Install it with: sudo apt install $package"
