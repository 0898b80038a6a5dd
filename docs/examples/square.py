#!/usr/bin/env python3
"""A bot in Python: signs in with a key of its own and fills a square of 8 by 8 cells.

Usage: square.py [URL [X Y COLOR]]
Needs the packages `websockets` and `cryptography` (Debian: python3-websockets, python3-cryptography).
"""
import asyncio, base64, json, os, sys, urllib.parse, urllib.request

import websockets
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SERVER = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080").rstrip("/")
X, Y, COLOR = (int(text) for text in sys.argv[2:5]) if len(sys.argv) > 4 else (0, 0, 7)
STATE = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
KEY_FILE = os.path.join(STATE, "pixelwars", "python.key")
MARK = "pixelwars-key-v1:"
# The option's name changed with version 14 of the package.
HEADERS = "additional_headers" if int(websockets.__version__.split(".")[0]) >= 14 else "extra_headers"


def load_key():
    """The key is the account: the same file, the same player. The terminal client reads this form, too."""
    if not os.path.exists(KEY_FILE):
        os.makedirs(os.path.dirname(KEY_FILE), mode=0o700, exist_ok=True)
        with os.fdopen(os.open(KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(MARK + base64.b64encode(os.urandom(32)).decode() + "\n")
    with open(KEY_FILE) as file:
        seed = base64.b64decode(file.read().strip()[len(MARK):])
    return Ed25519PrivateKey.from_private_bytes(seed)


def post(path, body):
    request = urllib.request.Request(
        SERVER + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


def sign_in(key):
    """Signs `pixelwars-login-v1:` + the Host header's value + `:` + the challenge's bytes."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    public_key = base64.b64encode(raw).decode()
    challenge = post("/api/auth/device/challenge", {"public_key": public_key})["challenge"]
    host = urllib.parse.urlsplit(SERVER).netloc.lower()
    signature = key.sign(f"pixelwars-login-v1:{host}:".encode() + base64.b64decode(challenge))
    return post("/api/auth/device", {
        "public_key": public_key, "challenge": challenge,
        "signature": base64.b64encode(signature).decode()})["access_token"]


async def ask(socket, message):
    """Sends a message and waits for its answer; when told to wait, waits and asks again."""
    while True:
        await socket.send(json.dumps({**message, "id": 1}))
        while True:
            answer = json.loads(await socket.recv())
            if answer.get("reply_to") == 1:
                break
        if answer.get("code") not in ("rate_limited", "storage_unavailable"):
            return answer
        await asyncio.sleep(answer.get("retry_after_ms", 1000) / 1000)


async def main():
    token = sign_in(load_key())
    url = SERVER.replace("http", "ws", 1) + "/ws"
    options = {HEADERS: {"Authorization": "Bearer " + token}, "subprotocols": ["pixelwars.v1.json"]}
    async with websockets.connect(url, max_size=16 * 1024 * 1024, **options) as socket:
        welcome = json.loads(await socket.recv())
        print("signed in as", welcome["account"]["name"], "on", welcome["canvas"]["width"], "x",
              welcome["canvas"]["height"])
        status = await ask(socket, {"type": "play"})
        if status["type"] == "error":
            sys.exit(status["message"])
        for cell in range(64):
            answer = await ask(
                socket, {"type": "place", "x": X + cell % 8, "y": Y + cell // 8, "color": COLOR})
            if answer["type"] != "placed":
                sys.exit(answer["message"])
        print("placed 64 pixels, the last made version", answer["version"])


if __name__ == "__main__":
    asyncio.run(main())
