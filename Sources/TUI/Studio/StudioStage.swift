import Arguments
import Client
import Protocol
import Transport

/// What the client's thread hands to the studio's.
enum StudioNews: Sendable {
    case client(ClientEvent)
    case install(InstallReport)
}

/// The skin studio at the terminal: updates its model with what happens, writes files, speaks to the server.
final class StudioStage: TerminalStage {
    typealias News = StudioNews

    private var studio: Studio
    private let server: String
    private let profile: String
    private let deliver: @Sendable (StudioNews) -> Void
    /// Signed in to install a skin, while that is under way.
    private var client: ClientThread?
    private var installing: [UInt8] = []

    /// - Parameter deliver: hands over what another thread tells; it is to come back by `take`.
    init(
        studio: Studio, server: String, profile: String, deliver: @escaping @Sendable (StudioNews) -> Void
    ) {
        self.studio = studio
        self.server = server
        self.profile = profile
        self.deliver = deliver
    }

    var frame: CellGrid { StudioView.frame(of: studio) }
    var deadlineMs: Int64? { studio.deadlineMs }
    var takesMouse: Bool { true }

    func start() -> [TerminalWish] { update(.clock) }
    func take(_ input: InputEvent) -> [TerminalWish] { update(.input(input)) }
    func tick() -> [TerminalWish] { update(.clock) }

    func resize(columns: Int, rows: Int) -> [TerminalWish] {
        update(.resized(columns: columns, rows: rows))
    }

    /// Ends what is under way.
    func stop() {
        client?.stop()
        client = nil
    }

    private func update(_ event: StudioEvent) -> [TerminalWish] {
        studio.update(event, nowMs: Monotonic.nowMs).flatMap(perform)
    }

    private func perform(_ command: StudioCommand) -> [TerminalWish] {
        switch command {
        case .save(let draft, let bytes, let path, let isForced):
            return update(.file(studio.file.save(draft, bytes: bytes, path: path, isForced: isForced)))
        case .install(let bytes):
            do throws(ProgramFailure) {
                try signIn(toInstall: bytes)
            } catch { return update(.install(.unreachable(error.message))) }
        case .quit: return [.quit]
        case .suspend: return [.suspend]
        case .repaint: return [.repaint]
        }
        return []
    }

    // MARK: The server

    private func signIn(toInstall bytes: [UInt8]) throws(ProgramFailure) {
        installing = bytes
        let url: ServerURL
        do throws(ArgumentList.UsageError) {
            url = try Invocation.serverURL(server)
        } catch { throw ProgramFailure(error.message) }
        var configuration: ClientConfiguration
        do throws(KeyringError) {
            let identity = try Keyring.standard().identity(profile: profile, name: nil, at: url)
            // No socket: it would end that of a player who is signed in by the same key.
            configuration = ClientConfiguration(url: url, identity: identity, mode: .watch)
        } catch { throw ProgramFailure(error.description) }
        configuration.reconnects = false
        configuration.followsCanvas = false
        configuration.countsIntervalMs = 0
        do throws(TransportError) {
            client = try ClientThread(configuration: configuration) { [deliver] in deliver(.client($0)) }
        } catch { throw ProgramFailure("can't start: \(error)") }
    }

    func take(_ news: StudioNews) -> [TerminalWish] {
        // News of a client that was ended come late.
        guard client != nil else { return [] }
        switch news {
        case .client(.signedIn): askToInstall()
        case .client(.connection(.closed(.stopped))): break
        case .client(.connection(.closed(.refused(let failure)))): return end(.refused(failure))
        case .client(.connection(.closed(let reason))): return end(.unreachable(reason.description))
        case .client: break
        case .install(let report): return end(report)
        }
        return []
    }

    private func askToInstall() {
        client?.perform { [deliver, installing] client in
            client.install(skin: installing) { result in
                switch result {
                case .success(let isNew): deliver(.install(.installed(isNew: isNew)))
                case .failure(let failure): deliver(.install(.refused(failure)))
                }
            }
        }
    }

    private func end(_ report: InstallReport) -> [TerminalWish] {
        stop()
        return update(.install(report))
    }
}
