"""The contract's rows for hosts over HTTP: who may do what, knobs, bans that end, announcements and the audit."""
import json
import re
import time

from binary import BinarySocket
from client import Account, Guest, Server, Socket, eventually
from host import OwnServer, host, make_admin, query
from shapes import COUNT, FLAG, ID, NOTE, fits, refused, text, whole

LISTED = {
    "id": ID, "name": text(".{1,24}"), "status": {"afk", "queued", "playing", "stalled"},
    "role": {"player", "moderator", "admin"}, "position?": whole(1), "idle_left_ms?": int,
    "is_connected": bool, "sessions": COUNT, "ban_reason?": str, "ban_until_ms?": whole(1)}
STATUS = {
    "release": str, "uptime_ms": COUNT, "players": COUNT, "queued": COUNT, "connections": COUNT,
    "spectators": COUNT, "accounts": COUNT, "version": COUNT, "epoch": int, "width": whole(1),
    "height": whole(1), "is_storage_healthy": bool, "pending_records": COUNT}
KNOB = {"name": text("[a-z-]+"), "value": str, "option": str, "is_set": bool, "wanted": str}
ROW = {
    "id": whole(1), "at_ms": whole(1), "actor": {"kind": {"console", "account"}, "id?": ID, "name?": str},
    "action": text("[a-z_]+"), "subject": str, "subject_name?": str, "detail": str}
DONE = {"message": text(".+")}


def role(server, name, word):
    account = Account(server, name)
    done = host(server, "admin", "grant", account.id, word)
    assert done.returncode == 0, done.stderr
    return account


def asked(server, who, path, shape, status=200):
    answer = server.get("/api/admin" + path, token=who.access)
    assert answer.status == status, (path, answer.status, answer.body)
    return fits(answer.json, shape)


def did(server, who, path, body=None, method="POST"):
    answer = server.call(method, "/api/admin" + path, body, token=who.access)
    assert answer.status == 200, (path, answer.status, answer.body)
    return fits(answer.json, DONE)["message"]


def calls(target, until_ms):
    """Every call with the least role that it takes."""
    at = f"/accounts/{target.id}"
    return [
        ("GET", "/accounts", None, 1), ("GET", "/accounts?all=1", None, 1), ("GET", "/flags", None, 1),
        ("GET", "/feedback", None, 1), ("GET", "/audit", None, 1), ("GET", "/audit?limit=1&before=9", None, 1),
        ("GET", "/status", None, 1), ("POST", at + "/kick", None, 1), ("POST", at + "/clear_flags", None, 1),
        ("POST", at + "/ban", {"until_ms": until_ms, "reason": "x"}, 1), ("POST", at + "/unban", None, 1),
        ("POST", "/announcements", {"message": "Hello"}, 1), ("GET", "/knobs", None, 2),
        ("PATCH", "/knobs", {"name": "ads", "value": None}, 2), ("POST", at + "/ban", {}, 2),
        ("POST", at + "/unban", None, 1), ("POST", at + "/role", {"role": "player"}, 2)]


async def roles(server: Server):
    """Each call is answered to the roles that may make it, and to nobody else; nobody does it to themselves."""
    boss, mod, other = role(server, "Boss", "admin"), role(server, "Mod", "moderator"), role(
        server, "Other", "moderator")
    player, target, guest = Account(server, "Player"), Account(server, "Target"), Guest(server)
    until_ms = int(time.time() * 1000) + 3_600_000
    for rank, who in [(0, player), (1, mod), (2, boss)]:
        for method, path, body, least in calls(target, until_ms):
            answer = server.call(method, "/api/admin" + path, body, token=who.access)
            if rank >= least:
                assert answer.status == 200, (who.name, path, answer.body)
            else:
                refused(answer, 403, "forbidden")
    for method, path, body, _ in calls(target, until_ms):
        refused(server.call(method, "/api/admin" + path, body), 401, "unauthorized")
        refused(server.call(method, "/api/admin" + path, body, token=guest.access), 403, "sign_in_required")
    for who, whom in [(mod, mod), (boss, boss), (mod, other), (mod, boss)]:
        for path, body in [("kick", None), ("ban", {"until_ms": until_ms}), ("unban", None), ("clear_flags", None)]:
            answer = server.post(f"/api/admin/accounts/{whom.id}/{path}", body, token=who.access)
            refused(answer, 403, "forbidden")
    refused(
        server.post(f"/api/admin/accounts/{boss.id}/role", {"role": "player"}, token=boss.access), 403,
        "forbidden")
    # A month and a day is an admin's to give, and a ban for good to lift.
    long = {"until_ms": int(time.time() * 1000) + 31 * 86_400_000}
    refused(server.post(f"/api/admin/accounts/{target.id}/ban", long, token=mod.access), 403, "forbidden")
    did(server, boss, f"/accounts/{target.id}/ban", {"reason": "for good"})
    refused(server.post(f"/api/admin/accounts/{target.id}/unban", token=mod.access), 403, "forbidden")
    did(server, boss, f"/accounts/{target.id}/unban")
    listed = asked(server, mod, "/accounts", {"accounts": [LISTED], "total": COUNT})
    assert {account["name"]: account["role"] for account in listed["accounts"]} == {
        "Boss": "admin", "Mod": "moderator", "Other": "moderator"}
    asked(server, mod, "/flags", {"flags": [FLAG]})
    assert server.post("/api/feedback", {"message": "Hi"}, token=player.access).status == 201
    assert asked(server, mod, "/feedback", {"feedback": [NOTE]})["feedback"][0]["message"] == "Hi"
    assert asked(server, mod, "/status", STATUS)["accounts"] == 5
    # A role that is taken away is gone at once, whatever the token says.
    did(server, boss, f"/accounts/{mod.id}/role", {"role": "player"})
    refused(server.get("/api/admin/status", token=mod.access), 403, "forbidden")


async def auditing(server: Server):
    """Everything that was changed stands in the audit with who, what and when, over HTTP, in SQL and for people."""
    boss, mod = role(server, "Boss", "admin"), role(server, "Mod", "moderator")
    ada = Account(server, "Ada")
    until_ms = int(time.time() * 1000) + 3_600_000
    did(server, mod, f"/accounts/{ada.id}/ban", {"reason": "Bursts", "until_ms": until_ms})
    did(server, boss, f"/accounts/{ada.id}/unban")
    did(server, boss, "/knobs", {"name": "max-players", "value": "7"}, "PATCH")
    async with Socket(server, ada.access):
        did(server, mod, f"/accounts/{ada.id}/kick")
    did(server, mod, "/announcements", {"message": "Back\nsoon"})
    planned = server.post(
        "/api/click_games", {"seconds": 60, "planets": ["earth", "mars"]}, token=boss.access)
    assert planned.status == 201, planned.body
    relay = server.post("/api/relays", {}, token=ada.access)
    rows = asked(server, mod, "/audit", {"entries": [ROW]})["entries"]
    told = [(row["actor"].get("name", "console"), row["action"], row.get("subject_name", row["subject"]))
            for row in rows]
    assert told == [
        ("Boss", "schedule_click_game", planned.json["game_id"]), ("Mod", "announce", ""), ("Mod", "kick", "Ada"),
        ("Boss", "set_knob", "max-players"), ("Boss", "unban", "Ada"), ("Mod", "ban", "Ada"),
        ("console", "grant", "Mod"), ("console", "grant", "Boss")], told
    assert re.fullmatch(r"until \d{4}-.*Z: Bursts", rows[5]["detail"]), rows[5]
    assert [row["id"] for row in rows] == list(range(len(rows), 0, -1)) and relay.status == 200
    page = asked(server, mod, f"/audit?limit=2&before={rows[2]['id']}", {"entries": [ROW]})["entries"]
    assert page == rows[3:5]
    readable = query(server, "SELECT actor_name, action, subject_name FROM audit_readable ORDER BY id DESC")
    assert readable[2] == ("Mod", "kick", "Ada"), readable
    lines = host(server, "admin", "audit", "--limit", "3").stdout.splitlines()
    assert lines[0].split() == ["NO.", "TIME", "WHO", "WHAT", "OF", "DETAIL"] and len(lines) == 4, lines
    assert json.loads(host(server, "admin", "audit", "--json").stdout) == {"entries": rows}


async def knobs(server: Server):
    """Knobs count at once and after a restart, beat options, and are reset; nobody is thrown out by one."""
    with OwnServer(server, "--max-players", "5", "--place-rate", "0", "--spectator-cooldown", "0") as own:
        boss = role(own.server, "Boss", "admin")
        people = [Account(own.server) for _ in range(3)]
        sockets = [Socket(own.server, who.access) for who in people]
        for socket in sockets:
            await socket.__aenter__()
        for socket in sockets[:2]:
            assert (await socket.say("play"))["status"] == "playing"
        did(own.server, boss, "/knobs", {"name": "max-players", "value": "1"}, "PATCH")
        assert asked(own.server, boss, "/status", STATUS)["players"] == 2, "nobody is thrown out"
        assert (await sockets[2].say("play"))["status"] == "queued"
        await sockets[0].say("leave")
        assert asked(own.server, boss, "/status", STATUS)["players"] == 1
        await sockets[1].say("leave")
        await sockets[2].message("status", status="playing")
        did(own.server, boss, "/knobs", {"name": "place-rate", "value": "0.001:1"}, "PATCH")
        assert (await sockets[2].say("place", x=1, y=1, color=1))["type"] == "placed"
        assert (await sockets[2].say("place", x=1, y=2, color=1))["code"] == "rate_limited"
        did(own.server, boss, "/knobs", {"name": "place-rate", "value": None}, "PATCH")
        assert (await sockets[2].say("place", x=1, y=2, color=1))["type"] == "placed"
        did(own.server, boss, "/knobs", {"name": "ads", "value": "off"}, "PATCH")
        assert own.server.get("/api/ads/next?page=shop", token=people[0].access).status == 204
        own.kill()
        # Offline, too: the next start finds it.
        assert host(own, "admin", "set", "idle-seconds", "77").returncode == 0
        boss.server = own.start()
        found = {knob["name"]: knob for knob in asked(own.server, boss, "/knobs", {"knobs": [KNOB]})["knobs"]}
        assert len(found) == 6
        assert {name for name, knob in found.items() if knob["is_set"]} == {
            "max-players", "ads", "idle-seconds"}
        assert (found["max-players"]["value"], found["max-players"]["option"]) == ("1", "5")
        assert host(own.server, "admin", "knobs", "--reset", "max-players").returncode == 0
        rows = query(own.server, "SELECT name, value FROM knobs_readable ORDER BY name")
        assert rows == [("ads", "off"), ("idle-seconds", "77")], rows


async def ban_ends(server: Server):
    """A ban with an end tells it, ends by itself, also while no server lives, and is lifted before."""
    with OwnServer(server) as own:
        ada, bob, eve = Account(own.server, "Ada"), Account(own.server, "Bob"), Account(own.server, "Eve")
        boss = role(own.server, "Boss", "admin")
        async with Socket(own.server, ada.access) as socket:
            end = int(time.time() * 1000) + 2_500
            did(own.server, boss, f"/accounts/{ada.id}/ban", {"reason": "Too loud", "until_ms": end})
            assert await socket.close_code() == 4005
        error = refused(ada.me(), 403, "banned")
        assert re.fullmatch(r"This account is banned until 20.{21}Z: Too loud", error["message"]), error
        listed = asked(own.server, boss, "/accounts?all=1", {"accounts": [LISTED], "total": COUNT})["accounts"]
        assert [account["ban_until_ms"] for account in listed if "ban_until_ms" in account] == [end]
        assert host(own.server, "admin", "ban", "Eve", "--until", "7d").returncode == 0
        did(own.server, boss, f"/accounts/{eve.id}/unban")
        assert eve.me().status == 200
        await eventually("the ban is over", lambda: ada.me().status == 200)
        assert time.time() * 1000 >= end - 50
        soon = int(time.time() * 1000) + 1_000
        did(own.server, boss, f"/accounts/{bob.id}/ban", {"until_ms": soon})
        own.kill()
        bob.server = own.start()
        await eventually("the ban is over", lambda: bob.me().status == 200)
        banned = "SELECT name FROM accounts WHERE ban_until_ms IS NOT NULL"
        await eventually("its end is kept", lambda: query(own.server, banned) == [])


async def announcing(server: Server):
    """An announcement reaches every socket in both forms, once and cleaned; too many are refused."""
    mod, ada = role(server, "Mod", "moderator"), Account(server)
    guest = Guest(server)
    async with Socket(server, ada.access, "?play=1") as player, BinarySocket(server, guest.access) as watcher:
        did(server, mod, "/announcements", {"message": " Back\r\nin \u001b[2J5\u202e "})
        for socket in [player, watcher]:
            message = await socket.message("announcement")
            assert message["message"] == "Back in [2J5" and abs(message["at_ms"] / 1000 - time.time()) < 60
        assert host(server, "admin", "announce", "Second").returncode == 0
        for socket in [player, watcher]:
            await socket.message("announcement", message="Second")
        did(server, mod, "/announcements", {"message": "Third"})
        error = refused(
            server.post("/api/admin/announcements", {"message": "Fourth"}, token=mod.access), 429, "rate_limited")
        assert error["retry_after_ms"] <= 10_000


async def hostile_hosts(server: Server):
    """What is no command changes nothing and is refused by its field; texts are kept from commanding anything."""
    boss, ada = role(server, "Boss", "admin"), Account(server, "Ada")
    at = f"/api/admin/accounts/{ada.id}"
    before = asked(server, boss, "/audit", {"entries": [ROW]})
    for method, path, body, field in [
            ("POST", at + "/ban", {"reason": ""}, "reason"), ("POST", at + "/ban", {"reason": "a\u001bb"}, "reason"),
            ("POST", at + "/ban", {"reason": "x" * 201}, "reason"), ("POST", at + "/ban", {"reason": 1}, "reason"),
            ("POST", at + "/ban", {"until_ms": "x"}, "until_ms"), ("POST", at + "/ban", {"until_ms": 1.5}, "until_ms"),
            ("POST", at + "/role", {}, "role"), ("POST", at + "/role", {"role": "king"}, "role"),
            ("POST", at + "/role", {"role": ["admin"]}, "role"), ("PATCH", "/api/admin/knobs", {}, "value"),
            ("PATCH", "/api/admin/knobs", {"name": "x" * 65, "value": "1"}, "name"),
            ("PATCH", "/api/admin/knobs", {"name": "ads", "value": True}, "value"),
            ("PATCH", "/api/admin/knobs", {"name": "max-players", "value": "9" * 30}, "max-players"),
            ("PATCH", "/api/admin/knobs", {"name": "place-rate", "value": "1:1:1"}, "place-rate"),
            ("PATCH", "/api/admin/knobs", {"name": "place-rate", "value": "nan:1"}, "place-rate"),
            ("PATCH", "/api/admin/knobs", {"name": "place-rate", "value": "inf:1"}, "place-rate"),
            ("PATCH", "/api/admin/knobs", {"name": "idle-seconds", "value": "-1"}, "idle-seconds"),
            ("POST", "/api/admin/announcements", {"message": "\u200b"}, "message"),
            ("POST", "/api/admin/announcements", {"message": "x" * 281}, "message"),
            ("GET", "/api/admin/audit?limit=0", None, "limit"), ("GET", "/api/admin/audit?limit=1e9", None, "limit"),
            ("GET", "/api/admin/audit?before=x", None, "before"), ("GET", "/api/admin/accounts?all=2", None, "all")]:
        refused(server.call(method, path, body, token=boss.access), 400, "bad_request", field)
    for until_ms in [0, -1, 2**63 - 1, -(2**63), int(time.time() * 1000) - 1]:
        refused(server.post(at + "/ban", {"until_ms": until_ms}, token=boss.access), 400, "bad_request")
    for body in [b"", b"[]", b"null", b"{", b"\xff", b'{"role":"admin","role":"admin"}']:
        refused(server.post(at + "/role", body, token=boss.access), 400, "bad_request")
    for path in ["/api/admin", "/api/admin/", "/api/admin/king", "/api/admin/accounts/x/kick", at,
                 at + "/crown", "/api/admin/status/", "/api/Admin/status", at + "/kick/"]:
        refused(server.post(path, {}, token=boss.access), 404, "not_found")
    for method, path in [("GET", at + "/kick"), ("POST", "/api/admin/status"), ("DELETE", "/api/admin/knobs")]:
        refused(server.call(method, path, token=boss.access), 405, "method_not_allowed")
    nobody = "0123456789abc"
    for path, body in [("kick", None), ("ban", {}), ("unban", None), ("clear_flags", None), ("role", {"role": "admin"})]:
        refused(server.post(f"/api/admin/accounts/{nobody}/{path}", body, token=boss.access), 404, "not_found")
    refused(
        server.call("PATCH", "/api/admin/knobs", {"name": "tick-ms", "value": "1"}, token=boss.access), 404,
        "not_found")
    assert asked(server, boss, "/audit", {"entries": [ROW]}) == before, "nothing was changed"
    assert ada.me().status == 200
    for words in [
            ("admin", "set", "ads", "maybe"), ("admin", "set", "tick-ms", "1"), ("admin", "announce", "\n"),
            ("admin", "ban", "Ada", "--until", "soon"), ("admin", "audit", "--limit", "0"),
            ("admin", "knobs", "--reset", "nothing"), ("admin", "status", "--until", "1d"), ("admin", "announce")]:
        assert host(server, *words).returncode == 2, words
    # A name that looks like an order for a terminal is none in the host's lists.
    make_admin(server, ada)
    assert "\u001b" not in host(server, "admin", "audit").stdout


SCENARIOS = [roles, auditing, knobs, ban_ends, announcing, hostile_hosts]
