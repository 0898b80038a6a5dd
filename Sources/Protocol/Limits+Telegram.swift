extension Limits {
    // MARK: Telegram

    /// How long Telegram holds a call for updates at most, in seconds.
    public static let telegramPollSeconds = 1...50
    /// Updates that one answer brings.
    public static let maxTelegramUpdates = 50
    /// Numbers that an update may have: those that every reader of JSON knows exactly.
    public static let telegramUpdates: ClosedRange<Int64> = 0...(1 << 53)
    /// The longest answer of Telegram's.
    public static let maxTelegramAnswerBytes = 8 * 1024 * 1024
    /// How long any other call to Telegram may take, in milliseconds.
    public static let telegramCallMs = 20_000
    /// The same for one that sends a picture.
    public static let telegramUploadMs = 120_000
    /// UTF-16 code units in a message: Telegram's own bound.
    public static let maxTelegramMessageUnits = 4_096
    /// Messages that one answer is split into; what is left over is left out.
    public static let maxTelegramParts = 5
    /// The largest photo, in bytes: Telegram's own bound, like the next three.
    public static let maxTelegramPhotoBytes = 10 * 1024 * 1024
    /// A photo's width and height together, in pixels.
    public static let maxTelegramPhotoSides = 10_000
    /// How often a photo's shorter side may go into its longer one.
    public static let maxTelegramPhotoRatio = 20
    /// The largest file, in bytes.
    public static let maxTelegramFileBytes = 50 * 1024 * 1024
    /// How long a question waits for its answer, in milliseconds.
    public static let telegramQuestionMs: Int64 = 120_000
    /// Questions that wait for answers.
    public static let maxTelegramQuestions = 50
    /// The age at which an order is no longer followed, in milliseconds: it was given to a server that wasn't
    /// there.
    public static let telegramStaleMs: Int64 = 600_000
    /// Answers that wait to be sent; further ones are dropped.
    public static let maxTelegramOutbox = 200
    /// How long an answer is tried to be delivered, in milliseconds.
    public static let telegramDeliveryMs: Int64 = 900_000
    /// Pieces of feedback that wait to be told in a chat; of more their number is told.
    public static let maxTelegramNews = 50
    /// Chats that are remembered.
    public static let maxTelegramChats = 200
    /// Orders under way.
    public static let maxTelegramOrders = 16
    /// Pieces of feedback that a list shows.
    public static let telegramFeedbackShown = 10
    /// Between two lines of the log about one stranger, in milliseconds.
    public static let telegramStrangerMs: Int64 = 3_600_000
    /// Strangers that are told apart for that, and lines about them in that time.
    public static let maxTelegramStrangers = 64
    /// The first wait after a call that failed, in milliseconds; each further one is twice as long.
    public static let telegramRetryMs: Int64 = 1_000
    /// The longest of these waits, in milliseconds.
    public static let telegramMaxRetryMs: Int64 = 60_000
    /// The wait after a token was refused, in milliseconds.
    public static let telegramBadTokenMs: Int64 = 900_000
    /// The longest wait that Telegram may ask for, in milliseconds.
    public static let telegramMaxAskedMs: Int64 = 3_600_000
    /// Between two calls for updates that brought nothing, where they aren't held, in milliseconds.
    public static let telegramIdlePollMs: Int64 = 500
    /// How long after the last update Telegram may number them anew, in milliseconds: a day less than its week.
    public static let telegramRenumberMs: Int64 = 6 * 86_400_000
    /// What waits to be kept while storage takes no writes.
    public static let maxUnkeptTelegramRecords = 1_000
    /// The longest file of a token.
    public static let maxTelegramTokenBytes = 256
}
