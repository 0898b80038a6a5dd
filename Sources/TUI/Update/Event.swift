import Protocol

/// What can happen to the model: the person, the terminal, the server.
enum Event: Hashable, Sendable {
    /// The program begins: its first page is loaded.
    case started
    case input(InputEvent)
    case resized(columns: Int, rows: Int)
    case server(Report)
    /// Time has passed: toasts end, and what is counted down goes on.
    case clock
}

/// What the connection tells, in the terms of the screen.
enum Report: Hashable, Sendable {
    case link(Link)
    case account(name: String, id: Identifier? = nil)
    /// The name that was asked for is ours.
    case renamed(String)
    case renameRefused(Failure)
    /// A connection begins: our state, and the server's clock in milliseconds since 1970.
    case welcomed(StatusWord, serverTimeMs: Int64)
    /// A new state; while playing, with the milliseconds until idling ends it, where they are known.
    case status(PlayerStatus, idleLeftMs: Int?)
    case replaced(CanvasImage, epoch: Int, version: Version)
    case changed([Pixel], version: Version)
    /// The answer to a placement or an undo; a request of nil answers the oldest one open.
    case placed(request: Int?, version: Version)
    case refused(request: Int?, Failure)
    /// The latest round trip; nil without a connection.
    case latency(microseconds: Int64?)
    case counts(players: Int, queued: Int)
    case clicks(ClickReport)
    case relays(RelayReport)
    case profile(MeAnswer)
    case arcade(ArcadeReport)
    case ads(AdReport)
    case shop(ShopReport)
    case feedback(FeedbackReport)
    case canvas(CanvasReport)
    case boards(BoardReport)
    /// What the host tells everyone.
    case announced(String)
    case signIn(SignInReport)
    case replay(ReplayReport)
    case admin(AdminReport)
    /// Settings couldn't be kept, and why.
    case unkept(String)
}

/// What is told of the click war.
enum ClickReport: Hashable, Sendable {
    /// A game's totals, by the socket or by asking.
    case totals(ClickGameView)
    /// How often clicks are pushed.
    case pushRate(seconds: Int)
    /// A push was taken.
    case accepted(ClickReceipt)
    /// A push was refused; so many clicks are lost by it, 0 where it is tried again.
    case refused(Failure, dropped: Int)
    /// The game couldn't be had.
    case failed(Failure)
}

/// What is told of relays.
enum RelayReport: Hashable, Sendable {
    case list([RelayView])
    /// We have a place in a relay; its room's first event follows.
    case entered(RelayView)
    /// We are not in a relay's room any more, or were never let in.
    case shutOut(Identifier, Failure)
    case event(RelayEvent)
    /// The puzzle that was asked for.
    case puzzle(PuzzleView)
    /// What was asked for last couldn't be had.
    case failed(Failure)
}

/// What is told of the arcade.
enum ArcadeReport: Hashable, Sendable {
    /// A run has begun; `atMs` is when its message came, on the screen's own clock.
    case started(RunStart, atMs: Int64)
    case refused(ArcadeGameID, Failure)
    /// A point counts.
    case scored(RunScore)
    case pointRefused(RunPoint, Failure)
    case ended(RunResult)
    /// A run is over with its connection, and doesn't count.
    case lost(Identifier)
    case board(LeaderboardAnswer)
    /// A board couldn't be had.
    case failed(Failure)
}

/// What is told of ads.
enum AdReport: Hashable, Sendable {
    /// The ad to show before a page; none where the page opens without one.
    case next(AdAnswer?, before: AdPage)
    /// It couldn't be had.
    case failed(Failure, before: AdPage)
}

/// What is told of skins.
enum ShopReport: Hashable, Sendable {
    case offers([SkinOffer])
    case bought(PurchaseAnswer)
    /// This skin is worn now; none is the standard look.
    case worn(SkinID?)
    /// A wish was refused.
    case failed(ShopWish, Failure)
}

/// What became of a message to the host.
enum FeedbackReport: Hashable, Sendable {
    case sent
    case failed(Failure)
}

/// What is told of single cells.
enum CanvasReport: Hashable, Sendable {
    /// Who placed a cell, and when.
    case cell(PixelAnswer)
    /// An account's latest cell; nil where it has none.
    case latest(PixelAnswer?, of: Identifier)
    /// The cells that somebody placed a pixel on, ever.
    case touched(CellMask, epoch: Int)
    /// The picture that was asked for.
    case template(Template)
    /// Why there is none.
    case templateRefused(String)
    /// Why bookmarks weren't kept.
    case bookmarksUnkept(String)
    case failed(CanvasQuestion, Failure)
}

/// What is told of leaderboards.
enum BoardReport: Hashable, Sendable {
    case board(LeaderboardAnswer)
    case failed(Board, BoardPeriod, Failure)
}

/// What the model wants done; a runtime does it.
enum Command: Hashable, Sendable {
    case place(request: Int, Pixel)
    case undo(request: Int)
    case play
    case leave
    case rename(String)
    case clicks(ClickWish)
    case relays(RelayWish)
    /// To know what the server knows of the account.
    case profile
    case arcade(ArcadeWish)
    case ads(AdWish)
    case shop(ShopWish)
    case feedback(FeedbackMessage)
    /// To know something of cells.
    case ask(CanvasQuestion)
    case board(Board, BoardPeriod)
    case desk(DeskWish)
    case signIn(SignInWish)
    case replay(ReplayWish)
    case admin(AdminWish)
    /// To make or edit a skin on this screen, and come back.
    case studio(file: String?)
    /// The settings are to outlive the program.
    case keep(Settings)
    /// A text for the terminal's clipboard (OSC 52).
    case copy(String)
    /// A word to a person who may look elsewhere, as a notification of the terminal's.
    case notify(String)
    case bell
    case quit
    case suspend
    case repaint
}

/// What the model wants to know of single cells.
enum CanvasQuestion: Hashable, Sendable {
    /// Who placed it, and when.
    case cell(Place)
    /// Where an account placed its latest pixel.
    case latest(of: Identifier)
    /// Which cells nobody ever placed a pixel on.
    case touched
}

/// What the model wants of the click war.
enum ClickWish: Hashable, Sendable {
    /// To know the game that is on.
    case look
    /// To count so many clicks.
    case click(Int)
}

/// What the model wants of the shop.
enum ShopWish: Hashable, Sendable {
    /// To know the offers, and the points that they cost.
    case look
    case buy(SkinID)
    /// To wear a skin; none is the standard look.
    case wear(SkinID?)
}

/// What the model wants of relays.
enum RelayWish: Hashable, Sendable {
    case list
    case create(RelayOptions)
    /// A place in the ring, and the room.
    case join(RelayReference)
    /// The room alone, to look on or to come back.
    case enter(Identifier)
    case start(Identifier)
    case newPuzzle(Identifier)
    case answer(Identifier, PuzzleAttempt)
    case leave(Identifier)
}

/// What the model wants of the arcade.
enum ArcadeWish: Hashable, Sendable {
    case start(ArcadeGameID)
    case point(RunPoint)
    case end(Identifier)
    case board(ArcadeGameID, BoardPeriod)
}

/// What the model wants of ads.
enum AdWish: Hashable, Sendable {
    /// The one to show before a page.
    case next(before: AdPage)
    /// An impression was seen to its end.
    case complete(Identifier)
    /// The gate's state is to outlive the program.
    case keep(AdGate)
}
