#!/usr/bin/env python3
"""Paints assets/planets.json: six planets, 28 by 28 pixels each, as pixel art.

Usage: scripts/paint-planets.py > assets/planets.json

Each is a sphere lit from the upper left, seen without perspective. What a place on it is made of is a ramp of colors
from night to noon; where two of a ramp's colors meet they are mixed by a fixed pattern of dots.
"""

import json
import math
import sys

SIZE = 28
LIGHT = (-0.52, -0.50, 0.69)
DOTS = [[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def ramp(*colors):
    return [tuple(int(color[i:i + 2], 16) for i in (0, 2, 4)) for color in colors]


def grain(x, y, seed):
    number = (x * 374761393 + y * 668265263 + seed * 2147483647) & 0xffffffff
    number = (number ^ number >> 13) * 1274126177 & 0xffffffff
    return ((number ^ number >> 16) & 0xffff) / 0xffff


def noise(x, y, seed):
    """Smooth noise, 0 to 1."""
    left, top = math.floor(x), math.floor(y)
    across, down = x - left, y - top
    across, down = across * across * (3 - 2 * across), down * down * (3 - 2 * down)
    above = grain(left, top, seed) * (1 - across) + grain(left + 1, top, seed) * across
    below = grain(left, top + 1, seed) * (1 - across) + grain(left + 1, top + 1, seed) * across
    return above * (1 - down) + below * down


def clouds(x, y, seed):
    return (noise(x, y, seed) * 4 + noise(x * 2.1, y * 2.1, seed + 1) * 2 + noise(x * 4.3, y * 4.3, seed + 2)) / 7


def inside(polygon, x, y):
    """Whether a point lies inside a polygon, by counting edges to its right."""
    hit = False
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            hit = not hit
    return hit


def sphere(material, radius=13.6, turn=0.0, tilt=0.0, lean=0.0):
    """Pixels of a sphere; `material(longitude, latitude, x, y)` gives the ramp, and how much brighter it is.

    `turn` and `tilt` are the longitude and latitude in the middle of the disk, `lean` turns the disk, in degrees.
    """
    pixels = [[None] * SIZE for _ in range(SIZE)]
    turn, tilt, lean = (math.radians(angle) for angle in (turn, tilt, lean))
    for row in range(SIZE):
        for column in range(SIZE):
            x, y = (column + 0.5 - SIZE / 2) / radius, (row + 0.5 - SIZE / 2) / radius
            if x * x + y * y > 1:
                continue
            z = math.sqrt(1 - x * x - y * y)
            light = x * LIGHT[0] + y * LIGHT[1] + z * LIGHT[2]
            across, up = x * math.cos(lean) + y * math.sin(lean), x * math.sin(lean) - y * math.cos(lean)
            latitude = math.degrees(math.asin(max(-1, min(1, up * math.cos(tilt) + z * math.sin(tilt)))))
            longitude = math.degrees(turn + math.atan2(across, z * math.cos(tilt) - up * math.sin(tilt)))
            colors, more = material(longitude, latitude, column, row)
            pixels[row][column] = shade(colors, light + more, column, row)
    return pixels


def shade(colors, light, column, row):
    level = (max(0.0, min(1.0, 0.16 + light * 0.88))) * (len(colors) - 1)
    dot = (DOTS[row % 4][column % 4] + 0.5) / 16
    # Dots only near the border of two colors: elsewhere the surface is calm.
    part = level - math.floor(level)
    step = 1 if part > 0.5 + (dot - 0.5) * 0.5 else 0
    return colors[min(math.floor(level) + step, len(colors) - 1)]


SEA = ramp("060b26", "0a1a4c", "0f3079", "1650a6", "2272cc", "3f97e6", "74bff5")
LAND = ramp("0a1a14", "12351c", "1d5a27", "2f8034", "4fa544", "7cc65c", "a9de7c")
SAND = ramp("1d1510", "46321b", "7a5a2c", "ad8743", "d3b062", "ecd189", "f8e7b0")
SNOW = ramp("1d2740", "4a5d86", "8198bd", "b3c6df", "d8e4f1", "f0f6fb", "ffffff")

AFRICA = [(-17, 15), (-16, 21), (-10, 30), (-6, 36), (10, 37), (11, 33), (20, 31), (32, 31), (36, 22), (43, 12),
          (51, 12), (44, 2), (40, -8), (40, -16), (35, -22), (32, -29), (26, -34), (18, -34), (14, -24), (12, -14),
          (13, -6), (9, 0), (9, 4), (4, 6), (-7, 4), (-14, 9)]
EUROPE = [(-9, 37), (-9, 43), (-1, 44), (-4, 48), (3, 51), (8, 54), (10, 58), (6, 59), (6, 62), (14, 68), (26, 71),
          (40, 67), (60, 69), (75, 72), (110, 74), (110, 25), (90, 22), (80, 9), (73, 20), (66, 25), (57, 26),
          (56, 24), (59, 22), (52, 16), (44, 13), (38, 22), (35, 28), (36, 36), (28, 37), (26, 40), (22, 37),
          (19, 42), (13, 45), (16, 40), (15, 38), (9, 44), (3, 43), (0, 39), (-4, 36)]
ISLES = [[(-5, 50), (-6, 56), (-3, 59), (0, 53), (1, 51)], [(-24, 64), (-22, 66), (-14, 66), (-15, 64)],
         [(44, -16), (50, -15), (48, -25), (44, -24)]]
GREENLAND = [(-55, 65), (-60, 76), (-30, 83), (-20, 76), (-25, 70), (-42, 61)]
BRAZIL = [(-50, 0), (-35, -6), (-39, -16), (-48, -26), (-58, -38), (-70, -30), (-70, 5), (-60, 9)]


def earth(longitude, latitude, x, y):
    wobble = (noise(longitude / 9, latitude / 9, 3) - 0.5) * 5
    place = longitude + wobble, latitude + wobble
    if latitude > 74 or latitude < -70 or inside(GREENLAND, *place):
        return SNOW, 0.08
    white = clouds(longitude / 34 + latitude / 50, latitude / 13, 12)
    if white > 0.655:
        return SNOW, 0.04
    land = any(inside(shape, *place) for shape in [AFRICA, EUROPE, BRAZIL, *ISLES])
    if not land:
        return SEA, 0.02
    dry = 14 < latitude < 34 and longitude > -18 and longitude < 60 or -27 < latitude < -17 and longitude < 24
    return (SAND, 0.0) if dry and place[1] > -30 else (LAND, -0.02 + (noise(longitude / 6, latitude / 6, 5) - 0.5) / 3)


RUST = ramp("1c0705", "47130b", "7a2412", "a83d1c", "cc5a2b", "e57d45", "f6a871")
BASALT = ramp("14060a", "300e10", "521a16", "752c1e", "934028", "b15a38", "cb7a52")


def mars(longitude, latitude, x, y):
    rim = (noise(longitude / 20, 1, 8) - 0.5) * 8
    if latitude > 72 + rim or latitude < -78 + rim:
        return SNOW, 0.1
    # The great canyon, and three volcanoes in a row.
    canyon = abs(latitude + 9 - 4 * math.sin(longitude / 13)) < 3.2 and -30 < longitude < 38
    if canyon:
        return BASALT, -0.34
    for east, north, size in [(-48, 18, 8), (-33, 9, 5), (-40, -2, 5)]:
        away = math.hypot((longitude - east) * math.cos(math.radians(latitude)), latitude - north)
        if away < size:
            return RUST, 0.28 if away > size * 0.45 else -0.2
    dark = clouds(longitude / 24, latitude / 15, 40)
    bound = 0.53 - 0.1 * math.exp(-((latitude + 28) / 16) ** 2)
    return (BASALT, 0.0) if dark > bound else (RUST, (noise(longitude / 7, latitude / 5, 9) - 0.5) / 3)


CREAM = ramp("241503", "5a3a0d", "93651d", "c49038", "e3b65c", "f5d98c", "fff2c4")
HONEY = ramp("1f0f02", "4b2b09", "7d4e14", "ac7729", "cf9c47", "e7bf6e", "f7dfa0")


def venus(longitude, latitude, x, y):
    # Its clouds are swept into arrows that point to where the wind comes from.
    swept = latitude + 12 * math.sin(longitude / 38) * (1 if latitude > 0 else -1) + abs(longitude) * 0.28 * (
        -1 if latitude > 0 else 1)
    band = math.sin(swept / 6.4) + (clouds(longitude / 26, latitude / 9, 21) - 0.5) * 2.2
    if band > 0.7:
        return CREAM, 0.12
    return (HONEY, -0.2) if band < -0.3 else (CREAM, -0.06)


ZONE = ramp("21160f", "513c2a", "86694b", "b89a73", "dcc39b", "f0dfbf", "fdf5e2")
BELT = ramp("1d0d07", "472211", "75401f", "9d6134", "bd8350", "d6a473", "e9c59b")
STORM = ramp("240705", "561309", "8d2812", "b8431f", "d66438", "ea8a5c", "f6b48b")
POLE = ramp("17141a", "383340", "5d5863", "837d83", "a7a09f", "c7c0ba", "e1dbd2")


def jupiter(longitude, latitude, x, y):
    spot = ((longitude - 22) / 19) ** 2 + ((latitude + 22) / 9.5) ** 2
    if spot < 1:
        return STORM, 0.1 if spot < 0.35 else -0.04
    if spot < 1.9:
        return ZONE, 0.1
    wave = latitude + 2.4 * math.sin(longitude / 11 + latitude / 7) + (noise(longitude / 8, latitude / 4, 6) - 0.5) * 5
    if abs(wave) > 60:
        return POLE, -0.04
    for south, north in [(-50, -41), (-30, -15), (7, 20), (33, 39), (47, 52)]:
        if south < wave < north:
            return BELT, (noise(longitude / 5, latitude / 3, 31) - 0.5) / 2.4
    return ZONE, 0.0


GOLD = ramp("1f1408", "4d3818", "80622f", "b08e4e", "d2b474", "ead39c", "f9ecc6")
STRAW = ramp("1a1006", "402b11", "6b4c22", "96713a", "b9945a", "d4b680", "ead6a8")
RING = ramp("2b2118", "5a4935", "8b7555", "b59d78", "d5c09b", "ecdcbc", "f8eed8")


def saturn():
    def band(longitude, latitude, x, y):
        if latitude > 66:
            return POLE, 0.02
        wave = latitude + (noise(longitude / 14, latitude / 6, 2) - 0.5) * 3
        dark = any(south < wave < north for south, north in [(-60, -40), (-24, -13), (8, 17), (32, 44)])
        return (STRAW, 0.02) if dark else (GOLD, 0.04)

    globe = sphere(band, radius=9.1, tilt=17, lean=-16)
    pixels = [[None] * SIZE for _ in range(SIZE)]
    lean = math.radians(-16)
    for row in range(SIZE):
        for column in range(SIZE):
            x, y = column + 0.5 - SIZE / 2, row + 0.5 - SIZE / 2
            across, down = x * math.cos(lean) + y * math.sin(lean), -x * math.sin(lean) + y * math.cos(lean)
            away = math.hypot(across, down / 0.36)
            ring = None
            if 10.4 < away < 14.2:
                # Two rings, and the dark line between them.
                bright = 0.28 if 12.2 < away < 13.0 else 0.86 if away < 12.2 else 0.66
                # The globe's shadow lies on the ring behind it.
                if down < 0 and 0 < across < 8.6:
                    bright = 0.12
                ring = RING[int(bright * 6)]
            ball = globe[row][column]
            pixels[row][column] = (ring or ball) if down > 0 else (ball or ring)
            # And the ring's on the globe, above it.
            if ball and down > 0 and not ring and 9.0 < away <= 10.4:
                pixels[row][column] = tuple(part * 6 // 10 for part in ball)
    return pixels


AZURE = ramp("040a2c", "0a1a5a", "12328f", "1f53c0", "3a7ae4", "66a4f5", "a0cdfd")
DEEP = ramp("03071f", "071342", "0d256d", "163f98", "2860bd", "4a86d8", "7caeea")


def neptune(longitude, latitude, x, y):
    spot = ((longitude + 18) / 17) ** 2 + ((latitude + 18) / 9) ** 2
    if spot < 1:
        return DEEP, -0.2
    if spot < 1.8 and latitude < -22 or abs(latitude - 31 - longitude / 9) < 2.2 and -55 < longitude < 12:
        return SNOW, 0.0
    if abs(latitude + 47 - longitude / 12) < 2 and -10 < longitude < 45:
        return SNOW, -0.1
    wave = latitude + 4 * math.sin(longitude / 17) + (noise(longitude / 13, latitude / 6, 17) - 0.5) * 12
    return (DEEP, 0.05) if math.sin(wave / 8.5) > 0.35 else (AZURE, 0.0)


def planet(name, pixels):
    found = sorted({color for row in pixels for color in row if color})
    letters = {color: LETTERS[number] for number, color in enumerate(found)}
    return {"name": name, "title": name.capitalize(),
            "inks": {letters[color]: "#%02x%02x%02x" % color for color in found},
            "rows": ["".join(letters[color] if color else "." for color in row) for row in pixels]}


PLANETS = [
    planet("earth", sphere(earth, turn=14, tilt=14, lean=-12)),
    planet("mars", sphere(mars, turn=-4, tilt=8, lean=-14)),
    planet("venus", sphere(venus, tilt=4, lean=8)),
    planet("jupiter", sphere(jupiter, tilt=-5, lean=-5)),
    planet("saturn", saturn()),
    planet("neptune", sphere(neptune, tilt=-8, lean=-18)),
]
lines = []
for one in PLANETS:
    rows = ",\n      ".join(json.dumps(row) for row in one["rows"])
    lines.append('    {"name": %s, "title": %s, "inks": %s, "rows": [\n      %s]}' % (
        json.dumps(one["name"]), json.dumps(one["title"]), json.dumps(one["inks"]), rows))
sys.stdout.write('{"planets": [\n' + ",\n".join(lines) + "\n]}\n")
