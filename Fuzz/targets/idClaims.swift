/// The claims of a token that the provider's own key signed.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    mustHold(TokenProperty.idClaims.broken(by:), data, size)
}
