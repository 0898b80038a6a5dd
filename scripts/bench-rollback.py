#!/usr/bin/python3
"""bench-rollback.py SERVER [CELLS] [PIXELS-PER-SECOND]: what a rollback of an account does to placements.

An account places so many pixels, then players paint: first alone, then while `pixelwars-server admin rollback` takes those
pixels back and `undo-rollback` brings them back. Prints how long placements took from the client's write to `placed`, which
is sent once the pixel is durable, and fails where one was held longer than the bar.
"""
import asyncio
import os
import re
import sys
import tempfile
import time

from painting import Account, Server, figures, fill, paint, start, stop

# No placement may be held longer by a rollback.
MAX_HELD_MS = 50
SETTLE_SECONDS, ALONE_SECONDS, AFTER_SECONDS, BRUSHES = 2, 10, 1, 4


async def host(program, data, *arguments):
    order = await asyncio.create_subprocess_exec(
        program, "admin", *arguments, "--data", data, stdout=asyncio.subprocess.PIPE)
    said, _ = await order.communicate()
    assert order.returncode == 0, arguments
    return said.decode()


async def measure(program, data, url, cells, rate):
    server = Server(url)
    vandal = Account(server, name="vandal")
    # Where the painters rarely come: what they change since isn't taken back.
    await fill(server, vandal, ((n % 1000, n // 1000, n % 31 + 1) for n in range(cells)))
    over, times = asyncio.Event(), []
    brushes = [Account(server, name=f"brush {number}") for number in range(BRUSHES)]
    painters = [asyncio.create_task(paint(server, rate / BRUSHES, brush, over, times)) for brush in brushes]
    await asyncio.sleep(SETTLE_SECONDS + ALONE_SECONDS)
    marks = [time.monotonic()]
    said = await host(program, data, "rollback", "--account", vandal.id, "--apply")
    await asyncio.sleep(AFTER_SECONDS)
    marks.append(time.monotonic())
    undone = await host(program, data, "undo-rollback", re.search(r"Rollback (\d+)", said)[1])
    await asyncio.sleep(AFTER_SECONDS)
    marks.append(time.monotonic())
    over.set()
    await asyncio.gather(*painters)
    began = min(at for at, _ in times) + SETTLE_SECONDS
    usual, _ = figures("alone", [took for at, took in times if began <= at < marks[0] - 0.2])
    _, longest = figures("during a rollback", [took for at, took in times if marks[0] <= at < marks[1]])
    _, again = figures("during its undo", [took for at, took in times if marks[1] <= at < marks[2]])
    print(said.strip(), undone.strip(), sep="\n")
    return max(longest, again) - usual


def main():
    program = os.path.abspath(sys.argv[1])
    cells, rate = (int(value) for value in (sys.argv[2:] + ["20000", "400"][len(sys.argv) - 2:]))
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        server, url = start(program, folder + "/data")
        try:
            held = asyncio.run(measure(program, folder + "/data", url, cells, rate))
        finally:
            stop(server)
    if held > MAX_HELD_MS:
        sys.exit(f"a placement was held for {held:.0f} ms longer than usual; the bar is {MAX_HELD_MS} ms")


if __name__ == "__main__":
    main()
