/// Whether an ad stands before a page: the two values that a client keeps, and the page that waits.
///
/// Each load of a page, the first after a start included, compares the page with the current one. Another page
/// means that no ad has run for it yet; home always means so. Then the page is the current one; and where no ad
/// has run, anything but home goes to the ad first. The ad's own page is exempt: were it to count, the page
/// behind it would be another one again, and the ad would never end.
public struct AdGate: Hashable, Sendable {
    /// The page that was loaded last, the ad's own apart.
    public private(set) var currentPage: AdPage?
    /// Whether an ad has run for it.
    public private(set) var adHasRun: Bool
    /// The page that opens after the ad; kept with the rest, so that whoever ends a client on its ad meets an ad
    /// again.
    public private(set) var nextPage: AdPage?

    /// The state of a client that never loaded a page.
    public init() {
        adHasRun = false
    }

    /// Where a load leads.
    public enum Step: Hashable, Sendable {
        /// The page opens.
        case open(AdPage)
        /// The ad's page opens, and this one when the ad has run.
        case showAd(then: AdPage)
    }

    /// Takes the load of a page.
    public mutating func load(_ page: AdPage) -> Step {
        guard page != .ad else { return .open(page) }
        if page != currentPage || page == .home { adHasRun = false }
        currentPage = page
        guard page != .home, !adHasRun else {
            nextPage = nil
            return .open(page)
        }
        nextPage = page
        return .showAd(then: page)
    }

    /// Takes the end of an ad, or the word that there is none.
    ///
    /// Returns the page that waited, now the current one: its load opens it. Nil where none waited.
    public mutating func adRan() -> AdPage? {
        adHasRun = true
        defer { nextPage = nil }
        return nextPage
    }
}

// MARK: - The file

extension AdGate {
    /// `{"current_page","ad_has_run","next_page"?}`; `current_page` is null before the first load.
    public func json() -> [UInt8] {
        JSONWriter.object {
            if let currentPage {
                $0.field("current_page", currentPage.rawValue)
            } else {
                $0.null("current_page")
            }
            $0.field("ad_has_run", adHasRun)
            $0.optional("next_page", nextPage?.rawValue)
        }
    }

    /// Reads what `json` writes; anything else, a state that no loads lead to included, is as good as no file.
    public init(json: [UInt8]) {
        self.init()
        guard let fields = try? JSONFields(json), let adHasRun = try? fields.bool("ad_has_run"),
            let current = Self.page("current_page", fields), let next = Self.page("next_page", fields),
            next == nil || next == current && next != .home && !adHasRun
        else { return }
        currentPage = current
        nextPage = next
        self.adHasRun = adHasRun
    }

    /// The page of a member, or none; nil where it is neither.
    private static func page(_ name: String, _ fields: JSONFields) -> AdPage?? {
        guard fields.has(name) else { return .some(nil) }
        guard let word = try? fields.string(name), let page = AdPage(rawValue: word), page != .ad else {
            return nil
        }
        return page
    }
}
