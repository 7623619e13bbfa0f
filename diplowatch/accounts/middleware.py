"""What browsers may do on our pages beyond showing them: nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.utils.decorators import sync_and_async_middleware

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


@sync_and_async_middleware
def permissions_policy(get_response: Callable[..., Any]) -> Callable[..., Any]:
    """Switch off each feature named in PERMISSIONS_POLICY, for us and for what we might embed."""
    value = ", ".join(f"{feature}=()" for feature in settings.PERMISSIONS_POLICY)

    async def later(request: Any) -> Any:
        response = await get_response(request)
        response["Permissions-Policy"] = value
        return response

    def now(request: Any) -> Any:
        response = get_response(request)
        response["Permissions-Policy"] = value
        return response

    return later if iscoroutinefunction(get_response) else now
