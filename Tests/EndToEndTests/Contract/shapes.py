"""The forms of what a server says, each member by name: what isn't named here may not be there."""
import re


def fits(value, shape, path="it"):
    """Asserts that a value has a shape: a dict by its members (a `?` behind a name: may be missing), a list by
    its items, a type, a set of values, a test, or a value."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), f"{path} is no object: {value!r}"
        names = {name.rstrip("?") for name in shape}
        needed = {name for name in shape if not name.endswith("?")}
        assert needed <= set(value) <= names, f"{path} has {sorted(value)}, not {sorted(shape)}"
        for name, inner in shape.items():
            if name.rstrip("?") in value:
                fits(value[name.rstrip("?")], inner, f"{path}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), f"{path} is no array: {value!r}"
        for index, item in enumerate(value):
            fits(item, shape[0], f"{path}[{index}]")
    elif isinstance(shape, type):
        assert type(value) is shape, f"{path} is no {shape.__name__}: {value!r}"
    elif isinstance(shape, (set, frozenset)):
        assert value in shape and type(value) is not bool, f"{path} is {value!r}, not one of {shape}"
    elif callable(shape):
        assert shape(value), f"{path} is {value!r}"
    else:
        assert value == shape and type(value) is type(shape), f"{path} is {value!r}, not {shape!r}"
    return value


def text(pattern):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def whole(low, high=2**53):
    return lambda value: type(value) is int and low <= value <= high


def either(*shapes):
    def test(value):
        for shape in shapes:
            try:
                fits(value, shape)
                return True
            except AssertionError:
                continue
        return False
    return test


ID = text("[0-9a-f][0-9a-hjkmnp-tv-z]{12}")
TIME = text(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
COUNT = whole(0)
ROWS = [text("[#.]+")]
NOTHING = type(None)
ACCOUNT = {"id": ID, "name": text(".{1,24}")}
FAILURE = {"code": text("[a-z_]+"), "message": text(".+"), "retry_after_ms?": COUNT}

# Click games.
RECEIPT = {"game_id": ID, "planet": text("[a-z]+"), "accepted": whole(1), "total": whole(1)}
PLANETS = [{"name": text("[a-z]+"), "clicks": COUNT, "players": COUNT}]
TOTALS = {
    "game_id": ID, "status": {"scheduled", "active", "finished"}, "starts_at": TIME, "ends_at": TIME,
    "planets": PLANETS, "winner": either(NOTHING, text("[a-z]+"))}
GAME = {**TOTALS, "click_push_rate_s": whole(1, 3_600)}

# Relays.
OPTIONS = {
    "start_points": whole(1, 1_000_000), "decay_points": whole(0, 1_000_000),
    "decay_interval_ms": whole(100, 3_600_000), "award": whole(0, 1_000_000), "penalty": whole(0, 1_000_000),
    "seconds": whole(1, 86_400), "max_players": whole(1, 16), "private": bool}
PLAYER = {"account": ACCOUNT, "points": COUNT, "active": bool, "solves": COUNT}
STATUS = {"waiting", "running", "ended"}
VIEW = {
    "code": text("[BCDFGHJKLMNPQRSTVWXZ]{6}"), "status": STATUS, "players": [PLAYER], "options": OPTIONS,
    "left_ms": COUNT}
RELAY = {"relay_id": ID, **VIEW}
DATA = {
    "arithmetic": {"expression": text(r"\d+( [+−×] \d+)+")},
    "anagram": {"letters": text(r"\w{3,16}"), "hint": text(".+")},
    "sequence": {"terms": [int]},
    "odd_one_out": {"words": [text(".+")]},
    "rotation": {"shape": ROWS, "options": [ROWS]},
    "logic": {"people": [str], "items": [str], "clues": [text(".+")], "question": text(".+")},
    "memory": {"rows": ROWS, "show_ms": whole(1, 60_000), "question": text(".+")}}
HIDDEN = {"puzzle_id": ID, "type": set(DATA), "worth": COUNT}


def puzzle(value):
    """A puzzle as its own player sees it: with its data, and without the answer."""
    fits(value, {**HIDDEN, "data": dict})
    fits(value["data"], DATA[value["type"]], value["type"])
    return True


ATTEMPT = {
    "correct": bool, "points": COUNT, "awarded_to": either(NOTHING, ACCOUNT),
    "next_puzzle": either(NOTHING, puzzle)}
EVENTS = {
    "relay_state": {**VIEW, "puzzle?": puzzle},
    "relay_started": VIEW,
    "puzzle_assigned": {"account": ACCOUNT, "puzzle": either(HIDDEN, puzzle)},
    "puzzle_solved": {"account": ACCOUNT, "puzzle_id": ID, "worth": COUNT, "awarded_to": ACCOUNT},
    "puzzle_failed": {"account": ACCOUNT, "puzzle_id": ID, "penalty": COUNT},
    "points_changed": {"reason": {"decay", "award", "penalty"}, "players": [PLAYER], "left_ms": COUNT},
    "player_eliminated": {"account": ACCOUNT},
    "team_status": {"status": STATUS, "players": [PLAYER]},
    "relay_ended": {
        "reason": {"last_standing", "all_out", "time"}, "players": [PLAYER],
        "awards": [{"account": ACCOUNT, "profile_points": whole(1)}]}}

# The arcade.
BOARD = {
    "board": {"clicks", "relay", "dot", "shaky_dot", "steps"}, "period": {"day", "week", "all"},
    "entries": [{"rank": whole(1), "account": ACCOUNT, "score": int}]}
FIELD = {"width": whole(1), "height": whole(1)}
START = {"run_id": ID, "seed": text("[0-9a-f]{16}"), "field": FIELD, "latency_cap_ms": 250}
TIMED = {**START, "game": {"dot", "shaky_dot"}, "category": "timed", "seconds": 30}
STEPS = {**START, "game": "steps", "category": "steps", "steps": 25}


def run_started(value):
    """A run's begin, by the category of its game."""
    fits(value, STEPS if value.get("game") == "steps" else TIMED, "run_started")
    return True


SCORE = {"run_id": ID, "seq": whole(1), "score": whole(1), "t_ms": COUNT, "seed?": text("[0-9a-f]{16}")}
UNPAID = {"burst", "rejected", "left"}
RESULT = {
    "run_id": ID, "game": {"dot", "shaky_dot", "steps"}, "reason": {"time", "completed"} | UNPAID,
    "score": COUNT, "rank": either(NOTHING, whole(1)),
    "multiplier": either(NOTHING, lambda value: type(value) in (int, float) and value > 0),
    "profile_points": COUNT}

# Skins, ads and who someone is.
WORD = text("[a-z0-9-]{1,32}")
COLOR = {"name": text("[a-z0-9-]{1,24}"), "color": text("#[0-9a-f]{6}")}
SKIN = {"id": WORD, "title": text(".{1,32}"), "author": text(".{1,24}"), "price": whole(0, 1_000_000)}
OFFER = {
    **SKIN, "owned": bool, "equipped": bool,
    "inputs": [{"name": {"cursor", "dot", "trail", "frame", "palette"}, "values": [COLOR]}]}
ME = {
    "id": ID, "name": text(".{1,24}"), "status": {"afk", "queued", "playing", "stalled", "spectator"},
    "points": COUNT, "roles": [str], "skin": either(NOTHING, WORD),
    "login_bonus": either(NOTHING, {"points": whole(1), "streak_days": whole(1)}), "google?": bool}
AD = {
    "id": WORD, "title": text(".{1,48}"), "text?": [str], "rows?": [str], "inks?": dict, "caption?": str,
    "seconds": whole(1, 30), "link?": text("https://.+"), "weight": whole(1, 100), "starts_at?": str,
    "ends_at?": str}
SHOWN = {"impression_id": ID, "ad": AD}
FLAG = {
    "account": ACCOUNT, "reason": text("[a-z_]+"), "evidence": str, "at_ms": whole(1), "is_banned": bool,
    "ban_until_ms?": whole(1)}
NOTE = {
    "id": whole(1), "account?": ACCOUNT, "is_guest": bool, "message": text(".+"), "at_ms": whole(1)}
MESSAGES = {
    "click_totals": TOTALS, "clicks_accepted": {"batch_id": text("(?s).{1,64}"), **RECEIPT},
    "score": SCORE, "run_ended": RESULT, "ok": {}, "error": FAILURE, "heartbeat": {"server_time_ms": COUNT},
    "announcement": {"message": text(".{1,280}"), "at_ms": whole(1)},
    **{name: {"relay_id": ID, **shape} for name, shape in EVENTS.items()}}


def message(value):
    """A server's message of the games, as its kind asks for."""
    if value["type"] == "run_started":
        run_started({name: inner for name, inner in value.items() if name not in ("type", "reply_to")})
    elif value["type"] in MESSAGES:
        fits(value, {"type": str, "reply_to?": int, **MESSAGES[value["type"]]}, value["type"])
    return value


def refused(answer, status, code, field=None):
    """An HTTP refusal: its status, code and form, and for a limit when to come back."""
    assert (answer.status, answer.code) == (status, code), (answer.status, answer.body)
    assert answer.headers["Content-Type"].startswith("application/json")
    error = fits(answer.json, {"error": FAILURE})["error"]
    if field is not None:
        assert f'"{field}"' in error["message"] or field in error["message"].split(), error
    if status == 429:
        wait = error["retry_after_ms"]
        assert int(answer.headers["Retry-After"]) == max(1, -(-wait // 1000)), (answer.headers, error)
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    return error


def found(answer, shape, status=200):
    """An HTTP answer's JSON in its form."""
    assert answer.status == status, (answer.status, answer.body)
    assert answer.headers["Content-Type"].startswith("application/json")
    return fits(answer.json, shape)
