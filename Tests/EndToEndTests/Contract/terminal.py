"""A terminal that reads what a server draws in a shell, and what stands on it (Debian's `pyte`)."""
import socket

import pyte

PATIENCE = 30


def painted(text, columns, rows):
    """The terminal after a page of text."""
    screen = pyte.Screen(columns, rows)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    return screen


def pixels(screen, width, height):
    """The colors of pixels as a reader of the terminal sees them: two to a character, `rrggbb`."""
    rows = []
    for y in range(0, height, 2):
        cells = [screen.buffer[y // 2][x] for x in range(width)]
        # A space has its background alone, and a half block its foreground above it.
        rows.append([cell.bg if cell.data == " " else cell.fg for cell in cells])
        if y + 1 < height:
            rows.append([cell.bg for cell in cells])
    return rows


class Watching:
    """A stream of `/watch`, read from a raw socket into a terminal."""

    def __init__(self, server, query, columns, rows, token=None):
        self.link = socket.create_connection((server.host, server.port), timeout=PATIENCE)
        bearer = f"Authorization: Bearer {token}\r\n" if token else ""
        self.link.sendall(f"GET /watch?{query} HTTP/1.1\r\nHost: {server.authority}\r\n{bearer}\r\n".encode())
        self.rest, self.frames, self.isOver = b"", 0, False
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        while b"\r\n\r\n" not in self.rest:
            self.rest += self.receive()
        self.head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split()[1])

    def receive(self):
        data = self.link.recv(65536)
        if not data:
            raise EOFError("the stream ended")
        return data

    def chunk(self):
        """The next chunk, whole; nothing where the body is over."""
        while b"\r\n" not in self.rest:
            self.rest += self.receive()
        size, self.rest = self.rest.split(b"\r\n", 1)
        count = int(size, 16)
        while len(self.rest) < count + 2:
            self.rest += self.receive()
        data, self.rest = self.rest[:count], self.rest[count + 2:]
        return data

    def frame(self):
        """Takes the next frame; what clears the screen before the first one is passed over."""
        while True:
            data = self.chunk()
            if not data:
                self.isOver = True
                return None
            self.stream.feed(data)
            if b"\x1b[H" in data:
                self.frames += 1
                return data

    def until(self, condition):
        while not condition():
            assert self.frame() is not None, "the stream ended before"

    def close(self):
        self.link.close()
