#ifndef PW_CEPOLL_SHIM_H
#define PW_CEPOLL_SHIM_H

#include <stdint.h>
#include <sys/epoll.h>
#include <time.h>

/* <sys/epoll.h> is not in Swift's Glibc module, and its event carries a union: these wrappers speak in
   plain 64-bit keys. */
static inline int pw_epoll_add(int epoll, int fd, uint64_t key) {
    struct epoll_event event = {.events = EPOLLIN, .data = {.u64 = key}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static inline int pw_epoll_remove(int epoll, int fd) {
    return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, 0);
}

static inline uint64_t pw_epoll_key(const struct epoll_event *event) {
    return event->data.u64;
}

#endif
