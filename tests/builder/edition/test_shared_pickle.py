"""What many editions share is body once for all of them, and opened once."""

from __future__ import annotations

import pickle

from leaflets.base.project import Project
from leaflets.builder.edition.make import Order
from tests.builder.workers.test_workers import orders
from tests.conftest import PROJECTS


def test_orders_arrive_as_they_were_sent_and_share_what_they_shared() -> None:
    sent = orders(Project(PROJECTS / "hand-washing"))
    assert len({id(order.material.localised) for order in sent}) == 1 < len(sent)
    body = [pickle.dumps(Order(order.material, "key", anew=True, with_inputs=True)) for order in sent]
    found = [pickle.loads(each) for each in body]
    assert [(order.key, order.anew, order.with_inputs) for order in found] == [("key", True, True)] * len(sent)
    assert [order.edition for order in found] == [order.edition for order in sent]
    assert found[0].material == sent[0].material
    assert found[0].material.localised is not sent[0].material.localised
    assert len({id(order.material.localised) for order in found}) == 1


def test_another_article_in_the_same_words_is_not_taken_for_it() -> None:
    first, second = (orders(Project(PROJECTS / "hand-washing"))[0] for _ in range(2))
    assert first.material.localised == second.material.localised
    one, two = (pickle.loads(pickle.dumps(order)) for order in (first, second))
    assert one.material == two.material == first.material
