"""Reads the tables and geometries of ESRI shapefiles."""

import struct

#: Kinds of record.
POLYLINE, POLYGON = 3, 5


def dbf_rows(path):
    """The rows of a dBASE file as dictionaries of strings."""
    data = path.read_bytes()
    count, header, size = struct.unpack_from("<IHH", data, 4)
    fields, at = [], 32
    while data[at] != 0x0D:
        fields.append((data[at : at + 11].split(b"\0")[0].decode("ascii"), data[at + 16]))
        at += 32
    for start in range(header, header + count * size, size):
        row, at = {}, start + 1
        for name, width in fields:
            row[name] = data[at : at + width].decode("utf-8").strip("\0 ")
            at += width
        yield row


def shp_parts(path, kind):
    """The parts of each record of a shapefile of one kind, in the order of the records."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        words = struct.unpack_from(">I", data, at + 4)[0]
        found, parts, points = struct.unpack_from("<i32xii", data, at + 8)
        if found != kind:
            raise SystemExit(f"{path.name} holds a record of another kind than {kind}")
        starts = [*struct.unpack_from(f"<{parts}i", data, at + 52), points]
        values = struct.unpack_from(f"<{2 * points}d", data, at + 52 + 4 * parts)
        pairs = list(zip(values[0::2], values[1::2]))
        yield [pairs[a:b] for a, b in zip(starts, starts[1:])]
        at += 8 + 2 * words
