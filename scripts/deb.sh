#!/bin/sh
# Builds the Debian packages from the built programs: scripts/deb.sh [OUTPUT]
# They come to lie in OUTPUT, .build/deb unless named; PROGRAMS is where the built programs are.
set -eu
cd "$(dirname "$0")/.."
for program in dpkg-buildpackage dh strip; do
    if ! command -v "$program" >/dev/null 2>&1; then
        echo "deb: $program is missing: apt-get install --no-install-recommends debhelper dpkg-dev binutils" >&2
        exit 1
    fi
done
output=$(mkdir -p "${1:-.build/deb}" && cd "${1:-.build/deb}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/pixelwars
mkdir "$tree"
cp -R debian CHANGELOG.md README.md "$tree"
# Stripping is debhelper's.
STRIP="" DESTDIR=$tree/stage PROGRAMS=${PROGRAMS:-.build/release} scripts/install.sh /usr
rm "$tree/stage/usr/share/pixelwars/installed"
# debhelper finds these by their names.
cp "$tree/stage/usr/lib/systemd/system/pixelwars-server.service" "$tree/debian/pixelwars-server.service"
cp "$tree/stage/usr/lib/sysusers.d/pixelwars-server.conf" "$tree/debian/pixelwars-server.sysusers"
cp "$tree/stage/usr/lib/tmpfiles.d/pixelwars-server.conf" "$tree/debian/pixelwars-server.tmpfiles"
mkdir -p "$tree/docs"
cp docs/*.md "$tree/docs"
(cd "$tree" && DEB_BUILD_OPTIONS=noautodbgsym dpkg-buildpackage --build=binary --no-sign --no-check-builddeps) \
    >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
cp "$work"/*.deb "$output"
ls "$output"/*.deb
