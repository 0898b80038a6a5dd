"""What a host can do beside the server: commands of its program, and a look into its database."""
import ctypes
import json
import os
import signal
import sqlite3
import subprocess

from client import Server
from shapes import FLAG, fits

# Rules that pay much and let runs be as fast as a test wants.
RULES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "generous.json")
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def make_admin(server, account):
    """Gives an account the role; the live server knows it at once."""
    done = host(server, "admin", "grant", account.id, "admin")
    assert done.returncode == 0, done.stderr


def query(server, text, *values):
    """Rows of the database, read and never written."""
    connection = sqlite3.connect(f"file:{server.data}/pixelwars.db?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(text, values).fetchall()
    finally:
        connection.close()


def stored(identifier):
    """How the database keeps an id: the 64 bits as a signed number."""
    value = 0
    for letter in identifier:
        value = value << 5 | ALPHABET.index(letter)
    return value if value < 2**63 else value - 2**64


def right_answer(server, puzzle_id):
    """A puzzle's answer, which only the host can see."""
    (answer,), = query(server, "SELECT answer FROM puzzles WHERE id = ?", stored(puzzle_id))
    return answer


def host(server, *words):
    """Runs a host's command on the server's directory, whether one lives there or not."""
    return subprocess.run(
        [server.program, *words, "--data", server.data], capture_output=True, text=True, timeout=30,
        check=False)


def listed(server, *words):
    """What a host's command lists."""
    done = host(server, *words, "list", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def flags(server, account):
    """The reasons for which an account is to be reviewed, the newest first."""
    found = fits(listed(server, "review"), {"flags": [FLAG]})["flags"]
    return [flag["reason"] for flag in found if flag["account"]["id"] == account.id]


def books(server):
    """Asserts that profile points are the sum of what came and went, for all accounts; gives their number."""
    rows = query(
        server, "SELECT a.id, a.points, (SELECT coalesce(sum(p.points), 0) FROM point_entries p"
        " WHERE p.account = a.id) FROM accounts a")
    for account, points, entries in rows:
        assert points == entries >= 0, f"account {account} has {points}, and its entries are {entries}"
    return len(rows)


def die_with_parent():
    """PR_SET_PDEATHSIG with SIGKILL: no server outlives a scenario that is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class OwnServer:
    """A server that a scenario starts, kills and starts again, on a directory beside the test's own."""

    def __init__(self, server, *options):
        self.data, self.program = server.data + "-own", server.program
        self.options = [
            "--listen", "127.0.0.1:0", "--data", self.data, "--canvas", "16x16", "--message-rate", "0",
            "--request-rate", "0", "--sign-in-rate", "0", "--guest-rate", "0",
            "--max-connections-per-address", "2000", "--log-level", "warning", *options]
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()

    def start(self):
        """Starts it and gives its address."""
        self.process = subprocess.Popen(
            [self.program, *self.options], stdout=subprocess.PIPE, text=True, preexec_fn=die_with_parent)
        self.server = Server(self.process.stdout.readline().split()[-1], self.data, self.program)
        return self.server

    def stop(self):
        """Ends it in order, with a snapshot of the canvas."""
        self.process.terminate()
        assert self.process.wait(30) == 0
        self.process.stdout.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
