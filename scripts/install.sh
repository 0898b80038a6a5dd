#!/bin/sh
# Installs the built programs with what belongs to them: scripts/install.sh [PREFIX]
#
# DESTDIR stands before the prefix, as packages want it. What was installed is listed in share/pixelwars/installed, by
# which scripts/uninstall.sh goes. PROGRAMS is where the built programs are, STRIP what takes their symbols off (none: "").
set -eu
cd "$(dirname "$0")/.."
prefix=${1:-/usr/local}
case $prefix in /*) ;; *) echo "install: PREFIX must be a whole path: $prefix" >&2; exit 2 ;; esac
prefix=${prefix%/}
root=${DESTDIR:-}$prefix
programs=${PROGRAMS:-.build/release}
strip=${STRIP-strip}
share=$root/share/pixelwars
mkdir -p "$root/bin" "$share"
list=$share/installed.new
: >"$list"

# put MODE FILE PLACE: in place of a file that may be in use, never into it.
put() {
    mkdir -p "$(dirname "$root/$3")"
    cp "$2" "$root/$3.new"
    chmod "$1" "$root/$3.new"
    mv "$root/$3.new" "$root/$3"
    echo "$3" >>"$list"
}

# fill MODE FILE PLACE: the same, with the paths of a distribution's package made this prefix's.
fill() {
    filled=$(mktemp)
    sed "s|/usr/bin/|$prefix/bin/|g; s|/usr/share/|$prefix/share/|g; s|/usr/libexec/|$prefix/libexec/|g" "$2" >"$filled"
    put "$1" "$filled" "$3"
    rm -f "$filled"
}

for name in pixelwars pixelwars-server pixelwars-bot pixelwars-bench pixelwars-sim; do
    put 755 "$programs/$name" "bin/$name"
    # A stripped program is half the size; what a crash report needs is in the build.
    if [ -n "$strip" ] && command -v "$strip" >/dev/null 2>&1; then
        "$strip" "$root/bin/$name"
    fi
done

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
scripts/manuals.sh all "$programs" "$made"
(cd "$made" && find . -type f) | while read -r file; do put 644 "$made/$file" "share/${file#./}"; done

for file in assets/palettes/*.json assets/skins/*.json; do
    put 644 "$file" "share/pixelwars/${file#assets/}"
done
for file in arcade.json openapi.yaml pixelwars.env; do put 644 "assets/$file" "share/pixelwars/$file"; done
for folder in grafana prometheus; do
    [ -d "assets/$folder" ] || continue
    for file in "assets/$folder"/*; do put 644 "$file" "share/pixelwars/$folder/${file##*/}"; done
done

fill 644 assets/systemd/pixelwars-server.service lib/systemd/system/pixelwars-server.service
put 644 assets/systemd/sysusers.conf lib/sysusers.d/pixelwars-server.conf
put 644 assets/systemd/tmpfiles.conf lib/tmpfiles.d/pixelwars-server.conf
for file in nginx.conf Caddyfile; do put 644 "assets/proxy/$file" "share/pixelwars/proxy/$file"; done
fill 755 assets/ssh/pixelwars-ssh-keys libexec/pixelwars/pixelwars-ssh-keys
fill 755 assets/ssh/pixelwars-ssh-session libexec/pixelwars/pixelwars-ssh-session
fill 644 assets/ssh/sshd_config share/pixelwars/ssh/sshd_config
fill 644 assets/ssh/sysusers.conf share/pixelwars/ssh/sysusers.conf
fill 644 assets/ssh/tmpfiles.conf share/pixelwars/ssh/tmpfiles.conf

echo "share/pixelwars/installed" >>"$list"
mv "$list" "$share/installed"
