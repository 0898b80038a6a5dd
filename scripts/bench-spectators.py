#!/usr/bin/python3
"""bench-spectators.py SERVER [SOCKETS] [PIXELS-PER-SECOND] [SECONDS]: what live spectators cost a server.

Starts the server three times, alone, with guests' sockets that get nothing and with as many that watch live, has one player
paint, and prints the processor time of each.
"""
import asyncio
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/EndToEndTests/Contract"))
from client import Account, Guest, Server  # noqa: E402
import websockets  # noqa: E402

FREE = ["place", "message", "request", "guest"]


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def link(server, token, form, query=""):
    return websockets.connect(
        f"ws://{server.authority}/ws{query}", extra_headers={"Authorization": f"Bearer {token}"},
        subprotocols=[f"pixelwars.v1.{form}"], ping_interval=None, compression=None, open_timeout=60, max_queue=None)


async def load(server, process, sockets, rate, seconds):
    """Paints for a while before so many sockets of a guest; gives what it took."""
    frames = [0, 0]
    open_sockets = 0

    async def watch(token):
        nonlocal open_sockets
        async with link(server, token, "binary") as socket:
            open_sockets += 1
            async for message in socket:
                # What is shorter is about the click game.
                if len(message) > 60:
                    frames[0] += 1
                    frames[1] += len(message)

    token = Guest(server).access
    watchers = [asyncio.create_task(watch(token)) for _ in range(sockets)]
    while open_sockets < sockets:
        await asyncio.sleep(0.05)
    async with link(server, Account(server).access, "json", "?play=1") as brush:
        async def drain():
            async for _ in brush:
                pass
        reader = asyncio.create_task(drain())
        await asyncio.sleep(1)
        frames[:] = [0, 0]
        began, cpu, sent = time.time(), cpu_seconds(process), 0
        while (passed := time.time() - began) < seconds:
            for _ in range(int(passed * rate) - sent):
                x, y, color = random.randrange(1000), random.randrange(1000), random.randrange(32)
                await brush.send(json.dumps({"type": "place", "x": x, "y": y, "color": color}))
                sent += 1
            await asyncio.sleep(0.01)
        used = cpu_seconds(process) - cpu
        reader.cancel()
    for watcher in watchers:
        watcher.cancel()
    return 100 * used / passed, sent / passed, frames[0] / passed, frames[1] / passed / max(1, sockets)


def main():
    program = os.path.abspath(sys.argv[1])
    sockets, rate, seconds = (int(value) for value in (sys.argv[2:] + ["1000", "2000", "10"][len(sys.argv) - 2:]))
    for name, count, live in [("alone", 0, False), ("not live", sockets, False), ("live", sockets, True)]:
        with tempfile.TemporaryDirectory() as folder:
            options = [part for rate_name in FREE for part in (f"--{rate_name}-rate", "0")]
            options += ["--listen", "127.0.0.1:0", "--data", folder, "--max-connections-per-address", "100000"]
            process = subprocess.Popen(
                [program, *options, *(["--live-spectators"] if live else [])], stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True)
            try:
                url = process.stdout.readline().split(" on ")[1].strip()
                cpu, pixels, frames, bytes_each = asyncio.run(load(Server(url), process.pid, count, rate, seconds))
            finally:
                process.terminate()
                process.wait()
        print(f"{name:>9}: {count:5} sockets, {pixels:5.0f} px/s, {frames:6.0f} frames/s, "
              f"{bytes_each / 1000:5.2f} KB/s each, {cpu:5.1f} % of a core", flush=True)


if __name__ == "__main__":
    main()
