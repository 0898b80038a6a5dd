"""A host's bot on Telegram: every order, those who may give them, trouble on the line, and kills."""
import asyncio
import json
import os
import subprocess
import threading
import zlib

from client import Account, Guest, Server, Socket, eventually
from host import OwnServer, die_with_parent, query
from telegram_api import NAME, TOKEN, BotAPI

HOST, OTHER, STRANGER, GROUP = 501, 502, 666, -100_900


class BotServer(OwnServer):
    """A server of the scenario's own, with a bot, whose log is kept."""

    def __init__(self, server, api, *options):
        super().__init__(
            server, "--telegram-user", str(HOST), "--telegram-user", str(OTHER), "--telegram-group", str(GROUP),
            "--telegram-api", api.url, "--telegram-poll-seconds", "2", "--log-level", "debug",
            "--spectator-cooldown", "0", *options)
        self.token_file = server.data + "-token"
        with open(os.open(self.token_file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write(TOKEN + "\n")
        self.options += ["--telegram-token-file", self.token_file]
        self.log_file = server.data + "-log"

    def start(self):
        with open(self.log_file, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [self.program, *self.options], stdout=subprocess.PIPE, stderr=log, text=True,
                preexec_fn=die_with_parent)
        self.server = Server(self.process.stdout.readline().split()[-1], self.data, self.program)
        return self.server

    @property
    def log(self):
        with open(self.log_file, encoding="utf-8") as file:
            return file.read()

    def lines(self, event):
        return [line for line in self.log.splitlines() if f" {event} " in line + " "]

    def __exit__(self, *more):
        super().__exit__(*more)
        # Nothing of the secret may ever be read in the log, whatever went wrong.
        assert TOKEN.split(":")[1] not in self.log


async def told(api, chat, count, what="an answer"):
    """Waits until a chat has so many messages and gives the last one."""
    await eventually(what, lambda: len(api.sent[chat]) >= count)
    assert len(api.sent[chat]) == count, api.texts(chat)
    return api.sent[chat][-1]


async def asked(api, own, user, text, chat=None):
    """Gives an order that is answered with one message, and gives that."""
    where = chat or user
    count = len(api.sent[where])
    api.say(user, text, chat)
    return await told(api, where, count + 1, f"an answer to {text}")


def audit(server, action):
    return query(server, "SELECT actor, telegram_user, subject, detail FROM audit WHERE action = ?", action)


def canvas(server):
    return server.get("/api/canvas").json


async def telegram_orders(server: Server):
    """Every order of the bot, and who may give them."""
    api = BotAPI()
    with BotServer(server, api) as own:
        server = own.server
        await eventually("the menu", lambda: api.menu)
        assert {item["command"] for item in api.menu} >= {"clear", "newgame", "status", "snapshot", "ban", "feedback"}
        assert f"@{NAME}" in own.lines("telegram_ready")[0]
        await strangers(api, own)
        assert "/newgame" in (await asked(api, own, HOST, "/start"))["text"]
        await picture(api, server, own)
        await new_games(api, server, own)
        await banning(api, server, own)
        await feedback(api, server, own)
        async with Socket(server, Account(server, "Ear").access) as ear:
            assert "1 socket" in (await asked(api, own, HOST, "/announce Tea at five"))["text"]
            assert (await ear.message("announcement"))["message"] == "Tea at five"
        assert audit(server, "announce") == [("telegram", HOST, "", "Tea at five")]
        status = (await asked(api, own, HOST, f"/status@{NAME}", GROUP))["text"]
        assert "30×20" in status and "takes writes" in status, status
        stale = len(api.sent[HOST])
        api.say(HOST, "/ban Ear", age=3_600)
        assert "60 min ago" in (await told(api, HOST, stale + 1))["text"]
        assert "help" in (await asked(api, own, HOST, "hello"))["text"]
        for order in ["/newgame 10", "/ban", "/unban", "/announce", "/feedback maybe"]:
            assert (await asked(api, own, HOST, order))["text"].startswith("Write /"), order
        assert api.offsets[0] is None and len(own.lines("telegram_order")) > 10


async def strangers(api, own):
    """Others get no answer, and one line of the log for all that they write."""
    for text in ["/start", "/clear", "/status", "hello"]:
        api.say(STRANGER, text)
    api.say(STRANGER, "/status", GROUP)
    api.say(HOST, "/status", -7)
    last = api.say(OTHER, "/help")
    await told(api, OTHER, 1)
    await eventually("the updates are confirmed", lambda: api.offsets[-1] == last + 1)
    assert not api.sent[STRANGER] and not api.sent[GROUP] and not api.sent[-7]
    assert [line.count(f"user={STRANGER}") for line in own.lines("telegram_stranger")] == [1, 0]


async def picture(api, server, own):
    """The picture is the canvas, cell by cell."""
    ada = Account(server, "Ada Lovelace")
    async with Socket(server, ada.access, "?play=1") as socket:
        await socket.message("status", status="playing")
        for x in range(16):
            await socket.say("place", x=x, y=(x * 7) % 16, color=1 + x)
    photo = await asked(api, own, HOST, "/snapshot")
    assert photo["text"] == "16×16"
    width, height, colors = decode(photo["photo"])
    head = canvas(server)
    cells = snapshot(server)
    assert (width, height) == (16, 16)
    palette = [tuple(bytes.fromhex(color[1:])) for color in head["palette"]]
    assert colors == [palette[cell] for cell in cells] and len(set(cells)) == 17


def snapshot(server):
    """The canvas's cells as the API gives them."""
    changes = server.get("/api/canvas/changes?from=0").json
    cells = [0] * 256
    for x, y, color in changes["pixels"]:
        cells[y * 16 + x] = color
    return cells


def decode(png):
    """A PNG's sides and its pixels' colors; 8 bits of a palette or of RGB, each row filtered in its own way."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(png):
        size = int.from_bytes(png[at:at + 4], "big")
        kind, data = png[at + 4:at + 8], png[at + 8:at + 8 + size]
        assert zlib.crc32(kind + data) == int.from_bytes(png[at + 8 + size:at + 12 + size], "big")
        chunks[kind] = chunks.get(kind, b"") + data
        at += 12 + size
    head = chunks[b"IHDR"]
    width, height = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big")
    depth, kind = head[8], head[9]
    channels = {2: 3, 3: 1}[kind]
    step, size = max(1, channels * depth // 8), (width * channels * depth + 7) // 8
    raw, before, rows = zlib.decompress(chunks[b"IDAT"]), bytes(size), []
    for number in range(height):
        line = bytearray(raw[number * (size + 1) + 1:(number + 1) * (size + 1)])
        for index in range(size):
            left = line[index - step] if index >= step else 0
            above = before[index]
            corner = before[index - step] if index >= step else 0
            near = min([left, above, corner], key=lambda value: abs(left + above - corner - value))
            line[index] = (line[index] + [0, left, above, (left + above) // 2, near][raw[number * (size + 1)]]) % 256
        before = bytes(line)
        rows.append(before)
    if kind == 2:
        return width, height, [tuple(row[x * 3:x * 3 + 3]) for row in rows for x in range(width)]
    palette = chunks[b"PLTE"]
    pixels = []
    for row in rows:
        for x in range(width):
            bit = x * depth
            index = row[bit // 8] >> (8 - depth - bit % 8) & ((1 << depth) - 1)
            pixels.append(tuple(palette[index * 3:index * 3 + 3]))
    return width, height, pixels


async def new_games(api, server, own):
    """The canvas is cleared, or begun in another size, once whoever asked says yes."""
    before = canvas(server)
    question = await asked(api, own, HOST, "/clear")
    yes, no = [button["callback_data"] for button in question["buttons"][0]]
    count = len(api.sent[HOST])
    api.press(HOST, question, no)
    await eventually("the buttons go", lambda: not question["buttons"])
    assert "cancelled" in question["text"] and canvas(server)["epoch"] == before["epoch"]
    api.press(HOST, question, yes)
    await eventually("the press is answered", lambda: "over" in str(api.answers.get(f"press-{api.last_update - 1}")))
    assert len(api.sent[HOST]) == count and canvas(server)["epoch"] == before["epoch"]
    # In a group others see the buttons, and can't press them to any end.
    question = await asked(api, own, HOST, "/clear", GROUP)
    yes = question["buttons"][0][0]["callback_data"]
    for user in [STRANGER, OTHER]:
        api.press(user, question, yes)
    await eventually(
        "the other one is told", lambda: "whoever asked" in str(api.answers.get(f"press-{api.last_update - 1}")))
    assert canvas(server)["epoch"] == before["epoch"] and question["buttons"]
    async with Socket(server, Account(server).access, "?play=1") as socket:
        api.press(HOST, question, yes)
        api.press(HOST, question, yes)
        reset = await socket.message("canvas_reset")
    assert reset["epoch"] != before["epoch"] and (reset["width"], reset["height"]) == (16, 16)
    await told(api, GROUP, 2)
    question = await asked(api, own, HOST, "/newgame 30х20")
    api.press(HOST, question, question["buttons"][0][0]["callback_data"])
    await told(api, HOST, len(api.sent[HOST]) + 1)
    after = canvas(server)
    assert (after["width"], after["height"]) == (30, 20) and after["epoch"] == reset["epoch"] + 1
    assert after["version"] == before["version"] + 2
    assert [row[:2] for row in audit(server, "new_game")] == [("telegram", HOST)] * 2


async def banning(api, server, own):
    """Whoever is banned is kept out, with the reason, until that is taken back."""
    eve = Account(server, "Eve")
    assert "no account" in (await asked(api, own, HOST, "/ban Nobody"))["text"]
    assert "is banned" in (await asked(api, own, HOST, "/ban Eve drew over others"))["text"]
    answer = eve.me()
    assert answer.status == 403 and "drew over others" in answer.body.decode()
    assert "may sign in" in (await asked(api, own, OTHER, "/unban Eve"))["text"]
    assert eve.me().status == 200
    assert "is banned" in (await asked(api, own, HOST, "/ban “Ada Lovelace”"))["text"]
    rows = audit(server, "ban")
    assert [row[:2] for row in rows] == [("telegram", HOST)] * 2 and "drew over others" in rows[0][3], rows
    assert [row[:2] for row in audit(server, "unban")] == [("telegram", OTHER)]


async def feedback(api, server, own):
    """What players write arrives where someone said /start, until they want it no longer."""
    def write(text):
        assert server.post("/api/feedback", {"message": text}, token=Guest(server).access).status == 201
    count, others = len(api.sent[HOST]), len(api.sent[OTHER])
    write("More *colors*, <b>please</b>")
    news = (await told(api, HOST, count + 1))["text"]
    assert news.startswith("Feedback from a guest") and news.endswith("> More *colors*, <b>please</b>"), news
    assert "More *colors*" in (await asked(api, own, HOST, "/feedback"))["text"]
    await asked(api, own, HOST, "/feedback off")
    await asked(api, own, OTHER, "/feedback on")
    write("Second")
    await told(api, OTHER, others + 2)
    assert len(api.sent[HOST]) == count + 3
    assert "Second" in (await asked(api, own, HOST, "/feedback"))["text"]


async def telegram_troubles(server: Server):
    """Whatever the line does, the bot comes back, does each order once, and never shows its token."""
    api = BotAPI()
    api.close()
    with BotServer(server, api, "--telegram-poll-seconds", "1") as own:
        server = own.server
        eve = Account(server, "Eve")
        await eventually("it can't be reached", lambda: own.lines("telegram_trouble"))
        api.open()
        await eventually("it is there", lambda: own.lines("telegram_ready"))
        ended = threading.Event()
        html = (502, b"<html>Bad Gateway</html>")
        limit = (429, json.dumps({
            "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1}}).encode())
        # Each way in which the line for updates fails, one after the other, with an order behind each.
        for number, fault in enumerate([
                html, limit, (200, b"{nonsense"), (200, b'{"ok":true}'), ("drop",), ("huge",), ("hang", ended),
                (409, b'{"ok":false,"error_code":409,"description":"Conflict: another"}')]):
            api.fail("getUpdates", fault)
            order = "/ban Eve" if number % 2 == 0 else "/unban Eve"
            assert "Eve" in (await asked(api, own, HOST, order))["text"], fault
        assert len(audit(server, "ban")) == 4 == len(audit(server, "unban"))
        # The same for answers: each comes in the end, and the order behind it is done once.
        for number, fault in enumerate([html, limit, (200, b""), ("late", 0.3), (500, b"")]):
            api.fail("sendMessage", fault, fault) if number < 2 else api.fail("sendMessage", fault)
            await asked(api, own, HOST, "/ban Eve")
        assert len(audit(server, "ban")) == 9
        # Who blocked the bot is given up, and others are answered.
        api.fail("sendMessage", (403, b'{"ok":false,"error_code":403,"description":"Forbidden: blocked"}'))
        api.say(HOST, "/status")
        await eventually("it is given up", lambda: own.lines("telegram_dropped"))
        await asked(api, own, OTHER, "/status")
        # What isn't taken as a photo goes as a file.
        api.fail("sendPhoto", (400, b'{"ok":false,"error_code":400,"description":"PHOTO_INVALID_DIMENSIONS"}'))
        assert decode((await asked(api, own, HOST, "/snapshot"))["document"])[:2] == (16, 16)
        assert eve.me().status == 403
        await bad_token(api, own)
        ended.set()
    api.close()


async def bad_token(api, own):
    """A token that was revoked is told once, and hardly tried again."""
    api.token = "4711:another"
    await eventually("it is told", lambda: any("bad_token" in line for line in own.lines("telegram_trouble")))
    polls = api.count("getUpdates")
    await asyncio.sleep(1.5)
    assert api.count("getUpdates") == polls
    assert sum("bad_token" in line for line in own.lines("telegram_trouble")) == 1
    # A server that stops doesn't wait for Telegram.
    own.process.terminate()
    assert own.process.wait(20) == 0


async def telegram_kills(server: Server):
    """A kill at any time loses no order and does none twice; what was chosen outlasts it."""
    api = BotAPI()
    with BotServer(server, api) as own:
        server = own.server
        await asked(api, own, HOST, "/start")
        await asked(api, own, HOST, "/feedback off")
        names = [f"Eve {number}" for number in range(10)]
        for name in names:
            Account(server, name)
        for number, name in enumerate(names):
            api.say(HOST, f'/ban "{name}" {name}')
            await asyncio.sleep(number * 0.008)
            own.kill()
            server = own.start()
        await eventually("all are banned", lambda: len(audit(server, "ban")) >= len(names))
        # Updates that come again though they were confirmed are not done again.
        await eventually("all is confirmed", lambda: not api.pending)
        for number in [api.last_update, api.last_update - 5]:
            api.repeat(again(number, '/ban "Eve 0" again'))
        question = await question_after(api, own)
        rows = audit(server, "ban")
        assert sorted(row[3].removeprefix("for good: ") for row in rows) == names and len(rows) == len(names), rows
        await answer_owed(api, own, server)
        await old_button(api, own, question)
        guest = Guest(own.server)
        count = len(api.sent[HOST])
        assert own.server.post("/api/feedback", {"message": "Hi"}, token=guest.access).status == 201
        await asked(api, own, HOST, "/help")
        assert len(api.sent[HOST]) == count + 1, "feedback is off still"
    api.close()


def again(number, text):
    """An update as it comes once more, and not too late to be followed."""
    chat, sender = {"id": HOST, "type": "private"}, {"id": HOST, "is_bot": False}
    return {
        "update_id": number,
        "message": {"message_id": 1, "date": 1 << 31, "chat": chat, "from": sender, "text": text}}


async def question_after(api, own):
    """Asks whether to clear the canvas, once all that came before was looked at."""
    api.say(HOST, "/clear")
    await eventually("the question", lambda: any(message.get("buttons") for message in api.sent[HOST]))
    return [message for message in api.sent[HOST] if message.get("buttons")][-1]


async def answer_owed(api, own, server):
    """An order that is done, and its answer under way when the server is killed: done once, and told."""
    ended = threading.Event()
    api.fail("sendMessage", ("hang", ended))
    last = api.say(HOST, '/ban "Eve 0" once more')
    await eventually("it is done", lambda: len(audit(server, "ban")) == 11)
    await eventually("its answer is under way", lambda: not api.faults["sendMessage"])
    count = len(api.sent[HOST])
    own.kill()
    ended.set()
    api.repeat(again(last, '/ban "Eve 0" once more'))
    server = own.start()
    await eventually("it is told", lambda: len(api.sent[HOST]) > count)
    assert "won't be done again" in api.sent[HOST][-1]["text"]
    await eventually("nothing is owed", lambda: not query(server, "SELECT * FROM telegram_owed"))
    assert len(audit(server, "ban")) == 11
    assert api.offsets[-1] == last + 1


async def old_button(api, own, question):
    """A question of before a restart is over."""
    epoch = canvas(own.server)["epoch"]
    api.press(HOST, question, question["buttons"][0][0]["callback_data"])
    await eventually("it is told", lambda: "over" in str(api.answers.get(f"press-{api.last_update - 1}")))
    assert canvas(own.server)["epoch"] == epoch


SCENARIOS = [telegram_orders, telegram_troubles, telegram_kills]
