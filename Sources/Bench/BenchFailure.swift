/// Why a measurement could not be made, in one line for whoever started it.
struct BenchFailure: Error, Hashable {
    /// The line.
    let message: String

    /// Takes the line.
    init(_ message: String) { self.message = message }
}
