#!/bin/sh
# Builds, starts a server on its usual data directory, opens the terminal client on it, and stops the server
# when the client quits. Without a terminal there is nobody to play: the demo runs instead.
# On a canvas that is new, eight bots draw a picture in its middle while you look on or join in (BOTS=0: none).
set -eu
cd "$(dirname "$0")/.."

if [ ! -t 0 ] || [ ! -t 1 ]; then
    exec scripts/demo.sh
fi

swift build -c release --static-swift-stdlib --product pixelwars-server
swift build -c release --static-swift-stdlib --product pixelwars
swift build -c release --static-swift-stdlib --product pixelwars-bot

. scripts/server.sh
state=${XDG_STATE_HOME:-$HOME/.local/state}/pixelwars-server
data=${PIXELWARS_DATA:-$state}
mkdir -p -m 700 "$state"
server_log=$state/server.log
bots_log=$state/bots.log
bots_state=$state/bots

finish() {
    stop_bots
    stop_server
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

bots=${BOTS:-8}
[ ! -e "$data/pixelwars.db" ] || bots=0
start_server --data "$data"
if [ "$bots" != 0 ]; then
    : >"$bots_log"
    send_bots assets/pictures/pixel-wars.png --at 452,468
fi
.build/release/pixelwars play "$server_url"
