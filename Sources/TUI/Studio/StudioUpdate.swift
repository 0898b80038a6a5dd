import Protocol
import Raster

extension Studio {
    /// Takes in one event at a time (milliseconds on any monotonic clock) and says what is to be done.
    mutating func update(_ event: StudioEvent, nowMs: Int64) -> [StudioCommand] {
        clockMs = nowMs
        if let toast, toast.untilMs <= nowMs { self.toast = nil }
        switch event {
        case .input(.key(let press)): return take(press)
        case .input(.mouse(let mouse)):
            if mouse.kind == .press(.left),
                let press = StudioView.frame(of: self).press(column: mouse.column, row: mouse.row)
            {
                return take(press)
            }
            return take(mouse)
        case .input(.paste(let text)): paste(text)
        case .input(.background(let color)): background = color
        case .input(.focus), .clock: break
        case .resized(let columns, let rows):
            (self.columns, self.rows) = (columns, rows)
            return [.repaint]
        case .file(let report): take(report)
        case .install(let report): take(report)
        }
        return []
    }

    /// When the studio wants the clock's next event: the preview moves all the time, where it may.
    var deadlineMs: Int64? {
        let layout = StudioLayout(self)
        let frame =
            !layout.fits || layout.scene == nil || isStill
            ? nil : (clockMs / SkinScene.frameMs + 1) * SkinScene.frameMs
        return [frame, toast?.untilMs].compactMap { $0 }.min()
    }

    var scene: StudioKeys.Scene { picking != nil ? .grid : field.input == nil ? .text : .colors }

    mutating func say(_ words: String, _ kind: Toast.Kind) {
        toast = Toast(words: Words(words), kind: kind, untilMs: clockMs + Toast.lifetimeMs)
    }

    // MARK: Keys

    private mutating func take(_ press: KeyPress) -> [StudioCommand] {
        let action = StudioKeys.action(for: press, in: scene)
        switch action {
        case .suspend?: return [.suspend]
        case .repaint?: return [.repaint]
        case .quit?: return quit()
        default: break
        }
        if overlay != .none { return takeOver(press) }
        if isPreviewWhole {
            switch action {
            case .nextDepth?: showNextDepth()
            default: isPreviewWhole = false
            }
            return []
        }
        guard let action else {
            if field.input == nil { _ = draft.take(press, in: field) }
            return []
        }
        return perform(action)
    }

    /// Takes a key into what lies over the form.
    private mutating func takeOver(_ press: KeyPress) -> [StudioCommand] {
        switch overlay {
        case .none: break
        case .help: overlay = .none
        case .saveAs(var editor):
            switch press.key {
            case .escape: overlay = .none
            case .enter:
                guard !editor.isEmpty else { return [] }
                overlay = .none
                return save(in: editor.text, isForced: false)
            default:
                _ = editor.take(press)
                overlay = .saveAs(editor)
            }
        case .overwrite(let path):
            // Not by Enter: the one that gave the file's name may come twice.
            return answer(press, [.character("y")]) { $0.save(in: path, isForced: true) }
        case .quit:
            if press.key == .character("s") {
                overlay = .none
                return save(in: file.path, isForced: false)
            }
            return answer(press, [.enter, .character("y")]) { _ in [.quit] }
        }
        return []
    }

    /// Yes by the keys that are given, no by Esc or n.
    private mutating func answer(
        _ press: KeyPress, _ keys: [KeyPress.Key], _ yes: (inout Studio) -> [StudioCommand]
    ) -> [StudioCommand] {
        switch press.key {
        case let key where keys.contains(key):
            overlay = .none
            return yes(&self)
        case .escape, .character("n"): overlay = .none
        default: break
        }
        return []
    }

    /// At once where nothing is lost, or at the second time.
    private mutating func quit() -> [StudioCommand] {
        guard wouldLose, overlay != .quit else { return [.quit] }
        overlay = .quit
        return []
    }

    mutating func perform(_ action: StudioAction) -> [StudioCommand] {
        switch action {
        case .field(let step): choose(field.moved(by: step))
        case .value(let step): value = min(max(value + step, 0), max(values.count - 1, 0))
        case .pick: pick()
        case .leave: leavePicking()
        case .add: addColor()
        case .remove: removeColor()
        case .reorder(let step): reorder(by: step)
        case .grid(let dx, let dy): moveInGrid(dx: dx, dy: dy)
        case .save: return save(in: file.path, isForced: false)
        case .saveAs: openSaveAs()
        case .install: return install()
        case .nextDepth: showNextDepth()
        case .wholePreview: isPreviewWhole.toggle()
        case .help: overlay = .help
        case .repaint: return [.repaint]
        case .suspend: return [.suspend]
        case .quit: return quit()
        }
        return []
    }

    private mutating func paste(_ text: String) {
        if case .saveAs(var editor) = overlay {
            editor.add(text)
            overlay = .saveAs(editor)
        } else if overlay == .none, field.input == nil, !isPreviewWhole {
            draft.paste(text, in: field)
        }
    }

    mutating func choose(_ field: StudioField) {
        // A color that was being looked at stays.
        picking = nil
        guard field != self.field else { return }
        self.field = field
        value = 0
    }

    private mutating func showNextDepth() {
        let depths = DepthPreview.depths(on: terminal)
        let next = (depths.firstIndex(of: depth) ?? 0) + 1
        depth = depths[next % depths.count]
    }

    // MARK: Colors

    private mutating func change(_ body: (inout [String]) -> Void) {
        guard let input = field.input, var names = draft.inputs[input] else { return }
        body(&names)
        draft.inputs[input] = names
        value = min(max(value, 0), max(names.count - 1, 0))
    }

    /// Opens the grid, or takes the color that it is at.
    private mutating func pick() {
        if picking != nil {
            picking = nil
            return
        }
        guard let name = chosenName else { return }
        picking = Picking(index: colors.names.firstIndex(of: name) ?? 0, before: name)
    }

    /// Leaves the grid: what was changed by it is as before, what was added is gone.
    private mutating func leavePicking() {
        guard let picking else { return }
        let value = value
        change { names in
            if let before = picking.before { names[value] = before } else { names.remove(at: value) }
        }
        self.picking = nil
    }

    private mutating func addColor() {
        guard let input = field.input, let name = chosenName else { return }
        guard values.count < input.count.upperBound else {
            return say("\(input.title) takes \(input.countText) colors", .warning)
        }
        let at = value + 1
        change { $0.insert(name, at: at) }
        value = at
        picking = Picking(index: colors.names.firstIndex(of: name) ?? 0, before: nil)
    }

    private mutating func removeColor() {
        guard let input = field.input, chosenName != nil else { return }
        guard values.count > input.count.lowerBound else {
            return say("\(input.title) takes \(input.countText) colors", .warning)
        }
        let at = value
        change { $0.remove(at: at) }
    }

    private mutating func reorder(by step: Int) {
        let (from, to) = (value, value + step)
        guard values.indices.contains(to) else { return }
        change { $0.swapAt(from, to) }
        value = to
    }

    private mutating func moveInGrid(dx: Int, dy: Int) {
        guard let picking else { return }
        look(at: picking.index + dx + dy * StudioLayout(self).gridColumns)
    }

    /// Puts the grid at a base color, which the skin wears at once.
    mutating func look(at index: Int) {
        guard colors.colors.indices.contains(index) else { return }
        picking?.index = index
        let (name, at) = (colors.colors[index].name, value)
        change { $0[at] = name }
    }

    // MARK: Files

    private mutating func openSaveAs() {
        var editor = LineEditor(maxCharacters: 512)
        editor.add(file.path ?? "\(draft.text(.id).text).json")
        overlay = .saveAs(editor)
    }

    /// Saves in a file, which becomes the studio's once that is done; asks for one where there is none.
    private mutating func save(in path: String?, isForced: Bool) -> [StudioCommand] {
        guard let bytes = checked("saved") else { return [] }
        guard let path else {
            openSaveAs()
            return []
        }
        return [.save(draft, bytes: bytes, path: path, isForced: isForced)]
    }

    private mutating func install() -> [StudioCommand] {
        guard !isInstalling, let bytes = checked("put into a shop") else { return [] }
        isInstalling = true
        return [.install(bytes)]
    }

    /// The skin's file; where it isn't a skin yet, says so and goes to the field that isn't right.
    private mutating func checked(_ what: String) -> [UInt8]? {
        do throws(Failure) {
            return try draft.skin(colors: colors).json()
        } catch {
            if let first = draft.faults(colors: colors).first { choose(first) }
            say("Can't be \(what) like this: see \(field.label)", .failure)
            return nil
        }
    }

    private mutating func take(_ report: SkinFileReport) {
        switch report {
        case .saved(let file, let draft):
            self.file = file
            saved = draft
            say("Saved", .news)
        case .changedMeanwhile(let path): overlay = .overwrite(path: path)
        case .failed(let words): say(PlayerName.displayed(words), .failure)
        }
    }

    private mutating func take(_ report: InstallReport) {
        isInstalling = false
        switch report {
        case .installed(let isNew):
            say(isNew ? "In the shop of \(serverName)" : "Replaced in the shop of \(serverName)", .news)
        case .unreachable(let words):
            let shown = PlayerName.displayed(words)
            say(shown.contains(serverName) ? shown : "\(serverName): \(shown)", .failure)
        case .refused(let failure): say(Self.words(for: failure), .failure)
        }
    }

    /// Why a server doesn't take a skin.
    static func words(for failure: Failure) -> String {
        switch failure.code {
        case .forbidden: "Only an admin of that server may put skins into its shop"
        case .signInRequired, .unauthorized, .tokenExpired: "The server doesn't know this key"
        default: KeyBindings().words(for: failure).words.shown
        }
    }
}
