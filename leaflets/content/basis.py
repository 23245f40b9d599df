"""What an edition rests on: the claims and facts of the parts that it prints."""

from __future__ import annotations

from typing import Any

from leaflets.content.article import Article
from leaflets.content.model import Model, Part


def printed(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> tuple[set[str], set[str]]:
    """Claims and facts that an edition's parts rest on; `holds` as in `Article.sections_of`."""
    claims: dict[str, None] = {}
    facts: dict[str, None] = {}
    sections = article.sections_of(leaflet, level, region, holds)
    models: list[Model] = [article.leaflets[leaflet], article.red_flags, *sections]
    for model in models:
        collect(model, level, region, claims, facts)
    return set(claims), set(facts)


def collect(node: Any, level: str, region: str, claims: dict[str, None], facts: dict[str, None]) -> None:
    """Add what a part, and all that is printed in it, rests on; each once, in the order of the file."""
    if isinstance(node, Part) and not node.shown(level, region):
        return
    values = vars(node)  # a look-up of what a model has not is slow, and most have neither
    claims.update(dict.fromkeys(values.get("claims", ())))
    facts.update(dict.fromkeys(values.get("facts", ())))
    for name in type(node).model_fields:
        value = values[name]
        for child in value if isinstance(value, tuple) else (value,):
            if isinstance(child, Model):
                collect(child, level, region, claims, facts)


def sources(article: Article, leaflet: str, level: str, region: str, holds: str = "") -> list[str]:
    """Ids of the references behind the facts that an edition prints, in the order of `references.yaml`."""
    facts = printed(article, leaflet, level, region, holds)[1]
    used = {name for fact in facts if fact in article.facts for name in article.facts[fact].sources}
    return [name for name in article.references if name in used]
