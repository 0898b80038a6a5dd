"""A terminal that isn't ours: pyte reads the program's raw bytes from a pseudo terminal and keeps the screen.

It answers what terminals answer (device status, background color), can read as slowly as a modem, and keeps every byte
with the time when it came, so that modes, writes and latencies can be looked at afterwards.
"""

import fcntl
import os
import queue
import re
import select
import signal
import struct
import subprocess
import termios
import threading
import time

import pyte

MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
STATUS_QUESTION = b"\x1b[5n"
ATTRIBUTES_QUESTION = b"\x1b[c"
BACKGROUND_QUESTION = re.compile(rb"\x1b\]11;\?(\x07|\x1b\\)")


class Screen(pyte.Screen):
    """pyte's screen, with its answers going back to the program."""

    def __init__(self, columns, rows, answer):
        super().__init__(columns, rows)
        self.answer = answer

    def write_process_input(self, data):
        self.answer(data.encode())

    def select_graphic_rendition(self, *attributes, **flags):
        # `CSI > … m` asks for keyboard modes; pyte would take its numbers for colors.
        if not flags.get("private"):
            super().select_graphic_rendition(*attributes)


class Way:
    """A way that bytes take a while for: what is sent is handed on so many seconds later, in its order."""

    def __init__(self, seconds, arrive):
        self.seconds, self.arrive = seconds, arrive
        self.sent = queue.SimpleQueue()
        if seconds:
            threading.Thread(target=self._carry, daemon=True).start()

    def send(self, data):
        if self.seconds:
            self.sent.put((time.monotonic() + self.seconds, data))
        else:
            self.arrive(data)

    def _carry(self):
        while True:
            due, data = self.sent.get()
            time.sleep(max(due - time.monotonic(), 0))
            try:
                self.arrive(data)
            except OSError:
                return


class Emulator:
    """A program on a pseudo terminal of its own.

    columns, rows: the window in cells; bytes_per_second: how fast it reads, 0 for at once; round_trip_ms: how long keys
    and answers are on their way to the program, and its output back, together; background: what it says of its
    background as (red, green, blue), None to say nothing.
    """

    def __init__(self, arguments, columns=80, rows=24, environment=None, bytes_per_second=0, round_trip_ms=0,
                 background=(0, 0, 0), keeps_log=True, parses=True):
        self.master, self.slave = os.openpty()
        self.columns, self.rows = columns, rows
        self._set_size(columns, rows)
        self.modes_before = termios.tcgetattr(self.slave)
        self.screen = Screen(columns, rows, self._answer)
        self.stream = pyte.ByteStream(self.screen)
        self.background = background
        self.rate = bytes_per_second
        self.to_program = Way(round_trip_ms / 2000, lambda data: os.write(self.master, data))
        self.to_screen = Way(round_trip_ms / 2000, self._take)
        self.parses = parses
        self.keeps_log = keeps_log
        self.log = []
        self.total = 0
        self.modes = {}
        self.changed = threading.Condition()
        self._tail = b""
        self._errors_read, errors_write = os.pipe()
        variables = {
            "PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", "/"), "TERM": "xterm-256color",
            "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8",
        }
        variables.update(environment or {})
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            arguments, stdin=self.slave, stdout=self.slave, stderr=errors_write, env=variables,
            start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
        os.close(errors_write)
        self._closing = False
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    # What the program is told

    def send(self, data):
        """Types bytes, or text."""
        self.to_program.send(data.encode() if isinstance(data, str) else data)

    def click(self, column, row, button=0):
        """Presses and releases a mouse button on a cell, as SGR reports (1006)."""
        self.send(f"\x1b[<{button};{column + 1};{row + 1}M\x1b[<{button};{column + 1};{row + 1}m")

    def point(self, column, row):
        """Moves the mouse to a cell without a button."""
        self.send(f"\x1b[<35;{column + 1};{row + 1}M")

    def resize(self, columns, rows):
        with self.changed:
            self.columns, self.rows = columns, rows
            self.screen.resize(rows, columns)
        self._set_size(columns, rows)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def signal(self, number):
        self.process.send_signal(number)

    # What it shows

    def lines(self):
        with self.changed:
            return list(self.screen.display)

    def text(self):
        return "\n".join(self.lines())

    def cell(self, column, row):
        """The character with its colors as pyte has them: names or six hex digits."""
        with self.changed:
            return self.screen.buffer[row][column]

    def halves(self, column, row):
        """The colors of a cell's upper and lower half."""
        cell = self.cell(column, row)
        fore, back = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
        return {"▀": (fore, back), "▄": (back, fore), "█": (fore, fore)}.get(cell.data, (back, back))

    def wait(self, condition, what, seconds=20.0):
        """Waits until condition(self) holds and returns what it gave."""
        end = time.monotonic() + seconds
        while True:
            found = condition(self)
            if found:
                return found
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"{what} didn't come; the screen:\n{self.text()}\n{self.errors()}")
            with self.changed:
                self.changed.wait(min(left, 0.05))

    def wait_text(self, words, seconds=20.0):
        return self.wait(lambda one: words in one.text(), repr(words), seconds)

    def find(self, words):
        """Column and row where words stand, or None."""
        for row, line in enumerate(self.lines()):
            column = line.find(words)
            if column >= 0:
                return column, row
        return None

    def quiet(self, seconds=0.3, limit=20.0):
        """Waits until nothing was written for so long."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            before = self.total
            time.sleep(seconds)
            if self.total == before:
                return
        raise AssertionError("the program doesn't stop writing")

    def cpu_seconds(self):
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def raw(self):
        return b"".join(data for _, data in self.log)

    def set_modes(self):
        """The private modes that are set now, without those that every terminal begins with: wrapping (7), the cursor (25)."""
        return {mode for mode, on in self.modes.items() if on and mode not in (7, 25)}

    def cursor_is_visible(self):
        return self.modes.get(25, True)

    def line_modes(self):
        """What `stty -a` shows, as tcgetattr(3) has it."""
        return termios.tcgetattr(self.slave)

    def errors(self):
        """What came on stderr so far."""
        text = b""
        while select.select([self._errors_read], [], [], 0)[0]:
            data = os.read(self._errors_read, 65536)
            if not data:
                break
            text += data
        return text.decode(errors="replace")

    # Its end

    def end(self, seconds=10.0):
        """Waits for the program's end; its status, negative for a signal."""
        status = self.process.wait(seconds)
        end = time.monotonic() + 2
        while time.monotonic() < end and select.select([self.master], [], [], 0)[0]:
            time.sleep(0.01)
        return status

    def lose(self):
        """The terminal goes away, as when a window is closed."""
        self._closing = True
        os.close(self.slave)
        self.reader.join(1)
        os.close(self.master)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._closing = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # Reading

    def _set_size(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _answer(self, data):
        self.to_program.send(data)

    def _read(self):
        debt_until = time.monotonic()
        while not self._closing:
            try:
                if not select.select([self.master], [], [], 0.1)[0]:
                    continue
                data = os.read(self.master, 512 if self.rate else 65536)
            except OSError:
                return
            if not data:
                return
            if self.rate:
                debt_until = max(debt_until, time.monotonic() - 0.02) + len(data) / self.rate
                time.sleep(max(debt_until - time.monotonic(), 0))
            self.to_screen.send(data)

    def _take(self, data):
        with self.changed:
            self.total += len(data)
            if self.keeps_log:
                self.log.append((time.monotonic(), data))
            if self.parses:
                self.stream.feed(data)
            else:
                # Each question is answered, also one that two reads tear apart.
                for question, answer in [(STATUS_QUESTION, b"\x1b[0n"), (ATTRIBUTES_QUESTION, b"\x1b[?6c")]:
                    for _ in range((self._tail[1 - len(question):] + data).count(question)):
                        self._answer(answer)
            seen = self._tail + data
            for match in MODE.finditer(seen):
                if match.end() > len(self._tail):
                    for mode in match.group(1).split(b";"):
                        self.modes[int(mode)] = match.group(2) == b"h"
            for match in BACKGROUND_QUESTION.finditer(seen):
                if match.end() > len(self._tail) and self.background:
                    red, green, blue = (value * 257 for value in self.background)
                    self._answer(f"\x1b]11;rgb:{red:04x}/{green:04x}/{blue:04x}\x1b\\".encode())
            self._tail = seen[-32:]
            self.changed.notify_all()
