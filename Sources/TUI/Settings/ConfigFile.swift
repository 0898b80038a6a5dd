import Files
import Glibc
import Protocol

/// The file that keeps what a person set.
struct ConfigFile: Hashable, Sendable {
    let path: String
    /// Whether the person named it: then it has to be there.
    let isNamed: Bool

    static let maxBytes = 64 * 1024

    /// The file that is named, else the standard one; nil where no directory for that is known.
    ///
    /// It is `$XDG_CONFIG_HOME/pixelwars/config.json` or `~/.config/pixelwars/config.json`; a relative XDG path
    /// doesn't count (XDG Base Directory 0.8).
    init?(named name: String?, environment: (String) -> String?) {
        if let name = name ?? environment("PIXELWARS_CONFIG").flatMap({ $0.isEmpty ? nil : $0 }) {
            (path, isNamed) = (name, true)
            return
        }
        isNamed = false
        if let directory = environment("XDG_CONFIG_HOME"), directory.hasPrefix("/") {
            path = directory + "/pixelwars/config.json"
        } else if let home = environment("HOME"), home.hasPrefix("/") {
            path = home + "/.config/pixelwars/config.json"
        } else {
            return nil
        }
    }

    /// Whether there is such a file.
    var exists: Bool { access(path, F_OK) == 0 }

    /// What the file says; nothing where there is none and none was named.
    func read() throws(ConfigProblem) -> OrderedJSON {
        guard isNamed || exists else { return .object([]) }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.read(path, maxBytes: Self.maxBytes)
        } catch { throw ConfigProblem(error.description) }
        do throws(ConfigFault) {
            return try ConfigParser.parse(bytes)
        } catch { throw ConfigProblem(self, error) }
    }

    /// Takes what the file says over a config.
    func apply(to config: inout Config) throws(ConfigProblem) {
        let node = try read()
        do throws(ConfigFault) {
            try config.take(node)
        } catch { throw ConfigProblem(self, error) }
    }

    /// Writes what differs between two settings into the file, and leaves everything else in it as it is.
    ///
    /// The file appears whole or not at all; a link to it stays one.
    func keep(_ settings: Settings, insteadOf former: Settings) throws(ConfigProblem) {
        let before = Config(settings: former)
        let after = Config(settings: settings)
        let changed = ConfigKey.all.filter { $0.show(before) != $0.show(after) }
        guard !changed.isEmpty else { return }
        var members: [OrderedJSON.Member] = []
        if exists {
            guard case .object(let found) = try read() else {
                throw ConfigProblem(self, ConfigFault(line: 1, "an object is expected"))
            }
            members = found
        }
        for key in changed {
            let member = OrderedJSON.Member(name: key.name, value: key.show(after))
            if let at = members.firstIndex(where: { $0.name == key.name }) {
                members[at] = member
            } else {
                members.append(member)
            }
        }
        try write(.object(members))
    }

    private func write(_ node: OrderedJSON) throws(ConfigProblem) {
        if !isNamed { makeDirectory() }
        do throws(FileError) {
            try WholeFile.write(Array((node.json + "\n").utf8), to: target, mode: 0o600)
        } catch { throw ConfigProblem(error.description) }
    }

    /// The file itself, where the path is a link to it.
    private var target: String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Makes the directory and those above it, for their owner alone; that they are missing shows at writing.
    private func makeDirectory() {
        var directory = ""
        for part in path.split(separator: "/").dropLast() {
            directory += "/" + part
            mkdir(directory, 0o700)
        }
    }
}

/// Why a config file can't be used, in one line that names it.
struct ConfigProblem: Error, Hashable, Sendable {
    var message: String

    init(_ message: String) { self.message = PlayerName.displayed(message) }

    init(_ file: ConfigFile, _ fault: ConfigFault) {
        self.init(file.path + (fault.line.map { ":\($0)" } ?? "") + ": " + fault.words)
    }
}
