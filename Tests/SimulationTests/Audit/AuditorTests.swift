import Engine
import Protocol
import Simulation
import Testing

/// Each invariant is broken on purpose: an auditor that finds nothing is worth nothing.
@Suite("Auditor")
struct AuditorTests {
    static let ann = Identifier(rawValue: 1)
    static let bob = Identifier(rawValue: 2)

    static func configuration() -> EngineConfiguration {
        guard let size = CanvasSize(width: 4, height: 2), let stock = try? PuzzleStock(json: Workload.words)
        else { preconditionFailure("a legal size, and enough words") }
        var configuration = EngineConfiguration(canvasSize: size, palette: .standard, puzzleStock: stock)
        configuration.placeRate = Rate(perSecond: 1, burst: 4)
        configuration.spectatorCooldownMs = 1_000
        configuration.maxPlayers = 1
        configuration.maxQueued = 2
        configuration.idleSeconds = 10
        configuration.heartbeatTimeoutMs = 30_000
        configuration.accessTokenSeconds = 150
        configuration.arcade = .standard
        configuration.hasLiveSpectators = true
        return configuration
    }

    static func change(
        _ version: Version, _ cell: Int, _ color: UInt8, by account: Identifier = ann, atMs: Int64 = 0,
        undoes: Version? = nil
    ) -> Record {
        .change(
            ChangeRecord(
                version: version, cell: cell, color: color, account: account, atMs: atMs, undoes: undoes))
    }

    /// Ann's pixel 1 on cell 0, Bob's 2 over it, Ann's 3 on cell 1.
    static let start: [Observation] = [.kept([change(1, 0, 5), change(2, 0, 6, by: bob), change(3, 1, 7)])]

    /// What an auditor is told, and what it must find.
    struct Doctored: Sendable, CustomTestStringConvertible {
        var invariant: Violation.Invariant
        var what = ""
        var told: [(atUs: Int64, observation: Observation)]
        var testDescription: String { "\(invariant) \(what)" }

        init(invariant: Violation.Invariant, at atUs: Int64 = 1_000, observations: [Observation]) {
            self.invariant = invariant
            told = observations.map { (atUs, $0) }
        }

        /// After the scene's opening: these steps.
        init(_ invariant: Violation.Invariant, _ what: String, _ steps: [Scene.Step]) {
            self.invariant = invariant
            self.what = what
            told = ([Scene.opening] + steps).flatMap(\.told)
        }
    }

    static func cells(_ colors: UInt8...) -> [UInt8] {
        colors + [UInt8](repeating: 0, count: 8 - colors.count)
    }
    static let frame = PixelRun(
        from: 0, to: 3, epoch: 1, pixels: [Pixel(x: 0, y: 0, color: 6), Pixel(x: 1, y: 0, color: 7)])
    static let socket = ConnectionID(rawValue: 1)
    /// Of versions 3 and 4, which change a cell each.
    static let late = PixelRun(from: 2, to: 3, epoch: 1, pixels: [Pixel(x: 1, y: 0, color: 7)])

    /// A mask of these cells at the third version.
    static func mask(_ cells: Int...) -> TouchedAnswer {
        let size = configuration().canvasSize
        var mask = CellMask(size: size)
        for cell in cells { mask[cell] = true }
        return TouchedAnswer(size: size, epoch: 1, version: 3, zlib: mask.bytes)
    }

    static let doctored: [Doctored] = [
        Doctored(invariant: .gaplessVersions, observations: [.kept([change(5, 0, 1)])]),
        Doctored(invariant: .gaplessVersions, observations: [.kept([change(3, 0, 1)])]),
        Doctored(
            invariant: .keptAcknowledged,
            observations: [.acknowledged(PlacedAnswer(version: 2, epoch: 1), account: ann, pixel: nil)]),
        Doctored(
            invariant: .keptAcknowledged,
            observations: [
                .acknowledged(
                    PlacedAnswer(version: 3, epoch: 1), account: ann, pixel: Pixel(x: 1, y: 0, color: 8))
            ]),
        Doctored(
            invariant: .keptAcknowledged,
            observations: [
                .acknowledged(
                    PlacedAnswer(version: 3, epoch: 1), account: ann, pixel: Pixel(x: 1, y: 0, color: 7)),
                .restarted(RecoveredState(), version: 2, cells: cells(6), wallMs: 0),
            ]),
        Doctored(invariant: .durableFirst, observations: [.showed(4)]),
        Doctored(
            invariant: .durableFirst,
            observations: [.acknowledged(PlacedAnswer(version: 4, epoch: 1), account: ann, pixel: nil)]),
        Doctored(
            invariant: .durableFirst,
            observations: [.published(PixelRun(from: 3, to: 4, epoch: 1, pixels: []), .canvas)]),
        Doctored(
            invariant: .joiningFrames,
            observations: [
                .welcomed(socket, at: 0), .follows(socket, takesPart: true),
                .published(
                    PixelRun(from: 0, to: 2, epoch: 1, pixels: [Pixel(x: 0, y: 0, color: 6)]), .canvas),
                .subscribed(socket, .canvas), .published(late, .canvas),
            ]),
        Doctored(
            invariant: .joiningFrames,
            observations: [
                .published(frame, .canvas), .kept([change(4, 1, 9)]), .published(late, .canvas),
            ]),
        Doctored(invariant: .joiningFrames, observations: [.merged(socket, frame)]),
        Doctored(
            invariant: .joiningFrames,
            observations: [
                .welcomed(socket, at: 0), .follows(socket, takesPart: true), .subscribed(socket, .canvas),
                .unsubscribed(socket), .published(frame, .canvas), .subscribed(socket, .canvas),
                .kept([change(4, 1, 9)]),
                .published(
                    PixelRun(from: 3, to: 4, epoch: 1, pixels: [Pixel(x: 1, y: 0, color: 9)]), .canvas),
            ]),
        Doctored(
            invariant: .ownFrames,
            observations: [
                .welcomed(socket, at: 0), .subscribed(socket, .canvas), .published(frame, .canvas),
            ]),
        Doctored(
            invariant: .ownFrames,
            observations: [
                .welcomed(socket, at: 0), .subscribed(socket, .spectators),
                .follows(socket, takesPart: true), .published(frame, .spectators),
            ]),
        Doctored(
            invariant: .spectatorTick,
            observations: [
                .welcomed(socket, at: 0), .subscribed(socket, .spectators), .published(frame, .spectators),
                .kept([change(4, 1, 9)]),
                .published(
                    PixelRun(from: 3, to: 4, epoch: 1, pixels: [Pixel(x: 1, y: 0, color: 9)]), .spectators),
            ]),
        Doctored(invariant: .trueMasks, observations: [.touchedGiven(mask(0, 2))]),

        Doctored(
            invariant: .trueFrames,
            observations: [
                .published(PixelRun(from: 0, to: 3, epoch: 1, pixels: frame.pixels.reversed()), .canvas)
            ]),
        Doctored(
            invariant: .trueFrames,
            observations: [
                .published(PixelRun(from: 0, to: 3, epoch: 1, pixels: [frame.pixels[0]]), .canvas)
            ]),
        Doctored(
            invariant: .trueFrames,
            observations: [.changesGiven(ChangesAnswer(run: frame), from: 0, to: nil)]),
        Doctored(
            invariant: .trueSnapshots, observations: [.snapshotWanted(version: 3, cells: cells(6, 8))]),
        Doctored(
            invariant: .equalReplicas,
            observations: [
                .quiet(version: 3, cells: cells(6, 7)), .replica(name: "Ann", version: 3, cells: cells(6)),
            ]),
        Doctored(
            invariant: .equalReplicas,
            observations: [
                .quiet(version: 3, cells: cells(6, 7)),
                .replica(name: "Ann", version: 2, cells: cells(6, 7)),
            ]),
        Doctored(invariant: .equalReplicas, observations: [.quiet(version: 2, cells: cells(6))]),
        Doctored(invariant: .sameWords, observations: [.carried(isSame: false, what: "play")]),
        Doctored(invariant: .lawfulUndo, observations: [.kept([change(4, 0, 0, undoes: 1)])]),
        Doctored(invariant: .lawfulUndo, observations: [.kept([change(4, 1, 0, by: bob, undoes: 3)])]),
        Doctored(
            invariant: .lawfulUndo, at: 5_001_001, observations: [.kept([change(4, 1, 0, undoes: 3)])]),
        Doctored(invariant: .lawfulUndo, observations: [.kept([change(4, 1, 9, undoes: 3)])]),
        Doctored(
            invariant: .lawfulUndo,
            observations: [.kept([change(4, 1, 0, undoes: 3), change(5, 1, 0, undoes: 3)])]),
        Doctored(
            invariant: .cooldown,
            observations: [
                .spectatorGiven(kind: "png", watcher: "a", atUs: 0),
                .spectatorGiven(kind: "png", watcher: "a", atUs: 999_999),
            ]),
        Doctored(
            invariant: .rate, observations: [.kept([change(4, 2, 1), change(5, 2, 2), change(6, 2, 3)])]),
        Doctored(invariant: .oneAnswer, observations: [.answered(RequestID(rawValue: 1))]),
        Doctored(
            invariant: .oneAnswer,
            observations: [
                .asked(RequestID(rawValue: 1)), .answered(RequestID(rawValue: 1)),
                .answered(RequestID(rawValue: 1)),
            ]),
        Doctored(
            invariant: .oneAtATime, observations: [.commit(isUnderWay: true), .commit(isUnderWay: true)]),
        Doctored(
            invariant: .oneAtATime,
            observations: [
                .snapshotWanted(version: 3, cells: cells(6, 7)),
                .snapshotWanted(version: 3, cells: cells(6, 7)),
            ]),
        Doctored(invariant: .sparseWakes, observations: [.wakePlanned(atUs: 1_000)]),
        Doctored(invariant: .slowReaders, observations: [.behind(socket, sinceUs: -12_000_000)]),
    ]

    static let all =
        doctored + Scene.placesAndOrder + Scene.deadlines + Scene.sockets + Scene.signIns
        + Scene.clickRecords + Scene.clickWords + Scene.relayRecords + Scene.relayWords + Scene.runWords
        + Scene.runRecords + Scene.lines + Scene.runEnds + Scene.runOrder + Scene.paces + Scene.economy
        + Scene.adHistories + Scene.feedback + Scene.banHistories + Scene.canvases + Scene.hosting
        + Scene.audits

    @Test("finds each doctored history", arguments: all)
    func finds(_ doctored: Doctored) {
        var auditor = Auditor(Self.configuration(), ads: Scene.ads)
        for observation in Self.start { auditor.observe(observation, atUs: 1_000) }
        #expect(auditor.violation == nil)
        for (atUs, observation) in doctored.told { auditor.observe(observation, atUs: atUs) }
        #expect(
            auditor.violation?.invariant == doctored.invariant,
            "\(doctored.what): \(auditor.violation?.description ?? "nothing is found")")
    }

    @Test("knows how to be shown each invariant broken")
    func complete() {
        let shown = Set(Self.all.map(\.invariant))
        #expect(shown == Set(Violation.Invariant.allCases))
    }

    @Test("lets a true history pass")
    func passes() {
        var auditor = Auditor(Self.configuration(), ads: Scene.ads)
        auditor.observe(.welcomed(Self.socket, at: 0), atUs: 0)
        auditor.observe(.subscribed(Self.socket, .canvas), atUs: 0)
        auditor.observe(.follows(Self.socket, takesPart: true), atUs: 0)
        for observation in Self.start { auditor.observe(observation, atUs: 0) }
        let truth: [Observation] = [
            .published(Self.frame, .canvas), .showed(3), .touchedGiven(Self.mask(0, 1)),
            .acknowledged(
                PlacedAnswer(version: 3, epoch: 1), account: Self.ann, pixel: Pixel(x: 1, y: 0, color: 7)),
        ]
        for observation in truth { auditor.observe(observation, atUs: 0) }
        let later: [Observation] = [
            .kept([Self.change(4, 1, 0, undoes: 3)]),
            .snapshotWanted(version: 4, cells: Self.cells(6)), .snapshotEnded,
            .quiet(version: 4, cells: Self.cells(6)), .replica(name: "Ann", version: 4, cells: Self.cells(6)),
            .wakePlanned(atUs: 5_000_001),
        ]
        for observation in later { auditor.observe(observation, atUs: 5_000_000) }
        #expect(auditor.violation == nil)
        #expect(auditor.tally.versions == 4)
    }

    @Test("lets rollbacks, their undos, protected areas and a canvas of another size pass")
    func passesCanvases() {
        var auditor = Auditor(Self.configuration(), ads: Scene.ads)
        for observation in Self.start + Scene.lawfulCanvases { auditor.observe(observation, atUs: 1_000) }
        #expect(auditor.violation == nil, "\(auditor.violation?.description ?? "")")
        #expect(auditor.tally.rolledBack == 3 && auditor.tally.newGames == 1)
    }

    @Test("goes by the time at which a version was made, not at which the disk kept it")
    func madeInTime() {
        var auditor = Auditor(Self.configuration(), ads: Scene.ads)
        for observation in Self.start { auditor.observe(observation, atUs: 0) }
        auditor.observe(.stands(Standing(headVersion: 4)), atUs: 5_000_000)
        auditor.observe(.kept([Self.change(4, 1, 0, atMs: 99_000_000, undoes: 3)]), atUs: 9_000_000)
        #expect(auditor.violation == nil)
    }

    @Test(
        "lets every scene pass that nobody doctored",
        arguments: Scene.lawful + Scene.lawfulClicks + Scene.lawfulRelays + Scene.lawfulRuns
            + Scene.lawfulLines + Scene.lawfulEnds + Scene.lawfulEconomy + Scene.lawfulDeadlines
            + Scene.lawfulHosting + Scene.lawfulAudits)
    func passes(_ scene: Scene.Lawful) {
        var auditor = Auditor(Self.configuration(), ads: Scene.ads)
        for (atUs, observation) in ([Scene.opening] + scene.steps).flatMap(\.told) {
            auditor.observe(observation, atUs: atUs)
        }
        #expect(auditor.violation == nil, "\(scene.what): \(auditor.violation?.description ?? "")")
    }
}
