"""Sign-in with Google as somebody at a terminal has it: a code on the screen, a browser elsewhere, and who one is then."""

import base64
import os
import re
import sys
import tempfile
import urllib.parse

from emulator import Emulator
from servers import Server

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Contract"))

import client as calls
import google
import issuer as provider

COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")
ESCAPE = "\x1b"


def terminal(server, profile, columns=110, rows=40):
    return Emulator(
        [server.program(), "play", server.url, "--profile", profile, "--page", "home"], environment=server.environment,
        columns=columns, rows=rows)


def offered(screen):
    """The address that the screen copies for a browser, and the code in it."""
    before = len(COPIED.findall(screen.raw()))
    screen.send("c")
    screen.wait(lambda one: len(COPIED.findall(one.raw())) > before, "the address on the clipboard")
    address = base64.b64decode(COPIED.findall(screen.raw())[-1]).decode()
    return address, urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["user_code"][0]


def ask(screen, key):
    """Opens the page from home and asks for a code by a key of it."""
    screen.wait_text("PLAYING")
    screen.send("s")
    screen.wait_text("by this device's key")
    screen.send(key)
    screen.wait_text("/device")
    return offered(screen)


def signing_in(programs):
    google_stand_in = provider.Issuer()
    with tempfile.TemporaryDirectory(prefix="pixelwars-secret-") as place, Server(
            programs, "--ads", "off", "--canvas", "60x30", "--request-rate", "0", "--sign-in-rate", "0",
            *google_options(google_stand_in, place)) as server:
        web = calls.Server(server.url)
        with terminal(server, "first") as screen:
            address, code = ask(screen, "g")
            assert address == f"{server.url}/device?user_code={code}", address
            picture = sum(line.count("▀") + line.count("▄") + line.count("█") for line in screen.lines())
            assert picture > 300, f"there is no picture of the address:\n{screen.text()}"
            # Where it is narrow the code stands in letters, and it is the same one.
            screen.resize(44, 10)
            screen.wait_text(" ".join(code))
            screen.resize(110, 40)
            # Who says no is asked nothing more.
            browser = google.Browser(web)
            assert browser.enter(code).status == 200 and browser.decide(code, "deny").status == 200
            screen.wait_text("You said no in the browser")
            screen.send("r")
            screen.wait_text("/device")
            _, again = offered(screen)
            assert again != code
            assert google.Browser(web).allow(google_stand_in, again).status == 200
            screen.wait_text("You are Ada Lovelace now, by Google")
            screen.send(ESCAPE)
            screen.wait_text("The canvas now")
            assert "Ada Lovelace" in screen.lines()[-1], screen.text()
            screen.send("q")
            assert screen.end() == 0, screen.errors()
        # Whoever comes back is still the same, and can be this device's key again.
        with terminal(server, "first") as screen:
            screen.wait(lambda one: "Ada Lovelace" in one.lines()[-1], "the account")
            screen.send("s")
            screen.wait_text("You are Ada Lovelace, by Google.")
            screen.send("k")
            screen.wait(lambda one: "player-" in one.lines()[-1], "the key's account")
        with terminal(server, "second") as screen:
            screen.wait(lambda one: "player-" in one.lines()[-1], "the account")
            name = re.search(r"player-\w+", screen.lines()[-1]).group()
            google_stand_in.person = {"sub": "221", "name": "Grace", "email_verified": True}
            _, code = ask(screen, "l")
            assert google.Browser(web).allow(google_stand_in, code).status == 200
            screen.wait_text(f"Google is linked to {name}")
            for kept in ["eyJ", provider.SECRET]:
                assert kept not in open(server.directory.name + "/server.log").read(), kept


def google_options(google_stand_in, place):
    """A server's settings for a provider, with the secret in a directory of its own."""
    secret = os.path.join(place, "google.secret")
    with open(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(provider.SECRET + "\n")
    return ["--google-client-id", provider.CLIENT, "--google-client-secret-file", secret, "--oidc-issuer", google_stand_in.url]


SCENARIOS = {one.__name__: one for one in [signing_in]}
