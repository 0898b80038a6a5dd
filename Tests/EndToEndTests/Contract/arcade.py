"""The arcade as its documentation has it: where each game's target is, and someone who plays."""
import asyncio
import contextlib
import time

import websockets

from client import Account, Socket
from shapes import message

WORD = 2**64 - 1


def numbers(seed):
    """SplitMix64."""
    state = seed
    while True:
        state = state + 0x9E3779B97F4A7C15 & WORD
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & WORD
        z = (z ^ z >> 27) * 0x94D049BB133111EB & WORD
        yield z ^ z >> 31


def dot(seed, _hits, _since_ms):
    """A square of 3 × 3 on 60 × 36: its left top, its side."""
    draw = numbers(seed)
    return next(draw) % 58, next(draw) % 34, 3


def shaky_dot(seed, _hits, since_ms):
    """The same, 3 from every edge, which shakes each 80 ms by up to 3."""
    draw = numbers(seed)
    x, y = 3 + next(draw) % 52, 3 + next(draw) % 28
    step = since_ms // 80
    draw = numbers(seed ^ (step + 1) * 0xD1342543DE82EF95 & WORD)
    return x + next(draw) % 7 - 3, y + next(draw) % 7 - 3, 3


def steps(seed, hits, _since_ms):
    """The cell of the next number on 5 × 5."""
    draw, cells = numbers(seed), list(range(1, 26))
    for last in range(24, 0, -1):
        other = next(draw) % (last + 1)
        cells[last], cells[other] = cells[other], cells[last]
    place = cells.index(hits + 1)
    return place % 5, place // 5, 1


TARGETS = {"dot": dot, "shaky_dot": shaky_dot, "steps": steps}


class SlowLine:
    """Answers a server's pings only after a while, as a far player's line does: what a busy machine holds up
    stays within what latency excuses."""

    def __init__(self, link, seconds=0.2):
        self.pong, self.seconds, self.tasks = link.pong, seconds, set()
        link.pong = self.answer

    async def answer(self, data=b""):
        task = asyncio.ensure_future(self.late(data))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def late(self, data):
        await asyncio.sleep(self.seconds)
        # Nobody waits for it on a socket that was closed meanwhile.
        with contextlib.suppress(websockets.ConnectionClosed):
            await self.pong(data)


class Run:
    """A run that a socket plays, with the clock that began when it heard of it."""

    def __init__(self, socket, started):
        self.socket, self.id, self.game = socket, started["run_id"], started["game"]
        self.seed, self.since_ms = int(started["seed"], 16), 0
        self.began = time.monotonic()
        self.seq = self.hits = self.late = self.last_ms = 0

    @property
    def now_ms(self):
        return int((time.monotonic() - self.began) * 1000)

    def target(self, t_ms):
        """The middle of what counts."""
        x, y, side = TARGETS[self.game](self.seed, self.hits, t_ms - self.since_ms)
        return x + side // 2, y + side // 2

    def claim(self, t_ms, x=None, y=None, seq=None):
        """The fields of a point: on the target unless told otherwise."""
        there = self.target(max(t_ms, self.since_ms))
        return {
            "run_id": self.id, "seq": self.seq + 1 if seq is None else seq,
            "x": there[0] if x is None else x, "y": there[1] if y is None else y, "t_ms": t_ms}

    async def say(self, **fields):
        """Sends a point and gives the answer, taking what counts."""
        answer = message(await self.socket.say("point", **fields))
        if answer["type"] == "score":
            self.seq, self.hits, self.last_ms = answer["seq"], self.hits + 1, fields["t_ms"]
            assert {**answer, "reply_to": 0} == {
                "type": "score", "run_id": self.id, "seq": fields["seq"], "score": self.hits,
                "t_ms": fields["t_ms"], "reply_to": 0,
                **({} if self.game == "steps" else {"seed": answer["seed"]})}, answer
            if self.game != "steps":
                self.seed, self.since_ms = int(answer["seed"], 16), fields["t_ms"]
        return answer

    async def hit(self):
        """Hits the target where it is now; a machine that is busy may hold up some points of a run."""
        answer = await self.aim()
        while answer.get("code") == "point_rejected" and self.late < 10:
            self.late += 1
            self.seq += 1
            answer = await self.aim()
        assert answer["type"] == "score", answer

    async def aim(self):
        """Sends a point on the target as it is now; its time moves forward."""
        await self.until(self.last_ms + 1)
        return await self.say(**self.claim(self.now_ms))

    async def until(self, t_ms):
        while self.now_ms < t_ms:
            await asyncio.sleep((t_ms - self.now_ms) / 1000)

    async def play(self, hits, by_ms):
        """Hits so often, evenly over a time."""
        begin = self.now_ms
        for number in range(hits):
            await self.until(begin + (by_ms - begin) * (number + 1) // hits)
            await self.hit()

    async def rush(self, step_ms):
        """Takes all steps at once, each so long after the last, and gives the end: only for rules that allow
        it. A machine that is busy for long makes points late, and then nothing is paid."""
        for seq in range(1, 26):
            self.hits = seq - 1
            claim = self.claim(step_ms * seq, seq=seq)
            await self.socket.link.send(self.socket.pack({"type": "point", **claim}))
        ended = message(await self.socket.message("run_ended", run_id=self.id))
        assert ended["reason"] in ("completed", "rejected"), ended
        return ended

    async def refused(self, code, **fields):
        """Sends a point that doesn't count."""
        answer = await self.say(**fields)
        assert (answer["type"], answer["code"]) == ("error", code), answer

    async def over(self, reason, patience=40):
        """The run's end; what doesn't count has no place and pays nothing."""
        ended = message(await self.socket.message("run_ended", patience=patience, run_id=self.id))
        assert (ended["game"], ended["reason"], "reply_to" in ended) == (self.game, reason, False), ended
        if reason not in ("time", "completed"):
            nothing_paid(ended)
        return ended


def nothing_paid(ended):
    paid = (ended["rank"], ended["multiplier"], ended["profile_points"])
    assert paid == (None, None, 0), ended


async def start(socket, game):
    """Begins a run, waiting while the last one's result is being kept."""
    started = message(await socket.say("start_run", game=game))
    while started.get("code") == "run_open" and "retry_after_ms" in started:
        await asyncio.sleep(started["retry_after_ms"] / 1000)
        started = message(await socket.say("start_run", game=game))
    assert (started["type"], started.get("game")) == ("run_started", game), started
    field = {"width": 5, "height": 5} if game == "steps" else {"width": 60, "height": 36}
    assert started["field"] == field
    return Run(socket, started)


async def refuse_start(socket, game, code):
    answer = message(await socket.say("start_run", game=game))
    assert (answer["type"], answer["code"]) == ("error", code), answer


class Player:
    """An account on a socket of its own."""

    def __init__(self, server, form=Socket, name=None):
        self.account = Account(server, name)
        self.socket = form(server, self.account.access)

    async def __aenter__(self):
        await self.socket.__aenter__()
        self.line = SlowLine(self.socket.link)
        return self

    async def __aexit__(self, *_):
        await self.socket.__aexit__()

    async def start(self, game):
        return await start(self.socket, game)

    @property
    def points(self):
        return self.account.me().json["points"]
