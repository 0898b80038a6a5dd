/// Holds a property on what libFuzzer hands over, and stops the program where it is broken.
func mustHold(_ property: ([UInt8]) -> String?, _ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    if let broken = property(bytes) { fatalError(broken) }
    return 0
}
