import FoundationEssentials
import Glibc
import Processes
import Protocol
import Raster
import Testing

@testable import TUI

/// What is done with ffmpeg, with stand-ins for it that the tests write.
@Suite("A film's encoder", .serialized)
struct FilmEncoderTests {
    /// A directory, perhaps with a program named ffmpeg.
    private func withProgram(_ script: String?, _ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory.path + "/film-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        if let script {
            let program = directory + "/ffmpeg"
            // Another process writes it: a program can't be started while a fork of ours has it open to be written.
            var order = ProcessOrder("sh", ["-c", #"cat >"$0" && chmod 755 "$0""#, program])
            order.inputBytes = 4_096
            let writer = try ChildProcess(order)
            try writer.write(Array("#!/bin/sh\n\(script)\n".utf8))
            writer.closeInput()
            try #require(writer.wait() == .exited(status: 0))
        }
        try body(directory)
    }

    private func encoder(_ directory: String, force: Bool = false) throws -> FilmEncoder {
        try FilmEncoder(
            try order(directory, force: force), width: 1, height: 1, form: .rgb24,
            program: directory + "/ffmpeg")
    }

    private func order(_ directory: String, force: Bool = false) throws -> FilmOrder {
        var words = ["pixelwars", "export", "--timelapse", directory + "/film.mp4"]
        if force { words.append("--force") }
        let invocation = try Invocation.parse(words) { _ in nil }
        guard case .timelapse(let program) = invocation else { throw ProgramFailure("no film") }
        return program.order
    }

    private func files(_ directory: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0 != "ffmpeg" }.sorted()
    }

    /// Writes what it is given to its last argument, which is `file:PATH`.
    private static let copies = #"for last; do :; done; cat > "${last#file:}""#

    @Test("hands every frame over, and the file appears once it is whole")
    func whole() throws {
        try withProgram(Self.copies) { directory in
            let encoder = try encoder(directory)
            let frames = (0..<50).map { [UInt8](repeating: $0, count: 40_000) }
            for frame in frames { try encoder.write(frame) }
            let early = try files(directory)
            #expect(!early.contains("film.mp4"))
            try encoder.finish()
            #expect(try files(directory) == ["film.mp4"])
            let film = try Data(contentsOf: URL(filePath: directory + "/film.mp4"))
            #expect(Array(film) == frames.flatMap { $0 })
        }
    }

    @Test("replaces no file that came meanwhile unless told to")
    func keepsOthers() throws {
        try withProgram(Self.copies) { directory in
            for force in [false, true] {
                let encoder = try encoder(directory, force: force)
                try encoder.write([1, 2, 3])
                try Data("mine".utf8).write(to: URL(filePath: directory + "/film.mp4"))
                if force {
                    try encoder.finish()
                } else {
                    #expect(throws: ProgramFailure.self) { try encoder.finish() }
                    encoder.abandon()
                }
                let film = try Data(contentsOf: URL(filePath: directory + "/film.mp4"))
                #expect(Array(film) == (force ? [1, 2, 3] : Array("mine".utf8)))
                #expect(try files(directory) == ["film.mp4"])
            }
        }
    }

    @Test("tells ffmpeg's own words where it fails, and leaves nothing")
    func fails() throws {
        try withProgram("echo first >&2; echo 'no room for this' >&2; exit 1") { directory in
            let encoder = try encoder(directory)
            let failure = #expect(throws: ProgramFailure.self) {
                // The pipe takes some before the end is seen.
                for _ in 0..<200 { try encoder.write([UInt8](repeating: 0, count: 100_000)) }
                try encoder.finish()
            }
            #expect(failure?.message == "ffmpeg: no room for this")
            encoder.abandon()
            let left = try files(directory)
            #expect(left.isEmpty)
        }
    }

    @Test("that isn't installed is told so")
    func missing() throws {
        try withProgram(nil) { directory in
            let failure = #expect(throws: ProgramFailure.self) {
                _ = try encoder(directory)
            }
            #expect(failure?.message.contains("install it") == true)
            let left = try files(directory)
            #expect(left.isEmpty)
        }
    }

    @Test(
        "abandoned, ends its process and leaves nothing",
        arguments: [FilmEncoderTests.copies, "exec tail -f /dev/null"])
    func abandoned(script: String) throws {
        try withProgram(script) { directory in
            let encoder = try encoder(directory)
            try encoder.write([1, 2, 3])
            encoder.abandon()
            let left = try files(directory)
            #expect(left.isEmpty)
        }
    }
}
