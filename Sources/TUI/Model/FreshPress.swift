/// Keeps Enter and Space from acting on a scene that they weren't pressed for.
///
/// A terminal sends the same byte for a press and for the repeats of a key that is held down, and a held key begins to
/// repeat only after 200 to 660 ms. So the key that led from one scene to the next means nothing there until it was
/// silent for `silenceMs`, or until something else was pressed.
struct FreshPress: Hashable, Sendable {
    /// What a key is pressed for: the keys' table, and whether an ad's seconds are over, which changes what they do.
    struct Scene: Hashable, Sendable {
        var keys: KeyScene
        var isAdOver: Bool
    }

    /// The latest key, and when it came.
    private var key: KeyPress.Key?
    private var lastMs: Int64 = 0
    /// Whether the scene has changed since that key was fresh.
    private var isCarried = false

    /// Longer than any keyboard waits before it repeats a key.
    static let silenceMs: Int64 = 700

    /// Takes a key and returns whether it may act.
    mutating func take(_ key: KeyPress.Key, nowMs: Int64) -> Bool {
        if key != self.key || nowMs - lastMs >= Self.silenceMs { isCarried = false }
        self.key = key
        lastMs = nowMs
        return !isCarried || !Self.isGuarded(key)
    }

    /// A mouse button was pressed: what is pressed next is meant for what is seen.
    mutating func takeButton() { key = nil }

    /// Another scene is on the screen.
    mutating func changeScene() { isCarried = true }

    private static func isGuarded(_ key: KeyPress.Key) -> Bool { key == .enter || key == .character(" ") }
}

extension Model {
    /// What keys are pressed for now.
    var pressScene: FreshPress.Scene {
        var isAdOver = false
        if case .over? = ads.stop?.stage { isAdOver = true }
        return FreshPress.Scene(keys: keyScene, isAdOver: isAdOver)
    }
}
