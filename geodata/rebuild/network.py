"""Writes `network/{nodes,links,crossings}.geojson`: the base network clipped from `scgraph_data` and the links of the fact base on it.

    python3 network.py --packages DIR --geodata DIR [--report FILE]

Reads `facts/{nodes,links,crossings}.json` beside this script and `boundaries/osm-2026.geojson` in the geodata folder.
"""

import argparse
import math
from collections import Counter
from pathlib import Path

import network_base
import network_check
import network_facts
import network_stations
from common import write_collection
from network_geo import Territories, geodesic_km, nearest_in, plane, rounded, sphere

NETWORK_SOURCE = "osm-network-2024"
BOUNDARY_SOURCE = "osm-2026"

#: Dead ends shorter than this that reach no node of the fact base are dropped, km.
DEAD_END_KM = {"road": 12.0, "rail": 6.0, "ferry": 0.0}

#: Links shorter than this are interchanges, dual carriageways and station yards: their ends become one node.
MERGE_KM = {"road": 0.7, "rail": 1.0}

#: Base railway nodes this near to a node of the fact base are kept when the base network is simplified, metres.
NEAR_M = 600.0

#: A dead end of a road this near to another node is the same place, rounded differently, metres.
TIP_M = 250.0

#: Breaks of the base network up to this wide are bridged, metres; the wide one in Iran is in the coast road Astara–Talesh.
GAP_M = {"road": 8_000.0, "rail": 10_000.0, ("road", "IR"): 25_000.0}

#: Networks without a node of the fact base are kept from this length on.
ISLAND_KM = 150.0

#: What is said of the position of a crossing point, unless the facts say more.
CROSSING_BASIS = "the place on the border of osm-2026 nearest to where the road or line is known or drawn on either side"

#: Gauge by territory, of the base railways.
GAUGE_MM = {"AM": 1520, "AZ": 1520, "AZ-NX": 1520, "GE": 1520, "RU": 1520, "IR": 1435, "TR": 1435}

#: Properties in the order in which they are written.
LINK_PROPERTIES = (
    "id from to mode state names line gauge_mm tracks electrified condition published_km length_basis source_km sinuosity"
    " sinuosity_basis alignment_accuracy_m drawn speed_kmh capacity_mt source"
).split()
NODE_PROPERTIES = "id names kind state posts source accuracy_m position_basis".split()
CROSSING_PROPERTIES = "id pair territories names modes regime dwell_h cost_usd".split()


def simplify_base(graph, territories, keep, gates, log):
    """Fewer and longer base links with the same connectivity."""
    for _ in range(3):
        graph.prune(keep, DEAD_END_KM)
        graph.merge_short(keep, MERGE_KM, gates)
        graph.thin_parallels()
        graph.contract(keep)
    for number, link in sorted(graph.links.items()):
        if link.mode != "ferry" and territories.outside_m(link.state, link.points) > 0.0:
            points = territories.keep_inside(link.state, link.points)
            if points is None:
                graph.remove(number)
                log.append(f"dropped: {link.mode} {link.state} {link.a} {link.b}: cannot be kept inside")
            else:
                link.points, link._line = points, None
    graph.drop_lonely(keep)


def drop_islands(graph, keep):
    """Drops networks that hold no node of the fact base and are short."""
    for mode in ("rail", "road"):
        for group in graph.components(mode):
            numbers = {n for node in group for n in graph.around[node] if graph.links[n].mode == mode}
            if not group & keep and sum(graph.links[n].km for n in numbers) < ISLAND_KM:
                for number in sorted(numbers):
                    graph.remove(number)
    graph.drop_lonely(keep)


def base_links(graph):
    """The records of the base links and connectors, without those of the fact base."""
    letter = {"rail": "r", "road": "h"}
    short = lambda key: key[4:] if key.startswith(("n-r-", "n-h-")) else key
    named = {}
    for number in graph.links:
        link = graph.links[number]
        if link.a > link.b:
            link.a, link.b, link.points = link.b, link.a, link.points[::-1]
        stem = ("b-c" if link.connector else "b") + f"-{letter[link.mode]}-{short(link.a)}-{short(link.b)}"
        named.setdefault(stem, []).append((round(link.km, 3), link.points, number))
    records = []
    for stem, group in sorted(named.items()):
        for k, (km, points, number) in enumerate(sorted(group)):
            link = graph.links[number]
            record = dict.fromkeys(LINK_PROPERTIES)
            record.update(
                {
                    "id": stem if k == 0 else f"{stem}-p{k + 1}",
                    "from": link.a,
                    "to": link.b,
                    "mode": link.mode,
                    "state": link.state,
                    "gauge_mm": GAUGE_MM[link.state] if link.mode == "rail" else None,
                    "published_km": [],
                    "alignment_accuracy_m": math.ceil(link.slack_m / 10) * 10,
                    "speed_kmh": [],
                    "capacity_mt": [],
                    "source": NETWORK_SOURCE,
                    "points": points,
                }
            )
            if link.connector:
                record.update(
                    {
                        "condition": [
                            {
                                "value": "operational",
                                "assumption": f"connector from {link.connector}, drawn straight"
                                if not link.bridge
                                else f"connector between {link.connector}, drawn straight",
                            }
                        ],
                        "length_basis": "geodesic",
                        "sinuosity": network_facts.CONNECTOR_SINUOSITY,
                        "sinuosity_basis": network_facts.CONNECTOR_BASIS,
                        "drawn": "straight",
                    }
                )
            else:
                record.update(
                    {
                        "condition": [{"value": "operational", "source": NETWORK_SOURCE}],
                        **base_length(link, km),
                        "drawn": "base-network",
                    }
                )
            records.append(record)
    return records


def base_length(link, km):
    """The length properties of a base link: that of the source, or for roads whose generalised length is too short a corrected one."""
    drawn = geodesic_km(link.points)
    if link.real_km <= 1.001 * km:
        return {"length_basis": "source", "source_km": km}
    return {
        "length_basis": "geodesic",
        "source_km": km,
        "sinuosity": round(max(1.0, link.real_km / drawn), 4),
        "sinuosity_basis": network_facts.SOURCE_BASIS,
    }


def fact_links(links, label):
    """The records of the fact links as the layer has them; names that the facts do not give are made of those of the ends."""
    records = []
    for link in links:
        link["names"] = dict(sorted({**label(link), **(link.get("names") or {})}.items()))
        record = {name: link.get(name) for name in LINK_PROPERTIES}
        for name in ("published_km", "speed_kmh", "capacity_mt", "condition"):
            record[name] = record[name] or []
        record["drawn"], record["points"], record["real_km"] = link["rule"], link["points"], link["real_km"]
        record["source"] = record["source"] or NETWORK_SOURCE
        records.append(record)
    return records


def node_records(graph, nodes, gates, crossings, links):
    """The records of all nodes: those of the fact base, the crossing points and the base nodes that links end at."""
    records = {}
    for node in nodes:
        if node["kind"] != "crossing":
            records[node["id"]] = {**{name: node.get(name) for name in NODE_PROPERTIES}, "at": node["position"]}
            records[node["id"]]["posts"] = node.get("posts") or []
    for crossing in crossings:
        known = gates.get(crossing["id"], {})
        records[crossing["id"]] = {
            "id": crossing["id"],
            "names": crossing["names"],
            "kind": "crossing",
            "state": crossing["territories"],
            "posts": known.get("posts") or crossing.get("posts") or [],
            "source": known.get("source") or crossing.get("source") or BOUNDARY_SOURCE,
            "accuracy_m": known.get("accuracy_m")
            or crossing.get("accuracy_m")
            or max(500, math.ceil(crossing["moved_m"] / 100) * 100),
            "position_basis": known.get("position_basis") or crossing.get("position_basis") or CROSSING_BASIS,
            "at": crossing["position"],
        }
    ends = Counter(end for link in links for end in (link["from"], link["to"]))
    for link in links:
        for end in (link["from"], link["to"]):
            if end not in records:
                records[end] = {
                    "id": end,
                    "names": None,
                    "kind": "junction" if ends[end] > 1 else "end",
                    "state": link["state"],
                    "posts": [],
                    "source": NETWORK_SOURCE,
                    "accuracy_m": 110,
                    "at": graph.at[end],
                }
    return [records[key] for key in sorted(records)]


def features(records, order, geometry):
    """GeoJSON features with the properties in a fixed order."""
    return [
        {
            "type": "Feature",
            "id": record["id"],
            "properties": {
                name: record[name]
                for name in order
                if name in record and (name != "position_basis" or record[name] is not None)
            },
            "geometry": geometry(record),
        }
        for record in records
    ]


def place_crossings(crossings, territories, log):
    """Moves each crossing point onto the border of its two territories."""
    for crossing in crossings:
        if crossing.get("at_sea"):
            crossing["position"], crossing["moved_m"] = rounded(crossing["at"]), 0.0
            continue
        position, moved = territories.on_border(*crossing["territories"], rounded(crossing["at"]))
        crossing["position"], crossing["moved_m"] = position, moved
        if moved > 2_500:
            log.append(f"moved: crossing {crossing['id']} by {moved:.0f} m onto the border")


def place_nodes(nodes, territories, log):
    """Checks the territory of each fact node; a node a little outside is moved in."""
    for node in nodes:
        node["position"] = rounded(node["at"])
        if node["kind"] == "crossing":
            continue
        if node["state"] not in territories.shapes and node["kind"] == "port":
            # Overseas: the boundary source ends before it.
            continue
        if node["state"] not in territories.shapes:
            raise SystemExit(f"node {node['id']}: no territory {node['state']} in {BOUNDARY_SOURCE}")
        off = territories.distance_m(node["state"], [node["position"]])
        if off > 0:
            node["position"] = sphere(nearest_in(territories.inner(node["state"], 40.0), plane(node["position"])))
            log.append(f"moved: node {node['id']} lies {off:.0f} m outside {node['state']}")


def main():
    """Builds the network layer and checks it."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--packages", required=True, help="folder with unpacked/<package>")
    arguments.add_argument("--geodata", required=True, help="folder with boundaries/, to write network/ into")
    arguments.add_argument(
        "--facts", default=str(Path(__file__).parent / "facts"), help="folder of the hand-written facts"
    )
    arguments.add_argument("--report", help="file for the full report; without it a summary goes to stdout")
    options = arguments.parse_args()

    log, facts = [], Path(options.facts)
    territories = Territories(Path(options.geodata) / "boundaries" / f"{BOUNDARY_SOURCE}.geojson")
    nodes, crossings, links = (
        sorted(network_facts.read(facts, name), key=lambda record: record["id"])
        for name in ("nodes", "crossings", "links")
    )
    place_crossings(crossings, territories, log)
    crossing_ids = {crossing["id"] for crossing in crossings}
    gates = {node["id"]: node for node in nodes if node["id"] in crossing_ids}
    nodes = [node for node in nodes if node["id"] not in crossing_ids]
    place_nodes(nodes, territories, log)

    graph = network_base.build(options.packages, territories, crossings, log)
    keep = crossing_ids | {node["id"] for node in nodes}
    places = crossing_ids | network_base.near_nodes(graph, nodes, "rail", NEAR_M)
    graph.merge_tips("road", TIP_M, 8.0, crossing_ids, log)
    simplify_base(graph, territories, places, crossing_ids, log)
    graph.bridge_gaps(GAP_M, 8.0, log)
    network_stations.snap(nodes, graph, log)
    splitter = network_stations.Splitter(network_stations.read_lines(facts), nodes, gates, crossings, log)
    links = splitter.at_known(links)
    drawer = network_facts.Drawer(graph, territories, nodes, gates, crossings, links, log)
    drawer.node_ends()
    drawer.crossing_ends()
    drawer.draw_all()
    simplify_base(graph, territories, keep, crossing_ids, log)
    drop_islands(graph, keep)
    links = splitter.at_interpolated(links)
    nodes += splitter.made
    log += [f"split: {section}: {' '.join(pieces)}" for section, pieces in sorted(splitter.pieces.items())]

    records = sorted(fact_links(links, splitter.between) + base_links(graph), key=lambda record: record["id"])
    written = node_records(graph, nodes, gates, crossings, records)
    folder = Path(options.geodata) / "network"
    write_collection(
        folder / "links.geojson",
        features(records, LINK_PROPERTIES, lambda r: {"type": "LineString", "coordinates": r["points"]}),
    )
    write_collection(
        folder / "nodes.geojson",
        features(written, NODE_PROPERTIES, lambda r: {"type": "Point", "coordinates": r["at"]}),
    )
    write_collection(
        folder / "crossings.geojson",
        features(crossings, CROSSING_PROPERTIES, lambda r: {"type": "Point", "coordinates": r["position"]}),
    )
    network_check.run(territories, written, records, crossings, links, log, options.report)


if __name__ == "__main__":
    main()
