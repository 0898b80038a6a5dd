// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target: Swift 6 mode, warnings are errors, imports say what they re-export.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Rooms are optimized in debug builds, too: the tests live by running thousands of simulated hours through
/// them, which takes minutes otherwise.
let swift: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func room(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swift)
}

func program(_ name: String, _ dependencies: [Target.Dependency], embeds: [String] = []) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, resources: embeds.map { .embedInCode($0) },
        swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies, exclude: exclude,
        swiftSettings: strict)
}

/// The dependency lists below are the house's fences: `Game` and `Engine` reach no clock, socket or file
/// because nothing they depend on has one.
let package = Package(
    name: "PixelWars",
    products: [
        .executable(name: "pixelwars-server", targets: ["Server"]),
        .executable(name: "pixelwars", targets: ["TUI"]),
        .executable(name: "pixelwars-bot", targets: ["Bot"]),
        .executable(name: "pixelwars-bench", targets: ["Bench"]),
        .executable(name: "pixelwars-sim", targets: ["Simulate"]),
    ],
    targets: [
        .systemLibrary(name: "CUV"),
        .systemLibrary(name: "CHTTPParser"),
        .systemLibrary(name: "CWslay"),
        .systemLibrary(name: "COpenSSL"),
        .systemLibrary(name: "CZlib"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CPNG"),
        .systemLibrary(name: "CNcurses"),
        .systemLibrary(name: "CGetopt"),
        .systemLibrary(name: "CEpoll"),
        .systemLibrary(name: "CQREncode"),

        room("Protocol", ["CZlib"]),
        room("Files", []),
        room("Crypto", ["Files", "COpenSSL"]),
        room("OpenID", ["Protocol", "Crypto"]),
        room("Arguments", ["CGetopt"]),
        room("Processes", []),
        room("Raster", ["Protocol", "CPNG"]),
        room("QRCodes", ["CQREncode"]),
        room("Game", ["Protocol"]),
        room("Engine", ["Game", "Protocol"]),
        room("Telegram", ["Protocol"]),
        room("Transport", ["CUV", "CHTTPParser", "CWslay", "COpenSSL"]),
        room("Storage", ["Engine", "Files", "Game", "Processes", "Protocol", "CSQLite"]),
        room("Client", ["Protocol", "Transport", "Crypto", "Files"]),
        room("Simulation", ["Engine", "Game", "Protocol", "Client", "Telegram"]),

        program(
            "Server",
            [
                "Engine", "Game", "Protocol", "Telegram", "Transport", "Storage", "Crypto", "OpenID",
                "Raster",
                "Arguments", "Files", "Processes",
            ],
            embeds: [
                "openapi.yaml", "planets.json", "words.json", "arcade.json", "base_colors.json", "skins",
                "ads",
            ]),
        program(
            "TUI",
            [
                "Client", "Protocol", "Transport", "Raster", "QRCodes", "Arguments", "Files", "Processes",
                "CNcurses",
            ],
            embeds: ["base_colors.json", "planets.json"]),
        program(
            "Bot", ["Client", "Protocol", "Transport", "Raster", "Arguments", "Files"], embeds: ["words.json"]
        ),
        program(
            "Bench",
            [
                "Client", "Engine", "Game", "Protocol", "Transport", "Crypto", "Raster", "Storage",
                "Arguments", "Processes",
                "CEpoll",
            ],
            embeds: ["words.json"]),
        program("Simulate", ["Simulation", "Protocol", "Arguments"]),

        // A scripted server for the tests of clients.
        .target(
            name: "Stage", dependencies: ["Client", "Protocol", "Transport", "Crypto"], path: "Tests/Stage",
            swiftSettings: strict),

        // What fuzzing begins with and what it found, for the tests of several rooms.
        .target(name: "Corpus", dependencies: ["Protocol"], path: "Tests/Corpus", swiftSettings: strict),

        tests("Arguments", []),
        tests("Files", []),
        tests("Processes", []),
        tests("Protocol", ["Corpus"], exclude: ["Golden"]),
        tests("Crypto", []),
        tests("OpenID", ["Crypto", "Protocol", "COpenSSL", "Corpus"]),
        tests("Raster", ["Protocol"]),
        tests("QRCodes", []),
        tests("Game", ["Protocol"]),
        tests("Engine", ["Game", "Protocol"]),
        tests("Telegram", ["Protocol", "Corpus"]),
        tests("Transport", []),
        tests("Storage", ["Engine", "Game", "Protocol", "CSQLite"], exclude: ["Releases"]),
        tests("Client", ["Game", "Protocol", "Transport", "Crypto", "Stage"]),
        tests("Simulation", ["Engine", "Game", "Protocol"], exclude: ["seeds.txt"]),
        tests(
            "Server",
            [
                "Arguments", "Engine", "Files", "OpenID", "Processes", "Protocol", "Storage", "Telegram",
                "Transport", "Crypto", "Corpus",
            ]),
        tests("Bench", ["Engine", "Game", "Protocol"]),
        tests("Bot", ["Arguments", "Files", "Protocol", "Raster", "Stage", "Transport"]),
        tests(
            "TUI",
            ["Arguments", "Client", "Processes", "Protocol", "Raster", "QRCodes", "Transport", "Crypto"],
            exclude: ["Goldens"]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["Client", "Protocol", "Transport", "Crypto", "Raster"],
            exclude: ["Contract", "Emulator"], swiftSettings: strict),
        .testTarget(name: "HouseTests", swiftSettings: strict),
    ]
)
