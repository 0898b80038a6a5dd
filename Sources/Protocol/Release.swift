/// Which release this is, for `--version` and logs.
public enum Release {
    /// Semantic version.
    public static let version = "0.1.0"
}
