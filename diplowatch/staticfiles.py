"""Static files under hashed names, so that browsers may keep them for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's patterns of import statements, which it would apply to everybody's files.
_IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]  # unnamed in the stubs


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Hashes names; rewrites the imports of our own JavaScript modules and of nobody else's."""

    support_js_module_import_aggregation = True
    # Names are hashed again until none changes: as often as modules import each other in a row.
    max_post_process_passes = 15
    _js_module_import_aggregation_patterns = ("js/*.js", _IMPORTS)

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file; worked out once, for collected files never change."""
        known: dict[str | None, str] = self.__dict__.setdefault("_addresses", {})
        if name not in known or force:
            known[name] = super().url(name, force)  # type: ignore[arg-type]  # its own takes None
        return known[name]
