"""Points of a drawing: what a figure's key can name, and where each is in the drawing.

`assets/drawings/<drawing>.yaml` beside the SVG has them. The program sets the numbers 1, 2, ... at the places of the
points that a key names, so that a number in the drawing and the words in the key cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.base.source import read_yaml
from leaflets.content.model.text import Id, Model
from leaflets.content.validate import validate

MOST_POINTS = 9
"""Most points that a key can name: a number has one digit."""
Position = Annotated[tuple[float, float], Field(description="x and y in the units of the drawing's viewBox.")]


class PointPlace(Model):
    """A place of a point: where its number is set."""

    at: Position
    spot: Position | None = Field(None, description="The place itself, from which a line leads to the number.")


class DrawingPoint(Model):
    """A point of a drawing."""

    id: Id
    words: str = Field(description="What is there, for those who write a key: “the inner side of the knee”.")
    places: tuple[PointPlace, ...] = Field(min_length=1, description="Several where both knees have the number.")


class DrawingPoints(Model):
    """The points that a drawing declares."""

    marker: float = Field(gt=0, description="Radius of the disc behind a number, in the units of the viewBox.")
    points: tuple[DrawingPoint, ...] = Field(min_length=1)

    def find(self, id_: str) -> DrawingPoint | None:
        """The point with an id."""
        return next((point for point in self.points if point.id == id_), None)


def points_file(drawing: str) -> str:
    """Path of the points of a drawing in the project."""
    return f"assets/drawings/{drawing}.yaml"


def read_points(project: Project, drawing: str, diagnostics: Diagnostics) -> DrawingPoints | None:
    """The points of a drawing. None when it declares none, or after a diagnostic for each fault."""
    name = points_file(drawing)
    if not project.find(name):
        return None
    text = project.read_checked(name, diagnostics)
    source = read_yaml(project.shown(name), text, diagnostics) if text is not None else None
    return validate(source, DrawingPoints, diagnostics) if source else None


def marked_address(drawing: str, ids: Sequence[str]) -> str:
    """Address of a drawing with the numbers 1, 2, ... at the points `ids`, in their order."""
    return f"asset:drawings/{drawing}.svg" + (f"?{','.join(ids)}" if ids else "")
