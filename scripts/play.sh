#!/bin/sh
# Builds, starts a server on its usual data directory, opens the terminal client on it, and stops the server
# when the client quits. Without a terminal there is nobody to play: the demo runs instead.
set -eu
cd "$(dirname "$0")/.."

if [ ! -t 0 ] || [ ! -t 1 ]; then
    exec scripts/demo.sh
fi

swift build -c release --product pixelwars-server
swift build -c release --product pixelwars

. scripts/server.sh
state=${XDG_STATE_HOME:-$HOME/.local/state}/pixelwars-server
mkdir -p -m 700 "$state"
server_log=$state/server.log
trap stop_server EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

start_server --data "${PIXELWARS_DATA:-$state}"
.build/release/pixelwars play "$server_url"
