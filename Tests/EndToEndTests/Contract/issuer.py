"""An OpenID provider for tests: it signs in whoever it is told to, and signs what no honest one would."""
import base64
import contextlib
import hashlib
import http.server
import json
import secrets
import threading
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "pixels.apps.example.org", "s3cret: of tests"


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value):
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    def __init__(self, name):
        self.name = name
        self.private = rsa.generate_private_key(65537, 2048)

    @property
    def jwk(self):
        public = self.private.public_key().public_numbers()
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.name, "n": number(public.n), "e": number(public.e)}

    def sign(self, signed):
        return self.private.sign(signed, padding.PKCS1v15(), hashes.SHA256())


class Issuer:
    def __init__(self):
        self.keys = [Key("one"), Key("two")]
        self.max_age = 3600
        # What the next person is, and whether the next answers come.
        self.person = {"sub": "110", "name": "Ada Lovelace", "email_verified": True}
        self.spoils = {}
        self.gate = threading.Event()
        self.gate.set()
        self.reads = {"discovery": 0, "keys": 0, "token": 0}
        self.codes = {}
        issuer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                issuer.get(self)

            def do_POST(self):
                issuer.post(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, handler, body, status=200):
        self.gate.wait(60)
        data = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Cache-Control", f"public, max-age={self.max_age}")
        handler.send_header("Content-Length", str(len(data)))
        # Whoever waited too long is gone.
        with contextlib.suppress(ConnectionError):
            handler.end_headers()
            handler.wfile.write(data)

    def get(self, handler):
        parts = urllib.parse.urlsplit(handler.path)
        if parts.path == "/.well-known/openid-configuration":
            self.reads["discovery"] += 1
            self.answer(handler, {
                "issuer": self.url, "authorization_endpoint": self.url + "/auth", "token_endpoint": self.url + "/token",
                "jwks_uri": self.url + "/keys",
            })
        elif parts.path == "/keys":
            self.reads["keys"] += 1
            self.answer(handler, {"keys": [key.jwk for key in self.keys]})
        else:
            handler.send_error(404)

    def go(self, url):
        """What a browser would do with the address: sign in, and be sent back. The address of the way back."""
        assert url.startswith(self.url + "/auth?"), url
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT, asked
        assert asked["scope"].split()[0] == "openid" and asked["code_challenge_method"] == "S256", asked
        assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32, asked
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urllib.parse.urlencode({"code": code, "state": asked["state"]})

    def post(self, handler):
        self.reads["token"] += 1
        form = dict(urllib.parse.parse_qsl(handler.rfile.read(int(handler.headers["Content-Length"])).decode()))
        pair = base64.b64decode(handler.headers["Authorization"].split()[1]).decode().split(":")
        asked = self.codes.pop(form.get("code"), None)
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        good = (
            asked and form["grant_type"] == "authorization_code" and challenge == asked["code_challenge"]
            and form["redirect_uri"] == asked["redirect_uri"] and "client_secret" not in form
            and [urllib.parse.unquote(part) for part in pair] == [CLIENT, SECRET])
        if not good:
            return self.answer(handler, {"error": "invalid_grant"}, 400)
        claims = {"nonce": asked["nonce"], **self.person, **self.spoils}
        self.answer(handler, {"access_token": "opaque", "token_type": "Bearer", "id_token": self.token(**claims)})

    def token(self, header=None, key=None, sign=None, **changes):
        """An ID token as this issuer signs it, or otherwise; a claim of None is left out."""
        key = key or self.keys[0]
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "minted", "iat": now, "exp": now + 600, "email_verified": True}
        claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        header = header or {"alg": "RS256", "kid": key.name}
        signed = ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
        return f"{signed}.{b64((sign or key.sign)(signed.encode()))}"
