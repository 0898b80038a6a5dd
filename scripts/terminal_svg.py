"""Turns a terminal's screen, as pyte keeps it, into an SVG picture."""

from html import escape

WIDTH, HEIGHT = 8, 16
# What makes a character of the usual fonts as wide as that.
SIZE = 13.3
INK, PAPER = "#d4d7d9", "#101018"
# xterm's sixteen, by pyte's names; one of them is spelled as pyte spells it.
NAMED = {
    "black": "#000000", "red": "#cd0000", "green": "#00cd00", "brown": "#cdcd00", "blue": "#0000ee", "magenta": "#cd00cd",
    "cyan": "#00cdcd", "white": "#e5e5e5", "brightblack": "#7f7f7f", "brightred": "#ff0000", "brightgreen": "#00ff00",
    "brightbrown": "#ffff00", "brightblue": "#5c5cff", "brightmagenta": "#ff00ff", "bfightmagenta": "#ff00ff",
    "brightcyan": "#00ffff", "brightwhite": "#ffffff",
}


def read(screen, ink, paper):
    """Each character of a pyte.Screen with its ink, its paper and whether it is bold."""

    def color(name, default):
        return default if name == "default" else NAMED.get(name) or "#" + name

    lines = []
    for row in range(screen.lines):
        line = []
        for column in range(screen.columns):
            cell = screen.buffer[row][column]
            pair = color(cell.fg, ink), color(cell.bg, paper)
            line.append((cell.data, *(reversed(pair) if cell.reverse else pair), cell.bold))
        lines.append(line)
    return lines


# The quarters that a block fills with its ink: upper left 1, upper right 2, lower left 4, lower right 8.
QUARTERS = {"▀": 3, "▄": 12, "█": 15, "▌": 5, "▐": 10, "▘": 1, "▝": 2, "▖": 4, "▗": 8, "▚": 9, "▞": 6, "▛": 7, "▜": 11,
            "▙": 13, "▟": 14, " ": 0}
# The strokes of a frame's characters, each from a point of the cell: drawn, they meet whatever the font is like.
LINES = {"─": [(0, 8, "h8")], "│": [(4, 0, "v16")], "╭": [(4, 16, "v-4q0-4 4-4")], "╮": [(0, 8, "q4 0 4 4v4")],
         "╰": [(4, 0, "v4q0 4 4 4")], "╯": [(0, 8, "q4 0 4-4v-4")], "├": [(4, 0, "v16"), (4, 8, "h4")],
         "┤": [(4, 0, "v16"), (0, 8, "h4")], "┬": [(0, 8, "h8"), (4, 8, "v8")], "┴": [(0, 8, "h8"), (4, 8, "v-8")],
         "┼": [(0, 8, "h8"), (4, 0, "v16")]}


def quarters(cell, row):
    """The colors of the left and the right quarter in the upper (0) or lower (1) half of a cell."""
    text, ink, paper, _ = cell
    bits = QUARTERS.get(text, 0) >> 2 * row
    return ink if bits & 1 else paper, ink if bits & 2 else paper


def picture(terminal, ink=INK, paper=PAPER):
    """The screen of a pyte.Screen as SVG; ink and paper are what the terminal shows where it is told no color."""
    columns, rows = terminal.columns, terminal.lines
    screen = read(terminal, ink, paper)
    boxes = {}
    side = WIDTH // 2
    for row, line in enumerate(screen):
        for half in (0, 1):
            colors = [color for cell in line for color in quarters(cell, half)]
            start = 0
            for end in range(1, len(colors) + 1):
                if end < len(colors) and colors[end] == colors[start]:
                    continue
                if colors[start] != paper:
                    place = f"M{start * side} {row * HEIGHT + half * HEIGHT // 2}"
                    boxes.setdefault(colors[start], []).append(f"{place}h{(end - start) * side}v8H{start * side}z")
                start = end
    frames = {}
    words = []
    for row, line in enumerate(screen):
        column = 0
        while column < columns:
            text, color, _, bold = line[column]
            if text in QUARTERS or not text:
                column += 1
                continue
            if text in LINES:
                frames.setdefault(color, []).extend(
                    f"M{column * WIDTH + x} {row * HEIGHT + y}{stroke}" for x, y, stroke in LINES[text])
                column += 1
                continue
            end = column + 1
            # What isn't ASCII may come from a font of another width, so that each such character has its own place.
            while text.isascii() and end < columns and line[end][0].isascii() and line[end][1] == color \
                    and line[end][0] and line[end][3] == bold \
                    and not (line[end][0] == " " and line[min(end + 1, columns - 1)][0] == " "):
                end += 1
            word = "".join(cell[0] for cell in line[column:end])
            weight = ' font-weight="bold"' if bold else ""
            words.append(f'<text x="{column * WIDTH}" y="{row * HEIGHT + 12}" fill="{color}"{weight} '
                         f'textLength="{(end - column) * WIDTH}" xml:space="preserve">{escape(word)}</text>')
            column = end
    width, height = columns * WIDTH, rows * HEIGHT
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="monospace" font-size="{SIZE}" shape-rendering="crispEdges">',
        f'<rect width="{width}" height="{height}" fill="{paper}"/>',
        *(f'<path fill="{color}" d="{"".join(paths)}"/>' for color, paths in boxes.items()),
        *(f'<path fill="none" stroke="{color}" d="{"".join(paths)}"/>' for color, paths in frames.items()),
        *words, "</svg>", ""])

