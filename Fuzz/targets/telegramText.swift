/// The words of a message to the bot.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(UpdateProperty.telegramText.broken(by:), data, size)
}
