#!/usr/bin/env python3
"""An honest bot of the arcade in Python: one run of `dot` at a person's pace.

Usage: dot.py [URL]
Signs in as square.py does, which stands beside it, with the same key and the same packages.
"""
import asyncio, json, random, time

import websockets

from square import HEADERS, SERVER, ask, load_key, sign_in

MASK = 2**64 - 1


def draws(seed):
    """SplitMix64, from which every place in the arcade comes (docs/protocol.md)."""
    while True:
        seed = seed + 0x9E3779B97F4A7C15 & MASK
        z = (seed ^ seed >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        yield z ^ z >> 31


async def play_dot(socket):
    """A run of 30 seconds; each hit's answer brings the seed of the next place."""
    answer = await ask(socket, {"type": "start_run", "game": "dot"})
    start, run, seq = time.monotonic(), answer["run_id"], 0
    while answer["type"] != "error" or answer["code"] == "point_rejected":
        if "seed" in answer:
            draw = draws(int(answer["seed"], 16))
            x, y = next(draw) % 58 + 1, next(draw) % 34 + 1  # the middle of the 3 x 3
        await asyncio.sleep(random.uniform(0.35, 0.55))  # nobody sees and aims faster
        t_ms, seq = int((time.monotonic() - start) * 1000), seq + 1
        if t_ms > 30_000:
            break
        answer = await ask(
            socket, {"type": "point", "run_id": run, "seq": seq, "x": x, "y": y, "t_ms": t_ms})


async def main():
    token = sign_in(load_key())
    url = SERVER.replace("http", "ws", 1) + "/ws"
    options = {HEADERS: {"Authorization": "Bearer " + token}, "subprotocols": ["pixelwars.v1.json"]}
    async with websockets.connect(url, max_size=16 * 1024 * 1024, **options) as socket:
        await play_dot(socket)
        async for text in socket:
            message = json.loads(text)
            if message["type"] == "run_ended":
                break
        print(message["reason"], message["score"], "points, rank", message["rank"], "and",
              message["profile_points"], "profile points")


if __name__ == "__main__":
    asyncio.run(main())
