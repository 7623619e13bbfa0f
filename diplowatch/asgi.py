"""The ASGI application."""

from __future__ import annotations

import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
os.environ.setdefault("DIPLOWATCH_POOL", "16")

# Files are sent from disk or memory in one go; that they are no async iterators costs nothing here.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
application = get_asgi_application()
