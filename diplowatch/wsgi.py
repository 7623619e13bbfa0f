"""The WSGI application, for sites that serve pages by WSGI."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplowatch.settings")
application = get_wsgi_application()
