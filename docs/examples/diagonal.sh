#!/bin/sh
# A bot in shell: draws a diagonal of 16 pixels, nine a second, and prints the server's answers.
# Usage: diagonal.sh [URL]
url=${1:-http://127.0.0.1:8080}
{
    echo '{"type":"play","id":1}'
    for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        echo "{\"type\":\"place\",\"id\":$((i + 2)),\"x\":$i,\"y\":$i,\"color\":7}"
    done
} | pixelwars-bot --pace 9 "$url" | grep '"reply_to"'
