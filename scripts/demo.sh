#!/bin/sh
# Starts a server on a directory of its own, has eight bots draw a picture on it, and prints the canvas.
# Usage: scripts/demo.sh [PICTURE.png]
set -eu
cd "$(dirname "$0")/.."
picture=${1:-assets/pictures/pixel-wars.png}
bots=8

swift build -c release --product pixelwars-server
swift build -c release --product pixelwars-bot

. scripts/server.sh
directory=$(mktemp -d "${TMPDIR:-/tmp}/pixelwars-demo-XXXXXX")
server_log=$directory/server.log
bot_pids=""

finish() {
    for pid in $bot_pids; do
        kill -TERM "$pid" 2>/dev/null || true
    done
    stop_server
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# The bots' keys are the demo's own, and a picture shouldn't take minutes: the limits for people are lifted.
export XDG_STATE_HOME="$directory/state"
mkdir -m 700 "$XDG_STATE_HOME"
start_server --listen 127.0.0.1:0 --data "$directory/data" --canvas 96x64 \
    --place-rate 0 --message-rate 0 --request-rate 0 --sign-in-rate 0

echo "$bots bots draw $picture on $server_url"
part=0
while [ "$part" -lt "$bots" ]; do
    .build/release/pixelwars-bot draw "$picture" "$server_url" --profile "demo-$part" --part "$part/$bots" \
        </dev/null &
    bot_pids="$bot_pids $!"
    part=$((part + 1))
done

failed=0
for pid in $bot_pids; do
    wait "$pid" || failed=1
done
bot_pids=""
if [ "$failed" -ne 0 ]; then
    echo "demo: a bot failed; the server says:" >&2
    cat "$server_log" >&2
    exit 1
fi

.build/release/pixelwars-bot show "$server_url"
