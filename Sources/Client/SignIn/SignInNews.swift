public import Protocol

/// What is told of a sign-in by a code.
public enum SignInNews: Hashable, Sendable {
    /// A code was granted, and waits to be confirmed.
    case code(SignInCode)
    /// The server can't be reached, and is asked again.
    case unreachable(String)
    /// It answers again: the code still waits.
    case reachable
    /// Nothing more comes.
    case ended(SignInEnding)
}

/// How a sign-in by a code ended.
public enum SignInEnding: Hashable, Sendable {
    /// The client goes on as this account.
    case signedIn(AccountName)
    /// Google opens the account that the client has, too.
    case linked(AccountName)
    /// The person said no.
    case denied
    /// The code was not confirmed in time.
    case expired
    /// The server offers no sign-in with Google.
    case unavailable
    case refused(Failure)
}
