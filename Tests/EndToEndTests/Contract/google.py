"""Sign-in with Google against a stand-in for the provider, over real HTTP: `google.py PROGRAM DIRECTORY`."""
import hashlib
import hmac
import html
import http.client
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse

from client import PATIENCE, Account, Answer, Server
from issuer import CLIENT, SECRET, Issuer, Key

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """Cookies and forms, as far as the pages need them."""

    def __init__(self, server):
        self.server, self.cookie, self.page = server, None, None

    def visit(self, path, form=None, **headers):
        connection = http.client.HTTPConnection(self.server.host, self.server.port, timeout=PATIENCE)
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            fields["Cookie"] = self.cookie
        if form is not None:
            fields |= FORM
        body = None if form is None else urllib.parse.urlencode(form).encode()
        connection.request("GET" if form is None else "POST", path, body=body, headers=fields)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        self.page = answer.body.decode()
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer

    @property
    def token(self):
        return re.search(r'name="form_token" value="([^"]*)"', self.page).group(1)

    def enter(self, code):
        self.visit("/device")
        return self.visit("/device", {"user_code": code, "form_token": self.token})

    def decide(self, code, decision="allow"):
        return self.visit("/device/decision", {"user_code": code, "form_token": self.token, "decision": decision})

    def way_out(self):
        """Where the page leads to by itself."""
        return html.unescape(re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', self.page).group(1))

    def come_back(self, url):
        parts = urllib.parse.urlsplit(url)
        return self.visit(f"{parts.path}?{parts.query}")

    def allow(self, issuer, code):
        assert self.enter(code).status == 200, self.page
        assert self.decide(code).status == 200, self.page
        return self.come_back(issuer.go(self.way_out()))


def begin(server, **more):
    answer = server.post("/api/auth/device/authorize", {"client_id": "tests <b>"}, **more)
    assert answer.status == 200, answer.body
    return answer.json


def poll(server, begun):
    return server.post("/api/auth/device/token", {"device_code": begun["device_code"], "grant_type": GRANT})


def poll_to_end(server, begun):
    deadline = time.monotonic() + PATIENCE
    pause = begun["interval"]
    while time.monotonic() < deadline:
        answer = poll(server, begun)
        if answer.status == 200 or answer.code not in ("authorization_pending", "slow_down"):
            return answer
        pause += 5 if answer.code == "slow_down" else 0
        time.sleep(pause)
    raise AssertionError("no end of it")


def whole(server, issuer):
    assert server.get("/api/auth/methods").json == {"device_key": True, "google": True}
    begun = begin(server)
    assert re.fullmatch("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", begun["user_code"]), begun
    assert begun["verification_uri"] == f"http://{server.authority}/device"
    assert begun["verification_uri_complete"] == f"http://{server.authority}/device?user_code={begun['user_code']}"
    browser = Browser(server)
    page = browser.visit(f"/device?user_code={begun['user_code']}")
    assert f'value="{begun["user_code"]}"' in browser.page
    assert page.headers["Cache-Control"] == "no-store" and page.headers["X-Frame-Options"] == "DENY"
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    assert page.headers["Referrer-Policy"] == "no-referrer" and "HttpOnly; SameSite=Lax" in page.headers["Set-Cookie"]
    assert "<script" not in browser.page
    assert browser.enter(begun["user_code"].lower().replace("-", " ")).status == 200
    assert "tests &lt;b&gt;" in browser.page and "127.0.0.1" in browser.page
    assert browser.decide(begun["user_code"]).status == 200
    back = issuer.go(browser.way_out())
    # Another browser can't come back in its place, and none twice.
    assert Browser(server).come_back(back).status == 403
    assert browser.come_back(back).status == 200 and "Done" in browser.page, browser.page
    assert browser.come_back(back).status == 403
    session = poll_to_end(server, begun)
    assert session.status == 200, session.body
    assert set(session.json) == {"access_token", "refresh_token", "token_type", "expires_in", "session_id", "account"}
    assert session.json["account"]["name"] == "Ada Lovelace"
    me = server.get("/api/me", token=session.json["access_token"]).json
    assert me["google"] is True and me["id"] == session.json["account"]["id"]
    assert server.post("/api/auth/refresh", {"refresh_token": session.json["refresh_token"]}).status == 200
    assert issuer.reads == {"discovery": 1, "keys": 1, "token": 1}, issuer.reads


def linking(server, issuer):
    zoe = Account(server, name="Zoe")
    assert server.get("/api/me", token=zoe.access).json["google"] is False
    asked = server.post("/api/auth/device/authorize", {"link": True}, token=zoe.access)
    browser = Browser(server)
    issuer.person = {"sub": "220", "name": "Somebody", "email_verified": True}
    assert browser.allow(issuer, asked.json["user_code"]).status == 200 and "Zoe" in browser.page, browser.page
    linked = poll_to_end(server, asked.json).json
    assert linked["account"]["id"] == zoe.id
    assert server.get("/api/me", token=zoe.access).json["google"] is True
    assert server.post("/api/auth/device/authorize", {"link": True}).code == "unauthorized"


def forms(server, issuer):
    """Another site's form is no form of ours."""
    begun = begin(server)
    code = begun["user_code"]
    browser, other = Browser(server), Browser(server)
    browser.enter(code)
    token = browser.token
    other.visit("/device")
    stolen = {"user_code": code, "form_token": token, "decision": "allow"}
    assert other.visit("/device/decision", stolen).status == 403
    assert Browser(server).visit("/device/decision", stolen).status == 403
    assert browser.visit("/device/decision", {**stolen, "form_token": token[:-1] + "A"}).status == 403
    assert browser.visit("/device/decision", stolen, Sec_Fetch_Site="cross-site").status == 403
    assert browser.visit("/device/decision", {**stolen, "decision": "deny"}, Sec_Fetch_Site="same-origin").status == 200
    assert poll_to_end(server, begun).code == "access_denied"


def oauth(server, issuer):
    """Whoever speaks OAuth is answered in it."""
    def form(path, **fields):
        return server.call("POST", path, urllib.parse.urlencode(fields).encode(), headers=FORM)

    server_call = server.call

    def call(method, path, body=None, token=None, headers=None, host=None):
        connection = http.client.HTTPConnection(server.host, server.port, timeout=PATIENCE)
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())

    server.call = call
    try:
        begun = form("/api/auth/device/authorize", client_id="tv").json
        pending = form("/api/auth/device/token", device_code=begun["device_code"], grant_type=GRANT)
        assert pending.status == 400 and pending.json["error"] == "authorization_pending", pending.body
        assert "error_description" in pending.json
        soon = form("/api/auth/device/token", device_code=begun["device_code"], grant_type=GRANT)
        assert soon.json["error"] == "slow_down", soon.body
        other = form("/api/auth/device/token", device_code=begun["device_code"], grant_type="password")
        assert other.json["error"] == "unsupported_grant_type", other.body
        assert form("/api/auth/device/token", grant_type=GRANT).json["error"] == "invalid_request"
    finally:
        server.call = server_call


def tokens(server, issuer):
    def shown(token):
        answer = server.post("/api/auth/google", {"id_token": token})
        return answer.status if answer.status == 200 else (answer.status, answer.code)

    bad = (401, "invalid_id_token")
    good = issuer.token(name="Grace")
    assert shown(good) == 200
    assert shown(good) == bad, "a token is taken once"
    assert shown(issuer.token(key=issuer.keys[1])) == 200
    assert shown(issuer.token(email_verified="true", aud=[CLIENT], sub="9")) == 200
    now = int(time.time())
    modulus = issuer.keys[0].jwk["n"].encode()
    by_public_key = lambda signed: hmac.digest(modulus, signed, hashlib.sha256)
    parts, others = issuer.token(sub="7").split("."), issuer.token(sub="8").split(".")
    for wrong in [
        issuer.token(aud="other"), issuer.token(aud=[CLIENT, "other"]), issuer.token(iss="https://accounts.google.com"),
        issuer.token(exp=now - 120), issuer.token(iat=now + 3600), issuer.token(iat=now - 7200), issuer.token(sub=None),
        issuer.token(header={"alg": "none", "kid": "one"}, sign=lambda _: b""),
        issuer.token(header={"alg": "HS256", "kid": "one"}, sign=by_public_key),
        issuer.token(header={"alg": "RS256", "kid": "one"}, sign=by_public_key),
        issuer.token(header={"alg": "RS256"}), issuer.token(header={"alg": "RS256", "kid": "two"}),
        issuer.token(key=Key("one")), issuer.token(key=Key("three")),
        ".".join([parts[0], others[1], parts[2]]), good + "=", "", "a.b.c", "a" * 9000,
    ]:
        assert shown(wrong) == bad, wrong[:200]
    assert shown(issuer.token(email_verified=False)) == (403, "email_not_verified")
    assert shown(issuer.token(email_verified=None)) == (403, "email_not_verified")


def foreign_answers(server, issuer):
    """What comes back by the browser is held to the sign-in that it went out with."""
    for spoils, status in [
        ({"nonce": "another"}, 401), ({"nonce": None}, 401), ({"aud": "other"}, 401), ({"email_verified": False}, 403),
    ]:
        issuer.spoils = spoils
        begun = begin(server)
        assert Browser(server).allow(issuer, begun["user_code"]).status == status, spoils
        assert poll(server, begun).code == "authorization_pending"
    issuer.spoils = {}
    begun = begin(server)
    browser = Browser(server)
    browser.enter(begun["user_code"])
    browser.decide(begun["user_code"])
    back = issuer.go(browser.way_out())
    issuer.codes.clear()
    assert browser.come_back(back).status == 503 and "reached" in browser.page


def rotation(server, issuer):
    """Keys are kept as long as their headers allow, and read anew then."""
    old, new = issuer.keys[0], Key("next")
    issuer.keys = [new]
    deadline = time.monotonic() + PATIENCE
    while server.post("/api/auth/google", {"id_token": issuer.token(sub="rotated")}).status != 200:
        assert time.monotonic() < deadline, "the new key is never found"
        time.sleep(0.2)
    gone = server.post("/api/auth/google", {"id_token": issuer.token(key=old)})
    assert gone.code == "invalid_id_token"


def silence(server, issuer):
    """A provider that doesn't answer keeps nobody but its own waiting, and those not for long."""
    issuer.gate.clear()
    start = time.monotonic()
    time.sleep(2.5)
    answer = server.post("/api/auth/google", {"id_token": issuer.token()})
    assert (answer.status, answer.code) == (503, "google_unavailable"), answer.body
    assert answer.headers["Retry-After"] and time.monotonic() - start < 12
    assert server.get("/healthz").status == 200
    issuer.gate.set()


def lockout(server, issuer):
    browser = Browser(server)
    begun = begin(server)
    for _ in range(5):
        assert browser.enter("BBBB-BBBB").status == 404
    locked = browser.enter(begun["user_code"])
    assert locked.status == 429 and int(locked.headers["Retry-After"]) > 800, browser.page


def run(program, directory, issuer, scenarios, *options):
    directory.mkdir()
    secret = directory / "secret"
    secret.write_text(SECRET + "\n")
    secret.chmod(0o600)
    with (directory / "log").open("w") as log:
        server = subprocess.Popen(
            [
                program, "--listen", "127.0.0.1:0", "--data", directory / "data", "--canvas", "8x8", "--google-client-id",
                CLIENT, "--google-client-secret-file", secret, "--oidc-issuer", issuer.url, "--request-rate", "0",
                "--sign-in-rate", "0", *options,
            ], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        for scenario in scenarios:
            scenario(Server(url), issuer)
            print(scenario.__name__, flush=True)
    finally:
        server.terminate()
        assert server.wait(PATIENCE) == 0
    said = (directory / "log").read_text()
    for word in [SECRET, "eyJ", "callback?", "state="]:
        assert word not in said, f"{word} is in the log"


def main(program, directory):
    run(program, directory / "first", Issuer(), [whole, linking, forms, oauth, tokens, foreign_answers])
    hasty = Issuer()
    hasty.max_age = 1
    run(program, directory / "second", hasty, [tokens, rotation, silence, lockout])
    print("ok google")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
