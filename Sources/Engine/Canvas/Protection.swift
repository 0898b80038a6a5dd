import Game
import Protocol

/// The parts of the canvas that players can't change.
///
/// One holds from when it is ordered, and until its end is durable: whatever storage keeps between the two records
/// of an area is no player's change of it.
struct ProtectionDesk: Sendable {
    private var areas: [HostProtectedArea]
    /// Those whose end isn't durable yet.
    private var ending: [Int] = []
    private var lastID: Int

    /// Starts with what storage kept.
    init(_ recovered: RecoveredState) {
        areas = recovered.protections
        lastID = recovered.lastProtection
    }

    /// What everyone is told.
    var shown: [ProtectedArea] { areas.map(\.area) }

    /// What hosts are told.
    var listed: [HostProtectedArea] { areas }

    /// One that is there and isn't about to end.
    subscript(id: Int) -> HostProtectedArea? {
        ending.contains(id) ? nil : areas.first { $0.area.id == id }
    }

    /// The first one that a place lies in.
    func area(at x: Int, _ y: Int) -> ProtectedArea? {
        areas.first { $0.area.box.contains(x: x, y: y) }?.area
    }

    /// Adds one.
    mutating func begin(_ box: CanvasBox, note: String, by actor: Actor, at now: Moment) -> HostProtectedArea
    {
        lastID += 1
        let added = HostProtectedArea(
            area: ProtectedArea(id: lastID, box: box, note: note), actor: actor, atMs: now.wallMs)
        areas.append(added)
        return added
    }

    /// Notes that one is about to end.
    mutating func beginEnd(_ id: Int) { ending.append(id) }

    /// Notes that it stays.
    mutating func keep(_ id: Int) { ending.removeAll { $0 == id } }

    /// Forgets one.
    mutating func end(_ id: Int) {
        keep(id)
        areas.removeAll { $0.area.id == id }
    }

    /// Forgets all of them.
    mutating func endAll() {
        areas = []
        ending = []
    }
}

extension ServerEngine {
    /// Why an account can't change a place; nil where it may.
    ///
    /// Moderators and admins may everywhere.
    func protectionRefusal(_ x: Int, _ y: Int, of account: Identifier) -> Failure? {
        guard let area = protections.area(at: x, y), accounts.role(of: account) < .moderator else {
            return nil
        }
        let note = area.note.isEmpty ? "" : ": \(area.note)"
        return Failure(.protectedArea, "This part of the canvas is protected\(note)")
    }

    /// Protects a part of the canvas; told once durable.
    mutating func protect(
        _ box: CanvasBox, note: String, by actor: Actor, for asker: Asker, at now: Moment,
        into effects: inout [Effect]
    ) {
        do throws(Failure) {
            guard box.lies(on: canvas.size) else {
                throw Failure(.outOfBounds, "The box must lie on the canvas of \(sizeWords).")
            }
            guard
                note.isEmpty
                    || PlayerName.validated(note, maxCharacters: Limits.maxAreaNoteCharacters) == note
            else {
                throw Failure(
                    .badRequest, "note must be up to \(Limits.maxAreaNoteCharacters) printable characters.")
            }
            guard protections.listed.count < Limits.maxProtectedAreas else {
                throw Failure(
                    .badRequest, "\(Limits.maxProtectedAreas) areas are protected; unprotect one first.")
            }
            if let refusal = paintRefusal { throw refusal }
            let added = protections.begin(box, note: note, by: actor, at: now)
            let id = added.area.id
            commits.add(
                .protection(ProtectionRecord(protection: added, epoch: canvas.epoch)),
                held: Held(
                    asker: asker, answer: .hostDone("Area \(id) is protected: \(box.words)."),
                    log: .protected(area: id)),
                reversal: .protection(id))
            audit(
                "protect", of: "area \(id)", note.isEmpty ? box.words : "\(box.words): \(note)", by: actor,
                at: now)
        } catch {
            refuse(asker, error, into: &effects)
        }
    }

    /// Lets players change a part of the canvas again, once that is durable.
    mutating func unprotect(
        _ id: Int, by actor: Actor, for asker: Asker, at now: Moment, into effects: inout [Effect]
    ) {
        guard let former = protections[id] else {
            refuse(asker, Failure(.notFound, "There is no protected area \(id)."), into: &effects)
            return
        }
        if let refusal = paintRefusal {
            refuse(asker, refusal, into: &effects)
            return
        }
        protections.beginEnd(id)
        commits.add(
            .protection(
                ProtectionRecord(protection: former, epoch: canvas.epoch, endedAtMs: now.wallMs)),
            held: Held(
                asker: asker, answer: .unprotected(id, "Area \(id) is protected no longer."),
                log: .unprotected(area: id)),
            reversal: .unprotection(id))
        audit("unprotect", of: "area \(id)", former.area.box.words, by: actor, at: now)
    }

    private var sizeWords: String { "\(canvas.size.width)x\(canvas.size.height)" }
}
