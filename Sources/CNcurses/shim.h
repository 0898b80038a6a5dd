#pragma once
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <ncurses.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* stdin is such a global too; ncurses never reads from it. */
static inline SCREEN *pw_open_screen(const char *entry, FILE *output) { return newterm(entry, output, stdin); }

/* A file in memory for ncurses to write to: what it would send to a terminal is then the program's to send. */
extern int memfd_create(const char *name, unsigned int flags);
static inline FILE *pw_memory_file(void) {
    const unsigned int close_on_exec = 1; /* MFD_CLOEXEC, which is hidden from Swift's importer, like the function */
    int fd = memfd_create("frame", close_on_exec);
    if (fd < 0) return tmpfile();
    FILE *file = fdopen(fd, "w+");
    if (file == NULL) close(fd);
    return file;
}

/* Swift 6 refuses ncurses' globals as not safe for concurrency; only the screen's one thread calls these. */
static inline WINDOW *pw_stdscr(void) { return stdscr; }
static inline WINDOW *pw_curscr(void) { return curscr; }
static inline TERMINAL *pw_current_terminal(void) { return cur_term; }
static inline int pw_color_pairs(void) { return COLOR_PAIRS; }
static inline int pw_colors(void) { return COLORS; }

/* Debian's headers show wcwidth only under XOPEN feature macros that Swift's importer doesn't set. */
extern int wcwidth(wchar_t c);
static inline int pw_char_width(wchar_t c) { return wcwidth(c); }

/* The attributes are macros that Swift doesn't import. */
static inline attr_t pw_attr_bold(void) { return A_BOLD; }
static inline attr_t pw_attr_reverse(void) { return A_REVERSE; }
static inline attr_t pw_attr_underline(void) { return A_UNDERLINE; }
static inline attr_t pw_attr_dim(void) { return A_DIM; }

/* A pair above 32,767 goes through the last argument, an untyped pointer to int. */
static inline int pw_add_cell(int row, int column, const wchar_t *text, attr_t attributes, int pair) {
    cchar_t cell;
    setcchar(&cell, text, attributes, 0, &pair);
    return mvwadd_wch(stdscr, row, column, &cell);
}

/* `tigetstr` and `tigetnum` take a mutable char pointer, and say "unknown" by (char *)-1. */
static inline const char *pw_terminfo_string(const char *name) {
    const char *text = tigetstr((char *)name);
    return text == (const char *)-1 ? NULL : text;
}
static inline int pw_terminfo_number(const char *name) { return tigetnum((char *)name); }

/* ioctl is variadic. */
static inline int pw_window_size(int fd, struct winsize *size) { return ioctl(fd, TIOCGWINSZ, size); }

/* What a signal needs to leave the terminal as it was found. It is plain C because a handler may run while
   any lock of Swift's runtime is held; it calls only what signal-safety(7) allows. Only TerminalGuard.swift calls
   these functions. The state is weak, not static: the optimizer inlines them into several object files, each of
   which would bring a static one of its own, and the handler would look at one that was never armed. */
__attribute__((weak)) struct {
    struct termios saved;
    char restore[1024];
    size_t restore_length;
    int terminal;
    int output;
    int wake;
    volatile sig_atomic_t armed;
    volatile sig_atomic_t awaiting;
} pw_guard = {.terminal = -1, .output = -1, .wake = -1};

/* Waits for one event on one descriptor. */
static inline int pw_guard_poll(int fd, short events, int ms) {
    struct pollfd wait = {.fd = fd, .events = events};
    return poll(&wait, 1, ms);
}

/* A terminal that takes nothing any more holds an end up for a moment only. */
static inline void pw_guard_restore(void) {
    if (!pw_guard.armed) return;
    pw_guard.armed = 0;
    size_t done = 0;
    int patience = 10;
    while (done < pw_guard.restore_length) {
        ssize_t n = write(pw_guard.output, pw_guard.restore + done, pw_guard.restore_length - done);
        if (n > 0) {
            done += (size_t)n;
            continue;
        }
        if (n < 0 && errno == EINTR) continue;
        if (n < 0 && errno == EAGAIN && patience-- > 0) {
            pw_guard_poll(pw_guard.output, POLLOUT, 50);
            continue;
        }
        break;
    }
    /* What the terminal still answers is not for the shell. */
    if (pw_guard.awaiting) {
        pw_guard.awaiting = 0;
        pw_guard_poll(pw_guard.terminal, POLLIN, 100);
        tcflush(pw_guard.terminal, TCIFLUSH);
    }
    tcsetattr(pw_guard.terminal, TCSANOW, &pw_guard.saved);
}

static inline void pw_guard_fatal(int number) {
    int saved_errno = errno;
    signal(SIGTTOU, SIG_IGN);
    pw_guard_restore();
    signal(number, SIG_DFL);
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &only, NULL);
    errno = saved_errno;
}

/* Resizes and job control are the loop's to handle: the handler only says which signal came. */
static inline void pw_guard_wake(int number) {
    int saved_errno = errno;
    char byte = (char)number;
    if (pw_guard.wake >= 0 && write(pw_guard.wake, &byte, 1) < 0) { /* a full pipe wakes anyway */ }
    errno = saved_errno;
}

static inline void pw_guard_handle(int number, void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

/* An end that is asked for is the loop's as well, for what is to be told and written before it; whoever asks
   again doesn't wait for the loop. */
static inline void pw_guard_end_asked(int number) {
    pw_guard_handle(number, pw_guard_fatal, SA_ONSTACK);
    pw_guard_wake(number);
}

static inline int pw_guard_save(int terminal, int output) {
    pw_guard.terminal = terminal;
    pw_guard.output = output;
    return tcgetattr(terminal, &pw_guard.saved);
}

static inline void pw_guard_arm(const char *restore, size_t length) {
    if (length > sizeof pw_guard.restore) length = sizeof pw_guard.restore;
    memcpy(pw_guard.restore, restore, length);
    pw_guard.restore_length = length;
    pw_guard.armed = 1;
}

static inline void pw_guard_disarm(void) { pw_guard.armed = 0; }

/* Whether the terminal has been asked something that it hasn't answered. */
static inline void pw_guard_await(int awaiting) { pw_guard.awaiting = awaiting; }

static inline void pw_guard_install(int wake) {
    static char stack[64 * 1024];
    /* All that end a process by default and can be caught, but for those below. */
    static const int fatal[] = {SIGHUP,  SIGQUIT, SIGABRT, SIGSEGV,   SIGILL,  SIGBUS,  SIGFPE,   SIGTRAP, SIGUSR1,
                                SIGUSR2, SIGALRM, SIGIO,   SIGVTALRM, SIGPROF, SIGXCPU, SIGPWR, SIGSTKFLT, SIGSYS};
    static const int ending[] = {SIGINT, SIGTERM};
    static const int waking[] = {SIGWINCH, SIGTSTP, SIGCONT};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack, .ss_flags = 0};
    sigaltstack(&alternate, NULL);
    pw_guard.wake = wake;
    signal(SIGXFSZ, SIG_IGN); /* a recording that may not grow is an error of write(2), too */
    signal(SIGPIPE, SIG_IGN); /* a lost connection is an error of write(2), not an end */
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        pw_guard_handle(fatal[i], pw_guard_fatal, SA_ONSTACK);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        pw_guard_handle(ending[i], pw_guard_end_asked, SA_RESTART | SA_ONSTACK);
    for (size_t i = 0; i < sizeof waking / sizeof *waking; i++)
        pw_guard_handle(waking[i], pw_guard_wake, SA_RESTART | SA_ONSTACK);
}

/* Stops this process and those of its job, as a terminal's own Ctrl-Z would; returns when it goes on. That it
   does is nobody's news meanwhile: whoever asked for the stop knows. */
static inline void pw_guard_stop(void) {
    pw_guard_handle(SIGCONT, SIG_DFL, 0);
    pw_guard_handle(SIGTSTP, SIG_IGN, 0);
    kill(0, SIGTSTP);
    pw_guard_handle(SIGTSTP, SIG_DFL, 0);
    raise(SIGTSTP);
    pw_guard_handle(SIGTSTP, pw_guard_wake, SA_RESTART | SA_ONSTACK);
    pw_guard_handle(SIGCONT, pw_guard_wake, SA_RESTART | SA_ONSTACK);
}
