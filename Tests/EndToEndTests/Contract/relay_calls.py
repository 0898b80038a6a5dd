"""The calls about relays, each answer held against its form."""
from client import Account
from shapes import PLAYER, RELAY, found, puzzle

RELAYS = "/api/relays"
UNKNOWN = "0123456789abc"
# Options of a relay whose points time doesn't take.
STILL = {"decay_points": 0, "decay_interval_ms": 3_600_000, "seconds": 86_400}


def create(server, who, **options):
    return found(server.post(RELAYS, options, token=who.access), RELAY)


def do(server, who, relay, what, body=None):
    return server.post(f"{RELAYS}/{relay}/{what}", body, token=who.access if who else None)


def team(server, count, **options):
    """A running relay and its players in the ring's order."""
    players = [Account(server) for _ in range(count)]
    relay = create(server, players[0], **options)["relay_id"]
    for player in players[1:]:
        found(do(server, player, relay, "join"), RELAY)
    found(do(server, players[-1], relay, "start"), RELAY)
    return relay, players


def new_puzzle(server, who, relay):
    return found(do(server, who, relay, "puzzles"), puzzle, 201)


def answer(server, who, relay, puzzle_id, text):
    return do(server, who, relay, "puzzle/answer", {"puzzle_id": puzzle_id, "answer": text})


def points(server, who, relay):
    return found(server.get(f"{RELAYS}/{relay}/points", token=who.access), [PLAYER])


def ids(players):
    return [player["account"]["id"] for player in players]
