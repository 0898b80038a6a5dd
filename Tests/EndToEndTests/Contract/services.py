"""The contract's rows about ads, what players write to the host, and the day's bonus."""
import asyncio
import datetime
import time

from arcade import Player
from client import Account, Guest, Server
from host import books, listed, query, stored
from shapes import ME, NOTE, SHOWN, fits, found, refused

NEXT, FEEDBACK = "/api/ads/next", "/api/feedback"


def next_ad(server, who, page="canvas"):
    return server.get(f"{NEXT}?page={page}", token=who.access if who else None)


def complete(server, who, impression):
    return server.post(f"/api/ads/{impression}/complete", token=who.access if who else None)


def is_done(answer):
    assert (answer.status, answer.body) == (204, b""), (answer.status, answer.body)


def impressions(server):
    return query(
        server, "SELECT id, ad, account, guest, page, completed_at_ms - shown_at_ms FROM ad_impressions"
        " ORDER BY shown_at_ms, id")


async def ads(server: Server):
    """An ad before a page: shown, not over, over, counted once, and nobody else's."""
    ada, guest, eve = Account(server), Guest(server), Account(server)
    begin = time.monotonic()
    shown = {who: found(next_ad(server, who, page), SHOWN) for who, page in [(ada, "shop"), (guest, "x_y")]}
    for who, ad in shown.items():
        assert ("text" in ad["ad"]) != ("rows" in ad["ad"]), "a picture or a text"
        early = complete(server, who, ad["impression_id"])
        refused(early, 409, "ad_not_over")
        wait = early.json["error"]["retry_after_ms"]
        assert 0 < wait <= ad["ad"]["seconds"] * 1_000, early.body
        assert int(early.headers["Retry-After"]) == -(-wait // 1_000)
        for other in [ada, guest, eve]:
            if other is not who:
                refused(complete(server, other, ad["impression_id"]), 404, "not_found")
    assert [row[5] for row in impressions(server)] == [None, None]
    await asyncio.sleep(max(ad["ad"]["seconds"] for ad in shown.values()) - (time.monotonic() - begin) - 0.4)
    for who, ad in shown.items():
        answer = complete(server, who, ad["impression_id"])
        if answer.status != 204:
            wait = refused(answer, 409, "ad_not_over")["retry_after_ms"]
            assert wait <= 1_000
            # Just so long, and no longer.
            await asyncio.sleep(wait / 1_000)
            answer = complete(server, who, ad["impression_id"])
        is_done(answer)
    counted = impressions(server)
    for who, ad in shown.items():
        for _ in range(3):
            is_done(complete(server, who, ad["impression_id"]))
        refused(complete(server, eve, ad["impression_id"]), 404, "not_found")
        account = (stored(who.id), None) if who is ada else (None, stored(who.id))
        (row,) = [row for row in counted if row[0] == stored(ad["impression_id"])]
        assert row[1:4] == (ad["ad"]["id"], *account) and row[5] >= ad["ad"]["seconds"] * 1_000, row
        assert row[4] == ("shop" if who is ada else "x_y")
    assert impressions(server) == counted, "counted once"
    ad_doors(server, ada, shown[ada]["impression_id"])
    await ad_choice(server)
    books(server)


def ad_doors(server, ada, impression):
    """Who may ask, and how."""
    is_done(next_ad(server, ada, "home"))
    refused(next_ad(server, None), 401, "unauthorized")
    refused(complete(server, None, impression), 401, "unauthorized")
    for page in ["", "Home", "x" * 33, "a-b", "a1", "%00", "a%20", "%C3%A9", "../x"]:
        refused(next_ad(server, ada, page), 400, "bad_request", "page")
    refused(server.get(NEXT, token=ada.access), 400, "bad_request", "page")
    refused(server.get(f"{NEXT}?pages=x", token=ada.access), 400, "bad_request", "page")
    for unknown in ["0123456789abc", "x", impression.upper(), impression + "0", "%00", "f" * 4_000]:
        refused(complete(server, ada, unknown), 404, "not_found")
    for method, path, allow in [
            ("POST", NEXT, "GET"), ("GET", f"/api/ads/{impression}/complete", "POST"),
            ("PUT", f"/api/ads/{impression}/complete", "POST")]:
        answered = server.call(method, path, token=ada.access)
        refused(answered, 405, "method_not_allowed")
        assert set(answered.headers["Allow"].split(", ")) - {"HEAD"} == {allow}
    for path in ["/api/ads", f"/api/ads/{impression}"]:
        refused(server.get(path, token=ada.access), 404, "not_found")


async def ad_choice(server):
    """None twice in a row, none out of its dates, none during a run against the clock, and not without end."""
    async with Player(server) as player:
        now = datetime.datetime.now(datetime.timezone.utc)
        before = None
        for _ in range(8):
            ad = found(next_ad(server, player.account), SHOWN)["ad"]
            assert ad["id"] != before
            before = ad["id"]
            for name, is_on in [("starts_at", lambda at: at <= now), ("ends_at", lambda at: now < at)]:
                if name in ad:
                    assert is_on(datetime.datetime.fromisoformat(ad[name].replace("Z", "+00:00"))), ad
        for game, status in [("dot", 204), ("shaky_dot", 204), ("steps", 200)]:
            run = await player.start(game)
            assert next_ad(server, player.account).status == status, game
            await player.socket.say("end_run", run_id=run.id)
        seen = [next_ad(server, player.account).status for _ in range(6)]
        assert seen[-1] == 204 and seen == sorted(seen), "whoever has seen enough goes on without"


async def no_ads(server: Server):
    """With `--ads off`: everyone goes on without."""
    for who in [Account(server), Guest(server)]:
        for page in ["canvas", "home", "shop"]:
            is_done(next_ad(server, who, page))
        refused(next_ad(server, who, "Home"), 400, "bad_request", "page")
        refused(complete(server, who, "0123456789abc"), 404, "not_found")
    assert impressions(server) == []


def write(server, who, text):
    return server.post(FEEDBACK, {"message": text}, token=who.access if who else None)


async def feedback(server: Server):
    """What players write to the host: cleaned, three an hour, and listed."""
    ada, bob, eve, guest = Account(server, "Ada"), Account(server), Account(server), Guest(server)
    texts = {
        "Hello\tthere\r\nhost\n": "Hello there host", "\x1b[31mred\x07\x00 \u202egnp\u200b": "[31mred gnp",
        "🙂" * 2_000: "🙂" * 2_000}
    for text in texts:
        answer = write(server, ada, text)
        assert (answer.status, answer.body) == (201, b""), (answer.status, answer.body)
    error = refused(write(server, ada, "a fourth"), 429, "rate_limited")
    assert 3_500_000 < error["retry_after_ms"] <= 3_600_000
    assert write(server, guest, "x" * 2_000).status == 201
    listed_ = fits(listed(server, "feedback"), {"feedback": [NOTE]})["feedback"]
    by_text = {note["message"]: note for note in listed_}
    assert set(by_text) == {*texts.values(), "x" * 2_000} and len(listed_) == 4
    for text in texts.values():
        assert by_text[text]["account"] == {"id": ada.id, "name": "Ada"} and not by_text[text]["is_guest"]
    assert by_text["x" * 2_000]["is_guest"] and "account" not in by_text["x" * 2_000]
    assert abs(by_text["x" * 2_000]["at_ms"] - time.time() * 1_000) < 10_000
    # What is refused isn't counted.
    for text in ["", " ", "\n\t\r\n", "\x00\x1b\u200b", "x" * 2_001, "🙂" * 2_001, None, 1, [], {}, True]:
        refused(write(server, bob, text), 400, "bad_request", "message")
    for body in [b"", b"{", b"[]", b"null", b"{}", b"\xff", b'{"message":"\\ud800"}', b'{"message":"\xff"}',
                 b'{"message":"a","message":"b"}', b"[" * 30_000]:
        refused(server.post(FEEDBACK, body, token=bob.access), 400, "bad_request")
    refused(server.post(FEEDBACK, {"message": "x" * 70_000}, token=bob.access), 413, "body_too_large")
    refused(write(server, None, "x"), 401, "unauthorized")
    refused(server.post(FEEDBACK, {"message": "x"}, token="a.b.c"), 401, "unauthorized")
    answered = server.get(FEEDBACK, token=bob.access)
    refused(answered, 405, "method_not_allowed")
    assert answered.headers["Allow"] == "POST"
    assert [write(server, bob, "'; DROP TABLE feedback; --").status for _ in range(4)] == [201] * 3 + [429]
    # All of one's sign-ins count together, all guests of an address too.
    assert write(server, Account(server, key=ada.key), "once more").status == 429
    assert [write(server, Guest(server), "we").status for _ in range(3)] == [201, 201, 429]
    assert server.call("DELETE", "/api/me", token=bob.access).status == 204
    gone = listed(server, "feedback")["feedback"]
    assert len(gone) == 9 and bob.name not in str(gone), "whoever is gone has no name"
    assert write(server, eve, "still there").status == 201


async def bonus(server: Server):
    """The first sign of life of a UTC day pays, once, however often and wherever one signs in."""
    before = datetime.datetime.now(datetime.timezone.utc).date()
    ada = Account(server)
    for _ in range(2):
        me = found(ada.me(), ME)
        assert (me["points"], me["login_bonus"]) == (10, {"points": 10, "streak_days": 1}), me
    answers = await asyncio.gather(*[
        asyncio.to_thread(lambda: Account(server, key=ada.key).me().json["points"]) for _ in range(20)])
    now = datetime.datetime.now(datetime.timezone.utc).date()
    # A test that runs over midnight sees another day's bonus.
    assert set(answers) == {10} or now != before
    guest = found(server.get("/api/me", token=Guest(server).access), ME)
    assert (guest["points"], guest["login_bonus"], guest["skin"]) == (0, None, None)
    entries = query(
        server, "SELECT points, reason, source FROM point_entries WHERE account = ?", stored(ada.id))
    epoch = datetime.date(1970, 1, 1)
    assert entries[0] == (10, "login_bonus", str((before - epoch).days)) and (len(entries) == 1 or now != before)
    books(server)


SCENARIOS = [ads, no_ads, feedback, bonus]
