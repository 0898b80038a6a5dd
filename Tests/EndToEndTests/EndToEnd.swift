import Testing

/// Real processes, sockets, SQLite and a real terminal; one test at a time, for each has the machine to itself.
@Suite(.serialized) enum EndToEnd {}
