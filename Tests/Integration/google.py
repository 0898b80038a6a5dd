"""Sign-in with Google, by a real browser against a real OpenID provider.

A terminal begins, Chromium enters its code, goes to the provider and back, and the terminal has its session; then what
must not work: refusals, other sites' forms, tokens that are forged, stale or shown twice. With PIXELWARS_PICTURES set
to a directory it leaves pictures of the page there.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import re
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

DEBIAN = ["chromium", "chromium-driver", "python3-cryptography", "openssl"]
PYPI = ["oidc-provider-mock", "selenium"]

CLIENT = "pixels.apps.example.org"
SECRET = "a secret of tests"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# The provider ---------------------------------------------------------------------------------------------------------


class Provider:
    """The mock on a thread, with a way to sign what it wouldn't and to change its key."""

    def __init__(self):
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
        import flask
        import oidc_provider_mock
        import werkzeug.serving
        from authlib import jose
        from oidc_provider_mock._storage import storage

        self.app = oidc_provider_mock.app(require_nonce=True)
        self.key_reads = 0
        self.secrets = []

        @self.app.before_request
        def note():
            if flask.request.path == "/jwks":
                self.key_reads += 1
            if flask.request.path == "/oauth2/token":
                self.secrets.append(flask.request.authorization and flask.request.authorization.password)

        @self.app.post("/rotate")
        def rotate():
            storage.jwk = jose.RSAKey.generate_key(is_private=True)
            return "", 204

        @self.app.get("/key")
        def key():
            return flask.jsonify(storage.jwk.as_dict(is_private=True))

        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.server = werkzeug.serving.make_server("localhost", self.port, self.app, threaded=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def user(self, sub, **claims):
        call(f"{self.url}/users/{sub}", claims, method="PUT")

    def rotate(self):
        call(f"{self.url}/rotate", {})

    def token(self, header=None, sign=None, **changes):
        """An ID token as the provider would sign it, or otherwise."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding, rsa

        jwk = call(f"{self.url}/key")[1]
        number = {name: int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "==="), "big") for name in "nedpq"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "minted", "iat": now, "exp": now + 600, "email_verified": True}
        claims.update(changes)
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": jwk["kid"]} if header is None else header
        signed = ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
        if sign is None:
            public = rsa.RSAPublicNumbers(number["e"], number["n"])
            private = rsa.RSAPrivateNumbers(
                number["p"], number["q"], number["d"], rsa.rsa_crt_dmp1(number["d"], number["p"]),
                rsa.rsa_crt_dmq1(number["d"], number["q"]), rsa.rsa_crt_iqmp(number["p"], number["q"]), public)
            signature = private.private_key().sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
        else:
            signature = sign(signed.encode(), jwk)
        return f"{signed}.{b64(signature)}"


# The server -----------------------------------------------------------------------------------------------------------


def call(url, body=None, method=None, token=None, form=False, context=None):
    """A request's status and its JSON, or text where it is none."""
    data, headers = None, {}
    if body is not None:
        data = urllib.parse.urlencode(body).encode() if form else json.dumps(body).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded" if form else "application/json"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(url, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=20, context=context) as response:
            status, text = response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read().decode()
    try:
        return status, json.loads(text)
    except ValueError:
        return status, text


class Server:
    def __init__(self, build, directory, provider, *options):
        directory.mkdir()
        secret = directory / "google.secret"
        secret.write_text(SECRET + "\n")
        secret.chmod(0o600)
        self.log = directory / "log"
        command = [
            build / "pixelwars-server", "--listen", "127.0.0.1:0", "--data", directory / "data", "--google-client-id",
            CLIENT, "--google-client-secret-file", secret, "--oidc-issuer", provider.url, "--request-rate", "0",
            "--sign-in-rate", "0", *options,
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        line = self.process.stdout.readline()
        self.url = re.search(r"https?://\S+", line).group()
        self.context = None

    def call(self, path, body=None, **more):
        return call(self.url + path, body, context=self.context, **more)

    def code(self, path, body=None, **more):
        status, answer = self.call(path, body, **more)
        return status, answer["error"]["code"] if "error" in answer else "ok"

    def begin(self, link=None):
        body = {"link": True, "client_id": "pixelwars on ada-laptop"} if link else {"client_id": "pixelwars on ada-laptop"}
        status, answer = self.call("/api/auth/device/authorize", body, token=link)
        assert status == 200, answer
        return answer

    def poll(self, begun):
        """Polls as often as it is allowed until there is more to say than "not yet"."""
        pause = begun["interval"]
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            status, answer = self.call(
                "/api/auth/device/token", {"device_code": begun["device_code"], "grant_type": GRANT})
            if status == 200:
                return answer
            code = answer["error"]["code"]
            if code == "slow_down":
                pause += 5
            elif code != "authorization_pending":
                return code
            time.sleep(pause)
        raise AssertionError("the terminal waits in vain")

    def by_key(self, name):
        """A session of a fresh key."""
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519

        key = ed25519.Ed25519PrivateKey.generate()
        raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        public = base64.b64encode(raw).decode()
        challenge = self.call("/api/auth/device/challenge", {"public_key": public})[1]["challenge"]
        host = self.url.split("://")[1]
        signed = f"pixelwars-login-v1:{host}:".encode() + base64.b64decode(challenge)
        signature = base64.b64encode(key.sign(signed)).decode()
        return self.call(
            "/api/auth/device",
            {"public_key": public, "challenge": challenge, "signature": signature, "name": name})[1]

    def stop(self):
        self.process.terminate()
        assert self.process.wait(30) == 0
        text = self.log.read_text()
        assert SECRET not in text, "the secret is in the log"
        for word in ("eyJ", "callback?", "state=", "form_token"):
            assert word not in text, f"{word} is in the log"


# The browser ----------------------------------------------------------------------------------------------------------


class Browser:
    def __init__(self, width=1000, height=900, dark=False):
        from selenium import webdriver

        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        arguments = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--ignore-certificate-errors",
            "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2",
        ]
        for argument in arguments:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=service)
        self.look(width, height, dark)

    def look(self, width, height, dark):
        metrics = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def open(self, url):
        self.driver.get(url)

    def find(self, css):
        return self.driver.find_element("css selector", css)

    def press(self, css):
        self.find(css).click()

    def until(self, text):
        """Waits for a page that says so."""
        from selenium.common.exceptions import WebDriverException

        deadline = time.monotonic() + 20
        shown = ""
        while time.monotonic() < deadline:
            with contextlib.suppress(WebDriverException):
                shown = self.find("body").text
                if text in shown:
                    return shown
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never came; at {self.driver.current_url}: {shown!r}")

    def picture(self, name):
        place = os.environ.get("PIXELWARS_PICTURES")
        if place:
            self.driver.save_screenshot(str(pathlib.Path(place) / name))

    def complaints(self, url):
        """What the browser has against the pages of a server, such as what their policy forbids."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["message"].startswith(url)]

    def confirm(self, begun):
        self.open(begun["verification_uri_complete"])
        assert self.find("#code").get_property("value") == begun["user_code"]
        self.press("main button")
        shown = self.until(begun["user_code"])
        assert "pixelwars on ada-laptop" in shown and "127.0.0.1" in shown, shown
        return shown

    def sign_in(self, sub):
        """Says at the provider who one is."""
        self.until("Authorize")
        self.find("input[name=sub]").send_keys(sub)
        self.press("button[type=submit]")

    def close(self):
        self.driver.quit()


# What is tried --------------------------------------------------------------------------------------------------------


def sign_in(server, browser, provider):
    provider.user("110", name="Ada Lovelace", email="ada@example.org", email_verified=True)
    begun = server.begin()
    browser.open(begun["verification_uri"])
    assert "Sign this terminal in" in browser.confirm(begun)
    browser.look(360, 780, True)
    width = browser.driver.execute_script("return document.documentElement.scrollWidth")
    assert width <= 360, f"{width} pixels don't fit a phone"
    browser.look(1000, 900, False)
    browser.press("button[value=allow]")
    browser.sign_in("110")
    browser.until("Done")
    browser.picture("device-done.png")
    session = server.poll(begun)
    assert session["account"]["name"] == "Ada Lovelace", session
    me = server.call("/api/me", token=session["access_token"])[1]
    assert me["google"] is True and me["id"] == session["account"]["id"], me
    assert server.poll(begun) == "expired_token"
    assert urllib.parse.unquote(provider.secrets[-1]) == SECRET, provider.secrets
    # Reading the log empties it.
    complaints = browser.complaints(server.url)
    assert not complaints, complaints
    return me["id"]


def take_pictures(build, scratch, browser):
    """The page as players of a server with Google see it; the provider isn't needed for that."""
    if not os.environ.get("PIXELWARS_PICTURES"):
        return

    class Google:
        url = "https://accounts.google.com"

    server = Server(build, scratch / "pictures", Google, "--public-url", "http://pixels.example.org")
    try:
        begun = server.begin()
        browser.open(f"{server.url}/device?user_code={begun['user_code']}")
        browser.look(560, 700, False)
        browser.picture("device-form.png")
        browser.press("main button")
        browser.until(begun["user_code"])
        for name, width, height, dark in [
            ("device.png", 560, 700, False), ("device-dark.png", 560, 700, True),
            ("device-narrow.png", 360, 780, False), ("device-narrow-dark.png", 360, 780, True),
        ]:
            browser.look(width, height, dark)
            browser.picture(name)
        browser.look(1000, 900, False)
    finally:
        server.stop()


def refuse(server, browser, provider):
    provider.user("220", name="Eve", email="eve@example.org", email_verified=False)
    begun = server.begin()
    browser.confirm(begun)
    browser.press("button[value=allow]")
    browser.sign_in("220")
    assert "has not verified" in browser.until("work")
    browser.picture("device-failure.png")
    # Refused at the provider, and at last on the page.
    browser.confirm(begun)
    browser.press("button[value=allow]")
    browser.until("Authorize")
    browser.press("button[value=deny]")
    # The mock forgets the state here, so that nobody knows whose refusal it was.
    browser.until("Start again")
    browser.confirm(begun)
    browser.press("button[value=deny]")
    browser.until("Denied")
    assert server.poll(begun) == "access_denied"


def link(server, browser, provider):
    provider.user("330", name="Zoe at Google", email="zoe@example.org", email_verified=True)
    zoe = server.by_key("Zoe")
    begun = server.begin(link=zoe["access_token"])
    assert "Zoe" in browser.confirm(begun)
    browser.press("button[value=allow]")
    browser.sign_in("330")
    assert "Zoe" in browser.until("Done")
    linked = server.poll(begun)
    assert linked["account"] == zoe["account"], linked
    assert server.call("/api/me", token=zoe["access_token"])[1]["google"] is True
    assert server.code("/api/auth/device/authorize", {"link": True}, token=zoe["access_token"])[1] == "google_linked"
    # Ada's signs in to another player.
    yan = server.by_key("Yan")
    begun = server.begin(link=yan["access_token"])
    browser.confirm(begun)
    browser.press("button[value=allow]")
    browser.sign_in("110")
    browser.until("another player")
    assert server.poll(begun) == "google_taken"


def forge_forms(server, browser, provider):
    """Another site's form comes without the cookie, and without what follows from it."""
    begun = server.begin()
    page = f"""<form method="post" action="{server.url}/device/decision">
        <input name="user_code" value="{begun['user_code']}"><input name="decision" value="allow">
        <input name="form_token" value="x"><button>Win a prize</button></form>"""
    provider.app.view_functions["prize"] = lambda: page
    provider.app.url_map.add(provider.app.url_rule_class("/prize", endpoint="prize"))
    browser.open(f"{provider.url}/prize")
    browser.press("button")
    browser.until("another site sent it")
    # The provider's answer in another browser than the one that went there.
    browser.confirm(begun)
    browser.press("button[value=allow]")
    browser.until("Authorize")
    state = urllib.parse.parse_qs(urllib.parse.urlparse(browser.driver.current_url).query)["state"][0]
    status, text = server.call(f"/device/callback?state={state}&code=x")
    assert status == 403 and "begun elsewhere" in text, text
    browser.sign_in("110")
    browser.until("Done")
    assert server.poll(begun)["account"]["name"] == "Ada Lovelace"


def judge_tokens(server, provider):
    def shown(token):
        return server.code("/api/auth/google", {"id_token": token})

    bad = (401, "invalid_id_token")
    good = provider.token()
    assert shown(good) == (200, "ok")
    assert shown(good) == bad, "a token is taken once"
    now = int(time.time())
    kid = call(f"{provider.url}/key")[1]["kid"]
    by_public_key = lambda signed, jwk: hmac.digest(jwk["n"].encode(), signed, hashlib.sha256)
    assert shown(provider.token(aud="other")) == bad
    assert shown(provider.token(aud=[CLIENT, "other"])) == bad
    assert shown(provider.token(iss="https://accounts.google.com")) == bad
    assert shown(provider.token(exp=now - 3600)) == bad
    assert shown(provider.token(iat=now + 3600)) == bad
    assert shown(provider.token(email_verified=False)) == (403, "email_not_verified")
    assert shown(provider.token(email_verified=None)) == (403, "email_not_verified")
    assert shown(provider.token(header={"alg": "none", "kid": kid}, sign=lambda *_: b"")) == bad
    assert shown(provider.token(header={"alg": "HS256", "kid": kid}, sign=by_public_key)) == bad
    assert shown(provider.token(header={"alg": "RS256", "kid": "nobody"})) == bad
    parts = provider.token(sub="other").split(".")
    assert shown(".".join([parts[0], provider.token(sub="ada").split(".")[1], parts[2]])) == bad
    assert shown("a" * 9000) == bad


def rotate_keys(server, provider):
    """A new key is looked for once; names that nobody has bring no look each."""
    provider.rotate()
    before = provider.key_reads
    # The keys were read less than a minute ago: the server waits before it looks again.
    status = server.code("/api/auth/google", {"id_token": provider.token(sub="rotated")})
    assert status == (401, "invalid_id_token"), status
    for _ in range(10):
        header = {"alg": "RS256", "kid": "nobody"}
        server.code("/api/auth/google", {"id_token": provider.token(header=header)})
    assert provider.key_reads == before, "the provider is asked too often"
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if server.code("/api/auth/google", {"id_token": provider.token(sub="rotated")}) == (200, "ok"):
            break
        time.sleep(2)
    else:
        raise AssertionError("the new key is never found")
    assert provider.key_reads == before + 1, "one look finds it"


def over_tls(build, scratch, provider, browser):
    import ssl

    key, certificate = scratch / "key.pem", scratch / "cert.pem"
    command = f"openssl req -x509 -newkey rsa:2048 -nodes -keyout {key} -out {certificate} -days 2 -subj /CN=localhost"
    subprocess.run([*command.split(), "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    port = free_port()
    server = Server(
        build, scratch / "tls", provider, "--tls-cert", certificate, "--tls-key", key, "--listen", f"127.0.0.1:{port}",
        "--public-url", f"https://localhost:{port}")
    try:
        server.context = ssl._create_unverified_context()
        begun = server.begin()
        assert begun["verification_uri"] == f"https://localhost:{port}/device", begun
        browser.confirm(begun)
        cookie = browser.driver.get_cookie("__Host-pixelwars")
        assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Lax", cookie
        browser.press("button[value=allow]")
        browser.sign_in("110")
        browser.until("Done")
        assert server.poll(begun)["account"]["name"] == "Ada Lovelace"
    finally:
        server.stop()


def unreachable(build, scratch):
    """Without its provider the server says so, and goes on."""

    class Nobody:
        url = f"http://127.0.0.1:{free_port()}"

    server = Server(build, scratch / "alone", Nobody)
    try:
        token = ".".join([b64(b'{"alg":"RS256","kid":"a"}'), b64(b"{}"), b64(b"s")])
        assert server.code("/api/auth/google", {"id_token": token}) == (503, "google_unavailable")
        assert counted(server, "google_sign_ins_total", "google_unavailable") == 1
        assert server.call("/healthz")[0] == 200
    finally:
        server.stop()


def counted(server, metric, label):
    """What the metrics say of one label's value."""
    page = server.call("/metrics")[1]
    return int(re.search(rf'^pixelwars_{metric}{{\w+="{label}"}} (\d+)$', page, re.MULTILINE).group(1))


def judge_metrics(server):
    """Every way that was gone here is in the metrics."""
    assert counted(server, "sign_ins_total", "google") > 1
    assert counted(server, "google_sign_ins_total", "done") > 1
    for code in ["invalid_id_token", "email_not_verified"]:
        assert counted(server, "google_sign_ins_total", code) > 0, code
    for event in ["begun", "allowed", "denied"]:
        assert counted(server, "device_grant_events_total", event) > 0, event
    assert counted(server, "device_grant_events_total", "expired") == 0


def main(build, scratch):
    provider = Provider()
    server = Server(build, scratch / "server", provider)
    browser = Browser()
    try:
        ada = sign_in(server, browser, provider)
        refuse(server, browser, provider)
        link(server, browser, provider)
        forge_forms(server, browser, provider)
        judge_tokens(server, provider)
        rotate_keys(server, provider)
        judge_metrics(server)
        over_tls(build, scratch, provider, browser)
        take_pictures(build, scratch, browser)
        unreachable(build, scratch)
        assert ada
    finally:
        browser.close()
        server.stop()
        provider.server.shutdown()
