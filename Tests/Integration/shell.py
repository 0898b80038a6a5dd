"""The canvas in a shell by real programs: curl and wget draw and watch it, and slow watchers cost no memory."""
import asyncio
import os
import random
import socket
import subprocess
import time

import pyte

import _servers
from _servers import FREE, Running, wait_until
from client import Account, Guest, Socket
from terminal import painted, pixels

DEBIAN = ["curl", "wget", "python3-pyte", "python3-websockets", "python3-cryptography"]

SIZE = (60, 40)


def run(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=60).stdout


class Brush:
    """A player who paints from the scenario's own thread."""

    def __init__(self, server):
        self.loop = asyncio.new_event_loop()
        self.socket = Socket(server, Account(server).access, "?play=1")
        self.loop.run_until_complete(self.begin())

    async def begin(self):
        await self.socket.__aenter__()
        await self.socket.message("status", status="playing")

    def close(self):
        self.loop.run_until_complete(self.socket.__aexit__())

    def paint(self, x, y, color):
        answer = self.loop.run_until_complete(self.socket.say("place", x=x, y=y, color=color))
        assert answer["type"] == "placed", answer

    def paint_for(self, seconds):
        """Paints at random, one pixel after the other, as fast as they become durable."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.paint(random.randrange(SIZE[0]), random.randrange(SIZE[1]), random.randrange(32))


def pages(server, brush):
    """What curl and wget print is what is on the canvas."""
    palette = [color[1:] for color in server.api.get("/api/canvas").json["palette"]]
    cells = {(x, y): random.Random(x * 100 + y).randrange(32) for x in range(0, 60, 7) for y in range(0, 40, 3)}
    for (x, y), color in cells.items():
        brush.paint(x, y, color)
    colors = [[palette[cells.get((x, y), 0)] for x in range(SIZE[0])] for y in range(SIZE[1])]
    for command in (["curl", "-fsS"], ["wget", "-qO-"]):
        page = run(*command, f"{server.url}/ansi?cols=60&rows=20&color=truecolor").decode()
        assert pixels(painted(page, 60, 24), *SIZE) == colors, command
        home = run(*command, server.url).decode()
        assert "▀" in home and f"version {len(cells)}" in home and home.endswith("\n"), command
    assert b"<h1>Pixel Wars</h1>" in run("curl", "-fsS", "-A", "Mozilla/5.0", server.url)
    assert b"\x89PNG" == run("curl", "-fsS", f"{server.url}/api/canvas.png?scale=4")[:4]


def watching(server, brush):
    """curl watches until the server ends; what it shows follows the canvas, and its end is a clean one."""
    watch = subprocess.Popen(
        ["curl", "-fsSN", f"{server.url}/watch?cols=60&rows=24&color=truecolor&fps=10"], stdout=subprocess.PIPE)
    os.set_blocking(watch.stdout.fileno(), False)
    screen = pyte.Screen(60, 24)
    stream = pyte.ByteStream(screen)

    def version_shown():
        data = watch.stdout.read()
        if data:
            stream.feed(data)
        return screen.display[20]

    wait_until("a first frame", lambda: "pixelwars" in version_shown())
    brush.paint(3, 3, 5)
    version = server.api.get("/api/canvas").json["version"]
    wait_until("the pixel", lambda: f"version {version} " in version_shown())
    palette = [color[1:] for color in server.api.get("/api/canvas").json["palette"]]
    assert pixels(screen, *SIZE)[3][3] == palette[5]
    assert not screen.cursor.hidden
    return watch, version_shown, screen


def slow_watchers(server, brush):
    """Watchers who read nothing, of whom each second would be megabytes: memory stands still."""
    view = "cols=300&rows=100&color=truecolor&x=0&y=0&zoom=6&fps=10"
    links = []
    for _ in range(7):
        token = Guest(server.api).access
        for _ in range(4):
            link = socket.create_connection((server.api.host, server.api.port))
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.sendall(f"GET /watch?{view} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
            links.append(link)
    wait_until("all watch", lambda: figure(server, "pixelwars_watchers") >= len(links))
    brush.paint_for(2)
    before = server.resident_bytes
    brush.paint_for(8)
    grown = server.resident_bytes - before
    print(f"{len(links)} slow watchers: {grown / 1e6:.1f} MB more after 8 s", flush=True)
    assert grown < 8e6, f"{grown} bytes more"
    # One who begins to read gets what was under way, then the latest frame, and none of those between.
    link = links[0]
    link.settimeout(0.5)
    got = bytearray()
    try:
        while True:
            got += link.recv(1 << 20)
    except TimeoutError:
        pass
    assert 1 <= got.count(b"\x1b[H") <= 4, got.count(b"\x1b[H")
    for link in links:
        link.close()
    wait_until("all are gone", lambda: figure(server, "pixelwars_watchers") <= 1)


def figure(server, name):
    lines = server.api.get("/metrics").body.decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(name + " "))


def main(build, scratch):
    with Running(
        build, scratch, "--canvas", f"{SIZE[0]}x{SIZE[1]}", "--spectator-cooldown", "0", *FREE,
    ) as server:
        brush = Brush(server.api)
        pages(server, brush)
        slow_watchers(server, brush)
        watch, shown, screen = watching(server, brush)
        brush.close()
        assert server.stop() == 0, server.log.read_text()
        wait_until("curl ends", lambda: shown() is not None and watch.poll() is not None)
        shown()
        assert watch.returncode == 0, watch.returncode
        assert any("The server is going away." in line for line in screen.display), screen.display
