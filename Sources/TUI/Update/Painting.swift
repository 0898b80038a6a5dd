import Protocol

/// Colors, placing and undoing, as the person asks for them.
extension Model {
    mutating func choose(_ index: UInt8) {
        guard let canvas, Int(index) < canvas.palette.count else { return }
        color = index
    }

    mutating func chooseNext(by step: Int) {
        guard let count = canvas?.palette.count else { return }
        color = UInt8(((Int(color) + step) % count + count) % count)
    }

    mutating func place(nowMs: Int64) -> [Command] {
        guard mayAct(nowMs: nowMs), let canvas, canvas.extent.contains(cursor), !comeNear(nowMs: nowMs)
        else { return [] }
        let request = takeRequestNumber()
        pending.append(
            PendingPixel(request: request, place: cursor, color: color, version: nil, sentMs: nowMs))
        return [.place(request: request, Pixel(x: cursor.x, y: cursor.y, color: color))]
    }

    mutating func undo(nowMs: Int64) -> [Command] {
        guard mayAct(nowMs: nowMs) else { return [] }
        let request = takeRequestNumber()
        undos[request] = nowMs
        return [.undo(request: request)]
    }

    private mutating func takeRequestNumber() -> Int {
        defer { nextRequest += 1 }
        return nextRequest
    }

    /// Whether the server would take a change now; says why not.
    private mutating func mayAct(nowMs: Int64) -> Bool {
        guard purpose == .play else {
            say("Watching: start `pixelwars play` to paint", .warning, nowMs: nowMs)
            return false
        }
        guard link == .connected else {
            say("Not connected", .warning, nowMs: nowMs)
            return false
        }
        switch play {
        case .playing: return true
        case .queued: say("Waiting for a place", .warning, nowMs: nowMs)
        case .asking: say("Asking for a place", .warning, nowMs: nowMs)
        case .afk, .spectator, .unknown:
            let key = bindings.label(of: .play, in: .canvas) ?? "Ctrl-p"
            say(Words("Press \(key) to play", spoken: "say play to play"), .warning, nowMs: nowMs)
        }
        return false
    }
}

extension Palette {
    /// The color to begin with: the first of the most colorful ones, so that nobody's first pixel is lost on a
    /// canvas that is still all of color 0; among grays the one farthest from it.
    var vivid: UInt8 {
        guard let ground = colors.first else { return 0 }
        func worth(_ color: Color) -> Int {
            let parts = [Int(color.red), Int(color.green), Int(color.blue)]
            let chroma = (parts.max() ?? 0) - (parts.min() ?? 0)
            let distance = abs(color.luma - ground.luma)
            return color == ground ? -1 : chroma * 256 + distance
        }
        let best = colors.indices.max { (worth(colors[$0]), -$0) < (worth(colors[$1]), -$1) }
        return UInt8(clamping: best ?? 0)
    }
}
