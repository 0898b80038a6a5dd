#!/bin/sh
# Removes what scripts/install.sh put into PREFIX, and the directories that it leaves empty: scripts/uninstall.sh [PREFIX]
# Data and settings stay.
set -eu
prefix=${1:-/usr/local}
root=${DESTDIR:-}${prefix%/}
list=$root/share/pixelwars/installed
if [ ! -f "$list" ]; then
    echo "uninstall: nothing is installed in $root" >&2
    exit 1
fi
places=$(cat "$list")
for place in $places; do rm -f "$root/$place"; done
for place in $places; do
    folder=$(dirname "$place")
    while [ "$folder" != . ]; do
        rmdir "$root/$folder" 2>/dev/null || break
        folder=$(dirname "$folder")
    done
done
