#!/bin/sh
# Lives through SEEDS simulated worlds of MINUTES each on every core and prints what happened in all of them.
# Fifty accounts live in the crowd, so that the 200 seeds of 60 minutes are 10,000 player-hours; they take some
# five minutes on two cores. Other variables: WORKLOAD (crowd, canvas), FAULTS, FIRST_SEED.
# Exits 1 and names each seed in which an invariant broke.
set -eu
cd "$(dirname "$0")/.."
seeds=${SEEDS:-200}
first=${FIRST_SEED:-$(date +%s)}
FAULTS=${FAULTS:-drop,duplicate,clock,crash}
MINUTES=${MINUTES:-60}
WORKLOAD=${WORKLOAD:-crowd}

swift build -c release --static-swift-stdlib --product pixelwars-sim
OUT=$(mktemp -d)
trap 'rm -rf "$OUT"' EXIT
export FAULTS MINUTES WORKLOAD OUT
# A seed whose world broke is found by what it printed, so that one failure doesn't hide the others.
seq "$first" $((first + seeds - 1)) | xargs -P "$(nproc)" -I SEED sh -c '
    .build/release/pixelwars-sim --seed SEED --minutes "$MINUTES" --faults "$FAULTS" \
        --workload "$WORKLOAD" >"$OUT/SEED" 2>&1 || true'

echo "$seeds seeds from $first, $MINUTES min each, faults $FAULTS, workload $WORKLOAD"
cat "$OUT"/* | awk '
    /^[0-9].*, / {
        count = split($0, parts, ", ")
        for (part = 1; part <= count; part++) {
            name = parts[part]
            sub(/^[0-9.]+ /, "", name)
            if (!(name in sums)) names[++known] = name
            sums[name] += parts[part]
        }
    }
    END { for (place = 1; place <= known; place++) printf "%12.0f %s\n", sums[names[place]], names[place] }'

failed=$(grep -L '^state hash' "$OUT"/* || true)
for file in $failed; do
    echo "seed $(basename "$file"): $(tail -n 1 "$file")"
done
[ -z "$failed" ]
