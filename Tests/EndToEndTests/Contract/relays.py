"""The contract's rows about how a relay is played, over HTTP."""
import asyncio
import json
import time

from client import Account, Server, eventually
from host import make_admin
from puzzles import solve, wrong
from relay_calls import RELAYS, STILL, UNKNOWN, answer, create, do, new_puzzle, points, team
from rooms import tells_no_answer
from shapes import ATTEMPT, DATA, PLAYER, found, puzzle, refused


async def relay_play(server: Server):
    """Puzzles, answers, awards, penalties, going out and the end."""
    relay, (ada, bob, eve) = team(server, 3, start_points=12, award=10, penalty=5, **STILL)
    first = new_puzzle(server, ada, relay)
    refused(do(server, ada, relay, "puzzles"), 409, "puzzle_open")
    assert found(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), puzzle) == first
    refused(server.get(f"{RELAYS}/{relay}/puzzle", token=bob.access), 404, "no_puzzle")
    other = new_puzzle(server, bob, relay)
    assert other["puzzle_id"] != first["puzzle_id"]
    # Another's puzzle can't be answered, nor one that isn't there.
    refused(answer(server, ada, relay, other["puzzle_id"], solve(server, other)), 404, "no_puzzle")
    refused(answer(server, eve, relay, first["puzzle_id"], solve(server, first)), 404, "no_puzzle")
    await asyncio.sleep(1.05)
    failed = found(answer(server, ada, relay, first["puzzle_id"], wrong(first)), ATTEMPT)
    assert failed == {"correct": False, "points": 7, "awarded_to": None, "next_puzzle": None}
    assert found(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), puzzle) == first, "it stays open"
    # One answer a second, right or wrong, and one's own clock alone.
    error = refused(answer(server, ada, relay, first["puzzle_id"], solve(server, first)), 429, "rate_limited")
    assert 0 < error["retry_after_ms"] <= 1_000
    assert [player["points"] for player in points(server, ada, relay)] == [7, 12, 12]
    await asyncio.sleep(error["retry_after_ms"] / 1_000 + 0.02)
    right = f"  {solve(server, first).upper()} "
    solved = found(answer(server, ada, relay, first["puzzle_id"], right), ATTEMPT)
    assert (solved["correct"], solved["points"]) == (True, 7), "the solver's own points stay"
    assert solved["awarded_to"] == {"id": bob.id, "name": bob.name}, "the next in the ring"
    following = solved["next_puzzle"]
    assert following["puzzle_id"] != first["puzzle_id"]
    assert found(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), puzzle) == following
    assert [(player["points"], player["solves"]) for player in points(server, eve, relay)] == [
        (7, 1), (12 + first["worth"], 0), (12, 0)]
    await asyncio.sleep(1.05)
    refused(answer(server, ada, relay, first["puzzle_id"], right), 404, "no_puzzle")
    # A penalty takes no more than there is; who has nothing is out, and the award passes on.
    for left in [7, 2, 0]:
        await asyncio.sleep(1.05)
        mine = server.get(f"{RELAYS}/{relay}/puzzle", token=eve.access)
        mine = mine.json if mine.status == 200 else new_puzzle(server, eve, relay)
        assert found(answer(server, eve, relay, mine["puzzle_id"], wrong(mine)), ATTEMPT)["points"] == left
    await asyncio.sleep(1.05)
    refused(answer(server, eve, relay, mine["puzzle_id"], solve(server, mine)), 409, "player_out")
    refused(do(server, eve, relay, "puzzles"), 409, "player_out")
    refused(server.get(f"{RELAYS}/{relay}/puzzle", token=eve.access), 404, "no_puzzle")
    assert [player["active"] for player in points(server, ada, relay)] == [True, True, False]
    passed = found(answer(server, bob, relay, other["puzzle_id"], solve(server, other)), ATTEMPT)
    assert passed["awarded_to"]["id"] == ada.id, "past the one who is out"
    # An admin's step, and the end: the last one standing earns profile points.
    admin = Account(server)
    make_admin(server, admin)
    before = points(server, ada, relay)
    assert found(do(server, admin, relay, "decay"), [PLAYER]) == before, "this relay's decay takes nothing"
    steps = [7 + other["worth"]]
    while steps[-1] > 0:
        await asyncio.sleep(1.05)
        lost = answer(server, ada, relay, following["puzzle_id"], wrong(following))
        steps.append(found(lost, ATTEMPT)["points"])
    assert steps == list(range(steps[0], 0, -5)) + [0]
    final = points(server, ada, relay)
    assert [player["active"] for player in final] == [False, True, False]
    assert found(do(server, admin, relay, "decay"), [PLAYER]) == final, "after the end: unchanged"
    for who in [ada, bob]:
        refused(do(server, who, relay, "puzzles"), 409, "relay_not_running")
        refused(server.get(f"{RELAYS}/{relay}/puzzle", token=who.access), 404, "no_puzzle")
        last = passed["next_puzzle"]["puzzle_id"]
        refused(answer(server, who, relay, last, "x"), 409, "relay_not_running")
    refused(do(server, admin, relay, "join"), 409, "relay_started")
    assert relay not in [item["relay_id"] for item in server.get(RELAYS, token=ada.access).json]
    assert [who.earned > 0 for who in [ada, bob, eve]] == [False, True, False]
    for period in ["day", "week", "all"]:
        board = server.get(f"/api/leaderboards/relay?period={period}").json
        assert (board["board"], board["period"]) == ("relay", period)
        (entry,) = board["entries"]
        assert entry == {
            "rank": 1, "account": {"id": bob.id, "name": bob.name}, "score": bob.earned}


async def relay_puzzles(server: Server):
    """Every kind of puzzle, ever harder, with one right answer that nobody is told."""
    relay, players = team(server, 16, max_players=16, start_points=1_000, award=8, **STILL)
    open_, kinds, answers, worths = {}, {}, set(), {player.id: [] for player in players}
    for player in players:
        open_[player.id] = new_puzzle(server, player, relay)
    for _ in range(9):
        for player in players:
            mine = open_[player.id]
            right = solve(server, mine)
            kinds.setdefault(mine["type"], 0)
            kinds[mine["type"]] += 1
            answers.add(right)
            worths[player.id].append(mine["worth"])
            assert json.dumps(right, ensure_ascii=False) not in json.dumps(
                {**mine, "data": {**mine["data"], "words": [], "people": [], "items": []}}, ensure_ascii=False)
            text = {"arithmetic": f" +{right}", "sequence": f"{right} ", "anagram": right.title()}.get(
                mine["type"], f"\t{right.upper()}\u200b")
            text = right if right.startswith("-") else text
            solved = found(answer(server, player, relay, mine["puzzle_id"], text), ATTEMPT)
            assert solved["correct"], (mine, text)
            open_[player.id] = solved["next_puzzle"]
        await asyncio.sleep(1.01)
    assert set(kinds) == set(DATA), kinds
    for worth in worths.values():
        assert worth == sorted(worth) and worth[0] == 8 < worth[-1], worth
    ring = points(server, players[0], relay)
    assert [player["solves"] for player in ring] == [9] * 16
    assert sum(player["points"] for player in ring) == 16_000 + sum(map(sum, worths.values()))
    tells_no_answer(server, answers)


async def bad_answers(server: Server):
    """What isn't an answer is refused, costs nothing, and leaves the puzzle open."""
    relay, (ada, bob) = team(server, 2, start_points=9, penalty=1, **STILL)
    mine = new_puzzle(server, ada, relay)
    good = {"puzzle_id": mine["puzzle_id"], "answer": "x"}
    for name, values in {
            "puzzle_id": [None, 1, "", "x", UNKNOWN + "0", UNKNOWN.upper(), [], {}, "é" * 13, "z" * 13],
            "answer": [None, 1, 1.5, True, [], {}, "", "x" * 65, "é" * 65, "😀" * 65, ["x"]]}.items():
        for value in values:
            answered = do(server, ada, relay, "puzzle/answer", {**good, name: value})
            refused(answered, 400, "bad_request", name)
        answered = do(server, ada, relay, "puzzle/answer", {k: v for k, v in good.items() if k != name})
        refused(answered, 400, "bad_request", name)
    for body in [b"", b"{", b"[]", b"\xff", b"null", b'{"puzzle_id":' + b"[" * 20_000,
                 b'{"puzzle_id":"' + mine["puzzle_id"].encode() + b'","answer":"\xff"}',
                 b'{"puzzle_id":"' + mine["puzzle_id"].encode() + b'","answer":"\\ud83d"}']:
        refused(do(server, ada, relay, "puzzle/answer", body), 400, "bad_request")
    refused(do(server, ada, relay, "puzzle/answer", b"x" * 70_000), 413, "body_too_large")
    other, (eve, _) = team(server, 2, **STILL)
    foreign = new_puzzle(server, eve, other)
    refused(answer(server, ada, other, foreign["puzzle_id"], "x"), 403, "not_in_relay")
    refused(answer(server, ada, other, mine["puzzle_id"], "x"), 403, "not_in_relay")
    refused(answer(server, eve, other, mine["puzzle_id"], "x"), 404, "no_puzzle")
    assert points(server, ada, relay)[0]["points"] == 9
    assert found(server.get(f"{RELAYS}/{relay}/puzzle", token=ada.access), puzzle) == mine
    # Any text of 1 to 64 characters is an answer, and a wrong one at that.
    for text in ["\u0000", " ", "😀" * 64, "9" * 64, "-" * 64, "a\u0301" * 64, "\u202e9876543210", "٣" * 30]:
        failed = found(answer(server, ada, relay, mine["puzzle_id"], text), ATTEMPT)
        assert failed["correct"] is False, text
        await asyncio.sleep(1.01)
    assert points(server, bob, relay)[0] == {
        "account": {"id": ada.id, "name": ada.name}, "points": 1, "active": True, "solves": 0}


async def decay_by_hand(server: Server):
    """An admin lets an interval pass; all out at once is an end too, and whoever plays alone practises."""
    admin = Account(server)
    make_admin(server, admin)
    quick = {"start_points": 5, "decay_points": 2, "decay_interval_ms": 3_600_000, "seconds": 86_400}
    relay, (ada, bob) = team(server, 2, **quick)
    for left in [3, 1, 0, 0]:
        ring = found(do(server, admin, relay, "decay"), [PLAYER])
        assert [(player["points"], player["active"]) for player in ring] == [(left, left > 0)] * 2
    assert ada.earned == bob.earned == 0, "nobody survived"
    waiting = create(server, ada, **quick)["relay_id"]
    assert found(do(server, admin, waiting, "decay"), [PLAYER])[0]["points"] == 5, "it doesn't run yet"
    alone, (eve,) = team(server, 1, **{**quick, "decay_points": 0})
    mine = new_puzzle(server, eve, alone)
    solved = found(answer(server, eve, alone, mine["puzzle_id"], solve(server, mine)), ATTEMPT)
    assert solved["awarded_to"]["id"] == eve.id and solved["points"] == 5 + mine["worth"]
    # Time up: after as many intervals as it lasts.
    for _ in range(24):
        assert found(do(server, admin, alone, "decay"), [PLAYER])[0]["active"]
    refused(do(server, eve, alone, "puzzles"), 409, "relay_not_running")
    assert eve.earned == 0
    # By itself, as the clock goes: whoever is gone loses points too.
    relay, (ada, bob) = team(server, 2, start_points=6, decay_points=1, decay_interval_ms=200, seconds=60)
    seen = [6]
    while seen[-1] > 0:
        seen.append(points(server, ada, relay)[0]["points"])
        assert seen[-2] - 2 <= seen[-1] <= seen[-2]
        await asyncio.sleep(0.03)
    relay, (ada, bob) = team(server, 2, decay_points=0, decay_interval_ms=100, seconds=1)
    begin = time.monotonic()
    await eventually("its time", lambda: do(server, ada, relay, "puzzles").body.count(b"_not_running"), 5)
    assert 0.8 < time.monotonic() - begin < 3
    assert ada.earned == bob.earned > 0, "both survived"


SCENARIOS = [relay_play, relay_puzzles, bad_answers, decay_by_hand]
