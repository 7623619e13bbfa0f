"""The ASGI application."""

from __future__ import annotations

import gc
import os
import warnings

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
os.environ.setdefault("DIPLOWATCH_POOL", "16")

# Files are sent from disk or memory in one go; that they are no async iterators costs nothing here.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")
application = get_asgi_application()

# What is loaded by now stays for ever: it need not be looked through for garbage again and again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
