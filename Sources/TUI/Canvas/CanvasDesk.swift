import Protocol

/// What is known of the canvas beyond its colors, and how the person follows it.
struct CanvasDesk: Hashable, Sendable {
    /// The canvas that what follows is known of; nil without one.
    private(set) var epoch: Int?
    var owners = CellOwners()
    var following: Following?
    /// Whether whoever placed the cell at the cursor is to be followed once that is known.
    var followsNext = false
    /// Where pixels came lately; nil without a canvas.
    var heat: HeatMap?
    /// Where pixels were ever placed; nil without a canvas.
    var touched: TouchedCells?
    var tour: Tour?
    /// Whether a tour begins once there is a canvas.
    var wantsTour = false
    var undo = UndoWindow()
    var bookmarks = Bookmarks()
    /// Why bookmarks can't be read or kept.
    var bookmarkTrouble: String?
    /// Whether the person was told of it.
    var hasToldTrouble = false
    /// The picture to read once there is a canvas.
    var order: TemplateOrder?
    var templateMode = TemplateMode.ghost
    /// How far the template is painted; nil without one.
    var match: TemplateMatch?
    var showsProgress = false
    var showsSigns = false

    /// Forgets what was known of a canvas where this is another one.
    mutating func begin(epoch: Int) {
        guard self.epoch != epoch else { return }
        self.epoch = epoch
        heat = nil
        touched = nil
        undo = UndoWindow()
    }
}
