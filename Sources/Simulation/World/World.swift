import Client
import Engine
import Game
import Protocol
import Telegram

/// Everything that can be planned in the simulated world.
enum Happening: Sendable {
    /// The server's loop takes what has come in.
    case turn(run: Int)
    case wake(run: Int, atUs: Int64)
    /// Something reaches the server, unless it or the connection is gone by then.
    case arrives(Input, run: Int, link: ConnectionID?)
    /// The next word of a link reaches its client.
    case delivers(ConnectionID)
    /// A ping of the server's reaches a client.
    case pinged(ConnectionID, sentUs: Int64)
    /// A client finds its connection gone.
    case breaks(ConnectionID, person: Int)
    case answers(Answer?, Purpose, person: Int)
    /// A handshake's answer reaches its client.
    case shakes(ConnectionID, person: Int)
    /// A person's next deed, and its clients' waits.
    case acts(person: Int)
    case due(person: Int)
    case aims(person: Int, run: Identifier)
    /// A person has seen an ad, or says so.
    case seen(person: Int, Identifier)
    /// A host lets someone in again.
    case pardons(Identifier)
    /// The disk's last room is taken.
    case fills
    /// Hosts put skins up for sale.
    case stocks
    case connects(person: Int)
    case diskEnds(run: Int, CommitID)
    case snapshotEnds(run: Int, SnapshotAnswer)
    case pictureEnds(run: Int, [UInt8]?)
    case touchedEnds(run: Int, TouchedAnswer)
    case drawingEnds(run: Int, [UInt8]?)
    case streamReads(run: Int, RequestID)
    case historyEnds(run: Int, RequestID, HistoryMaterial)
    case looksUp(run: Int, QueryID, Query)
    case drawsClickGame(run: Int, Identifier)
    case probes(run: Int)
    case measuresLoad
    case commands
    /// Someone orders by Telegram; the bot wakes, calls, and hears.
    case ordersByTelegram
    /// The server dies, just as the disk is to keep an order.
    case dies(run: Int)
    case botWakes(run: Int, atMs: Int64)
    case callsTelegram(run: Int, BotRequest, isPoll: Bool)
    case hearsTelegram(run: Int, BotReply, isPoll: Bool)
    case strikes(FaultKind)
    case heals
    case starts
    case hushes
    case compares
}

/// The server behind a virtual clock, network and disk, with the people who use it.
struct World: Sendable {
    static let startMs: Int64 = 1_700_000_000_000

    let scenario: Scenario
    let rules: Workload.Rules
    let configuration: EngineConfiguration
    var random: SeededGenerator
    var agenda = Agenda<Happening>()
    var nowUs: Int64 = 0
    /// How far the wall clock was stepped.
    var wallStepMs: Int64 = 0
    var auditor: Auditor
    var digest = Digest()

    /// Counts the server's lives; what belongs to an earlier one is void.
    var run = 0
    var engine: ServerEngine?
    var inbox: [Input] = []
    var isTurnPlanned = false
    var plannedWakeUs: Int64?
    var isDraining = false
    var disk = VirtualDisk()
    /// Where refresh tokens come from: each follows from the one before it.
    let tokenKey: UInt64
    /// Until when the server is overloaded.
    var overloadedUntilUs: Int64 = 0
    var lastHostCall: UInt64 = 0
    var telegram = TelegramService()
    /// The server's bot; nil while there is none.
    var bot: Bot?
    /// The updates that asked for what is under way.
    var botOrders: [HostCallID: Int64] = [:]

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
        /// When a step of the server took it, and before that step: whether its caller's sign-in ran, and
        /// whether it was a spectator's.
        var takenUs: Int64 = 0
        var wasAccepted = false
        var wasSpectator = true
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
        rules = scenario.workload.rules
        do throws(Failure) {
            var settings = try scenario.workload.configuration(size)
            // Every second world lets its spectators watch live.
            settings.hasLiveSpectators = scenario.seed % 2 == 0
            configuration = settings
            if scenario.workload == .arcade { disk.ads = try Workload.ads() }
        } catch {
            throw Violation(invariant: .equalReplicas, detail: "the settings: \(error.message)", atUs: 0)
        }
        random = SeededGenerator(seed: scenario.seed)
        tokenKey = random.next()
        auditor = Auditor(configuration, ads: disk.ads)
        let players = rules.accounts + rules.secondDevices
        for number in 0..<(players + rules.guests + rules.strangers) {
            let role: Person.Role =
                number < players ? .player : number < players + rules.guests ? .guest : .stranger
            let owner = number < rules.accounts || number >= players ? number : number - rules.accounts
            people.append(Person(number: number, role: role, owner: owner))
        }
    }

    var now: Moment {
        Moment(monotonicUs: nowUs, wallMs: Self.startMs + nowUs / 1000 + wallStepMs)
    }

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
            people[person].isForgetful = chance(20)
            people[person].isComingBack = true
            plan(.connects(person: person), inUs: milliseconds(0...300))
            plan(.acts(person: person), inUs: milliseconds(300...600))
        }
        for fault in scenario.faults { plan(.strikes(fault), inUs: milliseconds(500...6_000)) }
        plan(.hushes, inUs: rules.busyUs)
        plan(.measuresLoad, inUs: 500_000)
        plan(.commands, inUs: milliseconds(scenario.workload == .canvases ? 500...2_000 : 5_000...20_000))
        if scenario.workload == .arcade { plan(.stocks, inUs: 200_000) }
        if scenario.workload == .telegram { plan(.ordersByTelegram, inUs: 1_000_000) }
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
        case .pinged(let link, let sentUs): echo(link, sentUs: sentUs)
        case .breaks(let link, let person): lose(link, person)
        case .answers(let answer, let purpose, let person): hear(answer, purpose, person)
        case .shakes(let link, let person): shake(link, person)
        case .acts(let person): act(person)
        case .due(let person): receive(.due, person)
        case .aims(let person, let run): aim(person, run)
        case .seen(let person, let impression): tell(seen: impression, person)
        case .pardons(let account): pardon(account)
        case .fills: fill()
        case .stocks: stock()
        case .connects(let person): connect(person)
        case .diskEnds(let run, let id): if run == self.run { endCommit(id) }
        case .snapshotEnds(let run, let snapshot):
            guard run == self.run else { return }
            auditor.observe(.snapshotEnded, atUs: nowUs)
            reach(.snapshotTaken(snapshot))
        case .pictureEnds(let run, let png): if run == self.run { reach(.pictureDrawn(png)) }
        case .touchedEnds(let run, let answer): if run == self.run { reach(.touchedPacked(answer)) }
        case .drawingEnds(let run, let bytes): if run == self.run { reach(.viewDrawn(bytes)) }
        case .streamReads(let run, let id):
            if run == self.run { reach(chance(10) ? .streamClosed(id) : .streamRead(id)) }
        case .historyEnds(let run, let id, let material):
            if run == self.run { reach(.historyRestored(id, material.restored())) }
        case .looksUp(let run, let id, let query):
            if run == self.run { reach(.queryAnswered(id, disk.answer(query))) }
        case .drawsClickGame(let run, let id): if run == self.run { reach(.clickGameDrawn(id)) }
        case .probes(let run): if run == self.run { reach(.storageProbed(disk.fault)) }
        case .measuresLoad: measureLoad()
        case .commands: command()
        case .ordersByTelegram: orderByTelegram()
        case .dies(let run): if run == self.run { die() }
        case .botWakes(let run, let atMs): wakeBot(run, atMs: atMs)
        case .callsTelegram(let run, let request, let isPoll): callTelegram(run, request, isPoll: isPoll)
        case .hearsTelegram(let run, let reply, let isPoll): hearTelegram(run, reply, isPoll: isPoll)
        case .strikes(let fault): strike(fault)
        case .heals: if disk.fault == .full { disk.fault = nil }
        case .starts: start()
        case .hushes: hush()
        case .compares: compare()
        }
    }
}
