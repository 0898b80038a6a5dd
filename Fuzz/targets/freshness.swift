/// Cache-Control and Age, a line each.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(TokenProperty.freshness.broken(by:), data, size)
}
