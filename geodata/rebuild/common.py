"""What the rebuild modules share: canonical polygons, stable GeoJSON bytes, territory look-up.

A polygon is a list of rings and a ring a list of `(lon, lat)` float pairs without the closing repeat.
"""

import json
from pathlib import Path

import shapely

#: West, south, east, north of the project's region, in degrees.
REGION = (40.5, 36.5, 51.0, 43.8)

#: Where the states that reach out of the region are cut off: wide enough for all borders of the states that stay whole
#: (Georgia's border with Russia begins at 40.0 E, the Azerbaijani waters end at 51.2 E).
CLIP_BOX = (39.5, 36.5, 51.5, 43.8)

#: Nakhchivan city: the Azerbaijani part that holds it is the territory `AZ-NX`.
NAKHCHIVAN_CITY = (45.4122, 39.2089)

#: ISO 3166-1 alpha-3 to alpha-2.
ALPHA3 = {"ARM": "AM", "AZE": "AZ", "GEO": "GE", "IRN": "IR", "RUS": "RU", "TUR": "TR"}


def package_dir(packages, name):
    """The unpacked folder of one package below the packages folder."""
    found = Path(packages) / "unpacked" / name
    if not found.is_dir():
        raise SystemExit(f"package {name} is not unpacked in {packages}")
    return found


def open_ring(points):
    """`points` as float pairs without the closing vertex and without consecutive repeats."""
    ring = []
    for lon, lat in points:
        point = (float(lon), float(lat))
        if not ring or ring[-1] != point:
            ring.append(point)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return ring


def signed_area(ring):
    """Planar area in square degrees, positive when the ring runs counter-clockwise."""
    x0, y0 = ring[0]
    total = 0.0
    for (xa, ya), (xb, yb) in zip(ring, ring[1:] + ring[:1]):
        total += (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0)
    return total / 2.0


def canonical_ring(ring, counter_clockwise):
    """The same ring wound as asked and begun at its smallest (lon, lat) vertex."""
    if (signed_area(ring) > 0) != counter_clockwise:
        ring = ring[::-1]
    start = ring.index(min(ring))
    return ring[start:] + ring[:start]


def canonical_polygons(polygons):
    """RFC 7946 winding, fixed ring starts, holes and parts in order of their first vertex."""
    parts = []
    for outer, *holes in polygons:
        holes = sorted(canonical_ring(hole, False) for hole in holes)
        parts.append([canonical_ring(outer, True), *holes])
    return sorted(parts)


def to_shape(polygons):
    """The polygons as one shapely geometry, vertices untouched."""
    return shapely.MultiPolygon([(outer, holes) for outer, *holes in polygons])


def from_shape(shape):
    """The rings of a shapely polygon, multipolygon or collection (lines and points dropped)."""
    parts = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon" and not part.is_empty:
            parts.append([open_ring(ring.coords) for ring in (part.exterior, *part.interiors)])
        elif part.geom_type in ("MultiPolygon", "GeometryCollection"):
            parts.extend(from_shape(part))
    return parts


def vertices(polygons):
    """The set of all vertices of the polygons."""
    return {point for polygon in polygons for ring in polygon for point in ring}


def meets(ring, box):
    """Whether the bounding box of the ring meets `box`."""
    west, south, east, north = box
    lons, lats = zip(*ring)
    return min(lons) <= east and max(lons) >= west and min(lats) <= north and max(lats) >= south


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


def assemble(rings):
    """Shapefile rings as polygons: clockwise rings are outer, the others are holes."""
    outers = [ring for ring in rings if signed_area(ring) < 0]
    return put_holes(outers, [ring for ring in rings if signed_area(ring) > 0])


def geometry(polygons):
    """GeoJSON geometry: `Polygon` for one part, `MultiPolygon` for several; rings closed."""
    parts = [[ring + ring[:1] for ring in polygon] for polygon in polygons]
    if len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return {"type": "MultiPolygon", "coordinates": parts}


def write_collection(path, features):
    """Write a FeatureCollection, one feature a line, compact; floats in shortest round-trip form."""
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        for feature in features
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def read_territories(path):
    """Territory id to list of polygons (open rings) of one boundary file."""
    territories = {}
    for feature in json.loads(Path(path).read_text(encoding="utf-8"))["features"]:
        coordinates = feature["geometry"]["coordinates"]
        if feature["geometry"]["type"] == "Polygon":
            coordinates = [coordinates]
        territories[feature["properties"]["territory"]] = [
            [open_ring(ring) for ring in polygon] for polygon in coordinates
        ]
    return territories
