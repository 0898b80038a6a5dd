#!/bin/sh
# Installs what the build, the programs and the tests need and is missing. Quick and silent when nothing is.
set -eu

packages="libuv1-dev libwslay-dev libhttp-parser-dev libssl-dev libsqlite3-dev zlib1g-dev libpng-dev
libncurses-dev libqrencode-dev ncurses-bin pkg-config tmux groff-base openssl python3 python3-cryptography
python3-websockets python3-pyte"

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "setup: this is no Debian; install yourself what these packages hold:" $packages >&2
else
    missing=""
    for package in $packages; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    if [ -n "$missing" ]; then
        as_root=""
        if [ "$(id -u)" -ne 0 ]; then
            if ! command -v sudo >/dev/null 2>&1; then
                echo "setup: run as root: apt-get install -y --no-install-recommends$missing" >&2
                exit 1
            fi
            as_root="sudo"
        fi
        echo "setup: installing$missing"
        $as_root apt-get -qq update </dev/null
        # shellcheck disable=SC2086 # a list of words
        $as_root env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq -y --no-install-recommends install $missing </dev/null >/dev/null
    fi
fi

if ! command -v swift >/dev/null 2>&1; then
    echo "setup: Swift 6.2 or newer is missing; get 6.3 from https://www.swift.org/install/linux/" >&2
    exit 1
fi
