"""The contract's rows about arcade games, played as people play them."""
import asyncio
import contextlib
import sqlite3
import time

from arcade import Player, nothing_paid, refuse_start, start
from binary import BinarySocket
from client import Account, Guest, Server, Socket, eventually
from host import RULES, OwnServer, books, flags, query, stored
from shapes import BOARD, ME, found, message, refused

# What `assets/arcade.json` has: the last rank of each multiplier, in percent.
PLACES = [(1, 300), (2, 250), (3, 200), (10, 150), (2**53, 100)]
BONUS = {"points": 10, "streak_days": 1}
DAY_MS = 86_400_000


def percent(rank):
    return next(percent for last, percent in PLACES if rank <= last)


def board(server, game, period="all"):
    """A leaderboard's places, best first."""
    answer = found(server.get(f"/api/leaderboards/{game}?period={period}"), BOARD)
    assert (answer["board"], answer["period"]) == (game, period)
    return [(entry["rank"], entry["account"]["id"], entry["score"]) for entry in answer["entries"]]


def ranked(bests, is_better):
    """The board of some accounts' bests: equal scores share a rank, the next one counts them all."""
    return sorted(
        (1 + sum(is_better(other, score) for other in bests.values()), account, score)
        for account, score in bests.items())


def holds(server, game, bests, is_better):
    for period in ["day", "week", "all"]:
        places = board(server, game, period)
        assert sorted(places) == ranked(bests, is_better), (places, bests)
        assert [rank for rank, _, _ in places] == sorted(rank for rank, _, _ in places), "best first"


def paid(server, account):
    """What an account's runs were paid, as the books have it."""
    return [points for points, in query(
        server, "SELECT points FROM point_entries WHERE account = ? AND reason = 'arcade' ORDER BY id",
        stored(account.id))]


async def timed_runs(server: Server):
    """With idle-seconds 3: half a minute of both dots, by many at once; places, multipliers and boards."""
    hits = {"dot": [4, 9, 9, 2, 12, 7, 3, 12, 5, 6, 8, 1, 1, 0], "shaky_dot": [6, 3, 6]}
    players = {
        game: [Player(server, [Socket, BinarySocket][n % 2]) for n in range(len(scores))]
        for game, scores in hits.items()}
    late, quick, idle = Player(server), Player(server, BinarySocket), Player(server)
    everyone = [player for group in players.values() for player in group] + [late, quick, idle]
    for player in everyone:
        await player.__aenter__()
    assert (await idle.socket.say("play"))["status"] == "playing"
    runs = {game: [] for game in hits}
    for game, group in players.items():
        for player in group:
            runs[game].append(await player.start(game))
            # Runs end in the order in which they begin.
            await asyncio.sleep(0.06)
    odd = [await late.start("shaky_dot"), await quick.start("dot"), await idle.start("shaky_dot")]
    await asyncio.gather(
        after_end(odd[0]), too_good(odd[1]), at_leisure(odd[2]),
        *[run.play(count, 29_500) for game in hits for run, count in zip(runs[game], hits[game])])
    for game, scores in hits.items():
        bests = {}
        for run, player, score in zip(runs[game], players[game], scores):
            ended = await run.over("time")
            rank = 1 + sum(other > score for other in bests.values())
            expected = (score, rank, percent(rank) / 100, score * percent(rank) // 100)
            if score == 0:
                # A run without a hit has no place.
                expected = (0, None, None, 0)
            assert expected == tuple(
                ended[name] for name in ["score", "rank", "multiplier", "profile_points"]), (ended, rank)
            if score > 0:
                bests[player.account.id] = score
            me = found(player.account.me(), ME)
            assert (me["points"], me["login_bonus"]) == (10 + expected[3], BONUS), me
            assert paid(server, player.account) == ([expected[3]] if expected[3] else [])
            assert flags(server, player.account) == []
        if game == "shaky_dot":
            bests[idle.account.id] = 1
        holds(server, game, bests, lambda one, other: one > other)
    for player, reason in [(late, "point_after_end"), (quick, "impossible_score")]:
        assert player.points == 10 and flags(server, player.account) == [reason]
    for player in everyone:
        await player.__aexit__()
    assert books(server) == len(everyone)


async def after_end(run):
    """A point just past the game's time."""
    await run.play(3, 20_000)
    await run.until(30_100)
    await run.refused("point_rejected", **run.claim(run.now_ms))
    assert (await run.over("rejected"))["score"] == 3


async def too_good(run):
    """More hits than anyone makes, none of them wrong by itself."""
    await run.play(160, 29_800)
    assert (await run.over("rejected"))["score"] == 160


async def at_leisure(run):
    """Whoever is in a run stays, however long ago the last hit was, and goes once it is over."""
    await run.until(2_000)
    await run.hit()
    ended = await run.over("time")
    assert (ended["score"], run.now_ms >= 30_000) == (1, True)
    await run.socket.message("status", status="afk", patience=5)
    assert await run.socket.close_code() == 4001


async def steps_runs(server: Server):
    """Numbers in order: the time is the score, the lowest first, and pays what is left to par."""
    players = [Player(server, form) for form in [Socket, BinarySocket, Socket, BinarySocket]]
    for player in players:
        await player.__aenter__()
    bests, earned = {}, {player: [] for player in players}

    async def race(player, step_ms):
        run = await player.start("steps")
        for number in range(25):
            await run.until((number + 1) * step_ms)
            await run.hit()
        ended = await run.over("completed", patience=5)
        account = player.account.id
        others = [score for other, score in bests.items() if other != account]
        rank = 1 + sum(other < ended["score"] for other in others)
        assert (ended["rank"], ended["multiplier"]) == (rank, 1), ended
        assert ended["profile_points"] == (60_000 - ended["score"]) // 1000, ended
        assert 25 * step_ms <= ended["score"] <= run.now_ms
        bests[account] = min(bests.get(account, ended["score"]), ended["score"])
        earned[player].append(ended["profile_points"])
        holds(server, "steps", bests, lambda one, other: one < other)
        assert player.points == 10 + sum(earned[player])
        assert paid(server, player.account) == earned[player]

    # Half a second apart, so that it is known who was before whom.
    await asyncio.gather(*[race(player, 200 + 25 * n) for n, player in enumerate(players)])
    # One's own better run gets a better place, and a worse one takes none away.
    await asyncio.gather(race(players[3], 170), race(players[0], 230))
    for player in players:
        assert flags(server, player.account) == []
        await player.__aexit__()
    books(server)


async def run_doors(server: Server):
    """Who may play, what ends a run, and that none outlives its socket."""
    player, other = Account(server), Account(server)
    for form in [Socket, BinarySocket]:
        guest = Guest(server)
        async with form(server, guest.access) as socket:
            await refuse_start(socket, "dot", "sign_in_required")
            for kind, fields in [
                    ("point", {"run_id": "0123456789abc", "seq": 1, "x": 1, "y": 1, "t_ms": 1}),
                    ("end_run", {"run_id": "0123456789abc"})]:
                answer = message(await socket.say(kind, **fields))
                assert (answer["type"], answer["code"]) == ("error", "sign_in_required")
        async with form(server, player.access) as socket:
            for game in ["dot", "shaky_dot", "steps"]:
                run = await start(socket, game)
                await run.until(60)
                await run.hit()
                ended = message(await socket.say("end_run", run_id=run.id))
                assert (ended["type"], ended["reason"]) == ("run_ended", "left"), ended
                assert ended["score"] == (0 if game == "steps" else 1), ended
                nothing_paid(ended)
                assert (await socket.say("end_run", run_id=run.id))["code"] == "run_over"
            # A socket that is lost, or replaced by another one of its account, ends its run.
            await start(socket, "dot")
            socket.drop()
        async with form(server, player.access) as socket:
            await start(socket, "dot")
            async with form(server, player.access) as newer:
                assert await socket.close_code() == 4003
                run = await start(newer, "dot")
                async with form(server, other.access) as second:
                    await start(second, "dot")
                    await run.hit()
            assert (await run.socket.close_code()) in (1000, 1005)
    assert flags(server, player) == flags(server, other) == []
    # Three, a lost one, a replaced one, the last one and the other's, in both forms.
    await eventually("all ends", lambda: query(
        server, "SELECT reason, count(*) FROM arcade_games GROUP BY reason") == [("left", 14)])
    assert player.me().json["points"] == other.me().json["points"] == 10
    for game in ["dot", "shaky_dot", "steps"]:
        assert board(server, game) == []
    for path in ["/api/leaderboards/dots", "/api/leaderboards/Dot", "/api/leaderboards/arcade"]:
        refused(server.get(path), 404, "not_found")
    refused(server.get("/api/leaderboards/dot?period=month"), 400, "bad_request", "period")
    refused(server.post("/api/leaderboards/dot"), 405, "method_not_allowed")


async def board_periods(server: Server):
    """A board's day begins at midnight UTC and its week on Monday; the best within it counts."""
    with OwnServer(server, "--arcade", RULES) as own:
        players = [Player(own.server) for _ in range(5)]
        ada, bob, eve, ida, joe = players
        today = midnight()
        # 1970 began on a Thursday.
        monday = today - (today // DAY_MS + 3) % 7 * DAY_MS
        scores, times = {}, {}
        for player, step_ms, at_ms in [
                (ada, 8, None), (ada, 4, today - 40 * DAY_MS), (bob, 6, today - 1), (eve, 6, monday),
                (ida, 5, monday - 1), (joe, 8, None), (bob, 7, None), (eve, 7, today)]:
            async with player:
                run = await player.start("steps")
                ended = await run.rush(step_ms)
                assert (ended["reason"], ended["score"]) == ("completed", 25 * step_ms), ended
            scores[run.id], times[run.id] = (player.account.id, ended["score"]), at_ms
        own.kill()
        with contextlib.closing(sqlite3.connect(f"{own.data}/pixelwars.db")) as database, database:
            for run, at_ms in times.items():
                if at_ms is not None:
                    database.execute("UPDATE scores SET at_ms = ? WHERE source = ?", (at_ms, stored(run)))
        live = own.start()
        for period, since in [("day", today), ("week", monday), ("all", 0)]:
            bests = {}
            for run, (account, score) in scores.items():
                if times[run] is None or times[run] >= since:
                    bests[account] = min(score, bests.get(account, score))
            places = board(live, "steps", period)
            # A test that runs over midnight finds another day.
            assert sorted(places) == ranked(bests, lambda one, other: one < other) or midnight() != today, period


def midnight():
    return int(time.time() * 1_000) // DAY_MS * DAY_MS


SCENARIOS = [timed_runs, steps_runs, run_doors, board_periods]
