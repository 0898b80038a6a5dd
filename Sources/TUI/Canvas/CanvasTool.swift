import Protocol

/// What a key does to know the canvas and to find one's way on it; the raw value is its name in a config file.
enum CanvasTool: String, Hashable, Sendable, CaseIterable {
    /// Opens the box that tells who placed the cell at the cursor, or closes it.
    case inspect = "who_placed"
    /// Follows whoever placed the cell at the cursor.
    case follow
    /// Asks whom to follow.
    case followSomeone = "follow_someone"
    case nextLens = "next_lens"
    /// Asks for a name to remember the place by.
    case addBookmark = "add_bookmark"
    case bookmarks
    case copyPlace = "copy_place"
    /// Asks for a picture to paint after.
    case template
    case templateMode = "template_mode"
    case moveTemplate = "move_template"
    case nextWrong = "next_wrong"
    /// Opens the box that tells how far the template is, or closes it.
    case progress
    /// Shows a sign for each color, or hides them.
    case signs
    case tour
}

/// What is typed or chosen over the canvas.
enum ToolPrompt: Hashable, Sendable {
    /// A name for a place that is to be remembered.
    case bookmarkName(LineEditor)
    /// The remembered places, with the number of the chosen one.
    case bookmarks(choice: Int)
    /// A picture's file, and perhaps its place.
    case template(LineEditor)
    /// The template is moved by keys; where it was before.
    case movingTemplate(from: Place)
    /// A player's name or id.
    case follow(LineEditor)

    /// Whether characters are text.
    var isTyped: Bool {
        switch self {
        case .bookmarkName, .template, .follow: true
        case .bookmarks, .movingTemplate: false
        }
    }
}

/// What the canvas's tools want done outside the model.
enum DeskWish: Hashable, Sendable {
    /// The bookmarks are to outlive the program.
    case keep(Bookmarks)
    /// A picture is to be read, in a palette's colors.
    case read(TemplateOrder, Palette)
}
