"""The binary form of the WebSocket's messages, read and written from docs/protocol.md alone."""
import json
import struct

from client import Socket

GAMES = {"join", "leave_room", "push_clicks", "answer", "start_run", "point", "end_run"}
CLIENT_KINDS = {"play": 1, "leave": 2, "heartbeat": 3, "undo": 6}


def number(value):
    """LEB128 of a number's 64-bit two's complement."""
    rest, out = value & (2**64 - 1), bytearray()
    while rest >= 0x80:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    return bytes(out + bytes([rest]))


def encoded(message):
    """A client's message: a kind byte, whose top bit says that an id follows, and its fields."""
    message = dict(message)
    identity = message.pop("id", None)
    kind = 7 if message["type"] in GAMES else CLIENT_KINDS[message["type"]]
    head = bytes([kind]) if identity is None else bytes([kind | 0x80]) + number(identity)
    if kind != 7:
        return head
    return head + json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()


class Bytes:
    def __init__(self, data):
        self.data, self.offset = data, 0

    def take(self, count):
        assert self.offset + count <= len(self.data), "the message is cut short"
        self.offset += count
        return self.data[self.offset - count:self.offset]

    def byte(self):
        return self.take(1)[0]

    def number(self):
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value if value < 2**63 else value - 2**64

    def text(self):
        return self.take(self.number()).decode()

    def rest(self):
        return self.take(len(self.data) - self.offset)

    def end(self):
        assert self.offset == len(self.data), "bytes after the message"


def decoded(data):
    """A server's message as its JSON form would have it; canvas messages by their kind alone."""
    bytes_ = Bytes(data)
    kind = bytes_.byte()
    reply = {"reply_to": bytes_.number()} if kind & 0x80 else {}
    kind &= 0x7F
    if kind == 9:
        text = bytes_.rest()
        message = json.loads(text)
        assert "reply_to" not in message, "it stands in the head"
        assert list(message)[0] == "type"
        form = json.dumps(message, separators=(",", ":"), ensure_ascii=False).encode()
        assert form == text, "the text isn't in its one form"
        return {**message, **reply}
    if kind == 8:
        message = {"type": "error", "code": bytes_.text(), "message": bytes_.text()}
        if bytes_.byte():
            message["retry_after_ms"] = bytes_.number()
        bytes_.end()
        return {**message, **reply}
    if kind == 1:
        return {**welcome(bytes_), **reply}
    if kind == 10:
        message = {"type": "announcement", "message": bytes_.text(), "at_ms": bytes_.number()}
        bytes_.end()
        return {**message, **reply}
    if kind == 6:
        return {"type": "heartbeat", "server_time_ms": bytes_.number(), **reply}
    names = {2: "status", 3: "pixels", 4: "placed", 5: "canvas_reset", 7: "ok"}
    if kind == 7:
        bytes_.end()
    return {"type": names[kind], **reply}


def welcome(bytes_):
    account, name = bytes_.take(8), bytes_.text()
    session, status = bytes_.take(8), bytes_.byte()
    width, height, epoch, version = (bytes_.number() for _ in range(4))
    bytes_.take(3 * bytes_.number())
    time, heartbeat, rate = (bytes_.number() for _ in range(3))
    bytes_.end()
    return {
        "type": "welcome", "account": {"id": identifier(account), "name": name},
        "session_id": identifier(session), "status": status, "server_time_ms": time,
        "canvas": {"width": width, "height": height, "epoch": epoch, "version": version},
        "heartbeat_ms": heartbeat, "click_push_rate_s": rate}


def identifier(raw):
    """13 characters of Crockford's base32."""
    value, = struct.unpack(">Q", raw)
    return "".join("0123456789abcdefghjkmnpqrstvwxyz"[value >> shift & 31] for shift in range(60, -1, -5))


class BinarySocket(Socket):
    """A WebSocket in the binary form."""

    subprotocol = "pixelwars.v1.binary"

    def pack(self, message):
        return encoded(message)

    def unpack(self, frame):
        assert isinstance(frame, bytes)
        return decoded(frame)
