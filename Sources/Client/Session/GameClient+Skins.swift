public import Protocol
import Transport

// Skins: what there is, what is ours, what we wear.
extension GameClient {
    /// All skins, with which of them are ours.
    public func listSkins(_ answer: @escaping Answer<[SkinOffer]>) {
        call(.skins(.list), answer) { json throws(Failure) in try SkinOffer.list(json: json) }
    }

    /// The colors that skins are made of.
    public func baseColors(_ answer: @escaping Answer<BaseColors>) {
        call(.skins(.colors), answer) { json throws(Failure) in try BaseColors(json: json) }
    }

    /// Buys a skin; refused with `already_owned` or `not_enough_points`, and then nothing is paid.
    public func buy(_ skin: SkinID, _ answer: @escaping Answer<PurchaseAnswer>) {
        call(.skins(.purchase(skin)), answer) { json throws(Failure) in try PurchaseAnswer(json: json) }
    }

    /// Wears a skin, or the standard look; refused with `not_owned` where the skin isn't ours.
    public func wear(_ skin: SkinID?, _ answer: @escaping Answer<MeAnswer>) {
        call(.skins(.wear(skin)), answer) { json throws(Failure) in try MeAnswer(json: json) }
    }

    /// Offers a skin to everyone, which an admin may; the answer says whether it is new, else it took the place of
    /// one with its id.
    ///
    /// - Parameter json: the skin's file.
    public func install(skin json: [UInt8], _ answer: @escaping Answer<Bool>) {
        callForWhole(.skins(.install(json)), answer) { response throws(Failure) in response.status == 201 }
    }
}
