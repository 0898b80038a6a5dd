import Foundation
import Protocol
import Raster
import Testing

@testable import TUI

@Suite struct TemplateFileTests {
    private static let order = TemplateOrder("dir/sun.png@3,4")

    private static func png(width: Int = 4, height: Int = 3) throws -> [UInt8] {
        let size = try #require(CanvasSize(width: width, height: height))
        let cells = (0..<size.cellCount).map { UInt8($0 % 32) }
        return try PNGCodec.encode(cells: cells, size: size, palette: .standard)
    }

    @Test("a picture becomes a template at its place")
    func good() throws {
        let template = try TemplateFile.template(Self.png(), try #require(Self.order), .standard).get()
        #expect(template.name == "sun.png" && template.origin == Place(x: 3, y: 4))
        #expect(template.width == 4 && template.cells == (0..<12).map { UInt8($0) })
    }

    @Test("bytes that are no picture, or a damaged one, are told of in one line and never crash")
    func hostile() throws {
        let order = try #require(Self.order)
        let png = try Self.png(width: 40, height: 30)
        var samples: [[UInt8]] = [
            [], [0], Array("GIF89a".utf8), Array(png.prefix(8)), Array(png.dropLast(20)),
        ]
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            var bytes = png
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            samples.append(bytes)
        }
        var refused = 0
        for bytes in samples {
            switch TemplateFile.template(bytes, order, .standard) {
            case .success(let template): #expect(template.cells.count == template.width * template.height)
            case .failure(let refusal):
                refused += 1
                #expect(refusal.description.hasPrefix("sun.png: ") && !refusal.description.contains("\n"))
            }
        }
        #expect(refused >= 5)
    }

    @Test("a picture that claims to be huge takes no memory")
    func huge() throws {
        var png = try Self.png()
        // The header's width and height, and its checksum.
        let header: [UInt8] = [0x49, 0x48, 0x44, 0x52, 0, 0, 0x40, 0, 0, 0, 0x40, 0] + Array(png[24..<29])
        png.replaceSubrange(12..<29, with: header)
        var crc: UInt32 = 0xffff_ffff
        for byte in header {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xedb8_8320 }
        }
        crc = ~crc
        for (offset, shift) in [24, 16, 8, 0].enumerated() {
            png[29 + offset] = UInt8(crc >> UInt32(shift) & 255)
        }
        let result = TemplateFile.template(png, try #require(Self.order), .standard)
        guard case .failure(let refusal) = result else {
            Issue.record("16384 × 16384 pixels were taken")
            return
        }
        #expect(refusal.description == "sun.png: the picture is too large: 16384x16384 pixels")
    }

    @Test("files are read by their path, ~ is home, and what is no file is told of")
    func files() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "template-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try Data(Self.png()).write(to: directory.appending(path: "a@b.png"))
        #expect(mkfifo(directory.appending(path: "pipe").path(), 0o600) == 0)
        func read(_ text: String) throws -> String {
            let order = try #require(TemplateOrder(text))
            switch TemplateFile.read(order, .standard, home: directory.path()) {
            case .success(let template): return template.name
            case .failure(let refusal): return refusal.description
            }
        }
        #expect(try read("\(directory.path())/a@b.png") == "a@b.png")
        #expect(try read("~/a@b.png@1,2") == "a@b.png")
        #expect(try read("~/none.png") == "none.png: No such file or directory")
        #expect(try read("~/pipe") == "pipe: not a file")
        #expect(try read("/dev/zero") == "zero: not a file")
        #expect(try read(directory.path()).hasSuffix(": not a file"))
    }
}
