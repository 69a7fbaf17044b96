"""The links written from the fact base: their alignments, what they replace in the base network, and the connectors to it."""

import json
import math

import shapely

from network_geo import flat, geodesic_km, plane, rounded, sphere, tidy
from network_graph import SLACK, Link

#: A base node this near to a fact node is the same place and takes its position.
SAME_M = 300.0

#: How far a fact node may be from the base network to be connected, by mode.
REACH_M = {"road": 15_000.0, "rail": 8_000.0}

#: How far the end of a link drawn along the base network may be from it: that part is drawn straight.
STUB_M = 45_000.0

#: The same for border crossing points, which are often far from the coarse base network.
CROSSING_REACH_M = {"road": 12_000.0, "rail": 8_000.0}

#: A base path replaces a straight line when it is not longer than this.
PATH_RATIO, PATH_KM = 1.8, 10.0

#: Base links that hang on a replaced line only, no longer than this in all, are sidings.
SIDING_KM = 40.0

#: Least accuracy by rule of drawing, metres: what an alignment without any excess of length may still be off. Of the base network: its
#: rounding and its smoothing. On a river bank: Julfa station, the one place known on such a line, is 493 m off the drawn bank.
FLOOR_M = {"base-network": 300.0, "river-bank": 500.0, "valley": 500.0, "straight": 500.0}

#: How far a point that a line is led through may be off it, metres: the centre of a village.
VIA_M = 2_000.0

#: How far a ship may be off the drawn course, as a share of its length, and at least, metres.
COURSE_SHARE, COURSE_M = 0.05, 5_000.0

#: A base railway longer than this that lies within that of a fact link is the same line, km and metres.
DOUBLE_KM, DOUBLE_M = 5.0, 1_000.0

#: Sinuosity of a connector and its reason.
CONNECTOR_SINUOSITY = 1.3
CONNECTOR_BASIS = "assumption: a local road or siding is about 1.3 times the straight line"

#: Where the sinuosity of lines of the generalised road graph is from.
SOURCE_BASIS = "assumption: the source's generalised length, made longer as published lengths of mountain roads are"

#: Conditions of links that stand in the place of a base link on the same line; a planned link does not.
PRESENT = ("operational", "closed", "derelict", "dismantled")


def read(folder, name):
    """One file of hand-written facts, a list of records."""
    path = folder / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else []


def claim_now(claims):
    """The value of the claim that is in force: of those without an end the one that began last."""
    current = [claim for claim in claims if not claim.get("to")] or claims
    return max(current, key=lambda claim: claim.get("from") or "")["value"] if current else None


class Drawer:
    """Draws the fact links on the base graph and connects their nodes to it."""

    def __init__(self, graph, territories, nodes, gates, crossings, links, log):
        self.graph, self.territories, self.log = graph, territories, log
        self.nodes, self.crossings, self.links = nodes, crossings, links
        self.position = {node["id"]: node["position"] for node in nodes}
        self.position.update((crossing["id"], crossing["position"]) for crossing in crossings)
        self.gates = {crossing["id"] for crossing in crossings}
        self.posts = {node["id"]: node.get("posts") or [] for node in [*nodes, *gates.values()]}
        self.on_line = {node["id"] for node in nodes if node.get("on_line")}
        self.off_m = {crossing["id"]: max(500.0, crossing["moved_m"]) for crossing in crossings}
        self.off_m.update((node["id"], node["accuracy_m"]) for node in [*nodes, *gates.values()])
        self.attached, self.renamed = {}, {}
        for key in sorted(self.position):
            graph.node(key, self.position[key])

    def current(self, key):
        """A node key after merges."""
        while key in self.renamed:
            key = self.renamed[key]
        return key

    def attach(self, node, mode, state, reach_m, connect=True):
        """The base node that stands for a fact node, split or merged as needed, with a connector to it; `None` out of reach."""
        if (node, mode, state) in self.attached:
            return self.current(self.attached[node, mode, state])
        point, graph = self.position[node], self.graph
        if any(graph.links[n].mode == mode and graph.links[n].state == state for n in graph.around[node]):
            self.attached[node, mode, state] = node
            return node
        for distance, number, place in graph.near(point, mode, state, reach_m)[:6]:
            link = graph.links[number]
            for gate in sorted({link.a, link.b} & self.gates):
                if math.dist(plane(place), plane(graph.at[gate])) < SAME_M:
                    # Not in the crossing point itself, but a little inside the territory.
                    line = graph.line(number) if link.a == gate else graph.line(number).reverse()
                    place = sphere(line.interpolate(min(2 * SAME_M, line.length / 2)).coords[0])
                    distance = math.dist(plane(point), plane(place))
            ends = sorted(
                (math.dist(plane(graph.at[end]), plane(point)), end)
                for end in (link.a, link.b)
                if end not in self.gates
            )
            if ends and ends[0][0] <= max(1.6 * distance, SAME_M):
                key, distance = ends[0][1], ends[0][0]
                place = graph.at[key]
            else:
                key = None
            line = self.territories.path(state, point, place)
            if line is None or geodesic_km(line) > 2.5 * distance / 1000 + 1:
                continue
            if key is None:
                key = f"n-{'r' if mode == 'rail' else 'h'}-{round(place[0] * 1e6)}-{round(place[1] * 1e6)}"
                while key in graph.around:
                    key += "-x"
                graph.split(number, place, key)
            if (
                distance <= SAME_M
                and key not in self.position
                and node not in self.gates
                and len({graph.links[n].state for n in graph.around[key]}) == 1
            ):
                self.merge(key, node)
                self.attached[node, mode, state] = node
                return node
            self.attached[node, mode, state] = key
            if connect:
                self.connector(node, key, mode, state, line)
            return key
        return None

    def merge(self, key, node):
        """Gives a base node the place and id of a fact node."""
        graph = self.graph
        graph.rename(key, node, self.position[node])
        self.renamed[key] = node
        for number in sorted(graph.around[node]):
            link = graph.links[number]
            link.slack_m = max(link.slack_m, SAME_M)
            if self.territories.outside_m(link.state, link.points) > 0.0:
                line = self.territories.keep_inside(link.state, link.points)
                link.points, link._line = line or link.points, None

    def connector(self, node, key, mode, state, line):
        km = geodesic_km(line)
        self.graph.add(
            Link(
                node,
                key,
                mode,
                state,
                km * CONNECTOR_SINUOSITY,
                line,
                250.0 + 150.0 * km,
                connector=f"{node} to the nearest line of the base network",
            )
        )

    def crossing_ends(self):
        """Connects each crossing point to the base network of each mode and side that nothing reaches yet."""
        used = {(end, link["mode"], link["state"]) for link in self.links for end in (link["from"], link["to"])}
        for crossing in self.crossings:
            for mode in crossing["modes"]:
                for state in crossing["territories"]:
                    if mode not in REACH_M or (crossing["id"], mode, state) in used:
                        continue
                    if self.attach(crossing["id"], mode, state, CROSSING_REACH_M[mode]) is None:
                        self.log.append(
                            f"unconnected: crossing {crossing['id']} {mode} {state}: no base line within reach"
                        )

    def node_ends(self):
        """Connects the fact nodes to the base network of the modes they serve."""
        served = {}
        for link in self.links:
            for end in (link["from"], link["to"]):
                served.setdefault(end, set()).add(link["mode"])
        for node in self.nodes:
            if node["kind"] == "crossing":
                continue
            modes = set(served.get(node["id"], ())) - {"ferry"}
            if node["kind"] in ("terminal", "port"):
                modes |= {"road", "rail"}
            if not modes and node["kind"] in ("station", "gauge-change"):
                modes.add("rail")
            for mode in sorted(modes):
                # A station that was put on its line needs no connector: the line itself is its connection.
                connect = mode != "rail" or node["id"] not in self.on_line
                found = self.attach(node["id"], mode, node["state"], REACH_M[mode], connect)
                if found is None and (mode == "road" or node["kind"] != "terminal"):
                    self.log.append(f"unconnected: {node['kind']} {node['id']} {mode}: no base line within reach")

    def base_path(self, link, stops):
        """The base links past the stops, the drawn line and the kilometres from its two ends to the base line, or `None`."""
        graph, mode, state = self.graph, link["mode"], link["state"]
        usable = lambda other: other.mode == mode and other.state == state and (other.bridge or not other.connector)
        keys = []
        for k, stop in enumerate(stops):
            if k in (0, len(stops) - 1):
                key = self.attach(stop, mode, state, REACH_M[mode]) or self.attach(
                    stop, mode, state, STUB_M, connect=False
                )
            else:
                near = graph.near(stop, mode, state, REACH_M[mode])
                key = None
                if near:
                    other = graph.links[near[0][1]]
                    key = min((math.dist(plane(graph.at[end]), plane(stop)), end) for end in (other.a, other.b))[1]
            if key is None:
                return None
            keys.append(key)
        numbers, line = [], [graph.at[keys[0]]]
        for here, there in zip(keys, keys[1:]):
            path = graph.shortest(here, there, usable)
            if path is None:
                return None
            for number in path:
                line += graph.links[number].from_node(here)[1:]
                here = graph.links[number].other(here)
            numbers += path
        if not numbers:
            return None
        stubs, base_line = 0.0, shapely.LineString(flat(line)) if len(tidy(line)) > 1 else shapely.Point(plane(line[0]))
        slack_m = graph.slack_along(mode, tidy(line), max((graph.links[n].slack_m for n in numbers), default=0.0))
        ends = self.position[stops[0]], self.position[stops[-1]]
        stubs_m = [base_line.distance(shapely.Point(plane(end))) for end in ends]
        for at, number, place in (
            (0, numbers[0], self.position[stops[0]]),
            (-1, numbers[-1], self.position[stops[-1]]),
        ):
            stub = geodesic_km([place, line[at]])
            if stub * 1000 <= graph.links[number].slack_m and len(line) > 1:
                # The place is on the line as well as the line is known: straight on to the next corner.
                line[at] = place
            else:
                stubs += stub
                line.insert(0 if at == 0 else len(line), place)
        return numbers, tidy(line), stubs, stubs_m, slack_m

    def draw(self, link):
        """Adds `points`, `rule`, `slack_m` and, for base paths, `base` (numbers of the links it runs along) to a fact link."""
        territories, state = self.territories, link["state"]
        draw = link.get("draw") or {"rule": link.get("drawn", "straight")}
        rule = draw["rule"]
        via = [rounded(point) for point in link.get("via") or []]
        ends = self.position[link["from"]], self.position[link["to"]]
        points, base = None, []
        chord = geodesic_km([ends[0], *via, ends[1]])
        if rule == "base-network":
            found = self.base_path(link, [link["from"], *via, link["to"]])
            if found and geodesic_km(found[1]) <= PATH_RATIO * chord + PATH_KM:
                base, points, stubs, link["stubs_m"], link["base_slack_m"] = found
                points = self.fit(link, points)
                link["source_km"] = link.get("source_km") or round(sum(self.graph.links[n].km for n in base) + stubs, 3)
                link["corrected_km"] = sum(self.graph.links[n].real_km for n in base) + stubs
            else:
                why = f"path {geodesic_km(found[1]):.0f} km for {chord:.0f} km" if found else "no path"
                self.log.append(f"fallback: {link['id']} drawn straight: base network has {why}")
                rule = "straight"
        if rule == "river-bank":
            other = next(s for s in draw["pair"].split("-") if s != state.split("-")[0])
            points = territories.bank(state, other, [ends[0], *via, ends[1]], float(draw.get("offset_m", 200)))
        if rule == "valley":
            points = self.fit(link, smooth([ends[0], *via, ends[1]]))
        if points is None and rule != "straight":
            self.log.append(f"fallback: {link['id']} drawn straight: {rule} leaves {state}")
            rule = "straight"
        if rule == "straight":
            points = [ends[0], *via, ends[1]] if link["mode"] == "ferry" else self.fit(link, [ends[0], *via, ends[1]])
        if points is None:
            self.log.append(f"ERROR: {link['id']} cannot be drawn inside {state}")
            points = [ends[0], *via, ends[1]]
        link["points"], link["rule"], link["base"] = tidy(points), rule, base
        self.measure(link)

    def fit(self, link, points):
        """The polyline kept inside the link's territory."""
        if self.territories.outside_m(link["state"], points) == 0.0:
            return tidy(points)
        return self.territories.keep_inside(link["state"], points)

    def measure(self, link):
        """Length, sinuosity and accuracy of a drawn fact link."""
        drawn = geodesic_km(link["points"])
        posts = self.posts_km(link)
        published = link.get("published_km") or []
        if link["length_basis"] == "source" and (not link["base"] or link["corrected_km"] > 1.001 * link["source_km"]):
            link["length_basis"] = "geodesic"
            if link["base"]:
                link["sinuosity"] = round(max(1.0, link["corrected_km"] / drawn), 4)
                link["sinuosity_basis"] = SOURCE_BASIS
        basis = link["length_basis"]
        real = {
            "published": published[0]["value"] if published else None,
            "posts": posts,
            "source": link.get("source_km"),
            "geodesic": drawn * (link.get("sinuosity") or 1.0),
        }[basis]
        if real is None:
            self.log.append(f"ERROR: {link['id']}: length_basis {basis} without that length")
            real = drawn
        link["real_km"], link["drawn_km"] = real, drawn
        if link.get("sinuosity") is None:
            known = posts if posts and basis != "published" else real
            if basis in ("published", "posts") and known >= drawn:
                link["sinuosity"] = round(known / drawn, 3)
                link["sinuosity_basis"] = f"{basis} length / length of the drawn alignment"
            elif basis == "geodesic":
                link["sinuosity"], link["sinuosity_basis"] = (
                    1.2,
                    "assumption: a line between known places is about 1.2 times the drawn alignment",
                )
                link["real_km"] = real = drawn * 1.2
            elif known < drawn * 0.97:
                self.log.append(f"short: {link['id']}: {basis} {known:.1f} km < drawn {drawn:.1f} km")
        link["alignment_accuracy_m"] = math.ceil(max(self.slack(link, real), FLOOR_M[link["rule"]]) / 50) * 50

    def slack(self, link, real):
        """How far a fact link may be off its drawn alignment, metres, by its length and its ends; the rules are in README.md."""
        drawn = link["drawn_km"]
        if link["mode"] == "ferry":
            return max(COURSE_M, 1000.0 * COURSE_SHARE * drawn)
        if link["rule"] == "river-bank":
            return self.bank_slack(link, real)
        via = [rounded(point) for point in link.get("via") or []]
        stops = [self.position[link["from"]], *via, self.position[link["to"]]]
        legs = [geodesic_km(leg) for leg in zip(stops, stops[1:])]
        ratio = max(real - link.get("rounding_km", 0.0), drawn, sum(legs)) / max(sum(legs), 0.001)
        bulge = 2 * SLACK * 0.5 * max(legs) * math.sqrt(max(ratio * ratio - 1.0, 0.0))
        if link["base"]:
            bulge = min(bulge, link["base_slack_m"])
            return max(bulge, max(link["stubs_m"]) + FLOOR_M["base-network"])
        if link["rule"] == "valley":
            bulge /= 2
        return max(bulge, VIA_M if via else 0.0, *(self.across(link, link[end]) for end in ("from", "to")))

    def across(self, link, node):
        """How far the place of an end may be off the line, metres: nothing where it was put on the drawn line."""
        return 0.0 if node in self.on_line else self.off_m.get(node, 0.0)

    def bank_slack(self, link, real):
        """The same on a river bank: by how far off the drawn bank the known ends are, and by bends that one has and the other not."""
        territories, state, drawn = self.territories, link["state"], link["drawn_km"]
        offset = float(link["draw"].get("offset_m", 200))
        other = next(s for s in link["draw"]["pair"].split("-") if s != state.split("-")[0])
        slack, spare = 0.0, link.get("rounding_km", 0.0)
        for end in (link["from"], link["to"]):
            if end in self.on_line:
                spare += self.off_m[end] / 1000
            elif end in self.gates:
                slack = max(slack, self.off_m[end])
            else:
                slack = max(slack, abs(territories.border(state, other).distance(shapely.Point(plane(self.position[end]))) - offset))
        if real - spare > drawn:
            # Nearer to the river the bank is longer: how much nearer makes it as long as the line.
            stops = [self.position[link["from"]], self.position[link["to"]]]
            for share in (0.75, 0.5, 0.25, 0.1):
                nearer = territories.bank(state, other, stops, share * offset)
                if nearer and geodesic_km(nearer) >= real - spare:
                    slack = max(slack, (1 - share) * offset)
                    break
            else:
                slack = max(slack, SLACK * math.sqrt((real - spare) ** 2 - drawn**2))
        if real + spare < drawn:
            line = shapely.LineString(flat(link["points"]))
            low, high = 0.0, 20_000.0
            while high - low > 10.0:
                middle = (low + high) / 2
                short = line.simplify(middle).length / line.length * drawn <= real + spare
                low, high = (low, middle) if short else (middle, high)
            slack = max(slack, high)
        return slack

    def posts_km(self, link):
        """Length by kilometre posts of the two ends on the link's line, or `None`."""
        if not link.get("line"):
            return None
        marks = []
        for end in (link["from"], link["to"]):
            marks.append([post["km"] for post in self.posts.get(end, []) if post["line"] == link["line"]])
        if not marks[0] or not marks[1]:
            return None
        return round(abs(marks[0][0] - marks[1][0]), 3)

    def draw_all(self):
        """Draws every fact link, then takes the base links away that they stand for."""
        for link in self.links:
            if link["mode"] in REACH_M:
                for end in (link["from"], link["to"]):
                    self.attach(end, link["mode"], link["state"], REACH_M[link["mode"]], connect=False)
        for link in self.links:
            self.draw(link)
        self.parallel()
        self.replace()
        self.drop_doubles()

    def drop_doubles(self):
        """Removes base railways that lie all along a fact link drawn through their very places."""
        for link in self.links:
            if link["mode"] != "rail" or link["rule"] == "base-network" or claim_now(link["condition"]) not in PRESENT:
                continue
            line = shapely.LineString(flat(link["points"]))
            for number in sorted(self.graph.links):
                base = self.graph.links[number]
                if (base.mode, base.state) != ("rail", link["state"]) or base.connector or base.km < DOUBLE_KM:
                    continue
                spots = shapely.points(shapely.get_coordinates(self.graph.line(number).segmentize(500.0)))
                if max(shapely.distance(line, spots)) < DOUBLE_M:
                    self.log.append(f"double: {link['id']} and a base railway of {base.km:.1f} km")
                    self.graph.remove(number)

    def parallel(self):
        """Finds base paths that run beside a fact link drawn by another rule: the same line, so it is replaced too."""
        graph = self.graph
        for link in self.links:
            if link["base"] or link["mode"] not in REACH_M or claim_now(link["condition"]) not in PRESENT:
                continue
            keys = [self.attached.get((end, link["mode"], link["state"])) for end in (link["from"], link["to"])]
            if None in keys:
                continue
            mode, state = link["mode"], link["state"]
            taken = set()
            for _ in range(3):
                usable = lambda n: (
                    n.mode == mode and n.state == state and (n.bridge or not n.connector) and n not in taken
                )
                path = graph.shortest(*map(self.current, keys), usable)
                if not path or not self.same_line(link, path):
                    break
                taken.update(graph.links[n] for n in path)
                link.setdefault("beside", []).append(path)

    def same_line(self, link, path):
        """Whether a base path can be the line that a fact link stands for, drawn as badly as both may be."""
        graph = self.graph
        line = shapely.LineString(flat(link["points"]))
        off = max(shapely.distance(line, shapely.points([plane(p) for n in path for p in graph.links[n].points])))
        slack = link["alignment_accuracy_m"] + max(graph.links[n].slack_m for n in path)
        ratio = sum(graph.links[n].real_km for n in path) / link["real_km"]
        same = off <= max(3_000.0, 120.0 * link["drawn_km"]) or off <= slack and 0.55 < ratio < 1.2
        words = "beside" if same else "apart"
        self.log.append(
            f"{words}: {link['id']} {link['real_km']:.1f} km and a base path of {ratio * link['real_km']:.1f} km, off by {off:.0f} m"
        )
        return same

    def replace(self):
        """Removes the base links that fact links stand for. Where other base links join on the way, only the longest stretch between
        two junctions goes: the rest keeps them connected to the fact link's ends."""
        graph = self.graph
        present = [link for link in self.links if claim_now(link["condition"]) in PRESENT]
        paths = [(link, path) for link in present for path in [link["base"], *link.get("beside", [])] if path]
        claimed = {n for _, path in paths for n in path}
        self.drop_sidings(claimed)
        gone = set()
        for link, path in paths:
            stretches, run = [], []
            for k, number in enumerate(path):
                run.append(number)
                shared = None
                if k + 1 < len(path):
                    one, two = graph.links[number], graph.links[path[k + 1]]
                    shared = one.a if one.a in (two.a, two.b) else one.b
                    side = [n for n in graph.around[shared] if n not in claimed]
                    if not side and shared not in self.position:
                        continue
                stretches.append(run)
                run = []
            longest = max(
                range(len(stretches)), key=lambda k: (round(sum(graph.links[n].km for n in stretches[k]), 6), -k)
            )
            total = sum(graph.links[n].km for n in path)
            cut = sum(graph.links[n].km for n in stretches[longest])
            gone.update(stretches[longest])
            if len(stretches) > 1:
                self.log.append(
                    f"partly: {link['id']}: {cut:.1f} of {total:.1f} km of base line removed, {len(stretches)} stretches between junctions"
                )
        for number in sorted(gone):
            graph.remove(number)

    def drop_sidings(self, claimed):
        """Drops what hangs on the replaced base links alone: second tracks, yards, parallel lanes, short branches without a fact node."""
        graph = self.graph
        on_path = {end for n in claimed for end in (graph.links[n].a, graph.links[n].b)}
        seen = set()
        for start in sorted(n for node in on_path for n in graph.around[node] if n not in claimed):
            if start in seen:
                continue
            mode, stack, group, held = graph.links[start].mode, [start], {start}, False
            while stack:
                link = graph.links[stack.pop()]
                for end in (link.a, link.b):
                    held = held or end in self.position or bool(link.connector)
                    if end in self.position:
                        continue
                    for number in graph.around[end]:
                        if number not in claimed and number not in group and graph.links[number].mode == mode:
                            group.add(number)
                            stack.append(number)
            seen |= group
            if not held and sum(graph.links[n].km for n in group) < SIDING_KM:
                for number in sorted(group):
                    graph.remove(number)


def smooth(points, step_km=2.0):
    """A centripetal Catmull-Rom curve through the points."""
    if len(points) < 3:
        return [rounded(p) for p in points]
    xy = flat(tidy(points))
    first = tuple(2 * a - b for a, b in zip(xy[0], xy[1]))
    last = tuple(2 * a - b for a, b in zip(xy[-1], xy[-2]))
    xy = [first, *xy, last]
    line = [rounded(points[0])]
    for p0, p1, p2, p3 in zip(xy, xy[1:], xy[2:], xy[3:]):
        t0 = 0.0
        t1 = t0 + math.dist(p0, p1) ** 0.5
        t2 = t1 + math.dist(p1, p2) ** 0.5
        t3 = t2 + math.dist(p2, p3) ** 0.5
        steps = max(2, math.ceil(math.dist(p1, p2) / (1000 * step_km)))
        for k in range(1, steps + 1):
            t = t1 + (t2 - t1) * k / steps
            mix = lambda p, q, s, e: tuple((e - t) / (e - s) * a + (t - s) / (e - s) * b for a, b in zip(p, q))
            a1, a2, a3 = mix(p0, p1, t0, t1), mix(p1, p2, t1, t2), mix(p2, p3, t2, t3)
            b1, b2 = mix(a1, a2, t0, t2), mix(a2, a3, t1, t3)
            line.append(sphere(mix(b1, b2, t1, t2)))
    return tidy([*line[:-1], rounded(points[-1])])
