# Pixel Wars. `make help` lists what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup build play demo test test-integration lint format fuzz soak player-hours bench bench-players bench-games bench-spectators bench-metrics bench-history bench-terminal bench-peers bench-backup bench-rollback pictures man completions install uninstall deb clean

SWIFT ?= swift
SECONDS ?= 60
CLIENTS ?= 1000
RATE ?= 8000
BENCH_SECONDS ?= 10
MEGABYTES ?= 1000
CELLS ?= 20000
PREFIX ?= /usr/local
# What people run holds Swift's libraries, so that it runs where there is no Swift.
RELEASE = $(SWIFT) build -c release --static-swift-stdlib

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

setup: ## install the libraries that are missing (Debian packages)
	@scripts/setup.sh

build: setup ## all programs, optimized, into .build/release
	$(RELEASE)

man: build ## manual pages of all programs, into .build/share/man
	@scripts/manuals.sh man

completions: build ## completions for bash, zsh and fish, into .build/share
	@scripts/manuals.sh completions

install: build ## programs with all that belongs to them, into DESTDIR and PREFIX=/usr/local
	@DESTDIR=$(DESTDIR) scripts/install.sh $(PREFIX)

uninstall: ## remove what make install put there; data and settings stay
	@DESTDIR=$(DESTDIR) scripts/uninstall.sh $(PREFIX)

deb: build ## Debian packages of server and client, into .build/deb (needs debhelper)
	@scripts/deb.sh

play: setup ## build, start a server, open the terminal client on it; without a terminal, the demo
	@scripts/play.sh

demo: setup ## eight bots draw a picture on a fresh server; the canvas is printed
	@scripts/demo.sh

test: setup ## every test, end to end ones too
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

test-integration: build ## what needs big packages (a browser, nginx, ffmpeg, Prometheus, sshd, Schemathesis), installed first
	/usr/bin/python3 -B Tests/Integration/run.py .build/release $(SCENARIOS)

lint: ## the format, strictly
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## bring the sources into the format
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

fuzz: setup ## whatever reads bytes from outside under libFuzzer, SECONDS=60 shared by them
	Fuzz/run.sh $(SECONDS)

soak: setup ## the long runs: simulator seeds, kill -9, fuzzing
	@scripts/soak.sh

player-hours: setup ## 10,000 simulated player-hours over 200 seeds, with every invariant checked
	@scripts/player-hours.sh

bench: setup ## fan-out: CLIENTS=1000 RATE=8000 BENCH_SECONDS=10
	$(RELEASE) --product pixelwars-server
	$(RELEASE) --product pixelwars-bench
	.build/release/pixelwars-bench fanout --clients $(CLIENTS) --pixels-per-second $(RATE) --seconds $(BENCH_SECONDS)

bench-players: setup ## what a step of the engine and a reconnect cost; fails where a bar isn't met
	$(RELEASE) --product pixelwars-server
	$(RELEASE) --product pixelwars-bench
	.build/release/pixelwars-bench states
	.build/release/pixelwars-bench reconnects

bench-games: setup ## 5,000 guests pushing clicks, 200 relays at once; fails where a bar isn't met
	$(RELEASE) --product pixelwars-server
	$(RELEASE) --product pixelwars-bench
	.build/release/pixelwars-bench clicks
	.build/release/pixelwars-bench relays
	.build/release/pixelwars-bench clicks --websocket

bench-history: setup ## frames of a film, and what it costs that old history goes; fails where a bar isn't met
	$(SWIFT) build -c release --product pixelwars-bench
	.build/release/pixelwars-bench timelapse
	.build/release/pixelwars-bench retention

bench-terminal: setup ## bytes, CPU and times of the terminal client; fails where a bar isn't met
	$(RELEASE) --product pixelwars-server
	$(RELEASE) --product pixelwars-bot
	$(RELEASE) --product pixelwars
	/usr/bin/python3 -B Benchmarks/terminal/figures.py .build/release

pictures: setup ## every picture in docs, from real runs (Debian's python3-pyte)
	$(RELEASE) --product pixelwars-server
	$(RELEASE) --product pixelwars-bot
	$(RELEASE) --product pixelwars
	/usr/bin/python3 -B scripts/take_pictures.py .build/release docs/pictures $(SCENES)

bench-spectators: setup ## what spectators cost who watch live: CLIENTS=1000 RATE=2000 BENCH_SECONDS=10
	$(RELEASE) --product pixelwars-server
	scripts/bench-spectators.py .build/release/pixelwars-server $(CLIENTS) $(if $(filter command line environment,$(origin RATE)),$(RATE),2000) $(BENCH_SECONDS)

bench-metrics: setup ## what reading the metrics costs at RATE=2000 pixels a second; fails where a bar isn't met
	$(RELEASE) --product pixelwars-server
	scripts/bench-metrics.py .build/release/pixelwars-server $(if $(filter command line environment,$(origin RATE)),$(RATE),2000)

bench-backup: setup ## placements while a live database of MEGABYTES=1000 is backed up; fails where one is held over 50 ms
	$(RELEASE) --product pixelwars-server
	scripts/bench-backup.py .build/release/pixelwars-server $(MEGABYTES)

bench-rollback: setup ## placements while CELLS=20000 of one account are taken back; fails where one is held over 50 ms
	$(RELEASE) --product pixelwars-server
	scripts/bench-rollback.py .build/release/pixelwars-server $(CELLS)

bench-peers: setup ## install the servers that the benchmark compares with
	Benchmarks/peers/setup.sh

clean: ## remove what was built
	rm -rf .build
