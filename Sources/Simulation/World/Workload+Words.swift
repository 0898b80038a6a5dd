extension Workload {
    /// The words that the simulated server's puzzles are made of, as `PuzzleStock` reads them.
    public static let words: [UInt8] = Array(
        """
        {"people":["Ann","Bob","Cat","Dan","Eve"],"things":["lamp","sock","kite","drum","bell"],
        "categories":[
        {"name":"mammal","kin":"animal","words":["bear","wolf","zebra","camel","otter","moose","horse","sheep"]},
        {"name":"fruit","kin":"food","words":["apple","mango","grape","peach","lemon","banana","cherry","olive"]},
        {"name":"metal","kin":"matter","words":["gold","iron","silver","copper","nickel","zinc","titanium","cobalt"]}
        ]}
        """.utf8)
}
