# Starts and stops a server and bots for another script, which reads this file with `.` and sets
# server_log, bots_log and bots_state (where the bots keep their keys).
#
# start_server OPTION...   starts it, waits until it accepts connections, sets server_url
# stop_server              drains and stops it; safe to call twice
# start_demo_server OPTION...   one on a free port, in $directory, of the demo picture's size
# send_bots FILE OPTION... has eight bots draw a picture on it, their words going to bots_log
# await_bots               waits until they are done and shows what they said
# stop_bots                stops those that still draw
server_pid=""
server_url=""
bot_pids=""

# The server tells its address in one line on stdout. A pipe waits for exactly that line, and ends at once if
# the server does.
start_server() {
    server_pipe=$(mktemp -u "${TMPDIR:-/tmp}/pixelwars-pipe-XXXXXX")
    mkfifo -m 600 "$server_pipe"
    # Its own session, so that Ctrl-C in the client doesn't reach it: it is stopped by id, drained.
    setsid .build/release/pixelwars-server "$@" >"$server_pipe" 2>"$server_log" </dev/null &
    server_pid=$!
    exec 3<"$server_pipe"
    rm -f "$server_pipe"
    if ! IFS= read -r server_line <&3; then
        status=0
        wait "$server_pid" || status=$?
        server_pid=""
        cat "$server_log" >&2
        return "$status"
    fi
    server_url=${server_line##* }
}

stop_server() {
    [ -n "$server_pid" ] || return 0
    kill -TERM "$server_pid" 2>/dev/null || true
    wait "$server_pid" 2>/dev/null || true
    server_pid=""
}

# A picture shouldn't take minutes: the limits that are for people are lifted.
start_demo_server() {
    start_server --listen 127.0.0.1:0 --data "$directory/data" --canvas 96x64 \
        --place-rate 0 --message-rate 0 --request-rate 0 --sign-in-rate 0 "$@"
}

send_bots() {
    picture=$1
    shift
    part=0
    while [ "$part" -lt 8 ]; do
        XDG_STATE_HOME=$bots_state .build/release/pixelwars-bot draw "$picture" --profile "bot-$part" --part "$part/8" "$@" \
            "$server_url" </dev/null >>"$bots_log" 2>&1 &
        bot_pids="$bot_pids $!"
        part=$((part + 1))
    done
}

await_bots() {
    failed=0
    for pid in $bot_pids; do
        wait "$pid" || failed=1
    done
    bot_pids=""
    cat "$bots_log"
    if [ "$failed" -ne 0 ]; then
        echo "a bot failed; the server says:" >&2
        cat "$server_log" >&2
        return 1
    fi
}

stop_bots() {
    for pid in $bot_pids; do
        kill -TERM "$pid" 2>/dev/null || true
    done
    bot_pids=""
}
