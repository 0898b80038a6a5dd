#!/bin/sh
# The runs that take too long for `make test`: SEEDS simulator seeds of MINUTES each for either workload, KILLS
# kill -9 of the real server under load, every single operation of a disk failing, a start on CHANGES changes,
# FUZZ_SECONDS of fuzzing shared by the decoders.
set -eu
cd "$(dirname "$0")/.."
seeds=${SEEDS:-200}
minutes=${MINUTES:-10}
kills=${KILLS:-500}
changes=${CHANGES:-10000000}
seconds=${FUZZ_SECONDS:-600}

first=${FIRST_SEED:-$(date +%s)}
for workload in canvas crowd; do
    WORKLOAD=$workload FAULTS=all SEEDS=$seeds MINUTES=$minutes FIRST_SEED=$first scripts/player-hours.sh
done

# Optimized programs can fail where others don't: a terminal that wasn't given back was one such fault.
swift test -c release -Xswiftc -enable-testing --scratch-path .build/release-tests --filter EndToEndTests
PIXELWARS_KILLS=$kills swift test --filter 'EndToEndTests.*Kill'
PIXELWARS_FAULT_STRIDE=1 swift test --filter 'StorageTests.*Fault'
PIXELWARS_CHANGES=$changes swift test --filter 'StorageTests.*LongHistory'
Fuzz/run.sh "$seconds"
