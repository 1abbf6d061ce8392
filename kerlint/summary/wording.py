"""How single facts read in a text: places, shapes, counts, sizes."""

from __future__ import annotations

from kerlint.findings import Location
from kerlint.keras_api.shapes import Shape
from kerlint.report.printable import one_line

UNKNOWN = "?"


def place(location: Location, folder: str) -> str:
    """`file:row` as people click it; in notebooks with the cell."""
    name = location.filename.removeprefix(folder.rstrip("/\\") + "/").removeprefix(
        folder.rstrip("/\\") + "\\"
    )
    cell = f"cell {location.cell}:" if location.cell is not None else ""
    return one_line(f"{name}:{cell}{location.row}")


def shapes_text(shapes: tuple[Shape | None, ...]) -> str:
    """The output shapes of a layer as Keras writes them."""
    if len(shapes) == 1:
        return shape_text(shapes[0])
    return f"[{', '.join(map(shape_text, shapes))}]" if shapes else UNKNOWN


def shape_text(shape: Shape | None) -> str:
    """`(None, 28, 28, ?)`; without a comma after a single extent, as Keras writes it."""
    return UNKNOWN if shape is None else f"({', '.join(map(str, shape))})"


def count_text(count: int | None) -> str:
    """`25,636,712`, or `?`."""
    return UNKNOWN if count is None else f"{count:,}"


def size_text(size: float) -> str:
    """Bytes in the largest unit that leaves at least one."""
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} PB"
