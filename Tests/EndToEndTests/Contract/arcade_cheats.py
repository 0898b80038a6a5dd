"""The contract's rows about arcade games, against who wouldn't play fair: never paid, always flagged."""
import asyncio
import json
import time

from arcade import Player, nothing_paid, refuse_start
from arcade_runs import board
from binary import BinarySocket, number
from client import Server, Socket
from host import books, flags, listed, query, stored
from shapes import message


async def caught(server, player, reasons):
    """Holds that someone was never paid, is on no board, and is to be reviewed for just that."""
    # A flag waits for nobody, so it may come a moment later than the answer.
    deadline = time.monotonic() + 10
    found = []
    while len(found) < len(reasons) and time.monotonic() < deadline:
        # In a thread, as others are playing.
        found = await asyncio.to_thread(flags, server, player.account)
    assert found == reasons, (found, reasons)
    assert player.points == 10, "the bonus of the day and nothing else"
    assert query(
        server, "SELECT reason FROM point_entries WHERE account = ?", stored(player.account.id)) == [
        ("login_bonus",)]
    for game in ["dot", "shaky_dot", "steps"]:
        assert player.account.id not in [account for _, account, _ in board(server, game)]


async def too_fast(server, player):
    """Bursts: 8 points within a second are one, and the third within ten seconds ends the run."""
    run = await player.start("dot")
    answer, points = {"type": "score"}, 0
    while answer["type"] == "score":
        points += 1
        await run.until(points * 90)
        answer = await run.aim()
    assert answer["code"] == "point_rejected", answer
    assert points >= 24
    assert (await run.over("burst", 5))["score"] == points
    await caught(server, player, ["burst"])


async def in_the_past(server, player):
    """A time that no latency explains, and one that doesn't move forward."""
    for t_ms in [0, 1_200]:
        run = await player.start("shaky_dot")
        await run.until(1_200)
        first = run.claim(1_200)
        assert (await run.say(**first))["type"] == "score"
        await run.until(4_000 if t_ms == 0 else 1_300)
        await run.refused("point_rejected", **{**run.claim(1_200), "t_ms": t_ms})
        await run.over("rejected", 5)
    await caught(server, player, ["point_in_past"] * 2)


async def too_late(server, player):
    """A slow line may hold up as many points as it likes, and no more than two longer than that."""
    run = await player.start("dot")
    await run.until(4_000)
    for late_ms in [1_000, 1_000, 1_500, 2_000, 3_000, 3_000]:
        await run.refused("point_rejected", **run.claim(run.now_ms - late_ms))
        # Its number is used up.
        run.seq += 1
    await run.hit()
    assert (run.seq, run.hits) == (7, 1)
    assert flags(server, player.account) == []
    await run.until(8_000)
    await run.refused("point_rejected", **run.claim(run.now_ms - 3_000))
    assert (await run.over("rejected", 5))["score"] == 1
    await caught(server, player, ["point_in_past"])


async def in_the_future(server, player):
    run = await player.start("dot")
    await run.until(300)
    await run.hit()
    await run.refused("point_rejected", **run.claim(run.now_ms + 1_500))
    await run.over("rejected", 5)
    # All of a run's steps at once, as if time had passed.
    run = await player.start("steps")
    for step in range(25):
        answer = await run.say(**run.claim(2_000 * (step + 1)))
        if answer["type"] == "error":
            break
    assert answer["code"] == "point_rejected" and run.hits < 2
    await run.over("rejected", 5)
    await caught(server, player, ["point_in_future"] * 2)


async def off_the_dot(server, player):
    """One pixel beside it, somewhere else, and outside of the field."""
    misses = [("dot", 2, 0), ("shaky_dot", 0, 12), ("steps", 1, 0)]
    for game, dx, dy in misses:
        run = await player.start(game)
        await run.until(300)
        await run.hit()
        await run.until(600)
        claim = run.claim(run.now_ms)
        await run.refused("point_rejected", **{**claim, "x": claim["x"] + dx, "y": claim["y"] + dy})
        await run.over("rejected", 5)
    await caught(server, player, ["off_target"] * 3)


async def replayed(server, player):
    """The same message again, a number left out, and an old number with new fields."""
    for seq in [1, 3, 0]:
        run = await player.start("dot")
        await run.until(200)
        first = run.claim(run.now_ms)
        assert (await run.say(**first))["type"] == "score"
        await run.until(400)
        again = first if seq == 1 else run.claim(run.now_ms, seq=seq)
        await run.refused("point_rejected", **again)
        await run.over("rejected", 5)
    await caught(server, player, ["replayed_point"] * 3)


async def after_the_end(server, player):
    run = await player.start("dot")
    await run.until(200)
    await run.hit()
    # What was on its way when the run ended is refused and means nothing.
    await player.socket.link.send(player.socket.pack({"type": "end_run", "run_id": run.id}))
    await run.refused("run_over", **run.claim(run.now_ms))
    await run.over("left", 5)
    assert flags(server, player.account) == []
    await run.refused("run_over", **{**run.claim(run.now_ms), "t_ms": 30_001})
    await caught(server, player, ["point_after_end"])


async def for_another(server, player):
    """Points and ends for someone else's run, which goes on untouched; one that there is none of is nobody's."""
    async with Player(server, BinarySocket) as victim:
        run = await victim.start("steps")
        await run.until(100)
        await run.hit()
        claim = run.claim(run.now_ms)
        for kind, fields in [
                ("point", claim), ("end_run", {"run_id": run.id}),
                ("point", {**claim, "run_id": "0123456789abc"})]:
            answer = message(await player.socket.say(kind, **fields))
            assert (answer["type"], answer["code"]) == ("error", "not_found"), answer
        await run.until(300)
        await run.hit()
        nothing_paid(message(await victim.socket.say("end_run", run_id=run.id)))
        # Nor is a run that is over anyone else's.
        answer = message(await player.socket.say("end_run", run_id=run.id))
        assert answer["code"] == "not_found", answer
        assert flags(server, victim.account) == []
    await caught(server, player, ["foreign_run"] * 3)


async def two_at_once(server, player):
    run = await player.start("dot")
    await refuse_start(player.socket, "dot", "run_open")
    await refuse_start(player.socket, "steps", "run_open")
    await run.until(100)
    await run.hit()
    nothing_paid(message(await player.socket.say("end_run", run_id=run.id)))
    await caught(server, player, ["second_run"] * 2)


async def impossible(server, player):
    """All steps in less time than anyone takes: two bursts, which is what a run survives, and a pause."""
    run = await player.start("steps")
    for step in range(25):
        await run.until((step + 1) * 50 if step < 23 else 2_300 + step)
        await run.hit()
    ended = await run.over("rejected", 5)
    assert 2_300 <= ended["score"] < 4_000
    await caught(server, player, ["impossible_score"])


CHEATS = [
    too_fast, in_the_past, too_late, in_the_future, off_the_dot, replayed, after_the_end, for_another,
    two_at_once, impossible]


async def cheating(server: Server):
    """Every cheat in both forms of the socket."""
    async def tried(cheat, form):
        async with Player(server, form) as player:
            try:
                await cheat(server, player)
            except AssertionError as failure:
                raise AssertionError(f"{cheat.__name__}, {form.subprotocol}") from failure
    await asyncio.gather(*[tried(cheat, form) for cheat in CHEATS for form in [Socket, BinarySocket]])
    assert query(server, "SELECT count(*) FROM arcade_games WHERE profile_points > 0 OR rank IS NOT NULL") == [
        (0,)]
    books(server)
    evidence = [flag["evidence"] for flag in listed(server, "review")["flags"]]
    assert len(evidence) == 2 * 19 and all(len(text) > 10 for text in evidence), len(evidence)


async def bad_points(server: Server):
    """What is no message of a run is answered by an error, and the run goes on."""
    for form in [Socket, BinarySocket]:
        async with Player(server, form) as player:
            socket = player.socket
            for game in [None, 1, "", "Dot", "dot ", "dot\0", "dots", ["dot"], {}, True, "x" * 3_000, "🙂"]:
                answer = message(await socket.say("start_run", game=game))
                assert (answer["type"], answer["code"]) == ("error", "bad_request"), game
            assert (await socket.say("start_run"))["code"] == "bad_request"
            run = await player.start("dot")
            good = {"run_id": run.id, "seq": 1, "x": 1, "y": 1, "t_ms": 1}
            wrong = [None, "1", "", 1.5, True, [], {}, [1], -1, 10_000_001, 2**63 - 1, -2**63, "1\0"]
            for name in good:
                for value in wrong if name != "run_id" else wrong + ["x" * 13, run.id.upper(), run.id + "0"]:
                    answer = message(await socket.say("point", **{**good, name: value}))
                    assert (answer["type"], answer["code"]) == ("error", "bad_request"), (name, value)
                    assert name in answer["message"], answer
                answer = message(await socket.say("point", **{k: v for k, v in good.items() if k != name}))
                assert answer["code"] == "bad_request" and name in answer["message"], answer
            for value in wrong:
                answer = message(await socket.say("end_run", run_id=value))
                assert (answer["type"], answer["code"]) == ("error", "bad_request"), value
            await hostile_text(socket, run.id)
            assert (await socket.say("heartbeat"))["type"] == "heartbeat"
            await run.hit()
            nothing_paid(message(await socket.say("end_run", run_id=run.id)))
            assert flags(server, player.account) == [], "nobody is flagged for what isn't even a point"


async def hostile_text(socket, run):
    """Numbers that no machine has, members that stand twice, and what is no JSON."""
    point = '{"type":"point","run_id":"' + run + '","seq":1,"x":%s,"y":1,"t_ms":1}'
    texts = [point % value for value in [
        "1e9999", "1e2", "1.0", "-1", "01", "9223372036854775808", "1" * 3_000, "NaN", "Infinity", "0x1",
        "[" * 1_500, '"\\u0000"', '"\\ud800"', "", "1,\"x\":2"]]
    texts += [
        '{"type":"start_run","game":"dot","game":"steps"}', '{"type":"end_run"}', '{"type":"run_started"}',
        '{"type":"start_run","game":"d\\u0000ot"}', '{"type":"point"', '{"type":"score","run_id":"' + run + '"}']
    is_binary = socket.subprotocol == BinarySocket.subprotocol
    for text in texts:
        socket.number += 1
        if is_binary:
            await socket.link.send(b"\x87" + number(socket.number) + text.encode())
            answer = message(await socket.message("error", reply_to=socket.number))
        else:
            await socket.link.send(text)
            answer = message(await socket.message("error"))
        assert answer["code"] == "bad_request", (text, answer)
    if is_binary:
        # One message has one form: the same members in another order are none.
        members = {"type": "point", "seq": 1, "run_id": run, "x": 1, "y": 1, "t_ms": 1}
        await socket.link.send(b"\x87\x07" + json.dumps(members, separators=(",", ":")).encode())
        assert message(await socket.message("error", reply_to=7))["code"] == "bad_request"


SCENARIOS = [cheating, bad_points]
