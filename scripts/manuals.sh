#!/bin/sh
# Writes the programs' manual pages and shell completions: scripts/manuals.sh man|completions|all [PROGRAMS [SHARE]]
# PROGRAMS is where the built programs are, SHARE a directory as /usr/share is one.
set -eu
cd "$(dirname "$0")/.."
what=${1:-all}
programs=${2:-.build/release}
share=${3:-.build/share}

for name in pixelwars pixelwars-server pixelwars-bot pixelwars-bench pixelwars-sim; do
    program="$programs/$name"
    if [ "$what" != completions ]; then
        mkdir -p "$share/man/man1"
        "$program" --man >"$share/man/man1/$name.1"
    fi
    if [ "$what" != man ]; then
        mkdir -p "$share/bash-completion/completions" "$share/zsh/site-functions" \
            "$share/fish/vendor_completions.d"
        "$program" --completions bash >"$share/bash-completion/completions/$name"
        "$program" --completions zsh >"$share/zsh/site-functions/_$name"
        "$program" --completions fish >"$share/fish/vendor_completions.d/$name.fish"
    fi
done
