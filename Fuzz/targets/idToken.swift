/// A token, whole or as a change of a good one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(TokenProperty.idToken.broken(by:), data, size)
}
