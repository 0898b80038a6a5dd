/// The rule of ads as its inventors wrote it, for a browser: two values in `localStorage`, and a place for the
/// next URL.
///
/// Line by line after that text; it knows nothing of `AdGate`.
struct NaiveBrowser {
    /// Both values are texts there, as all that `localStorage` keeps.
    var localStorage: [String: String] = [:]
    var nextURL: String?
    let home = "/home"
    let adRoute = "/ad"

    /// Loads a URL and gives the one at which the browser ends up.
    mutating func pageLoads(_ url: String) -> String {
        // The ad's route itself runs none of this.
        if url == adRoute { return url }
        // Anytime a page loads, first compare the current URL against currentPage in localStorage.
        if localStorage["currentPage"] != url {
            // If different, set adHasRun to false.
            localStorage["adHasRun"] = "false"
        }
        // If home page, regardless if same or different, set adHasRun to false.
        if url == home {
            localStorage["adHasRun"] = "false"
        }
        // After the logic to set adHasRun, set currentPage in localStorage.
        localStorage["currentPage"] = url
        // Check to see if an ad should be run: if adHasRun is false and this isn't home, redirect.
        if localStorage["adHasRun"] == "false" {
            if url != home {
                nextURL = url
                return adRoute
            }
        }
        nextURL = nil
        return url
    }

    /// Upon ad completion: set adHasRun to true, redirect to the next URL, and load it.
    mutating func adCompletes() -> String? {
        localStorage["adHasRun"] = "true"
        guard let url = nextURL else { return nil }
        nextURL = nil
        return pageLoads(url)
    }
}
