"""What guards the views does besides: acts that wait for each other in a ring are done in turn."""

from __future__ import annotations

from threading import Barrier, BrokenBarrierError, Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from articles.access import with_access
from articles.models import Collection

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.django_db(transaction=True)
def test_of_two_acts_that_wait_for_each_other_both_are_done() -> None:
    one, other = (Collection.objects.create(name=name) for name in ("A", "B"))
    both = Barrier(2)
    answers: list[int] = []

    @with_access
    def view(_request: HttpRequest, ids: Sequence[int]) -> HttpResponse:
        with transaction.atomic():
            for pk in ids:
                Collection.objects.select_for_update().get(pk=pk)
                try:
                    both.wait(2)  # so that each holds one before either asks for the second
                except BrokenBarrierError:
                    continue  # tried again, alone
        return HttpResponse()

    def ask(ids: Sequence[int]) -> None:
        try:
            answers.append(view(RequestFactory().get("/"), ids).status_code)
        finally:
            connection.close()

    asking = [Thread(target=ask, args=(ids,)) for ids in ((one.pk, other.pk), (other.pk, one.pk))]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert answers == [200, 200]
