#!/usr/bin/env python3
"""Paints assets/pictures/pixel-wars.png, the picture that the demo's bots draw: 96x64, the standard palette.

Usage: scripts/paint-demo-picture.py [FILE]. The same file comes out every time.
"""

import math
import os
import struct
import sys
import zlib

WIDTH, HEIGHT = 96, 64
HORIZON = 46

PALETTE = """
    FFFFFF D4D7D9 898D90 515252 000000 6D001A BE0039 FF4500 FFA800 FFD635 FFF8B8
    00A368 00CC78 7EED56 00756F 009EAA 00CCC0 2450A4 3690EA 51E9F4 493AC1 6A5CFF 94B3FF
    811E9F B44AC0 E4ABFF DE107F FF3881 FF99AA 6D482F 9C6926 FFB470
""".split()

(WHITE, SILVER, GREY, COAL, BLACK, WINE, RED, ORANGE, AMBER, GOLD, CREAM, GREEN, MINT, LIME, PINE, TEAL, AQUA,
 NAVY, BLUE, SKY, INDIGO, VIOLET, MIST, PURPLE, ORCHID, LILAC, MAGENTA, PINK, ROSE, BROWN, OCHRE,
 PEACH) = range(32)

BAYER = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]

LETTERS = {
    "P": ["######.", "#######", "##...##", "##...##", "#######", "######.", "##.....", "##.....", "##....."],
    "I": ["####", "####", ".##.", ".##.", ".##.", ".##.", ".##.", "####", "####"],
    "X": ["##...##", "##...##", ".##.##.", "..###..", "..###..", "..###..", ".##.##.", "##...##", "##...##"],
    "E": ["#######", "#######", "##.....", "#####..", "#####..", "##.....", "##.....", "#######", "#######"],
    "L": ["##.....", "##.....", "##.....", "##.....", "##.....", "##.....", "##.....", "#######", "#######"],
    "W": ["##....##", "##....##", "##....##", "##.##.##", "##.##.##", "##.##.##", "########", "###..###",
          "##....##"],
    "A": ["..###..", ".#####.", "##...##", "##...##", "#######", "#######", "##...##", "##...##", "##...##"],
    "R": ["######.", "#######", "##...##", "##...##", "#######", "#####..", "##.###.", "##..###", "##...##"],
    "S": [".######", "#######", "##.....", "######.", ".######", ".....##", ".....##", "#######", "######."],
}
LETTER_INK = [CREAM, CREAM, GOLD, GOLD, GOLD, AMBER, AMBER, ORANGE, ORANGE]

canvas = [[BLACK] * WIDTH for _ in range(HEIGHT)]


def put(x, y, color):
    if 0 <= x < WIDTH and 0 <= y < HEIGHT:
        canvas[y][x] = color


def dithered(colors, share, x, y):
    """The color at a share of the way through a list, by ordered dither between neighbors."""
    place = max(0.0, min(share, 1.0)) * (len(colors) - 1)
    low = min(int(place), len(colors) - 2)
    return colors[low + 1] if (place - low) * 16 > BAYER[y % 4][x % 4] + 0.5 else colors[low]


def sky():
    colors = [BLACK, BLACK, BLACK, INDIGO, PURPLE, MAGENTA, PINK, ORANGE, AMBER]
    for y in range(HORIZON):
        for x in range(WIDTH):
            put(x, y, dithered(colors, (y / HORIZON) ** 1.05, x, y))


def stars():
    for number, (x, y) in enumerate([
        (3, 2), (12, 17), (24, 2), (41, 18), (58, 1), (67, 19), (90, 3), (93, 15), (35, 22), (6, 12), (54, 20),
        (76, 1), (86, 18), (29, 17), (47, 1), (2, 20), (62, 23),
    ]):
        put(x, y, [WHITE, MIST, CREAM][number % 3])
    for x, y in [(37, 1), (94, 9)]:
        for dx, dy, color in [(0, 0, WHITE), (1, 0, MIST), (-1, 0, MIST), (0, 1, MIST), (0, -1, MIST)]:
            put(x + dx, y + dy, color)


def ball(cx, cy, radius, shade):
    for y in range(HEIGHT):
        for x in range(WIDTH):
            dx, dy = x + 0.5 - cx, y + 0.5 - cy
            if dx * dx + dy * dy <= radius * radius:
                # Light comes from the upper right; 0 is lit, 1 is dark.
                share = 0.5 - (dx - dy) / (2.83 * radius)
                put(x, y, shade(x, y, dx, dy, share))


def mars():
    cx, cy = 15.5, 26.5

    def ring(front):
        for step in range(720):
            angle = math.radians(step / 2)
            x, y = 11.5 * math.cos(angle), 2.6 * math.sin(angle)
            if (y > 0) == front:
                place = (int(cx + x), int(cy - 0.28 * x + y))
                put(*place, CREAM if front and abs(x) < 9 else PEACH)

    ring(False)
    ball(cx, cy, 7, lambda x, y, dx, dy, share: dithered([PEACH, ORANGE, RED, WINE, BLACK], share, x, y))
    for x, y in [(14, 24), (15, 24), (18, 28), (12, 28), (13, 28), (17, 22)]:
        put(x, y, RED)
    ring(True)


def earth():
    land = {(78, 21), (79, 21), (80, 21), (77, 22), (78, 22), (79, 22), (80, 22), (81, 22), (78, 23), (79, 23),
            (80, 23), (79, 24), (80, 24), (80, 25), (83, 26), (84, 26), (85, 26), (82, 27), (83, 27), (84, 27),
            (83, 28), (84, 28), (77, 28), (78, 28), (78, 29)}
    clouds = {(82, 23), (83, 23), (84, 23), (76, 26), (77, 26), (78, 26), (79, 27), (81, 20), (82, 20)}

    def shade(x, y, dx, dy, share):
        if share > 0.86:
            return INDIGO
        if (x, y) in clouds:
            return WHITE if share < 0.6 else MIST
        if (x, y) in land:
            return LIME if share < 0.35 else MINT if share < 0.6 else GREEN
        return dithered([SKY, BLUE, BLUE, NAVY], share, x, y)

    ball(81, 25, 6.2, shade)


def sun():
    for y in range(HORIZON):
        for x in range(WIDTH):
            dx, dy = x + 0.5 - 48, y + 0.5 - HORIZON
            if dx * dx + dy * dy <= 15 * 15:
                if y in (38, 41, 44):
                    continue
                put(x, y, dithered([CREAM, CREAM, GOLD, AMBER, ORANGE], (15 + dy) / 15, x, y))


def ridge(points, x):
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return HEIGHT


def mountains():
    far = [(0, 36), (7, 32), (13, 37), (20, 33), (27, 40), (33, 42), (38, 46), (57, 46), (63, 41), (69, 43),
           (76, 35), (82, 38), (89, 31), (95, 36)]
    near = [(0, 41), (6, 38), (12, 42), (18, 40), (25, 45), (30, 46), (66, 46), (71, 44), (79, 41), (84, 44),
            (90, 39), (95, 41)]
    for x in range(WIDTH):
        top = round(ridge(far, x))
        left = ridge(far, max(0, x - 1)) > ridge(far, min(95, x + 1))
        for y in range(top, HORIZON):
            depth = y - top
            # The side that faces the sun is lit.
            lit = left if x > 48 else not left
            if depth == 0 and lit:
                put(x, y, PEACH)
            elif depth < 4 and lit:
                put(x, y, dithered([ORCHID, PURPLE], depth / 4, x, y))
            else:
                put(x, y, dithered([PURPLE, INDIGO], depth / 9, x, y))
        top = round(ridge(near, x))
        for y in range(top, HORIZON):
            put(x, y, INDIGO if y == top else BLACK)


def lake():
    for y in range(HORIZON, HEIGHT):
        depth = y - HORIZON
        for x in range(WIDTH):
            put(x, y, dithered([PURPLE, INDIGO, NAVY, BLACK], depth / 17, x, y))
        # The sun's road on the water: broken strokes that widen and thin towards us.
        half = 13 - depth * 0.45
        for x in range(WIDTH):
            off = abs(x + 0.5 - 48)
            wave = math.sin(y * 2.3) + math.sin(y * 5.1 + abs(x - 47.5) * 0.4)
            if off < half * 0.55 and wave > -0.35:
                put(x, y, dithered([CREAM, GOLD, AMBER, ORANGE, PINK], depth / 15, x, y))
            elif off < half and wave > 0.55:
                put(x, y, dithered([AMBER, ORANGE, MAGENTA], depth / 15, x, y))
    for x, y, length in [(4, 49, 6), (17, 52, 5), (8, 57, 7), (76, 50, 7), (86, 54, 6), (70, 58, 8), (24, 60, 5)]:
        for step in range(length):
            put(x + step, y, MAGENTA if step % (length - 1) else PURPLE)
    for x in range(WIDTH):
        if canvas[HORIZON - 1][x] == BLACK:
            put(x, HORIZON, BLACK)


def boat():
    for y, left, right, color in [(50, 27, 34, BLACK), (51, 28, 33, BLACK)]:
        for x in range(left, right + 1):
            put(x, y, color)
    for height, width in enumerate([5, 4, 4, 3, 2, 2, 1]):
        for step in range(width):
            put(31 + step, 48 - height, WHITE if step < width - 1 else SILVER)
    for y in range(41, 50):
        put(30, y, BLACK)
    for height, width in enumerate([2, 2, 1, 1]):
        for step in range(width):
            put(29 - step, 48 - height, SILVER)
    for x in (29, 31, 32):
        put(x, 52, MIST)


def rocket():
    art = [
        ".....WW",
        "...WWWW",
        "..WWBWR",
        ".RWWWS.",
        ".RRWS..",
        "..RR...",
    ]
    inks = {"W": WHITE, "S": SILVER, "B": BLUE, "R": RED}
    for row, line in enumerate(art):
        for column, ink in enumerate(line):
            if ink in inks:
                put(56 + column, 22 + row, inks[ink])
    for x, y, color in [
        (56, 28, GOLD), (57, 28, CREAM), (55, 28, AMBER), (56, 29, AMBER), (55, 29, GOLD), (54, 30, ORANGE),
        (55, 30, AMBER), (53, 30, AMBER), (53, 31, ORANGE), (52, 32, ORANGE), (51, 32, PINK), (50, 34, ROSE),
        (49, 33, LILAC), (47, 36, ROSE),
    ]:
        put(x, y, color)


def title():
    words = [("PIXEL", 5), ("WARS", 53)]
    ink = {}
    for word, left in words:
        x = left
        for letter in word:
            rows = LETTERS[letter]
            for row, line in enumerate(rows):
                for column, mark in enumerate(line):
                    if mark == "#":
                        ink[(x + column, 5 + row)] = LETTER_INK[row]
            x += len(rows[0]) + 2
    for (x, y) in ink:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if (x + dx, y + dy) not in ink:
                    put(x + dx, y + dy, BLACK)
    for (x, y), color in ink.items():
        put(x, y, color)


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png():
    rows = b"".join(b"\0" + bytes(row) for row in canvas)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0))
            + chunk(b"PLTE", bytes.fromhex("".join(PALETTE))) + chunk(b"IDAT", zlib.compress(rows, 9))
            + chunk(b"IEND", b""))


for paint in (sky, stars, sun, mountains, lake, boat, mars, earth, rocket, title):
    paint()

default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "assets", "pictures", "pixel-wars.png")
with open(sys.argv[1] if len(sys.argv) > 1 else default, "wb") as file:
    file.write(png())
