import Testing

extension EndToEnd.OfServers {
    /// Google sign-in from a terminal and by ID tokens, with a stand-in for the provider over real HTTP.
    @Suite struct GoogleTests {
        @Test("signs in, links, and takes nothing that is forged, foreign, stale or shown twice")
        func holds() throws {
            let scratch = try ScratchDirectory()
            let client = try ChildProcess(
                "/usr/bin/python3",
                [
                    "-B", ContractTests.folder + "/google.py", ChildProcess.path(of: "pixelwars-server"),
                    scratch.path,
                ],
                environment: ["PYTHONUNBUFFERED": "1"], in: scratch.path)
            let said = try client.output()
            let end = try client.wait()
            #expect(end == .exited(0), "\(said)\(client.errors)")
            #expect(said.hasSuffix("ok google\n"))
        }
    }
}
