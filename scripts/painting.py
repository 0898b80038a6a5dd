"""Players who paint on a server that is measured, and how long their placements take."""
import asyncio
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Tests/EndToEndTests/Contract"))
from client import Account, Server  # noqa: E402
import websockets  # noqa: E402

RATES = [part for name in ["place", "message", "request", "sign-in"] for part in (f"--{name}-rate", "0")]


def start(program, data):
    """A server with a canvas of 1000×1000 and no rates, and its address."""
    server = subprocess.Popen(
        [program, "--listen", "127.0.0.1:0", "--data", data, "--canvas", "1000x1000", *RATES], stdout=subprocess.PIPE,
        stderr=open(data + ".log", "a"), text=True)
    return server, server.stdout.readline().split()[-1]


def stop(server):
    server.terminate()
    assert server.wait(120) == 0


def play(server, player):
    """A player's socket, playing as soon as it is open."""
    return websockets.connect(
        f"ws://{server.authority}/ws?play=1", extra_headers={"Authorization": f"Bearer {player.access}"},
        subprotocols=["pixelwars.v1.json"], ping_interval=None, compression=None, max_queue=None)


def place(number, x, y, color):
    return json.dumps({"type": "place", "id": number, "x": x, "y": y, "color": color})


async def fill(server, player, pixels, window=200):
    """Places pixels (x, y, color), so many on their way at once, and waits until all of them are durable."""
    async with play(server, player) as socket:
        waiting, number = 0, 0
        for number, pixel in enumerate(pixels):
            await socket.send(place(number, *pixel))
            waiting += 1
            while waiting >= window:
                waiting -= '"placed"' in (await socket.recv())[:400]
        while waiting:
            waiting -= '"placed"' in (await socket.recv())[:400]


async def paint(server, rate, brush, over, times):
    """One player's share of the pixels; notes (when, milliseconds) of each that was answered."""
    async with play(server, brush) as socket:
        sent = {}

        async def listen():
            async for message in socket:
                if '"placed"' in message[:400]:
                    number = json.loads(message)["reply_to"]
                    now = time.monotonic()
                    times.append((sent[number], (now - sent.pop(number)) * 1000))

        reader = asyncio.create_task(listen())
        number, begun = 0, time.monotonic()
        while not over.is_set():
            due = begun + number / rate
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            number += 1
            sent[number] = time.monotonic()
            await socket.send(place(number, random.randrange(1000), random.randrange(1000), random.randrange(32)))
        end = time.monotonic() + 5
        while sent and time.monotonic() < end:
            await asyncio.sleep(0.01)
        reader.cancel()
        assert not sent, f"{len(sent)} placements were never answered"


def figures(name, times):
    """Prints what placements took; the median and the longest, in milliseconds."""
    times = sorted(times)
    p99 = times[len(times) * 99 // 100]
    print(f"{name:16} {len(times):6} placements  median {statistics.median(times):6.1f} ms  p99 {p99:6.1f} ms  "
          f"max {times[-1]:6.1f} ms")
    return statistics.median(times), times[-1]
