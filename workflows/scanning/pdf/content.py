"""Runs a content stream and says where each character is drawn, and whether it can be seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from ..limits import Unreadable
from .fonts import Font, load_font

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 12
_INVISIBLE_MODES = (3, 7)
_WHITE = 0.97


def times(a: Matrix, b: Matrix) -> Matrix:
    """The matrix that applies `a`, then `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


@dataclass(slots=True)
class Glyph:
    """One drawn character and where its code stands: stream, operation, operand, bytes."""

    text: str | None
    box: Box
    size: float
    order: int
    why: str
    stream: int
    operation: int
    piece: int
    start: int
    end: int
    width: float


@dataclass(slots=True)
class _State:
    ctm: Matrix = IDENTITY
    font: Font | None = None
    font_key: int = 0
    size: float = 1.0
    spacing: float = 0.0
    word: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    white: bool = False
    opacity: float = 1.0


@dataclass(slots=True)
class Drawing:
    """What a page draws: glyphs, opaque areas with the order they came in, pictures."""

    glyphs: list[Glyph] = field(default_factory=list)
    areas: list[tuple[Box, int, bool]] = field(default_factory=list)
    pictures: float = 0.0
    streams: list[Any] = field(default_factory=list)
    images: list[Any] = field(default_factory=list)
    fonts: dict[int, Font] = field(default_factory=dict)


class Interpreter:
    """Draws streams into one `Drawing`; forms are followed."""

    def __init__(
        self, reader: Any, hidden_layers: frozenset[int], spend: Callable[[int], None]
    ) -> None:
        self.reader, self.hidden_layers, self.spend = reader, hidden_layers, spend
        self.drawing = Drawing()
        self.used: dict[int, set[int]] = {}
        self._order = 0

    def run(
        self, stream: Any, resources: DictionaryObject, ctm: Matrix = IDENTITY, depth: int = 0
    ) -> None:
        """
        Raises:
            Unreadable: the stream is broken.
        """
        if depth > _DEEPEST:
            return
        try:
            content = ContentStream(stream, self.reader)
            operations = content.operations
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Unreadable("broken") from error
        self.spend(len(operations) * 40)
        number = len(self.drawing.streams)
        self.drawing.streams.append(stream)
        _Run(self, number, resources, ctm, depth).play(operations)

    def next(self) -> int:
        self._order += 1
        return self._order

    def font(self, font: Any) -> Font:
        key = id(font)
        if key not in self.drawing.fonts:
            self.drawing.fonts[key] = load_font(font)
        return self.drawing.fonts[key]


class _Run:
    def __init__(
        self, owner: Interpreter, stream: int, resources: Any, ctm: Matrix, depth: int
    ) -> None:
        self.owner, self.stream, self.depth = owner, stream, depth
        self.resources = resources.get_object() if resources is not None else DictionaryObject()
        self.state = _State(ctm=ctm)
        self.saved: list[_State] = []
        self.line: Matrix = IDENTITY
        self.text: Matrix = IDENTITY
        self.rectangles: list[Box] = []
        self.layers: list[bool] = []

    def _named(self, kind: str, name: Any) -> Any:
        group = self.resources.get(kind)
        found = group.get_object().get(name) if group is not None else None
        return found.get_object() if found is not None else None

    def play(self, operations: list[tuple[Any, bytes]]) -> None:
        for index, (operands, operator) in enumerate(operations):
            action = _ACTIONS.get(operator)
            if action:
                try:
                    action(self, operands, index)
                except (IndexError, TypeError, ValueError, KeyError, AttributeError):
                    continue

    def _q(self, _: Any, __: int) -> None:
        s = self.state
        if len(self.saved) < 200:
            self.saved.append(_State(**{f: getattr(s, f) for f in _State.__slots__}))

    def _restore(self, _: Any, __: int) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def _cm(self, o: Any, _: int) -> None:
        self.state.ctm = times(tuple(float(v) for v in o), self.state.ctm)  # type: ignore[arg-type]

    def _gs(self, o: Any, _: int) -> None:
        found = self._named("/ExtGState", o[0])
        if found is not None and "/ca" in found:
            self.state.opacity = float(found["/ca"])

    def _colour(self, o: Any, _: int) -> None:
        values = [float(v) for v in o if isinstance(v, int | float)]
        if len(values) == 4:
            self.state.white = max(values) <= 1 - _WHITE
        else:
            self.state.white = bool(values) and min(values) >= _WHITE

    def _bt(self, _: Any, __: int) -> None:
        self.line = self.text = IDENTITY

    def _tf(self, o: Any, _: int) -> None:
        found = self._named("/Font", o[0])
        self.state.font = self.owner.font(found) if found is not None else None
        self.state.font_key = id(found)
        self.state.size = float(o[1])

    def _td(self, o: Any, _: int) -> None:
        self.line = self.text = times((1, 0, 0, 1, float(o[0]), float(o[1])), self.line)

    def _td_leading(self, o: Any, index: int) -> None:
        self.state.leading = -float(o[1])
        self._td(o, index)

    def _tm(self, o: Any, _: int) -> None:
        self.line = self.text = tuple(float(v) for v in o)  # type: ignore[assignment]

    def _next_line(self, _: Any, index: int) -> None:
        self._td((0, -self.state.leading), index)

    def _show(self, o: Any, index: int) -> None:
        self._string(o[0], index, 0)

    def _show_next(self, o: Any, index: int) -> None:
        self._next_line((), index)
        self._string(o[0], index, 0)

    def _show_spaced(self, o: Any, index: int) -> None:
        self.state.word, self.state.spacing = float(o[0]), float(o[1])
        self._next_line((), index)
        self._string(o[2], index, 2)

    def _show_array(self, o: Any, index: int) -> None:
        for piece, item in enumerate(o[0]):
            if isinstance(item, int | float):
                self._advance(-float(item) / 1000 * self.state.size * self.state.scale)
            else:
                self._string(item, index, piece)

    def _advance(self, by: float) -> None:
        vertical = self.state.font is not None and self.state.font.vertical
        move = (1, 0, 0, 1, 0, -abs(by)) if vertical else (1, 0, 0, 1, by, 0)
        self.text = times(move, self.text)

    def _why(self) -> str:
        if any(self.layers):
            return "layer"
        if self.state.mode in _INVISIBLE_MODES or self.state.opacity < 0.05:
            return "invisible"
        return "white" if self.state.white else ""

    def _string(self, value: Any, index: int, piece: int) -> None:
        s = self.state
        if s.font is None:
            return
        why, order = self._why(), self.owner.next()
        used = self.owner.used.setdefault(s.font_key, set())
        for code in s.font.codes(shown_bytes(value)):
            used.add(code.value)
            place = times(self.text, s.ctm)
            width = code.width / 1000 * s.size * s.scale
            right = place[4] + place[0] * width
            high = abs(place[3] * s.size) or abs(place[1] * s.size) or 1.0
            box = (min(place[4], right), place[5], max(place[4], right), place[5] + high * 0.8)
            self.owner.drawing.glyphs.append(
                Glyph(
                    code.text,
                    box,
                    high,
                    order,
                    why,
                    self.stream,
                    index,
                    piece,
                    code.start,
                    code.end,
                    code.width,
                )
            )
            extra = s.word if code.text == " " and code.end - code.start == 1 else 0.0
            self._advance(width + (s.spacing + extra) * s.scale)

    def _re(self, o: Any, _: int) -> None:
        x, y, w, h = (float(v) for v in o)
        self.rectangles.append(_boxed((x, y, x + w, y + h), self.state.ctm))

    def _fill(self, _: Any, __: int) -> None:
        if self.state.opacity > 0.95 and not any(self.layers):
            order = self.owner.next()
            for box in self.rectangles:
                self.owner.drawing.areas.append((box, order, not self.state.white))
        self.rectangles = []

    def _forget(self, _: Any, __: int) -> None:
        self.rectangles = []

    def _do(self, o: Any, _: int) -> None:
        found = self._named("/XObject", o[0])
        if not isinstance(found, StreamObject):
            return
        if found.get("/Subtype") == "/Form":
            matrix = tuple(float(v) for v in found.get("/Matrix", IDENTITY))
            resources = found.get("/Resources", self.resources)
            self.owner.run(found, resources, times(matrix, self.state.ctm), self.depth + 1)  # type: ignore[arg-type]
        elif found.get("/Subtype") == "/Image":
            self.owner.drawing.images.append(found)
            self._picture(opaque="/SMask" not in found and "/Mask" not in found)

    def _inline(self, _: Any, __: int) -> None:
        self._picture(opaque=True)

    def _picture(self, opaque: bool) -> None:
        box = _boxed((0, 0, 1, 1), self.state.ctm)
        self.owner.drawing.pictures += (box[2] - box[0]) * (box[3] - box[1])
        if opaque and self.state.opacity > 0.95:
            self.owner.drawing.areas.append((box, self.owner.next(), True))

    def _begin(self, o: Any, _: int) -> None:
        off = False
        if len(o) == 2 and o[0] == "/OC":
            group = self.resources.get("/Properties")
            raw = group.get_object().raw_get(o[1]) if group is not None else None
            off = getattr(raw, "idnum", -1) in self.owner.hidden_layers
        self.layers.append(off)

    def _end(self, _: Any, __: int) -> None:
        if self.layers:
            self.layers.pop()


def shown_bytes(value: Any) -> bytes:
    """The bytes of a string operand as they stood in the file."""
    return value if isinstance(value, bytes) else bytes(value.original_bytes)


def _boxed(box: Box, m: Matrix) -> Box:
    corners = [
        (x * m[0] + y * m[2] + m[4], x * m[1] + y * m[3] + m[5])
        for x in (box[0], box[2])
        for y in (box[1], box[3])
    ]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _set(name: str, factor: float = 1.0) -> Callable[[_Run, Any, int], None]:
    def action(run: _Run, operands: Any, _: int) -> None:
        setattr(run.state, name, float(operands[0]) * factor)

    return action


def pieces(operands: Any, operator: bytes) -> Iterator[tuple[int, Any]]:
    """(piece number, string) for the strings of a text-showing operation."""
    if operator == b"TJ":
        for number, item in enumerate(
            operands[0] if isinstance(operands[0], ArrayObject | list) else ()
        ):
            if not isinstance(item, int | float):
                yield number, item
    elif operator in (b"Tj", b"'"):
        yield 0, operands[0]
    elif operator == b'"':
        yield 2, operands[2]


_ACTIONS: dict[bytes, Callable[[_Run, Any, int], None]] = {
    b"q": _Run._q, b"Q": _Run._restore, b"cm": _Run._cm, b"gs": _Run._gs,
    b"g": _Run._colour, b"rg": _Run._colour, b"k": _Run._colour, b"sc": _Run._colour, b"scn": _Run._colour,
    b"BT": _Run._bt, b"Tf": _Run._tf, b"Td": _Run._td, b"TD": _Run._td_leading, b"Tm": _Run._tm,
    b"T*": _Run._next_line, b"Tj": _Run._show, b"'": _Run._show_next, b'"': _Run._show_spaced,
    b"TJ": _Run._show_array, b"Tc": _set("spacing"), b"Tw": _set("word"), b"TL": _set("leading"),
    b"Tz": _set("scale", 0.01), b"Ts": _set("rise"),
    b"Tr": lambda run, o, _: setattr(run.state, "mode", int(o[0])),
    b"re": _Run._re, b"f": _Run._fill, b"F": _Run._fill, b"f*": _Run._fill, b"B": _Run._fill,
    b"B*": _Run._fill, b"b": _Run._fill, b"b*": _Run._fill, b"n": _Run._forget, b"S": _Run._forget,
    b"s": _Run._forget, b"Do": _Run._do, b"INLINE IMAGE": _Run._inline, b"BDC": _Run._begin,
    b"BMC": _Run._begin, b"EMC": _Run._end,
}  # fmt: skip
