/// How long an answer may be used again, as its headers say (RFC 9111 §5.2.2, §5.1).
public enum Freshness {
    /// Seconds from now; nil where the headers say nothing.
    public static func seconds(cacheControl: String?, age: String?) -> Int? {
        guard let cacheControl else { return nil }
        var maxAge: Int?
        for part in cacheControl.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = trimmed(pair[0]).lowercased()
            if name == "no-store" || name == "no-cache" { return 0 }
            guard name == "max-age", pair.count == 2 else { continue }
            let digits = trimmed(pair[1]).filter { $0 != "\"" }
            guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int(digits) else {
                return 0
            }
            maxAge = min(maxAge ?? value, value)
        }
        guard let maxAge else { return nil }
        let spent = age.flatMap { Int(trimmed($0[...])) } ?? 0
        return max(0, maxAge - max(0, spent))
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = text.drop(while: isBlank)
        return String(start.prefix(start.count - start.reversed().prefix(while: isBlank).count))
    }
}
