"""A canvas server on uWebSockets (through socketify), the yardstick for `pixelwars-bench --peer uws-*`.

It does the least a place-like server can do: takes a placement on a WebSocket, writes it into a canvas in
memory and hands it to uWebSockets' own publish/subscribe. No accounts, no limits, no storage.

    uws.py json            one JSON text frame a pixel, at once (as Pxls does)
    uws.py binary [TICK]   5 bytes a pixel (u32 cell, u8 color), one frame a tick of TICK ms (as rplace.live does)

A placement is 5 bytes in `binary` and {"type":"pixel","x":…,"y":…,"color":…} in `json`. On start it prints
`listening on PORT`.

socketify's App.run() polls its loop without ever waiting. This server runs socketify's libuv loop itself, which
blocks while there is nothing to do, so that its processor time can be read at any load and not only at a full core.
"""

import json
import signal
import sys

from socketify import App, CompressOptions, OpCode

WIDTH = 1000
HEIGHT = 1000
MAX_BACKPRESSURE_BYTES = 64 * 1024 * 1024


def main() -> None:
    mode = sys.argv[1]
    tick_ms = int(sys.argv[2]) if len(sys.argv) > 2 else 25
    canvas = bytearray(WIDTH * HEIGHT)
    pending: list[bytes] = []
    app = App()

    def opened(ws):
        ws.subscribe("canvas")

    def placed_json(ws, message, opcode):
        place = json.loads(message)
        x, y, color = place["x"], place["y"], place["color"]
        canvas[y * WIDTH + x] = color
        app.publish(
            "canvas",
            f'{{"type":"pixel","pixels":[{{"x":{x},"y":{y},"color":{color}}}]}}',
            OpCode.TEXT,
        )

    def placed_binary(ws, message, opcode):
        canvas[int.from_bytes(message[:4], "big")] = message[4]
        pending.append(bytes(message))

    def tick(_):
        if pending:
            app.publish("canvas", b"".join(pending), OpCode.BINARY)
            pending.clear()

    app.ws(
        "/*",
        {
            "compression": CompressOptions.DISABLED,
            "max_payload_length": 4096,
            "max_backpressure": MAX_BACKPRESSURE_BYTES,
            "idle_timeout": 0,
            "open": opened,
            "message": placed_json if mode == "json" else placed_binary,
        },
    )

    def listening(config):
        print(f"listening on {config.port}", flush=True)

    app.listen({"host": "127.0.0.1", "port": int(sys.argv[3]) if len(sys.argv) > 3 else 0}, listening)
    timer = app.loop.uv_loop.create_timer(tick_ms, tick_ms, tick, None) if mode == "binary" else None
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    app.loop.uv_loop.run()
    del timer


main()
