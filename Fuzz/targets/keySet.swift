/// A provider's key set.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(TokenProperty.keySet.broken(by:), data, size)
}
