import Client
import Dispatch
import Files
import Glibc
import Protocol
import Raster

/// What the canvas's tools ask for.
extension GamePort {
    /// The questions about cells, on the client's thread.
    static func call(
        _ question: CanvasQuestion, _ client: GameClient, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        func fail(_ failure: Failure) { deliver(.canvas(.failed(question, failure))) }
        switch question {
        case .cell(let place):
            client.cell(x: place.x, y: place.y) { result in
                switch result {
                case .success(let answer): deliver(.canvas(.cell(answer)))
                case .failure(let failure): fail(failure)
                }
            }
        case .latest(let account):
            client.latestCell(of: account) { result in
                switch result {
                case .success(let answer): deliver(.canvas(.latest(answer, of: account)))
                case .failure(let failure): fail(failure)
                }
            }
        case .touched:
            client.touchedCells { result in
                switch result {
                case .success(let mask): deliver(.canvas(.touched(mask.cells, epoch: mask.epoch)))
                case .failure(let failure): fail(failure)
                }
            }
        }
    }

    /// Reads pictures, which takes as long as they are large.
    private static let pictures = DispatchQueue(label: "pixelwars.pictures", qos: .userInitiated)

    static func perform(
        _ wish: DeskWish, _ file: BookmarkFile?, _ deliver: @escaping @Sendable (Report) -> Void
    ) {
        switch wish {
        case .keep(let bookmarks):
            do throws(KeyringError) {
                try file?.save(bookmarks)
            } catch { deliver(.canvas(.bookmarksUnkept(error.description))) }
        case .read(let order, let palette):
            let home = getenv("HOME").map { String(cString: $0) }
            pictures.async {
                switch TemplateFile.read(order, palette, home: home) {
                case .success(let template): deliver(.canvas(.template(template)))
                case .failure(let refusal): deliver(.canvas(.templateRefused(refusal.description)))
                }
            }
        }
    }
}

/// A picture's file, which may be anything at all.
enum TemplateFile {
    /// Why it can't be painted after, in a few words for the screen.
    struct Refusal: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    /// Reads a picture in a palette's colors.
    ///
    /// - Parameter home: what `~` stands for at the start of a path; nil where that is unknown.
    static func read(
        _ order: TemplateOrder, _ palette: Palette, home: String?
    ) -> Result<Template, Refusal> {
        var path = order.file
        if path.hasPrefix("~/"), let home { path = home + path.dropFirst(1) }
        // A pipe in the file's place would never end.
        var status = stat()
        guard stat(path, &status) == 0 else {
            return .failure(Refusal(description: "\(order.name): \(String(cString: strerror(errno)))"))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return .failure(Refusal(description: "\(order.name): not a file"))
        }
        do throws(FileError) {
            let bytes = try WholeFile.read(path, maxBytes: Template.maxFileBytes)
            return template(bytes, order, palette)
        } catch { return .failure(Refusal(description: error.description)) }
    }

    /// Makes a template of a file's bytes.
    static func template(
        _ png: [UInt8], _ order: TemplateOrder, _ palette: Palette
    ) -> Result<Template, Refusal> {
        do throws(RasterError) {
            let picture = try PNGCodec.decode(png, maxPixels: Template.maxPixels)
            let origin = order.place ?? Place(x: 0, y: 0)
            guard let template = Template(picture, palette: palette, name: order.name, origin: origin) else {
                return .failure(Refusal(description: "\(order.name): nothing in it is opaque"))
            }
            return .success(template)
        } catch { return .failure(Refusal(description: "\(order.name): \(error)")) }
    }
}
