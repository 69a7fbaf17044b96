"""Plane and ellipsoid helpers of the network layer: projection, lengths, territories, shared borders, paths that stay inside."""

import json
import math
from functools import lru_cache
from pathlib import Path

import shapely
from geographiclib.geodesic import Geodesic
from shapely.ops import linemerge, substring

RADIUS_M = 6_371_008.8
LAT_1, LAT_2, LAT_0, LON_0 = map(math.radians, (38.0, 42.0, 40.0, 45.5))

#: A line along a bank may be this far off the exact offset.
BANK_TOLERANCE_M = 100.0

#: A line leaves the bank for a place off it this far ahead of where the river is nearest.
APPROACH_M = 2_000.0

#: Decimals of the written coordinates: 0.1 m.
DECIMALS = 6


def _t(lat):
    return math.tan(math.pi / 4 + lat / 2)


_N = math.log(math.cos(LAT_1) / math.cos(LAT_2)) / math.log(_t(LAT_2) / _t(LAT_1))
_F = math.cos(LAT_1) * _t(LAT_1) ** _N / _N
_RHO_0 = RADIUS_M * _F / _t(LAT_0) ** _N


def plane(point):
    """`(lon, lat)` on the drawing plane, metres: a spherical Lambert conformal conic, scale within 0.5 % over the region."""
    rho = RADIUS_M * _F / _t(math.radians(point[1])) ** _N
    theta = _N * (math.radians(point[0]) - LON_0)
    return rho * math.sin(theta), _RHO_0 - rho * math.cos(theta)


def sphere(point):
    """The inverse of `plane`, rounded as it is written."""
    x, y = point[0], _RHO_0 - point[1]
    rho = math.copysign(math.hypot(x, y), _N)
    lat = 2 * math.atan((RADIUS_M * _F / rho) ** (1 / _N)) - math.pi / 2
    lon = LON_0 + math.atan2(x, y) / _N
    return rounded((math.degrees(lon), math.degrees(lat)))


def rounded(point):
    """A position with the decimals that the layer has."""
    return round(point[0], DECIMALS), round(point[1], DECIMALS)


def flat(points):
    """Positions on the plane."""
    return [plane(point) for point in points]


def geodesic_km(points):
    """Geodesic length of a polyline of `(lon, lat)` on WGS 84."""
    metres = 0.0
    for (lon_a, lat_a), (lon_b, lat_b) in zip(points, points[1:]):
        metres += Geodesic.WGS84.Inverse(lat_a, lon_a, lat_b, lon_b, Geodesic.DISTANCE)["s12"]
    return metres / 1000


def tidy(points):
    """The polyline without consecutive repeats."""
    result = points[:1]
    for point in points[1:]:
        if point != result[-1]:
            result.append(point)
    return result


class Territories:
    """The territory polygons of one boundary source, on the plane."""

    def __init__(self, path):
        self.rings, self.shapes = {}, {}
        for feature in json.loads(Path(path).read_text(encoding="utf-8"))["features"]:
            territory, parts = feature["properties"]["territory"], feature["geometry"]["coordinates"]
            if feature["geometry"]["type"] == "Polygon":
                parts = [parts]
            self.rings[territory] = [ring for part in parts for ring in part]
            shape = shapely.MultiPolygon([(flat(part[0]), [flat(ring) for ring in part[1:]]) for part in parts])
            shapely.prepare(shape)
            self.shapes[territory] = shape

    def at(self, point, reach_m=0.0):
        """The territory that holds a position; else the nearest one within `reach_m`; else `None`."""
        spot = shapely.Point(plane(point))
        for territory, shape in sorted(self.shapes.items()):
            if shape.covers(spot):
                return territory
        if reach_m:
            distance, territory = min((shape.distance(spot), name) for name, shape in self.shapes.items())
            return territory if distance <= reach_m else None
        return None

    def distance_m(self, territory, points):
        """Distance of a polyline or position from a territory."""
        line = flat(points)
        return self.shapes[territory].distance(shapely.LineString(line) if len(line) > 1 else shapely.Point(line[0]))

    def outside_m(self, territory, points):
        """How far the polyline strays out of the territory."""
        rest = shapely.difference(shapely.LineString(flat(points)), self.shapes[territory])
        if rest.is_empty:
            return 0.0
        return max(
            shapely.distance(self.shapes[territory], shapely.points(shapely.get_coordinates(rest.segmentize(20))))
        )

    @lru_cache(maxsize=None)
    def inner(self, territory, margin_m):
        """The territory less a margin, a little simplified: lines drawn inside it stay inside the territory."""
        shape = shapely.buffer(self.shapes[territory], -margin_m, quad_segs=2)
        shape = shapely.simplify(shape, margin_m * 0.2)
        shapely.prepare(shape)
        return shape

    @lru_cache(maxsize=None)
    def border(self, a, b):
        """The border that two territories share, as lines on the plane: the segments that both polygons have."""

        def segments(territory):
            return {
                tuple(sorted((tuple(p), tuple(q))))
                for ring in self.rings[territory]
                for p, q in zip(ring, ring[1:])
                if p != q
            }

        shared = sorted(segments(a) & segments(b))
        if not shared:
            raise SystemExit(f"{a} and {b} share no border")
        merged = linemerge([shapely.LineString(flat(pair)) for pair in shared])
        return merged if merged.geom_type == "MultiLineString" else shapely.MultiLineString([merged])

    def on_border(self, a, b, point):
        """The place on the shared border nearest to a position, and its distance in metres."""
        spot, border = shapely.Point(plane(point)), self.border(a, b)
        near = shapely.shortest_line(border, spot).coords[0]
        return sphere(near), border.distance(spot)

    def path(self, territory, start, end, margins=(100.0, 40.0, 12.0)):
        """The shortest polyline from start to end that stays in the territory, or `None`. Ends may lie on its border."""
        p, q = plane(start), plane(end)
        for margin in margins:
            inner = self.inner(territory, margin)
            a, b = nearest_in(inner, p), nearest_in(inner, q)
            parts = [part for part in shapely.get_parts(inner) if part.distance(shapely.Point(a)) < 1e-6]
            parts = [part for part in parts if part.distance(shapely.Point(b)) < 1e-6]
            if not parts:
                continue
            line = detour(parts[0], a, b)
            return tidy([rounded(start), *(sphere(c) for c in line[(a == p) : len(line) - (b == q)]), rounded(end)])
        return None

    def keep_inside(self, territory, points, margin_m=100.0):
        """The polyline pushed into the territory, by a margin where that can be, or `None`. Its two ends stay."""
        inner = self.inner(territory, margin_m)
        room = self.inner(territory, 0.9 * margin_m)
        middle = [sphere(nearest_in(inner, plane(point))) for point in points[1:-1]]
        stops = tidy([rounded(points[0]), *middle, rounded(points[-1])])
        line = stops[:1]
        for a, b in zip(stops, stops[1:]):
            if room.covers(shapely.LineString(flat((a, b)))):
                line.append(b)
                continue
            leg = self.path(territory, a, b, (margin_m, 0.4 * margin_m, 0.12 * margin_m))
            if leg is None:
                return None
            line += leg[1:]
        return tidy(line)

    def bank(self, territory, other, stops, offset_m):
        """A polyline along the border with `other`, `offset_m` inside the territory, past the given stops."""
        border = self.border(territory, other)
        ends = [plane(point) for point in stops]
        line = chain(border.geoms)
        inner = self.inner(territory, offset_m)
        marks = [line.project(shapely.Point(end)) for end in ends]
        result = [rounded(stops[0])]
        for a, b in zip(marks, marks[1:]):
            along = substring(line, a, b)
            if along.length < 2 * offset_m:
                continue
            along = along.simplify(offset_m * 0.5)
            steps = max(2, math.ceil(along.length / 250))
            for k in range(1, steps):
                result.append(sphere(nearest_in(inner, along.interpolate(k / steps, normalized=True).coords[0])))
        result = tidy([*result, rounded(stops[-1])])
        for _ in range(2):
            result = straight_on(result, border, offset_m)[::-1]
        # A railway or road cuts the small bends of the river.
        slim = shapely.simplify(shapely.LineString(flat(result)), BANK_TOLERANCE_M)
        slim = tidy([rounded(stops[0]), *(sphere(c) for c in slim.coords[1:-1]), rounded(stops[-1])])
        return self.keep_inside(territory, slim, 0.8 * offset_m)


def straight_on(points, border, offset_m):
    """The polyline without its first detour: from an end that lies well off the bank it goes straight to where that saves most way,
    within `APPROACH_M` beyond the end's distance from the border."""
    xy = flat(points)
    off = border.distance(shapely.Point(xy[0]))
    if off <= 2 * offset_m:
        return points
    run, best = 0.0, (0.0, 1)
    for k in range(1, len(xy) - 1):
        run += math.dist(xy[k - 1], xy[k])
        if run > off + APPROACH_M:
            break
        best = max(best, (round(run - math.dist(xy[0], xy[k]), 3), k))
    return [points[0], *points[best[1] :]]


def chain(parts):
    """Line parts in one polyline, greedily end to end from an outermost end."""
    parts = [list(part.coords) for part in sorted(parts, key=lambda part: (-part.length, part.coords[0]))]
    line = parts.pop(0)
    while parts:
        options = []
        for k, part in enumerate(parts):
            for at_end in (True, False):
                anchor = line[-1] if at_end else line[0]
                for flip in (False, True):
                    tip = part[-1] if flip else part[0]
                    options.append((math.dist(anchor, tip), k, at_end, flip))
        _, k, at_end, flip = min(options)
        part = parts.pop(k)
        if flip:
            part = part[::-1]
        line = line + part if at_end else part[::-1] + line
    return shapely.LineString(line)


def nearest_in(shape, point):
    """`point` itself when the shape covers it, else the nearest place of the shape."""
    spot = shapely.Point(point)
    if shape.covers(spot):
        return point
    return shapely.shortest_line(shape, spot).coords[0]


def detour(part, a, b):
    """A taut line from a to b within a polygon: the straight line, walked round the outside where it leaves."""
    straight = shapely.LineString((a, b))
    room = part.buffer(0.5)
    shapely.prepare(room)
    if room.covers(straight):
        return [a, b]
    cut = straight.intersection(room)
    pieces = [piece for piece in shapely.get_parts(cut) if piece.geom_type == "LineString"]
    pieces = [sorted(piece.coords, key=lambda c: math.dist(a, c)) for piece in pieces]
    pieces.sort(key=lambda piece: math.dist(a, piece[0]))
    stops = [a] + [c for piece in pieces for c in (piece[0], piece[-1])] + [b]
    rings = [room.exterior, *room.interiors]
    line = [a]
    for p, q in zip(stops, stops[1:]):
        if math.dist(p, q) < 1e-6:
            continue
        if room.buffer(0.5).covers(shapely.LineString((p, q))):
            line.append(q)
            continue
        ring = min(rings, key=lambda r: r.distance(shapely.Point(p)) + r.distance(shapely.Point(q)))
        line += walk(ring, p, q)
    return taut(room.buffer(0.5), line)


def walk(ring, p, q):
    """Along a ring from p to q, the shorter way round."""
    at, to = ring.project(shapely.Point(p)), ring.project(shapely.Point(q))
    low, high = min(at, to), max(at, to)
    between = list(substring(ring, low, high).coords)
    around = list(substring(ring, high, ring.length).coords) + list(substring(ring, 0, low).coords)
    if high - low <= ring.length / 2:
        return between if at <= to else between[::-1]
    return around if at > to else around[::-1]


def taut(room, line):
    """Pulls the slack out of a polyline as far as the room allows."""
    shapely.prepare(room)
    line = tidy(line)
    for _ in range(3):
        result, k = [line[0]], 0
        while k < len(line) - 1:
            reach, step = 1, 1
            while k + reach + step < len(line) and room.covers(shapely.LineString((line[k], line[k + reach + step]))):
                reach += step
                step *= 2
            while step:
                if k + reach + step < len(line) and room.covers(shapely.LineString((line[k], line[k + reach + step]))):
                    reach += step
                step //= 2
            k += reach
            result.append(line[k])
        if len(result) == len(line):
            break
        line = result
    return line
