"""A film of a canvas's history: real server, real pixels, real ffmpeg, and frames that are what the canvas was."""

import json
import os
import signal
import subprocess
import time
import urllib.request
import zlib

DEBIAN = ["ffmpeg", "python3-cryptography"]
PYPI = []

WIDTH, HEIGHT = 61, 40
PIXELS = 900


class Server:
    """A server on a free port with a directory of its own."""

    def __init__(self, build, scratch):
        self.process = subprocess.Popen(
            [build / "pixelwars-server", "--listen", "127.0.0.1:0", "--data", scratch / "data",
             "--canvas", f"{WIDTH}x{HEIGHT}", "--place-rate", "0", "--message-rate", "0", "--request-rate", "0",
             "--spectator-cooldown", "0", "--ads", "off", "--log-level", "warning"],
            stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert "listening on " in line, line
        self.url = line.split("listening on ")[1].strip()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=30) as answer:
            return answer.headers, answer.read()

    def json(self, path):
        return json.loads(self.get(path)[1])

    def canvas(self, version):
        headers, body = self.get(f"/api/history/at?version={version}")
        assert int(headers["X-Canvas-Version"]) == version
        cells = zlib.decompress(body)
        assert len(cells) == WIDTH * HEIGHT
        return cells

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=30) == 0


def paint(build, server, environment):
    """Has a bot place pixels and take some of them back, and waits until all are there."""
    lines = ['{"type":"play"}']
    for number in range(PIXELS):
        x, y = number * 7 % WIDTH, number * 5 % HEIGHT
        lines.append(json.dumps({"type": "place", "x": x, "y": y, "color": 1 + number % 31}))
        if number % 9 == 0:
            lines.append('{"type":"undo"}')
    bot = subprocess.run(
        [build / "pixelwars-bot", server.url], input="\n".join(lines) + "\n", text=True, capture_output=True,
        env=environment, timeout=120)
    assert bot.returncode == 0, bot.stderr
    placed = bot.stdout.count('"placed"')
    assert placed == PIXELS + (PIXELS + 8) // 9, (placed, bot.stdout[-500:])
    return placed


def export(build, server, environment, film, *options, code=0):
    done = subprocess.run(
        [build / "pixelwars", "export", "--timelapse", film, server.url, "--json", *map(str, options)],
        capture_output=True, text=True, env=environment, timeout=300)
    assert done.returncode == code, (done.returncode, done.stderr)
    return json.loads(done.stdout) if code == 0 else done.stderr


def probe(film):
    """What ffprobe says of the one stream, its frames counted."""
    done = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", film],
        capture_output=True, text=True, check=True)
    streams = json.loads(done.stdout)["streams"]
    assert len(streams) == 1, streams
    return streams[0]


def frames(film, width, height):
    """Every frame as RGB."""
    done = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", film, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        capture_output=True, check=True)
    size = width * height * 3
    assert len(done.stdout) % size == 0
    return [done.stdout[start:start + size] for start in range(0, len(done.stdout), size)]


def seen(frame, width, scale):
    """The colors in the middles of the cells."""
    for y in range(HEIGHT):
        for x in range(WIDTH):
            at = ((y * scale + scale // 2) * width + x * scale + scale // 2) * 3
            yield tuple(frame[at:at + 3])


def expect_exact(frame, width, scale, cells, colors, what):
    """Each cell has its color."""
    assert list(seen(frame, width, scale)) == [colors[cell] for cell in cells], what


def expect_like(frame, width, scale, cells, colors, what):
    """Each cell has nearly its color, and no other color of the palette is nearer, but for a cell in a hundred."""
    wrong, error = 0, 0
    for color, cell in zip(seen(frame, width, scale), cells):
        distances = [sum((a - b) ** 2 for a, b in zip(color, other)) for other in colors]
        wrong += distances[cell] > min(distances)
        error += sum(abs(a - b) for a, b in zip(color, colors[cell])) / 3
    assert wrong * 100 <= len(cells), f"{what}: {wrong} cells look like another color"
    assert error / len(cells) <= 6, f"{what}: colors are off by {error / len(cells)}"


def main(build, scratch):
    server = Server(build, scratch)
    environment = dict(os.environ, XDG_STATE_HOME=str(scratch / "state"), XDG_CONFIG_HOME=str(scratch / "config"))
    try:
        latest = paint(build, server, environment)
        history = server.json("/api/history")
        assert history["latest_version"] == latest and history["oldest_version"] == 0, history
        palette = server.json("/api/canvas")["palette"]
        colors = [tuple(int(color[i:i + 2], 16) for i in (1, 3, 5)) for color in palette]

        # A GIF's colors are exact, in every frame.
        gif = scratch / "film.gif"
        told = export(build, server, environment, gif, "--versions-per-frame", 50, "--scale", 3, "--fps", 25)
        count = (latest + 49) // 50 + 1
        assert (told["frames"], told["width"], told["height"]) == (count, WIDTH * 3, HEIGHT * 3), told
        stream = probe(gif)
        assert (stream["codec_name"], stream["width"], stream["height"]) == ("gif", WIDTH * 3, HEIGHT * 3), stream
        shown = frames(gif, WIDTH * 3, HEIGHT * 3)
        assert len(shown) == count, (len(shown), count)
        for number in range(0, count, 3):
            version = latest * number // (count - 1)
            expect_exact(shown[number], WIDTH * 3, 3, server.canvas(version), colors, f"GIF at {version}")

        # A film has even sides, and colors as near as its kind allows.
        mp4 = scratch / "film.mp4"
        told = export(
            build, server, environment, mp4, "--seconds", 2, "--scale", 5, "--fps", 30, "--from", 100, "--to", 700)
        width, height = WIDTH * 5 + 1, HEIGHT * 5
        assert (told["frames"], told["width"], told["height"]) == (60, width, height), told
        stream = probe(mp4)
        assert stream["codec_name"] == "h264" and stream["pix_fmt"] == "yuv420p", stream
        assert (stream["width"], stream["height"], stream["nb_read_frames"]) == (width, height, "60"), stream
        assert stream["avg_frame_rate"] == "30/1", stream
        shown = frames(mp4, width, height)
        assert len(shown) == 60
        for number in (0, 17, 40, 59):
            version = 100 + 600 * number // 59
            expect_like(shown[number], width, 5, server.canvas(version), colors, f"MP4 at {version}")

        # What can't be is said, and files that are there stay.
        before = gif.read_bytes()
        assert "--force" in export(build, server, environment, gif, code=1)
        assert gif.read_bytes() == before
        export(build, server, environment, gif, "--force", "--seconds", 1)
        assert gif.read_bytes() != before
        assert "versions 0 to" in export(build, server, environment, scratch / "a.mp4", "--to", latest + 1, code=1)
        alone = dict(environment, PATH=str(scratch))
        assert "ffmpeg" in export(build, server, alone, scratch / "b.mp4", code=1)

        interrupted(build, server, environment, scratch)
        left = sorted(path.name for path in scratch.iterdir() if "film" in path.name or "part" in path.name)
        assert left == ["film.gif", "film.mp4"], left
    finally:
        server.end()


def interrupted(build, server, environment, scratch):
    """An interrupt ends ffmpeg and leaves nothing."""
    film = scratch / "long.mp4"
    program = subprocess.Popen(
        [build / "pixelwars", "export", "--timelapse", film, server.url, "--versions-per-frame", "1",
         "--scale", "16"], env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(scratch.glob("long.mp4.*.part")):
        assert time.monotonic() < deadline and program.poll() is None
        time.sleep(0.01)
    program.send_signal(signal.SIGINT)
    _, words = program.communicate(timeout=60)
    assert program.returncode == 1 and "interrupted" in words, (program.returncode, words)
    assert not list(scratch.glob("long.mp4*"))
