"""A brief -> the graph of who took what from whom, outlet by outlet, as DOT and as a drawing.

The drawing is in columns: whoever gives stands to the left of whoever takes, as in layered drawings (Sugiyama, Tagawa
and Toda 1981): a node lies a column behind those it takes from, as far as there are COLUMNS, and in its column near the
middle of them. What a line means is told by its pattern and its arrow, not by colour.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from .brief import LONGEST_NAME, only_credited, short
from .credits import key_of
from .records import Brief

Line = Literal["copy", "partly", "credit", "shared"]
RANK: tuple[Line, ...] = ("copy", "partly", "credit", "shared")

CROWDED = 20  # outlets from which those that are only credited, and by one outlet, are not drawn
MOST = 36  # outlets in a drawing, those with most lines; DOT has all
ROW, COLUMN, BOX, TALL, EDGE = 56, 300, 190, 36, 24  # pixels: between rows and columns, a box, the margin
COLUMNS = 6
LOOP = 40  # how far a line between two boxes of one column reaches out
LETTERS = 24  # of a name in a box


class Node(NamedTuple):
    """An outlet: how many reports of it there are; none where it is only credited."""

    name: str
    reports: int


class Edge(NamedTuple):
    """What the first node gave to the second, or (not directed) what both share. words: in shared passages."""

    a: str
    b: str
    line: Line
    directed: bool
    words: int = 0


class Graph(NamedTuple):
    """Outlets by their keys, and their edges; outlets without any edge are left out."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]


def graph(brief: Brief) -> Graph:
    """Who took from whom; of several ties of one direction between two outlets the strongest, and one without a
    direction only where there is no other."""
    home = {d.id: key_of(d) or d.id for d in brief.documents}
    names = {home[d.id]: short(d.outlet or d.file, LONGEST_NAME) for d in brief.documents}
    reports: dict[str, int] = defaultdict(int)
    for key in home.values():
        reports[key] += 1
    edges: dict[tuple[str, str, bool], Edge] = {}

    def tie(a: str, b: str, line: Line, directed: bool, words: int = 0) -> None:
        if a == b:
            return
        a, b = (a, b) if directed else (min(a, b), max(a, b))
        edge = Edge(a, b, line, directed, words)
        known = edges.get((a, b, directed))
        if known is None or (RANK.index(line), -words) < (RANK.index(known.line), -known.words):
            edges[a, b, directed] = edge

    for r in brief.reuse:
        words = sum(p.words for p in r.passages)
        line: Line = "credit" if only_credited(r) else "shared" if r.kind == "shared source" else r.kind
        a, b = home[r.a], home[r.b]
        giver, taker = (b, a) if r.direction == "b->a" else (a, b)
        tie(giver, taker, line, r.direction != "undecided", words)
    for o in brief.origins:
        for e in o.evidence if o.outlet else ():
            if e.kind == "credit":
                names.setdefault(o.outlet or "", short(o.name, LONGEST_NAME))
                tie(o.outlet or "", home[e.document], "credit", True)
    kept = [e for e in edges.values() if e.directed or not {(e.a, e.b, True), (e.b, e.a, True)} & edges.keys()]
    tied = {k for e in kept for k in (e.a, e.b)}
    nodes = {k: Node(names.get(k, k), reports[k]) for k in sorted(tied)}
    return Graph(nodes, tuple(sorted(kept)))


_STYLE: dict[Line, str] = {"copy": "bold", "partly": "solid", "credit": "dashed", "shared": "dotted"}


def dot(graph: Graph) -> str:
    """The graph in the language of Graphviz."""
    number = {key: f"n{n}" for n, key in enumerate(graph.nodes)}
    out = ["digraph origins {", "  rankdir=LR;", '  node [shape=box, fontname="sans-serif"];']
    for key, node in graph.nodes.items():
        style = "" if node.reports else ", style=dashed"
        out.append(f"  {number[key]} [label={_quoted(_label(node))}{style}];")
    for e in graph.edges:
        arrow = "" if e.directed else ", dir=none"
        label = f"{e.line}, {e.words} words" if e.words else e.line
        out.append(f"  {number[e.a]} -> {number[e.b]} [style={_STYLE[e.line]}, label={_quoted(label)}{arrow}];")
    return "\n".join([*out, "}", ""])


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _label(node: Node) -> str:
    return f"{node.name} ({node.reports})" if node.reports > 1 else node.name


class Box(NamedTuple):
    """A node as it is drawn; x, y: its upper left corner. whole: its name uncut."""

    x: int
    y: int
    label: str
    whole: str
    external: bool


class Stroke(NamedTuple):
    """An edge as it is drawn, its path as SVG writes it; told: what it says, in words."""

    path: str
    line: Line
    directed: bool
    told: str


class Drawing(NamedTuple):
    """A graph as it is drawn, sizes in pixels; wide, tall: of a box. left_out: outlets for which there was no room."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...]
    left_out: int
    wide: int = BOX
    tall: int = TALL


def drawn(graph: Graph) -> Drawing:
    """The graph in columns from left to right."""
    degree: dict[str, int] = defaultdict(int)
    for e in graph.edges:
        degree[e.a] += 1
        degree[e.b] += 1
    many = len(graph.nodes) > CROWDED  # then outlets that one report credits once are left to the list
    drawable = [k for k in graph.nodes if not many or graph.nodes[k].reports or degree[k] > 1]
    kept = sorted(drawable, key=lambda k: (-degree[k], k))[:MOST]
    edges = [e for e in graph.edges if e.a in kept and e.b in kept]
    column = _columns(kept, edges)
    place = _rows(kept, edges, column)
    boxes, at = [], {}
    for key in kept:
        x, y = EDGE + column[key] * COLUMN, EDGE + place[key] * ROW
        at[key] = x, y
        name = _label(graph.nodes[key])
        label = name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"
        boxes.append(Box(x, y, label, name, not graph.nodes[key].reports))
    strokes = []
    for e in edges:
        (ax, ay), (bx, by) = at[e.a], at[e.b]
        names = graph.nodes[e.a].name, graph.nodes[e.b].name
        strokes.append(Stroke(_curve(ax, ay, bx, by), e.line, e.directed, _told(e, *names)))
    return Drawing(
        2 * EDGE + max((column[k] for k in kept), default=0) * COLUMN + BOX + LOOP,
        2 * EDGE + max((place[k] for k in kept), default=0) * ROW + TALL,
        tuple(boxes), tuple(strokes), len(graph.nodes) - len(kept),
    )  # fmt: skip


def _told(edge: Edge, a: str, b: str) -> str:
    words = f", {edge.words} words" if edge.words else ""
    if not edge.directed:
        shares = {"copy": "share most of their words", "partly": "share passages"}
        return f"{a} and {b} {shares.get(edge.line, 'share a source')}{words}"
    takes = {"copy": "copies", "partly": "takes passages from", "credit": "credits", "shared": "credits"}
    return f"{b} {takes[edge.line]} {a}{words}"


def _columns(nodes: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """A column for each node, behind those it takes from; circles end somewhere."""
    column = dict.fromkeys(nodes, 0)
    for _ in range(min(len(nodes), COLUMNS)):
        for e in edges:
            if e.directed and column[e.b] <= column[e.a] < COLUMNS - 1:
                column[e.b] = column[e.a] + 1
    return column


def _rows(nodes: Sequence[str], edges: Sequence[Edge], column: Mapping[str, int]) -> dict[str, int]:
    """A row for each node in its column, near the middle of the nodes it is tied to."""
    near: dict[str, list[str]] = defaultdict(list)
    for e in edges:
        near[e.a].append(e.b)
        near[e.b].append(e.a)
    place: dict[str, int] = {}
    for c in range(max(column.values(), default=0) + 1):
        members = [k for k in nodes if column[k] == c]

        def middle(k: str) -> float:
            rows = [place[n] for n in near[k] if n in place]
            return sum(rows) / len(rows) if rows else len(nodes)

        for row, key in enumerate(sorted(members, key=lambda k: (middle(k), k))):
            place[key] = row
    return place


def _curve(ax: int, ay: int, bx: int, by: int) -> str:
    """From the right side of one box to the left side of another; within a column, around its right side."""
    y1, y2 = ay + TALL // 2, by + TALL // 2
    if bx > ax:
        x1, x2 = ax + BOX, bx
        bend = (x2 - x1) // 2
        return f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    x1, x2 = ax + BOX, bx + BOX
    out = max(x1, x2) + LOOP
    return f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}"
