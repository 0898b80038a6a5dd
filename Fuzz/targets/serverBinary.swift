/// A server's message in the binary form, as a client reads it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.serverBinary.broken(by:), data, size)
}
