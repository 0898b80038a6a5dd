"""The contract's rows about click games in their order: who may order one, and what comes when."""
import json
import time

from click_calls import (
    CURRENT, GAMES, contributions, current, in_seconds, moment, push, pushed, sums)
from client import Account, Guest, Server, Socket, eventually
from host import make_admin, query, stored
from shapes import GAME, found, fits, message, refused


async def ordered_games(server: Server):
    """With click-game-seconds 0 and a click-push-rate of 1: games run when an admin says so."""
    for answer in [server.get(CURRENT), push(server, Guest(server), [1])]:
        refused(answer, 409, "no_active_game")
    admin, player, guest = Account(server), Account(server), Guest(server)
    make_admin(server, admin)
    order = {"starts_at": in_seconds(2), "seconds": 4, "planets": ["venus", "saturn", "jupiter"]}
    refused(server.post(GAMES, order), 401, "unauthorized")
    refused(server.post(GAMES, order, token="x"), 401, "unauthorized")
    refused(server.post(GAMES, order, token=guest.access), 403, "sign_in_required")
    refused(server.post(GAMES, order, token=player.access), 403, "forbidden")
    for name, values in {
            "seconds": [0, -1, 604_801, 2**63 - 1, 1.5, "4", True, []],
            "planets": [
                [], ["mars"], ["mars", "mars"], ["mars", "pluto"], "mars", [1, 2], {}, ["mars", ""],
                ["mars", "Earth"], ["earth", "mars", "venus", "jupiter", "saturn", "neptune"] * 2],
            "starts_at": [
                "", "tomorrow", 5, "2026-01-01", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", [],
                "1999-01-01T00:00:00Z", "2026-01-01T00:00:00", "x" * 5_000]}.items():
        for value in values:
            answer = server.post(GAMES, {**order, name: value}, token=admin.access)
            refused(answer, 400, "bad_request", name)
    for name in ["seconds", "planets"]:
        body = {key: value for key, value in order.items() if key != name}
        refused(server.post(GAMES, body, token=admin.access), 400, "bad_request", name)
    refused(server.get(CURRENT), 409, "no_active_game")
    async with Socket(server, guest.access) as socket:
        early = message(await socket.say("push_clicks", clicks=[1], batch_id="e"))
        assert (early["type"], early["code"]) == ("error", "no_active_game")
        order["starts_at"] = in_seconds(2)
        game = found(server.post(GAMES, order, token=admin.access), GAME, 201)
        assert game["status"] == "scheduled" and game["starts_at"] == order["starts_at"]
        assert abs(moment(game["ends_at"]) - moment(game["starts_at"]) - 4) < 0.002
        assert current(server) == game
        refused(push(server, guest, [1]), 409, "no_active_game")
        clash = {**order, "starts_at": in_seconds(4)}
        refused(server.post(GAMES, clash, token=admin.access), 409, "game_overlaps")
        await eventually("the game", lambda: current(server)["status"] == "active")
        assert moment(game["starts_at"]) <= time.time() < moment(game["starts_at"]) + 1
        refused(server.post(GAMES, clash, token=admin.access), 409, "game_overlaps")
        others = [Account(server) for _ in range(3)]
        planets = [pushed(server, who, [count])["planet"] for who, count in zip(others, [50, 50, 9])]
        assert planets == ["venus", "saturn", "jupiter"]
        assert pushed(server, guest, [40], "g")["planet"] == "venus"
        ended = message(await socket.message("click_totals", status="finished"))
        assert (ended["game_id"], ended["winner"]) == (game["game_id"], "venus")
        assert time.time() - moment(game["ends_at"]) < 1
        refused(push(server, guest, [1], "late"), 409, "no_active_game")
        assert pushed(server, guest, [1], "g")["total"] == 40, "a name is known after the game, too"
    last = current(server)
    assert (last["status"], last["winner"]) == ("finished", "venus")
    assert sums(last["planets"]) == {"venus": (90, 2), "saturn": (50, 1), "jupiter": (9, 1)}
    assert contributions(server, game["game_id"]) == {
        "venus": {others[0].session: [50], guest.session: [40]},
        "saturn": {others[1].session: [50]}, "jupiter": {others[2].session: [9]}}
    stored_text, = query(server, "SELECT click_contributions FROM game_queue WHERE id = ?",
                         stored(game["game_id"]))[0]
    assert json.loads(stored_text) == contributions(server, game["game_id"])
    points = [who.earned for who in others]
    assert points[0] > points[1] >= points[2] > 0, points
    assert player.earned == 0
    for period in ["day", "week", "all", None]:
        query_ = "" if period is None else f"?period={period}"
        board = found(server.get(f"/api/leaderboards/clicks{query_}"), dict)
        fits(board, {"board": "clicks", "period": period or "all", "entries": list})
        rows = [(entry["rank"], entry["account"]["id"], entry["score"]) for entry in board["entries"]]
        # Both of the first reached it in the same commit, so they stand by their ids.
        first = [(1, id, 50) for id in sorted(who.id for who in others[:2])]
        assert rows == first + [(3, others[2].id, 9)], rows
        assert all(set(entry) == {"rank", "account", "score"} for entry in board["entries"])
    # Without a time it begins at once, and is another game with the same sign-in's total from 0.
    order = {"seconds": 60, "planets": ["mars", "earth"]}
    now = found(server.post(GAMES, order, token=admin.access), GAME, 201)
    await eventually("the next game", lambda: current(server)["status"] == "active")
    assert now["game_id"] == current(server)["game_id"] != game["game_id"]
    assert pushed(server, guest, [2], "h")["total"] == 2
    assert contributions(server, now["game_id"]) == {"mars": {guest.session: [2]}, "earth": {}}
    soon = {**order, "starts_at": in_seconds(61), "seconds": 1}
    assert found(server.post(GAMES, soon, token=admin.access), GAME, 201)["status"] == "scheduled"
    assert current(server)["game_id"] == now["game_id"], "the one that runs comes first"


async def games_in_line(server: Server):
    """With click-game-seconds 0 and a click-push-rate of 1: the next in line starts by itself."""
    admin, guest = Account(server), Guest(server)
    make_admin(server, admin)
    games = []
    for begin in [0.5, 2.5, 4.5]:
        order = {"starts_at": in_seconds(begin), "seconds": 1, "planets": ["mars", "earth"]}
        games.append(found(server.post(GAMES, order, token=admin.access), GAME, 201)["game_id"])
    for number, game in enumerate(games):
        await eventually(f"game {number}", lambda: sole(server, game, "active"), 5)
        assert pushed(server, guest, [3], f"n-{number}")["game_id"] == game
        await eventually(f"the end of game {number}", lambda: not sole(server, game, "active"), 5)
        assert contributions(server, game) == {"mars": {guest.session: [3]}, "earth": {}}
    statuses = query(server, "SELECT status, winner FROM game_queue ORDER BY number")
    assert statuses == [("finished", "mars")] * 3, statuses


def sole(server, game, status):
    """Whether a game is the current one in a state, and at most one runs."""
    running = query(server, "SELECT count(*) FROM game_queue WHERE status = 'active'")
    assert running in [[(0,)], [(1,)]], running
    now = current(server)
    return (now["game_id"], now["status"]) == (game, status)


async def routine_games(server: Server):
    """With click-game-seconds 3 and a click-push-rate of 1: the next starts by itself, and makes way."""
    first, guest = current(server), Guest(server)
    assert pushed(server, guest, [5])["game_id"] == first["game_id"]
    await eventually("another game", lambda: current(server)["game_id"] != first["game_id"])
    second = current(server)
    assert second["status"] == "active" and moment(second["starts_at"]) >= moment(first["ends_at"])
    assert contributions(server, first["game_id"]) == {"earth": {guest.session: [5]}, "mars": {}}
    assert pushed(server, guest, [5])["total"] == 5
    admin = Account(server)
    make_admin(server, admin)
    order = {"starts_at": in_seconds(1), "seconds": 30, "planets": ["neptune", "venus"]}
    ordered = found(server.post(GAMES, order, token=admin.access), GAME, 201)
    assert current(server)["ends_at"] <= ordered["starts_at"]
    await eventually("the ordered game", lambda: sole(server, ordered["game_id"], "active"))
    at_once = {"seconds": 5, "planets": ["mars", "venus"]}
    refused(server.post(GAMES, at_once, token=admin.access), 409, "game_overlaps")
    assert sole(server, ordered["game_id"], "active")


SCENARIOS = [ordered_games, games_in_line, routine_games]
