import Client
import Glibc
import Protocol
import Transport

/// `pixelwars health`: what the terminal can do, why it is used as it is, and whether the rest is in place.
struct HealthProgram: Hashable, Sendable {
    var url: ServerURL
    var profile: String
    var settings: Settings
    var configFile: ConfigFile?
    /// What is wrong with what was set; nil where nothing is.
    var configProblem: String?
    var isJSON: Bool

    private static let timeoutMs = 2_000

    /// Looks at the terminal that the program was started on, and at the rest.
    func report() -> HealthReport {
        report(terminal: .here) { name in getenv(name).map { String(cString: $0) } }
    }

    /// Everything that was found.
    func report(terminal: TerminalSurvey, environment: (String) -> String?) -> HealthReport {
        var problems = [configProblem, terminal.problem(environment: environment)].compactMap(\.self)
        let sections = [
            terminal.section(settings, environment: environment), config(),
            account(environment, &problems), server(&problems),
        ]
        return HealthReport(sections: sections, problems: problems)
    }

    private func config() -> HealthReport.Section {
        let state = configProblem != nil ? "wrong" : configFile?.exists == true ? "read" : "absent"
        return HealthReport.Section(
            name: "config",
            facts: [
                .init("file", configFile.map { .text(PlayerName.displayed($0.path)) } ?? .null),
                .init("state", .text(state)),
            ])
    }

    private func account(
        _ environment: (String) -> String?, _ problems: inout [String]
    ) -> HealthReport.Section {
        var facts: [HealthReport.Fact] = [.init("profile", .text(profile))]
        do throws(KeyringError) {
            let keyring = try Keyring.standard(environment: environment)
            facts.append(
                .init("key_file", .text(PlayerName.displayed("\(keyring.directory)/\(profile).key"))))
            let hasKey = try keyring.hasKey(profile: profile)
            facts.append(.init("has_key", .flag(hasKey), hasKey ? nil : "made when you first play"))
        } catch { problems.append(PlayerName.displayed(error.description)) }
        return HealthReport.Section(name: "account", facts: facts)
    }

    private func server(_ problems: inout [String]) -> HealthReport.Section {
        var facts: [HealthReport.Fact] = [.init("url", .text(url.description))]
        let startMs = Monotonic.nowMs
        do throws(ProgramFailure) {
            let answer = try OneRequest.answer(to: Route.health.request, of: url, timeoutMs: Self.timeoutMs)
            facts.append(.init("answers", .flag(answer.status == 200)))
            facts.append(.init("answer_ms", .number("\(Monotonic.nowMs - startMs)")))
            if answer.status != 200 { problems.append("\(url) answers with status \(answer.status)") }
        } catch {
            facts.append(.init("answers", .flag(false)))
            problems.append(PlayerName.displayed(error.message))
        }
        return HealthReport.Section(name: "server", facts: facts)
    }
}
