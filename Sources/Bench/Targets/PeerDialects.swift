/// One JSON text frame a pixel, as Pxls sends it.
struct JSONPixelDialect: Dialect {
    let width: Int
    let height: Int
    let playsOnOpening = true
    let acknowledges = false
    let placementOpcode: UInt8 = 1

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        Array(#"{"type":"pixel","x":\#(cell % width),"y":\#(cell / width),"color":\#(color)}"#.utf8)
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? {
        opcode == 1 ? PixelSpan(count: 1) : nil
    }

    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply { .other }

    func makeReplica() -> any LoadReplica { JSONPixelReplica(width: width, height: height) }
}

/// Frames of 5 bytes a pixel, as rplace.live sends them: the cell in 4 bytes, big-endian, and the color.
struct FiveByteDialect: Dialect {
    let width: Int
    let height: Int
    let playsOnOpening = true
    let acknowledges = false
    let placementOpcode: UInt8 = 2

    func placement(cell: Int, color: UInt8, number: Int) -> [UInt8] {
        let bits = UInt32(cell)
        return [UInt8(bits >> 24), UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255), color]
    }

    func pixels(opcode: UInt8, payload: UnsafeRawBufferPointer) -> PixelSpan? {
        opcode == 2 ? PixelSpan(count: payload.count / 5) : nil
    }

    func reply(to client: LoadClient, _ payload: UnsafeRawBufferPointer) -> Reply { .other }

    func makeReplica() -> any LoadReplica { FiveByteReplica(cellCount: width * height) }
}

/// A canvas kept from JSON frames.
final class JSONPixelReplica: LoadReplica {
    private(set) var cells: [UInt8]
    private let width: Int

    init(width: Int, height: Int) {
        self.width = width
        cells = [UInt8](repeating: 0, count: width * height)
    }

    /// Reads the three numbers of `{"type":"pixel","pixels":[{"x":…,"y":…,"color":…}]}` in their order.
    func apply(_ payload: UnsafeRawBufferPointer, seen: (_ cell: Int, _ color: UInt8) -> Void) {
        var numbers = (0, 0, 0)
        var count = 0
        var isInNumber = false
        for byte in payload {
            if byte >= 48, byte <= 57 {
                if !isInNumber {
                    numbers = (numbers.1, numbers.2, 0)
                    count += 1
                }
                numbers.2 = numbers.2 * 10 + Int(byte - 48)
                isInNumber = true
            } else {
                isInNumber = false
            }
        }
        let cell = numbers.1 * width + numbers.0
        guard count == 3, cells.indices.contains(cell), let color = UInt8(exactly: numbers.2) else { return }
        cells[cell] = color
        seen(cell, color)
    }
}

/// A canvas kept from frames of 5 bytes a pixel.
final class FiveByteReplica: LoadReplica {
    private(set) var cells: [UInt8]

    init(cellCount: Int) { cells = [UInt8](repeating: 0, count: cellCount) }

    func apply(_ payload: UnsafeRawBufferPointer, seen: (_ cell: Int, _ color: UInt8) -> Void) {
        for start in stride(from: 0, to: payload.count - 4, by: 5) {
            let cell = Int(UInt32(bigEndian: payload.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
            guard cells.indices.contains(cell) else { continue }
            cells[cell] = payload[start + 4]
            seen(cell, payload[start + 4])
        }
    }
}
