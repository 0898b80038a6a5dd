import Engine
import Protocol
import Testing

@testable import Storage

@Suite("A refresh token's hash")
struct RefreshTokenTests {
    private let scratch: Scratch
    private let database: Database

    init() throws {
        scratch = try Scratch()
        database = try Database.started(in: scratch.path)
    }

    @Test("leads to its sign-in whatever generation the token has")
    func findsAnyGeneration() throws {
        for generation in 0..<10 {
            try database.commit([
                .session(session(40, generation: generation)), .session(session(41, generation: generation)),
            ])
        }
        for number in [40, 41] as [UInt64] {
            for generation in 0..<10 {
                let found = database.session(ofHash: tokenHash(number, generation: generation))
                #expect(found == session(number).id, "sign-in \(number), generation \(generation)")
            }
        }
        #expect(database.session(ofHash: tokenHash(42, generation: 99)) == nil)
        #expect(database.session(ofHash: []) == nil)
        database.close()
    }

    @Test("leads nowhere once its sign-in has ended")
    func endsWithItsFamily() throws {
        try database.commit([.session(session(40))])
        try database.commit([.session(session(40, generation: 1))])
        try database.commit([.sessionEnded(session(40).id)])
        for generation in 0...1 {
            #expect(database.session(ofHash: tokenHash(40, generation: generation)) == nil)
        }
        database.close()
    }

    @Test("is kept for its week and dropped by the first refresh after it, the hash before the latest too")
    func endsAfterItsWeek() throws {
        var latest = session(40)
        try database.commit([.session(latest)])
        func refresh(atMs: Int64) throws {
            latest.generation += 1
            (latest.previousHash, latest.refreshHash) = (
                latest.refreshHash, tokenHash(40, generation: latest.generation)
            )
            latest.refreshedAtMs = atMs
            latest.expiresAtMs = atMs + 604_800_000
            try database.commit([.session(latest)])
        }
        let endMs = latest.expiresAtMs
        try refresh(atMs: endMs - 1)
        #expect(database.session(ofHash: tokenHash(40, generation: 0)) == latest.id)
        try refresh(atMs: endMs)
        #expect(database.session(ofHash: tokenHash(40, generation: 0)) == nil)
        #expect(database.session(ofHash: tokenHash(40, generation: 1)) == latest.id)
        #expect(try database.recoverSmall(nowMs: endMs).sessions == [latest])
        try refresh(atMs: latest.expiresAtMs + 1)
        latest.previousHash = nil
        #expect(try database.recoverSmall(nowMs: latest.refreshedAtMs).sessions == [latest])
        database.close()
    }
}

extension Database {
    /// The sign-in that a hash leads to; a query that fails is an issue.
    func session(ofHash hash: [UInt8]) -> Identifier? {
        guard case .refreshToken(let session) = answer(.refreshToken(hash: hash)) else {
            Issue.record("the query failed")
            return nil
        }
        return session
    }
}
