/// What a person can set for good: where and as whom the client begins, and how it is.
///
/// The standard values, with the config file's over them, the environment's over those, and the command line's
/// over all.
struct Config: Hashable, Sendable {
    /// The server's URL; nil for the standard one.
    var url: String?
    /// Whose key is used; nil for the standard one.
    var profile: String?
    /// The screen to begin with; nil for what the command begins with.
    var page: Page?
    var settings = Settings()

    /// Takes a whole file's members over what there is.
    ///
    /// - Throws: `ConfigFault` for a key there is none of, or a value that isn't one of its.
    mutating func take(_ file: OrderedJSON) throws(ConfigFault) {
        guard case .object(let members) = file else {
            throw ConfigFault(line: 1, "an object is expected: {\"theme\": \"dark\"}")
        }
        for member in members {
            guard let key = ConfigKey.all.first(where: { $0.name == member.name }) else {
                let known = ConfigKey.all.map(\.name).joined(separator: ", ")
                throw ConfigFault(line: member.line, "there is no \"\(member.name)\"; there are \(known)")
            }
            if let problem = key.take(member.value, &self) {
                throw ConfigFault(line: problem.line ?? member.line, problem.words)
            }
        }
    }

    /// Takes the variables that are set over what there is.
    ///
    /// - Returns: what is wrong with one of them; nil where nothing is.
    mutating func take(environment: (String) -> String?) -> String? {
        for key in ConfigKey.all {
            guard let variable = key.variable, let text = environment(variable), !text.isEmpty else {
                continue
            }
            if key.take(key.node(of: text), &self) != nil { return "\(variable) takes \(key.takes)" }
        }
        return nil
    }

    /// The file that says all of this.
    var node: OrderedJSON {
        .object(ConfigKey.all.map { OrderedJSON.Member(name: $0.name, value: $0.show(self)) })
    }
}
