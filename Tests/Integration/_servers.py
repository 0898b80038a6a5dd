"""Servers of a build for scenarios, with what they log and the address of their metrics."""
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "EndToEndTests" / "Contract"))

from client import Server  # noqa: E402

FREE = [part for name in ["place", "message", "request", "guest", "sign-in"] for part in (f"--{name}-rate", "0")]


def wait_until(what, condition, seconds=30):
    """Asks again and again; fails where the time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {what}")


class Running:
    """A server on a free port of the loopback, ended with the scenario."""

    def __init__(self, build, directory, *options):
        self.program = os.path.join(build, "pixelwars-server")
        self.log = pathlib.Path(directory) / "server.log"
        self.process = subprocess.Popen(
            [self.program, "--listen", "127.0.0.1:0", "--data", str(pathlib.Path(directory) / "data"), *options],
            stdout=subprocess.PIPE, stderr=self.log.open("w"), stdin=subprocess.DEVNULL)
        line = self.process.stdout.readline().decode()
        assert " listening on " in line, self.log.read_text()
        self.url = line.split()[-1]
        self.api = Server(self.url)

    @property
    def metrics(self):
        """Where `--metrics-listen` serves."""
        return re.search(r"metrics_listening address=(\S+)", self.log.read_text()).group(1)

    @property
    def resident_bytes(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()
        return int(fields[1]) * os.sysconf("SC_PAGESIZE")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()
