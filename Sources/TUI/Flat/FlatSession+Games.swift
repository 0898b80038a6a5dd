import Protocol

/// Relays and the shop, as words go about them.
extension FlatSession {
    mutating func perform(amongRelays command: FlatCommand, into outcome: inout Outcome, nowMs: Int64) {
        switch command {
        case .relays:
            if let room = model.relays.room {
                outcome.announcements += FlatView.room(room, model)
            } else {
                ask(.relays, .relays(.list), asPlayer: false, into: &outcome, nowMs: nowMs)
            }
        case .createRelay(let isPrivate):
            guard isOutside(&outcome) else { return }
            watch(&outcome, nowMs: nowMs) { $0.create(isPrivate: isPrivate, nowMs: nowMs) }
        case .join(let text): enter(text, isToWatch: false, into: &outcome, nowMs: nowMs)
        case .watch(let text): enter(text, isToWatch: true, into: &outcome, nowMs: nowMs)
        case .start:
            guard isInside(&outcome) else { return }
            expect(.start, into: &outcome, nowMs: nowMs) { $0.startRelay(nowMs: nowMs) }
        case .puzzle: readPuzzle(into: &outcome, nowMs: nowMs)
        case .answer(let text):
            guard isInside(&outcome) else { return }
            watch(&outcome, nowMs: nowMs) { model in
                model.relays.answer.clear()
                model.relays.answer.add(text)
                return model.sendAnswer(nowMs: nowMs)
            }
        case .exit:
            guard isInside(&outcome) else { return }
            watch(&outcome, nowMs: nowMs) { model in
                let commands = model.leaveRelay(nowMs: nowMs)
                return model.relays.room == nil ? commands : commands + model.leaveRelay(nowMs: nowMs)
            }
        default: break
        }
    }

    private func isInside(_ outcome: inout Outcome) -> Bool {
        if model.relays.room != nil { return true }
        outcome.announcements.append(Announcement(.warning, "you are in no relay; say relays"))
        return false
    }

    private func isOutside(_ outcome: inout Outcome) -> Bool {
        guard let room = model.relays.room else { return true }
        let words = "you are in the relay of \(FlatView.spelled(room.view.code)); say exit to leave it"
        outcome.announcements.append(Announcement(.warning, words))
        return false
    }

    /// Enters a relay by its number in the list, or by its code.
    private mutating func enter(
        _ text: String, isToWatch: Bool, into outcome: inout Outcome, nowMs: Int64
    ) {
        guard isOutside(&outcome) else { return }
        let list = model.relays.list ?? []
        let index = Int(text).map { $0 - 1 } ?? list.firstIndex { $0.code == RelayCode(text) }
        if let index {
            guard list.indices.contains(index) else {
                outcome.announcements.append(
                    Announcement(.error, "the list has \(list.count) relays; say relays to hear it"))
                return
            }
            model.relays.chosen = index
            watch(&outcome, nowMs: nowMs) { $0.enterChosen(isToWatch: isToWatch, nowMs: nowMs) }
            return
        }
        guard RelayCode(text) != nil, !isToWatch else {
            let words =
                isToWatch ? "say the relay's number in the list" : "a code has six letters, none a vowel"
            outcome.announcements.append(Announcement(.error, words))
            return
        }
        var prompt = CodePrompt()
        prompt.add(text)
        watch(&outcome, nowMs: nowMs) { $0.takeInPrompt(KeyPress(.enter), prompt, nowMs: nowMs) }
    }

    private mutating func readPuzzle(into outcome: inout Outcome, nowMs: Int64) {
        guard isInside(&outcome), let room = model.relays.room else { return }
        guard let puzzle = room.puzzle else {
            guard model.isAnswering, room.view.status == .running else {
                outcome.announcements.append(Announcement(.puzzle, "you have none"))
                return
            }
            // Without a puzzle, sending an answer asks for one.
            expect(.puzzle, into: &outcome, nowMs: nowMs) { $0.sendAnswer(nowMs: nowMs) }
            return
        }
        outcome.announcements += FlatPuzzle.lines(puzzle, isHidden: room.hidesPuzzle(nowMs: nowMs))
    }

    // MARK: Shop

    mutating func perform(inShop command: FlatCommand, into outcome: inout Outcome, nowMs: Int64) {
        guard model.purpose == .play else {
            watch(&outcome, nowMs: nowMs) { model in
                _ = model.mayAsk(nowMs: nowMs, asPlayer: true)
                return []
            }
            return
        }
        switch command {
        case .shop: ask(.skins, .shop(.look), asPlayer: true, into: &outcome, nowMs: nowMs)
        case .buy(let text):
            guard choose(skin: text, into: &outcome) else { return }
            guard model.shop.offer?.isOwned == false else {
                outcome.announcements.append(Announcement(.shop, "it is yours already; say wear to wear it"))
                return
            }
            watch(&outcome, nowMs: nowMs) { $0.performInShop(.takeSkin, nowMs: nowMs) }
        case .wear(let text): wear(text, into: &outcome, nowMs: nowMs)
        case .yes:
            guard model.shop.step == .buying else {
                outcome.announcements.append(
                    Announcement(.warning, "there is nothing to say yes to; say buy"))
                return
            }
            watch(&outcome, nowMs: nowMs) { $0.performInShop(.takeSkin, nowMs: nowMs) }
        case .no:
            watch(&outcome, nowMs: nowMs) { $0.performInShop(.backToShop, nowMs: nowMs) }
            outcome.announcements.append(Announcement(.shop, "nothing was bought"))
        default: break
        }
    }

    private mutating func wear(_ text: String, into outcome: inout Outcome, nowMs: Int64) {
        if text.lowercased() == "standard" {
            watch(&outcome, nowMs: nowMs) { $0.performInShop(.standardLook, nowMs: nowMs) }
            return
        }
        guard choose(skin: text, into: &outcome) else { return }
        guard model.shop.offer?.isOwned == true else {
            outcome.announcements.append(Announcement(.warning, "it isn't yours; say buy to buy it"))
            return
        }
        watch(&outcome, nowMs: nowMs) { $0.performInShop(.takeSkin, nowMs: nowMs) }
    }

    /// Chooses a skin by its number in the list or by its name; says where there is none.
    private mutating func choose(skin text: String, into outcome: inout Outcome) -> Bool {
        let offers = model.shop.offers ?? []
        let index =
            Int(text).map { $0 - 1 }
            ?? offers.firstIndex { model.title(of: $0).lowercased() == text.lowercased() }
            ?? offers.firstIndex { $0.skin.id.rawValue == text.lowercased() }
        guard let index, offers.indices.contains(index) else {
            outcome.announcements.append(
                Announcement(.error, "there is no skin \(text); say shop to hear all"))
            return false
        }
        model.shop.choose(index + 1)
        return true
    }
}
