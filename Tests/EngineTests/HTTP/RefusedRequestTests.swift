import Engine
import Protocol
import Testing

@Suite("Requests that the edge can't pass on")
struct RefusedRequestTests {
    @Test("are answered as the edge says, and count like any other")
    func count() {
        var desk = Desk(recovered: Desk.withAccounts()) { $0.requestRate = Rate(perSecond: 1, burst: 2) }
        func refused(_ credential: Credential = .none) -> ErrorCode? {
            let id = desk.nextRequest()
            let failure = Failure(.notFound, "there is nothing at this path")
            desk.give(.refused(id, Caller(address: "10.0.0.1", credential: credential), failure))
            return desk.answer(to: id)?.code
        }
        #expect(refused() == .notFound)
        #expect(desk.ask(.canvas)?.code == nil)
        #expect(refused() == .rateLimited)
        #expect(refused(.valid(Desk.account(1))) == .notFound, "an account has a rate of its own")
    }
}
