// The standard library composes and decomposes text for its own comparisons but shows it to callers only
// under this name; the alternative would be all of Foundation.
@_spi(_Unicode) import Swift

extension String {
    /// The text in Unicode's normal form C, so that equal texts are equal bytes too.
    var composed: String {
        var scalars = String.UnicodeScalarView()
        for scalar in _nfc { scalars.append(scalar) }
        return String(scalars)
    }
}
