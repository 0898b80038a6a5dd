/// What is put under load: our own server or a peer.
enum TargetKind: String, CaseIterable, Codable {
    case pixelwars
    case uwsBinary = "uws-binary"
    case uwsJSON = "uws-json"
    case nodeJSON = "node-json"

    /// All but our own.
    static var peers: [TargetKind] { allCases.filter { $0 != .pixelwars } }

    /// Whether it sends one frame a tick rather than one a pixel.
    var isBatched: Bool {
        switch self {
        case .pixelwars, .uwsBinary: true
        case .uwsJSON, .nodeJSON: false
        }
    }
}
