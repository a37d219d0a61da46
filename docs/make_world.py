"""Makes ``pictures/world.json`` from world-atlas (npm, ISC; Natural Earth, public domain): outlines and points by code.

The same points stand in degrees in ``export/places.json``.

    npm pack world-atlas && tar xzf world-atlas-*.tgz && pip install pycountry
    python docs/make_world.py package/countries-110m.json package/countries-50m.json

Outlines are of 1:110 million, in the Equal Earth projection; a country too small for that has its point alone. Natural
Earth draws who holds a place. Here, as in the lexicon, a disputed place lies with the state in whose internationally
recognised borders it is: Crimea with Ukraine, Northern Cyprus with Cyprus, Somaliland with Somalia.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from math import asin, cos, pi, radians, sin, sqrt
from pathlib import Path
from typing import Any, NamedTuple

import pycountry

PACKAGE = Path(__file__).parent.parent / "src" / "armstrace"
OUT = PACKAGE / "pictures" / "world.json"
PLACES = PACKAGE / "export" / "places.json"
WIDTH = 960.0
HALF_TURN = 180  # degrees: a step longer than this goes over the date line
LEAST_POINTS = 3  # of a ring that shows anything
LEFT_OUT = {"AQ"}
EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)
WITHIN = {"N. Cyprus": "CY", "Somaliland": "SO", "Kosovo": "XK"}  # outlines without a number of ISO 3166
CRIMEA = (32.0, 44.0, 37.0, 46.5)  # west, south, east, north

Point = tuple[float, float]
Ring = list[Point]


class Outline(NamedTuple):
    """Outer rings of one state, in degrees."""

    code: str
    rings: list[Ring]


def project(longitude: float, latitude: float) -> Point:
    """Return a place on the page (Šavrič, Patterson and Jenny, 2018), north up, the date line at both edges."""
    a1, a2, a3, a4 = EQUAL_EARTH
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    edge = 2 * sqrt(3) * pi / (3 * a1)
    scale = WIDTH / (2 * edge)
    return WIDTH / 2 + x * scale, WIDTH / 2 * HEIGHT_SHARE - y * scale


HEIGHT_SHARE = 0.4867  # height over width of the projection
SHOWN = 0.88  # of the height: Antarctica is left out


def outlines(file: Path) -> Iterator[Outline]:
    """Yield the states of a TopoJSON file."""
    topology = json.loads(file.read_text())
    scale, move = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [decoded(arc, scale, move) for arc in topology["arcs"]]
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape)
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [part for polygon in polygons for part in parted(joined(polygon[0], arcs))]
        if code and code not in LEFT_OUT:
            yield from by_owner(code, rings)


def decoded(arc: list[list[int]], scale: list[float], move: list[float]) -> Ring:
    """Return an arc in degrees: it stands as steps from point to point."""
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + move[0], y * scale[1] + move[1]))
    return points


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Return the ring that arcs make; a number below zero is an arc walked backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def parted(ring: Ring) -> list[Ring]:
    """Return a ring as its parts on either side of the date line: each closes along the edge of the page."""
    sides: tuple[Ring, Ring] = ([], [])
    side = 0
    for before, point in zip(ring[-1:] + ring[:-1], ring, strict=True):
        if abs(point[0] - before[0]) > HALF_TURN:
            side = 1 - side
        sides[side].append(point)
    return [part for part in sides if part]


def code_of(shape: dict[str, Any]) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a shape."""
    name = shape["properties"]["name"]
    if name in WITHIN:
        return WITHIN[name]
    found = pycountry.countries.get(numeric=shape["id"].zfill(3)) if "id" in shape else None
    return found.alpha_2 if found else None


def by_owner(code: str, rings: list[Ring]) -> Iterator[Outline]:
    """Yield the rings of a state, those in Crimea as Ukraine's."""
    crimea = [ring for ring in rings if code == "RU" and inside(middle(ring), CRIMEA)]
    yield Outline(code, [ring for ring in rings if ring not in crimea])
    if crimea:
        yield Outline("UA", crimea)


def middle(ring: Ring) -> Point:
    """Return the middle of a ring's area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return (x / (3 * area), y / (3 * area)) if area else ring[0]


def size(ring: Ring) -> float:
    """Return the area of a ring on the page."""
    page = [project(*point) for point in ring]
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(page, page[1:] + page[:1], strict=True))) / 2


def inside(point: Point, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a point lies in a box."""
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def path_of(rings: list[Ring]) -> str:
    """Return the path of rings, each point to a tenth, points that fall together once."""
    parts = []
    for ring in rings:
        points = list(dict.fromkeys(f"{x:.1f} {y:.1f}" for x, y in (project(*p) for p in ring)))
        if len(points) >= LEAST_POINTS:
            parts.append("M" + "L".join(points) + "Z")
    return "".join(parts)


def main() -> None:
    """Write the files."""
    shapes: dict[str, list[Ring]] = defaultdict(list)
    points: dict[str, list[Ring]] = defaultdict(list)
    for outline in outlines(Path(sys.argv[1])):
        shapes[outline.code] += outline.rings
    for outline in outlines(Path(sys.argv[2])):
        points[outline.code] += outline.rings
    world, places = {}, {}
    for code in sorted({*shapes, *points}):
        longitude, latitude = middle(max(points.get(code) or shapes[code], key=size))
        places[code] = [round(longitude, 2), round(latitude, 2)]
        x, y = project(longitude, latitude)
        world[code] = {"path": path_of(shapes.get(code, [])), "at": [round(x, 1), round(y, 1)]}
    height = round(WIDTH * HEIGHT_SHARE * SHOWN, 1)
    rows = ",\n".join(f"{json.dumps(code)}: {json.dumps(entry)}" for code, entry in world.items())
    OUT.write_text(f'{{"size": [{WIDTH:.0f}, {height}], "countries": {{\n{rows}\n}}}}\n')
    PLACES.write_text("{\n" + ",\n".join(f'"{code}": {place}' for code, place in places.items()) + "\n}\n")


if __name__ == "__main__":
    main()
