import QRCodes
import Testing

struct QRCodeTests {
    @Test func `a short text takes the smallest code, 21 modules on a side`() throws {
        let code = try #require(QRCode("HELLO"))
        #expect(code.side == 21)
    }

    /// Three corners carry the finder, whose rings readers look for; the fourth doesn't.
    @Test func `finders stand in three corners`() throws {
        let code = try #require(QRCode("https://example.org/device?user_code=WDJB-MJHT"))
        let last = code.side - 7
        for (left, top) in [(0, 0), (last, 0), (0, last)] {
            for row in 0..<7 {
                for column in 0..<7 {
                    let ring = max(abs(row - 3), abs(column - 3))
                    #expect(code.isDark(column: left + column, row: top + row) == (ring != 2))
                }
            }
        }
    }

    @Test func `everything around the code is light`() throws {
        let code = try #require(QRCode("HELLO"))
        for at in -QRCode.quietModules..<code.side + QRCode.quietModules {
            #expect(!code.isDark(column: -1, row: at))
            #expect(!code.isDark(column: code.side, row: at))
            #expect(!code.isDark(column: at, row: -1))
            #expect(!code.isDark(column: at, row: code.side))
        }
    }

    /// Recorded with `qrencode -t ASCII -m 0 -l L HELLO`, another program over the same matrix.
    @Test func `the modules are those that qrencode prints`() throws {
        let code = try #require(QRCode("HELLO"))
        let rows = (0..<code.side).map { row in
            String((0..<code.side).map { code.isDark(column: $0, row: row) ? "#" : " " })
        }
        #expect(rows == Self.hello)
    }

    @Test(arguments: ["", String(repeating: "a", count: QRCode.maxTextBytes + 1), "a\0b"])
    func `a text that is empty, too long or holds a zero has no code`(text: String) {
        #expect(QRCode(text) == nil)
    }

    @Test func `the longest text has one`() {
        #expect(QRCode(String(repeating: "a", count: QRCode.maxTextBytes), correction: .medium) != nil)
    }

    private static let hello = [
        "#######  #  # #######",
        "#     # #  #  #     #",
        "# ### #  #    # ### #",
        "# ### # #  #  # ### #",
        "# ### #   ### # ### #",
        "#     # ### # #     #",
        "####### # # # #######",
        "          ###        ",
        "##### ####  ## # # # ",
        "# #  #      #  # ####",
        "      # #### #  ##  #",
        " ##### #  #    ##    ",
        " ##  ## #### #  # #  ",
        "        ## ####  # ##",
        "####### # # # ##  # #",
        "#     #  ######  #  #",
        "# ### # #   #  #  #  ",
        "# ### # # # #  #  #  ",
        "# ### # #  # #  # #  ",
        "#     # # #    ## # #",
        "####### #  # #  # #  ",
    ]
}
