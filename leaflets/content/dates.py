"""Checks of an article's dates."""

from __future__ import annotations

import datetime

from leaflets.base.diagnostics import Diagnostics
from leaflets.content.article import Article


def check_dates(article: Article, today: datetime.date, diagnostics: Diagnostics) -> None:
    """Report a day of issue after `today`, and a review that is due before the day of issue."""
    info = article.info
    if info.issued > today:
        place = article.place("article", ("issued",))
        message = f"the article is issued on {info.issued}, which is in the future"
        diagnostics.error(place, message, "date", "write the day on which this version was finished")
    if info.review_due < info.issued:
        place = article.place("article", ("review_due",))
        message = f"the review is due on {info.review_due}, before the article was issued, on {info.issued}"
        diagnostics.error(place, message, "date", "write a day after “issued”")
