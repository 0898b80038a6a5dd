"""Every page by keys and by mouse, read by another terminal than the one it was drawn for."""

import json
import re
import time
import urllib.request

from emulator import Emulator
from servers import Server



def client(server, *arguments, **options):
    return Emulator(
        [server.program(), "play", server.url, *arguments],
        environment={**server.environment, **options.pop("environment", {})}, **options)


def pages_by_keys(programs):
    with Server(programs, "--ads", "off", "--canvas", "60x30") as server:
        with client(server, columns=100, rows=30) as screen:
            screen.wait_text("PLAYING")
            for key, words in [("\x1b1", "0,0|30,15"), ("\x1b2", "Click war"), ("\x1b3", "Puzzle relays"), ("\x1b4", "Arcade"),
                               ("\x1b5", "Shop"), ("\x1b6", "Feedback"), ("\x1b7", "Leaderboards"), ("\x1b8", "Settings"),
                               ("\x1b9", "About"), ("\x1b0", "Canvas")]:
                screen.send(key)
                screen.wait(lambda one: any(word in one.text() for word in words.split("|")), words)
                assert all(len(line) == 100 for line in screen.lines())
            screen.send("q")
            assert screen.end() == 0, screen.errors()


def pages_by_mouse(programs):
    """What a bar names is there for a click."""
    with Server(programs, "--ads", "off") as server:
        with client(server, columns=120, rows=36) as screen:
            screen.wait_text("PLAYING")
            for word, title in [("Click war", "Click war"), ("Arcade", "Dot"), ("Canvas", "v0")]:
                screen.send("\x1b0")
                screen.wait(lambda one: one.find("The canvas now"), "home")
                screen.quiet(0.2)
                place = next((column, row) for row, line in enumerate(screen.lines()) if row > 2
                             for column in [line.find(word)] if column >= 0)
                screen.click(*place)
                screen.wait(lambda one: title in one.text() and not one.find("The canvas now"), title)


def pixel_by_mouse(programs):
    """A click places the pixel under it, in the chosen color, and the server has it."""
    with Server(programs, "--ads", "off", "--canvas", "60x30") as server:
        with client(server, "--page", "canvas", columns=100, rows=40) as screen:
            screen.wait_text("PLAYING")
            screen.wait_text("30,15")
            screen.send("6")
            screen.quiet(0.2)
            for column, row in [(30, 14), (61, 22), (70, 16)]:
                screen.point(column, row)
                screen.wait(lambda one: re.search(r"\b\d+,\d+\b", one.lines()[-1]), "the cursor's place")
                screen.quiet(0.2)
                x, y = map(int, re.findall(r"(\d+),(\d+)", screen.lines()[-1])[-1])
                screen.click(column, row)
                found = placed(server, x, y)
                assert found["color"] == 6, found
                # The cursor lies over it.
                screen.point(column + 5, row + 2)
                screen.wait(lambda one: "be0039" in one.halves(column, row), f"the pixel {x},{y} at {column},{row}")


def placed(server, x, y):
    for _ in range(100):
        with urllib.request.urlopen(f"{server.url}/api/canvas/pixels/{x}/{y}") as answer:
            cell = json.load(answer)
        if cell["account"]:
            return cell
        time.sleep(0.05)
    raise AssertionError(f"nobody placed {x},{y}")


def depths(programs):
    """Colors stay within the depth, and ASCII within ASCII."""
    with Server(programs, "--ads", "off", "--canvas", "60x30", "--place-rate", "0", "--message-rate", "0") as server:
        server.paint([(x, y, (x + y) % 32) for x in range(60) for y in range(30)])
        for depth, allowed in [("truecolor", rb"[34]8;2;"), ("256", rb"[34]8;5;"), ("16", None), ("mono", None)]:
            with client(server, "--color", depth, "--page", "canvas", columns=80, rows=24) as screen:
                screen.wait_text("PLAYING")
                screen.quiet(0.3)
                raw = screen.raw()
                direct, indexed = re.search(rb"[34]8;2;", raw), re.search(rb"[34]8;5;", raw)
                assert bool(direct) == (depth == "truecolor"), depth
                assert bool(indexed) == (depth == "256"), depth
                basic = re.search(rb"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7]|10[0-7])m", raw)
                assert depth != "mono" or not basic, depth
                if allowed:
                    assert re.search(allowed, raw)
        with client(server, "--charset", "ascii", "--color", "mono", columns=80, rows=24) as screen:
            screen.wait_text("PLAYING")
            # Some pages play by themselves and are never quiet.
            for key in "1234567890":
                before = screen.total
                screen.send("\x1b" + key)
                screen.wait(lambda one: one.total > before, "a page")
                time.sleep(0.2)
            high = [byte for byte in screen.raw() if byte > 0x7e and byte != 0x7f]
            assert not high, bytes(high[:40])


def sizes(programs):
    """Every size is bearable, and too small a one says so."""
    with Server(programs, "--ads", "off") as server:
        with client(server, columns=80, rows=24) as screen:
            screen.wait_text("PLAYING")
            for columns, rows in [(40, 20), (20, 5), (1, 1), (200, 60), (36, 8), (80, 24)]:
                screen.resize(columns, rows)
                screen.quiet(0.2)
                if columns >= 36:
                    screen.wait(lambda one: "PLAY" in one.text() or "Canvas" in one.text(), f"a screen of {columns}×{rows}")
                elif columns >= 20:
                    screen.wait_text("too small")


SCENARIOS = {one.__name__: one for one in [pages_by_keys, pages_by_mouse, pixel_by_mouse, depths, sizes]}
