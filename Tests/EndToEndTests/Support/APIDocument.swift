import Foundation

/// What an OpenAPI document in YAML says of its calls, read by its indentation as the document has it.
struct APIDocument {
    /// One method of one path.
    struct Call {
        /// Such as `/api/relays/{id}`.
        var path: String
        /// In upper case.
        var method: String
        /// The `operationId`.
        var id = ""
        /// Those that an answer may have.
        var statuses: Set<Int> = []
    }

    private(set) var calls: [Call] = []

    /// Reads `paths`: two spaces before a path, four before a method, eight before a status.
    init(yaml: String) {
        var path = ""
        var isInPaths = false
        for line in yaml.components(separatedBy: "\n") {
            if line.first?.isLetter == true { isInPaths = line == "paths:" }
            guard isInPaths else { continue }
            if let match = line.wholeMatch(of: #/\x20{2}(/[^:]*):/#) {
                path = String(match.1)
            } else if let match = line.wholeMatch(of: /\x20{4}(get|post|put|patch|delete):/) {
                calls.append(Call(path: path, method: match.1.uppercased()))
            } else if let match = line.wholeMatch(of: /\x20{6}operationId: (\w+)/), !calls.isEmpty {
                calls[calls.count - 1].id = String(match.1)
            } else if let match = line.prefixMatch(of: /\x20{8}'(\d{3})':/), let status = Int(match.1),
                !calls.isEmpty
            {
                calls[calls.count - 1].statuses.insert(status)
            }
        }
    }

    /// The call that a request makes; a path without parameters comes before one with.
    func call(method: String, target: String) -> Call? {
        let segments = target.prefix { $0 != "?" }.components(separatedBy: "/")
        return calls.filter { call in
            let pattern = call.path.components(separatedBy: "/")
            return call.method == method && pattern.count == segments.count
                && zip(pattern, segments).allSatisfy { $0.hasPrefix("{") ? !$1.isEmpty : $0 == $1 }
        }.min { $0.path.count { $0 == "{" } < $1.path.count { $0 == "{" } }
    }
}
