import Protocol

/// What a person is told of an event: the difference between the models before and after it.
struct FlatView {
    let old: Model
    let new: Model
    let names: ColorNames

    /// Everything that is news, in the order in which it is said.
    func announcements(after event: Event) -> [Announcement] {
        link + canvas + account + signIn + replay + status + answers(to: event) + words + clicks + relay
            + shop + ad
    }

    // MARK: Where the person stands

    /// Of so many attempts to connect one is told.
    private static let attemptsALine = 5

    private var link: [Announcement] {
        guard old.link != new.link else { return [] }
        switch new.link {
        // What passes on the way to a connection is told once, at the start.
        case .connecting(let attempt) where attempt == 1 && old.outage == nil:
            return [Announcement(.connection, FlatWords.connection(new))]
        case .connected, .watching, .closed:
            return [Announcement(.connection, FlatWords.connection(new))]
        // A server that is away for long isn't told of each time.
        case .waiting(let attempt, _, _):
            return old.outage == nil || attempt % Self.attemptsALine == 1
                ? [Announcement(.connection, FlatWords.connection(new))] : []
        case .idle, .signingIn, .connecting: return []
        }
    }

    private var canvas: [Announcement] {
        guard let size = new.canvas?.size, size != old.canvas?.size else { return [] }
        return [
            Announcement(.canvas, FlatWords.canvas(new)), CanvasReader(model: new, names: names).cursor,
            Announcement(.color, names[new.color]),
        ]
    }

    private var account: [Announcement] {
        var news: [Announcement] = []
        if old.account == nil, let account = new.account {
            news.append(Announcement(.account, "you are \(account)"))
        }
        guard let profile = new.profile, profile != old.profile else { return news }
        if let bonus = profile.loginBonus, bonus != old.profile?.loginBonus {
            let days = bonus.streakDays > 1 ? ", day \(Spelled.grouped(bonus.streakDays)) in a row" : ""
            news.append(Announcement(.account, "\(Spelled.points(bonus.points)) for coming today\(days)"))
        }
        if profile.points != old.profile?.points {
            news.append(Announcement(.account, "you have \(Spelled.points(profile.points))"))
        }
        return news
    }

    /// Seconds before the end of play at which it is told.
    private static let warnings = [20, 10, 5]

    private var status: [Announcement] {
        if case .queued(let wait) = new.play, case .queued(let before) = old.play {
            guard wait.position != before.position else { return [] }
            return [Announcement(.status, FlatWords.status(new), .latest)]
        }
        if !new.play.isAlike(old.play) {
            let isUnknown = if case .unknown = new.play { true } else { false }
            return isUnknown ? [] : [Announcement(.status, FlatWords.status(new))]
        }
        guard let left = new.secondsToAFK else { return [] }
        let before = old.secondsToAFK ?? .max
        guard Self.warnings.contains(where: { left <= $0 && before > $0 }) else { return [] }
        return [Announcement(.status, FlatWords.status(new))]
    }

    /// The words that the screen shows for a moment.
    private var words: [Announcement] {
        guard let toast = new.toast, toast != old.toast else { return [] }
        // How a sign-in ended is told with the way on.
        if new.signIn.stage != old.signIn.stage { return [] }
        // The new state says the same.
        if toast.kind == .celebration, new.play.isPlaying, !old.play.isPlaying { return [] }
        let role: Announcement.Role =
            switch toast.kind {
            case .news, .celebration: .news
            case .warning: .warning
            case .failure: .error
            }
        return [Announcement(role, toast.words.spoken)]
    }

    // MARK: Answers

    /// What the server says to a request that the model doesn't keep.
    private func answers(to event: Event) -> [Announcement] {
        guard case .server(let report) = event else { return prompt }
        switch report {
        case .placed(let request?, let version):
            if old.undos[request] != nil { return [Announcement(.pixel, "taken back, version \(version)")] }
            guard let pixel = old.pending.first(where: { $0.request == request }) else { return [] }
            let place = "\(pixel.place.x),\(pixel.place.y) \(names[pixel.color])"
            return [Announcement(.pixel, "placed \(place), version \(version)")]
        case .canvas(.latest(let answer?, let account))
        where account == new.desk.following?.account.id && new.cursor != old.cursor:
            return [Announcement(.cursor, Self.words(for: answer, names, new))]
        default: return prompt
        }
    }

    /// A cell, who placed it, and when.
    static func words(for answer: PixelAnswer, _ names: ColorNames, _ model: Model) -> String {
        let cell = "\(answer.pixel.x),\(answer.pixel.y) \(names[answer.pixel.color])"
        guard let account = answer.account else { return "\(cell), nobody placed it" }
        guard let placedAtMs = answer.placedAtMs else {
            return "\(cell), placed by \(FlatWords.name(account))"
        }
        let when: String
        if let aheadMs = model.serverAheadMs {
            let (sinceMs, overflow) = (model.clockMs &+ aheadMs).subtractingReportingOverflow(placedAtMs)
            when = FlatWords.ago(milliseconds: overflow ? 0 : sinceMs)
        } else {
            when = "at \(Timestamp.text(ms: placedAtMs))"
        }
        return "\(cell), placed by \(FlatWords.name(account)) \(when)"
    }

    /// What became of a name that was asked for.
    private var prompt: [Announcement] {
        guard case .name(let prompt) = new.overlay, let refusal = prompt.refusal else { return [] }
        if case .name(let before) = old.overlay, before.refusal == refusal { return [] }
        return [Announcement(.error, refusal)]
    }

    // MARK: Shop, words to the host, ads

    private var shop: [Announcement] {
        var news: [Announcement] = []
        if new.shop.step == .buying, old.shop.step != .buying, let offer = new.shop.offer {
            let left = new.shop.points.map { ", \(Spelled.points($0 - offer.skin.price)) will be left" } ?? ""
            let price = "\(new.title(of: offer)) costs \(Spelled.points(offer.skin.price))\(left)"
            news.append(Announcement(.shop, "\(price); say yes to buy it, or no"))
        }
        if let verdict = new.feedback.verdict, verdict != old.feedback.verdict {
            news.append(Announcement(verdict.isGood ? .feedback : .error, verdict.words.spoken))
        }
        return news
    }

    private var ad: [Announcement] {
        guard let ad = new.ads.stop?.ad, old.ads.stop?.ad == nil else { return [] }
        var lines = ["\(ad.title); it goes on by itself in \(FlatWords.seconds(ad.seconds))"]
        if case .text(let text) = ad.body { lines += text.filter { !$0.isEmpty } }
        if let caption = ad.caption { lines.append(caption) }
        if let link = ad.link { lines.append(link) }
        return lines.map { Announcement(.ad, $0) }
    }
}
