"""Addresses of the import."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.views.importing import adjusting, earlier, preview, report, start, versions

urlpatterns: list[URLPattern] = [
    path("import/", start.start_import, name="start_import"),
    path("import/files", start.upload_files, name="upload_import"),
    path("import/all", earlier.list_imports, name="list_imports"),
    path("import/text", start.paste_text, name="paste_import"),
    path("import/<uuid:pk>/", preview.preview_batch, name="preview_batch"),
    path("import/<uuid:pk>/files", start.upload_files, name="add_to_batch"),
    path("import/<uuid:pk>/read", start.read_batch, name="read_batch"),
    path("import/<uuid:pk>/progress", report.show_progress, name="show_batch_progress"),
    path("import/<uuid:pk>/run", report.run_batch, name="run_batch"),
    path("import/<uuid:pk>/report", report.show_batch, name="show_batch"),
    path("import/<uuid:pk>/undo", report.undo_batch, name="undo_batch"),
    path("import/<uuid:pk>/redo", report.redo_batch, name="redo_batch"),
    path("import/<uuid:pk>/discard", start.discard_batch, name="discard_batch"),
    path("import/<uuid:pk>/<int:position>/", preview.preview_file, name="preview_file"),
    path("import/<uuid:pk>/<int:position>/adjust", adjusting.adjust_file, name="adjust_staged"),
    path("import/<uuid:pk>/versions", versions.choose_versions, name="choose_versions"),
    path(
        "import/<uuid:pk>/<int:position>/version", adjusting.choose_version, name="choose_version"
    ),
    path("import/<uuid:pk>/<int:position>/leave", adjusting.leave_out, name="leave_out_staged"),
    path("import/<uuid:pk>/back", adjusting.bring_back, name="bring_back_staged"),
]
