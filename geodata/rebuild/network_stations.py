"""Stations on the lines: sections split at places known and at places interpolated by their kilometre posts."""

import json
import math
import re

import shapely

from network_geo import flat, geodesic_km, plane, rounded, sphere, tidy

#: How near the base network's railway must pass a town for its station to be put on it, metres.
SNAP_M = 2_000.0

#: Words for the end of a section in a crossing point, by language.
BORDER_WORDS = {
    "az": "dövlət sərhədi",
    "en": "state border",
    "hy": "պետական սահման",
    "ka": "სახელმწიფო საზღვარი",
    "tr": "devlet sınırı",
}


def read_lines(folder):
    """Line slug to its source, the rounding of its posts and the stations whose place no source gives."""
    path = folder / "lines.json"
    records = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return {record["line"]: record for record in records}


def post_of(posts, line):
    """The kilometre post on a line, or `None`."""
    return next((post["km"] for post in posts or [] if post["line"] == line), None)


def snap(nodes, graph, log):
    """Puts each station marked `snap` on the base network's railway where that passes its town."""
    for node in nodes:
        if not node.pop("snap", False):
            continue
        near = graph.near(node["position"], "rail", node["state"], SNAP_M)
        if not near:
            log.append(f"not snapped: {node['id']}: no base railway within {SNAP_M:.0f} m of the town")
            continue
        distance, _, place = near[0]
        node["position"], node["on_line"] = place, True
        node["position_basis"] = (
            f"the place on the base network’s railway nearest to the town’s point in the gazetteer, {distance:.0f} m away"
        )


class Splitter:
    """Splits the sections of the lines that have kilometre posts."""

    def __init__(self, lines, nodes, gates, crossings, log):
        self.lines, self.log = lines, log
        self.crossing = {crossing["id"] for crossing in crossings}
        known = [*nodes, *gates.values()]
        self.posts = {node["id"]: node.get("posts") or [] for node in known}
        self.off_m = {node["id"]: node.get("accuracy_m") or 0.0 for node in known}
        self.names = {record["id"]: record["names"] for record in [*nodes, *crossings]}
        self.nodes, self.made, self.pieces = nodes, [], {}

    def ends(self, link):
        """The posts of a link's ends on its line, `None` where there is none."""
        return [post_of(self.posts.get(link[end]), link.get("line")) for end in ("from", "to")]

    def at_known(self, links):
        """The links, those of a line with posts split at the stations on it whose place is known."""
        result = []
        for link in links:
            start, stop = self.ends(link)
            between = []
            if link["mode"] == "rail" and None not in (start, stop):
                for node in self.nodes:
                    km = post_of(node.get("posts"), link["line"])
                    if km is not None and node["state"] == link["state"] and min(start, stop) < km < max(start, stop):
                        between.append((abs(km - start), node["id"], km))
            if between and link["via"]:
                raise SystemExit(f"link {link['id']}: via points and stations on one section: split it in the facts")
            stops = [(link["from"], start), *((key, km) for _, key, km in sorted(between)), (link["to"], stop)]
            result += self.group(link, stops)
        for link in result:
            self.publish(link)
            if link.get("line") in self.lines:
                link["rounding_km"] = 2 * self.lines[link["line"]]["rounding_km"]
        return result

    def at_interpolated(self, links):
        """The drawn links, split at the stations that are placed by their posts; the nodes of these go to `made`."""
        result = []
        for link in links:
            line = self.lines.get(link.get("line")) if link["mode"] == "rail" else None
            start, stop = self.reckoned(link, links) if line else (None, None)
            if None in (start, stop):
                result.append(link)
                continue
            between = sorted(
                (abs(station["km"] - start), k)
                for k, station in enumerate(line["stations"])
                if min(start, stop) < station["km"] < max(start, stop)
            )
            stops = [(link["from"], start)]
            for _, k in between:
                station = line["stations"][k]
                self.place(link, line, station, start, stop)
                stops.append((station["id"], station["km"]))
            stops.append((link["to"], stop))
            group = self.group(link, stops)
            for piece, (_, one), (_, two) in zip(group, stops, stops[1:]):
                shares = (one - start) / (stop - start), (two - start) / (stop - start)
                piece["points"] = cut(link["points"], *shares)
                if link.get("source_km"):
                    # The source's length is that of the whole section: a part has its share of it.
                    piece["source_km"] = round(link["source_km"] * (shares[1] - shares[0]), 3)
                piece["drawn_km"] = geodesic_km(piece["points"])
                self.publish(piece)
                self.settle(piece)
            if change := link.get("split_condition"):
                for piece in group[[key for key, _ in stops].index(change["at"]) :]:
                    piece["condition"] = change["condition"]
            result += group
        return result

    def reckoned(self, link, links):
        """The posts of a drawn link's ends. That of a border point without one is reckoned from the drawn lengths on both sides,
        and the sinuosity of the link from the posts of the stations there."""
        posts = self.ends(link)
        for k, end in enumerate(("from", "to")):
            if posts[k] is not None or link[end] not in self.crossing or posts[1 - k] is None:
                continue
            for other in links:
                if other is link or other.get("line") != link["line"] or link[end] not in (other["from"], other["to"]):
                    continue
                far = post_of(self.posts.get(other["to" if other["from"] == link[end] else "from"]), link["line"])
                if far is None:
                    continue
                drawn, real = link["drawn_km"] + other["drawn_km"], abs(far - posts[1 - k])
                if link["length_basis"] == "geodesic":
                    link["sinuosity"] = round(max(1.0, real / drawn), 4)
                    link["sinuosity_basis"] = (
                        f"kilometre posts {posts[1 - k]:g} and {far:g} on both sides of the border / length drawn between them"
                    )
                    link["real_km"] = link["drawn_km"] * link["sinuosity"]
                posts[k] = posts[1 - k] + (far - posts[1 - k]) * link["drawn_km"] / drawn
        return posts

    def place(self, link, line, station, start, stop):
        """The node of a station on a drawn section. Along the line it may be off by the difference of the section's lengths by posts
        and as drawn, if all of that lies on one side of it, by the ends' own accuracy and by the rounding of the posts; across
        it by the accuracy of the alignment."""
        share = (station["km"] - start) / (stop - start)
        difference = abs(abs(stop - start) - link["drawn_km"])
        along = 1000.0 * (max(share, 1 - share) * difference + line["rounding_km"])
        ends = (1 - share) * self.off_m.get(link["from"], 0.0), share * self.off_m.get(link["to"], 0.0)
        off = math.hypot(along, *ends, link["alignment_accuracy_m"])
        one, two = (self.label(link[end], "en") for end in ("from", "to"))
        self.posts[station["id"]] = [{"line": line["line"], "km": station["km"]}]
        self.names[station["id"]] = station["names"]
        self.made.append(
            {
                "id": station["id"],
                "names": station["names"],
                "kind": "station",
                "state": link["state"],
                "posts": self.posts[station["id"]],
                "source": line["source"],
                "accuracy_m": math.ceil(off / 100) * 100,
                "position_basis": f"interpolated along the drawn line by its kilometre post {station['km']:g} between {one}"
                f" ({start:.4g}) and {two} ({stop:.4g})",
                "position": cut(link["points"], 0.0, share)[-1],
            }
        )

    def label(self, node, language):
        """The name of a node in a language, else in English or another, without what stands in brackets."""
        if node in self.crossing:
            return BORDER_WORDS.get(language, BORDER_WORDS["en"])
        names = self.names.get(node) or {}
        name = next((names[code] for code in (language, "en", "az", *sorted(names)) if code in names), node)
        return re.sub(r" \(.*\)$", "", name)

    def between(self, link):
        """The names of a link by those of its ends, in English and in the languages that both ends have."""
        codes = [set(BORDER_WORDS) if end in self.crossing else set(self.names.get(end) or {}) for end in (link["from"], link["to"])]
        return {
            code: f"{self.label(link['from'], code)} – {self.label(link['to'], code)}"
            for code in sorted((codes[0] & codes[1]) | {"en"})
        }

    def group(self, link, stops):
        """The parts of a section between its stops, each with an id and names of its own if there are several."""
        if len(stops) == 2:
            return [link]
        if link.get("published_km") and not link.get("published_whole"):
            whole = [claim for claim in link["published_km"] if "kilometre posts" not in claim.get("note", "")]
            if whole:
                raise SystemExit(f"link {link['id']}: a length published for all of a section that is split: use published_whole")
        short = lambda key: "border" if key in self.crossing else key
        names = (link["names"] or {}).items()
        titles = link.get("title") or {language: re.sub(r", section .*$", "", name) for language, name in names}
        pieces = []
        for (one, _), (two, _) in zip(stops, stops[1:]):
            piece = dict(link)
            piece["id"], piece["from"], piece["to"] = f"rail-{short(one)}-{short(two)}", one, two
            piece["title"] = titles
            piece["names"] = {
                language: f"{title}, {'section ' if language == 'en' else ''}"
                f"{self.label(one, language)} – {self.label(two, language)}"
                for language, title in titles.items()
            }
            pieces.append(piece)
        self.pieces[link["id"]] = [piece["id"] for piece in pieces]
        return pieces

    def publish(self, link):
        """The published lengths of a link: its own, its shares by posts of those of a longer line, and the difference of its posts."""
        start, stop = self.ends(link)
        line = self.lines.get(link.get("line")) or {}
        if None in (start, stop) or link["mode"] != "rail":
            if link.get("published_whole"):
                raise SystemExit(f"link {link['id']}: a share by posts needs posts at both ends")
            return
        own = round(abs(stop - start), 3)
        published = []
        for whole in link.get("published_whole") or []:
            low, high = whole["posts"]
            claim = {
                "value": round(whole["value"] * own / (high - low), 3),
                "assumption": f"share {own:g}/{high - low:g} by the kilometre posts of the {whole['value']:g} km published for"
                f" {whole['what']} [{whole['source']}]",
            }
            published.append({**claim, "note": whole["note"]} if "note" in whole else claim)
        kept = [c for c in link.get("published_km") or [] if "by the kilometre posts" not in c.get("assumption", "")]
        if line:
            kept = [claim for claim in kept if "difference of the kilometre posts" not in claim.get("note", "")]
            kept.append(
                {"value": own, "source": line["source"], "note": f"difference of the kilometre posts {start:g} and {stop:g}"}
            )
        link["published_km"] = published + kept

    def settle(self, piece):
        """Length and sinuosity of a part of a section."""
        start, stop = self.ends(piece)
        if piece["length_basis"] == "geodesic":
            if None in (start, stop):
                piece["real_km"] = piece["drawn_km"] * piece["sinuosity"]
                return
            piece["length_basis"] = "posts"
        if piece["length_basis"] == "source":
            return
        piece["real_km"] = piece["published_km"][0]["value"] if piece["length_basis"] == "published" else abs(stop - start)
        ratio = piece["real_km"] / piece["drawn_km"]
        piece["sinuosity"] = round(ratio, 3) if ratio >= 1.0 else None
        piece["sinuosity_basis"] = (
            f"{piece['length_basis']} length / length of the drawn alignment" if ratio >= 1.0 else None
        )


def cut(points, start, stop):
    """The part of a polyline between two shares of its length; the ends of the polyline stay exactly."""
    xy = flat(points)
    at = [0.0]
    for one, two in zip(xy, xy[1:]):
        at.append(at[-1] + math.dist(one, two))
    line, low, high = shapely.LineString(xy), start * at[-1], stop * at[-1]
    head = rounded(points[0]) if start <= 0.0 else sphere(line.interpolate(low).coords[0])
    tail = rounded(points[-1]) if stop >= 1.0 else sphere(line.interpolate(high).coords[0])
    return tidy([head, *(point for point, mark in zip(points, at) if low < mark < high), tail])
