import Glibc

/// A variable of the environment that is set for a while.
struct EnvironmentVariable {
    private let name: String
    private let former: String?

    /// Sets the variable.
    init(_ name: String, _ text: String) {
        self.name = name
        former = getenv(name).map { String(cString: $0) }
        setenv(name, text, 1)
    }

    /// Makes it what it was.
    func restore() {
        if let former { setenv(name, former, 1) } else { unsetenv(name) }
    }
}
