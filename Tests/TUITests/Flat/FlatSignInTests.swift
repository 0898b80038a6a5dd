import Client
import Protocol
import Testing

@testable import TUI

@Suite struct FlatSignInTests {
    private func hear(_ news: SignInNews, _ sample: inout FlatSample) {
        sample.hear(.signIn(.news(news)))
    }

    @Test("address and code are read aloud, and how it ended")
    func signsIn() throws {
        var sample = try FlatSample.playing()
        sample.say("google")
        #expect(sample.commands.last == .signIn(.begin(isToLink: false)))
        hear(.code(try SignInSamples.code()), &sample)
        #expect(
            sample.said == [
                "sign in: asking for a code",
                "sign in: in a browser on any device, open https://pixels.example.org/device",
                "sign in: and enter the code W D J B dash M J H T",
                "sign in: it can be entered for 15 minutes; google cancel waits no more",
            ])
        sample.forget()
        sample.pass(milliseconds: 30_000)
        #expect(sample.said.isEmpty)
        // Other lines are done meanwhile.
        sample.say("go 3 4")
        #expect(sample.said.last == "cursor: 3,4 white")
        hear(.ended(.signedIn(SignInSamples.grace)), &sample)
        #expect(sample.said.last == "sign in: You are Grace now, by Google")
    }

    @Test("what went wrong is told with the way on")
    func endings() throws {
        var sample = try FlatSample.playing()
        sample.say("google again")
        #expect(sample.said.last == "sign in: say google first")
        sample.say("google cancel")
        #expect(sample.said.last == "sign in: nothing waits")
        sample.say("google link")
        hear(.code(try SignInSamples.code()), &sample)
        hear(.ended(.expired), &sample)
        #expect(
            sample.said.last
                == "error: The code ran out before anybody confirmed it; google again asks for another code")
        sample.say("google again")
        #expect(sample.commands.last == .signIn(.begin(isToLink: true)))
        // The next line waits for the code.
        sample.say("google cancel")
        hear(.code(try SignInSamples.code()), &sample)
        hear(.unreachable("late"), &sample)
        #expect(sample.said.last == "sign in: no longer waiting")
        #expect(sample.commands.last == .signIn(.cancel))
        sample.say("google off")
        #expect(sample.said.last == "news: The key signs you in already")
        sample.say("google nonsense")
        #expect(sample.said.last == "error: say it like this: google")
    }

    @Test("a sign-in that is needed is asked for by itself")
    func needed() throws {
        var sample = try FlatSample()
        sample.hear(.link(.closed("sign in again")))
        sample.hear(.signIn(.needed))
        #expect(sample.commands.contains(.signIn(.begin(isToLink: false))))
        hear(.code(try SignInSamples.code()), &sample)
        #expect(sample.said.contains("sign in: and enter the code W D J B dash M J H T"))
    }
}
