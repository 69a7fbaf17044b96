"""The working graph of the network layer: nodes by key, links with polylines, splitting, paths, pruning, contraction."""

import heapq
import math

import shapely

from network_geo import flat, geodesic_km, plane, sphere, tidy

#: A line of length L between points c apart lies within sqrt(L² − c²) / 2 of the straight one: 500 m for each km of the root.
SLACK = 500.0


class Link:
    """One section between two nodes, in one territory. `points` runs from node `a` to node `b`.

    `km` is the length that the network source gives, `real_km` that length corrected for its generalisation, `connector` the fact
    node that it connects or the words for the gap that it bridges.
    """

    def __init__(self, a, b, mode, state, km, points, slack_m, real_km=None, connector=None, bridge=False):
        self.a, self.b, self.mode, self.state = a, b, mode, state
        self.km, self.points, self.slack_m = km, points, slack_m
        self.real_km = km if real_km is None else real_km
        self.connector, self.bridge = connector, bridge

    def other(self, node):
        return self.b if node == self.a else self.a

    def from_node(self, node):
        """The polyline as run from one of the ends."""
        return self.points if node == self.a else self.points[::-1]


class Graph:
    """Undirected multigraph with links numbered in the order of their making."""

    def __init__(self):
        self.at, self.links, self.around, self.count = {}, {}, {}, 0
        self.known = {}

    def know(self, mode, edges):
        """Remembers the edges of the source, `((a, b), slack in metres)`: how far each may be off the real line."""
        lines = [shapely.LineString(flat(pair)) if pair[0] != pair[1] else shapely.Point(plane(pair[0])) for pair, _ in edges]
        self.known[mode] = shapely.STRtree(lines), lines, [slack for _, slack in edges]

    def slack_along(self, mode, points, otherwise):
        """How far a real line may be off a polyline drawn along edges of the source: the largest slack of the edges that it runs on.
        A part that runs on none of them counts with `otherwise`."""
        tree, lines, slacks = self.known[mode]
        most = 0.0
        for pair in zip(points, points[1:]):
            part = shapely.LineString(flat(pair))
            ends = [shapely.Point(part.coords[0]), shapely.Point(part.coords[-1])]
            near = [k for k in sorted(tree.query(part.buffer(5.0))) if all(lines[k].distance(end) < 5.0 for end in ends)]
            most = max(most, min((slacks[k] for k in near), default=otherwise))
        return most

    def node(self, key, position):
        self.at[key] = position
        self.around.setdefault(key, set())
        return key

    def add(self, link):
        number, self.count = self.count, self.count + 1
        self.links[number] = link
        self.around[link.a].add(number)
        self.around[link.b].add(number)
        return number

    def remove(self, number):
        link = self.links.pop(number)
        self.around[link.a].discard(number)
        self.around[link.b].discard(number)

    def drop_lonely(self, keep=()):
        """Forgets nodes without links."""
        for key in [key for key, links in self.around.items() if not links and key not in keep]:
            del self.around[key], self.at[key]

    def near(self, point, mode, state, reach_m):
        """The links of a mode in a territory within reach of a position: `(distance, number, place on the link)`, nearest first."""
        numbers = [
            n
            for n in sorted(self.links)
            if self.links[n].mode == mode and self.links[n].state == state and not self.links[n].connector
        ]
        if not numbers:
            return []
        spot = shapely.Point(plane(point))
        lines = [self.line(n) for n in numbers]
        found = []
        for number, line, distance in zip(numbers, lines, shapely.distance(lines, spot)):
            if distance <= reach_m:
                found.append((round(float(distance), 3), number, sphere(shapely.shortest_line(line, spot).coords[0])))
        return sorted(found)

    def line(self, number):
        link = self.links[number]
        cached = getattr(link, "_line", None)
        if cached is None:
            cached = link._line = shapely.LineString(flat(link.points))
        return cached

    def split(self, number, place, key):
        """Splits a link at the place on it nearest to `place`; the new node gets `key`."""
        link = self.links[number]
        line = self.line(number)
        along = line.project(shapely.Point(plane(place)))
        run, at = 0.0, 0
        coords = list(line.coords)
        while at < len(coords) - 2 and run + math.dist(coords[at], coords[at + 1]) < along:
            run += math.dist(coords[at], coords[at + 1])
            at += 1
        self.node(key, place)
        head, tail = tidy([*link.points[: at + 1], place]), tidy([place, *link.points[at + 1 :]])
        length = geodesic_km(head), geodesic_km(tail)
        share = length[0] / sum(length)
        self.remove(number)
        return (
            self.add(
                Link(link.a, key, link.mode, link.state, link.km * share, head, link.slack_m, link.real_km * share)
            ),
            self.add(
                Link(
                    key,
                    link.b,
                    link.mode,
                    link.state,
                    link.km * (1 - share),
                    tail,
                    link.slack_m,
                    link.real_km * (1 - share),
                )
            ),
        )

    def rename(self, old, new, position):
        """Moves a node to another key and place; the ends of its links follow."""
        self.node(new, position)
        for number in sorted(self.around.pop(old)):
            link = self.links[number]
            link._line = None
            if link.a == old:
                link.a, link.points = new, [position, *link.points[1:]]
            if link.b == old:
                link.b, link.points = new, [*link.points[:-1], position]
            self.around[new].add(number)
        del self.at[old]

    def shortest(self, start, end, usable, km=None):
        """Numbers of the links of the shortest path, or `None`. `usable` filters links."""
        if start not in self.around or end not in self.around:
            return None
        best, before, heap = {start: 0.0}, {}, [(0.0, start)]
        while heap:
            cost, node = heapq.heappop(heap)
            if node == end:
                path = []
                while node != start:
                    number = before[node]
                    path.append(number)
                    node = self.links[number].other(node)
                return path[::-1]
            if cost > best[node]:
                continue
            for number in sorted(self.around[node]):
                link = self.links[number]
                if not usable(link):
                    continue
                far, total = link.other(node), cost + (km(link) if km else link.km)
                if total < best.get(far, math.inf):
                    best[far], before[far] = total, number
                    heapq.heappush(heap, (total, far))
        return None

    def components(self, mode):
        """Sets of nodes that links of a mode join, the longest network first."""
        seen, result = set(), []
        for start in sorted(self.around):
            if start in seen or not any(self.links[n].mode == mode for n in self.around[start]):
                continue
            stack, group = [start], {start}
            while stack:
                node = stack.pop()
                for number in self.around[node]:
                    link = self.links[number]
                    far = link.other(node)
                    if link.mode == mode and far not in group:
                        group.add(far)
                        stack.append(far)
            seen |= group
            result.append(group)
        return result

    def prune(self, keep, shorter_than):
        """Drops dead-end chains shorter than a mode's limit that reach no kept node, and loops."""
        for number in [n for n, link in sorted(self.links.items()) if link.a == link.b]:
            self.remove(number)
        changed = True
        while changed:
            changed = False
            for tip in sorted(self.around):
                if tip in keep or len(self.around[tip]) != 1:
                    continue
                chain, km, node = [], 0.0, tip
                while True:
                    (number,) = [n for n in self.around[node] if n not in chain]
                    chain.append(number)
                    km += self.links[number].km
                    node = self.links[number].other(node)
                    if node in keep or len(self.around[node]) != 2 or node == tip:
                        break
                mode = self.links[chain[0]].mode
                if km < shorter_than[mode] or all(self.links[n].connector for n in chain):
                    for number in chain:
                        self.remove(number)
                    changed = True

    def contract(self, keep):
        """Joins the two links of every unkept node that has just two of the same mode and kind."""
        for node in sorted(self.around):
            if node in keep or len(self.around[node]) != 2:
                continue
            first, second = sorted(self.around[node])
            one, two = self.links[first], self.links[second]
            if one.mode != two.mode or one.state != two.state or one.connector or two.connector:
                continue
            a, b = one.other(node), two.other(node)
            if a == b or a == node or b == node:
                continue
            points = one.from_node(a) + two.from_node(node)[1:]
            self.remove(first)
            self.remove(second)
            self.add(
                Link(
                    a,
                    b,
                    one.mode,
                    one.state,
                    one.km + two.km,
                    points,
                    max(one.slack_m, two.slack_m),
                    one.real_km + two.real_km,
                )
            )

    def thin_parallels(self, ratio=1.5):
        """Of links of one mode between the same two nodes keeps the shortest, unless another is much longer."""
        groups = {}
        for number, link in sorted(self.links.items()):
            groups.setdefault((link.mode, link.state, *sorted((link.a, link.b))), []).append(number)
        dropped = 0
        for numbers in groups.values():
            numbers.sort(key=lambda n: (self.links[n].km, n))
            for number in numbers[1:]:
                if self.links[number].km <= ratio * self.links[numbers[0]].km + 5:
                    self.remove(number)
                    dropped += 1
        return dropped

    def bridge_gaps(self, limit_m, least_km, log):
        """Joins networks of one mode and territory whose nodes come within a limit: breaks of the source, not of the line."""
        for mode, state in sorted({(link.mode, link.state) for link in self.links.values()}):
            while True:
                groups = self.networks(mode, state, least_km)
                best = None
                for k, one in enumerate(groups):
                    for two in groups[k + 1 :]:
                        a, b = sorted(one), sorted(two)
                        spots = shapely.points([plane(self.at[n]) for n in a])
                        tree = shapely.STRtree(spots)
                        for far in b:
                            index, gap = tree.query_nearest(
                                shapely.Point(plane(self.at[far])), return_distance=True, all_matches=False
                            )
                            best = min(best or (math.inf,), (round(float(gap[0]), 3), a[int(index[0])], far))
                if best is None or best[0] > limit_m.get((mode, state), limit_m[mode]):
                    break
                self.bridge(*best, mode, state, log)
        self.bridge_tips(2_000.0, 8.0, log)

    def merge_tips(self, mode, reach_m, round_km, keep, log):
        """Draws a dead end together with a node within reach that is far away along the network: one place of the source in two."""
        keys = sorted(key for key, links in self.around.items() if any(self.links[n].mode == mode for n in links))
        tree = shapely.STRtree([shapely.Point(plane(self.at[key])) for key in keys])
        for tip in keys:
            if tip in keep or len(self.around.get(tip, ())) != 1:
                continue
            (number,) = self.around[tip]
            state, spot = self.links[number].state, shapely.Point(plane(self.at[tip]))
            near = []
            for k in tree.query(spot.buffer(reach_m)):
                other = keys[int(k)]
                links = [self.links[n] for n in self.around.get(other, ())]
                if other != tip and other not in keep and links and all((x.mode, x.state) == (mode, state) for x in links):
                    near.append((round(math.dist(plane(self.at[tip]), plane(self.at[other])), 3), other))
            for gap, other in sorted(near):
                path = self.shortest(tip, other, lambda link: (link.mode, link.state) == (mode, state)) if gap <= reach_m else []
                if path is None or path and sum(self.links[n].km for n in path) > round_km:
                    log.append(f"merged: {mode} {state} {self.at[tip]} {self.at[other]}: gap of {gap:.0f} m")
                    self.rename(tip, other, self.at[other])
                    break

    def bridge(self, gap, a, b, mode, state, log):
        """Joins two nodes over a gap."""
        line = [self.at[a], self.at[b]]
        km = geodesic_km(line)
        self.add(
            Link(
                a,
                b,
                mode,
                state,
                km * 1.3,
                line,
                250.0 + 150.0 * km,
                connector="the two ends of a gap in the base network",
                bridge=True,
            )
        )
        log.append(f"bridged: {mode} {state} {line[0]} {line[1]}: gap of {gap:.0f} m")

    def bridge_tips(self, reach_m, round_km, log):
        """Joins a dead end to a node within reach that is far away along the network."""
        for tip in sorted(self.around):
            if len(self.around[tip]) != 1:
                continue
            (number,) = self.around[tip]
            mode, state = self.links[number].mode, self.links[number].state
            here = plane(self.at[tip])
            near = []
            for other in sorted(self.around):
                there = plane(self.at[other])
                if other != tip and abs(here[0] - there[0]) < reach_m and abs(here[1] - there[1]) < reach_m:
                    if any((self.links[n].mode, self.links[n].state) == (mode, state) for n in self.around[other]):
                        near.append((round(math.dist(here, there), 3), other))
            for gap, other in sorted(near):
                if gap > reach_m:
                    break
                path = self.shortest(tip, other, lambda link: (link.mode, link.state) == (mode, state))
                if path and sum(self.links[n].km for n in path) > round_km:
                    self.bridge(gap, tip, other, mode, state, log)
                    break

    def networks(self, mode, state, least_km):
        """Node sets that links of a mode in a territory join, those of some length only, the longest first."""
        owner, result = {}, []
        for start in sorted(self.around):
            if start in owner:
                continue
            stack, group, numbers = [start], {start}, set()
            while stack:
                node = stack.pop()
                for number in self.around[node]:
                    link = self.links[number]
                    if (link.mode, link.state) == (mode, state):
                        numbers.add(number)
                        far = link.other(node)
                        if far not in group:
                            group.add(far)
                            stack.append(far)
            owner.update(dict.fromkeys(group))
            km = sum(self.links[n].km for n in sorted(numbers))
            if km >= least_km:
                result.append((km, group))
        return [group for km, group in sorted(result, key=lambda item: (-item[0], min(item[1])))]

    def merge_short(self, keep, limit_km, gates):
        """Draws the two ends of links together that are shorter than their mode's limit."""
        for number in sorted(self.links, key=lambda n: (self.links[n].km, n)):
            link = self.links.get(number)
            if link is None or link.connector or link.km >= limit_km[link.mode] or link.a == link.b:
                continue
            if link.a in keep and link.b in keep or {link.a, link.b} & gates:
                continue
            goes, stays = (
                (link.a, link.b)
                if (link.b in keep, len(self.around[link.b]), link.a)
                > (link.a in keep, len(self.around[link.a]), link.b)
                else (link.b, link.a)
            )
            km, real_km = link.km, link.real_km
            self.remove(number)
            position = self.at[stays]
            for n in sorted(self.around[goes]):
                if self.links[n].a != self.links[n].b:
                    self.links[n].km += km / 2
                    self.links[n].real_km += real_km / 2
            self.rename(goes, stays, position)
            for n in sorted(self.around[stays]):
                if self.links[n].a == self.links[n].b:
                    self.remove(n)
