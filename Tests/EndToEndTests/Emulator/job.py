"""A shell with one job: runs a program in the foreground, says on stderr when it stops, goes on with it on SIGUSR1."""

import os
import signal
import sys

signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
child = os.fork()
if child == 0:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpgrp())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    _, status = os.waitpid(child, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        sys.exit(os.waitstatus_to_exitcode(status) & 255)
    os.tcsetpgrp(0, os.getpgrp())
    print("stopped", file=sys.stderr, flush=True)
    signal.sigwait({signal.SIGUSR1})
    os.tcsetpgrp(0, child)
    os.killpg(child, signal.SIGCONT)
