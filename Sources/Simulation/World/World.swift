import Client
import Engine
import Protocol

/// Everything that can be planned in the simulated world.
enum Happening: Sendable {
    /// The server's loop takes what has come in.
    case turn(run: Int)
    case wake(run: Int, atUs: Int64)
    /// Something reaches the server, unless it or the connection is gone by then.
    case arrives(Input, run: Int, link: ConnectionID?)
    /// The next word of a link reaches its client.
    case delivers(ConnectionID)
    /// A client finds its connection gone.
    case breaks(ConnectionID, person: Int)
    case answers(Answer?, Purpose, person: Int)
    /// A person's next deed, and its clients' waits.
    case acts(person: Int)
    case due(person: Int)
    case connects(person: Int)
    case diskEnds(run: Int, CommitID)
    case snapshotEnds(run: Int, SnapshotAnswer)
    case pictureEnds(run: Int, [UInt8]?)
    case looksUp(run: Int, RequestID, Query)
    case probes(run: Int)
    case strikes(FaultKind)
    case heals
    case starts
    case hushes
    case compares
}

/// The server behind a virtual clock, network and disk, with the people who use it.
struct World: Sendable {
    static let cycleUs: Int64 = 30_000_000
    static let busyUs: Int64 = 17_000_000

    let scenario: Scenario
    let configuration: EngineConfiguration
    var random: SeededGenerator
    var agenda = Agenda<Happening>()
    var nowUs: Int64 = 0
    var auditor: Auditor
    var digest = Digest()

    /// Counts the server's lives; what belongs to an earlier one is void.
    var run = 0
    var engine: ServerEngine?
    var inbox: [Input] = []
    var isTurnPlanned = false
    var plannedWakeUs: Int64?
    var isDraining = false
    /// The version that the latest frame led to, or the server started at.
    var publishedVersion: Version = 0
    var disk = VirtualDisk()

    var people: [Person] = []
    var links: [ConnectionID: Link] = [:]
    /// Every open link, oldest first.
    var linkOrder: [ConnectionID] = []
    var lastConnection: UInt64 = 0
    var lastRequest: UInt64 = 0
    var requests: [RequestID: Inquiry] = [:]
    /// What each message to the canvas asked for, by connection and message id.
    var deeds: [Deed: Pixel?] = [:]
    /// Whether people rest and nothing goes wrong, so that all can come to the same state.
    var isQuiet = false

    /// A request under way.
    struct Inquiry: Sendable {
        var person: Int
        var purpose: Purpose
        var route: Route
        var caller: Caller
        /// When a step of the server took it, and whether its person played before that step.
        var takenUs: Int64 = 0
        var wasPlaying = false
    }

    struct Deed: Hashable, Sendable {
        var link: ConnectionID
        var id: Int
    }

    init(_ scenario: Scenario) throws(Violation) {
        self.scenario = scenario
        guard let size = CanvasSize(width: 24, height: 16) else {
            throw Violation(invariant: .equalReplicas, detail: "the canvas has no size", atUs: 0)
        }
        var configuration = EngineConfiguration(canvasSize: size, palette: .standard)
        configuration.maxPlayers = 7
        configuration.snapshotEvery = 20
        configuration.spectatorCooldownMs = 1_000
        configuration.placeRate = Rate(perSecond: 5, burst: 10)
        configuration.messageRate = Rate(perSecond: 50, burst: 60)
        self.configuration = configuration
        random = SeededGenerator(seed: scenario.seed)
        auditor = Auditor(configuration)
        for number in 0..<12 {
            let role: Person.Role = number < 8 ? .player : number < 10 ? .guest : .stranger
            people.append(Person(number: number, role: role))
        }
    }

    var now: Moment { Moment(monotonicUs: nowUs, wallMs: 1_700_000_000_000 + nowUs / 1000) }

    mutating func plan(_ happening: Happening, inUs delay: Int64) {
        agenda.plan(happening, atUs: nowUs + delay)
    }

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func milliseconds(_ range: ClosedRange<Int64>) -> Int64 {
        Int64.random(in: range, using: &random) * 1000 + Int64.random(in: 0..<1000, using: &random)
    }

    /// Lives through the scenario, or up to the first broken invariant.
    mutating func live() -> Outcome {
        plan(.starts, inUs: 0)
        for person in people.indices {
            plan(.connects(person: person), inUs: milliseconds(0...300))
            plan(.acts(person: person), inUs: milliseconds(300...600))
        }
        for fault in scenario.faults { plan(.strikes(fault), inUs: milliseconds(500...6_000)) }
        plan(.hushes, inUs: Self.busyUs)
        let endUs = Int64(scenario.minutes) * 60_000_000
        while auditor.violation == nil, let (atUs, happening) = agenda.next(), atUs <= endUs {
            nowUs = atUs
            happen(happening)
        }
        digest.add(engine?.stateHash ?? 0)
        return Outcome(violation: auditor.violation, stateHash: digest.value, tally: auditor.tally)
    }

    private mutating func happen(_ happening: Happening) {
        switch happening {
        case .turn(let run): if run == self.run { turn() }
        case .wake(let run, let atUs): wake(run, atUs)
        case .arrives(let input, let run, let link): arrive(input, run, link)
        case .delivers(let link): deliver(link)
        case .breaks(let link, let person): lose(link, person)
        case .answers(let answer, let purpose, let person): hear(answer, purpose, person)
        case .acts(let person): act(person)
        case .due(let person): receive(.due, person)
        case .connects(let person): connect(person)
        case .diskEnds(let run, let id): if run == self.run { endCommit(id) }
        case .snapshotEnds(let run, let snapshot):
            guard run == self.run else { return }
            auditor.observe(.snapshotEnded, atUs: nowUs)
            reach(.snapshotTaken(snapshot))
        case .pictureEnds(let run, let png): if run == self.run { reach(.pictureDrawn(png)) }
        case .looksUp(let run, let id, let query):
            if run == self.run { reach(.queryAnswered(id, disk.answer(query))) }
        case .probes(let run): if run == self.run { reach(.storageProbed(disk.fault)) }
        case .strikes(let fault): strike(fault)
        case .heals: if disk.fault == .full { disk.fault = nil }
        case .starts: start()
        case .hushes: hush()
        case .compares: compare()
        }
    }
}
