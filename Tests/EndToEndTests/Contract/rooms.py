"""Sockets in a relay's room that keep all they hear, and the laws of what they hear."""
import asyncio
import json

from client import Socket, eventually
from shapes import EVENTS, message


class Listener:
    """A socket that is read all the time."""

    def __init__(self, server, who, query="", form=Socket):
        self.who, self.heard, self.number = who, [], 0
        self.socket = form(server, who.access, query)

    async def __aenter__(self):
        await self.socket.__aenter__()
        self.task = asyncio.ensure_future(self.listen())
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        await self.socket.__aexit__()

    async def listen(self):
        while True:
            self.heard.append(message(await self.socket.message(patience=None)))

    async def say(self, kind, **fields):
        """Sends a message and gives its answer."""
        self.number += 1
        number = self.number
        await self.socket.link.send(self.socket.pack({"type": kind, "id": number, **fields}))

        def answers():
            return [heard for heard in self.heard if heard.get("reply_to") == number]
        await eventually(f"an answer to {kind}", answers)
        return answers()[0]

    async def hears(self, kind, **fields):
        """Waits until a message of a kind with such fields was heard, and gives the latest."""
        def found():
            return [
                heard for heard in self.heard
                if heard["type"] == kind and all(heard.get(name) == value for name, value in fields.items())]
        await eventually(f"{kind} {fields}", found)
        return found()[-1]

    def events(self, relay):
        """What it heard of a relay, in order."""
        return [heard for heard in self.heard if heard["type"] in EVENTS and heard["relay_id"] == relay]


def public(event):
    """An event as everyone but a puzzle's player hears it."""
    event = {name: value for name, value in event.items() if name != "reply_to"}
    if "puzzle" in event:
        event["puzzle"] = {name: value for name, value in event["puzzle"].items() if name != "data"}
    return event


def conserved(events):
    """Follows the points through all events: start + award − decay − penalty, for each player at each time."""
    options, points, active = None, {}, {}
    for event in events:
        kind = event["type"]
        if kind in ("relay_state", "relay_started"):
            options = event["options"]
        if kind in ("relay_state", "relay_started", "team_status") and not points:
            points = {player["account"]["id"]: player["points"] for player in event["players"]}
            active = {player["account"]["id"]: player["active"] for player in event["players"]}
        if kind == "puzzle_solved":
            assert active[event["account"]["id"]] and active[event["awarded_to"]["id"]]
            points[event["awarded_to"]["id"]] += event["worth"]
        if kind == "puzzle_failed":
            assert event["penalty"] == min(options["penalty"], points[event["account"]["id"]])
            points[event["account"]["id"]] -= event["penalty"]
        if kind == "points_changed" and event["reason"] == "decay":
            for account in points:
                if active[account]:
                    points[account] -= min(options["decay_points"], points[account])
        if kind == "player_eliminated":
            assert active[event["account"]["id"]] and points[event["account"]["id"]] == 0
            active[event["account"]["id"]] = False
        if kind == "team_status" and event["status"] == "waiting":
            points = {player["account"]["id"]: player["points"] for player in event["players"]}
            active = {player["account"]["id"]: player["active"] for player in event["players"]}
        if kind in ("points_changed", "team_status", "relay_ended"):
            told = {player["account"]["id"]: player["points"] for player in event["players"]}
            assert told == points, f"{event}: the points should be {points}"
        if kind in ("team_status", "relay_ended") and event.get("status") != "waiting":
            told = {player["account"]["id"]: player["active"] for player in event["players"]}
            assert told == active, f"{event}: active should be {active}"
    return points


def tells_no_answer(server, answers):
    """No word that was an answer stands in anything that the server ever said, but among words to choose from."""
    words = {answer for answer in answers if not answer.lstrip("-").isdigit()}
    for said in server.said:
        text = said[said.find(b"{"):] if said[:1] not in (b"{", b"[") else said
        try:
            value = json.loads(text)
        except ValueError:
            assert not [word for word in words if word.encode() in said], said
            continue
        look(value, words)


def look(value, words):
    if isinstance(value, list):
        for item in value:
            look(item, words)
    elif isinstance(value, dict):
        for name, item in value.items():
            assert name not in ("answer", "answers", "solution", "right", "seed"), value
            # These are told to be chosen from.
            if name not in ("words", "people", "items", "clues", "question"):
                look(item, words)
    elif isinstance(value, str):
        assert value.lower() not in words and not words & set(value.lower().split()), value
