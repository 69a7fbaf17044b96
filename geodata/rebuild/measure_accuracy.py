"""Measures how far the border lines of the sources lie from each other; writes `boundaries/offsets.json`.

    python3 measure_accuracy.py --geodata DIR

A border of a source is the chain of edges that the outlines (outer rings of the largest parts) of both territories
have exactly in common. Points every 20 m along it (WGS 84 geodesic) are compared with the nearest point of the border
of `osm-2026`, those of `osm-2026` itself with that of `osm-2017`. `osm-2017` cuts water out, so along rivers the two
outlines are its two banks: as the source of points only its common edges count, as the target the nearer of both
outlines does. Rings of enclaves are left out: `osm-2026` has none. So are points at sea, where only it has a border.

On standard error it prints what no row holds: each source's offsets over all borders together.
"""

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic

from common import read_territories, signed_area

#: Source of the points, source of the line that they are compared with.
COMPARED = (
    ("dcw", "osm-2026"),
    ("natural-earth-10m", "osm-2026"),
    ("osm-2017", "osm-2026"),
    ("osm-2026", "osm-2017"),
    ("wdb2", "osm-2026"),
)

METHOD = (
    "Geodesic distance on WGS 84, to better than 0.1 % (nearest edge in Mercator, scaled at the point), of points every 20 m "
    "along the border of one source (edges common to the outlines of both territories) from the border of the other "
    "source (where that has cut the water out: from the nearer bank); enclaves and points at sea left out."
)

#: Sources whose rivers are cut out.
WITHOUT_WATER = ("osm-2017",)

#: Two territories and the border's pair and part: `main`, or the subdivision that it is the border of.
BORDERS = (
    ("AM", "AZ", "AM-AZ", "main"),
    ("AM", "AZ-NX", "AM-AZ", "AZ-NX"),
    ("AM", "GE", "AM-GE", "main"),
    ("AM", "IR", "AM-IR", "main"),
    ("AM", "TR", "AM-TR", "main"),
    ("AZ", "GE", "AZ-GE", "main"),
    ("AZ", "IR", "AZ-IR", "main"),
    ("AZ-NX", "IR", "AZ-IR", "AZ-NX"),
    ("AZ", "RU", "AZ-RU", "main"),
    ("AZ-NX", "TR", "AZ-TR", "AZ-NX"),
    ("GE", "RU", "GE-RU", "main"),
    ("GE", "TR", "GE-TR", "main"),
    ("IR", "TR", "IR-TR", "main"),
)

SPACING_M = 20

#: A point further than this from the land of `osm-2017` is at sea (about 2 km).
COAST_DEGREES = 0.02

#: WGS 84.
MAJOR_M = 6378137.0
ECCENTRICITY_2 = 0.0066943799901413165


def outline(polygons):
    """The outer ring of the largest part, closed."""
    ring = max((polygon[0] for polygon in polygons), key=lambda outer: abs(signed_area(outer)))
    return ring + ring[:1]


def edges(ring):
    """The edges of a closed ring without direction."""
    return {frozenset(edge) for edge in zip(ring, ring[1:])}


def common_chains(ring, other):
    """The runs of edges of `ring` that `other` has too, each as a list of points."""
    shared = edges(other)
    flags = [frozenset(edge) in shared for edge in zip(ring, ring[1:])]
    if all(flags):
        return [ring]
    start = flags.index(False)
    points, flags = ring[:-1][start:] + ring[:-1][:start], flags[start:] + flags[:start]
    chains, chain = [], []
    for k, flag in enumerate(flags):
        if flag:
            chain = chain or [points[k]]
            chain.append(points[(k + 1) % len(points)])
        elif chain:
            chains.append(chain)
            chain = []
    return [*chains, chain] if chain else chains


def geodesic_m(chain):
    """Geodesic length of each edge of a chain."""
    inverse = Geodesic.WGS84.Inverse
    mask = Geodesic.DISTANCE
    return np.array([inverse(a[1], a[0], b[1], b[0], mask)["s12"] for a, b in zip(chain, chain[1:])])


def spaced(chain, lengths):
    """Points every 20 m along a chain, as an array of (lon, lat)."""
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.arange(0.0, along[-1], SPACING_M)
    lon, lat = np.array(chain).T
    return np.column_stack([np.interp(at, along, lon), np.interp(at, along, lat)])


def mercator(points):
    """Conformal plane coordinates (radians at the equator), in which the nearest edge is the nearest one on the ground."""
    e = np.sqrt(ECCENTRICITY_2)
    lat = np.radians(points[:, 1])
    y = np.arcsinh(np.tan(lat)) - e * np.arctanh(e * np.sin(lat))
    return np.column_stack([np.radians(points[:, 0]), y])


def ground_m(points, plane_distance):
    """Small plane distances of the Mercator plane in metres on the ground, by the scale at each point."""
    sin = np.sin(np.radians(points[:, 1]))
    return plane_distance * MAJOR_M * np.sqrt(1 - sin**2) / np.sqrt(1 - ECCENTRICITY_2 * sin**2)


def offsets_m(points, chains):
    """Distance of each point from the nearest edge of the chains."""
    lines = np.concatenate([np.stack([p[:-1], p[1:]], axis=1) for p in (mercator(np.array(c)) for c in chains)])
    tree = shapely.STRtree(shapely.linestrings(lines))
    _, distance = tree.query_nearest(shapely.points(mercator(points)), return_distance=True, all_matches=False)
    return ground_m(points, distance)


def summary(offsets):
    """Median, 95 % and largest offset, rounded to the decimetre."""
    return {
        "points": len(offsets),
        "median_m": round(float(np.median(offsets)), 1),
        "p95_m": round(float(np.percentile(offsets, 95)), 1),
        "max_m": round(float(offsets.max()), 1),
    }


def read_outlines(geodata):
    """Source id to territory id to outline."""
    sources = sorted({source for pair in COMPARED for source in pair})
    return {
        source: {
            territory: outline(polygons)
            for territory, polygons in read_territories(geodata / "boundaries" / f"{source}.geojson").items()
        }
        for source in sources
    }


def measure(outlines):
    """The rows, and the offsets of each comparison over all borders."""
    land = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in outlines["osm-2017"].values()])
    shapely.prepare(land)
    rows, whole = [], {}
    for first, second, pair, part in BORDERS:
        chains = {source: common_chains(of[first], of[second]) for source, of in outlines.items()}
        for source, target in COMPARED:
            if not chains[source] or not chains[target]:
                continue
            points = np.concatenate([spaced(chain, geodesic_m(chain)) for chain in chains[source]])
            points = points[shapely.dwithin(land, shapely.points(points), COAST_DEGREES)]
            line = [outlines[target][t] for t in (first, second)] if target in WITHOUT_WATER else chains[target]
            offsets = offsets_m(points, line)
            rows.append({"source": source, "against": target, "pair": pair, "part": part} | summary(offsets))
            whole.setdefault((source, target), []).append(offsets)
    rows.sort(key=lambda row: (row["source"], row["against"], row["pair"], row["part"]))
    return rows, {compared: np.concatenate(parts) for compared, parts in whole.items()}


def main():
    """Measure and write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--geodata", required=True, help="folder with boundaries/")
    geodata = Path(arguments.parse_args().geodata)
    rows, whole = measure(read_outlines(geodata))
    for (source, target), offsets in whole.items():
        print(f"{source} from {target}, all borders: {summary(offsets)}", file=sys.stderr)
    head = {"command": "geodata/rebuild/run", "method": METHOD, "step_m": SPACING_M}
    lines = [f'"{key}": {json.dumps(value)}' for key, value in head.items()]
    lines.append('"rows": [\n' + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]")
    (geodata / "boundaries" / "offsets.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
