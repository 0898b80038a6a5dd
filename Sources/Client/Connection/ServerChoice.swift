/// Which server a program speaks to.
public enum ServerChoice {
    /// Where a server listens unless told otherwise.
    public static let standardURL = "http://127.0.0.1:8080"

    /// The URL given, else `PIXELWARS_URL` where it isn't empty, else the one of a config file, else the standard
    /// one.
    public static func url(
        _ given: String?, environment: (String) -> String?, configured: String? = nil
    ) -> String {
        let variable = environment("PIXELWARS_URL").flatMap { $0.isEmpty ? nil : $0 }
        return given ?? variable ?? configured ?? standardURL
    }
}
