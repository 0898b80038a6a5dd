import Dispatch
import Engine
import Protocol
import Raster
import Telegram
import Transport

/// Work too slow for the loop: compression, pictures and forms around them, one at a time on a queue of its own.
struct OffLoop: Sendable {
    private let queue = DispatchQueue(label: "pixelwars.off-loop", qos: .utility)
    private let outcomes: Mailbox<Input>

    /// zlib's fastest level: a canvas of 1000×1000 in milliseconds.
    private static let snapshotLevel = 1

    init(outcomes: Mailbox<Input>) {
        self.outcomes = outcomes
    }

    /// Compresses a canvas; comes back as `.snapshotTaken`.
    func takeSnapshot(_ size: CanvasSize, epoch: Int, version: Version, cells: [UInt8]) {
        queue.async { [outcomes] in
            let zlib = SnapshotCodec.deflate(cells, level: Self.snapshotLevel)
            outcomes.send(
                .snapshotTaken(SnapshotAnswer(size: size, epoch: epoch, version: version, zlib: zlib)))
        }
    }

    /// Compresses the mask of touched cells; comes back as `.touchedPacked`.
    func packTouched(_ mask: CellMask, epoch: Int, version: Version) {
        queue.async { [outcomes] in
            outcomes.send(
                .touchedPacked(
                    TouchedAnswer(mask, epoch: epoch, version: version, level: Self.snapshotLevel)))
        }
    }

    /// Draws a canvas for whoever has no client; comes back as `.viewDrawn`.
    func draw(_ drawing: Drawing, _ head: CanvasHead, caption: String, cells: [UInt8]) {
        queue.async { [outcomes] in
            outcomes.send(.viewDrawn(drawing.bytes(of: head, caption: caption, cells: cells)))
        }
    }

    /// Makes a canvas of the past from a snapshot and changes; comes back as `.historyRestored`.
    func restoreHistory(_ request: RequestID, _ material: HistoryMaterial) {
        queue.async { [outcomes] in
            outcomes.send(.historyRestored(request, material.restored(level: Self.snapshotLevel)))
        }
    }

    /// Draws a canvas as a PNG; comes back as `.pictureDrawn`.
    func renderPNG(_ head: CanvasHead, cells: [UInt8]) {
        queue.async { [outcomes] in
            let png = try? PNGCodec.encode(cells: cells, size: head.size, palette: head.palette, scale: 1)
            outcomes.send(.pictureDrawn(png))
        }
    }

    /// Lays out the body of a call with a file in it; comes back through the mailbox.
    func layOut(
        _ request: BotRequest, _ boundary: FormBoundary, for uploads: Mailbox<TelegramDesk.Upload>
    ) {
        queue.async {
            let (contentType, bytes) = request.body(boundary)
            uploads.send(TelegramDesk.Upload(request: request, contentType: contentType, bytes: bytes))
        }
    }
}
