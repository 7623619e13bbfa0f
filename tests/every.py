"""One test over many cases, naming all that fail: hundreds of tiny tests cost more than they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Case = TypeVar("Case")


def every(
    cases: Iterable[Case], name: Callable[[Case], str] = str
) -> Callable[[Callable[[Case], None]], Callable[[], None]]:
    """Turn a check of one case into one test of all."""

    def over_all(check: Callable[[Case], None]) -> Callable[[], None]:
        def test() -> None:
            faults, asked = [], 0
            for case in cases:
                asked += 1
                try:
                    check(case)
                except AssertionError as fault:
                    faults.append(f"{name(case)}: {fault}")
            assert asked
            assert not faults, "\n".join(faults)

        test.__doc__, test.__name__ = check.__doc__, check.__name__
        return test

    return over_all
