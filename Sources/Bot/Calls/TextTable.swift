import Protocol

/// Rows of cells as lines of text, in columns.
enum TextTable {
    /// The lines, each column as wide as its widest cell.
    static func lines(_ rows: [[String]]) -> [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

/// The relays that are listed, a row each.
enum RelayTable {
    static func rows(_ relays: [RelayView]) -> [[String]] {
        [["CODE", "STATUS", "PLAYERS", "SECONDS", "NAMES"]]
            + relays.map { relay in
                let names = relay.players.map { PlayerName.displayed($0.account.name) }
                return [
                    relay.code.description, relay.status.rawValue,
                    "\(relay.players.count)/\(relay.options.maxPlayers)", "\(relay.leftMs / 1000)",
                    names.joined(separator: ", "),
                ]
            }
    }
}

/// A leaderboard, a row each place.
enum LeaderboardTable {
    static func rows(_ answer: LeaderboardAnswer) -> [[String]] {
        [["RANK", "SCORE", "NAME"]]
            + answer.entries.map { entry in
                [
                    "\(entry.rank)", ScoreText.text(entry.score, on: answer.board),
                    PlayerName.displayed(entry.account.name),
                ]
            }
    }
}

/// The skins that a server offers, a row each.
enum SkinTable {
    static func rows(_ offers: [SkinOffer]) -> [[String]] {
        [["SKIN", "PRICE", "OURS", "TITLE", "AUTHOR"]]
            + offers.map { offer in
                [
                    offer.skin.id.rawValue, "\(offer.skin.price)",
                    offer.isEquipped ? "worn" : offer.isOwned ? "owned" : "",
                    PlayerName.displayed(offer.skin.title), PlayerName.displayed(offer.skin.author),
                ]
            }
    }
}
