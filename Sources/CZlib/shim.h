#pragma once
#include <string.h>
#include <zlib.h>

// inflateInit is a macro that passes the header's version and the stream's size, which Swift can't import.
static inline int pw_inflate_init(z_stream *stream) {
    memset(stream, 0, sizeof *stream);
    return inflateInit(stream);
}
