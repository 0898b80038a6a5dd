extension DecoderProperty {
    /// Holds the property on what libFuzzer hands over, and stops the program where it is broken.
    func mustHold(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
        let bytes = Array(UnsafeBufferPointer(start: data, count: size))
        if let broken = broken(by: bytes) { fatalError("\(self): \(broken)") }
        return 0
    }
}
