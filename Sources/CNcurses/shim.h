#pragma once
#define NCURSES_WIDECHAR 1
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <ncurses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* stdin and stdout are such globals too. */
static inline int pw_open_screen(const char *entry) { return newterm(entry, stdout, stdin) != NULL; }

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
    int wake;
    volatile sig_atomic_t armed;
} pw_guard = {.terminal = -1, .wake = -1};

static inline void pw_guard_restore(void) {
    if (!pw_guard.armed) return;
    pw_guard.armed = 0;
    size_t done = 0;
    while (done < pw_guard.restore_length) {
        ssize_t n = write(pw_guard.terminal, pw_guard.restore + done, pw_guard.restore_length - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        done += (size_t)n;
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

static inline int pw_guard_save(int terminal) {
    pw_guard.terminal = terminal;
    return tcgetattr(terminal, &pw_guard.saved);
}

static inline void pw_guard_arm(const char *restore, size_t length) {
    if (length > sizeof pw_guard.restore) length = sizeof pw_guard.restore;
    memcpy(pw_guard.restore, restore, length);
    pw_guard.restore_length = length;
    pw_guard.armed = 1;
}

static inline void pw_guard_disarm(void) { pw_guard.armed = 0; }

static inline void pw_guard_handle(int number, void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

static inline void pw_guard_install(int wake) {
    static char stack[64 * 1024];
    static const int fatal[] = {SIGINT,  SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV,
                                SIGILL,  SIGBUS,  SIGFPE, SIGTRAP};
    static const int waking[] = {SIGWINCH, SIGTSTP, SIGCONT};
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack, .ss_flags = 0};
    sigaltstack(&alternate, NULL);
    pw_guard.wake = wake;
    signal(SIGPIPE, SIG_IGN); /* a lost connection is an error of write(2), not an end */
    for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
        pw_guard_handle(fatal[i], pw_guard_fatal, SA_ONSTACK);
    for (size_t i = 0; i < sizeof waking / sizeof *waking; i++)
        pw_guard_handle(waking[i], pw_guard_wake, SA_RESTART | SA_ONSTACK);
}

/* Stops this process as Ctrl-Z would; returns when it goes on. */
static inline void pw_guard_stop(void) {
    pw_guard_handle(SIGTSTP, SIG_DFL, 0);
    raise(SIGTSTP);
    pw_guard_handle(SIGTSTP, pw_guard_wake, SA_RESTART | SA_ONSTACK);
}
