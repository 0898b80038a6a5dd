"""The contract's rows about how a relay comes about."""
import urllib.parse

from client import Account, Guest, Server
from host import make_admin, query
from relay_calls import RELAYS, UNKNOWN, answer, create, do, ids, points
from shapes import RELAY, found, refused

DEFAULTS = {
    "start_points": 100, "decay_points": 1, "decay_interval_ms": 1_000, "award": 10, "penalty": 5,
    "seconds": 300, "max_players": 8, "private": False}


async def relay_lobby(server: Server):
    """Creating, finding, joining and starting."""
    ada, bob, eve, guest = Account(server, "Ada"), Account(server), Account(server), Guest(server)
    made = create(server, ada)
    relay = made["relay_id"]
    assert (made["status"], made["left_ms"], made["options"]) == ("waiting", 300_000, DEFAULTS)
    assert made["players"] == [
        {"account": {"id": ada.id, "name": "Ada"}, "points": 100, "active": True, "solves": 0}]
    assert found(server.post(RELAYS, token=ada.access), RELAY)["options"] == DEFAULTS, "no body at all"
    options = {
        "start_points": 1, "decay_points": 0, "decay_interval_ms": 100, "award": 0, "penalty": 1_000_000,
        "seconds": 86_400, "max_players": 2, "private": True}
    hidden = create(server, bob, **options)
    assert hidden["options"] == options and hidden["left_ms"] == 86_400_000
    # The list: the newest first, a private one for its players alone.
    listed = found(server.get(RELAYS, token=eve.access), [RELAY])
    assert [item["relay_id"] for item in listed][-1] == relay and made in listed
    assert hidden["relay_id"] not in [item["relay_id"] for item in listed]
    assert found(server.get(RELAYS, token=bob.access), [RELAY])[0] == hidden
    # By its code as a person types it, or by its id; a second time changes nothing.
    code = hidden["code"]
    typed = urllib.parse.quote(f"{code[:3].lower()}-{code[3:]} ")
    joined = found(do(server, eve, typed, "join"), RELAY)
    assert ids(joined["players"]) == [bob.id, eve.id] and joined["relay_id"] == hidden["relay_id"]
    for reference in [hidden["relay_id"], code]:
        assert found(do(server, eve, reference, "join"), RELAY) == joined
    refused(do(server, ada, code, "join"), 409, "relay_full")
    refused(do(server, ada, hidden["relay_id"], "start"), 403, "not_in_relay")
    found(do(server, bob, relay, "join"), RELAY)
    # Before it runs there are no puzzles, and time stands still.
    refused(do(server, ada, relay, "puzzles"), 409, "relay_not_running")
    refused(answer(server, ada, relay, UNKNOWN, "x"), 409, "relay_not_running")
    refused(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), 404, "no_puzzle")
    assert [player["points"] for player in points(server, eve, relay)] == [100, 100]
    # Any of its players starts it, once; then nobody joins, and who is in stays in.
    started = found(do(server, bob, relay, "start"), RELAY)
    assert (started["status"], ids(started["players"])) == ("running", [ada.id, bob.id])
    refused(do(server, ada, relay, "start"), 409, "relay_started")
    refused(do(server, eve, relay, "join"), 409, "relay_started")
    assert found(do(server, ada, relay, "join"), RELAY)["status"] == "running"
    # Whoever isn't in it, or isn't anybody.
    calls = [
        ("POST", "join"), ("POST", "start"), ("POST", "puzzles"), ("GET", "puzzle"), ("GET", "points"),
        ("POST", "puzzle/answer"), ("POST", "decay")]
    body = {"puzzle_id": UNKNOWN, "answer": "x"}
    for method, what in calls + [("GET", ""), ("POST", "")]:
        path = f"{RELAYS}/{relay}/{what}" if what else RELAYS
        sent = body if "answer" in what else None
        refused(server.call(method, path, sent), 401, "unauthorized")
        refused(server.call(method, path, sent, token="a.b.c"), 401, "unauthorized")
        refused(server.call(method, path, sent, token=guest.access), 403, "sign_in_required")
    for method, what in calls[2:4] + calls[5:6]:
        sent = body if "answer" in what else None
        answered = server.call(method, f"{RELAYS}/{relay}/{what}", sent, token=eve.access)
        refused(answered, 403, "not_in_relay")
    refused(do(server, eve, relay, "decay"), 403, "forbidden")
    refused(do(server, eve, relay, "start"), 403, "not_in_relay")
    assert len(points(server, eve, relay)) == 2, "points are for every account"
    admin = Account(server)
    make_admin(server, admin)
    for reference in [UNKNOWN, "x", "0" * 14, "..%2f..", "%00", "é", "ffffffffffffz" * 50, "BCDFGH"]:
        place = urllib.parse.quote(reference, safe="%")
        for method, what in calls:
            sent = body if "answer" in what else None
            answered = server.call(method, f"{RELAYS}/{place}/{what}", sent, token=admin.access)
            refused(answered, 404, "not_found")
    for method, path, allow in [
            ("PUT", RELAYS, {"GET", "POST"}), ("GET", f"{RELAYS}/{relay}/join", {"POST"}),
            ("GET", f"{RELAYS}/{relay}/start", {"POST"}), ("GET", f"{RELAYS}/{relay}/puzzles", {"POST"}),
            ("POST", f"{RELAYS}/{relay}/puzzle", {"GET"}), ("POST", f"{RELAYS}/{relay}/points", {"GET"}),
            ("GET", f"{RELAYS}/{relay}/puzzle/answer", {"POST"}), ("GET", f"{RELAYS}/{relay}/decay", {"POST"})]:
        answered = server.call(method, path, token=ada.access)
        refused(answered, 405, "method_not_allowed")
        assert set(answered.headers["Allow"].split(", ")) - {"HEAD"} == allow
    # Four open ones an account; the next waits.
    for _ in range(2):
        create(server, ada)
    refused(server.post(RELAYS, {}, token=ada.access), 429, "rate_limited")
    refused(do(server, ada, create(server, eve)["relay_id"], "join"), 409, "relay_full")


async def relay_options(server: Server):
    """Options out of bounds or of the wrong type are refused by name, and other people's texts are only texts."""
    ada = Account(server)
    for name, low, high in [
            ("start_points", 1, 1_000_000), ("decay_points", 0, 1_000_000),
            ("decay_interval_ms", 100, 3_600_000), ("award", 0, 1_000_000), ("penalty", 0, 1_000_000),
            ("seconds", 1, 86_400), ("max_players", 1, 16)]:
        for value in [low - 1, high + 1, -1, 2**63 - 1, -2**63, 1.5, "5", True, [], {}]:
            answered = server.post(RELAYS, {name: value}, token=ada.access)
            refused(answered, 400, "bad_request", name)
        for raw in [b"1e2", b"100.0", b"9223372036854775808"]:
            answered = server.post(RELAYS, b'{"' + name.encode() + b'":' + raw + b"}", token=ada.access)
            refused(answered, 400, "bad_request", name)
        for value in [low, high]:
            # One account has room for four.
            fresh = Account(server)
            assert create(server, fresh, **{name: value})["options"][name] == value
    for value in ["true", 1, 0, [], {}]:
        refused(server.post(RELAYS, {"private": value}, token=ada.access), 400, "bad_request", "private")
    for body in [b"{", b"[]", b"null", b"\xff", b"{}{}", b'{"seconds":5,"seconds":6}', b"[" * 30_000]:
        refused(server.post(RELAYS, body, token=ada.access), 400, "bad_request")
    refused(server.post(RELAYS, b" " * 70_000, token=ada.access), 413, "body_too_large")
    assert found(server.get(RELAYS, token=ada.access), [RELAY]) != []
    assert query(server, "SELECT count(*) FROM relays") == [(14,)]


SCENARIOS = [relay_lobby, relay_options]
