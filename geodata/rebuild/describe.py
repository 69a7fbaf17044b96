"""Prints the tables of README.md on the boundary sources, as Markdown. Not a step of the run.

    python3 describe.py --geodata DIR
"""

import argparse
from itertools import combinations
from pathlib import Path

import shapely
from geographiclib.geodesic import Geodesic

from common import CLIP_BOX, read_territories, to_shape, vertices
from measure_accuracy import BORDERS, edges, geodesic_m, outline

SOURCES = ("osm-2026", "osm-2017", "natural-earth-10m", "dcw", "wdb2")

#: An edge of one territory only that is nearer than this to another one lies on water or a gap between the two (the
#: widest, the Aras reservoir in `osm-2017`, is 5 km).
FACING_M = 6000.0

#: A ring further than this from a village of the enclave is another one's.
ENCLAVE_M = 3000.0

#: The enclaves, by the position of a village of each.
ENCLAVES = (
    ("Artsvashen", (45.51556, 40.64611)),
    ("Yukhari Askipara", (45.0233, 41.0661)),
    ("Barkhudarli", (45.2253, 40.9933)),
    ("Karki", (44.94361, 39.78556)),
)


def row(*cells):
    """One line of a table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def kilometres(found):
    """Length of a set of edges in km."""
    return sum(float(geodesic_m(sorted(edge))[0]) for edge in found) / 1000


def all_edges(polygons):
    """The edges of all rings."""
    return {edge for polygon in polygons for ring in polygon for edge in edges(ring + ring[:1])}


def on_clip(edge):
    """Whether an edge lies on the edge of the clip."""
    west, south, east, north = CLIP_BOX
    (ax, ay), (bx, by) = edge
    return (ax == bx and ax in (west, east)) or (ay == by and ay in (south, north))


def faces(edge, others):
    """Whether the middle of an edge is near another territory."""
    (ax, ay), (bx, by) = edge
    middle = shapely.Point((ax + bx) / 2, (ay + by) / 2)
    return any(shapely.dwithin(middle, other, FACING_M / 111000) for other in others)


def border_table(worlds):
    """Common edges of the two largest outlines, in brackets what smaller parts and holes add."""
    print(row("border", *SOURCES))
    print(row(*["---"] * (len(SOURCES) + 1)))
    for first, second, *_ in BORDERS:
        cells = []
        for source in SOURCES:
            one, other = worlds[source][first], worlds[source][second]
            main = kilometres(edges(outline(one)) & edges(outline(other)))
            rest = kilometres(all_edges(one) & all_edges(other)) - main
            cells.append(f"{main:.2f}" + (f" ({rest:.2f})" if rest > 0.005 else ""))
        print(row(f"{first}–{second}", *cells))
    print(row("tripoints", *(tripoints(worlds[source]) for source in SOURCES)))
    print(row("vertices", *(sum(len(vertices(t)) for t in worlds[source].values()) for source in SOURCES)))


def tripoints(world):
    """How many vertices three territories have in common."""
    of = {territory: vertices(polygons) for territory, polygons in world.items()}
    return len({p for a, b, c in combinations(of, 3) for p in of[a] & of[b] & of[c]})


def outline_table(worlds):
    """What the outline of each territory is made of, in km."""
    head = ("source", "territory", "outline", "shared, by neighbour", "clip edge", "facing, not shared", "coast", "other rings")
    print(row(*head))
    print(row(*["---"] * len(head)))
    for source in SOURCES:
        world = worlds[source]
        rings = {territory: edges(outline(polygons)) for territory, polygons in world.items()}
        shapes = {territory: to_shape(polygons) for territory, polygons in world.items()}
        for territory, ring in rings.items():
            left, shared = set(ring), []
            for other, theirs in rings.items():
                common = left & theirs if other != territory else set()
                left -= common
                if common:
                    shared.append(f"{other} {kilometres(common):.1f}")
            clip = {edge for edge in left if on_clip(edge)}
            others = [shape for other, shape in shapes.items() if other != territory]
            facing = {edge for edge in left - clip if faces(edge, others)}
            parts = (ring, clip, facing, left - clip - facing, all_edges(world[territory]) - ring)
            whole, clip, facing, coast, rest = (f"{kilometres(part):.1f}" for part in parts)
            print(row(source, territory, whole, ", ".join(shared), clip, facing, coast, rest))


def ring_facts(ring):
    """Area and perimeter of a ring on the ellipsoid."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    _, perimeter, area = polygon.Compute(False, True)
    return f"{abs(area) / 1e6:.2f} km², {perimeter / 1000:.1f} km"


def near(ring, where):
    """Whether a ring is around a point or not further from it than an enclave may be."""
    return shapely.dwithin(shapely.Polygon(ring), where, ENCLAVE_M / 111000)


def enclave_cell(world, point):
    """The ring at the point that is no territory's outline, and which territories have it."""
    where, found = shapely.Point(point), []
    for territory, polygons in world.items():
        for polygon in polygons:
            for k, ring in enumerate(polygon):
                if ring + ring[:1] != outline(polygons) and near(ring, where):
                    found.append((shapely.Polygon(ring).area, f"{'hole of' if k else 'part of'} {territory}", ring))
    if not found:
        return "in " + ", ".join(t for t, polygons in world.items() if to_shape(polygons).contains(where)) + ", no ring"
    smallest = min(found)[2]
    holders = sorted({who for _, who, ring in found if set(ring) == set(smallest)})
    return ring_facts(smallest) + ": " + ", ".join(holders)


def main():
    """Read the sources, print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--geodata", required=True, help="folder with boundaries/")
    folder = Path(arguments.parse_args().geodata) / "boundaries"
    worlds = {source: read_territories(folder / f"{source}.geojson") for source in SOURCES}
    border_table(worlds)
    print()
    outline_table(worlds)
    print()
    print(row("enclave", *SOURCES))
    print(row(*["---"] * (len(SOURCES) + 1)))
    for name, point in ENCLAVES:
        print(row(name, *(enclave_cell(worlds[source], point) for source in SOURCES)))


if __name__ == "__main__":
    main()
