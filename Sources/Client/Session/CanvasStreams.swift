public import Protocol
import Transport

// What comes as a zlib stream with headers that say which canvas it is about.
extension GameClient {
    /// The cells that ever got a pixel, at the server's last durable version; refused with `cooldown` where a
    /// spectator asked a moment ago.
    ///
    /// Whoever sets the bits of all cells told by `.changed` since this was asked has the mask of the present, as long as the epoch is the same.
    public func touchedCells(_ completion: @escaping (Result<TouchedMask, Failure>) -> Void) {
        callForWhole(.touched(ifNoneMatch: nil), completion) { response throws(Failure) in
            guard let answer = TouchedAnswer(response) else {
                throw Failure(.badRequest, "it has no proper head")
            }
            return TouchedMask(try answer.mask(), epoch: answer.epoch)
        }
    }
}

/// Which canvas at which version a stream is about, from the headers.
private struct StreamHead {
    let size: CanvasSize
    let epoch: Int
    let version: Version

    /// Reads the headers; nil where one is missing or no number.
    init?(_ response: HTTPResponse) {
        guard let width = response.headers["X-Canvas-Width"].flatMap(Int.init),
            let height = response.headers["X-Canvas-Height"].flatMap(Int.init),
            let size = CanvasSize(width: width, height: height),
            let epoch = response.headers["X-Canvas-Epoch"].flatMap(Int.init),
            let version = response.headers["X-Canvas-Version"].flatMap(Version.init),
            (0...Limits.maxVersion).contains(version)
        else { return nil }
        (self.size, self.epoch, self.version) = (size, epoch, version)
    }
}

extension SnapshotAnswer {
    /// Reads the body with the headers that say what it is; nil where one is missing or no number.
    init?(_ response: HTTPResponse) {
        guard let head = StreamHead(response) else { return nil }
        self.init(size: head.size, epoch: head.epoch, version: head.version, zlib: response.body)
    }
}

extension TouchedAnswer {
    /// Reads the body with the headers that say what it is; nil where one is missing or no number.
    init?(_ response: HTTPResponse) {
        guard let head = StreamHead(response) else { return nil }
        self.init(size: head.size, epoch: head.epoch, version: head.version, zlib: response.body)
    }
}
