"""The canvas in a host's hands: begun anew, taken back, protected."""
import json
import sqlite3
import zlib

from client import Account, Guest, Server, Socket
from host import OwnServer, host, make_admin, query


def order(server, *words):
    """Gives a command and returns its answer."""
    done = host(server, "admin", *words, "--json")
    assert done.returncode == 0, (words, done.stderr)
    return json.loads(done.stdout)


def cells(server, token):
    """The canvas as a snapshot and the changes after it tell it, with its epoch and version."""
    given = server.get("/api/canvas/snapshot", token=token)
    assert given.status == 200, given.body
    head = {name: int(given.headers[f"X-Canvas-{name}"]) for name in ["Version", "Epoch", "Width", "Height"]}
    picture = bytearray(zlib.decompress(given.body))
    assert len(picture) == head["Width"] * head["Height"]
    path = f"/api/canvas/changes?from={head['Version']}&epoch={head['Epoch']}"
    changes = server.get(path, token=token).json
    for x, y, color in changes["pixels"]:
        picture[y * head["Width"] + x] = color
    return bytes(picture), head, changes["to"]


async def new_game(server: Server):
    """With live-spectators: everyone hears of a blank canvas, and nothing of the one before comes after it."""
    painter, guest = Account(server), Guest(server)
    refused = host(server, "admin", "clear")
    assert refused.returncode == 2 and "--yes" in refused.stderr
    async with Socket(server, painter.access, "?play=1") as brush, Socket(server, guest.access) as watcher:
        await brush.message("status", status="playing")
        old = (await brush.say("place", x=3, y=2, color=7))
        await brush.message("pixels")
        tag = server.get("/api/canvas/snapshot", token=painter.access).headers["ETag"]
        assert "90x40" in order(server, "new-game", "90x40", "--yes")["message"]
        heard = [await socket.message("canvas_reset") for socket in [brush, watcher]]
        assert heard[0] == heard[1]
        reset = heard[0]
        assert reset["epoch"] != old["epoch"] and reset["version"] == old["version"] + 1
        assert (reset["width"], reset["height"]) == (90, 40)
        nothing = await brush.say("undo")
        assert nothing["code"] == "nothing_to_undo"
        stale = server.get(f"/api/canvas/changes?from=0&epoch={old['epoch']}", token=painter.access)
        assert (stale.status, stale.code) == (409, "epoch_changed")
        picture, head, version = cells(server, painter.access)
        assert version == reset["version"] and set(picture) == {0}
        assert (head["Epoch"], head["Width"], head["Height"]) == (reset["epoch"], 90, 40)
        fresh = server.get("/api/canvas/snapshot", token=painter.access, headers={"If-None-Match": tag})
        assert fresh.status == 200
        mask = server.get("/api/canvas/touched", token=painter.access)
        assert set(zlib.decompress(mask.body)) == {0} and mask.headers["X-Canvas-Width"] == "90"
        placed = await brush.say("place", x=89, y=39, color=5)
        assert (placed["version"], placed["epoch"]) == (reset["version"] + 1, reset["epoch"])
        for socket in [brush, watcher]:
            frame = await socket.message("pixels")
            assert (frame["from"], frame["to"], frame["epoch"]) == (
                reset["version"], placed["version"], reset["epoch"])
        assert server.get("/api/canvas/pixels/3/2").json["account"] is None
        assert server.get("/api/canvas/pixels/89/39").json["account"]["id"] == painter.id
        async with Socket(server, Guest(server).access) as late:
            assert late.welcome["canvas"]["epoch"] == reset["epoch"]
            assert late.welcome["canvas"]["width"] == 90
        assert "epoch 3" in order(server, "clear", "--yes")["message"]
        assert (await brush.message("canvas_reset"))["width"] == 90
    # What was of the canvases before stays in the history.
    assert query(server, "SELECT epoch, width FROM canvas_epochs ORDER BY epoch")[1:] == [(2, 90), (3, 90)]
    assert query(server, "SELECT count(*) FROM canvas_changes") == [(2,)]
    assert query(server, "SELECT count(*) FROM audit WHERE action = 'new_game'") == [(2,)]


async def rolling_back(server: Server):
    """Without a place rate: a vandal's pixels go, what others put on them stays, and all of it comes back."""
    artist, vandal = Account(server), Account(server)
    async with Socket(server, artist.access, "?play=1") as one, Socket(server, vandal.access, "?play=1") as two:
        for socket in [one, two]:
            await socket.message("status", status="playing")
        for x in range(20):
            await one.say("place", x=x, y=0, color=4)
        for x in range(10):
            await two.say("place", x=x, y=0, color=30)
            await two.say("place", x=x, y=0, color=31)
            await two.say("place", x=x, y=9, color=31)
        await one.say("place", x=0, y=0, color=5)
        before, _, version = cells(server, artist.access)
        box = ["--box", f"0,0,{server.get('/api/canvas').json['width'] - 1},5"]
        preview = order(server, "rollback", "--account", vandal.id, "--from", "1h", *box)
        assert (preview["cells"], preview["placements"], preview["accounts"]) == (9, 18, 1)
        assert "id" not in preview and cells(server, artist.access)[2] == version, "a preview changes nothing"
        report = order(server, "rollback", "--account", vandal.id, "--from", "1h", *box, "--apply")
        assert (report["id"], report["cells"], report["placements"], report["skipped"]) == (1, 9, 18, 0)
        after, head, _ = cells(server, artist.access)
        width = head["Width"]
        assert list(after[:10]) == [5] + [4] * 9, "what lay beneath is back, what lies on top stayed"
        assert set(after[9 * width:9 * width + 10]) == {31}, "what lies outside the box stays"
        owner = server.get("/api/canvas/pixels/3/0").json
        assert owner["account"]["id"] == artist.id and owner["color"] == 4
        last = server.get(f"/api/accounts/{vandal.id}/last_pixel").json
        assert last["y"] == 9
        await two.say("place", x=30, y=0, color=2)
        assert (await two.say("undo"))["type"] == "placed"
        await one.say("place", x=5, y=0, color=9)
        again = order(server, "undo-rollback", "1")
        assert (again["id"], again["undid"], again["cells"]) == (2, 1, 8)
        undone, _, _ = cells(server, artist.access)
        assert undone[5] == 9 and undone[:5] == before[:5] and undone[6:10] == before[6:10]
        assert server.get("/api/canvas/pixels/3/0").json["account"]["id"] == vandal.id
        listed = order(server, "rollbacks")["rollbacks"]
        assert [entry["id"] for entry in listed] == [2, 1]
        missing = host(server, "admin", "undo-rollback", "7")
        assert missing.returncode == 1 and "7" in missing.stderr
        board = server.get("/api/leaderboards/pixels").json["entries"]
        counts = {entry["account"]["id"]: entry["score"] for entry in board}
        # 22 of the artist's; of the vandal's 31, one was undone, and two on the cell touched since stay away.
        assert counts == {artist.id: 22, vandal.id: 28}, counts
    actions = [action for action, in query(server, "SELECT action FROM audit ORDER BY id")]
    assert actions == ["rollback", "undo_rollback"]


async def protected_areas(server: Server):
    """Without a place rate: players can't change what is protected, over either way, and are told why."""
    player, keeper = Account(server), Account(server)
    make_admin(server, keeper)
    words = order(server, "protect", "10,10", "5,5", "a monument")["message"]
    assert words == "Area 1 is protected: 5,5 10,10."
    areas = server.get("/api/canvas").json["protected_areas"]
    assert areas == [{"id": 1, "x0": 5, "y0": 5, "x1": 10, "y1": 10, "note": "a monument"}]
    async with Socket(server, player.access, "?play=1") as one, Socket(server, keeper.access, "?play=1") as two:
        for socket in [one, two]:
            await socket.message("status", status="playing")
        refused = await one.say("place", x=10, y=10, color=1)
        assert refused["code"] == "protected_area" and "a monument" in refused["message"]
        over = server.post("/api/canvas/pixels", {"x": 5, "y": 5, "color": 1}, token=player.access)
        assert (over.status, over.code) == (403, "protected_area")
        assert (await one.say("place", x=11, y=10, color=1))["type"] == "placed"
        assert (await two.say("place", x=10, y=10, color=1))["type"] == "placed", "an admin may"
        order(server, "protect", "11,10", "11,10")
        assert (await one.say("undo"))["code"] == "protected_area"
        assert [area["id"] for area in order(server, "protected")["protected_areas"]] == [1, 2]
        order(server, "unprotect", "1")
        assert (await one.say("place", x=10, y=10, color=2))["type"] == "placed"
        outside = host(server, "admin", "protect", "0,0", "5000,1")
        assert outside.returncode == 1 and "canvas" in outside.stderr


async def damaged_history(server: Server):
    """Snapshots that are damaged on the disk cost nothing but time: the past is made of those before."""
    def past(of, version):
        answer = of.get(f"/api/history/at?version={version}")
        return zlib.decompress(answer.body) if answer.status == 200 else answer.code

    with OwnServer(server, "--place-rate", "0", "--spectator-cooldown", "0") as own:
        for turn in range(4):
            painter = Account(own.server)
            async with Socket(own.server, painter.access, "?play=1") as brush:
                await brush.message("status", status="playing")
                for x in range(16):
                    assert (await brush.say("place", x=x, y=turn, color=x + turn))["type"] == "placed"
            told = [past(own.server, version) for version in range(16 * turn + 17)]
            own.stop()
            if turn < 3:
                own.start()
        database = sqlite3.connect(f"{own.data}/pixelwars.db")
        damage = "UPDATE canvas_snapshots SET cells = x'0102' WHERE version BETWEEN 1 AND 40"
        assert database.execute(damage).rowcount >= 2
        database.commit()
        own.start()
        assert [past(own.server, version) for version in range(65)] == told
        own.stop()
        database.execute("DELETE FROM canvas_changes WHERE version = 5")
        database.commit()
        database.close()
        own.start()
        assert past(own.server, 4) == told[4] and past(own.server, 5) == past(own.server, 9) == "history_gone"
        assert past(own.server, 64) == told[64]


SCENARIOS = [new_game, rolling_back, protected_areas, damaged_history]
