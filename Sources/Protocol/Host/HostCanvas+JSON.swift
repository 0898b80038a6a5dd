/// Rollbacks and protected areas in hosts' calls and answers, both ways.
extension RollbackOrder {
    func write(to json: inout JSONWriter) {
        json.optional("account", account)
        json.field("from_ms", fromMs)
        json.field("to_ms", toMs)
        if let box { json.box(box) }
        json.field("preview", isPreview)
    }

    /// Where nothing is said it is a preview, so that nothing is taken back by leaving a word out.
    init(_ fields: JSONFields) throws(Failure) {
        let (from, to) = (try fields.int("from_ms"), try fields.int("to_ms"))
        guard from <= to else { throw fields.refusal("to_ms", "no less than \"from_ms\"") }
        let hasBox = ["x0", "y0", "x1", "y1"].contains { fields.has($0) }
        self.init(
            account: fields.has("account")
                ? try fields.shortText("account", max: Limits.maxNameCharacters) : nil,
            fromMs: Int64(from), toMs: Int64(to), box: hasBox ? try fields.box() : nil,
            isPreview: fields.has("preview") ? try fields.bool("preview") : true)
    }
}

extension RollbackReport {
    func write(to json: inout JSONWriter) {
        json.optional("id", id)
        json.optional("undid", undid)
        json.field("cells", cells)
        json.field("placements", placements)
        json.field("accounts", accounts)
        json.field("skipped", skipped)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            id: try fields.optionalInt("id"), undid: try fields.optionalInt("undid"),
            cells: try fields.count("cells"), placements: try fields.count("placements"),
            accounts: try fields.count("accounts"), skipped: try fields.count("skipped"))
    }
}

extension Rollback: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("epoch", epoch)
        json.actor(actor)
        json.field("at_ms", atMs)
        switch target {
        case .placements(let account, let fromMs, let toMs, let box):
            json.optional("account", account?.description)
            json.field("from_ms", fromMs)
            json.field("to_ms", toMs)
            json.box(box)
        case .rollback(let undone): json.field("undoes", undone)
        }
        json.field("first_version", firstVersion)
        json.field("cells", cells)
        json.field("placements", placements)
        json.field("is_complete", isComplete)
    }

    init(_ fields: JSONFields) throws(Failure) {
        let target: Target =
            if let undone = try fields.optionalInt("undoes") {
                .rollback(undone)
            } else {
                .placements(
                    account: fields.has("account") ? try fields.identifier("account") : nil,
                    fromMs: try fields.ms("from_ms"), toMs: try fields.ms("to_ms"),
                    try fields.box())
            }
        self.init(
            id: try fields.count("id"), epoch: try fields.int("epoch"),
            actor: try fields.object("actor").actor(), atMs: try fields.ms("at_ms"), target: target,
            firstVersion: Version(try fields.count("first_version")), cells: try fields.count("cells"),
            placements: try fields.count("placements"), isComplete: try fields.bool("is_complete"))
    }
}

extension ProtectedArea: JSONPart {
    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.box(box)
        json.field("note", note)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(id: try fields.count("id"), box: try fields.box(), note: try fields.string("note"))
    }
}

extension HostProtectedArea: JSONPart {
    func write(to json: inout JSONWriter) {
        area.write(to: &json)
        json.actor(actor)
        json.field("at_ms", atMs)
    }

    init(_ fields: JSONFields) throws(Failure) {
        self.init(
            area: try ProtectedArea(fields),
            actor: try fields.object("actor").actor(), atMs: try fields.ms("at_ms"))
    }
}

extension JSONWriter {
    /// `x0`, `y0`, `x1`, `y1`.
    mutating func box(_ box: CanvasBox) {
        field("x0", box.x0)
        field("y0", box.y0)
        field("x1", box.x1)
        field("y1", box.y1)
    }
}

extension JSONFields {
    /// Two corners, in whatever order.
    func box() throws(Failure) -> CanvasBox {
        CanvasBox(try count("x0"), try count("y0"), try count("x1"), try count("y1"))
    }
}
