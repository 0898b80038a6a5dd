#pragma once
#include <sqlite3.h>

// SQLITE_TRANSIENT is a cast macro, which Swift doesn't import: these bind bytes that SQLite copies at once.
static inline int pw_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *bytes, int count) {
    return sqlite3_bind_text(statement, index, bytes, count, SQLITE_TRANSIENT);
}

static inline int pw_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, index, bytes, count, SQLITE_TRANSIENT);
}

// sqlite3_db_config is variadic, which Swift doesn't import: this sets one boolean switch.
static inline int pw_sqlite_db_switch(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}
