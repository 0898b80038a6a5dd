#!/usr/bin/env python3
"""Takes docs/pictures anew: real servers, real bots, and the real client in an emulated terminal (PyPI's pyte).

take_pictures.py DIRECTORY-OF-PROGRAMS DIRECTORY-OF-PICTURES [SCENE ...]
"""

import contextlib
import math
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
import time
import zlib

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
sys.path.insert(0, os.path.join(PROJECT, "Tests/EndToEndTests/Emulator"))

from emulator import Emulator  # noqa: E402
from servers import Server  # noqa: E402
from terminal_svg import picture  # noqa: E402

FREE = ["--place-rate", "0", "--message-rate", "0", "--request-rate", "0", "--sign-in-rate", "0", "--guest-rate", "0"]
QUIET = ["--ads", "off", *FREE]
DEMO = os.path.join(PROJECT, "assets/pictures/pixel-wars.png")
MAX_BYTES = 150_000
ESCAPE, UP, DOWN = "\x1b", "\x1b[A", "\x1b[B"
CROWDS = [[0, 10, 9], [17, 18, 19], [11, 12, 13], [26, 27, 28]]
# Words of notices that go by themselves.
PASSING = ["You are playing", "Bookmarked", "Template:", "finds wrong pixels", "Lens:"]
programs, pictures = "", ""


def demo_pixels(scale=1):
    """x, y and color of each pixel of the demo picture: eight bits, the palette's own colors, no filter."""
    data, at, packed = open(DEMO, "rb").read(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IHDR":
            width, height = struct.unpack(">II", data[at + 8:at + 16])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    lines = zlib.decompress(packed)
    return [(x, y, lines[y // scale * (width + 1) + 1 + x // scale])
            for y in range(height * scale) for x in range(width * scale)]


@contextlib.contextmanager
def client(server, *arguments, command="play", columns=112, rows=38, **options):
    """The client, ended by `q` so that its place is free for the next one."""
    environment = {**server.environment, **options.pop("environment", {})}
    with Emulator([server.program(), command, server.url, *arguments], columns=columns, rows=rows, environment=environment,
                  **options) as screen:
        yield screen
        screen.send("\x03")
        screen.end()


def settled(screen, words="PLAYING"):
    """Waits for words, and until nothing lies over the screen that goes by itself."""
    screen.wait_text(words)
    time.sleep(0.5)
    screen.wait(lambda one: not any(word in one.text() for word in PASSING), "the greeting's end")
    time.sleep(0.5)


def take(name, screen, **colors):
    with screen.changed:
        text = picture(screen.screen, **colors)
    if len(text) > MAX_BYTES:
        sys.exit(f"{name} has {len(text)} bytes")
    with open(os.path.join(pictures, name + ".svg"), "w") as file:
        file.write(text)
    print(name, len(text), flush=True)


def press(screen, *keys):
    """Presses keys one after the other, each when the screen shows what the one before did."""
    for key in keys:
        screen.send(key)
        # Some pages play without end.
        with contextlib.suppress(AssertionError):
            screen.quiet(0.25, limit=1)


@contextlib.contextmanager
def crowd(server, width, height):
    """Bots that paint around places of their own, in colors of their own."""
    stop, bots, threads = threading.Event(), [], []

    def paint(bot, generator, colors, x, y):
        while not stop.is_set():
            spots = [(int(generator.gauss(x, width / 16)), int(generator.gauss(y, height / 16))) for _ in range(3)]
            bot.stdin.write("".join(
                f'{{"type":"place","x":{a},"y":{b},"color":{generator.choice(colors)}}}\n'
                for a, b in spots if 0 <= a < width and 0 <= b < height).encode())
            bot.stdin.flush()
            stop.wait(0.1)

    for number in range(len(CROWDS)):
        generator = random.Random(number)
        bot = server.bot("--play", profile=f"crowd-{number}")
        place = (2 * (number % 2) + 1) * width / 4, (2 * (number // 2) + 1) * height / 4
        bots.append(bot)
        threads.append(threading.Thread(target=paint, args=(bot, generator, CROWDS[number], *place)))
        threads[-1].start()
    try:
        yield
    finally:
        stop.set()
        for thread, bot in zip(threads, bots):
            thread.join()
            bot.stdin.close()
            bot.wait(20)


# The canvas


def canvas():
    """The demo picture as it is, in all looks."""
    with Server(programs, "--canvas", "96x64", *QUIET) as server:
        server.paint(demo_pixels(), "Vincent")
        with client(server, "--page", "canvas", "--name", "Ada") as screen:
            settled(screen)
            take("terminal", screen)
            press(screen, "w")
            screen.wait_text("Vincent")
            take("who-placed", screen)
            press(screen, "w", "\x10", *"th")
            take("palette", screen)
            press(screen, ESCAPE)
            for name, place in [("red planet", "16,26"), ("sail", "32,52"), ("rocket", "60,22"), ("blue planet", "80,25")]:
                press(screen, "g", place, "\r", "b", name, "\r")
            settled(screen, "80,25")
            press(screen, "B")
            screen.wait_text("red planet")
            take("bookmarks", screen)
        for name, arguments, colors, size in [
            ("light", ["--theme", "light"], {"ink": "#1c1c1c", "paper": "#ffffff"}, (80, 24)),
            ("contrast", ["--theme", "contrast"], {"ink": "#ffffff", "paper": "#000000"}, (80, 24)),
            ("sixteen", ["--color", "16"], {}, (80, 24)),
            ("mono", ["--color", "mono"], {}, (80, 24)),
            ("ascii", ["--ascii", "--color", "mono"], {}, (80, 24)),
            ("phone", [], {}, (40, 20)),
        ]:
            with client(server, "--page", "canvas", "--profile", name, "--name", "Ada-" + name, *arguments,
                        columns=size[0], rows=size[1]) as screen:
                settled(screen, "Ada" if size[0] > 40 else "PLAY")
                take(name, screen, **colors)


def large():
    """A canvas that is larger than the screen: turned, from afar, in heat, on tour."""
    with Server(programs, "--canvas", "384x256", "--live-spectators", *QUIET) as server:
        server.paint(demo_pixels(4), "Vincent")
        with client(server, "--page", "canvas", "--name", "Ada") as screen:
            settled(screen)
            take("minimap", screen)
            press(screen, "0")
            take("whole", screen)
            press(screen, ".", ".")
            screen.wait_text("30°")
            take("turned", screen)
        # Who comes now takes the painting for the past.
        with client(server, "--page", "canvas") as screen, crowd(server, 384, 256):
            settled(screen)
            press(screen, "0", "v")
            time.sleep(8)
            take("heat", screen)
            with client(server, "--tour", command="watch") as tour:
                tour.wait_text("tour")
                time.sleep(12)
                take("tour", tour)


def template():
    """A template of which most is painted, some of it wrong."""
    with Server(programs, "--canvas", "96x64", *QUIET) as server:
        generator = random.Random(3)
        # Whole islands are still to be painted, and the rest has its slips.
        islands = [(generator.randrange(96), generator.randrange(64), generator.randrange(3, 7)) for _ in range(7)]
        server.paint([
            (x, y, generator.randrange(32) if generator.random() < 0.02 else color) for x, y, color in demo_pixels()
            if all((x - a) ** 2 + (y - b) ** 2 > r * r for a, b, r in islands)], "Vincent")
        with client(server, "--page", "canvas", "--name", "Ada", "--template", DEMO + "@0,0") as screen:
            settled(screen)
            press(screen, "t", "%")
            settled(screen, "left")
            take("template", screen)


# Home, the shell and the games


def home():
    """Home, and the pages that the shell brings along."""
    with Server(programs, "--canvas", "96x64", *QUIET) as server:
        server.paint(demo_pixels(), "Vincent")
        runs = [server.bot("arcade", game, "--name", name, "--pace", pace, profile=name)
                for game, name, pace in [("dot", "Ada", "420"), ("dot", "Ben", "500"), ("dot", "Cleo", "610"),
                                         ("dot", "Mona", "455"), ("dot", "Vincent", "700")]]
        for run in runs:
            run.wait(90)
        for skin in ["first-pixel", "amber-crt"]:
            server.bot("buy", skin, profile="Ada").wait(20)
        # The page about the program names the config file's place.
        homely = {"HOME": "/home/ada", "XDG_CONFIG_HOME": ""}
        with client(server, "--profile", "Ada", columns=120, rows=40, environment=homely) as screen:
            settled(screen)
            screen.wait(lambda one: one.text().count("▀") > 300, "the canvas in small")
            take("home", screen)
            press(screen, "\x1b7", DOWN, DOWN, DOWN)
            screen.wait_text("Mona")
            take("boards", screen)
            for name, key, words in [("settings", "\x1b8", "theme"), ("about", "\x1b9", "multiplexer")]:
                press(screen, key)
                screen.wait_text(words)
                take(name, screen)
            press(screen, "\x1b6", "A second canvas for the winter, please, and more planets.")
            take("feedback", screen)
            press(screen, "\x1b5")
            screen.wait_text("Neon Night")
            press(screen, DOWN, DOWN, DOWN, DOWN, "\r")
            screen.wait_text("You wear it.")
            take("shop", screen)
            screen.send("\x1b1")
            settled(screen, "v6")
            take("canvas", screen)


def click_war():
    with Server(programs, *QUIET) as server:
        with client(server, "--page", "clicks", "--name", "Ada") as screen:
            settled(screen)
            bots = [server.bot("click", "--clicks-per-second", str(number * 5), profile=f"bot-{number}")
                    for number in (1, 2, 3)]
            try:
                end = time.monotonic() + 60
                while not any(f"{n} pushed" in screen.text() for n in range(10, 100)):
                    screen.send(" ")
                    time.sleep(0.2)
                    if time.monotonic() > end:
                        sys.exit("no click was pushed:\n" + screen.text())
                take("click-war", screen)
            finally:
                for bot in bots:
                    bot.terminate()
                    bot.wait(20)


def codes(server):
    """The codes of the relays that wait for players."""
    lines = subprocess.run(
        [server.program("pixelwars-bot"), "relays", "--profile", "onlooker", server.url], capture_output=True, text=True,
        env={**os.environ, **server.environment}, check=True).stdout.splitlines()
    return {line.split()[0] for line in lines if "waiting" in line}


def relays():
    with Server(programs, *QUIET) as server:
        makers, players = [], []
        try:
            for name in ["Ben", "Cleo", "Mona"]:
                makers.append(server.bot("relay", "--create", "--players", "8", "--name", name, profile=name))
                while len(codes(server)) < len(makers):
                    time.sleep(0.1)
            with client(server, "--page", "relays", "--name", "Ada") as screen:
                settled(screen)
                screen.wait(lambda one: all(name in one.text() for name in ["Ben", "Cleo", "Mona"]), "the relays")
                take("lobby", screen)
                listed = codes(server)
                press(screen, "n")
                screen.wait_text("1 of 8")
                code = (codes(server) - listed).pop()
                players = [server.bot("relay", "--join", code, "--answers", "mixed", "--name", name, profile=name)
                           for name in ["Dora", "Emil", "Fritz"]]
                screen.wait_text("4 of 8")
                take("waiting", screen)
                press(screen, "s")
                screen.wait(lambda one: "answered wrong" in one.text() and "solved one" in one.text(), "news", 60)
                take("relay", screen)
        finally:
            for bot in makers + players:
                bot.terminate()
                bot.wait(20)


def dots(screen, title):
    """Cells of the field that are as bright and as warm as a dot."""
    column, row = screen.find(f"─ {title} ─") or (0, 0)
    if not row:
        return []
    left = screen.lines()[row].index("╭")
    return [(x, y) for y in range(row + 1, row + 19) for x in range(left + 1, left + 61)
            for color in screen.halves(x, y) if color != "default" and color[:1] in "c d e f".split() and color[4:] < "b4"
            and int(color[:2], 16) > 200]


def arcade():
    """An ad, and a run behind it by mouse."""
    with Server(programs, *FREE) as server:
        with client(server, "--name", "Ada", columns=120, rows=40) as screen:
            settled(screen)
            press(screen, "4")
            screen.wait_text("› Ad ›")
            take("ad", screen)
            screen.wait_text("goes on to")
            press(screen, "\r")
            screen.wait_text("Shaky dot")
            press(screen, DOWN)
            screen.send("\r")
            screen.wait_text("Score 0 ")
            began, taken = time.monotonic(), False
            while "time is up" not in screen.text() and time.monotonic() < began + 45:
                found = dots(screen, "Shaky dot")
                if found:
                    x, y = found[len(found) // 2]
                    screen.point(x, y)
                    time.sleep(0.1)
                    if not taken and time.monotonic() > began + 12:
                        take("shaky-dot", screen)
                        taken = True
                    screen.click(x, y)
                time.sleep(0.45)
            screen.wait_text("of all time")
            take("score", screen)


def studio():
    with Server(programs, *QUIET) as server:
        place = server.directory.name
        shutil.copy(os.path.join(PROJECT, "assets/skins/aurora.json"), place)
        with Emulator(["/usr/bin/env", "-C", place, os.path.abspath(server.program()), "skins", "aurora.json"],
                      columns=120, rows=40, environment=server.environment) as screen:
            screen.wait_text("Base colors")
            press(screen, DOWN, UP)
            take("studio", screen)


@contextlib.contextmanager
def tide(server, width, height, seconds):
    """Bots that come one after the other and leave so, and paint now slower, now faster; some of it beside the canvas."""
    stop, began = threading.Event(), time.monotonic()

    def paint(number):
        generator, first, last = random.Random(number), number * 4, seconds - (8 - number) * 3
        stop.wait(first)
        if stop.is_set():
            return
        bot = server.bot("--play", profile=f"tide-{number}")
        while not stop.is_set() and time.monotonic() - began < last:
            wave = 1 + math.sin((time.monotonic() - began + number) / 6)
            for _ in range(int(1 + 4 * wave)):
                x, y = generator.randrange(width), generator.randrange(height)
                if generator.random() < 0.004:
                    x = width
                color = generator.choice(CROWDS[number % 4])
                bot.stdin.write(f'{{"type":"place","x":{x},"y":{y},"color":{color}}}\n'.encode())
            bot.stdin.flush()
            stop.wait(0.1)
        bot.stdin.close()
        bot.wait(20)

    threads = [threading.Thread(target=paint, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def host():
    """The page of someone who looks after a server: a busy minute, and what would be taken back of a vandal."""
    def deputize(server):
        server.bot("--name", "Ada", profile="Ada").communicate(b"", timeout=20)
        subprocess.run([server.program("pixelwars-server"), "admin", "grant", "Ada", "admin", "--data",
                        server.directory.name + "/data"], check=True, stdout=subprocess.DEVNULL)

    with Server(programs, "--canvas", "384x256", "--max-players", "7", "--idle-seconds", "12", *QUIET) as server:
        deputize(server)
        with client(server, "--profile", "Ada", "--page", "admin", columns=120, rows=40) as screen:
            screen.wait_text("storage well")
            with tide(server, 384, 256, 62):
                time.sleep(55)
                take("admin", screen)
    with Server(programs, "--canvas", "96x64", *QUIET) as server:
        deputize(server)
        server.paint(demo_pixels(), "Vincent")
        server.paint([(x, y, 27) for x in range(8, 44) for y in range(12, 44) if (x * 7 + y * 3) % 5 < 2], "Mallet")
        with client(server, "--profile", "Ada", "--page", "admin", columns=120, rows=40) as screen:
            screen.wait_text("storage well")
            settled(screen)
            press(screen, "4", "t", "Mallet", "\t", "\x15", "5m", "\t", "\t", "4,8 48,46", "\r")
            screen.wait_text("Take this back?")
            take("admin-rollback", screen)


SCENES = {one.__name__: one for one in [canvas, large, template, home, click_war, relays, arcade, studio, host]}

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    programs, pictures = sys.argv[1:3]
    for name in sys.argv[3:] or SCENES:
        SCENES[name]()
