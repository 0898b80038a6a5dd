import Testing

/// Real processes, sockets, SQLite and a real terminal.
///
/// One test at a time in each of two rows: what they wait for is seldom the machine.
enum EndToEnd {
    /// Servers, and what is asked of them.
    @Suite(.serialized) enum OfServers {}

    /// The client on a terminal.
    @Suite(.serialized) enum OnTerminals {}
}
