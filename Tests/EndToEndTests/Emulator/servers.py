"""The programs of a build, started for a scenario and ended with it."""

import os
import subprocess
import sys
import tempfile


class Server:
    """A server on a free port of the loopback, with a data directory and a place for keys of its own."""

    def __init__(self, programs, *options):
        self.programs = programs
        self.directory = tempfile.TemporaryDirectory(prefix="pixelwars-screen-")
        self.process = subprocess.Popen(
            [os.path.join(programs, "pixelwars-server"), "--listen", "127.0.0.1:0", "--data", self.directory.name + "/data",
             *options],
            stdout=subprocess.PIPE, stderr=open(self.directory.name + "/server.log", "w"), stdin=subprocess.DEVNULL)
        said = self.process.stdout.readline().decode().split()
        if not said:
            log = open(self.directory.name + "/server.log").read()
            raise AssertionError(f"the server ended with {self.process.wait(10)} before it listened: {log}")
        self.url = said[-1]
        self.environment = {
            "XDG_STATE_HOME": self.directory.name + "/state", "XDG_CONFIG_HOME": self.directory.name + "/config",
        }

    def program(self, name="pixelwars"):
        return os.path.join(self.programs, name)

    def bot(self, *arguments, profile="bot", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL):
        return subprocess.Popen(
            [self.program("pixelwars-bot"), "--profile", profile, *arguments, self.url], stdin=stdin, stdout=stdout,
            stderr=subprocess.DEVNULL, env={**os.environ, **self.environment})

    def paint(self, pixels, profile="painter"):
        """Places pixels (x, y, color) and waits until all of them are answered; needs `--place-rate 0 --message-rate 0`."""
        # Faster, and the bot could fall so far behind in reading the answers that the server would let it go.
        bot = self.bot("--play", "--name", profile, "--pace", "15000", profile=profile, stdout=subprocess.PIPE)
        while b'"playing"' not in bot.stdout.readline():
            pass
        lines = "".join(f'{{"type":"place","x":{x},"y":{y},"color":{color}}}\n' for x, y, color in pixels)
        bot.communicate(lines.encode(), timeout=120)
        if bot.returncode:
            sys.exit(f"the bot ended with {bot.returncode}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.directory.cleanup()
