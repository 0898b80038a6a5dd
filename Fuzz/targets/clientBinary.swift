/// A client's message in the binary form, as a server reads it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.clientBinary.broken(by:), data, size)
}
