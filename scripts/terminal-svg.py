#!/usr/bin/env python3
"""Turns a terminal's screen, as `tmux capture-pane -p -e -N` prints it, into an SVG picture.

Usage: tmux capture-pane -p -e -N | scripts/terminal-svg.py COLUMNS ROWS > FILE.svg
"""

import re
import sys
from html import escape

WIDTH, HEIGHT = 8, 16
INK, PAPER = "#d4d7d9", "#101018"
LEVELS = [0, 95, 135, 175, 215, 255]


def indexed(number):
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    number = max(0, number - 16)
    return "#%02x%02x%02x" % (LEVELS[number // 36], LEVELS[number // 6 % 6], LEVELS[number % 6])


def read(lines, columns):
    """Each character with its ink, its paper and whether it is bold."""
    ink, paper, bold, swapped = INK, PAPER, False, False
    screen = []
    for line in lines:
        cells = []
        for sequence, text in re.findall(r"\x1b\[([0-9;]*)m|([^\x1b])", line):
            if text:
                pair = (paper, ink) if swapped else (ink, paper)
                cells.append((text, *pair, bold))
                continue
            codes = [int(code or 0) for code in sequence.split(";")]
            while codes:
                code = codes.pop(0)
                if code == 0:
                    ink, paper, bold, swapped = INK, PAPER, False, False
                elif code == 1:
                    bold = True
                elif code in (7, 27):
                    swapped = code == 7
                elif code in (38, 48):
                    if codes.pop(0) == 2:
                        color = "#%02x%02x%02x" % tuple(codes[:3])
                        del codes[:3]
                    else:
                        color = indexed(codes.pop(0))
                    if code == 38:
                        ink = color
                    else:
                        paper = color
                elif code == 39:
                    ink = INK
                elif code == 49:
                    paper = PAPER
        screen.append((cells + [(" ", INK, PAPER, False)] * columns)[:columns])
    return screen


def halves(cell):
    text, ink, paper, _ = cell
    return {"▀": (ink, paper), "▄": (paper, ink), "█": (ink, ink)}.get(text, (paper, paper))


def picture(screen, columns, rows):
    boxes = {}
    for row, line in enumerate(screen):
        for half in (0, 1):
            start = 0
            for column in range(1, columns + 1):
                color = halves(line[start])[half]
                if column < columns and halves(line[column])[half] == color:
                    continue
                if color != PAPER:
                    place = f"M{start * WIDTH} {row * HEIGHT + half * HEIGHT // 2}"
                    boxes.setdefault(color, []).append(f"{place}h{(column - start) * WIDTH}v8H{start * WIDTH}z")
                start = column
    words = []
    for row, line in enumerate(screen):
        column = 0
        while column < columns:
            text, ink, _, bold = line[column]
            if text in " ▀▄█":
                column += 1
                continue
            end = column
            while end < columns and line[end][0] not in "▀▄█" and line[end][1] == ink and line[end][3] == bold \
                    and line[end:end + 2] and not (line[end][0] == " " and line[min(end + 1, columns - 1)][0] == " "):
                end += 1
            end = max(end, column + 1)
            word = "".join(cell[0] for cell in line[column:end])
            weight = ' font-weight="bold"' if bold else ""
            words.append(f'<text x="{column * WIDTH}" y="{row * HEIGHT + 12}" fill="{ink}"{weight} '
                         f'textLength="{(end - column) * WIDTH}" xml:space="preserve">{escape(word)}</text>')
            column = end
    width, height = columns * WIDTH, rows * HEIGHT
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'font-family="monospace" font-size="13" shape-rendering="crispEdges">',
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>',
        *(f'<path fill="{color}" d="{"".join(paths)}"/>' for color, paths in boxes.items()),
        *words, "</svg>", ""])


if len(sys.argv) != 3:
    sys.exit(__doc__)
width, height = int(sys.argv[1]), int(sys.argv[2])
lines = sys.stdin.read().split("\n")[:height]
sys.stdout.write(picture(read(lines, width), width, height))
