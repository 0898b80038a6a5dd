import Client
import Protocol

/// What a key asks for in the past.
enum ReplayAction: String, Hashable, Sendable, CaseIterable {
    case toggle = "replay_play"
    case slower = "replay_slower"
    case faster = "replay_faster"
    case back = "replay_back"
    case ahead = "replay_ahead"
    case farBack = "replay_far_back"
    case farAhead = "replay_far_ahead"
    case first = "replay_first"
    case last = "replay_last"
    case epochBefore = "replay_epoch_before"
    case epochAfter = "replay_epoch_after"
    /// Asks where to.
    case jump = "replay_jump"
    case goThere = "replay_go"
    case leavePrompt = "replay_stay"
}

/// The page of the canvas's past.
extension Model {
    /// The parts of all that is kept that a far step covers.
    private static let farParts: Version = 20

    mutating func performAtReplay(_ action: Action, nowMs: Int64) -> [Command] {
        switch action {
        case .replay(let action): perform(action, nowMs: nowMs)
        case .zoomIn: zoomReplay(to: replay.viewport.zoom.nearer)
        case .zoomOut: zoomReplay(to: farther)
        case .wholeCanvas: replay.showWhole()
        case .jump(let dx, let dy):
            guard let image = replay.image else { break }
            replay.viewport.pan(
                columns: replay.viewport.columns / KeyTable.jumpDivisor * dx,
                halfRows: replay.viewport.halfRows / KeyTable.jumpDivisor * dy, canvas: image.extent)
        case .refresh: return mayAsk(nowMs: nowMs, asPlayer: false) ? [.replay(replay.load())] : []
        default: return perform(action, nowMs: nowMs)
        }
        return []
    }

    private mutating func perform(_ action: ReplayAction, nowMs: Int64) {
        switch action {
        case .toggle: replay.toggle(nowMs: nowMs)
        case .slower: replay.changeSpeed(by: -1)
        case .faster: replay.changeSpeed(by: 1)
        case .back: step(by: -1)
        case .ahead: step(by: 1)
        case .farBack: step(by: -farStep)
        case .farAhead: step(by: farStep)
        case .first: goInPast(to: 0)
        case .last: goInPast(to: .max)
        case .epochBefore: replay.goToEpoch(-1)
        case .epochAfter: replay.goToEpoch(1)
        case .jump: replay.openPrompt()
        case .leavePrompt: replay.prompt = nil
        case .goThere:
            guard let typed = replay.prompt?.text else { return }
            replay.prompt = nil
            goInPast(to: typed, nowMs: nowMs)
        }
    }

    private var farStep: Version {
        replay.versions.map { max(($0.upperBound - $0.lowerBound) / Self.farParts, 1) } ?? 1
    }

    /// Steps from where it goes already; whoever steps wants to look.
    private mutating func step(by count: Version) { goInPast(to: (replay.goal ?? replay.version) + count) }

    private mutating func goInPast(to version: Version) {
        replay.stop()
        replay.go(to: version)
    }

    /// Goes to what was typed; says what that can be where it is nothing.
    mutating func goInPast(to typed: String, nowMs: Int64) {
        guard let moment = ReplayMoment(typed, version: replay.version, timeMs: replay.timeMs) else {
            return say("Not a moment: type \(ReplayMoment.form)", .warning, nowMs: nowMs)
        }
        switch moment {
        case .version(let version): goInPast(to: version)
        case .time(let ms):
            replay.stop()
            replay.seek(timeMs: ms)
        }
    }

    /// What passes on the page by itself: time while it plays, and what is fetched for that.
    mutating func tendReplay(nowMs: Int64) -> [Command] {
        guard page == .replay else { return [] }
        let palette = canvas?.palette ?? .standard
        replay.play(palette: palette, nowMs: nowMs)
        let wish = link.isLive ? replay.pursue(palette: palette, nowMs: nowMs) : nil
        replay.prepare()
        return wish.map { [.replay($0)] } ?? []
    }

    mutating func take(_ report: ReplayReport, nowMs: Int64) {
        let palette = canvas?.palette ?? .standard
        switch report {
        case .overview(let answer): replay.take(answer)
        case .supply(let supply):
            guard replay.take(supply, palette: palette) else {
                return failInPast(Self.otherHistory, isForGood: true, nowMs: nowMs)
            }
            replay.recount(nowMs: nowMs)
        case .found(let canvas):
            guard replay.found(canvas, palette: palette) else {
                return failInPast(Self.otherHistory, isForGood: true, nowMs: nowMs)
            }
        case .failed(_, let failure):
            failInPast(
                replayWords(for: failure), isForGood: [.notFound, .historyGone].contains(failure.code),
                nowMs: nowMs)
        }
    }

    private static let otherHistory = Words("The server's history is another one now: r asks anew")

    private mutating func failInPast(_ words: Words, isForGood: Bool, nowMs: Int64) {
        let hadPicture = replay.image != nil
        replay.fail(words, isForGood: isForGood, nowMs: nowMs)
        if hadPicture { say(words, .warning, nowMs: nowMs) }
    }

    private func replayWords(for failure: Failure) -> Words {
        switch failure.code {
        case .notFound: Words("This server keeps no history")
        case .historyGone: Words("That isn't kept any more")
        default: words(for: failure).words
        }
    }

    // MARK: The view

    private var farther: Zoom {
        guard let image = replay.image else { return replay.viewport.zoom }
        return replay.viewport.zoom.farther(whole: replay.wholeZoom(of: image))
    }

    private mutating func zoomReplay(to zoom: Zoom, at place: Place? = nil) {
        guard let image = replay.image else { return }
        let middle = replay.viewport.pixel(
            column: replay.viewport.columns / 2, halfRow: replay.viewport.halfRows / 2)
        replay.viewport.zoom(to: zoom, keeping: image.extent.nearest(place ?? middle), canvas: image.extent)
    }

    /// What the mouse does: the bar is scrubbed, the picture zoomed and moved.
    mutating func takeOverReplay(_ mouse: MouseEvent) -> [Command] {
        let layout = ReplayLayout(self)
        switch mouse.kind {
        case .press(.left):
            guard mouse.row == layout.bar.row, let version = layout.version(column: mouse.column) else {
                break
            }
            replay.isScrubbing = true
            goInPast(to: version)
        case .motion(.left):
            guard replay.isScrubbing, let version = layout.version(column: mouse.column) else { break }
            goInPast(to: version)
        case .press(.right), .press(.middle):
            replay.drag = Drag(column: mouse.column, row: mouse.row)
        case .motion(.right), .motion(.middle): dragReplay(to: mouse)
        case .release, .motion(.none):
            replay.isScrubbing = false
            replay.drag = nil
        case .wheelUp: zoomReplay(to: replay.viewport.zoom.nearer, at: place(under: mouse, layout))
        case .wheelDown: zoomReplay(to: farther, at: place(under: mouse, layout))
        case .press(.none): break
        }
        return []
    }

    private func place(under mouse: MouseEvent, _ layout: ReplayLayout) -> Place? {
        guard layout.picture.contains(column: mouse.column, row: mouse.row) else { return nil }
        return replay.viewport.pixel(
            column: mouse.column - layout.picture.column, halfRow: (mouse.row - layout.picture.row) * 2)
    }

    private mutating func dragReplay(to mouse: MouseEvent) {
        guard let image = replay.image, let drag = replay.drag else { return }
        let scale = replay.viewport.zoom.scale
        let columns = (drag.column - mouse.column) / scale * scale
        let halfRows = (drag.row - mouse.row) * 2 / scale * scale
        guard columns != 0 || halfRows != 0 else { return }
        replay.viewport.pan(columns: columns, halfRows: halfRows, canvas: image.extent)
        replay.drag = Drag(column: drag.column - columns, row: drag.row - halfRows / 2)
    }
}
