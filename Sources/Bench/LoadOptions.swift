/// What a measurement was asked to do.
struct LoadOptions {
    /// Clients that get every frame.
    var clients = 1_000
    /// Placements a second in all.
    var pixelsPerSecond = 8_000
    /// The length of the window that is measured.
    var seconds = 10.0
    /// The tick of servers that batch.
    var tickMs = 25
    /// Clients that keep whole copies.
    var replicas = 20
    /// Clients of the control run that has the same work coming in and next to none going out.
    var controlClients = 20
    /// Whether to look for each server's highest rate.
    var saturates = false
    /// Whether to print JSON.
    var printsJSON = false
    /// The server's program, where it isn't beside this one.
    var server: String?
    /// Connections that do nothing, for `idle`.
    var connections = 5_000
    /// Guests who push clicks, for `clicks`.
    var guests = 5_000
    /// Between two pushes of a guest.
    var pushSeconds = 5
    /// How guests push.
    var clickForm = ClickForm.http
    /// Relays that run at once, for `relays`.
    var relays = 200
    /// Players in each.
    var relayPlayers = 8
    /// Servers under load.
    var targets: [TargetKind] = [.pixelwars]
}
