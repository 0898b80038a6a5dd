import Game
import Protocol
import Testing

@Suite struct AdPickerTests {
    private func ad(_ id: String, weight: Int, startsAt: String? = nil, endsAt: String? = nil) throws -> Ad {
        var text = #"{"id":"\#(id)","title":"T","text":["x"],"seconds":3,"weight":\#(weight)"#
        if let startsAt { text += #","starts_at":"\#(startsAt)""# }
        if let endsAt { text += #","ends_at":"\#(endsAt)""# }
        return try Ad(json: Array((text + "}").utf8))
    }

    /// How often each ad is chosen by the draws from 0 on, as many as the weights' sum.
    private func counts(_ picker: AdPicker, atMs: Int64 = 0, after last: AdID?, draws: UInt64) -> [String:
        Int]
    {
        var counts: [String: Int] = [:]
        for draw in 0..<draws {
            counts[picker.pick(atMs: atMs, after: last, draw: draw)?.id.rawValue ?? "none", default: 0] += 1
        }
        return counts
    }

    @Test("of all residues each ad has exactly its weight")
    func shares() throws {
        let picker = AdPicker([try ad("a", weight: 1), try ad("b", weight: 100), try ad("c", weight: 29)])
        #expect(counts(picker, after: nil, draws: 130) == ["a": 1, "b": 100, "c": 29])
        // And so of any run of as many draws, high ones too.
        let high = UInt64.max - 129
        var chosen: [String: Int] = [:]
        for offset: UInt64 in 0..<130 {
            let ad = try #require(picker.pick(atMs: 0, after: nil, draw: high + offset))
            chosen[ad.id.rawValue, default: 0] += 1
        }
        #expect(chosen == ["a": 1, "b": 100, "c": 29])
    }

    @Test("after an ad the others share the draws by their weights, and it has none")
    func notTwice() throws {
        let ads = [try ad("a", weight: 5), try ad("b", weight: 70), try ad("c", weight: 20)]
        let picker = AdPicker(ads)
        #expect(counts(picker, after: ads[0].id, draws: 90) == ["b": 70, "c": 20])
        #expect(counts(picker, after: ads[1].id, draws: 25) == ["a": 5, "c": 20])
        #expect(counts(picker, after: ads[2].id, draws: 75) == ["a": 5, "b": 70])
    }

    @Test("the only ad is shown again and again")
    func onlyOne() throws {
        let only = try ad("a", weight: 3)
        #expect(counts(AdPicker([only]), after: only.id, draws: 10) == ["a": 10])
    }

    @Test("an ad that was shown last and is gone since changes nothing")
    func goneLast() throws {
        let picker = AdPicker([try ad("a", weight: 2), try ad("b", weight: 3)])
        #expect(counts(picker, after: AdID(rawValue: "gone"), draws: 5) == ["a": 2, "b": 3])
    }

    @Test("ads that aren't on have no share, and where none is on there is none")
    func dates() throws {
        let picker = AdPicker([
            try ad("early", weight: 4, endsAt: "1970-01-01T00:00:10Z"),
            try ad("late", weight: 6, startsAt: "1970-01-01T00:00:05Z", endsAt: "1970-01-01T00:00:20Z"),
        ])
        #expect(counts(picker, atMs: 0, after: nil, draws: 4) == ["early": 4])
        #expect(counts(picker, atMs: 5_000, after: nil, draws: 10) == ["early": 4, "late": 6])
        #expect(counts(picker, atMs: 10_000, after: nil, draws: 6) == ["late": 6])
        #expect(counts(picker, atMs: 20_000, after: nil, draws: 3) == ["none": 3])
        // The last one is the only one on: better it again than nothing.
        #expect(counts(picker, atMs: 10_000, after: AdID(rawValue: "late"), draws: 6) == ["late": 6])
        #expect(AdPicker([]).pick(atMs: 0, after: nil, draw: 7) == nil)
    }

    @Test("a draw means the same ad in whichever order they came")
    func order() throws {
        let ads = [try ad("a", weight: 5), try ad("b", weight: 7), try ad("c", weight: 2)]
        let picker = AdPicker(ads)
        for shuffled in [[ads[2], ads[0], ads[1]], ads.reversed()] {
            #expect(AdPicker(shuffled) == picker)
        }
    }

    @Test(
        "a holder never sees the same ad twice in a row, and sees each of them",
        arguments: [1, 2, 3] as [UInt64])
    func sequence(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let picker = AdPicker([try ad("a", weight: 100), try ad("b", weight: 1), try ad("c", weight: 9)])
        var last: AdID?
        var seen: Set<AdID> = []
        for _ in 0..<2_000 {
            let ad = try #require(picker.pick(atMs: 0, after: last, draw: generator.next()))
            #expect(ad.id != last)
            seen.insert(ad.id)
            last = ad.id
        }
        #expect(seen == Set(picker.ads.map(\.id)))
    }
}
