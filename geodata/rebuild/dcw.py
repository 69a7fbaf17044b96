"""Reads the Digital Chart of the World out of the package `gmt-dcw`.

Each state is a list of rings, its coordinates packed as 16-bit steps over the state's own range of longitude and
latitude: step 0 is `min`, step 65534 is `max`, and 65535 begins a ring. (The attribute `scale` counts 65535 steps
and is one too many; with it the far corner of a state would miss `max`.) So the copies of one border in two states
are rounded to two grids, of 4 m (Armenia) to 220 m (Russia). `common_vertices` gives them back what they had in common.
"""

import h5py
import numpy as np
import shapely

from common import CLIP_BOX, assemble, from_shape, meets, open_ring, package_dir, simple_loops, to_shape, vertices

#: Finest grid first: where two states have the same vertex, the first one's copy of it is taken.
STATES = ("AM", "AZ", "GE", "TR", "IR", "RU")

#: The largest packed value of a coordinate; the next one begins a ring.
LAST_STEP = 65534

#: A vertex is the same in two states if its copies are no further apart than half a step of both grids together, and
#: this much: some copies were rounded twice (measured: the widest pair is at 1.19, the next different vertices at 3.6).
ROUNDING = 1.25

#: A point of Nakhchivan west of 45 degrees (Sadarak), where the file has no polygon (see `western_piece`).
SADARAK = (44.88, 39.70)


def read_axis(file, state, axis):
    """The packed values of one axis, its values in degrees and its step in degrees."""
    variable = file[f"{state}_{axis}"]
    low, high = (float(variable.attrs[name][0]) for name in ("min", "max"))
    packed = variable[:].astype(np.int64)
    if packed[packed <= LAST_STEP].max() != LAST_STEP:
        raise SystemExit(f"dcw: {state} {axis} does not reach step {LAST_STEP}")
    step = (high - low) / LAST_STEP
    return packed, [round(low + value * step, 7) for value in packed.tolist()], step


def read_state(file, state):
    """The rings of one state as closed lists of points, repeats included, and its steps of longitude and latitude."""
    packed, lon, lon_step = read_axis(file, state, "lon")
    _, lat, lat_step = read_axis(file, state, "lat")
    starts = np.flatnonzero(packed > LAST_STEP).tolist()
    rings = [list(zip(lon[a + 1 : b], lat[a + 1 : b])) for a, b in zip(starts, [*starts[1:], len(lon)])]
    return [ring for ring in rings if meets(ring, CLIP_BOX)], np.array([lon_step, lat_step])


def candidates(ring, other, tolerance):
    """Pairs (position in `ring`, position in `other`) of vertices that may be the same one."""
    points = np.array(other)
    tree = shapely.STRtree(shapely.points(points))
    boxes = [shapely.box(x - tolerance[0], y - tolerance[1], x + tolerance[0], y + tolerance[1]) for x, y in ring]
    first, second = tree.query(boxes, predicate="intersects")
    return list(zip(first.tolist(), second.tolist()))


def runs(pairs):
    """Length of the run of consecutive pairs that each pair is in, in the better of both directions."""
    length = {}
    for direction in (1, -1):
        before, after = {}, {}
        for i, j in sorted(pairs):
            before[i, j] = before.get((i - 1, j - direction), 0) + 1
        for i, j in sorted(pairs, reverse=True):
            after[i, j] = after.get((i + 1, j + direction), 0) + 1
        for pair in pairs:
            length[pair] = max(length.get(pair, 0), before[pair] + after[pair] - 1)
    return length


def common_vertices(states):
    """Rings by state, in which a vertex that a state of a finer grid has too is that state's, bit for bit.

    Vertices are matched in runs: at least two consecutive ones within what the two roundings allow. A lone vertex
    that happens to be near is left.
    """
    raw, final = {}, {}
    for state, (rings, step) in states.items():
        final[state] = []
        for ring in rings:
            found = {}
            for finer, (others, finer_step) in raw.items():
                for k, other in enumerate(others):
                    for (i, j), run in runs(candidates(ring, other, (step + finer_step) / 2 * ROUNDING)).items():
                        offset = np.abs(np.subtract(ring[i], other[j])).sum()
                        if run >= 2 and (i not in found or (-run, offset) < found[i][0]):
                            found[i] = ((-run, offset), final[finer][k][j])
            final[state].append([found[i][1] if i in found else point for i, point in enumerate(ring)])
        raw[state] = (rings, step)
    return final


def without_inner_copies(rings):
    """The rings less those that are there twice, once each way round: a hole and the island in it, of one state."""
    keys = [frozenset(ring) for ring in rings]
    return [ring for ring, key in zip(rings, keys) if keys.count(key) == 1]


def western_piece(states):
    """What no polygon covers around Sadarak, between the outlines of Armenia, Iran, Türkiye and Nakhchivan.

    The charts were digitised in tiles of five degrees. The piece of Azerbaijan west of 45 degrees is missing in the
    file, while its neighbours have their borders with it.
    """
    edges = {
        frozenset(edge)
        for rings in states.values()
        for ring in rings
        for edge in zip(ring, ring[1:] + ring[:1])
        if all(44 < lon < 46 and 38 < lat < 41 for lon, lat in edge)
    }
    lines = [shapely.LineString(edge) for edge in sorted(map(sorted, edges))]
    faces = shapely.get_parts(shapely.polygonize(lines))
    around = [face for face in faces if face.contains(shapely.Point(SADARAK))]
    if len(around) != 1:
        raise SystemExit("dcw: no face around Sadarak")
    return from_shape(around[0])


def joined(polygons, piece):
    """The union, which must have no vertex of its own."""
    union = from_shape(shapely.union(to_shape(polygons), to_shape(piece)))
    if not vertices(union) <= vertices(polygons) | vertices(piece):
        raise SystemExit("dcw: the union has new vertices")
    return union


def dcw(packages):
    """State to polygons from `dcw-gmt.nc`."""
    path = package_dir(packages, "gmt-dcw") / "usr/share/gmt-dcw/dcw-gmt.nc"
    with h5py.File(path, "r") as file:
        packed = {state: read_state(file, state) for state in STATES}
    rings = {state: [open_ring(ring) for ring in found] for state, found in common_vertices(packed).items()}
    rings = {state: without_inner_copies([r for r in found if len(r) >= 3]) for state, found in rings.items()}
    states = {
        state: assemble([loop for ring in found for loop in simple_loops(ring)]) for state, found in rings.items()
    }
    states["AZ"] = joined(states["AZ"], western_piece(rings))
    return states
