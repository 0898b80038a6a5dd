/// Which characters a terminal is sent, and why.
struct CharsetChoice: Hashable, Sendable {
    var charset: Charset
    /// What decided it, for a person.
    var reason: String

    /// Decides from the wish and the locale's variables (locale(7): LC_ALL beats LC_CTYPE beats LANG).
    ///
    /// A locale that names another character set than UTF-8 is taken at its word. None at all, or C, says
    /// nothing about the terminal: it is what containers, cron and bare ssh sessions have, at terminals that
    /// nearly always show UTF-8.
    static func choose(
        wish: Settings.CharsetWish, environment: (String) -> String?
    ) -> CharsetChoice {
        switch wish {
        case .unicode: return CharsetChoice(charset: .unicode, reason: "asked for")
        case .ascii: return CharsetChoice(charset: .ascii, reason: "asked for")
        case .auto: break
        }
        guard let (variable, locale) = locale(environment) else {
            return CharsetChoice(charset: .unicode, reason: "no locale is set; UTF-8 is usual")
        }
        let plain = locale.prefix { $0 != "@" }
        if plain == "C" || plain == "POSIX" {
            return CharsetChoice(
                charset: .unicode,
                reason: "\(variable)=\(locale) says nothing of the terminal; UTF-8 is usual")
        }
        let codeset = plain.drop { $0 != "." }.dropFirst().lowercased().filter { $0 != "-" }
        if codeset == "utf8" { return CharsetChoice(charset: .unicode, reason: "\(variable)=\(locale)") }
        let lack = codeset.isEmpty ? "names no UTF-8" : "is not UTF-8"
        return CharsetChoice(charset: .ascii, reason: "\(variable)=\(locale) \(lack)")
    }

    /// The variable that counts, and what it says.
    static func locale(_ environment: (String) -> String?) -> (variable: String, locale: String)? {
        for variable in ["LC_ALL", "LC_CTYPE", "LANG"] {
            if let locale = environment(variable), !locale.isEmpty { return (variable, locale) }
        }
        return nil
    }
}
