import CWslay

final class FrameReaderPool {
}
