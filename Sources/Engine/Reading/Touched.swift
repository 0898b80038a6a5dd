import Game
import Protocol

// The cells that ever got a pixel, packed once a version whoever asks.
extension ServerEngine {
    /// Answers with the mask at the durable version, packed if the latest one is older.
    mutating func touched(
        for id: RequestID, ifNoneMatch: String?, by caller: Caller, at now: Moment,
        into effects: inout [Effect]
    ) {
        let tag = TouchedAnswer.entityTag(epoch: canvas.epoch, version: canvas.durableVersion)
        if let ifNoneMatch, Self.matches(ifNoneMatch, tag) {
            effects.append(.respond(id, .notModified(entityTag: tag)))
        } else if let refusal = spend(.touched, of: caller, at: now) {
            effects.append(.respond(id, .failure(refusal)))
        } else if let answer = touched.picture(of: canvas.durableVersion) {
            effects.append(.respond(id, .touched(answer)))
        } else {
            touched.wait(.request(id), for: canvas.durableVersion)
            packTouchedIfDue(into: &effects)
        }
    }

    private mutating func packTouchedIfDue(into effects: inout [Effect]) {
        guard touched.isDue else { return }
        touched.start(canvas.durableVersion)
        effects.append(
            .packTouched(canvas.durableTouched, epoch: canvas.epoch, version: canvas.durableVersion))
    }

    /// Hands the mask out to all whom it answers, and has the next one packed where someone still waits.
    mutating func touchedPacked(_ answer: TouchedAnswer, into effects: inout [Effect]) {
        for asker in touched.finish(answer) {
            self.answer(asker, .touched(answer), message: .ok, into: &effects)
        }
        packTouchedIfDue(into: &effects)
    }
}
