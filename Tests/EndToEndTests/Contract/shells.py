"""The contract's rows about whoever looks at the canvas without a client: pages of text, streams, pictures."""
import asyncio
import struct

from client import Account, Guest, Server, Socket, eventually
from states import figure
from terminal import Watching, painted, pixels

CURL = {"User-Agent": "curl/7.88.1"}


async def paint(brush, cells):
    """Places pixels {(x, y): color}; all of them are durable then."""
    for (x, y), color in cells.items():
        assert (await brush.say("place", x=x, y=y, color=color))["type"] == "placed"


def wanted(server, cells):
    """The colors of the canvas as `rrggbb`, row by row."""
    canvas = server.get("/api/canvas").json
    palette = [color[1:] for color in canvas["palette"]]
    return [[palette[cells.get((x, y), 0)] for x in range(canvas["width"])] for y in range(canvas["height"])]


async def shell_pages(server: Server):
    """On a canvas of 12x9 without a cooldown."""
    cells = {(x, y): (5 * x + 3 * y + x * y) % 32 for x in range(12) for y in range(9)}
    async with Socket(server, Account(server).access, "?play=1") as brush:
        await brush.message("status", status="playing")
        await paint(brush, cells)
    page = server.get("/ansi?cols=40&rows=20&color=truecolor")
    assert page.status == 200 and page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.body.endswith(b"\x1b[0m\n")
    assert pixels(painted(page.body.decode(), 40, 20), 12, 9) == wanted(server, cells)
    # A part, enlarged: each cell is three pixels wide and high.
    part = server.get("/ansi?cols=40&rows=20&color=truecolor&x=9&y=6&zoom=3")
    seen = pixels(painted(part.body.decode(), 40, 20), 9, 9)
    colors = wanted(server, cells)
    assert seen == [[colors[6 + y // 3][9 + x // 3] for x in range(9)] for y in range(9)]
    assert server.get("/ansi?x=12").code == "out_of_bounds"
    # Every depth is what it says.
    for color in ["mono", "ascii"]:
        body = server.get(f"/ansi?color={color}").body
        assert b"\x1b" not in body and len(body.decode().splitlines()) == 5, color
    assert server.get("/ansi?color=ascii").body.isascii()
    assert b"38;2;" not in server.get("/ansi?color=256").body
    assert b"38;5;" not in server.get("/ansi?color=16").body
    # Half the size: light is averaged, the shape kept.
    assert len(server.get("/ansi?cols=6&rows=20&color=mono").body.decode().splitlines()) == 2
    # What is known already isn't sent again, nor the body of a HEAD.
    tag = page.headers["ETag"]
    known = server.get("/ansi?cols=40&rows=20&color=truecolor", headers={"If-None-Match": tag})
    assert (known.status, known.body) == (304, b"")
    head = server.call("HEAD", "/ansi?cols=40&rows=20&color=truecolor")
    assert head.status == 200 and not head.body and int(head.headers["Content-Length"]) == len(page.body)
    # A shell gets the canvas at /, everyone else a page without a script.
    assert b"version 108" in server.get("/", headers=CURL).body
    home = server.get("/", headers={"User-Agent": "Mozilla/5.0"})
    assert home.headers["Content-Type"] == "text/html; charset=utf-8" and b"<script" not in home.body
    policy = home.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert f"pixelwars play http://{server.authority}".encode() in home.body
    odd = server.get("/", host='x"><script>alert(1)</script>')
    assert b"<script" not in odd.body
    for path in ["/ansi?cols=1", "/ansi?color=rgb", "/watch?fps=0", "/api/canvas.png?scale=0"]:
        refused = server.get(path)
        assert (refused.status, refused.code) == (400, "bad_request"), path
    assert server.call("POST", "/ansi").headers["Allow"] == "GET, HEAD"
    picture = server.get("/api/canvas.png?scale=5").body
    assert picture[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", picture[16:24]) == (60, 45)
    assert struct.unpack(">II", server.get("/api/canvas.png").body[16:24]) == (12, 9)


async def shell_streams(server: Server):
    """On a canvas of 12x9 without a cooldown."""
    cells = {}
    async with Socket(server, Account(server).access, "?play=1") as brush:
        await brush.message("status", status="playing")
        query = "cols=40&rows=20&color=truecolor&fps=10"
        watching = [Watching(server, query, 40, 20) for _ in range(2)]
        for one in watching:
            assert one.status == 200 and b"transfer-encoding: chunked" in one.head.lower()
        await eventually("both watch", lambda: figure(server, "pixelwars_watchers") == 2)
        assert figure(server, "pixelwars_watched_views") == 1
        for number in range(12):
            cells[(number, number % 9)] = number + 1
            await paint(brush, {(number, number % 9): number + 1})
        shown = wanted(server, cells)
        for one in watching:
            one.until(lambda: pixels(one.screen, 12, 9) == shown)
            assert not one.screen.cursor.hidden, "whoever stops here has a terminal as before"
            assert one.screen.display[5].startswith("pixelwars  12x9  version 12"), one.screen.display
            # Twelve pixels took a moment, and frames are merged.
            assert one.frames <= 13
        # Four streams of an address without a token, and no more; one that ends makes room.
        more = [Watching(server, query, 40, 20) for _ in range(3)]
        assert [one.status for one in more] == [200, 200, 429]
        watching[0].close()
        await eventually("one is gone", lambda: figure(server, "pixelwars_watchers") == 3)
        assert Watching(server, query, 40, 20).status == 200
        assert server.call("HEAD", "/watch").status in (200, 429)


async def shell_buckets(server: Server):
    """With a spectator cooldown of a minute and a request rate of 1:20."""
    one, two = Guest(server), Guest(server)
    assert server.get("/ansi").status == 200
    assert server.get("/", headers=CURL).code == "cooldown", "text is one kind"
    # Two guests behind one address have buckets of their own, whatever the address has spent.
    for token in [one.access, two.access]:
        assert server.get("/ansi", token=token).status == 200
        refused = server.get("/ansi?cols=20", token=token)
        assert refused.code == "cooldown" and int(refused.headers["Retry-After"]) <= 60
        assert server.get("/api/canvas.png", token=token).status == 200
        assert server.get("/api/canvas.png?scale=2", token=token).code == "cooldown", "pictures are one kind"
    # The same holds for the rate of requests.
    codes = [server.get("/api/canvas", token=one.access).status for _ in range(30)]
    assert 429 in codes
    assert server.get("/api/canvas", token=two.access).status == 200
    while server.get("/api/canvas").status == 200:
        pass
    assert server.get("/api/canvas", token=two.access).status == 200


async def figures_for_staff(server: Server):
    """Whoever looks after the server sees its last minutes; nobody else does."""
    account, guest = Account(server, name="Ada"), Guest(server)
    assert server.get("/api/admin/figures").code == "unauthorized"
    assert server.get("/api/admin/figures", token=guest.access).code == "sign_in_required"
    assert server.get("/api/admin/figures", token=account.access).code == "forbidden"
    process = await asyncio.create_subprocess_exec(
        server.program, "--data", server.data, "admin", "grant", "Ada", "moderator",
        stdout=asyncio.subprocess.DEVNULL)
    assert await process.wait() == 0
    async with Socket(server, account.access, "?play=1") as brush:
        await brush.message("status", status="playing")
        await paint(brush, {(1, 1): 2})
        await eventually(
            "a second with the pixel in it",
            lambda: sum(server.get("/api/admin/figures", token=account.access).json["placements"]) == 1)
        figures = server.get("/api/admin/figures", token=account.access).json
        lists = {name: values for name, values in figures.items() if isinstance(values, list)}
        assert set(lists) == {
            "placements", "players", "queued", "connections", "sent_bytes", "commit_p99_us", "tick_lag_p99_us",
            "refusals", "memory_bytes"}
        assert len({len(values) for values in lists.values()}) == 1 and figures["interval_ms"] == 1000
        assert lists["players"][-1] == 1 and lists["connections"][-1] == 1 and lists["memory_bytes"][-1] > 1e6
        assert max(lists["commit_p99_us"]) > 0 and sum(lists["refusals"]) >= 3 and sum(lists["sent_bytes"]) > 0


SCENARIOS = [shell_pages, shell_streams, shell_buckets, figures_for_staff]
