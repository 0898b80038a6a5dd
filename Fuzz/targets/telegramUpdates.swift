/// An answer to getUpdates.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(UpdateProperty.telegramUpdates.broken(by:), data, size)
}
