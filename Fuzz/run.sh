#!/bin/bash
# Fuzzes whatever reads bytes from outside with libFuzzer and AddressSanitizer: the decoders of Sources/Protocol, what an
# identity provider sends (OpenID), what Telegram sends, and browsers' cookies.
# Usage: Fuzz/run.sh SECONDS [TARGET…]   SECONDS are shared evenly by the targets (all of Fuzz/targets unless named).
# Builds and corpora live in .build/fuzz. Each target begins with Fuzz/corpus/seeds/TARGET-*; an input that breaks it is
# kept in Fuzz/corpus/regressions, where a unit test replays it, and the exit status is 1.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: Fuzz/run.sh SECONDS [TARGET…]}
shift
if [ $# -gt 0 ]; then targets=("$@"); else targets=($(basename -s .swift Fuzz/targets/*.swift)); fi
each=$((seconds / ${#targets[@]}))
[ "$each" -gt 0 ] || each=1

work=.build/fuzz
mkdir -p "$work"
flags=(-O -use-ld=lld -sanitize=fuzzer,address -parse-as-library -swift-version 6 -package-name pixelwars
    -I Sources/CZlib -I Sources/COpenSSL -I "$work" -enable-upcoming-feature ExistentialAny
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature InternalImportsByDefault)

# Compiles a room, or the files of one that are needed.
room() {
    local name=$1
    shift
    swiftc "${flags[@]}" -module-name "$name" -emit-module -emit-module-path "$work/$name.swiftmodule" \
        -emit-object -wmo -o "$work/$name.o" "$@"
}
room Protocol $(find Sources/Protocol -name '*.swift')
room Crypto $(find Sources/Crypto -name '*.swift')
room OpenID $(find Sources/OpenID -name '*.swift')
room Telegram $(find Sources/Telegram -name '*.swift')
room Transport Sources/Transport/HTTP/HTTPHeaders.swift

# Writes each file of hex digits as the bytes they stand for.
unhex() {
    local file
    for file; do
        printf "$(tr -d ' \n' < "$file" | sed 's/../\\x&/g')" > "$corpus/$(basename "$file")"
    done
}

failed=0
for target in "${targets[@]}"; do
    # What a target's property is made of, and what that needs.
    case $target in
        id* | keySet | providerDocument | tokenAnswer | freshness)
            parts=(Tests/OpenIDTests/{TokenProperty,TestIssuer}.swift "$work"/{OpenID,Crypto}.o) ;;
        telegram*) parts=(Tests/TelegramTests/{UpdateProperty,BotDesk}.swift "$work/Telegram.o") ;;
        cookie)
            parts=(Tests/ServerTests/SignIn/CookieProperty.swift Sources/Server/SignIn/BrowserMark.swift
                Sources/Server/Gateway/TrimmedText.swift "$work"/{Transport,Crypto}.o) ;;
        *) parts=(Tests/ProtocolTests/DecoderProperty.swift) ;;
    esac
    swiftc "${flags[@]}" -module-name "fuzz_$target" "${parts[@]}" Fuzz/FuzzEntry.swift "Fuzz/targets/$target.swift" \
        "$work/Protocol.o" -lz -lcrypto -o "$work/$target"
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
    esac
    for f in Fuzz/corpus/{seeds,regressions}/"$target"-*; do [ ! -e "$f" ] || cp "$f" "$corpus"; done
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
