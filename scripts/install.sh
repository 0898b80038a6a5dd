#!/bin/sh
# Installs the built programs with their manual pages and completions: scripts/install.sh [PREFIX]
# DESTDIR stands before the prefix, as packages want it.
set -eu
cd "$(dirname "$0")/.."
root=${DESTDIR:-}${1:-/usr/local}
mkdir -p "$root/bin"
for name in pixelwars pixelwars-server pixelwars-bot pixelwars-bench pixelwars-sim; do
    # In place of a program that may be running, never into it.
    cp ".build/release/$name" "$root/bin/.$name.new"
    chmod 755 "$root/bin/.$name.new"
    mv "$root/bin/.$name.new" "$root/bin/$name"
done
scripts/manuals.sh all .build/release "$root/share"
