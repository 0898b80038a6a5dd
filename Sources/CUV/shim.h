#pragma once
#include <uv.h>

// libuv's handles inherit by layout; Swift has no such cast between imported structs, so they are made here.
static inline uv_handle_t *pw_tcp_handle(uv_tcp_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_pipe_handle(uv_pipe_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_timer_handle(uv_timer_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_async_handle(uv_async_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_signal_handle(uv_signal_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_check_handle(uv_check_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_prepare_handle(uv_prepare_t *h) { return (uv_handle_t *)h; }
static inline uv_handle_t *pw_idle_handle(uv_idle_t *h) { return (uv_handle_t *)h; }
static inline uv_stream_t *pw_tcp_stream(uv_tcp_t *h) { return (uv_stream_t *)h; }
static inline uv_stream_t *pw_pipe_stream(uv_pipe_t *h) { return (uv_stream_t *)h; }
