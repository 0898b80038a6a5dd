#!/bin/sh
# The runs that take too long for `make test`: SEEDS simulator seeds of MINUTES each, KILLS kill -9 of the real
# server under load, FUZZ_SECONDS of fuzzing a decoder.
set -eu
cd "$(dirname "$0")/.."
seeds=${SEEDS:-200}
minutes=${MINUTES:-10}
kills=${KILLS:-500}
seconds=${FUZZ_SECONDS:-600}

swift build -c release --product pixelwars-sim
first=${FIRST_SEED:-$(date +%s)}
seed=$first
while [ "$seed" -lt $((first + seeds)) ]; do
    .build/release/pixelwars-sim --seed "$seed" --minutes "$minutes"
    seed=$((seed + 1))
done

PIXELWARS_KILLS=$kills swift test --filter 'EndToEndTests.*Kill'
Fuzz/run.sh "$seconds"
