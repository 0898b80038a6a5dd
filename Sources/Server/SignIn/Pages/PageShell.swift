import Transport

/// What all pages share: the document around them, and headers that let a browser do nothing but show them.
enum PageShell {
    /// Markup; texts from outside go in through `HTMLText`.
    struct Page {
        let title: String
        let body: String
        /// Where the browser goes next by itself.
        var next: String?
    }

    /// A page as an answer.
    ///
    /// - Parameters:
    ///   - host: where the player is, shown beside the name.
    ///   - cookie: what the browser is to keep.
    static func response(
        _ page: Page, status: Int = 200, host: String, cookie: String? = nil, retryAfterMs: Int? = nil
    ) -> HTTPResponse {
        var headers: HTTPHeaders = [
            "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store",
            "Content-Security-Policy": policy, "X-Frame-Options": "DENY",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin", "X-Robots-Tag": "noindex",
        ]
        if let cookie { headers.add("Set-Cookie", cookie) }
        if let retryAfterMs { headers.add("Retry-After", String(max(1, (retryAfterMs + 999) / 1000))) }
        return HTTPResponse(status: status, headers: headers, body: Array(document(page, host: host).utf8))
    }

    /// Nothing is loaded, no script runs, forms come back here and nobody frames the page.
    ///
    /// The way to the provider is no form's: browsers hold a form's policy against every redirect after it.
    private static let policy =
        "default-src 'none'; style-src \(PageStyle.source); form-action 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'"

    private static func document(_ page: Page, host: String) -> String {
        let next = page.next.map { "<meta http-equiv=\"refresh\" content=\"0;url=\(HTMLText.escaped($0))\">" }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            \(next ?? "<meta name=\"color-scheme\" content=\"light dark\">")
            <title>\(HTMLText.escaped(page.title)) · Pixel Wars</title>
            <style>\(PageStyle.css)</style>
            </head>
            <body>
            <main>
            <header>\(logo)<div><b>PIXEL WARS</b><span>\(HTMLText.escaped(host))</span></div></header>
            \(page.body)
            </main>
            </body>
            </html>

            """
    }

    /// A small canvas that somebody has painted a heart on.
    private static let logo: String = {
        let rows = [
            "bbbbbbbbb", "brrbbbrrb", "rwrrbrrrr", "rwrrrrrrr", "rrrrrrrry", "brrrrrryb", "bbrrrrybb",
            "bbbrrybbb", "bbbbrbbbb",
        ]
        let colors: [Character: String] = [
            "b": "#312e81", "r": "#f43f5e", "w": "#ffe4e6", "y": "#be123c",
        ]
        var squares = ""
        for (y, row) in rows.enumerated() {
            for (x, letter) in row.enumerated() where letter != "b" {
                squares +=
                    "<rect x=\"\(x)\" y=\"\(y)\" width=\"1\" height=\"1\" fill=\"\(colors[letter] ?? "")\"/>"
            }
        }
        return "<svg viewBox=\"-1 -1 11 11\" aria-hidden=\"true\" shape-rendering=\"crispEdges\">"
            + "<rect x=\"-1\" y=\"-1\" width=\"11\" height=\"11\" fill=\"\(colors["b"] ?? "")\"/>\(squares)</svg>"
    }()
}

/// Texts in markup.
enum HTMLText {
    /// The text with all that means something in markup or in a quoted attribute escaped.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
