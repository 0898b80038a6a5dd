"""The contract's rows about who someone is."""
import base64
import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from client import Account, Server, Socket, handshake_status


async def guests(server: Server):
    answer = server.post("/api/auth/guest", {"name": "Zoë"})
    assert answer.status == 200
    guest = answer.json
    assert set(guest) == {"token", "session_id", "account", "expires_in"}
    assert guest["account"]["name"] == "Zoë" and 86_000 <= guest["expires_in"] <= 86_400
    assert server.post("/api/auth/guest").json["account"]["name"].startswith("guest-")
    me = server.get("/api/me", token=guest["token"]).json
    assert (me["id"], me["name"], me["status"], me["roles"]) == (guest["account"]["id"], "Zoë", "spectator", [])
    # A guest where an account is needed.
    placed = server.post("/api/canvas/pixels", {"x": 0, "y": 0, "color": 1}, token=guest["token"])
    assert (placed.status, placed.code) == (403, "sign_in_required")
    assert server.post("/api/auth/logout", token=guest["token"]).code == "sign_in_required"
    async with Socket(server, guest["token"]) as socket:
        assert socket.welcome["status"] == "spectator"
        assert (await socket.say("play"))["code"] == "sign_in_required"
        renamed = server.call("PATCH", "/api/me", {"name": "Ida"}, token=guest["token"])
        assert (renamed.status, renamed.json["name"]) == (200, "Ida")
        assert server.get("/api/me", token=guest["token"]).json["name"] == "Ida"
        assert server.call("DELETE", "/api/me", token=guest["token"]).status == 204
        assert await socket.close_code() == 4004
    gone = server.get("/api/me", token=guest["token"])
    assert (gone.status, gone.code) == (401, "unauthorized")


async def devices(server: Server):
    account = Account(server, name="Grace")
    assert account.name == "Grace" and account.expires_in == 900
    claims = account.claims()
    assert claims["gen"] == 0 and claims["sid"] == account.session and claims["roles"] == ["player"]
    # The key is the account: its next use is another sign-in of the same one.
    again = Account(server, name="Other", key=account.key)
    assert (again.id, again.name) == (account.id, "Grace") and again.session != account.session
    # A challenge is good once, for its key, and a signature must be the key's own over this host.
    challenge = account.challenge()
    refused = account.sign_in(challenge, signer=Ed25519PrivateKey.generate())
    assert (refused.status, refused.code) == (401, "invalid_signature")
    assert account.sign_in(challenge).code == "invalid_challenge"
    assert account.sign_in(signed_host="elsewhere:1").code == "invalid_signature"
    invented = base64.b64encode(os.urandom(32)).decode()
    assert account.sign_in(invented).code == "invalid_challenge"
    assert account.sign_in(again.challenge()).status == 200, "both are challenges of one key"
    for key in ["", "AAAA", base64.b64encode(bytes(31)).decode(), "%%%"]:
        answer = server.post("/api/auth/device/challenge", {"public_key": key})
        assert (answer.status, answer.code) == (400, "bad_request"), key
    missing = server.post("/api/auth/device/challenge", {})
    assert missing.status == 400 and "public_key" in missing.json["error"]["message"]


async def names(server: Server):
    ada = Account(server, name="Ada")
    taken = Account(server)
    for name in ["ada", "ADA", "\uff21da"]:
        answer = server.call("PATCH", "/api/me", {"name": name}, token=taken.access)
        assert (answer.status, answer.code) == (409, "name_taken"), name
    for name in ["", " a", "a\u202eb", "a\u200db", "x" * 25, "\x1b[2J", "a\nb"]:
        answer = server.call("PATCH", "/api/me", {"name": name}, token=taken.access)
        assert (answer.status, answer.code) == (400, "bad_request"), name
    for body in [{}, {"name": 1}, {"name": None}, b"{", b"[]"]:
        assert server.call("PATCH", "/api/me", body, token=taken.access).status == 400, body
    fresh = Ed25519PrivateKey.generate()
    wished = Account.__new__(Account)
    wished.server, wished.key = server, fresh
    assert wished.sign_in(name="aDA").code == "name_taken", "at the first sign-in too"
    renamed = server.call("PATCH", "/api/me", {"name": "ADA"}, token=ada.access)
    assert renamed.json["name"] == "ADA", "one's own name in other letters"
    assert server.call("PATCH", "/api/me", {"name": "Countess"}, token=ada.access).status == 200
    assert server.call("PATCH", "/api/me", {"name": "Ada"}, token=taken.access).json["name"] == "Ada"
    assert ada.me().json["name"] == "Countess"
    assert server.call("PATCH", "/api/me", {"name": "x"}).code == "unauthorized"


async def refreshing(server: Server):
    account = Account(server)
    first = account.refresh_token
    account.take(account.refresh())
    assert account.claims()["gen"] == 1
    second = account.refresh_token
    # The one before the latest yields the same child until that is used.
    repeated = account.refresh(first)
    assert repeated.status == 200 and repeated.json["refresh_token"] == second
    account.take(account.refresh(second))
    assert account.claims()["gen"] == 2
    async with Socket(server, account.access, "?play=1") as socket:
        await socket.message("status", status="playing")
        other = Account(server, key=account.key)
        # A used one ends the family and its socket, and nothing of another sign-in.
        reused = account.refresh(first)
        assert (reused.status, reused.code) == (401, "refresh_reused")
        assert await socket.close_code() == 4004
    assert account.refresh().code == "invalid_refresh_token", "the latest ended with its family"
    assert account.me().code == "unauthorized", "and its access token with it"
    assert other.me().status == 200 and other.refresh().status == 200
    for token in ["", "x", base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")]:
        answer = account.refresh(token or " ")
        assert (answer.status, answer.code) == (401, "invalid_refresh_token"), token
    assert server.post("/api/auth/refresh", {}).status == 400


async def logging_out(server: Server):
    account = Account(server)
    other = Account(server, key=account.key)
    async with Socket(server, account.access, "?play=1") as socket:
        await socket.message("status", status="playing")
        assert server.post("/api/auth/logout", token=account.access).status == 204
        assert await socket.close_code() == 4004
    assert account.me().code == "unauthorized"
    assert account.refresh().code == "invalid_refresh_token"
    assert await handshake_status(server, account.access) == 401
    assert other.me().json["status"] == "afk", "whoever played by it has left"
    assert server.post("/api/auth/logout").code == "unauthorized"


async def deleting(server: Server):
    account = Account(server, name="Mayfly")
    async with Socket(server, account.access, "?play=1") as socket:
        await socket.message("status", status="playing")
        assert (await socket.say("place", x=3, y=2, color=5))["type"] == "placed"
        assert server.call("DELETE", "/api/me", token=account.access).status == 204
        assert await socket.close_code() == 4004
    assert account.me().code == "unauthorized"
    pixel = server.get("/api/canvas/pixels/3/2").json
    assert pixel["account"]["id"] == account.id and "Mayfly" not in pixel["account"]["name"]
    heir = Account(server, name="Mayfly", key=account.key)
    assert heir.id != account.id, "the key registers anew"
    reserved = server.call("PATCH", "/api/me", {"name": "deleted-" + heir.id}, token=heir.access)
    assert reserved.code == "name_taken"


async def tokens(server: Server):
    for token in ["x", "a.b.c", "é" * 10, "x" * 3000]:
        answer = server.get("/api/me", headers={"Authorization": b"Bearer " + token.encode()})
        assert (answer.status, answer.code) == (401, "unauthorized"), token
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert server.get("/api/me").code == "unauthorized"
    account = Account(server)
    head, payload, signature = account.access.split(".")
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert server.get("/api/me", token=f"{head}.{payload}.{flipped}").code == "unauthorized"
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').decode().rstrip("=")
    assert server.get("/api/me", token=f"{none}.{payload}.").code == "unauthorized"
    assert await handshake_status(server, None) == 401
    assert await handshake_status(server, "x") == 401
    assert await handshake_status(server, account.access, headers={"Origin": "https://evil.example"}) == 403
    assert server.get("/ws", token=account.access).code == "upgrade_required"


async def expiry(server: Server):
    """With access tokens of 15 seconds: a call finds one ended, a socket outlives its own by a second."""
    import asyncio
    account = Account(server)
    assert account.expires_in == 15
    renewed = Account(server)
    async with Socket(server, account.access) as socket, Socket(server, renewed.access) as kept:
        await asyncio.sleep(8)
        old = renewed.access
        renewed.take(renewed.refresh())
        assert (await kept.say("authenticate", token=renewed.access))["type"] == "ok"
        assert (await kept.say("authenticate", token=old))["type"] == "ok", "an older one takes nothing back"
        assert (await kept.say("authenticate", token=account.access))["code"] == "unauthorized"
        assert await socket.close_code() == 4002
        ended = account.me()
        assert (ended.status, ended.code) == (401, "token_expired")
        assert await handshake_status(server, account.access) == 401
        assert (await kept.say("authenticate", token=account.access))["code"] == "token_expired"
        account.take(account.refresh())
        assert account.me().status == 200
        assert (await kept.say("heartbeat"))["type"] == "heartbeat"


async def rates(server: Server):
    """With `--sign-in-rate 1:3 --guest-rate 0.5:2 --request-rate 5:20`."""
    statuses = [server.post("/api/auth/guest").status for _ in range(4)]
    assert statuses[:2] == [200, 200] and 429 in statuses, statuses
    limited = server.post("/api/auth/guest")
    error = limited.json["error"]
    assert error["code"] == "rate_limited" and 0 < error["retry_after_ms"] <= 2_000
    assert int(limited.headers["Retry-After"]) in (1, 2)
    answers = [server.post("/api/auth/refresh", {"refresh_token": "x"}) for _ in range(6)]
    assert [answer.status for answer in answers[:3]] == [401] * 3
    assert answers[-1].code == "rate_limited", "challenges, sign-ins and refreshes share a rate"
    for method, path in [
        ("GET", "/healthz"), ("GET", "/readyz"), ("GET", "/metrics"), ("GET", "/openapi.yaml"),
        ("GET", "/api/canvas"), ("GET", "/api/me"), ("PATCH", "/api/me"), ("DELETE", "/api/me"),
        ("POST", "/api/auth/logout"), ("GET", "/ws"), ("GET", "/nowhere"), ("PUT", "/api/canvas"),
    ]:
        # Whatever the answer is, asking spends: nothing passes once the bucket is empty.
        while server.call(method, path).status != 429:
            pass
        limited = server.get("/healthz")
        assert limited.code == "rate_limited" and "Retry-After" in limited.headers, path


async def proxies(server: Server):
    """With `--trust-proxy 127.0.0.1 --guest-rate 0.01:1 --max-connections-per-address 2`."""
    def guest(forwarded):
        return server.post("/api/auth/guest", headers={"X-Forwarded-For": forwarded}).status
    assert [guest("198.51.100.1"), guest("198.51.100.1"), guest("198.51.100.2")] == [200, 429, 200]
    # What stands left of the last untrusted address could be anyone's invention.
    assert guest("203.0.113.1, 198.51.100.1") == 429
    assert guest("198.51.100.1:4711") == 429 and guest("198.51.100.1, ::ffff:127.0.0.1") == 429
    assert [guest("2001:db8:1:2::1"), guest("2001:db8:1:2:ffff::2"), guest("2001:db8:1:3::1")] == [200, 429, 200]
    assert guest("[2001:db8:1:2::9]:80") == 429
    # Sockets count by the address behind the proxy, the proxy's own connections don't.
    accounts = [Account(server) for _ in range(3)]
    one = {"X-Forwarded-For": "198.51.100.1"}
    async with Socket(server, accounts[0].access, headers=one), Socket(server, accounts[1].access, headers=one):
        assert await handshake_status(server, accounts[2].access, headers=one) == 429
        assert await handshake_status(server, accounts[2].access, headers={"X-Forwarded-For": "198.51.100.2"}) == 101


async def crowded(server: Server):
    """With `--max-connections-per-address 3`: one connection more is closed at once."""
    import socket
    open_ones = [socket.create_connection((server.host, server.port)) for _ in range(3)]
    with socket.create_connection((server.host, server.port)) as one_more:
        one_more.settimeout(10)
        assert one_more.recv(1) == b"", "closed at once"
    for connection in open_ones:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
        connection.close()


SCENARIOS = [guests, devices, names, refreshing, logging_out, deleting, tokens, expiry, rates, proxies, crowded]
