import Client
import Protocol

/// What comes of the past, and what has to be asked for.
extension ReplayDesk {
    mutating func load() -> ReplayWish {
        if tape == nil { stage = .loading }
        restsUntilMs = 0
        soughtAfter = nil
        return ask(.overview)
    }

    mutating func take(_ answer: HistoryAnswer) {
        asking = nil
        past = answer
        guard !answer.epochs.isEmpty, answer.latestVersion >= answer.oldestVersion else {
            stage = .absent(Words("Nothing has happened here yet"))
            return
        }
        if let tape, let epoch = answer.epochs.first(where: { $0.epoch == tape.timeline.epoch }) {
            self.tape?.timeline.extend(through: epoch.lastVersion)
            stage = .ready
        } else {
            tape = nil
            stage = .loading
        }
        if tape == nil, goal == nil { goal = answer.latestVersion }
    }

    /// Takes a canvas or changes; false where they belong to nothing that is kept.
    mutating func take(_ supply: Timeline.Supply, palette: Palette) -> Bool {
        asking = nil
        switch supply {
        case .state(let canvas)
        where canvas.epoch != tape?.timeline.epoch || canvas.size != tape?.timeline.size:
            return begin(at: canvas, palette: palette)
        case .state, .page: break
        }
        return tape?.timeline.take(supply) ?? false
    }

    /// The canvas of a time was found: it is gone to.
    mutating func found(_ canvas: HistoryCanvas, palette: Palette) -> Bool {
        guard take(.state(canvas), palette: palette) else { return false }
        go(to: canvas.version)
        return true
    }

    /// Something wasn't to be had: it is not asked for again at once.
    ///
    /// - Parameter isForGood: whether asking again later leads nowhere either.
    mutating func fail(_ words: Words, isForGood: Bool, nowMs: Int64) {
        asking = nil
        if !isForGood { soughtAfter = nil }
        goal = nil
        sought = nil
        restsUntilMs = nowMs + Self.restMs
        isPlaying = false
        if tape == nil { stage = .absent(words) }
    }

    mutating func begin(at canvas: HistoryCanvas, palette: Palette) -> Bool {
        guard let versions, let epoch = past?.epochs.first(where: { $0.epoch == canvas.epoch }) else {
            return false
        }
        let low = max(epoch.firstVersion, versions.lowerBound)
        guard (low...max(epoch.lastVersion, low)).contains(canvas.version) else { return false }
        tape = ReplayTape(
            Timeline(canvas, versions: low...max(epoch.lastVersion, low), memory: ReplayTape.memory))
        stage = .ready
        arrive(changed: nil, palette: palette)
        timeMs = canvas.atMs
        return true
    }

    /// Shows where the timeline stands now.
    mutating func arrive(changed: [UInt32]?, palette: Palette) {
        guard let timeline = tape?.timeline else { return }
        if let changed, image?.size == timeline.size {
            for cell in changed {
                let place = Int(cell)
                image?.apply(
                    Pixel(
                        x: place % timeline.size.width, y: place / timeline.size.width,
                        color: timeline.cells[place]))
            }
        } else {
            let before = image?.size
            image = CanvasImage(size: timeline.size, palette: palette, cells: timeline.cells)
            soughtAfter = nil
            if before != timeline.size { showWhole() }
        }
        if let ms = timeline.timeMs(of: timeline.version) { timeMs = ms }
    }

    // MARK: Going on

    /// Goes where it is to go as far as memory leads, and says what has to be asked for; nil for nothing.
    mutating func pursue(palette: Palette, nowMs: Int64) -> ReplayWish? {
        guard asking == nil, let past, case .ready = stage, tape != nil else {
            return beginAnew()
        }
        if let sought {
            self.sought = nil
            return ask(.find(timeMs: sought))
        }
        guard let wanted = goal else { return nowMs < restsUntilMs ? nil : fetchAhead() }
        guard let epoch = past.epoch(of: wanted) else {
            goal = nil
            return fetchAhead()
        }
        guard let before = tape?.timeline.version, tape?.timeline.epoch == epoch.epoch else {
            return ask(.fetch(.state(wanted)))
        }
        switch tape?.timeline.seek(to: wanted) {
        case nil: return nil
        case .arrived(let changed)?:
            goal = nil
            arrive(changed: changed, palette: palette)
            tickedMs = nowMs
            count(nowMs: nowMs)
            return fetchAhead()
        // Who goes a step back goes further back soon: changes are walked through from an earlier canvas.
        case .needs(.state(let version))?
        where version < before && before - version < ReplayTape.backVersions:
            let low = tape?.timeline.versions.lowerBound ?? version
            return ask(.fetch(.state(max(low, version - ReplayTape.backVersions))))
        case .needs(let need)?: return ask(.fetch(need))
        }
    }

    mutating func beginAnew() -> ReplayWish? {
        guard asking == nil, past != nil, case .loading = stage, tape == nil, let goal else { return nil }
        return ask(.fetch(.state(goal)))
    }

    mutating func ask(_ wish: ReplayWish) -> ReplayWish {
        asking = wish
        return wish
    }

    /// Changes that will be needed soon: those to come, and some of those before, for the names of who made them.
    mutating func fetchAhead() -> ReplayWish? {
        guard asking == nil, let timeline = tape?.timeline else { return nil }
        let page = speed >= ReplayTape.fastSpeed ? ReplayTape.fastPage : ReplayTape.page
        let covered = timeline.coveredThrough
        if covered < timeline.versions.upperBound, covered - timeline.version < Version(page) {
            return ask(.fetch(.page(after: covered, limit: page)))
        }
        return fetchBefore(timeline)
    }

    /// The changes before those in memory, as far back as names are told.
    private mutating func fetchBefore(_ timeline: Timeline) -> ReplayWish? {
        let known = timeline.coveredFrom
        if known < timeline.version, let ms = timeline.timeMs(of: known + 1), ms <= activeSinceMs {
            return nil
        }
        let low = max(activeFrom(in: timeline), known - Version(ReplayTape.page))
        // A page can be shorter than was asked for: what follows it is asked for then.
        let start = timeline.coverage(after: low)
        guard start < known, soughtAfter != start else { return nil }
        soughtAfter = start
        return ask(.fetch(.page(after: start, limit: Int(known - start))))
    }
}
