import Protocol

/// The words of puzzles that the program carries.
enum BuiltInStock {
    /// Read once; a release whose own words can't be read was never tested.
    static let puzzles: PuzzleStock = {
        do throws(Failure) {
            return try PuzzleStock(json: PackageResources.words_json)
        } catch {
            preconditionFailure("the built-in words: \(error.message)")
        }
    }()
}
