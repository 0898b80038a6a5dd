"""The contract's rows about who plays."""
import asyncio
import time

from client import Account, Server, Socket, eventually


async def playing(server: Server):
    """With idle-seconds 4."""
    account = Account(server)
    assert account.me().json["status"] == "afk"
    async with Socket(server, account.access) as socket:
        assert socket.welcome["status"] == "afk"
        refused = server.post("/api/canvas/pixels", {"x": 0, "y": 0, "color": 1}, token=account.access)
        assert (refused.status, refused.code) == (409, "not_playing")
        assert (await socket.say("undo"))["code"] == "not_playing"
        status = await socket.say("play")
        assert (status["type"], status["status"]) == ("status", "playing")
        now = time.time() * 1000
        assert 3_000 < status["idle_deadline_ms"] - now < 4_500
        assert (await socket.say("play"))["status"] == "playing", "again changes nothing"
        assert account.me().json["status"] == "playing"
        assert server.get("/api/canvas").json["players"] == 1
        assert (await socket.say("leave"))["status"] == "afk"
        assert (await socket.say("heartbeat"))["type"] == "heartbeat", "leaving keeps the socket"
        assert server.get("/api/canvas").json["players"] == 0
        assert (await socket.say("place", x=0, y=0, color=1))["code"] == "not_playing"


async def idling(server: Server):
    """With idle-seconds 4: play ends 4 s after the last game action, and by nothing else than that."""
    account = Account(server)
    async with Socket(server, account.access, "?play=1") as socket:
        began = await socket.message("status", status="playing")
        await asyncio.sleep(1.5)
        # Neither of these is a game action.
        assert (await socket.say("heartbeat"))["type"] == "heartbeat"
        account.take(account.refresh())
        assert (await socket.say("authenticate", token=account.access))["type"] == "ok"
        await (await socket.link.ping())
        assert (await socket.say("place", x=99_999, y=0, color=1))["code"] == "out_of_bounds"
        assert (await socket.say("play"))["idle_deadline_ms"] == began["idle_deadline_ms"]
        acted = time.time()
        placed = server.post("/api/canvas/pixels", {"x": 1, "y": 1, "color": 2}, token=account.access)
        assert placed.status == 200 and set(placed.json) == {"version", "epoch"}
        await socket.message("status", status="afk")
        after = time.time() - acted
        assert 3.9 <= after < 5.5, after
        assert await socket.close_code() == 4001
    assert account.me().json["status"] == "afk"
    async with Socket(server, account.access) as socket:
        assert socket.welcome["status"] == "afk", "only an explicit play leaves afk"
        assert (await socket.say("play"))["status"] == "playing"


async def restoring(server: Server):
    """With idle-seconds 4: a lost socket keeps its place to its deadline, and no longer."""
    account = Account(server)
    async with Socket(server, account.access, "?play=1") as socket:
        deadline = (await socket.message("status", status="playing"))["idle_deadline_ms"]
        socket.drop()
    await eventually("stalled", lambda: account.me().json["status"] == "stalled")
    assert server.get("/api/canvas").json["players"] == 1
    account.take(account.refresh())
    async with Socket(server, account.access) as socket:
        assert socket.welcome["status"] == "playing"
        resumed = await socket.message("status", status="playing")
        assert resumed["idle_deadline_ms"] == deadline, "the deadline is unmoved"
        assert (await socket.say("place", x=2, y=2, color=3))["type"] == "placed"
        socket.drop()
    await eventually("afk", lambda: account.me().json["status"] == "afk", 8)
    async with Socket(server, account.access) as socket:
        assert socket.welcome["status"] == "afk", "whoever comes back too late is afk"


async def replacing(server: Server):
    account = Account(server)
    async with Socket(server, account.access, "?play=1") as first:
        await first.message("status", status="playing")
        async with Socket(server, Account(server, key=account.key).access) as second:
            assert await first.close_code() == 4003
            assert second.welcome["status"] == "playing", "the last accepted takes over"
            assert server.get("/api/canvas").json["players"] == 1
            assert (await second.say("place", x=1, y=1, color=1))["type"] == "placed"


async def queueing(server: Server):
    """With max-players 1, max-queued 3 and idle-seconds 30."""
    accounts = [Account(server) for _ in range(5)]
    sockets = [Socket(server, account.access) for account in accounts]
    for socket in sockets:
        await socket.__aenter__()
    assert (await sockets[0].say("play"))["status"] == "playing"
    since = time.time() * 1000
    for position in [1, 2, 3]:
        status = await sockets[position].say("play")
        assert (status["status"], status["position"]) == ("queued", position)
        assert abs(status["queued_since_ms"] - since) < 5_000
    assert (await sockets[4].say("play"))["code"] == "queue_full"
    canvas = server.get("/api/canvas").json
    assert (canvas["players"], canvas["queued"]) == (1, 3)
    assert accounts[1].me().json["status"] == "queued"
    assert (await sockets[2].say("play"))["position"] == 2, "play again changes nothing"
    refused = server.post("/api/canvas/pixels", {"x": 0, "y": 0, "color": 1}, token=accounts[1].access)
    assert refused.code == "not_playing"
    # Those who wait see what those who play do.
    assert (await sockets[0].say("place", x=5, y=5, color=9))["type"] == "placed"
    frame = await sockets[1].message("pixels")
    assert [5, 5, 9] in frame["pixels"]
    # A lost socket keeps its position and is passed over.
    sockets[1].drop()
    await eventually("one socket less", lambda: connected(server) == 4)
    assert (await sockets[0].say("leave"))["status"] == "afk"
    promoted = await sockets[2].message("status", status="playing")
    assert promoted["idle_deadline_ms"] > time.time() * 1000
    back = Socket(server, accounts[1].access)
    await back.__aenter__()
    assert back.welcome["status"] == "queued"
    assert (await back.message("status"))["position"] == 1
    # The next place is the first one's, and everyone behind hears of it.
    assert (await sockets[2].say("leave"))["status"] == "afk"
    await back.message("status", status="playing")
    assert (await sockets[3].message("status", position=1))["status"] == "queued"
    assert (await sockets[3].say("leave"))["status"] == "afk"
    assert server.get("/api/canvas").json["queued"] == 0
    for socket in sockets + [back]:
        await socket.__aexit__()


async def absence(server: Server):
    """With max-players 1 and idle-seconds 2: a position is kept for as long as that without a socket."""
    holder, waiter = Account(server), Account(server)
    async with Socket(server, holder.access, "?play=1") as place:
        await place.message("status", status="playing")
        async with Socket(server, waiter.access) as socket:
            assert (await socket.say("play"))["status"] == "queued"
            socket.drop()
        gone = time.time()
        while waiter.me().json["status"] == "queued":
            assert (await place.say("place", x=0, y=0, color=int(time.time() * 10) % 8))["type"] == "placed"
            await asyncio.sleep(0.1)
        assert 1.8 <= time.time() - gone < 5
        assert waiter.me().json["status"] == "afk"


async def cooldowns(server: Server):
    """With max-players 1 and a spectator-cooldown of 60: who plays or waits has none."""
    player, waiter, watcher = Account(server), Account(server), Account(server)
    async with Socket(server, player.access, "?play=1") as one, Socket(server, waiter.access, "?play=1") as two:
        await one.message("status", status="playing")
        await two.message("status", status="queued")
        for path in ["/api/canvas/snapshot", "/api/canvas/changes?from=0", "/api/canvas.png"]:
            for account in [player, waiter]:
                assert [server.get(path, token=account.access).status for _ in range(2)] == [200, 200], path
            assert server.get(path, token=watcher.access).status == 200
            again = server.get(path, token=watcher.access)
            assert (again.status, again.code) == (429, "cooldown")
            assert int(again.headers["Retry-After"]) > 0 and again.json["error"]["retry_after_ms"] > 0


async def presence(server: Server):
    """With heartbeat-timeout 5 and idle-seconds 60: silence clears presence, never a deadline."""
    account = Account(server)
    before = figure(server, "pixelwars_presences")
    async with Socket(server, account.access, "?play=1") as socket:
        deadline = (await socket.message("status", status="playing"))["idle_deadline_ms"]
        assert figure(server, "pixelwars_presences") == before + 1
        # A client that answers nothing: its transport reads no more, so that no pong leaves.
        socket.link.transport.pause_reading()
        await eventually("silence", lambda: connected(server) == 0, 20)
        await eventually(
            "nobody present", lambda: figure(server, "pixelwars_presences") == before, 20)
    assert account.me().json["status"] == "stalled"
    account.take(account.refresh())
    async with Socket(server, account.access) as socket:
        assert socket.welcome["status"] == "playing"
        resumed = await socket.message("status", status="playing")
        assert resumed["idle_deadline_ms"] == deadline


def connected(server):
    return figure(server, "pixelwars_connections")


def figure(server, name):
    """One of the metrics without labels."""
    for line in server.get("/metrics").body.decode().splitlines():
        if line.startswith(name + " "):
            return float(line.split()[1])
    raise AssertionError(f"no metric {name}")


SCENARIOS = [playing, idling, restoring, replacing, queueing, absence, cooldowns, presence]
