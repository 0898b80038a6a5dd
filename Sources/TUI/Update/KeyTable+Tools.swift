extension KeyTable {
    /// Those that know the canvas and find ways on it.
    static let toolEntries: [Entry] = [
        tool("w", .inspect, "who placed this"),
        tool("f", .follow, "follow who placed it"),
        tool("F", .followSomeone, "follow by name or id"),
        tool("v", .nextLens, "heat, untouched, plain"),
        tool("b", .addBookmark, "bookmark this place"),
        tool("B", .bookmarks, "go to a bookmark"),
        tool("y", .copyPlace, "copy x,y to paste"),
        tool("a", .tour, "tour of busy places"),
        tool("T", .template, "template from a PNG"),
        tool("t", .templateMode, "ghost, marks, off"),
        tool("m", .moveTemplate, "move the template"),
        tool("e", .nextWrong, "next wrong pixel"),
        tool("%", .progress, "template's progress"),
        tool("s", .signs, "signs for colors"),
    ]

    private static func tool(_ key: Unicode.Scalar, _ tool: CanvasTool, _ words: String) -> Entry {
        Entry(section: .tools, words: words, keys: [(KeyPress(key), .tool(tool))])
    }
}
