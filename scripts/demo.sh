#!/bin/sh
# Starts a server on a directory of its own, has eight bots draw a picture on it, and prints the canvas.
# Usage: scripts/demo.sh [PICTURE.png]
set -eu
cd "$(dirname "$0")/.."
picture=${1:-assets/pictures/pixel-wars.png}

swift build -c release --static-swift-stdlib --product pixelwars-server
swift build -c release --static-swift-stdlib --product pixelwars-bot

. scripts/server.sh
directory=$(mktemp -d "${TMPDIR:-/tmp}/pixelwars-demo-XXXXXX")
server_log=$directory/server.log
bots_log=$directory/bots.log

finish() {
    stop_bots
    stop_server
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The bots' keys are the demo's own.
export XDG_STATE_HOME="$directory/state"
bots_state=$XDG_STATE_HOME
mkdir -m 700 "$XDG_STATE_HOME"
start_demo_server
echo "Eight bots draw $picture on $server_url"
send_bots "$picture"
await_bots
.build/release/pixelwars-bot show "$server_url"
