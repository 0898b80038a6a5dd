#!/bin/sh
# Makes docs/pictures: real captures of the terminal client on a canvas that eight bots drew, in the click war, in a
# relay with three bots, and of an evening at home, in the arcade, in the shop and in the studio.
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
start_demo_server --ads off
send_bots assets/pictures/pixel-wars.png
await_bots

$terminal new-session -d -x "$columns" -y "$rows" -- env -u NO_COLOR COLORTERM=truecolor TERM=screen-256color \
    LC_ALL=C.UTF-8 .build/release/pixelwars play --profile painter --page canvas "$server_url"
until $terminal capture-pane -p | grep -q PLAYING; do
    sleep 0.2
done
# The client's greeting lies over the canvas for a few seconds.
while $terminal capture-pane -p | grep -q 'You are playing'; do
    sleep 0.2
done
mkdir -p docs/pictures
take() {
    $terminal capture-pane -p -e -N | scripts/terminal-svg.py "$columns" "$rows" >"docs/pictures/$1.svg"
}
take terminal

for number in 1 2 3; do
    .build/release/pixelwars-bot click --clicks-per-second "$((number * 5))" "$server_url" \
        </dev/null >>"$bots_log" 2>&1 &
    bot_pids="$bot_pids $!"
done
$terminal send-keys F3
until $terminal capture-pane -p | grep -q '[1-9] pushed' && $terminal capture-pane -p | grep -q '2 players.*2 players'; do
    $terminal send-keys Space
    sleep 0.2
done
take click-war
stop_bots

$terminal send-keys F4
sleep 1
$terminal send-keys n
until code=$(.build/release/pixelwars-bot relays --profile bot-0 "$server_url" | awk '/waiting/ { print $1 }') &&
    [ -n "$code" ]; do
    sleep 0.2
done
for number in 1 2 3; do
    .build/release/pixelwars-bot relay --profile "bot-$number" --join "$code" --answers mixed "$server_url" \
        </dev/null >>"$bots_log" 2>&1 &
    bot_pids="$bot_pids $!"
done
until $terminal capture-pane -p | grep -q '4 of 8 in the ring'; do
    sleep 0.2
done
$terminal send-keys s
until $terminal capture-pane -p | grep -q 'answered wrong' && $terminal capture-pane -p | grep -q 'solved one'; do
    sleep 0.2
done
take relay

# The rest are the screens of the tests that go through the client by keys.
captures=$directory/captures
mkdir "$captures"
swift build --build-tests
PIXELWARS_CAPTURES=$captures swift test --skip-build --filter 'TourTerminalTests|StudioTerminalTests'
for name in home ad shaky-dot score shop studio canvas; do
    scripts/terminal-svg.py 120 40 <"$captures/$name.ansi" >"docs/pictures/$name.svg"
done
