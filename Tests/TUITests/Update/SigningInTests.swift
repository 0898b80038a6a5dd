import Client
import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct SigningInTests {
    private func scene() throws -> Model {
        var model = try SampleModels.playing(columns: 80, rows: 24)
        model.goToSignIn()
        return model
    }

    private func text(_ model: Model) -> String {
        let frame = View.frame(of: model)
        return (0..<frame.rows).map { GridText.characters(frame, row: $0) }.joined(separator: "\n")
    }

    @Test("home and the page about the program lead there by a key, every page by the palette")
    func ways() throws {
        for page in [Page.home, .about] {
            var model = try SampleModels.playing(columns: 80, rows: 24, page: page)
            _ = model.type("s")
            #expect(model.page == .signIn)
        }
        for page in Page.destinations {
            var model = try SampleModels.playing(columns: 80, rows: 24, page: page)
            _ = model.press([KeyPress(.character("p"), .control)])
            _ = model.type("sign in")
            _ = model.press([KeyPress(.enter, [])])
            #expect(model.page == .signIn, "from \(page)")
        }
    }

    @Test("Enter asks for a code, which is shown until it ends, with the time that is left")
    func pending() throws {
        var model = try scene()
        #expect(model.press([KeyPress(.enter)]) == [.signIn(.begin(isToLink: false))])
        #expect(text(model).contains("asking for a code"))
        model.hear(.code(try SignInSamples.code()))
        #expect(text(model).contains(SignInSamples.address))
        #expect(text(model).contains("15:00 left"))
        _ = model.update(.clock, nowMs: 61_000)
        #expect(text(model).contains("14:59 left"))
        let link = try #require(View.frame(of: model).links.first)
        #expect(link.url == SignInSamples.address + "?user_code=WDJB-MJHT")
    }

    @Test("c puts the address into the clipboard, and Esc waits no more, then goes home")
    func keys() throws {
        var model = try scene()
        #expect(model.type("c").isEmpty)
        _ = model.type("g")
        model.hear(.code(try SignInSamples.code()))
        #expect(model.type("c") == [.copy(SignInSamples.address + "?user_code=WDJB-MJHT")])
        #expect(model.press([KeyPress(.escape)]) == [.signIn(.cancel)])
        #expect(model.signIn.stage == .choosing && model.page == .signIn)
        // What was on its way then is told to nobody.
        model.hear(.ended(.denied))
        #expect(model.signIn.stage == .choosing)
        _ = model.press([KeyPress(.escape)])
        #expect(model.page == .home)
    }

    @Test("r asks for another code, for the same purpose", arguments: ["g", "l"])
    func again(key: String) throws {
        for ending in [SignInEnding.expired, .denied, .refused(Failure(.googleTaken, "taken"))] {
            var model = try scene()
            #expect(model.type("r").isEmpty)
            #expect(model.type(key) == [.signIn(.begin(isToLink: key == "l"))])
            model.hear(.ended(ending))
            #expect(text(model).contains(model.words(for: ending)))
            #expect(model.type("r") == [.signIn(.begin(isToLink: key == "l"))])
        }
    }

    @Test("whoever signed in is somebody else: what was the account's is asked for anew")
    func signedIn() throws {
        var model = try scene()
        _ = model.type("g")
        _ = model.update(.server(.account(name: "Grace", id: SignInSamples.grace.id)), nowMs: 60_000)
        #expect(model.profile == nil && model.shop.offers == nil && model.account == "Grace")
        model.hear(.ended(.signedIn(SignInSamples.grace)))
        #expect(model.signIn.method == .google)
        #expect(text(model).contains("You are Grace now, by Google"))
        _ = model.press([KeyPress(.enter)])
        #expect(model.page == .home)
        // Back there, it can be undone.
        model.goToSignIn()
        #expect(model.type("k") == [.signIn(.useKey)])
        _ = model.update(.server(.signIn(.byKey)), nowMs: 60_000)
        #expect(model.signIn.method == .key && model.type("k").isEmpty)
    }

    @Test("linking asks for the account again, and once linked there is nothing more to link")
    func linked() throws {
        var model = try scene()
        _ = model.type("l")
        #expect(
            model.update(.server(.signIn(.news(.ended(.linked(GameSamples.account(0)))))), nowMs: 60_000)
                == [.profile])
        #expect(model.signIn.method == .key)
        var profile = ArcadeSamples.profile()
        profile.google = true
        _ = model.update(.server(.profile(profile)), nowMs: 60_000)
        _ = model.press([KeyPress(.escape)])
        _ = model.open(.signIn)
        #expect(text(model).contains("Google opens this account, too"))
        #expect(model.type("l").isEmpty)
        #expect(model.toast?.text == "Google is linked to this account already")
    }

    @Test("whoever went on to another page hears how it ended, and finds a clean page later")
    func elsewhere() throws {
        var model = try scene()
        _ = model.type("g")
        model.hear(.code(try SignInSamples.code()))
        _ = model.go(.clicks)
        #expect(model.deadlineMs.map { $0 > model.clockMs + 1_000 } ?? true)
        model.hear(.ended(.expired))
        #expect(model.toast?.text == "The code ran out before anybody confirmed it")
        _ = model.open(.signIn)
        #expect(model.signIn.stage == .choosing)
    }

    @Test("a sign-in that nobody but a person can do opens the page, with a code asked for already")
    func needed() throws {
        var model = Model(
            purpose: .play, depth: .truecolor, serverName: "a", columns: 80, rows: 24, page: .home)
        _ = model.update(.started, nowMs: 0)
        _ = model.update(.server(.link(.closed("sign in again"))), nowMs: 0)
        #expect(model.update(.server(.signIn(.needed)), nowMs: 0) == [.signIn(.begin(isToLink: false))])
        #expect(model.page == .signIn && model.signIn.method == .google)
        // One that waits already is left alone.
        #expect(model.update(.server(.signIn(.needed)), nowMs: 0).isEmpty)
    }

    @Test("the client's word that a person is needed is read from how it closed")
    func reader() {
        var reader = ReportReader()
        let failure = Failure(.signInRequired, "sign in again")
        #expect(
            reader.reports(of: .connection(.closed(.refused(failure))))
                == [.link(.closed("sign in again")), .signIn(.needed)])
        #expect(
            reader.reports(of: .connection(.closed(.refused(Failure(.forbidden, "no")))))
                == [.link(.closed("no"))])
    }

    @Test("whoever looks on signs in to nothing")
    func watcher() throws {
        var model = try SampleModels.playing(columns: 80, rows: 24, purpose: .watch, page: .home)
        _ = model.open(.signIn)
        for key in ["g", "l", "k"] { #expect(model.type(key).isEmpty) }
        #expect(model.signIn.stage == .choosing)
    }

    @Test(
        "the sign that turns asks for time only while something is under way, and stands with reduced motion")
    func spinner() throws {
        var model = try scene()
        #expect(model.signIn.nextChangeMs(isStill: false, nowMs: 60_000) == nil)
        _ = model.type("g")
        #expect(model.signIn.nextChangeMs(isStill: false, nowMs: 60_000) == 60_120)
        #expect(model.signIn.nextChangeMs(isStill: true, nowMs: 60_000) == nil)
        model.hear(.code(try SignInSamples.code()), atMs: 60_000)
        #expect(model.signIn.nextChangeMs(isStill: true, nowMs: 60_000) == 61_000)
        model.settings.isMotionReduced = true
        let frame = View.frame(of: model)
        _ = model.update(.clock, nowMs: 60_900)
        #expect(View.frame(of: model) == frame)
    }

    @Test("what a server says of its trouble can't disturb the screen")
    func hostile() throws {
        var model = try scene()
        _ = model.type("g")
        model.hear(.unreachable("\u{1b}[2Jgone"))
        #expect(!text(model).contains("\u{1b}"))
        _ = model.update(.server(.signIn(.failed("\u{1b}[2Jgone"))), nowMs: 60_000)
        #expect(!text(model).contains("\u{1b}"))
    }
}
