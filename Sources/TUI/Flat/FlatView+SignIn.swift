import Client

/// A sign-in with Google, in words.
extension FlatView {
    var signIn: [Announcement] {
        let (before, now) = (old.signIn, new.signIn)
        if now.trouble != before.trouble, let trouble = now.trouble {
            return [Announcement(.signIn, "\(trouble); trying again")]
        }
        guard now.stage != before.stage || now.method != before.method else { return [] }
        switch now.stage {
        case .choosing where before.isUnderWay: return [Announcement(.signIn, "no longer waiting")]
        case .choosing where now.method != before.method && now.method == .key:
            return [Announcement(.signIn, "this device's key signs you in from now on")]
        case .choosing: return []
        case .asking: return [Announcement(.signIn, "asking for a code")]
        case .pending(let pending):
            let left = Spelled.minutes(milliseconds: Int(clamping: pending.endsMs - new.clockMs))
            return [
                Announcement(.signIn, "in a browser on any device, open \(pending.code.address)"),
                Announcement(.signIn, "and enter the code \(FlatWords.spelled(pending.code.userCode))"),
                Announcement(.signIn, "it can be entered for \(left); google cancel waits no more"),
            ]
        case .ended(let ending):
            switch ending {
            case .signedIn, .linked: return [Announcement(.signIn, new.words(for: ending))]
            case .denied, .expired, .refused:
                return [Announcement(.error, new.words(for: ending) + "; google again asks for another code")]
            case .unavailable: return [Announcement(.error, new.words(for: ending))]
            }
        }
    }
}
