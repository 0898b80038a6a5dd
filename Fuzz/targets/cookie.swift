/// Cookie headers, a line each, after a byte that says whether over TLS.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(CookieProperty.cookie.broken(by:), data, size)
}
