#!/bin/sh
# Clicks for a minute as a guest: 25 clicks each 5 s, every batch under a name of its own.
url=${1:-http://127.0.0.1:8080}
start=$(date +%s)-$$
{
    for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
        sleep 5
        echo "{\"type\":\"push_clicks\",\"id\":$i,\"clicks\":[5,5,5,5,5],\"batch_id\":\"$start-$i\"}"
    done
} | pixelwars-bot --guest "$url" | grep '"reply_to"'
