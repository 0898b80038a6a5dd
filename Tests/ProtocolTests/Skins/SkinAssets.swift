import Foundation
import Protocol
import Testing

/// The skins and base colors that the project brings along, as they lie on the disk.
enum SkinAssets {
    private static var folder: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        return root.appending(path: "assets")
    }

    /// The text of assets/base_colors.json.
    static func baseColorsFile() throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "base_colors.json")))
    }

    static func baseColors() throws -> BaseColors { try BaseColors(json: baseColorsFile()) }

    /// The files of assets/skins by name without `.json`, in the order of names.
    static func skinFiles() throws -> [(name: String, json: [UInt8])] {
        let skins = folder.appending(path: "skins")
        return try FileManager.default.contentsOfDirectory(atPath: skins.path).sorted().map { file in
            try #require(file.hasSuffix(".json"), "\(file) is no skin's file")
            return (String(file.dropLast(5)), Array(try Data(contentsOf: skins.appending(path: file))))
        }
    }

    static func skins() throws -> [Skin] {
        let colors = try baseColors()
        return try skinFiles().map { try Skin(json: $0.json, colors: colors) }
    }
}
