#!/usr/bin/python3
"""bench-metrics.py SERVER [PIXELS-PER-SECOND] [SECONDS] [PAIRS]: what metrics cost a server.

One player paints at a rate. In pairs of windows the metrics are read each second, or each 15, and not at all; the processor
time of the server in the ones is compared with that in the others. A bar that isn't met fails: a scrape of 5 ms, 3 % of a
core.
"""
import asyncio
import json
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/EndToEndTests/Contract"))
from client import Account, Server  # noqa: E402
import websockets  # noqa: E402

FREE = [part for name in ["place", "message", "request"] for part in (f"--{name}-rate", "0")]
BAR_SCRAPE_MS, BAR_CPU_PERCENT = 5, 3


def cpu_seconds(process):
    """What all threads of a process have used, to the nanosecond."""
    threads = pathlib.Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


async def scrape(address):
    """One scrape over a connection of its own; how long it took, in milliseconds, and its bytes."""
    reader, writer = await asyncio.open_connection(*address)
    begun = time.perf_counter()
    writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    page = await reader.read()
    took = (time.perf_counter() - begun) * 1000
    while more := await reader.read():
        page += more
    writer.close()
    return took, len(page)


class Painter:
    """A player who places pixels at a rate and reads every answer."""

    def __init__(self, server, rate):
        self.server, self.rate, self.sent, self.answered = server, rate, 0, 0

    async def paint(self):
        bearer = {"Authorization": f"Bearer {Account(self.server).access}"}
        async with websockets.connect(
                f"ws://{self.server.authority}/ws?play=1", extra_headers=bearer, subprotocols=["pixelwars.v1.json"],
                ping_interval=None, compression=None, max_queue=None) as link:
            async def read():
                async for message in link:
                    self.answered += '"placed"' in message
            reader = asyncio.create_task(read())
            begun = time.monotonic()
            try:
                while True:
                    for _ in range(int((time.monotonic() - begun) * self.rate) - self.sent):
                        place = {"type": "place", "x": random.randrange(1000), "y": random.randrange(1000),
                                 "color": random.randrange(32)}
                        await link.send(json.dumps(place))
                        self.sent += 1
                    await asyncio.sleep(0.005)
            finally:
                reader.cancel()


async def window(process, seconds, address, every):
    """The share of a core in a window, in percent; scraped so often, or never."""
    begun, cpu, times = time.monotonic(), cpu_seconds(process), []
    while (passed := time.monotonic() - begun) < seconds:
        if every and passed >= len(times) * every:
            times.append(await scrape(address))
        await asyncio.sleep(0.02)
    return 100 * (cpu_seconds(process) - cpu) / passed, times


async def measure(server, process, address, rate, seconds, pairs):
    painter = Painter(server, rate)
    painting = asyncio.create_task(painter.paint())
    await asyncio.sleep(3)
    rows, took, bytes_ = {1: [], 15: []}, [], 0
    begun, answered = time.monotonic(), painter.answered
    for number in range(pairs):
        for every in rows:
            # Each half of a pair comes first as often as the other.
            order = [every, None] if number % 2 else [None, every]
            shares = {}
            for what in order:
                shares[what], times = await window(process, seconds, address, what)
                took += [one[0] for one in times]
                bytes_ = max([bytes_] + [one[1] for one in times])
            rows[every].append((shares[None], shares[every]))
    placed = (painter.answered - answered) / (time.monotonic() - begun)
    painting.cancel()
    return rows, took, bytes_, placed


def main():
    program = os.path.abspath(sys.argv[1])
    rate, seconds, pairs = (int(value) for value in (sys.argv[2:] + ["2000", "15", "4"][len(sys.argv) - 2:]))
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "log")
        process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--data", folder + "/data", *FREE],
            stdout=subprocess.PIPE, stderr=log.open("w"))
        try:
            server = Server(process.stdout.readline().decode().split()[-1])
            address = re.search(r"metrics_listening address=(\S+):(\d+)", log.read_text()).groups()
            rows, took, bytes_, placed = asyncio.run(
                measure(server, process.pid, address, rate, seconds, pairs))
        finally:
            process.terminate()
            process.wait(20)
    isMet = True
    print(f"{placed:,.0f} pixels a second were placed; a page has {bytes_:,} bytes")
    print(f"a scrape: {statistics.median(took):.2f} ms, the slowest of {len(took)} {max(took):.2f} ms (bar {BAR_SCRAPE_MS} ms)")
    isMet &= statistics.median(took) <= BAR_SCRAPE_MS
    for every, shares in rows.items():
        cost = statistics.median(on - off for off, on in shares)
        off, on = (statistics.median(pair[index] for pair in shares) for index in (0, 1))
        print(f"scraped each {every} s: {on:.2f} % of a core, {off:.2f} % without: {cost:+.2f} % (bar {BAR_CPU_PERCENT} %)")
        isMet &= cost < BAR_CPU_PERCENT
    sys.exit(0 if isMet else "a bar isn't met")


if __name__ == "__main__":
    main()
