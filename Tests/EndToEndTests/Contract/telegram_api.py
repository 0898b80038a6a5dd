"""A stand-in for Telegram's Bot API over real HTTP, as its documents have it, with faults on demand."""
import collections
import email.parser
import email.policy
import http.server
import json
import socket
import threading
import time

TOKEN = "4711:AAE-abc_DEF0123456789abcdefghijklmn"
NAME = "PixelBot"


class Refusal(Exception):
    """An answer that says no."""

    def __init__(self, code, words, **parameters):
        super().__init__(words)
        self.code, self.words, self.parameters = code, words, parameters


class BotAPI:
    """One bot's side of Telegram, and the people who write to it."""

    def __init__(self):
        self.lock = threading.Condition()
        # Updates that the bot hasn't confirmed, and those that come whatever it confirmed.
        self.pending, self.repeated = [], []
        self.last_update, self.last_message, self.last_poll = 1000, 0, 0
        # What the bot sent, by chat: each with its number, words or file, and buttons.
        self.sent = collections.defaultdict(list)
        self.menu, self.answers = None, {}
        self.calls, self.offsets = [], []
        # By method: what to do instead of answering, once each.
        self.faults = collections.defaultdict(list)
        self.token = TOKEN
        self.listener = None
        self.port = 0
        self.open()

    # Being there and not.

    def open(self):
        api = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                api.serve(self)

            def log_message(self, *_):
                pass

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, *_):
                """Whoever asked may be gone by now."""

        self.listener = Listener(("127.0.0.1", self.port), Handler)
        self.port = self.listener.server_address[1]
        threading.Thread(target=self.listener.serve_forever, args=(0.02,), daemon=True).start()

    def close(self):
        """Refuses connections from now on."""
        self.listener.shutdown()
        self.listener.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    # People.

    def say(self, user, text, chat=None, age=0):
        """Has someone write; gives the update's number."""
        where = {"id": chat, "type": "supergroup"} if chat else {"id": user, "type": "private"}
        return self.happen(message={
            "message_id": self.next_message(), "date": int(time.time() - age), "chat": where,
            "from": person(user), "text": text})

    def press(self, user, message, data):
        """Has someone press a button under a message of the bot's."""
        update = self.happen(callback_query={
            "id": f"press-{self.last_update}", "from": person(user), "chat_instance": "1", "data": data,
            "message": {
                "message_id": message["message_id"], "date": 0, "text": message["text"],
                "chat": {"id": message["chat"], "type": "private" if message["chat"] > 0 else "supergroup"}}})
        return update

    def happen(self, **content):
        with self.lock:
            self.last_update += 1
            self.pending.append({"update_id": self.last_update, **content})
            self.lock.notify_all()
            return self.last_update

    def repeat(self, update):
        """Brings an update again, though the bot may have confirmed it."""
        with self.lock:
            self.repeated.append(update)
            self.lock.notify_all()

    def next_message(self):
        with self.lock:
            self.last_message += 1
            return self.last_message

    def fail(self, method, *faults):
        with self.lock:
            self.faults[method].extend(faults)
            self.lock.notify_all()

    def texts(self, chat):
        with self.lock:
            return [message["text"] for message in self.sent[chat]]

    def count(self, method):
        with self.lock:
            return self.calls.count(method)

    # The bot.

    def serve(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        parts = request.path.split("/")
        method = parts[-1]
        with self.lock:
            self.calls.append(method)
            fault = self.faults[method].pop(0) if self.faults[method] else None
        if fault is not None and not self.misbehave(request, fault):
            return
        try:
            if len(parts) != 3 or parts[1] != f"bot{self.token}":
                raise Refusal(401, "Unauthorized")
            result = getattr(self, "on_" + method)(fields(request, body))
            status, answer = 200, {"ok": True, "result": result}
        except Refusal as refusal:
            status = refusal.code
            answer = {"ok": False, "error_code": refusal.code, "description": refusal.words}
            if refusal.parameters:
                answer["parameters"] = refusal.parameters
        reply(request, status, json.dumps(answer).encode())

    def misbehave(self, request, fault):
        """Does something else; true where the call is to be answered all the same."""
        kind, *more = fault
        if kind == "hang":
            # Longer than anybody waits, but for the test's end.
            more[0].wait(60)
            request.close_connection = True
        elif kind == "drop":
            request.connection.shutdown(socket.SHUT_RDWR)
            request.close_connection = True
        elif kind == "late":
            time.sleep(more[0])
            return True
        elif kind == "huge":
            request.send_response(200)
            request.send_header("Content-Length", str(1 << 30))
            request.end_headers()
            request.wfile.write(b"[" * 100_000)
            request.close_connection = True
        else:
            reply(request, kind, more[0])
        return False

    def on_getMe(self, _):
        return {"id": 4711, "is_bot": True, "first_name": "Pixel", "username": NAME}

    def on_setMyCommands(self, given):
        self.menu = given["commands"]
        return True

    def on_getUpdates(self, given):
        assert given["allowed_updates"] == ["message", "callback_query"], given
        offset, limit = given.get("offset"), given["limit"]
        deadline = time.monotonic() + given["timeout"]
        with self.lock:
            self.offsets.append(offset)
            self.last_poll += 1
            mine = self.last_poll
            self.lock.notify_all()
            if offset is not None:
                self.pending = [update for update in self.pending if update["update_id"] >= offset]
            while True:
                if self.last_poll != mine:
                    raise Refusal(
                        409, "Conflict: terminated by other getUpdates request; make sure that only one bot "
                        "instance is running")
                if self.repeated or self.pending:
                    repeated, self.repeated = self.repeated, []
                    return (repeated + self.pending)[:limit]
                left = deadline - time.monotonic()
                if left <= 0:
                    return []
                self.lock.wait(left)

    def on_sendMessage(self, given):
        text = given["text"]
        if not 1 <= len(text.encode("utf-16-le")) // 2 <= 4096:
            raise Refusal(400, "Bad Request: message is too long")
        assert given["link_preview_options"] == {"is_disabled": True} and "parse_mode" not in given, given
        return self.keep(given["chat_id"], text, buttons=given.get("reply_markup", {}).get("inline_keyboard"))

    def on_editMessageText(self, given):
        with self.lock:
            for message in self.sent[given["chat_id"]]:
                if message["message_id"] == given["message_id"]:
                    message.update(text=given["text"], buttons=None)
                    return {"message_id": message["message_id"]}
        raise Refusal(400, "Bad Request: message to edit not found")

    def on_answerCallbackQuery(self, given):
        self.answers[given["callback_query_id"]] = given.get("text")
        return True

    def on_sendPhoto(self, given):
        return self.keep(int(given["chat_id"]), given["caption"], photo=given["photo"])

    def on_sendDocument(self, given):
        return self.keep(int(given["chat_id"]), given["caption"], document=given["document"])

    def keep(self, chat, text, **more):
        number = self.next_message()
        with self.lock:
            self.sent[chat].append({"message_id": number, "chat": chat, "text": text, **more})
        return {"message_id": number, "date": 0, "chat": {"id": chat, "type": "private"}, "text": text}


def person(user):
    return {"id": user, "is_bot": False, "first_name": f"Person {user}"}


def fields(request, body):
    """A call's fields, from JSON or from a form."""
    kind = request.headers["Content-Type"]
    if kind == "application/json":
        return json.loads(body)
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    form = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    given = {}
    for part in form.iter_parts():
        value = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        given[name] = value if part.get_filename() else value.decode()
        if part.get_filename():
            assert (part.get_filename(), part.get_content_type()) == ("canvas.png", "image/png")
    return given


def reply(request, status, body):
    request.send_response(status)
    request.send_header("Content-Type", "application/json")
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)
