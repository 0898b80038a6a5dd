import Foundation
import Synchronization

/// A guest that clicks over a bad network, and sends each batch again by its name until it is acknowledged.
struct Clicker: Sendable {
    /// What a clicker knows of its clicks.
    struct Record: Sendable {
        /// The numbers of all acknowledged batches, in order.
        var clicks: [Int] = []
        var planet: String?
        var batches = 0
        /// Batches that were sent more than once.
        var repeats = 0
        var faults: [String] = []
        var isDone = false
    }

    /// What clickers tell the test, by their numbers, and what the test tells them.
    final class Board: Sendable {
        let records: Mutex<[Int: Record]> = Mutex([:])
        let isOver = Mutex(false)

        var acknowledged: Int { records.withLock { $0.values.reduce(0) { $0 + $1.batches } } }
        var isDone: Bool { records.withLock { $0.values.allSatisfy(\.isDone) } }
    }

    let number: Int
    let token: String
    let port: UInt16
    let board: Board
    /// Whether it pushes over a WebSocket, else each batch by a request of its own.
    let usesSocket: Bool

    /// Starts its thread.
    func start() {
        board.records.withLock { $0[number] = Record() }
        Thread.detachNewThread { run() }
    }

    private func run() {
        var record = Record()
        var socket: RawWebSocket?
        var generator = SystemRandomNumberGenerator()
        while !board.isOver.withLock({ $0 }) {
            let clicks = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
                Int.random(in: 1...30, using: &generator)
            }
            let batch = "\(number)-\(record.batches)"
            var tries = 0
            while true {
                tries += 1
                guard let answer = try? push(clicks, batch, &socket, id: tries) else {
                    socket = nil
                    poll(nil, 0, Int32.random(in: 5...40, using: &generator))
                    continue
                }
                if let waitMs = answer["retry_after_ms"] as? Int {
                    poll(nil, 0, Int32(waitMs))
                } else if acknowledge(answer, clicks, &record) {
                    break
                } else {
                    poll(nil, 0, 20)
                }
            }
            if tries > 1 { record.repeats += 1 }
            board.records.withLock { $0[number] = record }
        }
        record.isDone = true
        board.records.withLock { $0[number] = record }
    }

    /// Takes an answer; false where it is none to this push.
    private func acknowledge(_ answer: [String: Any], _ clicks: [Int], _ record: inout Record) -> Bool {
        guard let accepted = answer["accepted"] as? Int, let total = answer["total"] as? Int,
            let planet = answer["planet"] as? String
        else {
            let code = answer["code"] as? String
            if code != "storage_unavailable", code != "shutting_down" { record.faults.append("\(answer)") }
            return false
        }
        let sum = clicks.reduce(0, +)
        if accepted != sum { record.faults.append("\(accepted) accepted of \(sum)") }
        record.clicks += clicks
        record.batches += 1
        let all = record.clicks.reduce(0, +)
        if total != all { record.faults.append("a total of \(total), not \(all)") }
        if planet != record.planet ?? planet { record.faults.append("moved to \(planet)") }
        record.planet = planet
        return true
    }

    /// Sends a batch and gives the answer's fields.
    private func push(
        _ clicks: [Int], _ batch: String, _ socket: inout RawWebSocket?, id: Int
    ) throws -> [String: Any] {
        guard usesSocket else {
            let answer = try RawHTTP(port: port).call(
                "POST", "/api/push_clicks", token: token,
                body: #"{"clicks":\#(clicks),"batch_id":"\#(batch)"}"#,
                within: 2)
            let json = try answer.json()
            return json["error"] as? [String: Any] ?? json
        }
        let open = try socket ?? RawWebSocket(port: port, token: token, within: 2)
        socket = open
        try open.send(#"{"type":"push_clicks","id":\#(id),"clicks":\#(clicks),"batch_id":"\#(batch)"}"#)
        let deadline = Deadline(seconds: 2)
        while true {
            let message = try open.message(within: Double(deadline.leftMs) / 1_000)
            if message["reply_to"] as? Int == id { return message }
        }
    }
}
