"""What is left of the program on a terminal: nothing, however it ends."""

import os
import signal
import sys
import time

from emulator import Emulator
from servers import Server


def client(server, *arguments, **options):
    return Emulator(["/bin/sh", "-c", 'ulimit -c 0; exec "$0" "$@"', server.program(), "play", server.url, *arguments],
                    environment=server.environment, **options)


def check_restored(screen, how):
    assert screen.line_modes() == screen.modes_before, f"{how}: stty differs"
    assert screen.set_modes() == set(), f"{how}: modes {screen.set_modes()} are still set"
    assert screen.cursor_is_visible(), f"{how}: the cursor is hidden"


def signals(programs):
    """Each signal ends it by that signal, and the terminal is as before."""
    with Server(programs, "--ads", "off") as server:
        for name in ["INT", "TERM", "HUP", "QUIT", "ABRT", "SEGV", "ILL", "USR1", "ALRM", "XCPU"]:
            number = getattr(signal, "SIG" + name)
            with client(server) as screen:
                screen.wait_text("PLAYING")
                screen.signal(number)
                assert screen.end() == -number, f"{name}: {screen.process.returncode}"
                screen.quiet(0.1)
                check_restored(screen, name)
        for how, status in [("\x03", 0), (signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, -signal.SIGTERM)]:
            with client(server, "--stats") as screen:
                screen.wait_text("PLAYING")
                screen.send(how) if isinstance(how, str) else screen.signal(how)
                assert screen.end() == status, f"{how!r}: {screen.process.returncode}"
                assert "bytes a frame" in screen.errors(), f"{how!r}: no figures"
        for key in ["q", "\x03"]:
            with client(server) as screen:
                screen.wait_text("PLAYING")
                screen.send(key)
                assert screen.end() == 0, screen.process.returncode
                screen.quiet(0.1)
                check_restored(screen, repr(key))


def suspended(programs):
    """Ctrl-Z gives the terminal back, and `fg` takes it again with the whole screen."""
    with Server(programs, "--ads", "off") as server:
        shell = [sys.executable, "-B", os.path.join(os.path.dirname(__file__), "job.py")]
        with Emulator([*shell, server.program(), "play", server.url], environment=server.environment) as screen:
            screen.wait_text("PLAYING")
            screen.send("\x1a")
            screen.wait(lambda one: "stopped" in one.errors(), "the stop")
            screen.quiet(0.1)
            check_restored(screen, "Ctrl-Z")
            with screen.changed:
                screen.screen.reset()
            before = screen.total
            screen.signal(signal.SIGUSR1)
            screen.wait_text("PLAYING")
            screen.quiet(0.2)
            taken = screen.raw()[before:].count(b"\x1b[?2004h")
            assert taken == 1, f"the terminal was taken over {taken} times"
            assert screen.set_modes() & {1049, 47}, screen.set_modes()
            screen.send("q")
            assert screen.end() == 0
            screen.quiet(0.1)
            check_restored(screen, "after fg")


def lost(programs):
    """A terminal that goes away ends the program within two seconds."""
    with Server(programs, "--ads", "off") as server:
        screen = client(server)
        try:
            screen.wait_text("PLAYING")
            screen.lose()
            began = time.monotonic()
            screen.process.wait(5)
            assert time.monotonic() - began < 2
        finally:
            screen.close()


def idle(programs):
    """Without news it writes nothing and takes no time."""
    with Server(programs, "--ads", "off") as server:
        with Emulator([server.program(), "watch", server.url, "--page", "canvas"], environment=server.environment) as screen:
            screen.wait_text("v0")
            # Every few seconds the server is asked, and the time that took may be another than before.
            windows = []
            while len(windows) < 6:
                before, bytes_before = screen.cpu_seconds(), screen.total
                time.sleep(3)
                windows.append((screen.total - bytes_before, screen.cpu_seconds() - before))
                # One tick of the kernel's clock is what a poll of the server may cost.
                if windows[-1][0] == 0 and windows[-1][1] <= 0.02:
                    return
            raise AssertionError(f"bytes and CPU seconds of three seconds each: {windows}")


def deaf(programs):
    """A terminal that answers nothing, and one that reads nothing for a while, change nothing."""
    with Server(programs, "--ads", "off", "--canvas", "60x30") as server:
        with client(server, background=None) as screen:
            screen.screen.write_process_input = lambda data: None
            screen.wait_text("PLAYING")
            screen.send("\x1b1")
            screen.wait_text("30,15")
            for _ in range(3):
                screen.send("\x0c")
                screen.quiet(0.2)
            screen.send("l")
            screen.wait_text("31,15", seconds=3)
            screen.send("q")
            assert screen.end() == 0
            check_restored(screen, "deaf")


SCENARIOS = {one.__name__: one for one in [signals, suspended, lost, idle, deaf]}
