#!/usr/bin/python3
"""bench-backup.py SERVER [MEGABYTES] [PIXELS-PER-SECOND]: what a backup of a live database does to placements.

Fills a data directory to so many megabytes, starts the server on it, and has players paint: first alone, then while
`pixelwars-server backup` runs. Prints how long placements took from the client's write to `placed`, which is sent once the
pixel is durable, and fails where one was held longer than the bar.
"""
import asyncio
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time

from painting import Account, Server, figures, paint, start, stop

# No placement may be held longer by a backup.
MAX_HELD_MS = 50
SETTLE_SECONDS, ALONE_SECONDS, BRUSHES = 2, 10, 4

def fill(program, data, megabytes):
    """Lets the server make its database, then adds a third in changes and the rest in what players wrote."""
    server, url = start(program, data)
    player = Account(Server(url), name="painter")
    stop(server)
    database = sqlite3.connect(data + "/pixelwars.db")
    database.execute("PRAGMA synchronous = OFF")
    (account,) = database.execute("SELECT id FROM accounts WHERE name = 'painter'").fetchone()
    # The next block of changes is full, and indexed, after 16,384 more: not while this measures.
    changes = megabytes * 1_000_000 // 3 // 40 // 16_384 * 16_384 + 10
    with database:
        database.execute(
            """WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ?)
            INSERT INTO canvas_changes (version, cell, color, account, at_ms)
            SELECT n, n * 7919 % 1000000, n % 32, ?, 1000000 + n FROM counter""", (changes, account))
        wanted, size = megabytes * 1_000_000, 60_000
        letters = random.Random(1).randbytes(size).hex()[:size]
        have = 0
        while have < wanted * 2 // 3:
            database.executemany(
                "INSERT INTO feedback (account, message, at_ms) VALUES (?, ?, ?)",
                [(account, letters, have + number) for number in range(100)])
            # An index has the messages once more.
            have += 2 * 100 * size
    database.close()
    # Indexes and counts that a start makes up for aren't to be measured.
    server, _ = start(program, data)
    stop(server)
    return os.path.getsize(data + "/pixelwars.db")


async def measure(program, data, url, rate, file):
    server = Server(url)
    over, times = asyncio.Event(), []
    brushes = [Account(server, name=f"brush {number}") for number in range(BRUSHES)]
    painters = [asyncio.create_task(paint(server, rate / BRUSHES, brush, over, times)) for brush in brushes]
    await asyncio.sleep(SETTLE_SECONDS + ALONE_SECONDS)
    alone = time.monotonic()
    copied = await asyncio.create_subprocess_exec(
        program, "backup", file, "--data", data, stdout=asyncio.subprocess.PIPE)
    while copied.returncode is None:
        try:
            await asyncio.wait_for(copied.wait(), 0.05)
        except asyncio.TimeoutError:
            pass
    end = time.monotonic()
    over.set()
    await asyncio.gather(*painters)
    assert copied.returncode == 0
    began = min(at for at, _ in times) + SETTLE_SECONDS
    usual, _ = figures("alone", [took for at, took in times if began <= at < alone - 0.2])
    _, longest = figures("during a backup", [took for at, took in times if alone <= at < end])
    worst = sorted(((took, at - alone) for at, took in times if alone <= at < end), reverse=True)[:3]
    print("the longest came", ", ".join(f"{at:.1f} s" for _, at in worst), "after it began")
    print(f"the backup took {end - alone:.1f} s for {os.path.getsize(file) / 1e6:.0f} MB, its check included")
    return longest - usual


def main():
    program = os.path.abspath(sys.argv[1])
    megabytes, rate = (int(value) for value in (sys.argv[2:] + ["1000", "400"][len(sys.argv) - 2:]))
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR", "/var/tmp")) as folder:
        data = folder + "/data"
        print(f"filled: {fill(program, data, megabytes) / 1e6:.0f} MB", flush=True)
        server, url = start(program, data)
        try:
            held = asyncio.run(measure(program, data, url, rate, folder + "/backup.db"))
        finally:
            stop(server)
        print(re.search(r"steps=\d+ longest_step_us=\d+", pathlib.Path(data + ".log").read_text())[0])
        subprocess.run([program, "check", "--data", data], check=True)
    if held > MAX_HELD_MS:
        sys.exit(f"a placement was held for {held:.0f} ms longer than usual; the bar is {MAX_HELD_MS} ms")


if __name__ == "__main__":
    main()
