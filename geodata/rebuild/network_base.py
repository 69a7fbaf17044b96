"""The base network: OpenStreetMap rail and road graphs of `scgraph_data`, clipped and cut at the borders."""

import json
import math
import re

from common import REGION, package_dir
from network_geo import geodesic_km, nearest_in, plane, sphere
from network_graph import SLACK, Graph, Link

#: Module of the package and letter in the ids, by mode.
MODULES = {"rail": ("world_railways", "r"), "road": ("world_highways", "h")}

#: A base node this near to a territory belongs to it (coasts, and positions rounded to about 100 m).
COAST_M = 1_500.0

#: A link that must bend to stay in its territory may become this much longer than its real length, else its real line left the territory.
BEND_RATIO, BEND_KM = 1.10, 1.0

#: A link over a border is led through a border crossing point if that makes it no longer than this. Its drawn cut may lie far away:
#: base links are straight lines of up to 100 km, only their ends and their length are real.
CROSSING_RATIO, CROSSING_KM = 1.12, 4.0

#: Short links are cut like the rest, but the crossing point must be within this of the drawn cut.
CUT_KM = 6.0

#: Boxes where the roads on the two banks of a border river are one line of the data set, because its positions are rounded to
#: about 100 m: each node there stands for one on either bank.
TWO_BANKS = {("AM", "IR"): (46.20, 38.84, 46.37, 38.93)}

#: How near to both territories such a node lies, metres.
BANK_M = 1_200.0

#: Where several links reach a crossing point from one side they join this far before it, metres.
FORK_M = 300.0

#: The road graph is generalised: its lengths are right in the plains and too short in the mountains, the more so the longer a link is.
#: Excess of the real length of links of `FULL_KM` and more, by territory; shorter links have it in proportion.
EXCESS = {"AM": 0.35, "AZ": 0.0, "AZ-NX": 0.1, "GE": 0.2, "IR": 0.35, "RU": 0.0, "TR": 0.2}
FULL_KM = 30.0


def real_km(mode, territory, km):
    """The length of a base link with the correction for its generalisation; rail lengths need none."""
    return km * (1 + EXCESS[territory] * min(1.0, km / FULL_KM)) if mode == "road" else km


#: Base links left out, with the reason.
OMITTED = {
    (
        "road",
        (46.365, 38.917),
        (46.732, 39.04),
    ): "Nrnadzor–Mincivan: about 6 km of the Soviet road are missing at the border (facts H17)",
}


def literal(text, start, end):
    """The Python literal of lists, numbers and dictionaries with integer keys between two marks of a module's text; keys become strings."""
    begin = text.index(start) + len(start)
    return json.loads(re.sub(r"(\d+):", r'"\1":', text[begin : text.index(end, begin)]))


def read(packages, mode):
    """Nodes as `{(lon, lat)}` and links as `{((lon, lat), (lon, lat)): km}` of the region; equal positions are one node."""
    module, _ = MODULES[mode]
    text = (package_dir(packages, "scgraph-data") / "scgraph_data" / f"{module}.py").read_text(encoding="utf-8")
    west, south, east, north = REGION
    nodes = literal(text, "\nnodes=", "\nworld_")
    inside = {k for k, (lat, lon) in enumerate(nodes) if west <= lon <= east and south <= lat <= north}
    graph = literal(text, "\ngraph=", "\nnodes=")
    links = {}
    for k in sorted(inside):
        for j, km in sorted((int(j), km) for j, km in graph[k].items()):
            a, b = tuple(nodes[k][::-1]), tuple(nodes[j][::-1])
            if j in inside and a < b:
                links[a, b] = min(km, links.get((a, b), math.inf))
    return links


def key(mode, position):
    """The id of a base node: the data set gives three decimals; finer ones are places where a link was split."""
    letter, (lon, lat) = MODULES[mode][1], position
    if round(lon, 3) == lon and round(lat, 3) == lat:
        return f"n-{letter}-{round(lon * 1e3)}-{round(lat * 1e3)}"
    return f"n-{letter}-{round(lon * 1e6)}-{round(lat * 1e6)}"


def slack_m(km, points):
    """How far a real line of that length may be off a straight one: 250 m for the rounded ends and the place in the town, 2 % of the
    distance for the bends that the source dropped, and the half width of the ellipse that the length allows."""
    chord = geodesic_km(points)
    return 250.0 + 20.0 * chord + SLACK * math.sqrt(max(0.0, km * km - chord * chord))


def near_nodes(graph, nodes, mode, reach_m):
    """The base nodes of a mode nearest to the nodes of the fact base: where stations lie on the base lines."""
    keys = sorted(key for key, links in graph.around.items() if any(graph.links[n].mode == mode for n in links))
    spots = [plane(graph.at[key]) for key in keys]
    found = set()
    for node in nodes:
        here = plane(node["position"])
        distance, key = min(((math.dist(here, spot), key) for spot, key in zip(spots, keys)), default=(math.inf, None))
        if distance <= reach_m:
            found.add(key)
    return found


def build(packages, territories, crossings, log):
    """The base graph: every link in one territory, borders crossed only in the nodes of `crossings`.

    `crossings` is a list of `{"id", "territories", "modes", "position"}`.
    """
    graph = Graph()
    for crossing in crossings:
        graph.node(crossing["id"], crossing["position"])
    for mode in MODULES:
        links = read(packages, mode)
        graph.know(mode, [(pair, slack_m(km, pair)) for pair, km in sorted(links.items())])
        homes = {
            position: places(territories, position) for position in sorted({end for pair in links for end in pair})
        }
        over = {}
        for (a, b), km in sorted(links.items()):
            if (mode, a, b) in OMITTED:
                log.append(f"omitted: {mode} {a} {b} {km} km: {OMITTED[mode, a, b]}")
                continue
            for state_a, at_a in homes[a].items():
                for state_b, at_b in homes[b].items():
                    if state_a != state_b and not homes[a].keys() & homes[b].keys():
                        over[at_a, at_b] = (state_a, state_b, km, (a, b))
                    if state_a != state_b:
                        continue
                    points = within(territories, state_a, at_a, at_b, km)
                    if points is None:
                        log.append(f"dropped: {mode} {state_a} {a} {b} {km} km: leaves its territory")
                        continue
                    ends = graph.node(key(mode, at_a), at_a), graph.node(key(mode, at_b), at_b)
                    graph.add(Link(*ends, mode, state_a, km, points, slack_m(km, [a, b]), real_km(mode, state_a, km)))
        join(graph, territories, crossings, mode, over, log)
    return graph


def places(territories, position):
    """Territory to the node's place in it: one, none far from all, or two between the banks of a river."""
    for pair, (west, south, east, north) in TWO_BANKS.items():
        if west <= position[0] <= east and south <= position[1] <= north:
            if all(territories.distance_m(state, [position]) <= BANK_M for state in pair):
                inner = {state: territories.inner(state, 100.0) for state in pair}
                spots = {state: nearest_in(inner[state], plane(position)) for state in pair}
                return {state: position if spot == plane(position) else sphere(spot) for state, spot in spots.items()}
    state = territories.at(position, COAST_M)
    if state is None:
        return {}
    if territories.distance_m(state, [position]) > 0.0:
        return {state: sphere(nearest_in(territories.inner(state, 100.0), plane(position)))}
    return {state: position}


def within(territories, territory, a, b, km):
    """The drawn line of a link in its territory: straight where that stays inside, else bent; `None` if the real one cannot be inside."""
    if territories.outside_m(territory, [a, b]) == 0.0:
        return [a, b]
    points = territories.path(territory, a, b)
    if points is None or geodesic_km(points) > BEND_RATIO * km + BEND_KM:
        return None
    return points


def join(graph, territories, crossings, mode, over, log):
    """Leads the links over a border through the crossing points; the others end there."""
    offers = []
    for (a, b), (*states, km, source) in over.items():
        fits = []
        for crossing in crossings:
            if mode not in crossing["modes"] or set(states) != set(crossing["territories"]):
                continue
            spot = crossing["position"]
            least = geodesic_km([a, spot, b])
            if least > CROSSING_RATIO * km + CROSSING_KM:
                continue
            legs = [territories.path(state, end, spot) for state, end in zip(states, (a, b))]
            if None in legs:
                continue
            length = sum(geodesic_km(leg) for leg in legs)
            if length <= CROSSING_RATIO * km + CROSSING_KM:
                fits.append((length - km, crossing["id"], legs))
        if fits:
            excess, crossing_id, legs = min(fits)
            offers.append((excess, crossing_id, a, b, states, km, legs, source))
        else:
            log.append(f"cut: {mode} {'-'.join(states)} {a} {b} {km} km: no crossing point")
    taken, used = {}, set()
    for excess, crossing_id, a, b, states, km, legs, source in sorted(offers):
        if source in used:
            continue
        if crossing_id in taken and not {a, b} & taken[crossing_id]:
            log.append(f"cut: {mode} {'-'.join(states)} {a} {b} {km} km: {crossing_id} is taken")
            continue
        lengths = [geodesic_km(leg) for leg in legs]
        total = sum(lengths)
        for state, end, leg, length in zip(states, (a, b), legs, lengths):
            if end in taken.get(crossing_id, ()):
                continue
            share = max(km, total) * length / total
            graph.add(
                Link(
                    graph.node(key(mode, end), end),
                    crossing_id,
                    mode,
                    state,
                    share,
                    leg,
                    slack_m(max(km, total), [a, b]),
                    real_km(mode, state, share),
                )
            )
        taken.setdefault(crossing_id, set()).update((a, b))
        used.add(source)
        log.append(f"joined: {mode} {'-'.join(states)} {a} {b} {km} km through {crossing_id}, {excess:+.1f} km")
    for crossing_id in sorted(taken):
        for state in sorted({graph.links[n].state for n in graph.around[crossing_id]}):
            fork(graph, territories, crossing_id, mode, state)


def fork(graph, territories, crossing_id, mode, state):
    """Lets one link only reach a crossing point on a side: the others join it a little before, so that no journey within the
    territory runs through the crossing point."""
    numbers = [
        n for n in sorted(graph.around[crossing_id]) if (graph.links[n].mode, graph.links[n].state) == (mode, state)
    ]
    if len(numbers) < 2:
        return
    numbers.sort(key=lambda n: (graph.links[n].km, n))
    line = graph.line(numbers[0])
    if graph.links[numbers[0]].b == crossing_id:
        line = line.reverse()
    place = sphere(line.interpolate(min(FORK_M, line.length / 2)).coords[0])
    junction = key(mode, place)
    graph.split(numbers[0], place, junction)
    for number in numbers[1:]:
        link = graph.links[number]
        far = link.other(crossing_id)
        graph.remove(number)
        points = territories.path(state, graph.at[far], place)
        graph.add(Link(far, junction, mode, state, link.km, points, link.slack_m, link.real_km))
