/// An answer of a provider's token endpoint, after a byte that chooses its status.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(TokenProperty.tokenAnswer.broken(by:), data, size)
}
