/// An answer to any other call to Telegram, after a byte that chooses its status.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(UpdateProperty.telegramReply.broken(by:), data, size)
}
