/// A request's method, path, query, If-None-Match and body, a line each.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.route.broken(by:), data, size)
}
