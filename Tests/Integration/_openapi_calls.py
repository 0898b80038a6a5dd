"""What Schemathesis has to be told, as its hooks: whose token a call bears, what no generator can guess (what is good
once, or signed), and a tally of the answers. `openapi.py` writes what it reads and reads what it writes."""
import atexit
import collections
import html
import http.client
import itertools
import json
import os
import pathlib
import re
import sys
import time
import urllib.parse

import schemathesis

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "EndToEndTests" / "Contract"))

from client import Account, Answer, Guest, Server  # noqa: E402

WORLD = json.loads(pathlib.Path(os.environ["PIXELWARS_OPENAPI_WORLD"]).read_text())
SERVER = Server(WORLD["url"])
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

numbers = itertools.count(1)
tally = collections.Counter()
turns = collections.Counter()


@atexit.register
def write_tally():
    rows = [[*key, count] for key, count in sorted(tally.items())]
    pathlib.Path(os.environ["PIXELWARS_OPENAPI_TALLY"]).write_text(json.dumps(rows))


def elsewhere():
    """An address that nobody had before: wrong codes lock one, and terminals' sign-ins are few from one."""
    number = next(numbers)
    return {"X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"}


def ask(method, path, body=None, token=None):
    """A call beside those that are tried."""
    answer = SERVER.call(method, path, body, token=token, headers=elsewhere())
    assert answer.status < 500, (method, path, answer.body)
    return answer


# Whose token ----------------------------------------------------------------------------------------------------------


def throwaway():
    """A token that may end with the call."""
    return {"guest": Guest, "account": Account, "admin": Account}[WORLD["caller"]](SERVER).access


if WORLD["token"]:
    @schemathesis.auth(refresh_interval=None)
    class Caller:
        def get(self, case, context):
            ends = context.operation.definition.raw["operationId"] in ("logout", "deleteAccount")
            return throwaway() if ends else WORLD["token"]

        def set(self, case, token, context):
            case.headers["Authorization"] = f"Bearer {token}"


# What can't be guessed ------------------------------------------------------------------------------------------------


def visit(path, form=None, cookie=None):
    """A page as a browser sees it, with the cookie that it has afterwards."""
    connection = http.client.HTTPConnection(SERVER.host, SERVER.port, timeout=30)
    fields = {**elsewhere(), **(FORM if form else {}), **({"Cookie": cookie} if cookie else {})}
    connection.request("POST" if form else "GET", path, urllib.parse.urlencode(form) if form else None, fields)
    response = connection.getresponse()
    page = response.read().decode()
    fresh = response.getheader("Set-Cookie")
    connection.close()
    return page, fresh.split(";")[0] if fresh else cookie


def form_token(page):
    return html.unescape(re.search(r'name="form_token" value="([^"]*)"', page).group(1))


def begun():
    """A terminal's sign-in."""
    return ask("POST", "/api/auth/device/authorize", {}).json


def entered(case):
    """A code that a terminal was given, on a form of this browser's."""
    page, cookie = visit("/device")
    case.headers["Cookie"] = cookie
    case.body = {"user_code": begun()["user_code"], "form_token": form_token(page)}


def decided(case):
    entered(case)
    page, cookie = visit("/device", case.body, case.headers["Cookie"])
    case.body = {**case.body, "form_token": form_token(page), "decision": ["allow", "deny"][next(numbers) % 2]}


def came_back(case):
    """What openapi.py had a browser bring from the identity provider."""
    if WORLD["returns"]:
        back = WORLD["returns"].pop()
        case.headers["Cookie"] = back["cookie"]
        case.query = {"state": back["state"], "code": back["code"]}


def polled(case):
    """The terminal of a person who was let in, and then terminals of nobody."""
    case.body = {"device_code": (WORLD["allowed"] or [begun()["device_code"]]).pop(), "grant_type": GRANT}


def signed(case):
    account = Account(SERVER)
    case.body = {}

    def keep(path, body, host=None):
        case.body = body
        return Answer(200, {}, b"{}")

    challenge = account.challenge()
    account.server = type("Kept", (), {"authority": SERVER.authority, "post": staticmethod(keep)})
    account.sign_in(challenge=challenge)


def presented(case):
    if WORLD["id_tokens"]:
        case.body = {"id_token": WORLD["id_tokens"].pop()}


def challenged(case):
    case.body = {"public_key": Account(SERVER).public_key}


def refreshed(case):
    case.body = {"refresh_token": Account(SERVER).refresh_token}


def rolled_back(case):
    """A rollback that can be undone: of a pixel that was just placed."""
    ask("POST", "/api/canvas/pixels", {"x": 1, "y": 1, "color": next(numbers) % 8}, WORLD["token"])
    order = {"account": WORLD["id"], "from_ms": 0, "to_ms": 2**52, "preview": False}
    answer = ask("POST", "/api/admin/rollbacks", order, WORLD["token"])
    if answer.status == 200:
        case.path_parameters = {"number": answer.json.get("id", 1)}


def placed(case):
    case.body = {"x": next(numbers) % 20, "y": 2, "color": next(numbers) % 8}


def undone(case):
    ask("POST", "/api/canvas/pixels", {"x": next(numbers) % 20, "y": 3, "color": 1}, WORLD["token"])


def protected(case):
    """An area in a corner, so that the rest stays free."""
    case.body = {"x0": 40, "y0": 40, "x1": 41, "y1": 41, "note": "The corner."}


def freed(case):
    ask("POST", "/api/admin/protected_areas", {"x0": 40, "y0": 40, "x1": 41, "y1": 41}, WORLD["token"])
    areas = ask("GET", "/api/admin/protected_areas", token=WORLD["token"])
    if areas.status == 200 and areas.json["protected_areas"]:
        case.path_parameters = {"number": areas.json["protected_areas"][0]["id"]}


def turned(case):
    case.body = {"name": "max-players", "value": str(50 + next(numbers) % 50)}


def pushed(case):
    case.body = {"clicks": [1], "batch_id": f"batch-{WORLD['caller']}-{next(numbers)}"}


def scheduled(case):
    """Games ahead, one after the other."""
    starts = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 100 * 86_400 + 3_600 * next(numbers)))
    case.body = {"starts_at": starts, "seconds": 60, "planets": ["earth", "mars"]}


def joined(case):
    case.path_parameters = {"id": WORLD["relays"][0]}


def started(case):
    """A relay of somebody new: an account has few at once."""
    if WORLD["caller"] != "account":
        return None
    token = Account(SERVER).access
    case.headers["Authorization"] = f"Bearer {token}"
    case.path_parameters = {"id": ask("POST", "/api/relays", {}, token).json["relay_id"]}
    return token


def running(case):
    token = started(case)
    if token:
        ask("POST", f"/api/relays/{case.path_parameters['id']}/join", token=Account(SERVER).access)
        ask("POST", f"/api/relays/{case.path_parameters['id']}/start", token=token)
    return token


def decayed(case):
    case.path_parameters = {"id": WORLD["relays"][0]}


def puzzled(case):
    token = running(case)
    if token:
        return ask("POST", f"/api/relays/{case.path_parameters['id']}/puzzles", token=token).json["puzzle_id"]
    return "0" * 13


def answered(case):
    case.body = {"puzzle_id": puzzled(case), "answer": "7"}


def sold(case):
    case.path_parameters = {"id": (WORLD["skins"] or ["first-pixel"]).pop()}


def shown(case):
    if WORLD["impressions"]:
        case.path_parameters = {"id": WORLD["impressions"].pop()}


def of_somebody(case):
    case.path_parameters = {"id": WORLD["others"][next(numbers) % len(WORLD["others"])]}


def banned(case):
    of_somebody(case)
    case.body = {"reason": "Bursts in every run.", "until_ms": 4_000_000_000_000}


def granted(case):
    of_somebody(case)
    case.body = {"role": ["moderator", "player"][next(numbers) % 2]}


def timed(case):
    case.query = {"time": "2100-01-01T00:00:00Z"}


def at_start(case):
    case.query = {"from": ask("GET", "/api/history").json["epochs"][-1]["first_version"]}


def of_canvas(case):
    case.query = {"from": ask("GET", "/api/canvas").json["version"]}


KNOWN = {
    "enterDeviceCode": entered, "decideDevice": decided, "deviceCallback": came_back, "pollDevice": polled,
    "signInWithDevice": signed, "signInWithGoogle": presented, "requestChallenge": challenged, "refresh": refreshed,
    "placePixel": placed, "undoPixel": undone, "undoRollback": rolled_back, "protectArea": protected,
    "unprotectArea": freed, "setKnob": turned, "pushClicks": pushed, "scheduleClickGame": scheduled,
    "joinRelay": joined, "startRelay": started, "newPuzzle": running, "puzzle": puzzled, "answerPuzzle": answered,
    "relayPoints": running, "decayRelay": decayed, "purchaseSkin": sold, "completeAd": shown,
    "kickAccount": of_somebody,
    "banAccount": banned, "unbanAccount": of_somebody, "grantRole": granted, "clearFlags": of_somebody,
    "historyAt": timed, "historyChanges": at_start, "changes": of_canvas,
    "pixel": lambda case: setattr(case, "path_parameters", {"x": 1, "y": 1}),
    "lastPixel": lambda case: setattr(case, "path_parameters", {"id": WORLD["id"]}),
    "clickContributions": lambda case: setattr(case, "path_parameters", {"id": WORLD["game"]}),
    "wearSkin": lambda case: setattr(case, "body", {"skin": WORLD["worn"]}),
}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every fourth call that is meant to be good gets what can't be guessed; no call ends what the others need."""
    operation = case.operation.definition.raw["operationId"]
    if case.path.startswith(("/device", "/api/auth/device")):
        case.headers.update(elsewhere())
    is_good = case.meta is not None and case.meta.generation.mode.is_positive
    if is_good and operation in KNOWN:
        turns[operation] += 1
        if turns[operation] % 4 == 1:
            KNOWN[operation](case)
    if operation == "newGame" and isinstance(case.body, dict):
        sides = [case.body.get("width"), case.body.get("height")]
        if all(type(side) is int and 1 <= side <= 1 << 14 for side in sides):
            case.body = {**case.body, "width": 64, "height": 48}


@schemathesis.hook
def after_call(context, case, response):
    tally[case.operation.definition.raw["operationId"], response.status_code] += 1


# What the document doesn't tell ---------------------------------------------------------------------------------------


def resolved(schema, document):
    while "$ref" in schema:
        place = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            place = place[part]
        schema = place
    return schema


def untold(schema, value, document, path=""):
    """The fields of a body that its schema doesn't name."""
    schema = resolved(schema, document)
    if "anyOf" in schema:
        return min((untold(branch, value, document, path) for branch in schema["anyOf"]), key=len)
    if isinstance(value, dict):
        named = schema.get("properties", {})
        others = schema.get("additionalProperties", schema.get("type") == "object" and not named)
        found = [f"{path}.{name}" for name in value if name not in named and not others]
        for name, inner in value.items():
            below = named.get(name, others if isinstance(others, dict) else {"type": "object"})
            found += untold(below, inner, document, f"{path}.{name}")
        return found
    if isinstance(value, list):
        return [name for item in value for name in untold(schema.get("items", {}), item, document, f"{path}[]")]
    return []


@schemathesis.check
def every_field_is_told(context, response, case):
    """What an answer holds beside what its schema names is undocumented, too."""
    document = case.operation.schema.raw_schema
    answer = resolved(case.operation.definition.raw["responses"].get(str(response.status_code), {}), document)
    described = answer.get("content", {}).get("application/json")
    if described and response.headers.get("content-type", [""])[0].startswith("application/json"):
        found = untold(described["schema"], response.json(), document)
        assert not found, f"undocumented fields: {sorted(set(found))}"
