"""Measures how far the border lines of the sources lie from each other; writes `accuracy.json`.

    python3 measure_accuracy.py --geodata DIR --output FILE

A border of a source is the chain of edges that the outlines (outer rings of the largest parts) of both territories
have exactly in common. Points every 20 m along it are compared with the nearest point of the other source's border.
`osm-2017` cuts water out, so along rivers the two outlines are its two banks: as the source of points only its
common edges count (`length_km` says how much that is), as the target the nearer of both outlines does.
Rings of enclaves are left out: `osm-2026` has none. So are points at sea, where only `osm-2026` has a border.
"""

import argparse
import json
from itertools import permutations
from pathlib import Path

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic

from common import read_territories, signed_area

SOURCES = ("natural-earth-10m", "osm-2017", "osm-2026")

#: The reference of the summary.
REFERENCE = "osm-2026"

#: Sources whose rivers are cut out.
WITHOUT_WATER = ("osm-2017",)

#: Two territories, their pair of states.
BORDERS = (
    (("AM", "AZ"), "AM-AZ"),
    (("AM", "AZ-NX"), "AM-AZ"),
    (("AM", "GE"), "AM-GE"),
    (("AM", "IR"), "AM-IR"),
    (("AM", "TR"), "AM-TR"),
    (("AZ", "GE"), "AZ-GE"),
    (("AZ", "IR"), "AZ-IR"),
    (("AZ-NX", "IR"), "AZ-IR"),
    (("AZ", "RU"), "AZ-RU"),
    (("AZ-NX", "TR"), "AZ-TR"),
    (("GE", "RU"), "GE-RU"),
    (("GE", "TR"), "GE-TR"),
    (("IR", "TR"), "IR-TR"),
)

SPACING_M = 20.0

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
    return chains + [chain] if chain else chains


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


def measure(geodata):
    """The rows by border, and the summary of the Armenia–Azerbaijan border."""
    outlines = {
        source: {
            territory: outline(polygons)
            for territory, polygons in read_territories(geodata / "boundaries" / f"{source}.geojson").items()
        }
        for source in SOURCES
    }
    land = shapely.union_all([shapely.make_valid(shapely.Polygon(ring)) for ring in outlines["osm-2017"].values()])
    shapely.prepare(land)
    rows, whole = [], {}
    for (first, second), pair in BORDERS:
        chains = {s: common_chains(outlines[s][first], outlines[s][second]) for s in SOURCES}
        lengths = {s: [geodesic_m(chain) for chain in chains[s]] for s in SOURCES}
        points = {s: np.concatenate([spaced(*both) for both in zip(chains[s], lengths[s])]) for s in SOURCES}
        points = {s: p[shapely.dwithin(land, shapely.points(p), COAST_DEGREES)] for s, p in points.items()}
        for source, target in permutations(SOURCES, 2):
            line = [outlines[target][t] for t in (first, second)] if target in WITHOUT_WATER else chains[target]
            offsets = offsets_m(points[source], line)
            length_km = round(sum(float(each.sum()) for each in lengths[source]) / 1000, 3)
            rows.append(
                {"points_from": source, "line_of": target, "pair": pair, "territories": [first, second], "length_km": length_km}
                | summary(offsets)
            )
            if pair == "AM-AZ":
                whole.setdefault((source, target), []).append(offsets)
    overall = [
        {"points_from": source, "line_of": target, "pair": "AM-AZ"} | summary(np.concatenate(parts))
        for (source, target), parts in whole.items()
        if REFERENCE in (source, target)
    ]
    return {"spacing_m": SPACING_M, "reference": REFERENCE, "overall": overall, "borders": rows}


def main():
    """Measure and write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--geodata", required=True, help="folder with boundaries/")
    arguments.add_argument("--output", required=True, help="the file to write")
    options = arguments.parse_args()
    result = measure(Path(options.geodata))
    lines = [f'"spacing_m": {result["spacing_m"]}', f'"reference": "{result["reference"]}"']
    for part in ("overall", "borders"):
        rows = ",\n".join("  " + json.dumps(row) for row in result[part])
        lines.append(f'"{part}": [\n{rows}\n]')
    Path(options.output).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
