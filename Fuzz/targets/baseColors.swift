/// A file of base colors, or the answer to GET /api/base_colors.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(DecoderProperty.baseColors.broken(by:), data, size)
}
