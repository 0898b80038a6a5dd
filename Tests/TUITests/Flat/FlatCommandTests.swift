import Protocol
import Testing

@testable import TUI

@Suite struct FlatCommandTests {
    @Test(
        "a line means its command, in any case and with blanks around it",
        arguments: [
            ("help", .help(nil)), ("help GO", .help("go")), ("  Status ", .status),
            ("go 3 4", .go(Place(x: 3, y: 4))), ("go 3,4", .go(Place(x: 3, y: 4))),
            ("go the barn", .goToMark("the barn")), ("left", .move(dx: -1, dy: 0)),
            ("right 5", .move(dx: 5, dy: 0)), ("up 2", .move(dx: 0, dy: -2)), ("down 7", .move(dx: 0, dy: 7)),
            ("color", .color(nil)), ("color dark red", .color("dark red")), ("place", .place),
            ("undo", .undo), ("look", .look(.line)), ("look row", .look(.row)), ("look ALL", .look(.all)),
            ("look 3", .look(.square(radius: 3))), ("who", .who), ("mark barn", .mark("barn")),
            ("marks", .marks), ("follow", .follow(nil)),
            ("follow Grace", .follow("Grace")), ("unfollow", .unfollow), ("unmark barn", .unmark("barn")),
            ("template a b.png@3,4", .template("a b.png@3,4")), ("template", .template(nil)), ("next", .next),
            ("progress", .progress), ("play", .play), ("leave", .leave), ("name Grace H.", .name("Grace H.")),
            ("clicks", .clicks),
            ("click", .click(1)), ("click 10", .click(10)), ("relays", .relays),
            ("new", .createRelay(isPrivate: false)), ("new private", .createRelay(isPrivate: true)),
            ("join BKWXRM", .join("BKWXRM")), ("watch 2", .watch("2")), ("start", .start),
            ("puzzle", .puzzle), ("answer 29", .answer("29")), ("exit", .exit), ("boards", .boards),
            ("boards clicks", .board(.clicks, .all)), ("boards relay week", .board(.relay, .week)),
            ("shop", .shop), ("buy 2", .buy("2")), ("wear standard", .wear("standard")), ("yes", .yes),
            ("no", .no), ("feedback well done", .feedback("well done")), ("arcade", .arcade),
            ("verbose on", .verbose(true)), ("verbose off", .verbose(false)), ("quit", .quit),
        ] as [(String, FlatCommand)])
    func reads(line: String, command: FlatCommand) {
        #expect(FlatCommand.read(line) == .command(command))
    }

    @Test(
        "a command that is said wrongly is told how to say it",
        arguments: [
            "go", "go 3", "go 3 4 5", "left -1", "left 0", "up x", "place 3", "look 0", "look 11", "click 0",
            "click 101", "boards chess", "boards clicks year", "boards clicks day now", "verbose",
            "verbose maybe",
            "answer", "name", "unmark", "new public", "mark", "down 99999999999999999999",
        ])
    func wrong(line: String) {
        guard case .wrong(let words) = FlatCommand.read(line) else {
            Issue.record("\(FlatCommand.read(line))")
            return
        }
        #expect(words.hasPrefix("say it like this: \(line.prefix { $0 != " " })"))
    }

    @Test("an unknown word is named, without what it could do to a terminal")
    func unknown() {
        #expect(FlatCommand.read("\u{1b}[2Jfrob x") == .wrong("there is no command [2jfrob; say help"))
        #expect(FlatCommand.read(" \t ") == .nothing)
    }

    @Test("every command has one word of its own, and help for it")
    func forms() {
        #expect(Set(FlatCommand.forms.map(\.word)).count == FlatCommand.forms.count)
        #expect(FlatCommand.forms.allSatisfy { $0.usage.hasPrefix($0.word) && !$0.help.isEmpty })
    }
}
