"""A broadcast to a real RTMP server on the loopback: nginx with its RTMP module, read back by ffprobe and ffmpeg."""

DEBIAN = ["nginx-light", "libnginx-mod-rtmp", "ffmpeg", "python3-pil"]

import io
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.request

from PIL import Image

from _servers import FREE, Running, wait_until

CONFIG = """
load_module /usr/lib/nginx/modules/ngx_rtmp_module.so;
daemon off; master_process off; pid {directory}/nginx.pid; error_log {directory}/error.log info;
events {{ worker_connections 64; }}
rtmp {{ server {{ listen 127.0.0.1:{port}; application live {{ live on; record off; }} }} }}
"""
KEY = "abcd-1234-secret"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_nginx(directory, port):
    config = directory / "nginx.conf"
    config.write_text(CONFIG.format(directory=directory, port=port))
    return subprocess.Popen(["nginx", "-p", str(directory), "-c", str(config)], stderr=subprocess.DEVNULL)


def streams(url):
    answer = subprocess.run(
        ["ffprobe", "-v", "error", "-rw_timeout", "4000000", "-show_streams", "-of", "json", url],
        capture_output=True, text=True, timeout=60)
    return {stream["codec_type"]: stream for stream in json.loads(answer.stdout or "{}").get("streams", [])}


def frame(url):
    """A whole picture of the stream as it is now."""
    answer = subprocess.run(
        ["ffmpeg", "-v", "error", "-rw_timeout", "8000000", "-i", url, "-frames:v", "1", "-f", "image2pipe",
         "-c:v", "png", "-"], capture_output=True, timeout=60)
    return Image.open(io.BytesIO(answer.stdout)).convert("RGB") if answer.stdout else None


def canvas(server):
    with urllib.request.urlopen(f"{server.url}/api/canvas.png") as answer:
        return Image.open(io.BytesIO(answer.read())).convert("RGB")


def difference(seen, server):
    """The mean difference a channel between a frame's canvas and the canvas, both at 4 pixels a cell."""
    size = canvas(server).size
    scale = min(seen.width // size[0], (seen.height - seen.height // 18) // size[1])
    wanted = canvas(server).resize((size[0] * scale, size[1] * scale), Image.NEAREST)
    left = (seen.width - wanted.width) // 2
    top = (seen.height - seen.height // 18 - wanted.height) // 2
    part = seen.crop((left, top, left + wanted.width, top + wanted.height))
    pairs = zip(part.tobytes(), wanted.tobytes())
    return sum(abs(one - other) for one, other in pairs) / len(wanted.tobytes())


def log_lines(server, event):
    return [line for line in server.log.read_text().splitlines() if f" {event} " in line]


def children(server):
    listed = subprocess.run(["pgrep", "-P", str(server.process.pid), "-x", "ffmpeg"], capture_output=True, text=True)
    return [int(pid) for pid in listed.stdout.split()]


def draw(build, server, picture):
    """Bots draw a picture on the canvas."""
    paint = [os.path.join(build, "pixelwars-bot"), "draw", str(picture), server.url]
    subprocess.run(paint, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)


def main(build, scratch):
    port = free_port()
    url = f"rtmp://127.0.0.1:{port}/live"
    key_file = scratch / "stream.key"
    key_file.write_text(KEY + "\n")
    key_file.chmod(0o600)
    environment = {**os.environ, "XDG_STATE_HOME": str(scratch)}
    os.environ.update(environment)
    nginx = start_nginx(scratch, port)
    options = ["--canvas", "160x90", "--spectator-cooldown", "0", "--broadcast", url, "--broadcast-key-file", str(key_file),
               "--broadcast-size", "640x380", "--broadcast-fps", "20", *FREE]
    try:
        with Running(build, scratch, *options) as server:
            seen = wait_until("a stream", lambda: streams(f"{url}/{KEY}").get("video"), 60)
            assert (seen["codec_name"], seen["width"], seen["height"]) == ("h264", 640, 380), seen
            assert seen["r_frame_rate"] == "20/1", seen
            sound = streams(f"{url}/{KEY}")["audio"]
            assert (sound["codec_name"], sound["sample_rate"], sound["channels"]) == ("aac", "44100", 2), sound
            arguments = pathlib.Path(f"/proc/{children(server)[0]}/cmdline").read_bytes()
            surroundings = pathlib.Path(f"/proc/{children(server)[0]}/environ").read_bytes()
            assert KEY.encode() not in arguments + surroundings, "the key is for the encoder's eyes alone"

            blank = frame(f"{url}/{KEY}")
            assert difference(blank, server) < 6, difference(blank, server)
            draw(build, server, HERE / "assets" / "pictures" / PICTURE)
            wait_until("the picture in the stream", lambda: changed(url, blank, server), 30)
            latest = frame(f"{url}/{KEY}")
            print("mean difference of a channel:", round(difference(latest, server), 2))
            if os.environ.get("PIXELWARS_FRAME"):
                latest.save(os.environ["PIXELWARS_FRAME"])

            # The encoder dies: there is another soon.
            first = children(server)[0]
            os.kill(first, signal.SIGKILL)
            wait_until("another encoder", lambda: children(server) and children(server) != [first])
            wait_until("the stream again", lambda: streams(f"{url}/{KEY}").get("video"), 60)

            # The service goes and comes back.
            nginx.terminate()
            nginx.wait()
            wait_until("the interruption in the log", lambda: len(log_lines(server, "broadcast_interrupted")) >= 2, 30)
            nginx = start_nginx(scratch, port)
            wait_until("the stream after the service came back", lambda: streams(f"{url}/{KEY}").get("video"), 90)
            metrics = server.api.get("/metrics").body.decode()
            assert "\npixelwars_broadcast_wanted 1\n" in metrics and "\npixelwars_broadcast_running 1\n" in metrics
            assert int(re.search(r"\npixelwars_broadcast_restarts_total (\d+)\n", metrics).group(1)) >= 2
            assert int(re.search(r'_frames_total\{result="sent"\} (\d+)\n', metrics).group(1)) > 50
            assert KEY not in server.log.read_text()
            assert server.stop() == 0
            assert children(server) == []
        stalls(build, scratch / "stalled", key_file)
    finally:
        nginx.terminate()


def changed(url, blank, server):
    seen = frame(f"{url}/{KEY}")
    return seen is not None and seen.tobytes() != blank.tobytes() and difference(seen, server) < 6


def stalls(build, directory, key_file):
    """A service that takes connections and never reads: the game goes on as if there were none."""
    directory.mkdir()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(8)
        url = f"rtmp://127.0.0.1:{deaf.getsockname()[1]}/live"
        options = ["--canvas", "160x90", "--spectator-cooldown", "0", "--broadcast", url, "--broadcast-key-file", str(key_file), *FREE]
        with Running(build, directory, *options) as server:
            wait_until("an encoder", lambda: children(server))
            start = time.monotonic()
            draw(build, server, HERE / "assets" / "pictures" / PICTURE)
            print(f"drawn in {time.monotonic() - start:.1f} s beside a deaf service")
            wait_until("the end of the encoder", lambda: log_lines(server, "broadcast_interrupted"), 40)
            start = time.monotonic()
            assert server.stop() == 0
            assert time.monotonic() - start < 8


HERE = pathlib.Path(__file__).resolve().parent.parent.parent
PICTURE = "pixel-wars.png"
