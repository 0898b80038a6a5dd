# Starts and stops a server for another script, which reads this file with `.`.
#
# start_server OPTION...   starts it, waits until it accepts connections, sets server_url
# stop_server              drains and stops it; safe to call twice
server_pid=""
server_url=""

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
