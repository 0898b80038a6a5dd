"""The OpenAPI document held against the server by Schemathesis: as nobody, as a guest, as an account and as an admin
it calls every operation with what the document allows and with what it doesn't, and finds no status, type or body that
isn't documented, and no 5xx. `GET /watch`, which never ends, is looked at by hand."""
import asyncio
import collections
import html
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse

import yaml

from _servers import FREE, Running
from client import Account, Guest, Socket
from host import RULES, make_admin
from issuer import CLIENT, SECRET, Issuer

DEBIAN = ["python3-websockets", "python3-cryptography", "python3-yaml"]
PYPI = ["schemathesis==4.32.5"]

HERE = pathlib.Path(__file__).resolve().parent
SEED = 20
EXAMPLES = 10
CHECKS = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "unsupported_method", "allow_header_conformance", "ignored_auth",
    "negative_data_rejection", "every_field_is_told",
]
# QUERY is no method that the parser knows, so that it is malformed (400). 426 stands before the token at /ws.
SETTINGS = """
[phases.coverage]
unexpected-methods = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 409, 413, 415, 422, 426, 429]
"""
CALLERS = ["nobody", "guest", "account", "admin"]
# What never ends, handshakes, and where the document itself comes from aren't Schemathesis's to try: they are asked
# for here, and answered 200 and 101.
BY_HAND = {"watch", "webSocket", "relayRoom", "openAPI"}


class Sockets:
    """Sockets of players, which live on a thread of their own as long as the scenario."""

    def __init__(self):
        self.loop, self.open = asyncio.new_event_loop(), []
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def play(self, server, token):
        """On the canvas, and in the room of a relay that somebody made."""
        relay = server.post("/api/relays", {}, token=Account(server).access).json["relay_id"]

        async def begin():
            socket = await Socket(server, token, f"/game/{relay}?play=1").__aenter__()
            await socket.message("status", status="playing")
            return socket
        self.open.append(asyncio.run_coroutine_threadsafe(begin(), self.loop).result(30))

    def close(self):
        for socket in self.open:
            asyncio.run_coroutine_threadsafe(socket.__aexit__(), self.loop).result(30)


# The world that is tried ----------------------------------------------------------------------------------------------


def begin_sign_in(server):
    """A terminal's sign-in, whose person was let in by a browser and is on the way back."""
    address = {"X-Forwarded-For": "10.255.0.1"}
    begun = server.post("/api/auth/device/authorize", {}, headers=address).json
    cookie, fields = None, None
    for path, more in [("/device", None), ("/device", {}), ("/device/decision", {"decision": "allow"})]:
        link = http.client.HTTPConnection(server.host, server.port, timeout=30)
        headers = {**address, "Content-Type": "application/x-www-form-urlencoded"}
        if cookie:
            headers["Cookie"] = cookie
        form = None if more is None else urllib.parse.urlencode({**fields, **more})
        link.request("GET" if form is None else "POST", path, form, headers)
        answer = link.getresponse()
        page = answer.read().decode()
        link.close()
        assert answer.status == 200, page
        cookie = (answer.getheader("Set-Cookie") or cookie).split(";")[0]
        token = re.search(r'name="form_token" value="([^"]*)"', page)
        fields = {"user_code": begun["user_code"], "form_token": html.unescape(token.group(1)) if token else ""}
    way = html.unescape(re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', page).group(1))
    return begun["device_code"], way, cookie


def come_back(issuer, way, cookie):
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(issuer.go(way)).query))
    return {"cookie": cookie, "state": query["state"], "code": query["code"]}


def allowed(server, issuer):
    """The device code of a terminal that is let in."""
    code, way, cookie = begin_sign_in(server)
    back = come_back(issuer, way, cookie)
    answer = server.get(
        "/device/callback?" + urllib.parse.urlencode({"state": back["state"], "code": back["code"]}),
        headers={"Cookie": back["cookie"]})
    assert answer.status == 200, answer.body
    return code


def world(server, issuer, name, sockets):
    """A caller, and what it has to know of the server."""
    api = server.api
    caller = {"nobody": lambda: None, "guest": lambda: Guest(api), "account": lambda: Account(api, "Player"),
              "admin": lambda: Account(api, "Boss")}[name]()
    if name == "admin":
        make_admin(api, caller)
    known = {
        "caller": name, "url": server.url, "token": caller and caller.access, "worn": None, "impressions": [],
        "others": [Account(api).id for _ in range(3)], "game": api.get("/api/click_games/current").json["game_id"],
        "skins": ["pocket-green", "paper-and-ink", "amber-crt"], "allowed": [allowed(api, issuer)],
        "returns": [come_back(issuer, *begin_sign_in(api)[1:]) for _ in range(2)],
        "id_tokens": [issuer.token(sub=f"{name}-{number}", name="Grace") for number in range(3)],
    }
    known["id"] = caller.id if caller else known["others"][0]
    friend = Account(api)
    known["relays"] = [api.post("/api/relays", {}, token=friend.access).json["relay_id"]]
    if name in ("account", "admin"):
        sockets.play(api, caller.access)
        for color in range(3):
            placed = api.post("/api/canvas/pixels", {"x": color, "y": 0, "color": color}, token=caller.access)
            assert placed.status == 200, placed.body
        assert api.post("/api/skins/first-pixel/purchase", token=caller.access).status == 200
        known["worn"] = "first-pixel"
    if caller:
        shown = [api.get("/api/ads/next?page=canvas", token=caller.access) for _ in range(3)]
        known["impressions"] = [answer.json["impression_id"] for answer in shown if answer.status == 200]
    return known


# What is tried --------------------------------------------------------------------------------------------------------


def run(url, scratch, known, examples):
    """Schemathesis as one caller; the tally of operations and statuses."""
    name = known["caller"]
    place, tally, log = scratch / f"{name}.json", scratch / f"{name}-tally.json", scratch / f"{name}.log"
    place.write_text(json.dumps(known))
    (scratch / "schemathesis.toml").write_text(SETTINGS)
    environment = {
        **os.environ, "SCHEMATHESIS_HOOKS": "_openapi_calls", "PYTHONPATH": str(HERE), "PYTHONDONTWRITEBYTECODE": "1",
        "PIXELWARS_OPENAPI_WORLD": str(place), "PIXELWARS_OPENAPI_TALLY": str(tally)}
    command = [
        pathlib.Path(sys.executable).parent / "schemathesis", "run", f"{url}/openapi.yaml", "--exclude-path", "/watch",
        "--seed", SEED, "--max-examples", examples, "--checks", ",".join(CHECKS), "--request-timeout", 20,
        "--continue-on-failure", "--no-shrink", "--generation-database", "none", "--no-color"]
    with log.open("w") as out:
        command = [str(part) for part in command]
        code = subprocess.run(command, env=environment, cwd=scratch, stdout=out, stderr=out, check=False).returncode
    text = log.read_text()
    assert code == 0, text
    rows = json.loads(tally.read_text())
    count = sum(row[2] for row in rows)
    print(f"{name}: {count} calls, {re.search('[0-9]+ generated', text).group(0)}, seed {SEED}", flush=True)
    return rows


def send_refuse(server, document, statuses):
    """What no generator sends: bodies too long or no JSON, fields that stand twice, broken escapes."""
    refuse = [
        ("", b" " * 70_000), ("", b"{"), ("", b"[]"), ("", b'{"name":1,"name":2}'), ("", b"\xff"),
        ("", b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"), ("?a=%zz", None), ("?a=1&a=2", None), ("?cols=1&fps=x", None)]
    count, strange = 0, []
    for path, methods in document["paths"].items():
        named = {"id": "0" * 13, "board": "dot", "number": "1", "x": "1", "y": "1"}
        place = path.format(**named)
        broken = path.format(**dict.fromkeys(named, "%zz"))
        for method, operation in methods.items():
            calls = [(place + query, body) for query, body in refuse] + ([(broken, None)] if "{" in path else [])
            for target, body in calls:
                if operation["operationId"] == "watch" and "cols=1" not in target:
                    continue
                token = Account(server.api).access
                answer = server.api.call(method.upper(), target, body, token=token, headers={
                    "X-Forwarded-For": f"10.200.{count >> 8}.{count & 255}"})
                count += 1
                statuses[operation["operationId"]].add(answer.status)
                described = str(answer.status) in operation["responses"]
                if not described and not (method == "get" and answer.status == 413):
                    strange.append((method, target, (body or b"")[:20], answer.status))
                if answer.status >= 400 and answer.headers["Content-Type"] == "application/json":
                    assert {"code", "message"} <= set(answer.json["error"]), answer.body
    assert not strange, strange
    return count


def watch(server):
    """The stream's beginning, as the document has it; then this side ends it."""
    link = http.client.HTTPConnection(server.api.host, server.api.port, timeout=10)
    link.request("GET", "/watch?cols=40&rows=12&color=mono&fps=10")
    answer = link.getresponse()
    assert answer.status == 200 and answer.getheader("Content-Type").startswith("text/plain"), answer.status
    seen, end = b"", time.monotonic() + 10
    while b"version" not in seen:
        assert time.monotonic() < end, seen
        seen += answer.read1(1 << 16)
    link.close()
    for query in ["cols=1", "fps=11", "color=pink", "zoom=17"]:
        refused = server.api.get("/watch?" + query)
        assert refused.status == 400 and refused.code == "bad_request", refused.body


def main(build, scratch):
    issuer = Issuer()
    secret = scratch / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    sockets = Sockets()
    with Running(
        build, scratch, *FREE, "--canvas", "64x48", "--spectator-cooldown", "0", "--idle-seconds", "3600",
        "--google-client-id", CLIENT, "--google-client-secret-file", str(secret), "--oidc-issuer", issuer.url,
        "--trust-proxy", "127.0.0.1", "--arcade", RULES,
    ) as server:
        server.api.program, server.api.data = server.program, str(scratch / "data")
        given = server.api.get("/openapi.yaml")
        assert given.headers["Content-Type"].startswith("application/yaml"), given.headers
        document = yaml.safe_load(given.body)
        operations = [
            operation["operationId"] for path in document["paths"].values() for operation in path.values()
            if isinstance(operation, dict)]
        statuses = collections.defaultdict(set)
        start = time.monotonic()
        total = 0
        for name in CALLERS:
            known = world(server, issuer, name, sockets)
            for operation, status, count in run(server.url, scratch, known, EXAMPLES):
                statuses[operation].add(status)
                total += count
        sockets.close()
        unseen = [name for name in operations if name not in BY_HAND and not any(s < 300 for s in statuses[name])]
        assert not unseen, f"never answered 2xx: {unseen}"
        watch(server)
        total += send_refuse(server, document, statuses)
        print(f"{total} calls of {len(operations)} operations in {time.monotonic() - start:.0f} s", flush=True)
        missed = collections.Counter(
            status for path in document["paths"].values() for operation in path.values()
            for status in operation["responses"] if int(status) not in statuses[operation["operationId"]])
        words = ", ".join(f"{count} × {status}" for status, count in sorted(missed.items()))
        print(f"documented, and not reached: {words}", flush=True)
        assert server.stop() == 0, server.log.read_text()
