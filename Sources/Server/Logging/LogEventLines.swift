import Engine
import Game
import Protocol

extension Log {
    /// Writes what the engine wants logged.
    func write(_ event: LogEvent) {
        let line = Line(event)
        write(line.level, line.event, line.fields)
    }

    /// What is written of an event.
    struct Line {
        let level: LogLevel
        let event: String
        let fields: KeyValuePairs<String, Value>

        init(_ level: LogLevel, _ event: String, _ fields: KeyValuePairs<String, Value> = [:]) {
            self.level = level
            self.event = event
            self.fields = fields
        }
    }
}

extension Log.Line {
    /// Words for what the engine wants logged: ids, numbers and the contract's words, and of texts only what
    /// the server or its host wrote.
    init(_ event: LogEvent) {
        self =
            switch event {
            case .storageRefusing(.full):
                Self(.error, "storage_refuses_writes", ["reason": "no space left; trying again each second"])
            case .storageRefusing(.broken(let reason)):
                Self(
                    .error, "storage_refuses_writes",
                    ["reason": .text("\(reason); reads only until a restart")])
            case .storageRecovered:
                Self(.warning, "storage_takes_writes_again")
            case .evicted(let connection, let account, let bytes):
                Self(
                    .info, "evicted_slow_client",
                    [
                        "connection": .number(Int64(connection.rawValue)),
                        "account": .text(account.description),
                        "unsent_bytes": .number(Int64(bytes)),
                    ])
            case .registered(let account): Self(.info, "registered", ["account": .text(account.description)])
            case .signedIn(let account, let session):
                Self(.info, "signed_in", Self.signIn(account, session))
            case .queued(let account, let position):
                Self(
                    .info, "queued",
                    ["account": .text(account.description), "position": .number(Int64(position))])
            case .playing(let account): Self(.info, "playing", ["account": .text(account.description)])
            case .left(let account): Self(.info, "left", ["account": .text(account.description)])
            case .wentAFK(let account, let event):
                Self(.info, "afk", ["account": .text(account.description), "by": .text(event.rawValue)])
            case .replaced(let account):
                Self(.info, "socket_replaced", ["account": .text(account.description)])
            case .admissionPaused(let pause):
                Self(.warning, "admission_paused", ["reason": .text(pause.rawValue)])
            case .admissionResumed: Self(.warning, "admission_resumed")
            case .signedOut(let account, let session):
                Self(.info, "signed_out", Self.signIn(account, session))
            case .refreshReused(let account, let session):
                Self(.warning, "refresh_token_reused", Self.signIn(account, session))
            case .renamed(let account): Self(.info, "renamed", ["account": .text(account.description)])
            case .deleted(let account):
                Self(.info, "account_deleted", ["account": .text(account.description)])
            case .kicked(let account): Self(.info, "kicked", ["account": .text(account.description)])
            case .granted(let account, let role):
                Self(
                    .warning, "role_granted",
                    ["account": .text(account.description), "role": .text(role.rawValue)])
            case .presenceCleared(let session):
                Self(.debug, "presence_cleared", ["session": .text(session.description)])
            case .clickGameStarted(let game):
                Self(.info, "click_game_started", ["game": .text(game.description)])
            case .clickGameEnded(let game, let winner):
                Self(
                    .info, "click_game_ended",
                    ["game": .text(game.description), "winner": .text(winner ?? "nobody")])
            case .implausibleClicks(let holder, let isFlagged):
                Self(
                    .warning, "implausible_clicks",
                    ["holder": .text(holder.description), "flagged": .text(isFlagged ? "yes" : "no")])
            case .relayStarted(let relay, let players):
                Self(
                    .info, "relay_started",
                    ["relay": .text(relay.description), "players": .number(Int64(players))])
            case .relayEnded(let relay, let reason):
                Self(
                    .info, "relay_ended",
                    ["relay": .text(relay.description), "reason": .text(reason.rawValue)])
            case .runStarted(let run, let game, let account):
                Self(
                    .info, "run_started",
                    [
                        "run": .text(run.description), "game": .text(game.rawValue),
                        "account": .text(account.description),
                    ])
            case .runEnded(let result, let account):
                Self(.info, "run_ended", Self.run(result, account))
            case .flagged(let account, let reason, let evidence):
                Self(
                    .warning, "flagged",
                    [
                        "account": .text(account.description), "reason": .text(reason.rawValue),
                        "evidence": .text(evidence),
                    ])
            case .loginBonus(let account, let points, let streakDays):
                Self(
                    .info, "login_bonus",
                    [
                        "account": .text(account.description), "points": .number(Int64(points)),
                        "streak_days": .number(Int64(streakDays)),
                    ])
            case .skinBought(let account, let skin):
                Self(
                    .info, "skin_bought",
                    ["account": .text(account.description), "skin": .text(skin.rawValue)])
            case .skinInstalled(let skin): Self(.info, "skin_installed", ["skin": .text(skin.rawValue)])
            case .feedbackGiven(let holder):
                Self(.info, "feedback_given", ["holder": .text(holder.description)])
            case .banned(let account, let reason, let untilMs):
                Self(
                    .warning, "banned",
                    [
                        "account": .text(account.description), "reason": .text(reason),
                        "until": .text(untilMs.map(Timestamp.text(ms:)) ?? "for good"),
                    ])
            case .banEnded(let account): Self(.info, "ban_ended", ["account": .text(account.description)])
            case .knobSet(let knob, let value):
                Self(
                    .warning, "knob",
                    ["name": .text(knob.rawValue), "value": .text(value?.text ?? "as the option says")])
            case .announced(let text): Self(.info, "announced", ["message": .text(text)])
            case .unbanned(let account): Self(.warning, "unbanned", ["account": .text(account.description)])
            case .flagsCleared(let account):
                Self(.info, "flags_cleared", ["account": .text(account.description)])
            case .snapshot(let version, let bytes):
                Self(.debug, "snapshot", ["version": .number(version), "bytes": .number(Int64(bytes))])
            case .newGame(let epoch, let size):
                Self(
                    .info, "new_game",
                    [
                        "epoch": .number(Int64(epoch)), "width": .number(Int64(size.width)),
                        "height": .number(Int64(size.height)),
                    ])
            case .rolledBack(let id, let cells):
                Self(.info, "rolled_back", ["rollback": .number(Int64(id)), "cells": .number(Int64(cells))])
            case .protected(let area): Self(.info, "protected", ["area": .number(Int64(area))])
            case .unprotected(let area): Self(.info, "unprotected", ["area": .number(Int64(area))])
            case .draining(let connections):
                Self(.info, "draining", ["connections": .number(Int64(connections))])
            case .googleLinked(let account):
                Self(.info, "google_linked", ["account": .text(account.description)])
            case .googleUnlinked(let account):
                Self(.info, "google_unlinked", ["account": .text(account.description)])
            case .historyDamaged(let version):
                Self(.error, "history_damaged", ["version": .number(version)])
            }
    }

    private static func run(_ result: RunResult, _ account: Identifier) -> KeyValuePairs<String, Log.Value> {
        [
            "run": .text(result.run.description), "game": .text(result.game.rawValue),
            "account": .text(account.description), "reason": .text(result.reason.rawValue),
            "score": .number(Int64(result.score)), "points": .number(Int64(result.profilePoints)),
        ]
    }

    private static func signIn(_ account: Identifier, _ session: Identifier) -> KeyValuePairs<
        String, Log.Value
    > {
        ["account": .text(account.description), "session": .text(session.description)]
    }
}
