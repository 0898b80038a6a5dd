import Glibc
import Testing

/// A real `pixelwars-server` on a free port.
final class TestServer {
    let directory: ScratchDirectory
    let options: [String]
    private(set) var process: ChildProcess
    private(set) var port: UInt16
    private(set) var scheme: String

    var url: String { "\(scheme)://127.0.0.1:\(port)" }
    var data: String { directory.path + "/data" }

    /// Starts one and waits until it accepts connections; limits for people are lifted unless asked for.
    init(_ options: [String] = [], canvas: String = "64x48", in directory: ScratchDirectory? = nil) throws {
        let directory = try directory ?? ScratchDirectory()
        self.directory = directory
        self.options =
            [
                "--listen", "127.0.0.1:0", "--data", directory.path + "/data", "--canvas", canvas,
                "--place-rate", "0", "--message-rate", "0", "--request-rate", "0", "--sign-in-rate", "0",
                "--guest-rate", "0", "--spectator-cooldown", "0",
            ] + options
        process = try Self.launch(self.options, directory)
        (scheme, port) = try Self.address(of: process)
    }

    /// Kills it, without a chance to do anything more.
    func kill() throws {
        process.signal(SIGKILL)
        try process.wait()
    }

    /// Starts it again on the same data, on another free port unless one is given.
    func restart(port wanted: UInt16 = 0, adding more: [String] = []) throws {
        process = try Self.launch(options + ["--listen", "127.0.0.1:\(wanted)"] + more, directory)
        (scheme, port) = try Self.address(of: process)
    }

    /// Starts the program with some options in a directory, whatever becomes of it.
    static func launch(_ options: [String], _ directory: ScratchDirectory) throws -> ChildProcess {
        try ChildProcess(
            ChildProcess.path(of: "pixelwars-server"), options,
            environment: ["XDG_STATE_HOME": directory.path + "/state"], in: directory.path)
    }

    /// Reads the one line that tells where it listens.
    private static func address(of process: ChildProcess) throws -> (String, UInt16) {
        let line = try process.line(within: 60)
        let match = try #require(
            line?.wholeMatch(of: /pixelwars-server listening on (https?):\/\/127\.0\.0\.1:(\d+)/),
            "it said \(line ?? "nothing"), and on stderr: \(process.errors)")
        return (String(match.1), try #require(UInt16(match.2)))
    }
}
