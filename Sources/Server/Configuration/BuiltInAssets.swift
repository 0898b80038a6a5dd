import Protocol

/// What the program carries: the planets of click games, and the words of puzzles.
struct BuiltInAssets {
    let planets: PlanetCatalog
    let puzzleStock: PuzzleStock

    /// Reads them; a release whose own assets can't be read was never tested.
    init() {
        do throws(Failure) {
            planets = try PlanetCatalog(json: PackageResources.planets_json)
            puzzleStock = try PuzzleStock(json: PackageResources.words_json)
        } catch {
            preconditionFailure("a built-in asset: \(error.message)")
        }
    }
}
