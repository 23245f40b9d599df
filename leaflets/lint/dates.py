"""Checks of an article's dates."""

from __future__ import annotations

from leaflets.base.diagnostics import Diagnostics
from leaflets.base.project import Project
from leaflets.content.article import Article


def check_dates(article: Article, project: Project, diagnostics: Diagnostics) -> None:
    """Report a day of issue in the future, a review that is due before it, and one that is overdue."""
    if "article" in article.gaps.files:
        return
    info = article.info
    if info.issued > project.latest_today():
        place = article.place("article", ("issued",))
        message = f"the article is issued on {info.issued}, which is in the future"
        diagnostics.error(place, message, "date", "write the day on which this version was finished")
    place = article.place("article", ("review_due",))
    if info.review_due < info.issued:
        message = f"the review is due on {info.review_due}, before the article was issued, on {info.issued}"
        diagnostics.error(place, message, "date", "write a day after “issued”")
    elif info.review_due < project.today():
        message = f"the article was due for review on {info.review_due}"
        diagnostics.warning(place, message, "review-due", "have it reviewed again")
