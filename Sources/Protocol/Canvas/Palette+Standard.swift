extension Palette {
    /// The 32 colors that players of the large canvas events know, white first as the ground.
    ///
    /// Greys from white to black, then around the color wheel, three shades of each; the same stand in
    /// assets/palettes/standard.json.
    public static let standard = Palette(unchecked: [
        0xFFFFFF, 0xD4D7D9, 0x898D90, 0x515252, 0x000000,
        0x6D001A, 0xBE0039, 0xFF4500, 0xFFA800, 0xFFD635, 0xFFF8B8,
        0x00A368, 0x00CC78, 0x7EED56, 0x00756F, 0x009EAA, 0x00CCC0,
        0x2450A4, 0x3690EA, 0x51E9F4, 0x493AC1, 0x6A5CFF, 0x94B3FF,
        0x811E9F, 0xB44AC0, 0xE4ABFF, 0xDE107F, 0xFF3881, 0xFF99AA,
        0x6D482F, 0x9C6926, 0xFFB470,
    ])
}

extension Palette {
    /// Reads a palette file, `{"name":…,"colors":["#rrggbb",…]}`; a failure says what is wrong with it.
    public init(json: [UInt8]) throws(Failure) {
        let fields = try JSONFields(json)
        _ = try fields.string("name")
        self = try fields.palette("colors")
    }

    /// The palette file of these colors.
    public func json(name: String) -> [UInt8] {
        JSONWriter.object {
            $0.field("name", name)
            $0.field("colors", hexes)
        }
    }
}
