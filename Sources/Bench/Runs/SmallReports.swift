extension IdleRun.Measurement {
    /// Prints the table.
    func print() {
        Report.table(
            head: ["idle", ""],
            rows: [
                ["connections", "\(connections)"],
                ["resident before anything, KB", "\(freshKB)"],
                ["resident with all signed in, KB", "\(signedInKB)"],
                ["resident with all connected, KB", "\(connectedKB)"],
                ["resident KB a connection", Report.digits(residentKBPerConnection, 2)],
                ["resident KB with sign-in", Report.digits(residentKBPerClient, 2)],
            ])
    }
}

extension StartRun.Measurement {
    /// Prints the table.
    func print() {
        Report.table(
            head: ["start", "ms"],
            rows: startsMs.enumerated().map { ["start \($0 + 1)", Report.digits($1, 1)] }
                + [["median", Report.digits(medianMs, 1)]])
    }
}

extension CodecRun {
    /// Prints the table.
    static func print(_ measurements: [Measurement]) {
        Report.table(
            head: ["pixels", "codec", "bytes a pixel", "encode ns a pixel", "decode ns a pixel"],
            rows: measurements.map {
                [
                    "\($0.pixels) \($0.frame)", $0.codec, Report.digits($0.bytesPerPixel, 2),
                    Report.digits($0.encodeNsPerPixel, 1), Report.digits($0.decodeNsPerPixel, 1),
                ]
            })
    }
}
