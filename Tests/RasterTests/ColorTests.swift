import Protocol
import Raster
import Testing

@Suite struct ColorTests {
    func color(_ hex: String) throws -> Palette.Color { try #require(Palette.Color(hex: hex)) }

    @Test(
        "a color goes to the xterm number that looks like it",
        arguments: [
            ("#000000", 16), ("#ffffff", 231), ("#ff0000", 196), ("#00ff00", 46), ("#0000ff", 21),
            ("#808080", 244), ("#5f87af", 67), ("#080808", 232), ("#eeeeee", 255),
        ] as [(String, UInt8)])
    func xterm(hex: String, number: UInt8) throws {
        #expect(TerminalColors.nearest256(to: try color(hex)) == number)
    }

    @Test("every fixed xterm color is nearest to itself, so that nothing drifts when converted twice")
    func fixedPoints() {
        for (index, color) in TerminalColors.cubeAndGrays.enumerated() {
            let number = Int(TerminalColors.nearest256(to: color)) - 16
            #expect(TerminalColors.cubeAndGrays[number] == color, "number \(index + 16)")
        }
    }

    @Test(
        "a color goes to the one of sixteen that looks like it",
        arguments: [
            ("#000000", 0), ("#ffffff", 15), ("#fe0000", 9), ("#d00000", 1), ("#777777", 8), ("#e0e0e0", 7),
            ("#ffff10", 11),
        ] as [(String, UInt8)])
    func sixteen(hex: String, number: UInt8) throws {
        #expect(TerminalColors.nearest16(to: try color(hex)) == number)
    }

    @Test("a palette's own colors are nearest to themselves, others go by look")
    func nearest() throws {
        for (index, color) in fourColors.colors.enumerated() {
            #expect(fourColors.nearest(to: color) == UInt8(index))
        }
        #expect(fourColors.nearest(to: try color("#e04040")) == 2)
        #expect(fourColors.nearest(to: try color("#202080")) == 3)
        #expect(fourColors.nearest(to: try color("#d0d0d0")) == 1)
        #expect(fourColors.nearest(to: try color("#101010")) == 0)
    }

    @Test("transparent pixels become no cell")
    func transparency() {
        let image = RasterImage(width: 3, height: 1, rgba: [255, 0, 0, 255, 255, 0, 0, 127, 0, 0, 250, 128])
        #expect(image.cells(in: fourColors) == [2, nil, 3])
    }

    @Test("luminance runs from black to white, green being the brightest part")
    func luminance() throws {
        #expect(TerminalColors.luminance(of: try color("#000000")) == 0)
        #expect(abs(TerminalColors.luminance(of: try color("#ffffff")) - 1) < 0.000_1)
        #expect(
            TerminalColors.luminance(of: try color("#00ff00"))
                > TerminalColors.luminance(of: try color("#ff00ff")))
    }
}
