"""What a host can do beside the server: commands of its program, and a look into its database."""
import sqlite3
import subprocess

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def make_admin(server, account):
    """Gives an account the role; the live server knows it at once."""
    done = subprocess.run(
        [server.program, "admin", "grant", account.id, "admin", "--data", server.data],
        capture_output=True, text=True, timeout=30, check=False)
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
