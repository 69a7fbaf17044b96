"""Reads the boundary rings of the `timezonefinder-data` package, exactly.

Layout 3 of that package: every ring is cut into blocks of 128 vertices. A block stores, bit-packed, the
offsets of its longitudes and then of its latitudes from the block's own origin, in steps of 10 units of
1e-7 degree; each axis starts on a 32-bit word; the last value of a block repeats the first vertex of the
next one. Origins and bit widths are in numpy files beside the payload, which is a FlatBuffers file.
"""

import json
import struct

import numpy as np

UNITS_PER_DEGREE = 10_000_000
UNITS_PER_STEP = 10
BLOCK_VERTICES = 128
WORD_BITS = 32
LAYOUT_VERSION = 3


class FlatTable:
    """One FlatBuffers table in a buffer: just enough to read scalars and vectors."""

    def __init__(self, buffer, position):
        self.buffer, self.position = buffer, position
        self.vtable = position - struct.unpack_from("<i", buffer, position)[0]
        self.vtable_size = struct.unpack_from("<H", buffer, self.vtable)[0]

    def field(self, index):
        """Byte position of field `index`, or `None` when it has its default value."""
        slot = 4 + 2 * index
        if slot >= self.vtable_size:
            return None
        offset = struct.unpack_from("<H", self.buffer, self.vtable + slot)[0]
        return self.position + offset if offset else None

    def vector(self, index):
        """Byte position of the first element of vector field `index`, and the number of elements."""
        at = self.field(index)
        start = at + struct.unpack_from("<I", self.buffer, at)[0]
        return start + 4, struct.unpack_from("<I", self.buffer, start)[0]


def payloads(path):
    """The packed words of every ring stored in a `coordinates.bin`."""
    buffer = path.read_bytes()
    if buffer[4:8] != b"TZFP":
        raise SystemExit(f"{path.name} is not a polygon file of timezonefinder-data")
    root = FlatTable(buffer, struct.unpack_from("<I", buffer, 0)[0])
    version = struct.unpack_from("<H", buffer, root.field(1))[0]
    if version != LAYOUT_VERSION:
        raise SystemExit(f"{path.name} has layout {version}, this reads {LAYOUT_VERSION}")
    start, count = root.vector(0)
    rings = []
    for element in range(start, start + 4 * count, 4):
        table = FlatTable(buffer, element + struct.unpack_from("<I", buffer, element)[0])
        rings.append(np.frombuffer(buffer, "<u4", *reversed(table.vector(0))))
    return rings


def unpack(words, start, width, count):
    """`count` unsigned values of `width` bits each, least significant first, from word `start` on."""
    used = -(-count * width // WORD_BITS)
    bits = np.unpackbits(words[start : start + used].view(np.uint8), bitorder="little")
    weights = np.int64(1) << np.arange(width, dtype=np.int64)
    return bits[: count * width].reshape(count, width).astype(np.int64) @ weights, start + used


class Rings:
    """The rings of one collection (`boundaries` or `holes`)."""

    def __init__(self, folder):
        self.payloads = payloads(folder / "coordinates.bin")
        self.vertices = np.load(folder / "nr_vertices.npy")
        self.block_offsets = np.load(folder / "block_offsets.npy")
        self.west = np.load(folder / "block_bases.npy")
        self.south = np.load(folder / "block_ranges.npy")[:, 0]
        self.widths = np.load(folder / "block_widths.npy")

    def ring(self, index):
        """Ring `index` as a list of (lon, lat) in whole units of 1e-7 degree, not closed."""
        words, left, at, ring = self.payloads[index], int(self.vertices[index]), 0, []
        for block in range(self.block_offsets[index], self.block_offsets[index + 1]):
            own = min(left, BLOCK_VERTICES)
            width_x, width_y = (int(width) for width in self.widths[block])
            xs, at = unpack(words, at, width_x, own + 1)
            ys, at = unpack(words, at, width_y, own + 1)
            xs = xs[:own] * UNITS_PER_STEP + int(self.west[block])
            ys = ys[:own] * UNITS_PER_STEP + int(self.south[block])
            ring.extend(zip(xs.tolist(), ys.tolist()))
            left -= own
        return ring


class TimezoneBoundaries:
    """The zone polygons of the package, in degrees."""

    def __init__(self, data):
        self.names = (data / "timezone_names.txt").read_text(encoding="utf-8").split()
        self.zone_starts = np.load(data / "zone_positions.npy")
        self.boundaries = Rings(data / "boundaries")
        self.holes = Rings(data / "holes")
        self.hole_refs = np.load(data / "holes" / "poly_ref.npy")
        self.registry = json.loads((data / "hole_registry.json").read_text(encoding="utf-8"))

    def hole(self, index):
        """A hole is either stored with the holes or is the outline of another zone's polygon."""
        reference = int(self.hole_refs[index])
        return self.boundaries.ring(reference) if reference >= 0 else self.holes.ring(-reference - 1)

    def polygons(self, zone):
        """The polygons of one zone: lists of rings, outer first, of (lon, lat) in degrees.

        The division of a whole number of units by 10^7 gives the double nearest to the decimal value, whose
        shortest form has at most 7 decimals again: nothing is lost on the way to the file and back.
        """
        number = self.names.index(zone)
        polygons = []
        for index in range(int(self.zone_starts[number]), int(self.zone_starts[number + 1])):
            count, first = self.registry.get(str(index), (0, 0))
            rings = [self.boundaries.ring(index), *(self.hole(first + k) for k in range(count))]
            polygons.append([[(x / UNITS_PER_DEGREE, y / UNITS_PER_DEGREE) for x, y in ring] for ring in rings])
        return polygons
