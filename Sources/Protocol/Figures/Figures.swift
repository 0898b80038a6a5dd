/// What a server did in one second, for those who look after it.
public struct FigureSample: Hashable, Sendable {
    /// Pixels that became durable.
    public var placements = 0
    /// Accounts playing, with a socket or without.
    public var players = 0
    /// Accounts waiting.
    public var queued = 0
    /// Open WebSockets.
    public var connections = 0
    /// Bytes handed to the system for clients.
    public var sentBytes = 0
    /// The time that 99 of 100 commits took no longer than, in microseconds.
    public var commitP99Us = 0
    /// The same for how late planned wake-ups came, in microseconds.
    public var lagP99Us = 0
    /// Refusals, over HTTP and on sockets.
    public var refusals = 0
    /// Memory in use, in bytes.
    public var memoryBytes = 0

    /// Nothing, at first.
    public init() {}
}

/// The seconds that a server remembers, the newest last; what is older is forgotten.
public struct FigureRing: Hashable, Sendable {
    private var samples: [FigureSample] = []
    /// Where the next sample goes once the ring is full.
    private var next = 0
    private let capacity: Int

    /// Starts empty.
    public init(capacity: Int = Limits.figureSeconds) {
        precondition(capacity > 0, "a ring holds something")
        self.capacity = capacity
        samples.reserveCapacity(capacity)
    }

    /// Adds the second that has just passed.
    public mutating func add(_ sample: FigureSample) {
        if samples.count < capacity {
            samples.append(sample)
        } else {
            samples[next] = sample
            next = (next + 1) % capacity
        }
    }

    /// All that is remembered, the oldest first.
    public var inOrder: [FigureSample] { Array(samples[next...] + samples[..<next]) }
}

/// The answer to `GET /api/admin/figures`: a row of seconds for each figure.
public struct FiguresAnswer: Hashable, Sendable {
    /// When the last second ended, in milliseconds since 1970.
    public var atMs: Int64
    /// The seconds, the oldest first.
    public var samples: [FigureSample]

    /// Joins the parts.
    public init(atMs: Int64, samples: [FigureSample]) {
        self.atMs = atMs
        self.samples = samples
    }
}

extension FiguresAnswer: JSONAnswer {
    /// `{"at_ms","interval_ms","placements":[…],…}`, each list as long as the others.
    public func json() -> [UInt8] {
        JSONWriter.object {
            $0.field("at_ms", atMs)
            $0.field("interval_ms", Self.intervalMs)
            for figure in Self.figures { $0.field(figure.name, samples.map { $0[keyPath: figure.path] }) }
        }
    }

    /// Reads what `json` writes.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        guard try fields.int("interval_ms") == Self.intervalMs else {
            throw fields.refusal("interval_ms", "\(Self.intervalMs)")
        }
        var samples: [FigureSample]?
        for figure in Self.figures {
            let values = try fields.ints("\(figure.name)")
            if samples == nil { samples = [FigureSample](repeating: FigureSample(), count: values.count) }
            // What isn't a server of ours could name numbers that can't be reckoned with.
            guard values.count == samples?.count,
                values.allSatisfy({ (0...Int(Limits.maxVersion)).contains($0) })
            else {
                throw fields.refusal("\(figure.name)", "as many numbers from 0 as the others")
            }
            for (index, value) in values.enumerated() { samples?[index][keyPath: figure.path] = value }
        }
        self.init(atMs: try fields.ms("at_ms"), samples: samples ?? [])
    }

    private static let intervalMs = 1_000

    private typealias Figure = (name: StaticString, path: any WritableKeyPath<FigureSample, Int> & Sendable)

    private static let figures: [Figure] = [
        ("placements", \.placements), ("players", \.players), ("queued", \.queued),
        ("connections", \.connections), ("sent_bytes", \.sentBytes), ("commit_p99_us", \.commitP99Us),
        ("tick_lag_p99_us", \.lagP99Us), ("refusals", \.refusals), ("memory_bytes", \.memoryBytes),
    ]
}
