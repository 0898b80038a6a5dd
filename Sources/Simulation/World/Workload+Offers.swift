import Protocol

/// What the simulated server offers beside games.
extension Workload {
    private static let colorNames = ["ink", "coral", "sand", "mint"]

    /// The colors that its skins are made of.
    static func baseColors() throws(Failure) -> BaseColors {
        try BaseColors(
            json: Array(
                """
                [{"name":"ink","color":"#101018"},{"name":"coral","color":"#ff7f50"},
                {"name":"sand","color":"#c9a77c"},{"name":"mint","color":"#98ffcc"}]
                """.utf8))
    }

    /// A skin's file.
    static func skin(_ number: Int, price: Int) -> [UInt8] {
        let pair = "\"\(colorNames[number % 4])\",\"\(colorNames[(number + 1) % 4])\""
        return Array(
            """
            {"id":"skin-\(number)","title":"Skin \(number)","author":"Sim","price":\(price),"inputs":{
            "cursor":[\(pair)],"dot":[\(pair)],"trail":[\(pair)],"frame":[\(pair)],
            "palette":["ink","coral","sand","mint"]}}
            """.utf8)
    }

    /// Its ads: one is seen in a second, one takes three, one begins later than everything ends.
    static func ads() throws(Failure) -> [Ad] {
        let files = [
            "\"id\":\"short\",\"title\":\"Short\",\"text\":[\"Play\"],\"seconds\":1,\"weight\":3",
            "\"id\":\"long\",\"title\":\"Long\",\"text\":[\"Paint\"],\"seconds\":3,\"weight\":1",
            "\"id\":\"later\",\"title\":\"Later\",\"text\":[\"Wait\"],\"seconds\":2,\"weight\":9,"
                + "\"starts_at\":\"2030-01-01T00:00:00Z\"",
        ]
        var ads: [Ad] = []
        for file in files { ads.append(try Ad(json: Array("{\(file)}".utf8))) }
        return ads
    }
}
