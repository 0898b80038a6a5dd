// A canvas server on Node.js and Debian's node-ws: one JSON text frame a pixel to everyone, at once.
// The other yardstick for `pixelwars-bench --peer node-json`; its messages are those of `uws.py json`.
"use strict";

const path = require("path");
const { WebSocketServer, WebSocket } = require(path.join(process.env.NODE_WS || "/usr/share/nodejs/ws"));

const width = 1000;
const height = 1000;
const canvas = new Uint8Array(width * height);
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false, maxPayload: 4096 });

server.on("listening", () => console.log(`listening on ${server.address().port}`));
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const { x, y, color } = JSON.parse(data.toString());
    canvas[y * width + x] = color;
    const text = JSON.stringify({ type: "pixel", pixels: [{ x, y, color }] });
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(text);
    }
  });
});
