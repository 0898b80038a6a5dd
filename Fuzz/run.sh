#!/bin/bash
# Fuzzes every decoder of Sources/Protocol with libFuzzer and AddressSanitizer.
# Usage: Fuzz/run.sh SECONDS [TARGET…]   SECONDS are shared evenly by the targets (all of Fuzz/targets unless named).
# Builds and corpora live in .build/fuzz; an input that breaks a decoder is kept in Fuzz/corpus/regressions,
# where a unit test replays it, and the exit status is 1.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: Fuzz/run.sh SECONDS [TARGET…]}
shift
if [ $# -gt 0 ]; then targets=("$@"); else targets=($(basename -s .swift Fuzz/targets/*.swift)); fi
each=$((seconds / ${#targets[@]}))
[ "$each" -gt 0 ] || each=1

work=.build/fuzz
mkdir -p "$work"
flags=(-O -use-ld=lld -sanitize=fuzzer,address -parse-as-library -swift-version 6 -I Sources/CZlib -enable-upcoming-feature
    ExistentialAny -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault)
swiftc "${flags[@]}" -module-name Protocol -emit-module -emit-module-path "$work/Protocol.swiftmodule" \
    -emit-object -wmo -o "$work/Protocol.o" $(find Sources/Protocol -name '*.swift')

# Writes each file of hex digits as the bytes they stand for.
unhex() {
    local file
    for file; do
        printf "$(tr -d ' \n' < "$file" | sed 's/../\\x&/g')" > "$corpus/$(basename "$file")"
    done
}

failed=0
for target in "${targets[@]}"; do
    swiftc "${flags[@]}" -I "$work" -module-name "fuzz_$target" Tests/ProtocolTests/DecoderProperty.swift \
        Fuzz/FuzzEntry.swift "Fuzz/targets/$target.swift" "$work/Protocol.o" -lz -o "$work/$target"
    corpus=$work/corpus/$target
    mkdir -p "$corpus"
    golden=Tests/ProtocolTests/Golden
    case $target in
        clientJSON) cp "$golden"/client-*.json "$corpus" ;;
        serverJSON) cp "$golden"/server-*.json "$corpus" ;;
        clientBinary) unhex "$golden"/client-*.hex ;;
        serverBinary) unhex "$golden"/server-*.hex ;;
        changes) cp "$golden"/server-pixels*.json "$corpus" ;;
        palette) cp assets/palettes/*.json "$corpus" ;;
        skinJSON) cp assets/skins/*.json "$corpus" ;;
        baseColors) cp assets/base_colors.json "$corpus" ;;
        adJSON) cp assets/ads/*.json "$corpus" ;;
        snapshot) printf '\x04\x00\x78\x01\x63\x66\x64\x62\x66\x01\x00\x00\x1a\x00\x0b' > "$corpus/seed" ;;
        route)
            printf 'GET\n/api/canvas/changes\nfrom=1&to=2&epoch=3\n\n' > "$corpus/changes"
            printf 'GET\n/api/canvas/pixels/1/2\n\n\n' > "$corpus/pixel"
            printf 'GET\n/api/accounts/028t5cy4tqkff/last_pixel\n\n\n' > "$corpus/last"
            printf 'GET\n/ws\nplay=1\n\n' > "$corpus/ws"
            printf 'POST\n/api/auth/guest\n\n\n{"name":"Ada"}' > "$corpus/guest"
            printf 'POST\n/api/auth/device/challenge\n\n\n{"public_key":"%s"}' \
                AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= > "$corpus/challenge"
            printf 'POST\n/api/canvas/pixels\n\n\n{"x":1,"y":2,"color":3}' > "$corpus/place"
            printf 'POST\n/api/auth/refresh\n\n\n{"refresh_token":"a"}' > "$corpus/refresh" ;;
    esac
    for f in Fuzz/corpus/regressions/"$target"-*; do [ ! -e "$f" ] || cp "$f" "$corpus"; done
    echo "== $target, $each s"
    log=$work/$target.log
    if ! "$work/$target" -max_total_time="$each" -max_len=4096 -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
        -artifact_prefix="Fuzz/corpus/regressions/$target-" "$corpus" > "$log" 2>&1; then
        tail -40 "$log"
        failed=1
    fi
    grep -aE 'number_of_executed_units|peak_rss' "$log" || true
done
exit $failed
