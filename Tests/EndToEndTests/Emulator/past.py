"""The canvas's past in a terminal: what is shown of a version is what the server has of it."""

import json
import urllib.request
import zlib

from emulator import Emulator
from servers import Server

WIDTH, HEIGHT = 40, 20


def ask(server, path):
    with urllib.request.urlopen(server.url + path) as answer:
        return answer.read()


def canvas(server, version):
    cells = zlib.decompress(ask(server, f"/api/history/at?version={version}"))
    palette = [color.lstrip("#") for color in json.loads(ask(server, "/api/canvas"))["palette"]]
    return [[palette[cells[y * WIDTH + x]] for x in range(WIDTH)] for y in range(HEIGHT)]


def shown(screen, left, top):
    """The canvas on the screen, a pixel a half block."""
    rows = [[screen.halves(left + x, top + y) for x in range(WIDTH)] for y in range(HEIGHT // 2)]
    # The first numbers are terminals' own colors, so that black goes out as the darkest blue.
    return [["000000" if halves[part] == "000008" else halves[part] for halves in row] for row in rows for part in (0, 1)]


def replaying(programs):
    rates = ["--place-rate", "0", "--message-rate", "0", "--request-rate", "0", "--spectator-cooldown", "0"]
    with Server(programs, "--ads", "off", "--canvas", f"{WIDTH}x{HEIGHT}", *rates) as server:
        # Twice over, so that a version is not told from the newest by what is empty.
        server.paint([(n % WIDTH, n // WIDTH % HEIGHT, (n * 7 + n // 800) % 31 + 1) for n in range(1_600)], "ada")
        server.paint([(n % WIDTH, n % HEIGHT, 5) for n in range(100)], "bob")
        newest = json.loads(ask(server, "/api/canvas"))["version"]
        arguments = [server.program(), "play", server.url, "--page", "home"]
        # Twice as wide as the canvas, so that it stands in the middle at one pixel a half block.
        with Emulator(arguments, columns=60, rows=16, environment=server.environment) as screen:
            screen.wait_text("PLAYING")
            screen.send("r")
            screen.wait_text(f"v{newest:,} of {newest:,}")
            # Both who drew, all of their changes, at once.
            screen.wait_text("ada 1,600, bob 100")
            picture = canvas(server, newest)
            left, top = screen.wait(lambda one: place(one, picture), "the newest canvas")
            for version in [1_000, 1, 1_650, 333]:
                screen.send(f"g{version}\r")
                screen.wait_text(f"v{version:,} of ")
                picture = canvas(server, version)
                screen.wait(lambda one: shown(one, left, top) == picture, f"version {version}")
            # It plays to the end by itself, and stops there.
            screen.send("\x1b[H")
            screen.wait_text("v0 of ")
            screen.send(">" * 9 + " ")
            screen.wait_text(f"v{newest:,} of {newest:,}")
            picture = canvas(server, newest)
            screen.wait(lambda one: shown(one, left, top) == picture, "the end")
            screen.send("q")
            assert screen.end() == 0, screen.errors()


def place(screen, picture):
    """Where a canvas stands on the screen; nothing where it doesn't."""
    for top in range(screen.rows - HEIGHT // 2 + 1):
        for left in range(screen.columns - WIDTH + 1):
            if shown(screen, left, top) == picture:
                return left, top
    return None


SCENARIOS = {one.__name__: one for one in [replaying]}
