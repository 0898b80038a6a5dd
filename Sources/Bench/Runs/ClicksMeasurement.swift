/// What guests who push clicks cost the server, and how late they are answered.
struct ClicksMeasurement: Codable {
    var form: ClickForm
    var guests: Int
    /// Between two pushes of a guest.
    var pushSeconds: Int
    /// The length of the window.
    var seconds: Double
    /// Pushes answered a second in the window, repeats too.
    var pushesPerSecond: Double
    /// Frames of totals a second in the window, all guests together.
    var totalsPerSecond: Double
    /// From sending a push to reading its answer.
    var medianMs: Double
    var p99Ms: Double
    var longestMs: Double
    /// The same for everyone's first push, before the window.
    var firstP99Ms: Double
    /// Cores used by the server's first thread, its loop.
    var loopCores: Double
    /// Cores used by the server's other threads, storage above all.
    var otherCores: Double
    /// All of the server's processor time, by its own clock, as a share of one core.
    var serverCores: Double
    /// The same in the time of everyone's first push.
    var firstServerCores: Double
    /// Cores that this program used.
    var generatorCores: Double
    /// Pushes acknowledged, each counted once.
    var acknowledgedPushes: Int
    /// Clicks in them.
    var acknowledgedClicks: Int
    /// Pushes sent again and answered like the first time.
    var repeats: Int
    /// Refused, unanswered, or without a connection in the end.
    var failed: Int
    /// What didn't agree.
    var differences: Int
    /// The first refusal or difference.
    var complaint: String?

    private static let maxCores = 0.4
    private static let maxP99Ms = 50.0

    /// What must hold.
    var bars: [Bar] {
        [
            Bar(name: "server's share of one core", measured: serverCores, atMost: Self.maxCores),
            Bar(name: "push-to-answer p99, ms", measured: p99Ms, atMost: Self.maxP99Ms),
            Bar(
                name: "receipts, totals and contributions that differ", measured: Double(differences),
                atMost: 0),
            Bar(name: "pushes refused or unanswered", measured: Double(failed), atMost: 0),
        ]
    }

    /// Prints both tables.
    func print() {
        Report.table(
            head: ["clicks", form.rawValue],
            rows: [
                ["guests", "\(guests)"],
                ["seconds between two pushes", "\(pushSeconds)"],
                ["pushes answered a second", Report.digits(pushesPerSecond, 0)],
                ["frames of totals a second", Report.digits(totalsPerSecond, 0)],
                ["push-to-answer p50, ms", Report.digits(medianMs, 1)],
                ["push-to-answer p99, ms", Report.digits(p99Ms, 1)],
                ["push-to-answer max, ms", Report.digits(longestMs, 1)],
                ["first push p99, ms", Report.digits(firstP99Ms, 1)],
                ["server's share of one core", Report.digits(serverCores, 3)],
                [
                    "its loop + other threads",
                    Report.digits(loopCores, 2) + " + " + Report.digits(otherCores, 2),
                ],
                ["the same while all push first", Report.digits(firstServerCores, 3)],
                ["cores: load generator", Report.digits(generatorCores, 2)],
                ["pushes acknowledged", "\(acknowledgedPushes)"],
                ["clicks in them", "\(acknowledgedClicks)"],
                ["sent again, answered the same", "\(repeats)"],
                ["refused or unanswered", "\(failed)"],
                ["totals and contributions", complaint ?? "all equal"],
            ])
        Bar.print(bars)
    }
}
