import Arguments
import Glibc

/// Why the program ends without having done what it was asked, in one line for the host.
protocol FailureWithMessage: Error {
    /// The line.
    var message: String { get }
}

/// Does what the program is for; where that fails, says why and ends it.
func runOrExit<Cause: FailureWithMessage>(_ program: String, _ body: () throws(Cause) -> Void) {
    do throws(Cause) {
        try body()
    } catch {
        Console.complain(program, error.message)
        exit(1)
    }
}
