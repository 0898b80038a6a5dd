"""The systemd unit: what it keeps the server from, that the server needs none of it, and what the journal gets."""

import os
import pathlib
import re
import subprocess
import sys
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "EndToEndTests/Emulator"))

DEBIAN = ["systemd", "strace"]
PYPI = []
UNIT = pathlib.Path(__file__).resolve().parent.parent.parent / "assets/systemd/pixelwars-server.service"
MOST_EXPOSURE = 3.0


def is_hardened(scratch):
    report = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSURE * 10:.0f}", UNIT], text=True,
        capture_output=True)
    assert report.returncode == 0, report.stdout + report.stderr
    exposure = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", report.stdout)[1])
    assert exposure < MOST_EXPOSURE, exposure
    # Names of settings, and their values.
    copy = scratch / UNIT.name
    copy.write_text(UNIT.read_text().replace("/usr/bin/pixelwars-server", "/bin/true").replace(
        "Documentation=man:pixelwars-server(1)\n", ""))
    report = subprocess.run(["systemd-analyze", "verify", copy], text=True, capture_output=True)
    assert report.returncode == 0 and str(copy.name) not in report.stderr, report.stderr


def allowed_calls():
    """The system calls that the unit lets through."""

    def members(name):
        if not name.startswith("@"):
            return {name}
        lines = subprocess.run(
            ["systemd-analyze", "syscall-filter", name], text=True, capture_output=True, check=True).stdout.splitlines()
        calls = set()
        for line in (line.split("#")[0].strip() for line in lines[1:]):
            calls |= members(line) if line else set()
        return calls

    allowed = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", UNIT.read_text(), re.M):
        for name in line.lstrip("~").split():
            allowed = allowed - members(name) if line.startswith("~") else allowed | members(name)
    return allowed


# A refusal of the first two changes nothing, since the unit sets the limit itself; the third is root's alone, whose
# SQLite gives files to the database's owner.
SPARED = {"prlimit64", "setrlimit", "fchown"}


def needs_no_more(build, scratch):
    """The server plays, keeps and backs up, and asks the kernel for nothing that the filter refuses."""
    trace = scratch / "trace"
    server = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", trace, build / "pixelwars-server", "--listen", "127.0.0.1:0", "--data",
         scratch / "data", "--canvas", "64x64"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        place = "\n".join(
            ['{"type":"play","id":1}'] + [f'{{"type":"place","x":{x},"y":3,"color":5}}' for x in range(20)])
        environment = {**os.environ, "XDG_STATE_HOME": str(scratch / "state")}
        subprocess.run([build / "pixelwars-bot", "--pace", "5", url], input=place, text=True, env=environment,
                       stdout=subprocess.DEVNULL, check=True, timeout=120)
        for path in ["/api/canvas.png", "/metrics", "/healthz"]:
            urllib.request.urlopen(url + path, timeout=60).read()
        subprocess.run(
            [build / "pixelwars-server", "backup", scratch / "one.db", "--data", scratch / "data"], check=True,
            stdout=subprocess.DEVNULL, timeout=120)
        pid = int((scratch / "data/lock").read_text())
        os.kill(pid, 15)
        assert server.wait(60) == 0
    finally:
        server.kill()
    # The first call is strace's own, which starts the program.
    made = set(re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.M))
    assert {"fsync", "fdatasync"} & made, "the trace shows no sync: is it one of the server?"
    refused = made - allowed_calls() - SPARED
    assert not refused, refused


def journal_lines(build, scratch):
    """A stream that is the journal's gets priorities in place of times."""
    reading, writing = os.pipe()
    status = os.fstat(writing)
    server = subprocess.Popen(
        [build / "pixelwars-server", "--listen", "127.0.0.1:0", "--data", scratch / "journal-data"],
        stdout=subprocess.PIPE, stderr=writing, text=True,
        env={**os.environ, "JOURNAL_STREAM": f"{status.st_dev}:{status.st_ino}"})
    os.close(writing)
    assert server.stdout.readline().startswith("pixelwars-server listening on ")
    server.terminate()
    assert server.wait(20) == 0
    with os.fdopen(reading) as stream:
        lines = stream.read().splitlines()
    assert lines and all(re.match(r"<[3467]>(debug|info|warning|error) ", line) for line in lines), lines
    assert lines[0].startswith("<6>info listening address=127.0.0.1:"), lines


def main(build, scratch):
    is_hardened(scratch)
    journal_lines(build, scratch)
    needs_no_more(build, scratch)
