"""People play, buy and get their bonuses while the server is killed again and again:
economy_kills.py DATA PROGRAM KILLS."""
import asyncio
import contextlib
import json
import random
import sys
import types

import websockets

from arcade import Run, SlowLine
from binary import BinarySocket
from client import Account, Socket
from host import RULES, OwnServer, books, query, stored
from shapes import ME, found, message
from shop import SKINS

# What a dead server's clients meet.
GONE = (OSError, EOFError, websockets.WebSocketException, asyncio.IncompleteReadError)


class Player:
    """Someone with a record of what was acknowledged, and of what a server may have heard before it died."""

    def __init__(self, server, number):
        self.form = [Socket, BinarySocket][number % 2]
        self.account = Account(server)
        # What runs paid by their ids, and what skins cost; and all that were ever asked for.
        self.paid, self.bought = {}, {}
        self.runs, self.asked = set(), set()
        assert found(self.account.me(), ME)["login_bonus"]["points"] == 1_000

    @property
    def acknowledged(self):
        return len(self.paid) + len(self.bought)

    async def live(self, server, prices):
        """Plays and buys until the server is gone."""
        async def until_gone(work):
            with contextlib.suppress(*GONE):
                await work
        await asyncio.gather(until_gone(self.play(server)), until_gone(self.shop(server, prices)))

    async def play(self, server):
        async with self.form(server, self.account.access) as socket:
            self.line = SlowLine(socket.link)
            while True:
                started = message(await socket.say("start_run", game="steps"))
                if started["type"] == "error":
                    assert started["code"] in ("run_open", "rate_limited"), started
                    assert "retry_after_ms" in started, started
                    await asyncio.sleep(started["retry_after_ms"] / 1_000)
                else:
                    await self.race(socket, Run(socket, started))

    async def race(self, socket, run):
        """All steps at once, which this test's rules let pass."""
        self.runs.add(run.id)
        ended = await run.rush(2)
        if ended["reason"] == "completed":
            assert ended["profile_points"] == 59 * (150 if ended["rank"] <= 2 else 100) // 100, ended
            self.paid[run.id] = ended["profile_points"]

    async def shop(self, server, prices):
        while len(self.bought) < len(prices):
            skin = random.choice(sorted(set(prices) - set(self.bought)))
            was_asked = skin in self.asked
            self.asked.add(skin)
            status, answer = await purchase(server, self.account, skin)
            if status == 200:
                assert answer["skin"] == skin
                self.bought[skin] = prices[skin]
            elif answer["error"]["code"] == "already_owned":
                assert was_asked, "nobody asked for it"
                self.bought[skin] = prices[skin]
            else:
                assert answer["error"]["code"] == "not_enough_points", answer
                self.asked.discard(skin)
            await asyncio.sleep(0.01)

    def compare(self, server):
        """Holds the database against the record: what was acknowledged is there once, and nothing is that
        nobody asked for."""
        entries = query(
            server, "SELECT reason, source, points FROM point_entries WHERE account = ?",
            stored(self.account.id))
        entered = {reason: {} for reason in ["arcade", "purchase", "login_bonus"]}
        for reason, source, points in entries:
            assert source not in entered[reason], f"{reason} {source} counts twice"
            entered[reason][source] = points
        for run, points in self.paid.items():
            assert entered["arcade"].get(run) == points, f"run {run} was acknowledged with {points}"
        assert set(entered["arcade"]) <= self.runs, "a run that nobody played"
        for skin, price in self.bought.items():
            # What is free is owned, and leaves its entry too.
            assert entered["purchase"].get(skin) == -price, f"{skin} was acknowledged for {price}"
        assert set(entered["purchase"]) <= self.asked, "a skin that nobody asked for"
        owned = {skin for skin, in query(
            server, "SELECT skin FROM skin_ownerships WHERE account = ?", stored(self.account.id))}
        assert owned == set(entered["purchase"]), "owned and paid for are the same"
        assert set(entered["login_bonus"].values()) <= {1_000}


async def purchase(server, account, skin):
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(
            f"POST {SKINS}/{skin}/purchase HTTP/1.1\r\nHost: {server.authority}\r\n"
            f"Authorization: Bearer {account.access}\r\nContent-Length: 0\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(fields["content-length"]))
        return int(head.split()[1]), json.loads(body)
    finally:
        writer.close()


async def main(data, program, kills):
    place = types.SimpleNamespace(data=data, program=program)
    players = []
    with OwnServer(place, "--arcade", RULES) as own:
        for kill in range(kills):
            # Some come new, and some stay away.
            players += [Player(own.server, len(players) + number) for number in range(2)]
            here = players[-6:]
            prices = {
                skin["id"]: skin["price"]
                for skin in own.server.get(SKINS, token=here[0].account.access).json}
            lives = asyncio.gather(*[player.live(own.server, prices) for player in here])
            # Two who come new have 40 runs and the skins before they are slowed down.
            enough = sum(player.acknowledged for player in here) + random.randint(1, 60)
            while sum(player.acknowledged for player in here) < enough and not lives.done():
                await asyncio.sleep(0.002)
            own.kill()
            await lives
            own.start()
            assert books(own.server) == len(players), "an account that signed in is there"
            for player in players:
                player.compare(own.server)
            for player in here:
                player.account.server = own.server
                player.account.take(player.account.refresh())
                await told(own.server, player)
    acknowledged = sum(player.acknowledged for player in players)
    assert acknowledged > 5 * kills, acknowledged
    print("ok", kills)


async def told(server, player):
    """What a player is told is what the books say; whoever's bonus was lost has it now."""
    me = found(player.account.me(), ME)
    assert me["login_bonus"] == {"points": 1_000, "streak_days": 1}, me

    def entries():
        return query(
            server, "SELECT sum(points), sum(reason = 'login_bonus') FROM point_entries WHERE account = ?",
            stored(player.account.id))[0]
    deadline = asyncio.get_event_loop().time() + 10
    while entries() != (me["points"], 1):
        assert asyncio.get_event_loop().time() < deadline, (entries(), me)
        await asyncio.sleep(0.005)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
