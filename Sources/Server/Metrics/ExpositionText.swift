/// Lines of the text format, each metric with its help and type.
struct ExpositionText {
    private(set) var text = ""

    /// The two lines before a metric's samples.
    mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample of a whole number; a label's value must need no escape.
    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Int) {
        text += "\(name)\(Self.labels(labels)) \(value)\n"
    }

    /// One sample of seconds.
    mutating func sample(_ name: String, _ labels: [(String, String)], seconds: Double) {
        text += "\(name)\(Self.labels(labels)) \(seconds)\n"
    }

    /// A gauge with one sample.
    mutating func gauge(_ name: String, _ help: String, _ value: Int, _ labels: [(String, String)] = []) {
        head(name, "gauge", help)
        sample(name, labels, value)
    }

    /// A counter with one sample.
    mutating func counter(_ name: String, _ help: String, _ value: Int) {
        head(name, "counter", help)
        sample(name, [], value)
    }

    /// A histogram in seconds: counts up to each bound, and above all of them.
    mutating func histogram(
        _ name: String, _ help: String, boundsUs: [Int64], counts: [Int], seconds: Double
    ) {
        histogram(
            name, help, bounds: boundsUs.map { "\(Double($0) / 1e6)" }, counts: counts, sum: "\(seconds)")
    }

    /// A histogram of whatever its bounds are in.
    mutating func histogram(
        _ name: String, _ help: String, bounds: [String], counts: [Int], sum: String
    ) {
        head(name, "histogram", help)
        var total = 0
        for (index, count) in counts.enumerated() {
            total += count
            sample(name + "_bucket", [("le", index < bounds.count ? bounds[index] : "+Inf")], total)
        }
        text += "\(name)_sum \(sum)\n"
        sample(name + "_count", [], total)
    }

    private static func labels(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",") + "}"
    }
}
