/// A server under load with all its clients connected.
final class LoadSession {
    let kind: TargetKind
    let child: MeasuredProcess
    let meter: ProcessMeter
    let loop: LoadLoop
    /// Resident memory: of the server with no connection and nothing done, before connecting, and after.
    let memory: (freshKB: Int, beforeKB: Int, afterKB: Int)
    /// Our own server's side door for what goes over HTTP; none for a peer.
    let api: PixelWarsAPI?

    /// Joins the parts.
    init(
        kind: TargetKind, child: MeasuredProcess, loop: LoadLoop,
        memory: (freshKB: Int, beforeKB: Int, afterKB: Int),
        api: PixelWarsAPI?
    ) {
        self.kind = kind
        self.child = child
        self.loop = loop
        self.memory = memory
        self.api = api
        meter = ProcessMeter(pid: child.pid)
    }

    /// Ends the server.
    func end() { child.end() }

    /// Whether all copies of the canvas are equal at the end; nil, or what is wrong with them.
    ///
    /// Every client must have reached the same version over frames without a gap; clients that joined at the same
    /// version must have seen the same bytes; every replica must equal the server's canvas where it can be
    /// fetched, else the first replica.
    func disagreement() throws(BenchFailure) -> String? {
        let clients = loop.clients
        if let lost = clients.first(where: { $0.phase != .open }) {
            return "client \(lost.index) was closed with \(lost.closeCode.map(String.init) ?? "no code")"
        }
        if let torn = clients.first(where: { $0.gaps > 0 }) {
            return "client \(torn.index) had \(torn.gaps) gaps between frames"
        }
        if Set(clients.map(\.reached)).count > 1 {
            let reached = clients.map(\.reached)
            return "clients reached versions \(reached.min() ?? 0) to \(reached.max() ?? 0)"
        }
        for (joinedAt, group) in Dictionary(grouping: clients, by: \.joinedAt)
        where Set(group.map(\.hash)).count > 1 {
            return "the hashes of the clients that joined at version \(joinedAt ?? 0) differ"
        }
        let replicas = clients.compactMap(\.replica)
        let truth: [UInt8]
        if let api {
            for case let replica as PixelWarsReplica in replicas { try api.settle(replica) }
            truth = try api.canvasCells()
        } else {
            truth = replicas.first?.cells ?? []
        }
        if let index = replicas.firstIndex(where: { $0.cells != truth }) {
            return "replica \(index) differs from the canvas"
        }
        return nil
    }
}
