import FoundationEssentials
import Glibc

/// Prints results: tables for people, JSON for programs; progress on standard error.
enum Report {
    /// One line on standard error, after the program's name.
    static func line(_ text: String) {
        let bytes = Array("pixelwars-bench: \(text)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }

    /// One JSON document on standard output.
    static func json(_ value: some Encodable) throws(BenchFailure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            print(String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            throw BenchFailure("the results can't be written as JSON: \(error)")
        }
    }

    /// A table with a line for each name, the columns aligned.
    static func table(head: [String], rows: [[String]]) {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        for (number, row) in all.enumerated() {
            let cells = row.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + gap : gap + row[column]
            }
            print("| " + cells.joined(separator: " | ") + " |")
            if number == 0 {
                let rules = widths.indices.map {
                    $0 == 0
                        ? String(repeating: "-", count: widths[$0])
                        : String(repeating: "-", count: widths[$0] - 1) + ":"
                }
                print("| " + rules.joined(separator: " | ") + " |")
            }
        }
    }

    /// A number with so many digits after the point.
    static func digits(_ value: Double, _ count: Int) -> String {
        guard value.isFinite else { return "–" }
        var scale = 1.0
        for _ in 0..<count { scale *= 10 }
        let rounded = Int((abs(value) * scale).rounded())
        let sign = value < 0 && rounded > 0 ? "-" : ""
        guard count > 0 else { return "\(sign)\(rounded)" }
        let fraction = String(rounded % Int(scale))
        return "\(sign)\(rounded / Int(scale))." + String(repeating: "0", count: count - fraction.count)
            + fraction
    }
}
