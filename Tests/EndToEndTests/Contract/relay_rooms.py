"""The contract's rows about a relay's room: who hears what, in both forms of the WebSocket."""
import asyncio

from binary import BinarySocket
from client import Account, Guest, Server, Socket, handshake_status
from host import make_admin
from puzzles import solve, wrong
from relay_calls import RELAYS, STILL, UNKNOWN, create, do
from rooms import Listener, conserved, public, tells_no_answer
from shapes import RELAY, found, puzzle, refused

# Options of a relay whose points only an admin takes.
BY_HAND = {**STILL, "decay_points": 2}


def new_relay(server, who, **options):
    """The id of a new relay."""
    return create(server, who, **options)["relay_id"]


async def relay_room(server: Server):
    """Two players, a guest who watches, and one who comes late: all hear all, a puzzle's data its player."""
    ada, bob, admin = Account(server), Account(server), Account(server)
    make_admin(server, admin)
    relay = new_relay(server, ada, start_points=10, penalty=4, award=10, **BY_HAND)
    room = f"/game/{relay}"
    answers = []
    async with Listener(server, ada, room) as one, Listener(server, Guest(server), room, BinarySocket) as guest:
        for listener in [one, guest]:
            state = await listener.hears("relay_state")
            assert state["status"] == "waiting" and "puzzle" not in state and "reply_to" not in state
            # Nothing of the room comes before its state.
            assert listener.events(relay)[0] is state
        found(do(server, bob, relay, "join"), RELAY)
        joined = await guest.hears("team_status", status="waiting")
        assert [player["account"]["id"] for player in joined["players"]] == [ada.id, bob.id]
        async with Listener(server, bob, "", BinarySocket) as two:
            entered = await two.say("join", relay_id=relay)
            assert entered["type"] == "relay_state" and len(entered["players"]) == 2
            started = found(do(server, bob, relay, "start"), RELAY)
            for listener in [one, two, guest]:
                told = await listener.hears("relay_started")
                assert {**told, "type": 0} == {**started, "type": 0}
            mine = found(do(server, ada, relay, "puzzles"), puzzle, 201)
            assert (await one.hears("puzzle_assigned"))["puzzle"] == mine
            hers = found(do(server, bob, relay, "puzzles"), puzzle, 201)
            answers += [solve(server, mine), solve(server, hers)]
            # Right and wrong, on a socket: the answer is `ok`, and what became of it is told to all.
            say = {"relay_id": relay, "puzzle_id": mine["puzzle_id"]}
            failed = await one.say("answer", **say, answer=wrong(mine))
            assert failed == {"type": "ok", "reply_to": 1}
            assert (await guest.hears("puzzle_failed"))["penalty"] == 4
            soon = await one.say("answer", **say, answer=answers[0])
            assert (soon["type"], soon["code"]) == ("error", "rate_limited")
            assert 0 < soon["retry_after_ms"] <= 1_000
            await asyncio.sleep(soon["retry_after_ms"] / 1_000 + 0.02)
            assert (await one.say("answer", **say, answer=answers[0]))["type"] == "ok"
            solved = await two.hears("puzzle_solved")
            assert (solved["account"]["id"], solved["awarded_to"]["id"]) == (ada.id, bob.id)
            assert (solved["worth"], solved["puzzle_id"]) == (mine["worth"], mine["puzzle_id"])
            await one.hears("puzzle_assigned", account={"id": ada.id, "name": ada.name})
            async with Listener(server, Guest(server), room) as late:
                present = await late.hears("relay_state")
                heard = len(guest.events(relay))
                assert present["status"] == "running" and "puzzle" not in present
                ring = server.get(f"{RELAYS}/{relay}/points", token=ada.access).json
                assert present["players"] == ring
                do(server, admin, relay, "decay")
                say = {"relay_id": relay, "puzzle_id": hers["puzzle_id"]}
                assert (await two.say("answer", **say, answer=answers[1]))["type"] == "ok"
                await one.hears("puzzle_solved", puzzle_id=hers["puzzle_id"])
                await leave_and_return(server, ada, one, relay)
                # Until one is out: that ends it.
                for _ in range(20):
                    if do(server, admin, relay, "decay").json[0]["active"]:
                        continue
                    break
                for listener in [two, guest, late]:
                    ended = await listener.hears("relay_ended")
                    assert ended["reason"] in ("last_standing", "all_out")
                    assert [award["profile_points"] for award in ended["awards"]] == [
                        points for points in [who.earned for who in (ada, bob)] if points]
                # The same events in the same order, from wherever one came in.
                full = [public(event) for event in guest.events(relay)]
                assert [public(event) for event in two.events(relay)][1:] == full[2:]
                assert [public(event) for event in late.events(relay)][1:] == full[heard:]
                for listener in [two, guest, late]:
                    conserved(listener.events(relay))
                assert_private(guest, late)
                assert_private(two, own=bob.id)
                assert_private(one, own=ada.id)
                counts = [event["type"] for event in full]
                assert counts.count("puzzle_solved") == 2 and counts.count("puzzle_failed") == 1
                assert counts[-1] == "relay_ended" and counts.count("player_eliminated") >= 1
    tells_no_answer(server, answers)


async def leave_and_return(server, ada, one, relay):
    """A lost connection changes nothing: whoever returns has the same puzzle, and the present points."""
    kept = found(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), puzzle)
    one.socket.drop()
    finished, _ = await asyncio.wait([one.task], timeout=5)
    assert one.task in finished and one.task.exception() is not None
    for form, query in [(Socket, f"/game/{relay}"), (BinarySocket, f"/game/{relay}?play=1")]:
        async with Listener(server, ada, query, form) as back:
            state = await back.hears("relay_state")
            assert state["puzzle"] == kept
            assert state["players"] == server.get(f"{RELAYS}/{relay}/points", token=ada.access).json


def assert_private(*listeners, own=None):
    """A puzzle's data came to its player and to nobody else."""
    for listener in listeners:
        for event in listener.heard:
            if event["type"] == "puzzle_assigned":
                assert ("data" in event["puzzle"]) == (event["account"]["id"] == own), event
            if event["type"] == "relay_state" and own is None:
                assert "puzzle" not in event, event


async def relay_doors(server: Server):
    """Entering and leaving rooms, and what a socket may not do there."""
    ada, bob, guest = Account(server), Account(server), Guest(server)
    relay = new_relay(server, ada, start_points=9, penalty=1, **BY_HAND)
    for path in [f"/ws/game/{UNKNOWN}", "/ws/game/x", "/ws/game/", "/ws/game", f"/ws/game/{relay}/x"]:
        refused(server.get(path, token=ada.access), *(
            (426, "upgrade_required") if path.endswith(UNKNOWN) else (404, "not_found")))
        assert await handshake_status(server, ada.access, query=path[3:]) == 404, path
    assert await handshake_status(server, None, query=f"/game/{relay}") == 401
    assert await handshake_status(server, "x", query=f"/game/{relay}") == 401
    headers = {"Origin": "https://elsewhere.example"}
    assert await handshake_status(server, ada.access, query=f"/game/{relay}", headers=headers) == 403
    refused(server.post(f"/ws/game/{relay}", token=ada.access), 405, "method_not_allowed")
    refused(server.get(f"/ws/game/{relay}?play=2", token=ada.access), 400, "bad_request", "play")
    found(do(server, ada, relay, "start"), RELAY)
    mine = found(do(server, ada, relay, "puzzles"), puzzle, 201)
    for form in [Socket, BinarySocket]:
        async with Listener(server, ada, "", form) as one, Listener(server, guest, "", form) as watcher, \
                Listener(server, bob, "", form) as two:
            # The state with a reply_to; a player's with the open puzzle; a second time the same.
            for _ in range(2):
                state = await one.say("join", relay_id=relay)
                assert state["type"] == "relay_state" and state["puzzle"] == mine
                assert "puzzle" not in await watcher.say("join", relay_id=relay)
            for kind in ["join", "answer"]:
                fields = {"puzzle_id": mine["puzzle_id"], "answer": "x"} if kind == "answer" else {}
                gone = await one.say(kind, relay_id=UNKNOWN, **fields)
                assert (gone["type"], gone["code"]) == ("error", "not_found"), kind
            assert (await one.say("leave_room", relay_id=UNKNOWN))["type"] == "ok"
            for kind, fields in [
                    ("join", {}), ("join", {"relay_id": 5}), ("join", {"relay_id": "x"}),
                    ("join", {"relay_id": ""}), ("join", {"relay_id": None}), ("leave_room", {}),
                    ("leave_room", {"relay_id": []}), ("answer", {"relay_id": relay}),
                    ("answer", {"relay_id": relay, "puzzle_id": mine["puzzle_id"]}),
                    ("answer", {"relay_id": relay, "puzzle_id": mine["puzzle_id"], "answer": ""}),
                    ("answer", {"relay_id": relay, "puzzle_id": mine["puzzle_id"], "answer": 7}),
                    ("answer", {"relay_id": relay, "puzzle_id": mine["puzzle_id"], "answer": "x" * 65}),
                    ("answer", {"relay_id": relay, "puzzle_id": "x", "answer": "x"})]:
                refusal = await one.say(kind, **fields)
                assert (refusal["type"], refusal["code"]) == ("error", "bad_request"), (kind, fields)
            attempt = {"relay_id": relay, "puzzle_id": mine["puzzle_id"], "answer": "x"}
            assert (await watcher.say("answer", **attempt))["code"] == "sign_in_required"
            assert (await two.say("answer", **attempt))["code"] == "not_in_relay"
            unknown = await one.say("answer", **{**attempt, "puzzle_id": UNKNOWN})
            assert unknown["code"] in ("no_puzzle", "rate_limited")
            # Whoever left hears no more, and plays on by HTTP.
            assert await two.say("join", relay_id=relay)
            assert (await two.say("leave_room", relay_id=relay))["type"] == "ok"
            assert (await two.say("leave_room", relay_id=relay))["type"] == "ok"
            silent = len(two.events(relay))
            await asyncio.sleep(1.05)
            body = {"puzzle_id": mine["puzzle_id"], "answer": wrong(mine)}
            path = f"{RELAYS}/{relay}/puzzle/answer"
            assert server.post(path, body, token=ada.access).json["correct"] is False
            await watcher.hears("puzzle_failed")
            assert (await two.say("heartbeat"))["type"] == "heartbeat"
            assert len(two.events(relay)) == silent
            # A socket has room for four.
            others = [new_relay(server, Account(server)) for _ in range(4)]
            for other in others[:3]:
                assert (await watcher.say("join", relay_id=other))["type"] == "relay_state"
            full = await watcher.say("join", relay_id=others[3])
            assert (full["type"], full["code"]) == ("error", "relay_full")
            assert (await watcher.say("leave_room", relay_id=others[0]))["type"] == "ok"
            assert (await watcher.say("join", relay_id=others[3]))["type"] == "relay_state"
            await asyncio.sleep(1.05)


async def relay_clock(server: Server):
    """Points drain by themselves, everyone hears of each interval, and the last ones out end the relay."""
    ada, bob, guest = Account(server), Account(server), Guest(server)
    options = {"start_points": 7, "decay_points": 2, "decay_interval_ms": 150, "seconds": 60}
    relay = new_relay(server, ada, **options)
    async with Listener(server, guest, f"/game/{relay}") as watcher:
        found(do(server, bob, relay, "join"), RELAY)
        found(do(server, ada, relay, "start"), RELAY)
        ended = await watcher.hears("relay_ended")
        assert (ended["reason"], ended["awards"]) == ("all_out", [])
        events = watcher.events(relay)
        assert set(conserved(events).values()) == {0}
        drains = [event for event in events if event["type"] == "points_changed"]
        assert [event["players"][0]["points"] for event in drains] == [5, 3, 1, 0]
        assert [event["left_ms"] for event in drains] == [59_850, 59_700, 59_550, 59_400]
        assert [event["type"] for event in events].count("player_eliminated") == 2
        assert (await watcher.say("join", relay_id=relay))["status"] == "ended", "for a while it can be seen"
    relay = new_relay(server, ada, decay_points=0, decay_interval_ms=250, seconds=1)
    async with Listener(server, ada, f"/game/{relay}", BinarySocket) as one:
        found(do(server, bob, relay, "join"), RELAY)
        found(do(server, bob, relay, "start"), RELAY)
        ended = await one.hears("relay_ended")
        assert ended["reason"] == "time" and one.events(relay)[-2]["left_ms"] == 0
        assert [award["account"]["id"] for award in ended["awards"]] == [ada.id, bob.id]
        for who, award in zip([ada, bob], ended["awards"]):
            assert who.earned == award["profile_points"]


async def relay_idling(server: Server):
    """With idle-seconds 2: whoever is in a running relay isn't sent away, and an answer is a game action."""
    ada, bob, admin = Account(server), Account(server), Account(server)
    make_admin(server, admin)
    relay = new_relay(server, ada, start_points=2, penalty=0, **BY_HAND)
    found(do(server, ada, relay, "start"), RELAY)
    mine = found(do(server, ada, relay, "puzzles"), puzzle, 201)
    async with Socket(server, ada.access, "?play=1") as one, Socket(server, bob.access, "?play=1") as two:
        first = (await one.message("status", status="playing"))["idle_deadline_ms"]
        await asyncio.sleep(1)
        answered = await one.say("answer", relay_id=relay, puzzle_id=mine["puzzle_id"], answer=wrong(mine))
        assert answered["type"] == "ok"
        assert (await one.say("play"))["idle_deadline_ms"] >= first + 900
        assert await two.close_code() == 4001, "whoever isn't in one is sent away"
        await asyncio.sleep(2.5)
        assert (await one.say("heartbeat"))["type"] == "heartbeat", "the socket stays"
        assert do(server, admin, relay, "decay").json[0]["active"] is False
        assert await one.close_code() == 4001, "and goes once the relay is over"


SCENARIOS = [relay_room, relay_doors, relay_clock, relay_idling]
