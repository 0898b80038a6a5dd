import Files
import Glibc
import Protocol

extension SkinFile {
    /// Writes a draft's file, whole or not at all, unless somebody else wrote it since it was read here.
    ///
    /// - Parameter isForced: whether to write over it in any case.
    func save(_ draft: SkinDraft, bytes: [UInt8], path: String, isForced: Bool) -> SkinFileReport {
        if !isForced, Self.exists(path) {
            // One that can't be read, or is too long for a skin, isn't what it was either.
            let found = try? WholeFile.read(path, maxBytes: Limits.maxSkinBytes)
            guard let found, found == self.bytes, path == self.path else {
                return .changedMeanwhile(path: path)
            }
        }
        do throws(FileError) {
            try WholeFile.write(bytes, to: path, mode: 0o644)
        } catch { return .failed(error.description) }
        return .saved(SkinFile(path: path, bytes: bytes), draft)
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Reads a skin's file; nil where there is none.
    static func read(_ path: String, colors: BaseColors) throws(ProgramFailure) -> (SkinFile, Skin)? {
        guard exists(path) else { return nil }
        // A pipe in the file's place would never end.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw ProgramFailure("\(path): not a file")
        }
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try WholeFile.read(path, maxBytes: Limits.maxSkinBytes)
        } catch { throw ProgramFailure(error.description) }
        do throws(Failure) {
            return (SkinFile(path: path, bytes: bytes), try Skin(json: bytes, colors: colors))
        } catch { throw ProgramFailure("\(path) is no skin: \(PlayerName.displayed(error.message))") }
    }
}
