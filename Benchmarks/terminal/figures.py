#!/usr/bin/env python3
"""What the terminal client costs, from outside: real server, real client on a pseudo terminal, bytes, CPU and times.

figures.py DIRECTORY-OF-PROGRAMS [NAME ...]: prints a row for each bar of docs/performance.md; exit status 1 where one isn't met.
"""

import json
import os
import random
import re
import statistics
import sys
import threading
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Tests/EndToEndTests/Emulator"))

from emulator import Emulator  # noqa: E402
from servers import Server  # noqa: E402
from slow import answers_at  # noqa: E402

FREE = ["--ads", "off", "--place-rate", "0", "--message-rate", "0", "--request-rate", "0"]
rows = []


def row(what, value, bar, unit, holds=None):
    holds = value <= bar if holds is None else holds
    rows.append(holds)
    measured = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    print(f"| {what} | {measured} {unit} | {bar:,g} {unit} | {'yes' if holds else '**no**'} |", flush=True)


def told(what, value, unit):
    """A row without a bar."""
    print(f"| {what} | {value:.3g} {unit} | | |", flush=True)


def client(server, *arguments, columns=200, rows=50, **options):
    return Emulator(
        [server.program(), "play", server.url, "--page", "canvas", *arguments], columns=columns, rows=rows,
        environment=server.environment, **options)


def cpu_ms(screen, every_thread=False):
    """CPU of the terminal's thread, or of all, in milliseconds, to the nanosecond (schedstat)."""
    pid = screen.process.pid
    threads = os.listdir(f"/proc/{pid}/task") if every_thread else [pid]
    total = 0
    for thread in threads:
        total += int(open(f"/proc/{pid}/task/{thread}/schedstat").read().split()[0])
    return total / 1e6


def noise(server, width, height, seed=1):
    generator = random.Random(seed)
    server.paint([(x, y, generator.randrange(32)) for y in range(height) for x in range(width)])


def version(server):
    with urllib.request.urlopen(server.url + "/api/canvas") as answer:
        return json.load(answer)["version"]


class Painter:
    """Places pixels at a rate until it is closed."""

    def __init__(self, server, width, height, rate, burst):
        self.bot = server.bot("--play", profile="painter", stdout=-1)
        while b'"playing"' not in self.bot.stdout.readline():
            pass
        threading.Thread(target=lambda: [None for _ in self.bot.stdout], daemon=True).start()
        self.generator = random.Random(5)
        self.width, self.height, self.rate, self.burst = width, height, rate, burst
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._paint, daemon=True)

    def place(self, count):
        g = self.generator
        self.bot.stdin.write("".join(
            f'{{"type":"place","x":{g.randrange(self.width)},"y":{g.randrange(self.height)},"color":{g.randrange(32)}}}\n'
            for _ in range(count)).encode())
        self.bot.stdin.flush()

    def start(self):
        self.thread.start()
        return self

    def _paint(self):
        due = time.monotonic()
        while not self.stop.is_set():
            self.place(self.burst)
            due += self.burst / self.rate
            time.sleep(max(due - time.monotonic(), 0))

    def close(self):
        self.stop.set()
        if self.thread.ident:
            self.thread.join()
        self.bot.stdin.close()
        self.bot.wait(20)


def sparse(programs):
    """20 changed cells on 200×50."""
    with Server(programs, "--canvas", "198x90", *FREE) as server:
        with client(server, "--stats", "--json", "--overview", "halves", parses=False) as screen:
            screen.wait(lambda one: b"PLAYING" in one.raw(), "the canvas")
            screen.quiet(0.5)
            painter = Painter(server, 198, 90, 1, 1)
            screen.quiet(0.5)
            sizes, costs = [], []
            for _ in range(40):
                bytes_before, cpu_before = screen.total, cpu_ms(screen)
                painter.place(20)
                time.sleep(0.15)
                sizes.append(screen.total - bytes_before)
                costs.append(cpu_ms(screen) - cpu_before)
            painter.close()
            screen.quiet(0.3)
            screen.send("q")
            screen.end()
            stats = read_stats(screen.errors())
    row("20 changed cells: bytes, median", statistics.median(sizes), 1200, "B")
    # One tick's frame and what woke the program for it: input, news, view and output.
    told("20 changed cells: CPU of the terminal's thread, view included, median", statistics.median(costs), "ms")
    if stats:
        row("20 changed cells: writes a frame", stats["writes"] / max(stats["frames"], 1), 1.05, "")
        row("the same: CPU of the output alone, mean", stats["screen_ms"]["mean"], 0.3, "ms")


def read_stats(text):
    for line in text.splitlines():
        if line.startswith("{"):
            return json.loads(line)
    return None


def full(programs):
    """Everything anew, each half cell another color."""
    with Server(programs, "--canvas", "800x380", *FREE) as server:
        noise(server, 800, 380)
        with client(server, "--stats", "--json", "--overview", "halves", parses=False) as screen:
            screen.wait(lambda one: b"PLAYING" in one.raw(), "the canvas")
            screen.send("0")
            screen.quiet(1.0)
            sizes = []
            for _ in range(15):
                before = screen.total
                screen.send("\x0c")
                screen.quiet(0.3)
                sizes.append(screen.total - before)
            screen.send("q")
            screen.end()
            stats = read_stats(screen.errors())
    row("full redraw, 200×50, truecolor: bytes a cell, largest", max(sizes) / 10_000, 40, "B")
    if stats:
        row("the same: view computed, p99", stats["view_ms"]["p99"], 2, "ms")


def busy(programs):
    """8,000 pixels a second arriving."""
    for name, arguments, canvas in [("one to one", [], "198x90"), ("reduced", [], "800x380")]:
        width, height = map(int, canvas.split("x"))
        with Server(programs, "--canvas", canvas, *FREE) as server:
            noise(server, width, height)
            with client(server, *arguments, parses=False, keeps_log=False) as screen:
                time.sleep(2)
                screen.send("0" if name == "reduced" else "")
                painter = Painter(server, width, height, 8_000, 80).start()
                time.sleep(2)
                began, before, bytes_before = time.monotonic(), cpu_ms(screen, True), screen.total
                version_before = version(server)
                time.sleep(8)
                seconds = time.monotonic() - began
                share = (cpu_ms(screen, True) - before) / seconds / 10
                kilobytes = (screen.total - bytes_before) / seconds / 1000
                placed = version(server)
                painter.close()
                rate = (placed - version_before) / seconds
        row(f"{rate:,.0f} px/s arriving, {name}: share of one core ({kilobytes:.0f} KB/s written)", share, 15, "%",
            share <= 15 and rate > 7_500)


def keys(programs):
    """From a key to the first byte of the changed screen."""
    with Server(programs, "--canvas", "198x90", *FREE) as server:
        noise(server, 198, 90)
        with client(server, parses=False) as screen:
            screen.wait(lambda one: b"PLAYING" in one.raw(), "the canvas")
            screen.quiet(1.0)
            for what, presses, bar in [
                ("key to changed screen", ["l", "h"], 5), ("ESC to changed screen", ["?", "\x1b"], 30),
                ("click to its pixel on the screen", click(20, 20) + click(60, 30), 5),
            ]:
                times, misses = [], 0
                for number in range(60):
                    press = presses[number % len(presses)]
                    at, began = len(screen.log), time.monotonic()
                    screen.send(press)
                    while len(screen.log) == at and time.monotonic() - began < 1:
                        time.sleep(0.0001)
                    if len(screen.log) == at:
                        misses += 1
                    elif what[:3] != "ESC" or press == "\x1b":
                        times.append((screen.log[at][0] - began) * 1000)
                    time.sleep(0.12)
                row_of_times(what, times, misses, bar)


def row_of_times(what, times, misses, bar):
    """A median's row; a press without an answer within a second is a miss, and fails it."""
    times = sorted(times) or [1000]
    p95 = times[int(len(times) * .95)]
    missed = f", {misses} without an answer within 1 s" if misses else ""
    median = statistics.median(times)
    row(f"{what}, median (p95 {p95:.1f} ms{missed})", median, bar, "ms", median <= bar and not misses)


def click(column, row):
    return [f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"]


def slow(programs):
    """From a key to its change read, on a line that takes 25 KB a second."""
    for round_trip_ms in (0, 20):
        times = answers_at(programs, 25_000, round_trip_ms)
        row(f"25 KB/s terminal, round trip {round_trip_ms} ms, canvas changing all over: key to its change read, "
            f"slowest of {len(times)}", times[-1] * 1000, 300, "ms")


def start(programs):
    """From exec to the first canvas, with a key and a session that are there and without."""
    with Server(programs, "--canvas", "198x90", *FREE) as server:
        noise(server, 198, 90)
        first, again = [], []
        for number in range(12):
            for times, profile in [(first, f"new-{number}"), (again, "kept")]:
                with client(server, "--profile", profile, columns=80, rows=24, parses=False) as screen:
                    screen.wait(lambda one: len(re.findall(rb"[34]8;2;", one.raw())) > 1000, "the canvas")
                    shown = 0
                    for at, data in screen.log:
                        shown += len(re.findall(rb"[34]8;2;", data))
                        if shown > 1000:
                            times.append((at - screen.started) * 1000)
                            break
                    screen.send("q")
                    screen.end()
    row("start to first canvas, first sign-in, median", statistics.median(first), 150, "ms")
    row("start to first canvas, kept session, median", statistics.median(again), 150, "ms")


SCENARIOS = {one.__name__: one for one in [sparse, full, busy, keys, slow, start]}

if __name__ == "__main__":
    programs, names = sys.argv[1], sys.argv[2:] or list(SCENARIOS)
    print("| figure | measured | at most | met |\n| --- | ---: | ---: | --- |")
    for name in names:
        SCENARIOS[name](programs)
    sys.exit(0 if all(rows) else 1)
