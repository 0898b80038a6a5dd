"""The contract's rows about clicks and who pushes them."""
import asyncio
import json
import time

from binary import BinarySocket
from click_calls import (
    CURRENT, GAMES, PUSH, UNKNOWN, contributions, current, moment, push, pushed, sums)
from client import Account, Guest, Server, Socket, eventually
from host import query, stored
from shapes import RECEIPT, found, message, refused


async def clicking(server: Server):
    """With a click-push-rate of 1: who may push, which planet it is for, and what counts once."""
    game = current(server)
    assert (game["status"], game["click_push_rate_s"], game["winner"]) == ("active", 1, None)
    assert sums(game["planets"]) == {"earth": (0, 0), "mars": (0, 0)}
    assert [planet["name"] for planet in game["planets"]] == ["earth", "mars"]
    assert 590 < moment(game["ends_at"]) - moment(game["starts_at"]) < 610
    guest, account, other = Guest(server), Account(server), Guest(server)
    first = pushed(server, guest, [30, 23], "b-1")
    assert first == {"game_id": game["game_id"], "planet": "earth", "accepted": 53, "total": 53}
    # A name that comes again: the first answer, counted once, whatever stands in it, how often and how soon.
    for clicks in [[30, 23], [1], [5] * 64]:
        assert pushed(server, guest, clicks, "b-1") == first
    # The planet with fewer players, the first of equals.
    assert pushed(server, account, [10], "b-1")["planet"] == "mars", "another's name is another's"
    in_body = found(server.post(PUSH, {"clicks": [7], "anon_token": other.access}), RECEIPT)
    assert (in_body["planet"], in_body["total"]) == ("earth", 7)
    error = refused(push(server, guest, [1], "b-2"), 429, "push_too_soon")
    assert 0 < error["retry_after_ms"] <= 800
    await asyncio.sleep(error["retry_after_ms"] / 1000)
    # A name that was refused is still free.
    assert pushed(server, guest, [4, 2], "b-2") == {**first, "accepted": 6, "total": 59}
    assert pushed(server, guest, [9], "b-1") == first, "its total is the first answer's too"
    # Another sign-in of one account has the account's planet and pace, and a total of its own.
    twin = Account(server, key=account.key)
    assert twin.session != account.session
    await asyncio.sleep(0.5)
    assert pushed(server, twin, [3])["planet"] == "mars"
    refused(push(server, account, [3]), 429, "push_too_soon")
    await asyncio.sleep(1)
    assert pushed(server, account, [3])["total"] == 13
    await asyncio.sleep(1)
    assert pushed(server, account, [3])["total"] == 16, "without a name the same numbers count again"
    assert contributions(server, game["game_id"]) == {
        "earth": {guest.session: [30, 23, 4, 2], other.session: [7]},
        "mars": {account.session: [10, 3, 3], twin.session: [3]}}
    now = current(server)
    assert sums(now["planets"]) == {"earth": (66, 2), "mars": (19, 1)}
    assert server.call("HEAD", CURRENT).status == 200


async def implausible(server: Server):
    """With a click-push-rate of 1: what nobody could click, and what the time since the last push allows."""
    account, guest = Account(server), Guest(server)
    for clicks in [[], [0], [-1], [5, 0], [1] * 65, [201], [101, 100], [2**63 - 1], [-2**63], [2**62] * 4]:
        refused(push(server, account, clicks), 422, "implausible_clicks")
        refused(push(server, guest, clicks, "x"), 422, "implausible_clicks")
    def flags():
        return query(server, "SELECT account, reason FROM flags")
    # Three are a flag, one a game; a guest is no account.
    await eventually("a flag", lambda: flags() == [(stored(account.id), "implausible_clicks")])
    # A first push is credited ten intervals; later ones the time that passed, of which ten are the most.
    assert pushed(server, account, [100, 100], "x")["accepted"] == 200
    assert pushed(server, guest, [3] * 64, "x")["accepted"] == 192, "a refused name is free"
    await asyncio.sleep(1)
    refused(push(server, account, [60]), 422, "implausible_clicks")
    assert pushed(server, account, [20])["accepted"] == 20
    await asyncio.sleep(2.1)
    assert pushed(server, account, [42])["accepted"] == 42


async def bad_clicks(server: Server):
    """With a click-push-rate of 1: what isn't a push is refused, and counts nothing."""
    guest = Guest(server)
    for clicks in [None, "3", 3, {}, True, [1.5], ["1"], [None], [True], [[1]], [{}], [1, "2"]]:
        refused(push(server, guest, clicks), 400, "bad_request", "clicks")
    for raw in [b"[1e0]", b"[1.0]", b"[9223372036854775808]", b"[-9223372036854775809]", b"[1e999]"]:
        answer = server.post(PUSH, b'{"clicks":' + raw + b"}", token=guest.access)
        refused(answer, 400, "bad_request", "clicks")
    for batch in [1, "", "x" * 65, "é" * 65, ["x"], {}, True, "\U0001f468‍\U0001f469‍\U0001f467" * 65]:
        refused(push(server, guest, [1], batch), 400, "bad_request", "batch_id")
    for token in [1, [], {}, True]:
        refused(push(server, None, [1], anon_token=token), 400, "bad_request", "anon_token")
    deep = b'{"clicks":' + b"[" * 20_000 + b"]" * 20_000 + b"}"
    for body in [
            b"", b"{", b"[]", b"null", b'"x"', b"7", b"\xff", b'{"clicks":[1]} x', b'{"clicks":[01]}',
            b'{"clicks":[1],"clicks":[2]}', b'{"clicks":[1,]}', b"{'clicks':[1]}", b'{"clicks":[\xc0\x80]}',
            b'{"clicks":[1],"batch_id":"\xed\xa0\x80"}', b'{"clicks":[1],"batch_id":"\\ud800"}', deep, b"{}"]:
        refused(server.post(PUSH, body, token=guest.access), 400, "bad_request")
    large = json.dumps({"clicks": [1], "batch_id": "x" * 70_000}).encode()
    refused(server.post(PUSH, large, token=guest.access), 413, "body_too_large")
    for token in ["x", "a.b.c", guest.access[:-3] + "AAA", guest.access + "x"]:
        refused(server.post(PUSH, {"clicks": [1]}, token=token), 401, "unauthorized")
        refused(push(server, None, [1], anon_token=token), 401, "unauthorized")
        good = {"clicks": [1], "anon_token": guest.access}
        refused(server.post(PUSH, good, token=token), 401, "unauthorized")
    refused(push(server, None, [1]), 401, "unauthorized")
    refused(push(server, None, [1], anon_token=""), 401, "unauthorized")
    for method, path, allow in [
            ("GET", PUSH, "POST"), ("PUT", PUSH, "POST"), ("POST", CURRENT, "GET"), ("GET", GAMES, "POST"),
            ("DELETE", GAMES, "POST"), ("POST", f"{GAMES}/{UNKNOWN}/contributions", "GET"),
            ("POST", "/api/leaderboards/clicks", "GET")]:
        answer = server.call(method, path)
        refused(answer, 405, "method_not_allowed")
        assert set(answer.headers["Allow"].split(", ")) - {"HEAD"} == {allow}, answer.headers["Allow"]
    for game in [UNKNOWN, "x", "ffffffffffffff", "0" * 13, "..", "%00", "x" * 4_000]:
        refused(server.get(f"{GAMES}/{game}/contributions"), 404, "not_found")
    refused(server.get(f"{GAMES}/%ff/contributions"), 400, "bad_request")
    for board, status in [("clicks", 200), ("nothing", 404), ("Clicks", 404)]:
        assert server.get(f"/api/leaderboards/{board}").status == status, board
    for period in ["year", "", "DAY", "0"]:
        refused(server.get(f"/api/leaderboards/clicks?period={period}"), 400, "bad_request", "period")
    assert sums(current(server)["planets"]) == {"earth": (0, 0), "mars": (0, 0)}


async def batch_names(server: Server):
    """With a click-push-rate of 1: names that only look alike are different ones, and count once for long."""
    guest = Guest(server)
    names = ["x", "X", "x ", "\u0000", "\u0000\u0000", "😀" * 64, "\uffff", "'; --", "\u00e9", "e\u0301"]
    names += [f"n-{number}" for number in range(12)]
    for index, name in enumerate(names):
        total = pushed(server, guest, [1, 1], name)["total"]
        assert total == 2 * (index + 1), f"{name!r} was taken for another"
        await asyncio.sleep(0.9)
    for index, name in enumerate(names):
        assert pushed(server, guest, [9], name)["total"] == 2 * (index + 1), repr(name)


async def click_sockets(server: Server):
    """With a click-push-rate of 1: the same over the WebSocket, in both forms."""
    for number, form in enumerate([Socket, BinarySocket]):
        guest, watcher = Guest(server), Account(server)
        async with form(server, guest.access) as socket, form(server, watcher.access) as other:
            assert socket.welcome["click_push_rate_s"] == other.welcome["click_push_rate_s"] == 1
            before = sums(current(server)["planets"])
            home = ["earth", "mars"][number]
            answer = message(await socket.say("push_clicks", clicks=[30, 23], batch_id="n-1"))
            assert answer["type"] == "clicks_accepted" and answer["batch_id"] == "n-1", answer
            assert (answer["accepted"], answer["total"], answer["planet"]) == (53, 53, home)
            totals = message(await other.message("click_totals"))
            planet = before[home]
            while sums(totals["planets"])[home] != (planet[0] + 53, planet[1] + 1):
                totals = message(await other.message("click_totals"))
            assert "reply_to" not in totals and totals["status"] == "active"
            again = message(await socket.say("push_clicks", clicks=[1], batch_id="n-1"))
            assert {**again, "reply_to": 0} == {**answer, "reply_to": 0}
            # HTTP and socket are one sign-in's.
            assert pushed(server, guest, [8], "n-1")["total"] == 53
            soon = message(await socket.say("push_clicks", clicks=[1], batch_id="n-2"))
            assert (soon["type"], soon["code"]) == ("error", "push_too_soon"), soon
            assert 0 < soon["retry_after_ms"] <= 800
            for clicks in [[], [0], [-1], [1] * 65, [201]]:
                refusal = message(await socket.say("push_clicks", clicks=clicks, batch_id="n-3"))
                assert (refusal["type"], refusal["code"]) == ("error", "implausible_clicks"), clicks
            for fields in [
                    {"clicks": [1]}, {"batch_id": "x"}, {"clicks": "1", "batch_id": "x"},
                    {"clicks": [1.5], "batch_id": "x"}, {"clicks": [1], "batch_id": ""},
                    {"clicks": [1], "batch_id": "x" * 65}, {"clicks": [1], "batch_id": 5},
                    {"clicks": [None], "batch_id": "x"}, {}]:
                refusal = message(await socket.say("push_clicks", **fields))
                assert (refusal["type"], refusal["code"]) == ("error", "bad_request"), fields
            # Two of one name at once: both hear the same, and one counts.
            await asyncio.sleep(soon["retry_after_ms"] / 1000 + 0.2)
            twice = {"type": "push_clicks", "clicks": [2], "batch_id": "n-4"}
            for id_ in [901, 902]:
                await socket.link.send(socket.pack({**twice, "id": id_}))
            pair = [message(await socket.message("clicks_accepted")) for _ in range(2)]
            assert sorted(item.pop("reply_to") for item in pair) == [901, 902] and pair[0] == pair[1]
            assert pair[0]["total"] == 55
            # Without an id the answer has no reply_to.
            await asyncio.sleep(1)
            await socket.link.send(socket.pack({**twice, "batch_id": "n-5"}))
            assert "reply_to" not in message(await socket.message("clicks_accepted"))
            if form is BinarySocket:
                await one_form(socket)
        assert sum(planet["players"] for planet in current(server)["planets"]) == number + 1
    await totals_pace(server)


async def one_form(socket):
    """The JSON text inside a binary message has one form: no spaces, its members in order, nothing else."""
    for text in [
            b'{"type": "push_clicks","clicks":[1],"batch_id":"y"}',
            b'{"clicks":[1],"type":"push_clicks","batch_id":"y"}',
            b'{"type":"push_clicks","batch_id":"y","clicks":[1]}',
            b'{"type":"push_clicks","clicks":[1],"batch_id":"y","id":4}',
            b'{"type":"push_clicks","clicks":[1],"batch_id":"y"} ',
            b'{"type":"push_clicks","clicks":[1],"batch_id":"\\u0079"}', b'{"type":"play"}', b"", b"\xff",
            b'{"type":"click_totals"}', b'{"type":"place","x":1,"y":1,"color":1}']:
        await socket.link.send(b"\x87\x07" + text)
        refusal = message(await socket.message("error"))
        assert (refusal["reply_to"], refusal["code"]) == (7, "bad_request"), text


async def totals_pace(server):
    """Totals come no more often than each 200 ms, however many push, and the last ones are true."""
    watcher = Guest(server)
    async with Socket(server, watcher.access) as socket:
        begin, times, totals = time.monotonic(), [], None
        guests = [Guest(server) for _ in range(40)]
        for guest in guests:
            pushed(server, guest, [5], "p")
            await asyncio.sleep(0.02)
        true = current(server)["planets"]
        while totals is None or totals["planets"] != true:
            totals = message(await socket.message("click_totals"))
            times.append(time.monotonic())
        assert len(times) <= (times[-1] - begin) / 0.2 + 2, times


async def stale_clicks(server: Server):
    """With access tokens of 15 seconds: an ended token is told apart from a bad one, in the body too."""
    account = Account(server)
    assert found(push(server, None, [1], "a", anon_token=account.access), RECEIPT)["total"] == 1
    await asyncio.sleep(16)
    refused(push(server, None, [1], "b", anon_token=account.access), 401, "token_expired")
    refused(push(server, account, [1], "b"), 401, "token_expired")
    account.take(account.refresh())
    assert pushed(server, account, [1], "a")["total"] == 1, "a renewed token is the same sign-in's"
    assert pushed(server, account, [1], "b")["total"] == 2


SCENARIOS = [clicking, implausible, bad_clicks, batch_names, click_sockets, stale_clicks]
