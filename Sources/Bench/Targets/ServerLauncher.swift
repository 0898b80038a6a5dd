import FoundationEssentials
import Glibc

/// Finds and starts the servers under load; each prints the port it took.
enum ServerLauncher {
    /// The longest a server may take until it listens.
    static let startTimeoutMs = 10_000

    /// Starts a server and waits until it listens.
    static func start(
        _ kind: TargetKind, options: LoadOptions, tickMs: Int
    ) throws(BenchFailure) -> (child: MeasuredProcess, port: Int) {
        let child: MeasuredProcess
        switch kind {
        case .pixelwars:
            child = try startPixelWars(options: options, tickMs: tickMs)
        case .uwsBinary:
            child = try startPeer(python(), ["uws.py", "binary", "\(tickMs)"])
        case .uwsJSON:
            child = try startPeer(python(), ["uws.py", "json"])
        case .nodeJSON:
            child = try startPeer("node", ["node-ws.js"])
        }
        return (child, try port(of: child))
    }

    /// Starts our own server on a fresh directory with every limit out of the way.
    ///
    /// - Parameters:
    ///   - idleSeconds: longer than any run that doesn't play, unless told otherwise.
    ///   - settings: options beyond those of every run.
    static func startPixelWars(
        options: LoadOptions, tickMs: Int, idleSeconds: Int = 3_600, settings: [String] = []
    ) throws(BenchFailure) -> MeasuredProcess {
        try MeasuredProcess(program: try server(options)) { directory in
            [
                "--listen", "127.0.0.1:0", "--data", directory, "--tick-ms", "\(tickMs)",
                "--max-players", "\(options.clients + 100)",
                "--idle-seconds", "\(idleSeconds)", "--max-connections-per-address", "1000000",
                "--place-rate", "0", "--message-rate", "0", "--request-rate", "0", "--sign-in-rate", "0",
                "--guest-rate", "0", "--log-level", "error",
            ] + settings
        }
    }

    /// The port at the end of the line a server prints once it listens.
    static func port(of child: MeasuredProcess) throws(BenchFailure) -> Int {
        let line = try child.firstLine(timeoutMs: startTimeoutMs)
        let digits = line.reversed().prefix { $0.isASCII && $0.isNumber }
        guard let port = Int(String(digits.reversed())), (1...65_535).contains(port) else {
            throw BenchFailure("no port in the server's line: \(line)")
        }
        return port
    }

    private static func server(_ options: LoadOptions) throws(BenchFailure) -> String {
        let path = options.server ?? executableDirectory + "/pixelwars-server"
        guard access(path, X_OK) == 0 else {
            throw BenchFailure("\(path) is not there; build it, or name it with --server")
        }
        return path
    }

    private static var executableDirectory: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/exe", &path, Int(PATH_MAX))
        let text = String(decoding: path.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return parent(of: text)
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    // MARK: Peers

    private static func startPeer(_ program: String, _ words: [String]) throws(BenchFailure)
        -> MeasuredProcess
    {
        let directory = try root() + "/Benchmarks/peers/"
        return try MeasuredProcess(program: program) { _ in [directory + words[0]] + words.dropFirst() }
    }

    private static func python() throws(BenchFailure) -> String {
        let path = try root() + "/.build/peers/venv/bin/python3"
        guard access(path, X_OK) == 0 else {
            throw BenchFailure("\(path) is not there; run Benchmarks/peers/setup.sh")
        }
        return path
    }

    /// The project's directory: the working directory or one above the program that holds the peers.
    private static func root() throws(BenchFailure) -> String {
        var directory = executableDirectory
        while !directory.isEmpty, access(directory + "/Benchmarks/peers/setup.sh", F_OK) != 0 {
            directory = parent(of: directory)
        }
        if !directory.isEmpty { return directory }
        guard access("Benchmarks/peers/setup.sh", F_OK) == 0 else {
            throw BenchFailure("Benchmarks/peers is neither here nor above this program")
        }
        return FileManager.default.currentDirectoryPath
    }
}
