#!/bin/sh
# Fetches what the peer servers of `pixelwars-bench --peer` stand on: socketify (uWebSockets) from PyPI into a
# virtual environment under .build/peers, and Debian's node-ws. Run once, from anywhere; it may be repeated.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
venv="$root/.build/peers/venv"

if [ ! -x "$venv/bin/python3" ]; then
    python3 -m venv "$venv"
fi
"$venv/bin/python3" -c 'import socketify' 2>/dev/null || "$venv/bin/pip" install --quiet 'socketify==0.0.31'

if [ ! -d /usr/share/nodejs/ws ]; then
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root=sudo
    packages=node-ws
    command -v node >/dev/null || packages="nodejs node-ws"
    # shellcheck disable=SC2086
    $as_root apt-get install --yes --no-install-recommends $packages
fi
"$venv/bin/python3" -c 'import socketify' && node -e 'require("/usr/share/nodejs/ws")'
echo "peers are ready"
