import Protocol

/// What is said of whoever placed the cell at the cursor.
struct OwnerWords {
    let place: Place
    let name: String
    /// When it was placed, and at which version; nil where that isn't known.
    let age: String?

    init(_ model: Model) {
        place = model.cursor
        if let answer = model.desk.owners.answer(at: place) {
            guard let account = answer.account else {
                (name, age) = ("nobody yet", nil)
                return
            }
            let version = "v\(Spelled.grouped(Int(clamping: answer.version)))"
            name = Bars.clean(account.name, columns: BoxPlacement.ownerTextColumns)
            age = [model.ageWords(answer), version].compactMap { $0 }.joined(separator: " · ")
        } else if let refusal = model.desk.owners.refusal, refusal.place == place {
            (name, age) = (refusal.words, nil)
        } else {
            (name, age) = (model.link.isLive ? "asking…" : "not connected", nil)
        }
    }

    /// All of it in one line.
    var line: String { " \(place.x),\(place.y) " + name + (age.map { " · \($0)" } ?? "") + " " }
}
