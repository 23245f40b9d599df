"""Words at each reading level, and the model that all others extend."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

LevelId = Literal["easy", "plain", "detailed"]
LEVEL_IDS: tuple[LevelId, ...] = ("easy", "plain", "detailed")
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
BlockName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
"""Name of a block in a section: `section/block`."""


class Model(BaseModel):
    """A frozen mapping that knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


@cache
def fields_of_models(kind: type[Model]) -> tuple[str, ...]:
    """Names of the attributes that can hold models, in the order of the class."""
    return tuple(name for name, field in kind.model_fields.items() if _holds_models(field.annotation))


def _holds_models(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return any(map(_holds_models, get_args(annotation)))


class Text(Model):
    """One thing said at each reading level, or the same words at `all` of them (labels and names only).

    Each line of a text is a paragraph of its own; at the easy level, a sentence to a line.
    """

    easy: str | None = Field(None, description="Easy read: short words, one idea a sentence, a sentence to a line.")
    plain: str | None = Field(None, description="Plain: for everyone; 6th grade or lower.")
    detailed: str | None = Field(None, description="Detailed: for people who want the evidence; 9th grade or lower.")
    all: str | None = Field(None, description="The same words at every level: labels, names, alternative text.")

    def at(self, level: str) -> str:
        """Words at `level`. KeyError when there are none, which `resolve` has reported before."""
        words: str | None = self.all if self.all is not None else getattr(self, level)
        if words is None:
            raise KeyError(level)
        return words

    def over(self, part: Any) -> dict[str, Text]:
        """This as the short form of a part: what takes the place of its `text`."""
        return {"text": part.text.or_shorter(self)}

    def or_shorter(self, short: Text) -> Text:
        """The words of `short` at the levels it has, and these at the others."""
        if short.all is not None:
            return short
        own = {level: self.all if self.all is not None else getattr(self, level) for level in LEVEL_IDS}
        return Text(**{level: getattr(short, level) or words for level, words in own.items()})
