import Protocol
import Raster

/// Everything the terminal client knows; `update` alone changes it and `View` alone draws it.
struct Model: Hashable, Sendable {
    /// What the person came for.
    enum Purpose: Hashable, Sendable {
        case play
        case watch
    }

    /// What lies over the canvas.
    enum Overlay: Hashable, Sendable {
        case none
        /// The keys, scrolled down by some lines.
        case help(scroll: Int)
        /// The prompt for a place, with what was typed.
        case goTo(String)
        /// The prompt for a turn of the view, with what was typed.
        case turn(String)
        /// The prompt for a name.
        case name(NamePrompt)
        /// The prompt for a relay's code.
        case code(CodePrompt)
        /// What the canvas's tools ask for.
        case tool(ToolPrompt)
        case palette(CommandPalette)
    }

    let purpose: Purpose
    let depth: ColorDepth
    /// The server as the person named it, cleaned.
    let serverName: String
    /// The server's page in a browser; nil where nobody told it.
    var serverURL: String?
    /// How the person wants the client to be.
    var settings = Settings() {
        didSet {
            if settings.keys != oldValue.keys { bindings = KeyBindings(settings.keys) }
            if settings.touch != oldValue.touch { resize(columns: columns, rows: rows) }
        }
    }
    private(set) var bindings = KeyBindings()
    /// The terminal's own background, where it has told.
    var background: Palette.Color?
    /// What the screen around the canvas is painted in.
    var tone: Tone { Tone(settings.theme, background: background) }
    /// Which characters the terminal shows.
    var charset = Charset.unicode
    var columns: Int
    var rows: Int

    /// When the latest event came, on the monotonic clock: what the screen counts down is counted to here.
    var clockMs: Int64 = 0

    /// The screen that the person is at.
    var page: Page
    /// Whether the first screen was loaded.
    var hasStarted = false

    var link = Link.idle
    /// When the link became what it is.
    var linkSinceMs: Int64 = 0
    /// What is remembered while the connection is lost.
    var outage: Outage?
    /// Where the player stood before the connection was lost, until the server says where now.
    var returning: PlayState?
    /// How far the server's clock is ahead of the screen's own, where it was told.
    var serverAheadMs: Int64?
    var account: String?
    /// The account's or guest's id, which tells the person apart from others in a relay.
    var accountID: Identifier?
    var play = PlayState.unknown
    /// Whether the player gave the place up and the server hasn't said so yet.
    var isLeaving = false
    /// Until when a second press of the key gives the place up.
    var leaveUntilMs: Int64?
    /// Whether the notice over the canvas is wanted as a single line.
    var isNoticeSmall = false
    /// Until when the hint about names is shown; 0 once it was.
    var hintUntilMs: Int64?
    /// Accounts playing and waiting, where the server has told.
    var counts: Counts?
    /// The last round trip; none while disconnected.
    var latencyUs: Int64?

    var canvas: CanvasImage?
    /// How the canvas is looked at.
    var lens = CanvasLens.plain
    /// The picture that the person wants to see on the canvas.
    var template: Template?
    var desk = CanvasDesk()
    var version: Version = 0
    var pending: [PendingPixel] = []
    /// Undos under way by their requests' numbers, with when they were asked for.
    var undos: [Int: Int64] = [:]
    var nextRequest = 1

    var viewport = Viewport(columns: 1, rows: 1)
    /// While what is seen is on its way to the viewport.
    var glide: ViewGlide?
    /// The cursor's latest steps over a turned canvas.
    var walk: CursorWalk?
    /// Whether the mouse was pressed on the small map, which it then moves the view by.
    var isOnMinimap = false
    var cursor = Place(x: 0, y: 0)
    var color: UInt8 = 1
    var drag: Drag?
    /// The planets' pictures.
    var planets = PlanetCatalog(planets: [])
    var clicks = ClickWar()
    var relays = RelayDesk()
    var home = HomeMenu()
    var arcade = ArcadeDesk()
    var ads = AdDesk()
    /// What the server knows of the account: points, skin, today's bonus; nil until it has told.
    var profile: MeAnswer?
    var shop = SkinShop()
    var feedback = FeedbackDesk()
    var boards = BoardsDesk()
    var signIn = SignInDesk()
    var replay = ReplayDesk()
    var admin = AdminDesk()
    var settingsDesk = SettingsDesk()
    /// What the program knows of the terminal.
    var terminalFacts = TerminalFacts()
    /// Whether the terminal has the keyboard; nil where it doesn't say.
    var isFocused: Bool?
    /// How much is painted now.
    var pace = PixelPace()

    var overlay = Overlay.none
    /// Whether Enter and Space are meant for what is on the screen.
    var freshPress = FreshPress()
    /// The short words on the screen, the newest last.
    var toasts: [Toast] = []

    /// Accounts on the server.
    struct Counts: Hashable, Sendable {
        var players: Int
        var queued: Int
    }

    /// A held mouse button that moves the view: where it was last.
    struct Drag: Hashable, Sendable {
        var column: Int
        var row: Int
    }

    init(
        purpose: Purpose, depth: ColorDepth, serverName: String, columns: Int, rows: Int, page: Page
    ) {
        self.purpose = purpose
        self.page = page
        self.depth = depth
        self.serverName = serverName
        self.columns = columns
        self.rows = rows
        if purpose == .play { play = .asking }
        resizeView()
    }

    /// How the screen is divided at its present size.
    var layout: Layout { keyScene == .run ? runLayout : usualLayout }

    /// How it is divided in a run: fingers hit the field itself, which needs all the room.
    var runLayout: Layout { Layout(columns: columns, rows: rows) }

    /// How it is divided everywhere else.
    var usualLayout: Layout {
        Layout(
            columns: columns, rows: rows,
            touchRows: TouchBar.rowCount(columns: columns, rows: rows, settings.touch))
    }

    /// Gives the view the room that the screen leaves it.
    mutating func resizeView() {
        let area = usualLayout.canvas
        viewport.columns = max(area.columns, 1)
        viewport.rows = max(area.rows, 1)
        replay.fit(columns: area.columns, rows: area.rows - ReplayLayout.panelRows)
    }

    /// The zoom at which the whole canvas is in view.
    var wholeZoom: Zoom {
        guard let canvas else { return .actual }
        let room = viewport.turn.room(for: canvas.extent)
        return .whole(
            width: room.width, height: room.height, columns: viewport.columns, halfRows: viewport.halfRows)
    }

    /// The color that a place shows: the newest pixel under way to the server, else the canvas's.
    func shownIndex(at place: Place) -> UInt8? {
        guard let canvas, canvas.extent.contains(place) else { return nil }
        return pending.last { $0.place == place }?.color ?? canvas.index(at: place)
    }
}

/// A pixel that was placed here and isn't seen in the replica yet.
struct PendingPixel: Hashable, Sendable {
    /// The number that the answer repeats.
    var request: Int
    var place: Place
    var color: UInt8
    /// The version that made it durable, once the server has said so.
    var version: Version?
    /// When it was asked for.
    var sentMs: Int64 = 0
    /// Whether the person was told that the answer takes long.
    var isLate = false

    /// How long an answer may take before the person is told.
    static let patienceMs: Int64 = 2_000
}
