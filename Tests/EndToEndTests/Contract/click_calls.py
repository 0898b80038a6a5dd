"""The calls about click games, each answer held against its form."""
import datetime

from shapes import GAME, RECEIPT, found

PUSH, CURRENT, GAMES = "/api/push_clicks", "/api/click_games/current", "/api/click_games"
UNKNOWN = "0123456789abc"


def push(server, who, clicks, batch=None, **more):
    body = {"clicks": clicks} if batch is None else {"clicks": clicks, "batch_id": batch}
    return server.post(PUSH, {**body, **more}, token=who.access if who else None)


def pushed(server, who, clicks, batch=None):
    return found(push(server, who, clicks, batch), RECEIPT)


def current(server):
    return found(server.get(CURRENT), GAME)


def contributions(server, game):
    answer = server.get(f"/api/click_games/{game}/contributions")
    assert answer.status == 200 and answer.headers["Content-Type"].startswith("application/json")
    return answer.json


def sums(planets):
    return {planet["name"]: (planet["clicks"], planet["players"]) for planet in planets}


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def in_seconds(seconds):
    then = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return then.strftime("%Y-%m-%dT%H:%M:%S.") + f"{then.microsecond // 1000:03}Z"
