"""The contract's rows about whoever looks on: live frames, touched cells, and the board of pixels."""
import asyncio
import zlib

from client import Account, Guest, Server, Socket, eventually
from states import figure


class Watcher:
    """What a client makes of a canvas: the snapshot, then every frame, without a gap."""

    def __init__(self, server, token, welcome):
        canvas = welcome["canvas"]
        self.width, self.version = canvas["width"], canvas["version"]
        self.cells = bytearray(canvas["width"] * canvas["height"])
        changes = server.get("/api/canvas/changes?from=0", token=token).json
        assert changes["from"] == 0 and changes["to"] >= self.version
        self.apply(changes)
        self.frames = 0

    def apply(self, frame):
        for x, y, color in frame["pixels"]:
            self.cells[y * self.width + x] = color
        self.version = max(self.version, frame["to"])

    async def follow(self, socket, version, patience=30):
        """Takes frames until one leads to a version."""
        while self.version < version:
            frame = await socket.message("pixels", patience=patience)
            assert frame["from"] <= self.version, (frame["from"], self.version)
            self.frames += 1
            # A lane that lags behind another one may repeat what came by that.
            if frame["to"] > self.version:
                self.apply(frame)


async def live_spectators(server: Server):
    """With live-spectators, a tick of 250 ms and no place rate."""
    assert server.get("/api/canvas").json["live_spectators"] is True
    painter, guest, looker = Account(server), Guest(server), Account(server)
    async with Socket(server, painter.access, "?play=1") as brush:
        await brush.message("status", status="playing")
        first = (await brush.say("place", x=1, y=1, color=7))["version"]
        async with Socket(server, guest.access) as one, Socket(server, looker.access) as two:
            assert figure(server, "pixelwars_live_spectators") == 2
            watchers = [Watcher(server, guest.access, one.welcome), Watcher(server, looker.access, two.welcome)]
            last = first
            for number in range(40):
                last = (await brush.say("place", x=number, y=2, color=number % 32))["version"]
                await asyncio.sleep(0.02)
            for watcher, socket in zip(watchers, [one, two]):
                await watcher.follow(socket, last)
                # 40 ticks of players' passed, and few of spectators'.
                assert watcher.frames <= 12, watcher.frames
            refused = await one.say("place", x=0, y=0, color=1)
            assert refused["code"] == "sign_in_required"
            assert (await two.say("place", x=0, y=0, color=1))["code"] == "not_playing"
            # Whoever plays gets the players' frames at once, without a gap, and back again.
            assert (await two.say("leave"))["status"] == "afk"
            for word in ["play", "leave"] * 3:
                last = (await brush.say("place", x=5, y=5, color=last % 32))["version"]
                await two.link.send(two.pack({"type": word}))
                await watchers[1].follow(two, last)
            await watchers[0].follow(one, last)
            truth = Watcher(server, painter.access, brush.welcome)
            assert truth.version == last
            assert all(bytes(watcher.cells) == bytes(truth.cells) for watcher in watchers)
        await eventually("nobody watches", lambda: figure(server, "pixelwars_live_spectators") == 0)


async def polling_spectators(server: Server):
    """Without live-spectators and with a message rate of none: no frame reaches who doesn't play."""
    assert server.get("/api/canvas").json["live_spectators"] is False
    painter, guest = Account(server), Guest(server)
    async with Socket(server, painter.access, "?play=1") as brush, Socket(server, guest.access) as watcher:
        await brush.message("status", status="playing")
        for number in range(3):
            assert (await brush.say("place", x=number, y=0, color=3))["type"] == "placed"
        await brush.message("pixels")
        # What was sent before the answer would have come before it.
        await watcher.link.send(watcher.pack({"type": "heartbeat"}))
        while (message := await watcher.message())["type"] != "heartbeat":
            assert message["type"] != "pixels", message
        assert figure(server, "pixelwars_live_spectators") == 0


async def touched_cells(server: Server):
    """With a spectator-cooldown of 60."""
    painter, watcher = Account(server), Account(server)

    def mask(token, headers=None):
        return server.get("/api/canvas/touched", token=token, headers=headers)

    async with Socket(server, painter.access, "?play=1") as brush:
        await brush.message("status", status="playing")
        for x, y in [(0, 0), (9, 0), (999, 999), (500, 1)]:
            assert (await brush.say("place", x=x, y=y, color=0))["type"] == "placed", "the ground's color counts"
        undone = await brush.say("undo")
        assert undone["type"] == "placed"
        given = mask(painter.access)
        assert given.status == 200 and given.headers["Content-Type"] == "application/zlib"
        assert (given.headers["X-Canvas-Width"], given.headers["X-Canvas-Height"]) == ("1000", "1000")
        assert int(given.headers["X-Canvas-Version"]) == undone["version"]
        data = zlib.decompress(given.body)
        assert len(data) == 125_000
        cells = [byte * 8 + bit for byte in range(len(data)) if data[byte] for bit in range(8) if data[byte] >> bit & 1]
        assert cells == [0, 9, 1_500, 999_999], "what was taken back was touched all the same"
        tag = given.headers["ETag"]
        assert tag == f'"{given.headers["X-Canvas-Epoch"]}-{undone["version"]}"'
        for _ in range(3):
            assert mask(painter.access).body == given.body, "who plays has no cooldown"
            kept = mask(watcher.access, {"If-None-Match": tag})
            assert kept.status == 304 and kept.body == b"" and kept.headers["ETag"] == tag
        assert mask(watcher.access).status == 200, "a 304 spends nothing"
        again = mask(watcher.access)
        assert (again.status, again.code) == (429, "cooldown") and int(again.headers["Retry-After"]) > 0
        assert server.get("/api/canvas/snapshot", token=watcher.access).status == 200, "a bucket of its own"
    wrong = server.post("/api/canvas/touched", {})
    assert (wrong.status, wrong.code) == (405, "method_not_allowed")


async def pixels_board(server: Server):
    """Without a request rate: boards are looked at again and again."""
    one, two = Account(server, name="Bo One"), Account(server, name="Bo Two")

    def board(period=""):
        answer = server.get(f"/api/leaderboards/pixels{period}").json
        assert answer["board"] == "pixels"
        return [(entry["rank"], entry["account"]["name"], entry["score"]) for entry in answer["entries"]]

    assert board() == []
    async with Socket(server, one.access, "?play=1") as first, Socket(server, two.access, "?play=1") as second:
        for socket in [first, second]:
            await socket.message("status", status="playing")
        for x in range(3):
            assert (await first.say("place", x=x, y=0, color=1))["type"] == "placed"
        assert (await first.say("undo"))["type"] == "placed"
        assert (await second.say("place", x=0, y=0, color=2))["type"] == "placed"
        want = [(1, "Bo One", 2), (2, "Bo Two", 1)]
        for period in ["", "?period=day", "?period=week", "?period=all"]:
            await eventually(f"two pixels and one {period}", lambda: board(period) == want)
        assert (await second.say("place", x=1, y=0, color=2))["type"] == "placed"
        want = [(1, "Bo One", 2), (1, "Bo Two", 2)]
        await eventually("equal scores share a rank", lambda: board() == want)
        async with Socket(server, Account(server).access, "?play=1") as third:
            await third.message("status", status="playing")
            for word in [{"kind": "place", "x": 7, "y": 7, "color": 1}, {"kind": "undo"}]:
                assert (await third.say(**word))["type"] == "placed"
        assert (await second.say("place", x=2, y=0, color=2))["type"] == "placed"
        want = [(1, "Bo Two", 3), (2, "Bo One", 2)]
        await eventually("nobody stands there with none", lambda: board() == want)


SCENARIOS = [live_spectators, polling_spectators, touched_cells, pixels_board]
