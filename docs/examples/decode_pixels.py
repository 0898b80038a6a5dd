#!/usr/bin/env python3
"""Decodes `pixels` frames of pixelwars.v1.binary: a frame in hex a line on stdin, its JSON form a line on
stdout. Written from docs/protocol.md alone, to show all that a reader of the frames needs."""
import json
import sys


class Bits:
    def __init__(self, data):
        self.data, self.position = data, 0

    def take(self, count):
        value = 0
        for _ in range(count):
            byte = self.data[self.position >> 3]
            value = value << 1 | byte >> (7 - (self.position & 7)) & 1
            self.position += 1
        return value


def integer(data, offset):
    """LEB128 of a 64-bit two's complement number: the value and where it ends."""
    value = shift = 0
    while True:
        byte = data[offset]
        value |= (byte & 0x7F) << shift
        offset, shift = offset + 1, shift + 7
        if byte < 0x80:
            return (value - (1 << 64) if value >> 63 else value), offset


def decode(data):
    kind, offset = data[0], 1
    message = {"type": "pixels"}
    assert kind & 0x7F == 3, "not a pixels frame"
    if kind & 0x80:
        message["reply_to"], offset = integer(data, offset)
    message["from"], offset = integer(data, offset)
    length, offset = integer(data, offset)
    message["to"] = message["from"] + length
    message["epoch"], offset = integer(data, offset)
    count, offset = integer(data, offset)
    message["pixels"] = pixels = []
    if count == 0:
        return message
    width, offset = integer(data, offset)
    parameter, color_bits = data[offset] & 31, (data[offset] >> 5) + 1
    bits, cell = Bits(data[offset + 1:]), -1
    for _ in range(count):
        ones = 0
        while ones < 8 and bits.take(1):
            ones += 1
        gap = bits.take(24) if ones == 8 else ones << parameter | bits.take(parameter)
        cell += gap + 1
        pixels.append([cell % width, cell // width, bits.take(color_bits)])
    return message


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(decode(bytes.fromhex(line)), separators=(",", ":")))
