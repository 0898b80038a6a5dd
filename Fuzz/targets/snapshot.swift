/// Two bytes of cell count, least significant first, and a zlib stream.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.snapshot.broken(by:), data, size)
}
