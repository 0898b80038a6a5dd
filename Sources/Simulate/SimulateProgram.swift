import Arguments
import Protocol
import Simulation

/// `pixelwars-sim`: lives through a scenario and tells the first broken invariant, or a state hash.
enum SimulateProgram {
    private static let name = "pixelwars-sim"
    private static let maxMinutes = 100_000
    private static let options: [ArgumentList.Option] =
        [
            .init("seed", "N", help: "where all chance comes from (default 1)"),
            .init("minutes", "M", help: "simulated time (default 5)"),
            .init(
                "faults", "LIST", .words(["none", "all"] + FaultKind.allCases.map(\.rawValue)),
                help: "\(FaultKind.list); none or all (default all)"),
            .init(
                "workload", "NAME", .words(Workload.allCases.map(\.rawValue)),
                help:
                    "what people do: canvas paints, crowd comes and goes, clicks pushes clicks, relays plays them, "
                    + "arcade plays runs and spends what they pay, canvases paints while hosts begin canvases, roll back and "
                    + "protect (default canvas)"),
            .init("help", help: "show this and exit"),
            .init("version", help: "show the version and exit"),
        ] + Manual.options

    static let manual = Manual(
        program: name, summary: "live through a whole server in simulated time",
        forms: [.init("[OPTION]...", "")],
        description: [
            "A deterministic world of the server, its storage, its clock and its clients, with faults. All of "
                + "it follows from the seed. It prints the seed and the first broken invariant, or a hash of "
                + "the state that came of it."
        ],
        options: options,
        exits: [
            .init("0", "Every invariant held; the last line is the state's hash."),
            .init("1", "An invariant broke; the last line says which, and when."),
            .init("2", "The command line is wrong."),
        ],
        examples: [
            .init("pixelwars-sim --seed 7 --minutes 60 --workload crowd", "An hour of coming and going."),
            .init("pixelwars-sim --faults crash,full", "Crashes and a full disk alone."),
        ], others: ["pixelwars-server", "pixelwars-bench"])

    /// Runs with a command line and returns the exit code: 0 all held, 1 an invariant broke, 2 wrong usage.
    static func run(_ arguments: [String]) -> Int32 {
        do throws(ArgumentList.UsageError) {
            let list = try ArgumentList(arguments, options: options)
            if list.has("help") {
                Console.print("Usage: \(name) [OPTION]…\n\n\(ArgumentList.help(options))")
                return 0
            }
            if list.has("version") {
                Console.print("\(name) \(Release.version)")
                return 0
            }
            if let text = try manual.answer(list, release: Release.version) {
                Console.print(text)
                return 0
            }
            return report(try scenario(list))
        } catch {
            Console.complain(name, error.message)
            return 2
        }
    }

    private static func scenario(_ list: ArgumentList) throws(ArgumentList.UsageError) -> Scenario {
        if let operand = list.operands.first { throw .init("unexpected argument \(operand)") }
        guard let seed = UInt64(list.value("seed") ?? "1") else {
            throw .init("--seed must be a whole number from 0")
        }
        guard let minutes = Int(list.value("minutes") ?? "5"), (1...maxMinutes).contains(minutes) else {
            throw .init("--minutes must be a whole number from 1 to \(maxMinutes)")
        }
        guard let faults = Scenario.faults(list.value("faults") ?? "all") else {
            throw .init("--faults must be none, all, or some of \(FaultKind.list)")
        }
        guard let workload = Workload(rawValue: list.value("workload") ?? "canvas") else {
            throw .init("--workload must be one of \(Workload.list)")
        }
        return Scenario(seed: seed, minutes: minutes, faults: faults, workload: workload)
    }

    private static func report(_ scenario: Scenario) -> Int32 {
        let faults = scenario.faults.isEmpty ? "none" : scenario.faults.map(\.rawValue).joined(separator: ",")
        Console.print(
            "seed \(scenario.seed), \(scenario.minutes) min, faults \(faults), workload "
                + scenario.workload.rawValue)
        let outcome = Simulator.run(scenario)
        tell(outcome.tally, scenario)
        if let violation = outcome.violation {
            Console.print("broken: \(violation)")
            return 1
        }
        let digits = String(outcome.stateHash, radix: 16)
        Console.print("state hash \(String(repeating: "0", count: 16 - digits.count))\(digits)")
        return 0
    }

    private static func tell(_ tally: Outcome.Tally, _ scenario: Scenario) {
        Console.print(
            "\(tally.versions) versions, \(tally.acknowledged) acknowledged, \(tally.undos) undos, "
                + "\(tally.frames) frames, \(tally.mergedFrames) merged, \(tally.evictions) evictions, "
                + "\(tally.failedCommits) failed commits, \(tally.restarts) restarts, "
                + "\(tally.comparisons) comparisons")
        let hours = Int((scenario.playerHours * 10).rounded())
        Console.print(
            "\(hours / 10).\(hours % 10) player-hours, \(tally.promotions) promotions, "
                + "\(tally.idlings) idlings, \(tally.absences) absences, \(tally.fullQueues) full queues, "
                + "\(tally.replaced) replaced sockets, \(tally.reconnects) reconnects, "
                + "\(tally.pauses) admission pauses, \(tally.kicks) kicks")
        Console.print(
            "\(tally.signIns) sign-ins, \(tally.refreshes) refreshes, \(tally.reuses) reuses found, "
                + "\(tally.logouts) logouts, \(tally.deletions) deletions, "
                + "\(tally.staleTokens) stale tokens, \(tally.silences) silences")
        tellGames(tally)
    }

    private static func tellGames(_ tally: Outcome.Tally) {
        Console.print(
            "\(tally.pushes) pushes, \(tally.repeatedPushes) repeated, \(tally.implausiblePushes) implausible, "
                + "\(tally.earlyPushes) early, \(tally.clickGames) click games, "
                + "\(tally.totalsTold) totals told, \(tally.clicksKept) clicks kept, "
                + "\(tally.clicksAcknowledged) acknowledged, \(tally.unresolvedBatches) batches unresolved")
        Console.print(
            "\(tally.relaysStarted) relays started, \(tally.relaysEnded) ended, \(tally.solves) solves, "
                + "\(tally.wrongAnswers) wrong answers, \(tally.eventsHeard) events heard")
        tellArcade(tally)
    }

    private static func tellArcade(_ tally: Outcome.Tally) {
        Console.print(
            "\(tally.runsStarted) runs started, \(tally.refusedRuns) too many, \(tally.runsCounted) counted, "
                + "ended by \(counts(tally.runEnds)), \(tally.lateLeavers) left when their time was up; "
                + "\(tally.hits) hits, \(tally.latePoints) late, \(tally.unknownRuns) words about unknown runs"
        )
        Console.print(
            "flagged for \(counts(tally.flags)), \(tally.slowLines) of them for a line beyond measure alone")
        Console.print(
            "\(tally.bonuses) bonuses, \(tally.longestStreak) days the longest streak, "
                + "\(tally.purchases) purchases, \(tally.repeatedPurchases) repeated, "
                + "\(tally.poorBuyers) too dear, \(tally.wears) wears, \(tally.installs) installs")
        Console.print(
            "\(tally.impressions) ads, \(tally.completions) seen, \(tally.earlyCompletions) too early, "
                + "\(tally.strangeImpressions) of others, \(tally.messages) messages, "
                + "\(tally.refusedMessages) too many, \(tally.bans) bans, "
                + "\(tally.bannedCalls) calls of the banned, \(tally.banEnds) bans over")
        Console.print(
            "\(tally.knobs) knobs turned, \(tally.hostedCalls) calls by roles, "
                + "\(tally.forbiddenCalls) without, \(tally.auditRows) rows of the audit, "
                + "\(tally.telegramOrders) orders from Telegram, \(tally.repeatedOrders) of them again")
        Console.print(
            "\(tally.newGames) new canvases, \(tally.rollbacks) rollbacks, \(tally.rolledBack) cells by them, "
                + "\(tally.previews) previews, \(tally.protections) changes of protected areas")
    }

    /// Words with how often each was said.
    private static func counts(_ counts: [String: Int]) -> String {
        let words = counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return words.isEmpty ? "nothing" : words.joined(separator: ", ")
    }
}
