/// A skin's file, read with the project's base colors.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.skinJSON.broken(by:), data, size)
}
