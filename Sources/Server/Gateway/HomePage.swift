import Crypto
import Protocol
import Transport

/// The page at `/` for browsers: what this is, how it looks now, how to join.
///
/// It needs no script.
enum HomePage {
    /// The page about a canvas.
    ///
    /// - Parameter address: where players find the server, as `PublicAddress` has it: nothing in it means anything
    ///   to a browser or a shell.
    static func response(_ canvas: CanvasAnswer, at address: String) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: [
                ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache"),
                ("Vary", "User-Agent"), ("X-Content-Type-Options", "nosniff"),
                ("Referrer-Policy", "no-referrer"), ("Content-Security-Policy", policy),
            ],
            body: Array(html(canvas, address: address).utf8))
    }

    /// Nothing is loaded but the picture, and no style counts but the one that stands here.
    private static let policy =
        "default-src 'none'; img-src 'self'; "
        + "style-src 'sha256-\(Base64.encode(SHA256.hash(Array(style.utf8))))'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

    private static let style = """
        :root{color-scheme:dark light}
        body{margin:0 auto;max-width:44rem;padding:2rem 1rem;font:1rem/1.5 system-ui,sans-serif;\
        background:#14151a;color:#e8e6e3}
        img{display:block;width:100%;max-height:75vh;object-fit:contain;image-rendering:pixelated;\
        background:#0c0d10;border:1px solid #33353d}
        pre{padding:.75rem 1rem;overflow-x:auto;background:#0c0d10;border:1px solid #33353d}
        a{color:#7fb4ff}
        @media (prefers-color-scheme:light){body{background:#fafaf8;color:#1c1d21}\
        img,pre{background:#fff;border-color:#d5d5d0}a{color:#0b57d0}}
        """

    private static func html(_ canvas: CanvasAnswer, address: String) -> String {
        let size = canvas.head.size
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Pixel Wars</title>
            <style>\(style)</style>
            </head>
            <body>
            <h1>Pixel Wars</h1>
            <p>A canvas that everyone paints, pixel by pixel, from a terminal. Now at version \
            \(canvas.head.version), with \(canvas.players) playing and \(canvas.queued) waiting.</p>
            <img src="/api/canvas.png" alt="The canvas, \(size.width) by \(size.height) pixels" \
            width="\(size.width)" height="\(size.height)">
            <h2>Join</h2>
            <pre>pixelwars play \(address)</pre>
            <h2>Look on</h2>
            <pre>curl \(address)
            curl -N '\(address)/watch?cols='$(tput cols)'&amp;rows='$(tput lines)
            pixelwars watch \(address)</pre>
            <p>Programs find everything in <a href="/openapi.yaml">/openapi.yaml</a>.</p>
            </body>
            </html>

            """
    }
}
