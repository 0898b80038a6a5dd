public import Protocol

/// Which cells ever got a pixel, and of which canvas that is said.
public struct TouchedMask: Hashable, Sendable {
    /// The cells.
    public var cells: CellMask
    /// The epoch that they are of; in another one, others were touched.
    public var epoch: Int

    /// Joins the parts.
    public init(_ cells: CellMask, epoch: Int) {
        self.cells = cells
        self.epoch = epoch
    }
}
