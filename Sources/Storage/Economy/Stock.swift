public import Protocol

/// What comes with the program and is kept beside what hosts and players add to it.
public struct Stock: Hashable, Sendable {
    /// The colors that skins are made of.
    public var baseColors: BaseColors
    /// Skins for sale.
    public var skins: [Skin]
    /// What is shown before pages.
    public var ads: [Ad]

    /// Joins the parts; the skins are made of these colors, and no id stands twice.
    public init(baseColors: BaseColors, skins: [Skin], ads: [Ad]) {
        self.baseColors = baseColors
        self.skins = skins
        self.ads = ads
    }

    /// Of a program that brings nothing, and so leaves everything as it is kept.
    public static let none = Stock(baseColors: .none, skins: [], ads: [])
}
