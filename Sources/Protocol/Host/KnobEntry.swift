/// A setting that can be changed while a server runs, as a host sees it.
public struct KnobEntry: Hashable, Sendable, Codable {
    /// The option's name without its dashes: `max-players`.
    public var name: String
    /// What counts now, as the option would be given.
    public var value: String
    /// What counts where the knob isn't set: the option's or its variable's value, else the default.
    public var option: String
    /// Whether the knob is set, and beats the option.
    public var isSet: Bool
    /// What it may be, as in "a whole number from 1 to 100".
    public var wanted: String

    /// Joins the parts.
    public init(name: String, value: String, option: String, isSet: Bool, wanted: String) {
        self.name = name
        self.value = value
        self.option = option
        self.isSet = isSet
        self.wanted = wanted
    }
}
