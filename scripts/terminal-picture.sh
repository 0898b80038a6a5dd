#!/bin/sh
# Makes docs/pictures/terminal.svg: a real capture of the terminal client on a canvas that eight bots drew.
set -eu
cd "$(dirname "$0")/.."
columns=112
rows=38

swift build -c release --product pixelwars-server
swift build -c release --product pixelwars-bot
swift build -c release --product pixelwars

. scripts/server.sh
directory=$(mktemp -d "${TMPDIR:-/tmp}/pixelwars-picture-XXXXXX")
server_log=$directory/server.log
bots_log=$directory/bots.log
terminal="tmux -L pixelwars-picture-$$ -f /dev/null"

finish() {
    $terminal kill-server 2>/dev/null || true
    stop_bots
    stop_server
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

export XDG_STATE_HOME="$directory/state"
bots_state=$XDG_STATE_HOME
mkdir -m 700 "$XDG_STATE_HOME"
start_demo_server
send_bots assets/pictures/pixel-wars.png
await_bots

$terminal new-session -d -x "$columns" -y "$rows" -- env -u NO_COLOR COLORTERM=truecolor TERM=screen-256color \
    LC_ALL=C.UTF-8 .build/release/pixelwars play --profile painter "$server_url"
until $terminal capture-pane -p | grep -q PLAYING; do
    sleep 0.2
done
# The client's greeting lies over the canvas for a few seconds.
while $terminal capture-pane -p | grep -q 'You are playing'; do
    sleep 0.2
done
mkdir -p docs/pictures
$terminal capture-pane -p -e -N | scripts/terminal-svg.py "$columns" "$rows" >docs/pictures/terminal.svg
