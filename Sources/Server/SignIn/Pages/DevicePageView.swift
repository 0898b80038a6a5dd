import Engine
import Protocol

/// The pages of a terminal's sign-in, as markup.
struct DevicePageView {
    /// What the provider is called.
    let provider: String
    /// What the forms carry.
    let formToken: String

    /// Where the code is entered.
    func form(code: String?, _ problem: DeviceFormProblem?) -> PageShell.Page {
        let shown = code.map {
            UserCode(typed: $0)?.description ?? String($0.prefix(Limits.maxTypedCodeBytes))
        }
        let wrong = problem.map { "<p class=\"wrong\" role=\"alert\">\(Self.words($0))</p>" } ?? ""
        return PageShell.Page(
            title: "Sign in a terminal",
            body: """
                <h1>Sign in a terminal</h1>
                <p>Enter the code that your terminal shows.</p>
                \(wrong)
                <form method="post" action="/device">
                <label for="code">Code</label>
                <input type="text" id="code" name="user_code" value="\(HTMLText.escaped(shown ?? ""))" \
                placeholder="BCDF-GHJK" maxlength="\(Limits.maxTypedCodeBytes)" required autofocus \
                autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false">
                \(token)
                <button>Continue</button>
                </form>
                """)
    }

    /// Who asks for what.
    func confirm(_ ask: DeviceAsk) -> PageShell.Page {
        let question =
            ask.linksTo.map {
                "Link your \(HTMLText.escaped(provider)) account to the player "
                    + "<b>\(HTMLText.escaped($0))</b>?"
            } ?? "Sign this terminal in as you?"
        return PageShell.Page(
            title: "Allow this terminal?",
            body: """
                <h1>\(question)</h1>
                <p>Is this the code on the screen in front of you?</p>
                <div class="code">\(ask.code)</div>
                <dl>
                <dt>Program</dt><dd>\(HTMLText.escaped(ask.client ?? "doesn’t say"))</dd>
                <dt>Address</dt><dd>\(HTMLText.escaped(ask.address))</dd>
                <dt>Asked</dt><dd>\(Self.ago(ask.ageSeconds))</dd>
                </dl>
                <div class="note">\(Self.warning(ask))</div>
                <form method="post" action="/device/decision">
                <input type="hidden" name="user_code" value="\(ask.code)">
                \(token)
                <button name="decision" value="allow">Continue with \(HTMLText.escaped(provider))</button>
                <button name="decision" value="deny" class="plain">Deny</button>
                </form>
                """)
    }

    /// On to the provider.
    func leave(to url: String) -> PageShell.Page {
        PageShell.Page(
            title: "On to \(provider)",
            body: """
                <h1>On to \(HTMLText.escaped(provider))…</h1>
                <p>It tells this server who you are: your name there and that your address is yours, and \
                nothing else.</p>
                <a class="button" href="\(HTMLText.escaped(url))">Go on</a>
                """,
            next: url)
    }

    /// The terminal may.
    func allowed(_ ask: DeviceAsk) -> PageShell.Page {
        let what =
            ask.linksTo.map { "Your account is linked to <b>\(HTMLText.escaped($0))</b>." }
            ?? "Your terminal is signing in."
        return PageShell.Page(
            title: "Done",
            body: """
                \(Self.mark("good", "M4 13l6 6L20 6"))
                <h1>Done</h1>
                <p>\(what) Go back to it: it goes on by itself within a few seconds. You may close this \
                page.</p>
                """)
    }

    /// The terminal may not.
    func denied() -> PageShell.Page {
        PageShell.Page(
            title: "Denied",
            body: """
                \(Self.mark("bad", "M5 5l14 14M19 5L5 19"))
                <h1>Denied</h1>
                <p>The terminal was not signed in. If someone sent you the code, they are no nearer to your \
                account.</p>
                """)
    }

    /// What went wrong.
    static func failure(_ failure: Failure) -> PageShell.Page {
        let again =
            failure.code == .googleNotConfigured ? "" : "<a class=\"button\" href=\"/device\">Start again</a>"
        return PageShell.Page(
            title: "That didn’t work",
            body: """
                \(mark("bad", "M12 5v9M12 18v1"))
                <h1>That didn’t work</h1>
                <p>\(HTMLText.escaped(PlayerName.displayed(failure.message)))</p>
                \(again)
                """)
    }

    private var token: String {
        "<input type=\"hidden\" name=\"form_token\" value=\"\(HTMLText.escaped(formToken))\">"
    }

    private static func words(_ problem: DeviceFormProblem) -> String {
        switch problem {
        case .unknownCode: "No terminal shows this code now. Look again, or begin anew on the terminal."
        case .locked(let ms) where ms < 60_000: "Too fast. Wait \(max(1, (ms + 999) / 1000)) seconds."
        case .locked(let ms): "Too many wrong codes. Wait \((ms + 59_999) / 60_000) minutes."
        }
    }

    private static func warning(_ ask: DeviceAsk) -> String {
        let harm =
            ask.linksTo == nil
            ? "they would play as you" : "your account would sign in to a player that isn’t yours"
        return "<b>Only go on if you began this yourself, just now.</b> If someone sent you this code or "
            + "link, press Deny: \(harm)."
    }

    private static func ago(_ seconds: Int) -> String {
        switch seconds {
        case ..<60: "just now"
        case ..<120: "a minute ago"
        default: "\(seconds / 60) minutes ago"
        }
    }

    private static func mark(_ kind: String, _ path: String) -> String {
        "<svg class=\"mark \(kind)\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" fill=\"none\" "
            + "stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"square\"><path d=\"\(path)\"/></svg>"
    }
}
