import Protocol

/// The words that a person can say, once for reading them and for the help that explains them.
extension FlatCommand {
    /// One command's form.
    struct Form: Sendable {
        var word: String
        /// How it is said, with what belongs to it.
        var usage: String
        /// What help says that it does.
        var help: String
        /// Reads what stands behind the word; nil where that is none of this command.
        var read: @Sendable (String) -> FlatCommand?

        init(
            _ usage: String, _ help: String, read: @escaping @Sendable (String) -> FlatCommand?
        ) {
            word = String(usage.prefix { $0 != " " })
            self.usage = usage
            self.help = help
            self.read = read
        }

        /// One that nothing belongs to.
        init(_ word: String, _ help: String, _ command: FlatCommand) {
            self.init(word, help) { $0.isEmpty ? command : nil }
        }
    }

    static func form(of word: String) -> Form? { forms.first { $0.word == word } }

    /// All of them, in the order of help.
    static let forms: [Form] = canvasForms + playForms + gameForms + sessionForms

    private static let canvasForms = [
        Form(
            "look",
            "reads the colors around the cursor; look 3 the rows around it, 3 to each side, up to 10; "
                + "look row its whole row; look all the canvas in nine parts", read: look),
        Form("go X Y", "moves the cursor to column X, row Y, or to a mark by its name", read: go),
        Form("left N", "moves the cursor by N columns; without a number by one") { steps($0, -1, 0) },
        Form("right N", "the same to the right") { steps($0, 1, 0) },
        Form("up N", "moves the cursor by N rows") { steps($0, 0, -1) },
        Form("down N", "the same downwards") { steps($0, 0, 1) },
        Form("color NAME", "chooses a color by name or number; without one reads them all") {
            .color($0.orNil)
        },
        Form("place", "places a pixel at the cursor", .place),
        Form("undo", "takes your latest pixel back, within 5 seconds", .undo),
        Form("who", "tells who placed the pixel at the cursor", .who),
        Form("mark NAME", "remembers the cursor's place; go NAME comes back to it") {
            $0.orNil.map { .mark($0) }
        },
        Form("unmark NAME", "forgets it") { $0.orNil.map { .unmark($0) } },
        Form("marks", "reads the places that you marked on this server", .marks),
        Form(
            "follow NAME",
            "lets the cursor go where a player places, by name or id; without one whoever placed the pixel at the cursor"
        ) { .follow($0.orNil) },
        Form("unfollow", "ends that", .unfollow),
        Form(
            "template FILE",
            "paints after a picture (PNG) from the cursor on, or at FILE@X,Y; without one ends that"
        ) {
            .template($0.orNil)
        },
        Form("next", "goes to the nearest pixel that isn't as in the picture, and chooses its color", .next),
        Form("progress", "tells how far the picture is painted", .progress),
    ]

    private static let playForms = [
        Form("play", "asks for a place among the players, or connects again", .play),
        Form("leave", "gives your place in the game or in the queue up", .leave),
        Form("name NAME", "asks for another name") { $0.orNil.map { .name($0) } },
        Form(
            "google",
            "signs in with Google: reads an address and a code for a browser; google link links it to your "
                + "account; google again asks for another code; google cancel waits no more; google off goes "
                + "back to this device's key", read: google),
        Form("status", "tells where you stand, and who is there", .status),
    ]

    private static let gameForms = [
        Form("clicks", "reads the click war", .clicks),
        Form("click N", "clicks N times for your planet, up to \(maxClicks); without a number once") { text in
            guard let count = text.isEmpty ? 1 : Int(text), (1...maxClicks).contains(count) else {
                return nil
            }
            return .click(count)
        },
        Form("relays", "reads the puzzle relays", .relays),
        Form("new", "opens a relay; new private opens one that only its code leads to") { text in
            text.isEmpty
                ? .createRelay(isPrivate: false) : text == "private" ? .createRelay(isPrivate: true) : nil
        },
        Form("join CODE", "joins a relay by its code, or by its number in the list") {
            $0.orNil.map { .join($0) }
        },
        Form("watch N", "looks on at a relay by its number in the list") { $0.orNil.map { .watch($0) } },
        Form("start", "starts the relay that you are in", .start),
        Form("puzzle", "reads your puzzle again, or asks for one", .puzzle),
        Form("answer TEXT", "answers your puzzle") { $0.orNil.map { .answer($0) } },
        Form("exit", "leaves the relay's room", .exit),
        Form(
            "boards NAME PERIOD",
            "reads a leaderboard: of day, week or all; without a name tells which there are", read: boards),
        Form("shop", "reads the skins and what they cost", .shop),
        Form("buy N", "buys a skin by its number or name, after you said yes") { $0.orNil.map { .buy($0) } },
        Form("yes", "buys it", .yes),
        Form("no", "buys nothing", .no),
        Form("wear N", "wears a skin of yours; wear standard takes it off") { $0.orNil.map { .wear($0) } },
        Form(
            "replay MOMENT",
            "goes to a moment of the canvas's past and tells who was active before: \(ReplayMoment.form), in UTC; "
                + "without one reads what there is"
        ) { .replay($0.orNil) },
        Form(
            "admin PART",
            "reads how the server is, for moderators and admins: "
                + AdminTab.allCases.map(\.rawValue).joined(separator: ", ") + "; without a part live"
        ) { text in
            text.isEmpty ? .admin(.live) : AdminTab(rawValue: text.lowercased()).map { .admin($0) }
        },
        Form("arcade", "isn't here: its games go by sight and against the clock", .arcade),
        Form("feedback TEXT", "sends words to whoever runs the server") { $0.orNil.map { .feedback($0) } },
    ]

    private static let sessionForms = [
        Form("verbose on", "tells of others' pixels once a second; verbose off every ten seconds") {
            isOn($0).map { .verbose($0) }
        },
        Form("help", "reads the commands; help NAME reads one") { .help($0.lowercased().orNil) },
        Form("quit", "ends the program", .quit),
    ]
}
