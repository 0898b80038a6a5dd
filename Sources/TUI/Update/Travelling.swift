import Protocol

/// Going to places, following players, touring.
extension Model {
    /// Ends what moves the view for the person.
    mutating func stopTravelling() {
        desk.following = nil
        desk.followsNext = false
        desk.tour = nil
    }

    /// Goes to a place that the person chose, and nowhere else from there.
    mutating func go(to place: Place) {
        stopTravelling()
        look(at: place)
    }

    // MARK: Following

    /// Follows whoever placed the cell at the cursor, at once or once that is known; or ends following.
    mutating func followOwner(nowMs: Int64) {
        if !desk.followsNext, desk.following != nil {
            desk.following = nil
            say("Following nobody now", .news, nowMs: nowMs)
            return
        }
        guard let answer = desk.owners.answer(at: cursor) else {
            desk.followsNext = link.isLive
            if !link.isLive { say("Not connected", .warning, nowMs: nowMs) }
            return
        }
        desk.followsNext = false
        guard let account = answer.account else {
            say("Nobody placed this cell", .warning, nowMs: nowMs)
            return
        }
        follow(account, nowMs: nowMs)
    }

    /// Follows by an id, or by the name of someone whose cell was looked at.
    mutating func follow(named text: String, nowMs: Int64) {
        guard !text.isEmpty else { return }
        if let account = desk.owners.account(named: text) { return follow(account, nowMs: nowMs) }
        guard let id = Identifier(text.lowercased()) else {
            let words = bindings.words(
                "Nobody seen is called so", .tool(.inspect), in: .canvas, "on a cell tells its owner",
                spoken: "say who at a pixel to hear its owner")
            say(words, .warning, nowMs: nowMs)
            return
        }
        follow(AccountName(id: id, name: text.lowercased()), nowMs: nowMs)
    }

    private mutating func follow(_ account: AccountName, nowMs: Int64) {
        stopTravelling()
        desk.following = Following(account, nowMs: nowMs)
        let name = PlayerName.displayed(account.name)
        say(account.id == accountID ? "Following yourself" : "Following \(name)", .news, nowMs: nowMs)
    }

    mutating func takeLatest(_ answer: PixelAnswer?, of account: Identifier, nowMs: Int64) {
        guard let canvas, desk.following?.account.id == account, let answer else { return }
        let place = Place(x: answer.pixel.x, y: answer.pixel.y)
        // Who was named by an id has a name now.
        if let named = answer.account, named.id == account, named.name != desk.following?.account.name {
            desk.following = Following(named, nowMs: nowMs)
            _ = desk.following?.asks(nowMs: nowMs)
        }
        guard let next = desk.following?.take(place, nowMs: nowMs), canvas.extent.contains(next) else {
            return
        }
        look(at: next)
    }

    // MARK: Touring

    mutating func toggleTour(nowMs: Int64) {
        if desk.tour != nil {
            stopTravelling()
            say("The tour is over", .news, nowMs: nowMs)
        } else {
            startTour(nowMs: nowMs)
        }
    }

    /// Begins to go round the busiest places, near enough for there to be somewhere to go.
    mutating func startTour(nowMs: Int64) {
        guard let canvas else { return }
        stopTravelling()
        while viewport.zoom.scale < Self.tourScale,
            canvas.size.width * viewport.zoom.scale <= viewport.columns * viewport.zoom.block,
            canvas.size.height * viewport.zoom.scale <= viewport.halfRows * viewport.zoom.block
        {
            zoom(to: viewport.zoom.nearer, at: cursor)
        }
        desk.tour = Tour(nowMs: nowMs)
        let isQuiet = !(desk.heat?.isWarm(nowMs: nowMs) ?? false)
        say(
            isQuiet ? "Touring: waits for the first pixels" : "Touring the busiest places", .news,
            nowMs: nowMs)
    }

    /// No tour goes nearer by itself.
    private static let tourScale = 4
}
