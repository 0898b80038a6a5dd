"""A client of the contract that shares no code with the project: the standard library's HTTP, Debian's
`websockets` and `cryptography`."""
import asyncio
import base64
import http.client
import json
import urllib.parse

import websockets
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PATIENCE = 30


class Answer:
    """One HTTP answer."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        return self.json["error"]["code"]


class Server:
    """A server's HTTP side; each call is a connection of its own."""

    def __init__(self, url, data=None, program=None):
        """`data` and `program`: the server's directory and its program, for a host's commands."""
        self.data, self.program = data, program
        # All that it ever said, so that a test can look for what it should not have said.
        self.said = []
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port
        self.authority = parts.netloc

    def call(self, method, path, body=None, token=None, headers=None, host=None):
        connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        fields = dict(headers or {})
        if token:
            fields["Authorization"] = f"Bearer {token}"
        if host:
            fields["Host"] = host
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            fields["Content-Type"] = "application/json"
        connection.request(method, path, body=data, headers=fields)
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        connection.close()
        self.said.append(answer.body)
        return answer

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body, **more)


class Account:
    """A key and the tokens it signed in for."""

    def __init__(self, server, name=None, key=None, host=None):
        self.server = server
        self.key = key or Ed25519PrivateKey.generate()
        answer = self.sign_in(name=name, host=host)
        assert answer.status == 200, (answer.status, answer.body)
        self.take(answer)

    def take(self, answer):
        fields = answer.json
        assert set(fields) == {"access_token", "refresh_token", "token_type", "expires_in", "session_id", "account"}
        assert fields["token_type"] == "Bearer"
        self.access, self.refresh_token = fields["access_token"], fields["refresh_token"]
        self.session, self.expires_in = fields["session_id"], fields["expires_in"]
        self.id, self.name = fields["account"]["id"], fields["account"]["name"]

    @property
    def public_key(self):
        raw = self.key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    def challenge(self):
        answer = self.server.post("/api/auth/device/challenge", {"public_key": self.public_key})
        assert answer.status == 200, (answer.status, answer.body)
        return answer.json["challenge"]

    def sign_in(self, challenge=None, name=None, host=None, signer=None, signed_host=None):
        challenge = challenge or self.challenge()
        signed = (signed_host or host or self.server.authority).lower()
        text = f"pixelwars-login-v1:{signed}:".encode() + base64.b64decode(challenge)
        body = {
            "public_key": self.public_key, "challenge": challenge,
            "signature": base64.b64encode((signer or self.key).sign(text)).decode()}
        if name is not None:
            body["name"] = name
        return self.server.post("/api/auth/device", body, host=host)

    def refresh(self, token=None):
        return self.server.post("/api/auth/refresh", {"refresh_token": token or self.refresh_token})

    def me(self):
        return self.server.get("/api/me", token=self.access)

    @property
    def earned(self):
        """The profile points of an account of today, beside its bonus of the day."""
        me = self.me().json
        return me["points"] - me["login_bonus"]["points"]

    def claims(self):
        part = self.access.split(".")[1]
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


class Guest:
    """An anonymous token."""

    def __init__(self, server, name=None):
        answer = server.post("/api/auth/guest", {} if name is None else {"name": name})
        assert answer.status == 200, (answer.status, answer.body)
        fields = answer.json
        self.access, self.session = fields["token"], fields["session_id"]
        self.id, self.name = fields["account"]["id"], fields["account"]["name"]


class Socket:
    """A WebSocket in the JSON form."""

    subprotocol = "pixelwars.v1.json"

    def __init__(self, server, token, query="", headers=None):
        self.server, self.token, self.query = server, token, query
        self.headers = dict(headers or {})
        self.number = 0

    async def __aenter__(self):
        fields = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        fields.update(self.headers)
        self.link = await websockets.connect(
            f"ws://{self.server.authority}/ws{self.query}", extra_headers=fields,
            subprotocols=[self.subprotocol], ping_interval=None, open_timeout=PATIENCE, close_timeout=2)
        self.welcome = await self.message("welcome")
        return self

    async def __aexit__(self, *_):
        await self.link.close()

    def pack(self, message):
        return json.dumps(message)

    def unpack(self, frame):
        return json.loads(frame)

    async def say(self, kind, **fields):
        """Sends a message with an id and gives the answer to it."""
        self.number += 1
        await self.link.send(self.pack({"type": kind, "id": self.number, **fields}))
        while True:
            message = await self.message()
            if message.get("reply_to") == self.number:
                return message

    async def message(self, kind=None, patience=PATIENCE, **fields):
        """The next message of a kind with such fields; others are passed over."""
        async def wait():
            while True:
                frame = await self.link.recv()
                self.server.said.append(frame.encode() if isinstance(frame, str) else frame)
                message = self.unpack(frame)
                fits = kind is None or message["type"] == kind
                if fits and all(message.get(name) == value for name, value in fields.items()):
                    return message
        return await asyncio.wait_for(wait(), patience)

    async def close_code(self, patience=PATIENCE):
        """The code that the server closes with; messages before it are passed over."""
        async def wait():
            while True:
                try:
                    await self.link.recv()
                except websockets.ConnectionClosed:
                    return self.link.close_code
        return await asyncio.wait_for(wait(), patience)

    def drop(self):
        """Cuts the connection without a word, as a lost network does."""
        self.link.transport.abort()


async def handshake_status(server, token, **more):
    """The HTTP status of a refused handshake; 101 where it was accepted."""
    try:
        async with Socket(server, token, **more):
            return 101
    except websockets.InvalidStatusCode as refusal:
        return refusal.status_code


async def eventually(what, condition, patience=PATIENCE):
    """Waits until a condition holds."""
    deadline = asyncio.get_event_loop().time() + patience
    while not condition():
        assert asyncio.get_event_loop().time() < deadline, f"not within {patience} s: {what}"
        await asyncio.sleep(0.02)
