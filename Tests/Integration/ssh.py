"""The ssh doorway: a real sshd on loopback, with the files that the package brings, and real clients."""

import json
import os
import pathlib
import pwd
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "EndToEndTests/Emulator")]

import emulator  # noqa: E402
import servers  # noqa: E402

DEBIAN = ["openssh-server", "openssh-client", "python3-pyte"]
PYPI = []
ASSETS = HERE.parent.parent / "assets/ssh"
ROOT = [] if os.geteuid() == 0 else ["sudo"]


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Door:
    """An sshd for this user, whose AuthorizedKeysCommand must belong to root, and no directory above it to others."""

    def __init__(self, build, scratch, url):
        self.scratch = scratch
        self.user = pwd.getpwuid(os.getuid()).pw_name
        self.port = free_port()
        self.place = pathlib.Path(f"/run/pixelwars-ssh-test-{os.getpid()}")
        subprocess.run([*ROOT, "install", "-d", "-m", "755", self.place, "/run/sshd"], check=True)
        # The client is where whoever signs in can read it.
        for name in ["pixelwars-ssh-keys", "pixelwars-ssh-session"]:
            text = (ASSETS / name).read_text().replace("/usr/bin/pixelwars ", f"{build}/pixelwars ")
            (scratch / name).write_text(text)
            subprocess.run([*ROOT, "install", "-m", "755", scratch / name, self.place / name], check=True)
        said = (ASSETS / "sshd_config").read_text()
        for old, new in [
            ("Match User play", f"Match User {self.user}"), ("/usr/libexec/pixelwars", str(self.place)),
            ("http://127.0.0.1:8080", f"{url} PIXELWARS_SSH_STATE={scratch}/keys PIXELWARS_SSH_STARTS=8 "
                                      "PIXELWARS_SSH_SESSIONS=3 PIXELWARS_SSH_ADDRESS_SESSIONS=2 "
                                      "PIXELWARS_SSH_ADDRESS_KEYS=5 PIXELWARS_SSH_KEYS=7"),
        ]:
            assert old in said, old
            said = said.replace(old, new)
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", scratch / "host"], check=True)
        (scratch / "sshd_config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {scratch}/host\nPidFile none\nUsePAM no\n"
            f"PermitRootLogin yes\nStrictModes yes\n{said}")
        subprocess.run([*ROOT, "/usr/sbin/sshd", "-t", "-f", scratch / "sshd_config"], check=True)
        self.log = open(scratch / "sshd.log", "w")
        self.process = subprocess.Popen(
            [*ROOT, "/usr/sbin/sshd", "-D", "-e", "-f", scratch / "sshd_config"], stderr=self.log)
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                assert time.monotonic() < end and self.process.poll() is None, (scratch / "sshd.log").read_text()

    def key(self, name):
        file = self.scratch / name
        if not file.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
        return file

    def ssh(self, key, *more):
        return [
            "/usr/bin/ssh", "-F", "none", "-p", str(self.port), "-i", str(self.key(key)), "-o", "IdentitiesOnly=yes",
            "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={self.scratch}/known", "-o", "BatchMode=yes",
            "-o", "LogLevel=ERROR", *more, f"{self.user}@127.0.0.1"]

    def close(self):
        subprocess.run([*ROOT, "kill", str(self.process.pid)])
        self.process.wait(20)
        self.log.close()
        subprocess.run([*ROOT, "rm", "-rf", self.place])


def play(door, server, key, columns=100):
    """Comes in, plays until the server lists somebody, and leaves; gives the account's id."""
    environment = {"TERM": "xterm-256color"}
    with emulator.Emulator(door.ssh(key, "-tt"), columns=columns, rows=30, environment=environment) as screen:
        end = time.monotonic() + 60
        while True:
            listed = subprocess.run(
                [server.program("pixelwars-server"), "admin", "list", "--json", "--data",
                 server.directory.name + "/data"], text=True, capture_output=True, check=True).stdout
            here = [one["id"] for one in json.loads(listed)["accounts"] if one["is_connected"]]
            if here:
                return here[0]
            assert time.monotonic() < end, (screen.text(), (door.scratch / "sshd.log").read_text())
            time.sleep(0.2)


def nobody(server):
    """Waits until all have left."""
    end = time.monotonic() + 30
    while b'"is_connected":true' in subprocess.run(
            [server.program("pixelwars-server"), "admin", "list", "--json", "--data", server.directory.name + "/data"],
            capture_output=True, check=True).stdout:
        assert time.monotonic() < end
        time.sleep(0.1)


def refused(door, *command, key="ada", before=()):
    done = subprocess.run(
        door.ssh(key, *before) + list(command), text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    assert done.returncode == 1, (command, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def forwards_nothing(door, server):
    target = server.url.split(":")[-1]
    port = free_port()
    tunnel = subprocess.Popen(
        door.ssh("ada", "-N", "-L", f"127.0.0.1:{port}:127.0.0.1:{target}"), stderr=subprocess.PIPE, text=True)
    try:
        end = time.monotonic() + 20
        while True:
            try:
                with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
                    one.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
                    assert one.recv(100) == b"", "the tunnel let something through"
                    break
            except ConnectionResetError:
                break
            except ConnectionRefusedError:
                assert time.monotonic() < end
                time.sleep(0.1)
    finally:
        tunnel.kill()
        tunnel.communicate(timeout=20)
    backwards = subprocess.run(
        door.ssh("ada", "-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{free_port()}:127.0.0.1:{target}"), text=True,
        capture_output=True, timeout=30)
    assert backwards.returncode != 0 and "forwarding failed" in backwards.stderr, backwards.stderr
    # sftp is a subsystem, and the forced command takes its place too.
    files = subprocess.run(
        ["/usr/bin/sftp", "-F", "none", "-P", str(door.port), "-i", door.key("ada"), "-o", "BatchMode=yes", "-o",
         "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={door.scratch}/known", f"{door.user}@127.0.0.1"],
        text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=60)
    assert files.returncode != 0, files.stdout


def limits_new_keys(door, server, scratch):
    """Five a day from one address and seven in all, while who was here before is; who stays away makes room."""
    def homes():
        return {home.name: home for home in (scratch / "keys").iterdir() if len(home.name) == 64}

    def comes(key, address):
        with emulator.Emulator(door.ssh(key, "-tt", "-b", address), environment={"TERM": "xterm"}) as screen:
            screen.wait_text("Pixel Wars", 60)
        nobody(server)

    nobody(server)
    before = homes()
    assert len(before) == 6, before
    assert "from your address today" in refused(door, key="hans", before=["-tt"])
    comes("ada", "127.0.0.1")
    comes("ida", "127.0.0.4")
    assert len(homes()) == 7
    assert "No more new keys" in refused(door, key="jan", before=["-tt", "-b", "127.0.0.5"])
    assert len(homes()) == 7
    # Someone's last visit was a year and more ago.
    oldest = sorted(before)[0]
    past = time.time() - 400 * 86_400
    subprocess.run([*ROOT, "touch", "-d", f"@{past:.0f}", before[oldest] / "starts"], check=True)
    comes("jan", "127.0.0.5")
    assert set(before) - set(homes()) == {oldest} and len(homes()) == 7


def main(build, scratch):
    # New keys are counted by the day: all of them on this one, or on the next.
    if time.time() % 86_400 > 86_400 - 300:
        time.sleep(86_400 - time.time() % 86_400)
    with servers.Server(str(build), "--canvas", "64x48", "--ads", "off") as server:
        door = Door(build, scratch, server.url)
        try:
            ada = play(door, server, "ada")
            nobody(server)
            ben = play(door, server, "ben")
            nobody(server)
            assert ada != ben
            assert play(door, server, "ada", columns=60) == ada
            homes = sorted((scratch / "keys").iterdir())
            assert len([home for home in homes if len(home.name) == 64]) == 2, homes
            assert all(home.stat().st_mode & 0o077 == 0 for home in homes)
            assert "Only the game is here" in refused(door, "bash")
            assert "Only the game is here" in refused(door, "/bin/sh", "-c", "id", before=["-tt"])
            assert "needs a terminal" in refused(door)
            forwards_nothing(door, server)
            # Two may be in at once from one address, and three in all.
            with emulator.Emulator(door.ssh("cleo", "-tt"), environment={"TERM": "xterm"}) as first:
                with emulator.Emulator(door.ssh("dora", "-tt"), environment={"TERM": "no-such-terminal"}) as second:
                    first.wait_text("Pixel Wars", 60)
                    second.wait_text("Pixel Wars", 60)
                    assert "from your address already" in refused(door, key="emil", before=["-tt"])
                    with emulator.Emulator(
                            door.ssh("emil", "-tt", "-b", "127.0.0.2"), environment={"TERM": "xterm"}) as third:
                        third.wait_text("Pixel Wars", 60)
                        assert "Everyone is here already" in refused(
                            door, key="gerd", before=["-tt", "-b", "127.0.0.3"])
            # And one key so often in a minute: all of them in this one, or in the next.
            if time.time() % 60 > 30:
                time.sleep(60 - time.time() % 60)
            for beginning in range(9):
                with emulator.Emulator(door.ssh("fritz", "-tt"), environment={"TERM": "xterm"}) as screen:
                    screen.wait(lambda one: any(
                        words in one.text() for words in ["Pixel Wars", "wait a minute"]), "an answer", 60)
                    seen = screen.text()
                    if beginning < 7:
                        assert "wait a minute" not in seen, (beginning, seen)
            assert "wait a minute" in seen, seen
            limits_new_keys(door, server, scratch)
            # Whoever has no key is told so by sshd alone.
            keyless = subprocess.run(
                ["/usr/bin/ssh", "-F", "none", "-p", str(door.port), "-o", "PubkeyAuthentication=no", "-o",
                 "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={scratch}/known",
                 f"{door.user}@127.0.0.1"], text=True, capture_output=True, timeout=30)
            assert keyless.returncode == 255 and "Permission denied (publickey)" in keyless.stderr, keyless.stderr
        finally:
            door.close()
