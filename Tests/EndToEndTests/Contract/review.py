"""The contract's rows about who is flagged, and what a ban does."""
import asyncio

from arcade import Player, start
from arcade_cheats import off_the_dot
from arcade_runs import board
from binary import BinarySocket
from client import Account, Server, Socket, handshake_status
from host import OwnServer, books, flags, host, listed
from shapes import refused

WHY = "Points that nobody makes"


def done(server, *words):
    ran = host(server, *words)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


async def reviewing(server: Server):
    """Flags are listed with their evidence and cleared; a ban shows out, keeps out and can be taken back."""
    assert listed(server, "review") == {"flags": []}
    assert "nothing to review" in done(server, "review", "list")
    async with Player(server, name="Cheat") as cheat, Player(server, BinarySocket) as other:
        await asyncio.gather(off_the_dot(server, cheat), off_the_dot(server, other))
        lines = done(server, "review", "list").splitlines()
        assert len(lines) == 7 and lines[0].split() == [
            "TIME", "ACCOUNT", "NAME", "BANNED", "REASON", "EVIDENCE"], lines
        found = [flag for flag in listed(server, "review")["flags"] if flag["account"]["name"] == "Cheat"]
        assert [flag["evidence"].split()[0] for flag in found] == ["steps", "shaky_dot", "dot"], found
        assert not any(flag["is_banned"] for flag in found)
        done(server, "review", "clear", other.account.id)
        assert flags(server, other.account) == [] and flags(server, cheat.account) == ["off_target"] * 3
        done(server, "review", "clear", "Cheat")
        assert listed(server, "review") == {"flags": []}
    await banning(server)
    for words in [
            ("review", "ban", "nobody-here"), ("review", "clear", "0123456789abc"),
            ("review", "unban", "nobody-here")]:
        ran = host(server, *words)
        assert ran.returncode == 1 and ran.stderr and not ran.stdout, words
    for words in [
            ("review",), ("review", "ban"), ("review", "lists"), ("review", "ban", "a", "b"),
            ("review", "list", "--reason", "x"), ("review", "ban", "a", "--reason", "")]:
        assert host(server, *words).returncode == 2, words
    books(server)


async def banning(server):
    ada = Account(server, "Ada")
    second = Account(server, key=ada.key)
    async with Player(server) as player:
        bea = player.account
        run = await player.start("steps")
        await race(run)
    assert [account for _, account, _ in board(server, "steps")] == [bea.id]
    for who, socket in [(ada, Socket(server, ada.access, "?play=1")), (bea, BinarySocket(server, bea.access))]:
        async with socket:
            await start(socket, "dot")
            done(server, "review", "ban", who.id, "--reason", WHY)
            assert await socket.close_code() == 4005
        banned(server, who)
        assert await handshake_status(server, who.access) == 403
    banned(server, second)
    assert server.get("/api/canvas").json["players"] == 0, "nobody banned keeps a place"
    assert board(server, "steps") == []
    # Again is another reason; none given is said so.
    done(server, "review", "ban", "Ada")
    answer = ada.me()
    refused(answer, 403, "banned")
    assert WHY not in answer.json["error"]["message"]
    for who in [ada, bea]:
        done(server, "review", "unban", who.id)
        fresh = Account(server, key=who.key)
        assert fresh.id == who.id and fresh.me().status == 200
        assert await handshake_status(server, fresh.access) == 101
        # What signed in before the ban is as good as before.
        assert who.me().status == 200 and who.refresh().status == 200
    assert [account for _, account, _ in board(server, "steps")] == [bea.id], "its runs count again"


def banned(server, who):
    """Every call that needs a token, a sign-in and a refresh say why."""
    calls = [
        ("GET", "/api/me", None), ("PATCH", "/api/me", {"name": "Eve"}), ("DELETE", "/api/me", None),
        ("POST", "/api/canvas/pixels", {"x": 1, "y": 1, "color": 1}), ("POST", "/api/canvas/undo", None),
        ("POST", "/api/push_clicks", {"clicks": [1]}), ("GET", "/api/relays", None),
        ("POST", "/api/relays", {}), ("GET", "/api/skins", None),
        ("POST", "/api/skins/first-pixel/purchase", None), ("PUT", "/api/me/skin", {"skin": None}),
        ("GET", "/api/ads/next?page=shop", None), ("POST", "/api/feedback", {"message": "Please!"})]
    answers = [server.call(method, path, body, token=who.access) for method, path, body in calls]
    for answer in answers + [who.sign_in(), who.refresh()]:
        error = refused(answer, 403, "banned")
        assert WHY in error["message"], error
    # What is for all is for them too.
    for path in ["/api/canvas", "/api/leaderboards/dot", "/api/base_colors"]:
        assert server.get(path, token=who.access).status == 200, path


async def race(run):
    for step in range(25):
        await run.until((step + 1) * 170)
        await run.hit()
    await run.over("completed", 5)


async def offline_review(server: Server):
    """A ban outlives a kill, and a host can give and take one while no server lives."""
    with OwnServer(server) as own:
        ada, bob = Account(own.server), Account(own.server)
        assert own.server.post("/api/feedback", {"message": "Bye"}, token=bob.access).status == 201
        done(own.server, "review", "ban", ada.id, "--reason", WHY)
        own.kill()
        done(own, "review", "ban", bob.id, "--reason", WHY)
        done(own, "review", "unban", ada.id)
        assert [note["message"] for note in listed(own, "feedback")["feedback"]] == ["Bye"]
        ada.server = bob.server = own.start()
        banned(own.server, bob)
        assert (ada.me().status, ada.refresh().status, bob.sign_in().code) == (200, 200, "banned")
        own.kill()
        ada.server = bob.server = own.start()
        banned(own.server, bob)
        done(own.server, "review", "unban", bob.id)
        assert Account(own.server, key=bob.key).id == bob.id
        assert books(own.server) == 2


SCENARIOS = [reviewing, offline_review]
