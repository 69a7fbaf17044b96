"""Checks the network layer and reports its connectivity and lengths."""

import heapq
import math
from pathlib import Path

from network_facts import claim_now
from network_geo import geodesic_km

#: A link may stray this far out of its territory, metres: rounding and the simplified margin.
STRAY_M = 30.0

#: Journeys whose connection and length are reported: name, mode, stops as (lon, lat), published km and where it is from.
JOURNEYS = [
    ("Baku–Böyük Kəsik", "rail", [(49.892, 40.378), (45.15, 41.40)], "503/504"),
    ("Baku–Tbilisi", "rail", [(49.892, 40.378), (44.834, 41.694)], ""),
    (
        "Tbilisi–Kars by Kartsakhi",
        "rail",
        [(44.834, 41.694), (43.231, 41.19), (43.0855, 40.598)],
        "23.1+153+26+76…79 = 278…281",
    ),
    ("Baku–Kars", "rail", [(49.892, 40.378), (44.834, 41.694), (43.0855, 40.598)], "826…850"),
    ("Tbilisi–Poti", "rail", [(44.834, 41.694), (41.6738, 42.1427)], "312.1"),
    ("Tbilisi–Batumi", "rail", [(44.834, 41.694), (41.6339, 41.6423)], ""),
    ("Tbilisi–Yerevan", "rail", [(44.834, 41.694), (44.5136, 40.1811)], "365"),
    ("Yerevan–Gyumri", "rail", [(44.5136, 40.1811), (43.8453, 40.7942)], "154"),
    ("Baku–Horadiz", "rail", [(49.892, 40.378), (47.335, 39.4502)], "70+202 = 272"),
    (
        "Horadiz–Aghband–Meghri–Ordubad–Julfa",
        "rail",
        [(47.335, 39.4502), (46.2446, 38.9029), (45.6296, 38.954)],
        "110.4+7+39…43+57 = 213…217",
    ),
    ("Julfa–Nakhchivan–Sadarak", "rail", [(45.6296, 38.954), (45.4122, 39.2089), (44.8846, 39.7143)], "129.7"),
    (
        "Sadarak–Yeraskh–Yerevan",
        "rail",
        [(44.8846, 39.7143), (44.8356, 39.7308), (44.5136, 40.1811)],
        "5.9+66.9+12 = 85",
    ),
    ("Kars–Iğdır–Dilucu", "rail", [(43.0855, 40.598), (44.045, 39.9237), (44.80, 39.655)], "224"),
    ("Gyumri–Akhurik–Kars", "rail", [(43.8453, 40.7942), (43.0855, 40.598)], "68–76 (unsourced)"),
    ("Erzurum–Kars", "rail", [(41.2769, 39.9086), (43.0855, 40.598)], "216 (unsourced)"),
    ("Tabriz–Julfa (IR)", "rail", [(46.2919, 38.08), (45.6306, 38.9378)], "140/146/148"),
    ("Tabriz–Razi–Kapıköy–Van", "rail", [(46.2919, 38.08), (43.38, 38.50)], "337.7"),
    ("Astara–Rasht", "rail", [(48.875, 38.44), (49.5886, 37.2761)], "162"),
    ("Yerevan–Sotk", "rail", [(44.5136, 40.1811), (45.80, 40.19)], "207 (128 in use)"),
    ("Baku–Red Bridge–Tbilisi", "road", [(49.892, 40.378), (45.07, 41.329), (44.834, 41.694)], ""),
    ("Baku–Astara", "road", [(49.892, 40.378), (48.871, 38.441)], ""),
    ("Baku–Bilasuvar", "road", [(49.892, 40.378), (48.355, 39.402)], ""),
    (
        "Baku–Bilasuvar–Julfa–Nakhchivan",
        "road",
        [(49.892, 40.378), (48.355, 39.402), (45.63, 38.945), (45.4122, 39.2089)],
        "645",
    ),
    ("Bilasuvar–Julfa through Iran", "road", [(48.355, 39.402), (45.63, 38.945)], "400–460 (unsourced)"),
    (
        "Astara–Rasht–Tabriz–Julfa",
        "road",
        [(48.871, 38.441), (49.5886, 37.2761), (46.2919, 38.08), (45.63, 38.945)],
        "",
    ),
    ("Julfa–Nakhchivan–Sadarak", "road", [(45.6296, 38.954), (45.4122, 39.2089), (44.8846, 39.7143)], ""),
    ("Nakhchivan–Sadarak–Dilucu", "road", [(45.4122, 39.2089), (44.8036, 39.6553)], "≈ 90 to Sadarak (unsourced)"),
    ("Dilucu–Iğdır–Kars", "road", [(44.8036, 39.6553), (44.045, 39.9237), (43.0855, 40.598)], "≈ 230 (unsourced)"),
    ("Tbilisi–Türkgözü–Kars", "road", [(44.834, 41.694), (42.834, 41.569), (43.0855, 40.598)], ""),
    ("Tbilisi–Kartsakhi–Kars", "road", [(44.834, 41.694), (43.232, 41.191), (43.0855, 40.598)], ""),
    ("Tbilisi–Batumi–Sarpi", "road", [(44.834, 41.694), (41.6339, 41.6423), (41.55, 41.52)], ""),
    ("Yerevan–Bagratashen", "road", [(44.5136, 40.1811), (44.813, 41.2435)], "220"),
    ("Bagratashen–Tbilisi", "road", [(44.813, 41.2435), (44.834, 41.694)], ""),
    (
        "Yerevan–Goris–Kapan–Meghri",
        "road",
        [(44.5136, 40.1811), (46.3417, 39.5111), (46.4058, 39.2076), (46.2446, 38.9029)],
        "361",
    ),
    ("Meghri–Kapan", "road", [(46.2446, 38.9029), (46.4058, 39.2076)], "71"),
    (
        "Meghri–Agarak–Norduz–Jolfa",
        "road",
        [(46.2446, 38.9029), (46.187, 38.843), (45.6306, 38.9378)],
        "60 from Norduz",
    ),
    ("Yerevan–Norduz", "road", [(44.5136, 40.1811), (46.187, 38.843)], "384.3; ≈ 400"),
    ("Horadiz–Aghband", "road", [(47.335, 39.4502), (46.589, 38.902)], "123.6"),
    ("Margara–Yeghegnadzor–Goris", "road", [(44.18, 40.03), (46.3417, 39.5111)], ""),
    ("Ahmadbeyli–Fuzuli–Shusha", "road", [(47.1453, 39.6009), (46.7499, 39.7601)], "81.7"),
    ("Yevlakh–Aghdam", "rail", [(47.1501, 40.6183), (46.9274, 39.991)], ""),
    ("Erzurum–Kars", "road", [(41.2769, 39.9086), (43.0855, 40.598)], ""),
]


def length_km(link):
    """The length of a link by its `length_basis`."""
    drawn = geodesic_km(link["points"])
    basis = link["length_basis"]
    if basis == "published":
        return link["published_km"][0]["value"]
    if basis == "source":
        return link["source_km"]
    if basis == "posts":
        return link["real_km"]
    return drawn * (link["sinuosity"] or 1.0)


def faults(territories, nodes, links, crossings):
    """All breaches of the layer's rules."""
    found, at = [], {}
    for node in nodes:
        if node["id"] in at:
            found.append(f"node {node['id']} is there twice")
        at[node["id"]] = node
    seen = set()
    for link in links:
        name = link["id"]
        if name in seen:
            found.append(f"link {name} is there twice")
        seen.add(name)
        missing = [end for end in (link["from"], link["to"]) if end not in at]
        if missing:
            found.append(f"link {name} ends at unknown {missing}")
            continue
        for end, point in ((link["from"], link["points"][0]), (link["to"], link["points"][-1])):
            if tuple(point) != tuple(at[end]["at"]):
                found.append(f"link {name} does not end where {end} is: {point} {at[end]['at']}")
            states = at[end]["state"]
            if link["state"] not in (states if isinstance(states, list) else [states]):
                found.append(f"link {name} of {link['state']} ends at {end} of {states}")
        if len(link["points"]) < 2:
            found.append(f"link {name} is a point")
        elif link["mode"] != "ferry":
            stray = territories.outside_m(link["state"], link["points"])
            if stray > STRAY_M:
                found.append(f"link {name} strays {stray:.0f} m out of {link['state']}")
        if not link["condition"]:
            found.append(f"link {name} has no condition")
    for crossing in crossings:
        where = crossing["position"]
        if tuple(at[crossing["id"]]["at"]) != tuple(where):
            found.append(f"crossing {crossing['id']} is not at its node")
        if crossing.get("at_sea"):
            continue
        off = max(territories.distance_m(t, [where]) for t in crossing["territories"])
        if off > 1.0:
            found.append(f"crossing {crossing['id']} is {off:.1f} m off its border")
    return found


def line_faults(territories, nodes, links, crossings):
    """Breaches of what trains and trucks can do: gauges, borders, kilometre posts, ends."""
    found, at = [], {node["id"]: node for node in nodes}
    around = {}
    for link in links:
        for end in (link["from"], link["to"]):
            around.setdefault(end, []).append(link)
    gates = {crossing["id"]: crossing for crossing in crossings}
    for node in nodes:
        here = around.get(node["id"], [])
        gauges = {link["gauge_mm"] for link in here if link["mode"] == "rail"}
        if len(gauges) > 1 and node["kind"] != "gauge-change":
            found.append(f"node {node['id']} ({node['kind']}): gauges {sorted(gauges)} meet")
        if node["kind"] == "gauge-change" and len(gauges) < 2:
            found.append(f"node {node['id']}: a gauge-change point with gauges {sorted(gauges)} only")
        if len({link["state"] for link in here}) > 1 and node["kind"] != "crossing":
            found.append(f"node {node['id']} ({node['kind']}): links of {sorted({link['state'] for link in here})} meet")
        if node["kind"] == "crossing":
            crossing = gates.get(node["id"])
            if crossing is None:
                found.append(f"node {node['id']}: a crossing without a record")
                continue
            for mode in sorted({link["mode"] for link in here} - set(crossing["modes"])):
                found.append(f"crossing {node['id']}: {mode} runs through it, but is none of its modes")
            for state in crossing["territories"]:
                count = sum(link["mode"] == "rail" and link["state"] == state for link in here)
                if count > 1:
                    found.append(f"crossing {node['id']}: {count} railways in {state}: trains would turn round at the border")
        if not here and node["kind"] != "crossing":
            found.append(f"node {node['id']} has no link")
        if node["source"] == "osm-2026" and not node.get("position_basis"):
            found.append(f"node {node['id']}: a place drawn on the boundary needs a position_basis")
    for link in links:
        ends = at[link["from"]], at[link["to"]]
        posts = [[post["km"] for post in end["posts"] if post["line"] == link["line"]] for end in ends]
        if link["line"] and posts[0] and posts[1]:
            by_posts, chord = abs(posts[0][0] - posts[1][0]), geodesic_km([ends[0]["at"], ends[1]["at"]])
            if by_posts + sum(end["accuracy_m"] for end in ends) / 1000 < chord:
                found.append(f"link {link['id']}: {by_posts:g} km by the posts, but its ends are {chord:.1f} km apart")
            if by_posts == 0.0:
                found.append(f"link {link['id']}: both ends have the post {posts[0][0]:g}")
    for line in sorted({link["line"] for link in links if link["line"]}):
        found += posts_out_of_order(line, at, [link for link in links if link["line"] == line])
    return found


def posts_out_of_order(line, at, links):
    """Nodes of a line whose post is a turning point though the line goes on both ways."""
    found, around = [], {}
    for link in links:
        for end, far in ((link["from"], link["to"]), (link["to"], link["from"])):
            around.setdefault(end, []).append(far)
    km = lambda key: next((post["km"] for post in at[key]["posts"] if post["line"] == line), None)
    for key, far in sorted(around.items()):
        here, others = km(key), [km(other) for other in far]
        if here is None or len(far) != 2 or None in others:
            continue
        if (others[0] - here) * (others[1] - here) > 0:
            found.append(f"line {line}: post {here:g} of {key} is not between those of its neighbours {others}")
    return found


def loose_ends(nodes, links):
    """Nodes with one link only where no journey can end: for the report."""
    count = {}
    for link in links:
        for end in (link["from"], link["to"]):
            count[end] = count.get(end, 0) + 1
    kinds = ("junction", "gauge-change", "crossing")
    return [f"{n['id']} ({n['kind']}, {n['state']}) {n['at']}" for n in nodes if count.get(n["id"]) == 1 and n["kind"] in kinds]


class Router:
    """Shortest paths over the written links."""

    def __init__(self, links):
        self.links, self.around = {}, {}
        for link in links:
            self.links[link["id"]] = (link, length_km(link))
            for end in (link["from"], link["to"]):
                self.around.setdefault(end, []).append(link["id"])

    def path(self, start, end, usable, shut=()):
        best, before, heap = {start: 0.0}, {}, [(0.0, start)]
        while heap:
            cost, node = heapq.heappop(heap)
            if node == end:
                names = []
                while node != start:
                    names.append(before[node])
                    link = self.links[before[node]][0]
                    node = link["from"] if link["to"] == node else link["to"]
                return cost, names[::-1]
            if cost > best[node] or node in shut and node != start:
                continue
            for name in self.around.get(node, ()):
                link, km = self.links[name]
                if not usable(link):
                    continue
                far = link["from"] if link["to"] == node else link["to"]
                if cost + km < best.get(far, math.inf):
                    best[far], before[far] = cost + km, name
                    heapq.heappush(heap, (cost + km, far))
        return None


def journeys(nodes, links, crossings):
    """The length of each journey by the links' own lengths, whatever their condition."""
    lines, router = [], Router(links)
    closed = {crossing["id"] for crossing in crossings if claim_now(crossing["regime"]) == "closed"}
    for name, mode, stops, published in JOURNEYS:
        served = {end for link in links if link["mode"] == mode for end in (link["from"], link["to"])}
        keys = []
        for stop in stops:
            near = []
            for node in nodes:
                if node["id"] in served and max(abs(node["at"][0] - stop[0]), abs(node["at"][1] - stop[1])) < 0.3:
                    far = geodesic_km([stop, node["at"]]) * (1 if node["names"] else 3)
                    near.append((far, node["id"]))
            keys.append(min(near)[1] if near else None)
        if None in keys:
            lines.append(f"{name} ({mode}): no node near stop {keys.index(None) + 1}; published {published}")
            continue
        of_mode = lambda link: link["mode"] == mode
        working = lambda link: link["mode"] == mode and claim_now(link["condition"]) == "operational"
        for label, usable, shut in (("any", of_mode, ()), ("open", working, closed)):
            legs = [router.path(a, b, usable, shut) for a, b in zip(keys, keys[1:])]
            if None in legs:
                k = legs.index(None)
                lines.append(f"{name} ({mode}, {label}): NOT CONNECTED {keys[k]} to {keys[k + 1]}")
                continue
            names = [n for _, path in legs for n in path]
            states = sorted({router.links[n][0]["state"] for n in names})
            fact = sum(router.links[n][1] for n in names if not n.startswith("b-"))
            gates = [k for n in names for k in (router.links[n][0]["from"], router.links[n][0]["to"])]
            gates = [k for k in dict.fromkeys(gates) if any(x["id"] == k and x["kind"] == "crossing" for x in nodes)]
            lines.append(
                f"{name} ({mode}, {label}): {sum(km for km, _ in legs):.1f} km, of it {fact:.1f} on fact links; {'/'.join(states)}"
                f"{' via ' + ', '.join(gates) if gates else ''}; published {published or '–'}; stops {' '.join(keys)}"
            )
    return lines


def connectivity(nodes, links):
    """By mode and territory, which terminals and ports are joined without leaving it."""
    lines = []
    router = Router(links)
    for mode in ("road", "rail"):
        for state in sorted({n["state"] for n in nodes if isinstance(n["state"], str)}):
            ends = [n["id"] for n in nodes if n["kind"] in ("terminal", "port") and n["state"] == state]
            groups = []
            for end in ends:
                usable = lambda link: link["mode"] == mode and link["state"] == state
                for group in groups:
                    if router.path(group[0], end, usable):
                        group.append(end)
                        break
                else:
                    groups.append([end])
            groups.sort(key=lambda g: (-len(g), g))
            lines.append(f"{mode} {state}: " + " | ".join(" ".join(g) for g in groups))
    return lines


def run(territories, nodes, links, crossings, facts, log, report):
    """Prints the report; stops with an error if the layer breaks a rule."""
    lines = [
        "# log",
        *log,
        "",
        "# connectivity of terminals inside each territory, ignoring conditions",
        *connectivity(nodes, links),
    ]
    lines += ["", "# journeys", *journeys(nodes, links, crossings)]
    lines += ["", "# crossings: links that touch"]
    for crossing in crossings:
        touch = sorted({f"{l['mode']} {l['state']}" for l in links if crossing["id"] in (l["from"], l["to"])})
        lacks = sorted({f"{m} {t}" for m in crossing["modes"] for t in crossing["territories"]} - set(touch))
        lines.append(f"{crossing['id']}: {', '.join(touch)}" + (f"  LACKS {', '.join(lacks)}" if lacks else ""))
    lines += ["", "# fact links: real, drawn, accuracy; distance to IR"]
    for link in facts:
        extra = ""
        if link["state"] in ("AM", "AZ", "AZ-NX", "TR"):
            margin = territories.distance_m("IR", link["points"])
            extra = f"  IR {margin:.0f} m" if margin < 20_000 else ""
        lines.append(
            f"{link['id']}: {link['mode']} {link['state']} {claim_now(link['condition'])} {link['length_basis']} {link['real_km']:.1f} km,"
            f" drawn {link['rule']} {link['drawn_km']:.1f} km, ±{link['alignment_accuracy_m']} m{extra}"
        )
    lines += ["", "# loose ends", *loose_ends(nodes, links)]
    broken = faults(territories, nodes, links, crossings) + line_faults(territories, nodes, links, crossings)
    lines += ["", "# faults", *broken]
    if report:
        Path(report).write_text("\n".join(lines) + "\n", encoding="utf-8")
    base = [link for link in links if link["id"].startswith(("b-r-", "b-h-"))]
    print(
        f"network: {len(nodes)} nodes, {len(links)} links ({sum(l['mode'] == 'road' for l in base)} base road,"
        f" {sum(l['mode'] == 'rail' for l in base)} base rail, {sum(l['id'].startswith('b-c-') for l in links)} connectors,"
        f" {len(facts)} from facts), {len(crossings)} crossings"
    )
    if broken:
        print("\n".join(broken))
        raise SystemExit(f"the network layer breaks {len(broken)} rules")
