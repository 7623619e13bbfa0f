"""Who may do what at every address: the walk over all of them, as everybody, by every method.

A row is one address. Its two words have a letter for each of the cast, in this order: anonymous,
reader, annotator, editor, admin, stranger (an editor who is not in the collection); the first word
is for GET, the second for POST. The letters:

    o  done or shown (a form may still be found wanting: 400, 409, 410, 422)
    s  sent to sign in          x  refused (401, 403)      n  not found (404)
    w  wrong method (405)       a  past the rights: anything but s and a failure

`public` is the letter of anonymous GETs on a public text when public reading is switched on, where
it differs. PUT and DELETE must never do anything, anywhere.
An address without a row fails the run; so does a row without an address.
"""

from __future__ import annotations

from dataclasses import dataclass

CAST = ("anonymous", "reader", "annotator", "editor", "admin", "stranger")
NO = "wwwwww"
ANYBODY = "oooooo"
SIGNED_IN = "sooooo"
ADMINS = "sxxxox"
READ = "soooon"  # a text of a members' collection
SAY = "sxooon"  # what annotators say there, and change of their own
EDIT = "sxxoon"
OWN_SAY = "sxoooo"  # what annotators read
OWN = "sxxooo"  # what editors do in collections of their own choice
MANAGE = "sxxxon"  # a members' collection itself
BATCH = "snnoon"  # the editor's own batch; admins see all
SITE = "sxxxax"  # Django's admin: past the door it decides by itself


@dataclass(frozen=True)
class Row:
    """What everybody gets at one address."""

    path: str
    get: str
    post: str
    public: str = ""
    wrong: str = "w"  # what PUT and DELETE may come to, beside a refusal


ROWS = {
    # reading
    "articles/<int:pk>/": Row("/articles/{article}/", READ, NO, "o"),
    "articles/<int:pk>/cards": Row("/articles/{article}/cards", READ, NO, "o"),
    "articles/<int:pk>/annotations.jsonld": Row(
        "/articles/{article}/annotations.jsonld", READ, NO, "o"
    ),
    "a/<uuid:pk>.jsonld": Row("/a/{annotation}.jsonld", READ, NO, "o"),
    "articles/<int:pk>/exchanges": Row("/articles/{article}/exchanges", READ, NO, "o"),
    "articles/<int:pk>/exchanges.json": Row("/articles/{article}/exchanges.json", READ, NO, "o"),
    "articles/<int:pk>/exchanges.csv": Row("/articles/{article}/exchanges.csv", READ, NO, "o"),
    "articles/<int:pk>/text": Row("/articles/{article}/text", READ, NO, "o"),
    "articles/<int:pk>/source": Row("/articles/{article}/source", READ, NO, "o"),
    "articles/<int:pk>/next-work": Row("/articles/{article}/next-work", READ, NO, "o"),
    "articles/<int:pk>/history": Row("/articles/{article}/history", READ, NO, "o"),
    "articles/<int:pk>/passages/<int:number>/history": Row(
        "/articles/{article}/passages/1/history", READ, NO, "o"
    ),
    "articles/<int:pk>/restore": Row("/articles/{article}/restore", EDIT, EDIT),
    # what is said of a text: the annotation is the annotator's own
    "articles/<int:pk>/annotations/new": Row("/articles/{article}/annotations/new", NO, SAY),
    "articles/<int:pk>/passages/<int:number>/say": Row(
        "/articles/{article}/passages/1/say", READ, READ
    ),
    "articles/<int:pk>/undo": Row("/articles/{article}/undo", NO, READ),
    "articles/<int:pk>/redo": Row("/articles/{article}/redo", NO, READ),
    "articles/<int:pk>/annotations": Row("/articles/{article}/annotations", READ, NO, "o"),
    "annotations/": Row("/annotations/", SIGNED_IN, NO, "o"),
    "a/<uuid:pk>": Row("/a/{annotation}", READ, NO, "o"),
    "a/<uuid:pk>/reply-form": Row("/a/{annotation}/reply-form", SAY, NO),
    "a/<uuid:pk>/reply": Row("/a/{annotation}/reply", NO, SAY),
    "a/<uuid:pk>/edit": Row("/a/{annotation}/edit", SAY, NO),
    "a/<uuid:pk>/change": Row("/a/{annotation}/change", NO, SAY),
    "a/<uuid:pk>/move": Row("/a/{annotation}/move", NO, SAY),
    "a/<uuid:pk>/remove": Row("/a/{annotation}/remove", NO, SAY),
    "a/<uuid:pk>/status": Row("/a/{annotation}/status", NO, SAY),
    "a/<uuid:pk>/mentions": Row("/a/{annotation}/mentions", SAY, SAY),
    "a/<uuid:pk>/history": Row("/a/{annotation}/history", READ, NO, "o"),
    # corrections: the annotation of the cast is no proposal
    "articles/<int:pk>/correct": Row("/articles/{article}/correct", NO, SAY),
    "a/<uuid:pk>/accept": Row("/a/{annotation}/accept", NO, EDIT),
    "a/<uuid:pk>/reject": Row("/a/{annotation}/reject", EDIT, EDIT),
    "a/<uuid:pk>/confirm": Row("/a/{annotation}/confirm", NO, SAY),
    "proposals/": Row("/proposals/", SIGNED_IN, NO),
    "proposals/accept": Row("/proposals/accept", NO, OWN),
    "to-check/": Row("/to-check/", SIGNED_IN, NO),
    "tags/": Row("/tags/", SIGNED_IN, NO),
    "tags/new": Row("/tags/new", NO, OWN),
    "tags/<int:pk>/": Row("/tags/{tag}/", SIGNED_IN, NO),
    "tags/<int:pk>/rename": Row("/tags/{tag}/rename", NO, OWN),
    "tags/<int:pk>/merge": Row("/tags/{tag}/merge", NO, OWN),
    "tags/<int:pk>/retire": Row("/tags/{tag}/retire", NO, OWN),
    # entities belong to no collection
    "entities/": Row("/entities/", SIGNED_IN, NO, "o"),
    "entities/new": Row("/entities/new", OWN, OWN),
    "entities/<int:pk>/": Row("/entities/{entity}/", SIGNED_IN, NO, "o"),
    "entities/<int:pk>/annotations": Row("/entities/{entity}/annotations", SIGNED_IN, NO, "o"),
    "entities/<int:pk>/answers": Row("/entities/{entity}/answers", SIGNED_IN, NO, "o"),
    "articles/<int:pk>/speakers/<int:speaker>": Row(
        "/articles/{article}/speakers/{speaker}", SAY, SAY
    ),
    "entities/<int:pk>/edit": Row("/entities/{entity}/edit", OWN, OWN),
    "entities/<int:pk>/merge": Row("/entities/{entity}/merge", OWN, OWN),
    "entities/<int:pk>/refresh": Row("/entities/{entity}/refresh", NO, OWN),
    "entities/<int:pk>/retire": Row("/entities/{entity}/retire", NO, OWN),
    # names: the lists belong to no collection
    "names/": Row("/names/", OWN_SAY, NO),
    "names/form": Row("/names/form", OWN_SAY, NO),
    "names/look": Row("/names/look", NO, OWN),
    "names/known/new": Row("/names/known/new", NO, OWN),
    "names/known/<int:pk>/retire": Row("/names/known/{word}/retire", NO, OWN),
    "names/garblings/new": Row("/names/garblings/new", NO, OWN),
    "names/garblings/<int:pk>/retire": Row("/names/garblings/{garbling}/retire", NO, OWN),
    "articles/<int:pk>/names": Row("/articles/{article}/names", NO, SAY),
    # list and collections
    "": Row("/", SIGNED_IN, NO, "o"),
    "articles/bulk": Row("/articles/bulk", NO, OWN),  # on nothing; on something: below
    "progress/": Row("/progress/", SIGNED_IN, NO),
    "collections/": Row("/collections/", SIGNED_IN, NO, "o"),
    "collections/new": Row("/collections/new", OWN, OWN),
    "collections/<int:pk>/": Row("/collections/{collection}/", READ, NO, "o"),
    "collections/<int:pk>/name": Row("/collections/{collection}/name", NO, EDIT),
    "collections/<int:pk>/visibility": Row("/collections/{collection}/visibility", NO, MANAGE),
    "collections/<int:pk>/delete": Row("/collections/{collection}/delete", NO, MANAGE),
    "collections/<int:pk>/restore": Row("/collections/{collection}/restore", NO, ADMINS),
    "collections/<int:pk>/members": Row("/collections/{collection}/members", NO, MANAGE),
    # details
    "articles/<int:pk>/details": Row("/articles/{article}/details", EDIT, EDIT),
    # how far they are
    "articles/<int:pk>/passages/<int:number>/status": Row(
        "/articles/{article}/passages/1/status", EDIT, EDIT
    ),
    "articles/<int:pk>/rest": Row("/articles/{article}/rest", NO, EDIT),
    "articles/<int:pk>/hand-over": Row("/articles/{article}/hand-over", EDIT, EDIT),
    "articles/<int:pk>/send-back": Row("/articles/{article}/send-back", EDIT, EDIT),
    "articles/<int:pk>/withdraw": Row("/articles/{article}/withdraw", NO, EDIT),
    "waiting": Row("/waiting", SIGNED_IN, NO),
    # history
    "activity/": Row("/activity/", OWN, NO),
    "activity/<int:pk>/undo": Row("/activity/{activity}/undo", "snnnnn", EDIT),
    # import
    "import/": Row("/import/", OWN, NO),
    "import/files": Row("/import/files", ANYBODY, OWN),
    "import/text": Row("/import/text", ANYBODY, OWN),
    "import/all": Row("/import/all", OWN, NO),
    "import/<uuid:pk>/": Row("/import/{batch}/", BATCH, NO),
    "import/<uuid:pk>/files": Row("/import/{batch}/files", ANYBODY, BATCH),
    "import/<uuid:pk>/read": Row("/import/{batch}/read", NO, BATCH),
    "import/<uuid:pk>/progress": Row("/import/{batch}/progress", BATCH, NO),
    "import/<uuid:pk>/run": Row("/import/{batch}/run", BATCH, BATCH),
    "import/<uuid:pk>/report": Row("/import/{batch}/report", BATCH, NO),
    "import/<uuid:pk>/undo": Row("/import/{batch}/undo", BATCH, BATCH),
    "import/<uuid:pk>/redo": Row("/import/{batch}/redo", BATCH, BATCH),
    "import/<uuid:pk>/discard": Row("/import/{batch}/discard", BATCH, BATCH),
    "import/<uuid:pk>/<int:position>/": Row("/import/{batch}/0/", BATCH, NO),
    "import/<uuid:pk>/<int:position>/adjust": Row("/import/{batch}/0/adjust", BATCH, BATCH),
    "import/<uuid:pk>/versions": Row("/import/{batch}/versions", BATCH, BATCH),
    "import/<uuid:pk>/<int:position>/version": Row("/import/{batch}/0/version", BATCH, BATCH),
    "import/<uuid:pk>/back": Row("/import/{batch}/back", BATCH, BATCH),
    "import/<uuid:pk>/<int:position>/leave": Row("/import/{batch}/0/leave", BATCH, BATCH),
    # whole passages and the structure of a text
    "articles/<int:pk>/passages/<int:number>/edit": Row(
        "/articles/{article}/passages/1/edit", EDIT, EDIT
    ),
    "articles/<int:pk>/passages/<int:number>/structure": Row(
        "/articles/{article}/passages/1/structure", EDIT, EDIT
    ),
    "articles/<int:pk>/speakers": Row("/articles/{article}/speakers", EDIT, EDIT),
    "articles/<int:pk>/reparse": Row("/articles/{article}/reparse", EDIT, EDIT),
    # entities
    # the same words in all texts
    "find/": Row("/find/", "sxoooo", "sxoooo"),
    "find/count": Row("/find/count", "sxoooo", NO),
    "entities/pick": Row("/entities/pick", SIGNED_IN, NO),
    "entities/outside": Row("/entities/outside", "snnnnn", NO),  # no authority is named
    # what admins set for all
    "settings/house": Row("/settings/house", ADMINS, ADMINS),
    # one's own account
    "accounts/first/<str:uidb64>/<str:token>/": Row("/accounts/first/{link}/", ANYBODY, ANYBODY),
    "accounts/settings/": Row("/accounts/settings/", SIGNED_IN, SIGNED_IN),
    "accounts/login/": Row("/accounts/login/", ANYBODY, ANYBODY),
    "accounts/logout/": Row("/accounts/logout/", SIGNED_IN, "ssssss"),
    "accounts/inactive/": Row("/accounts/inactive/", ANYBODY, NO),
    "accounts/reauthenticate/": Row("/accounts/reauthenticate/", SIGNED_IN, SIGNED_IN),
    "accounts/password/set/": Row("/accounts/password/set/", SIGNED_IN, SIGNED_IN),
    "accounts/password/change/": Row("/accounts/password/change/", SIGNED_IN, SIGNED_IN),
    "accounts/password/reset/": Row("/accounts/password/reset/", ANYBODY, ANYBODY),
    "accounts/password/reset/done/": Row("/accounts/password/reset/done/", ANYBODY, NO),
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": Row(
        "/accounts/password/reset/key/1-set-password/", ANYBODY, ANYBODY
    ),
    "accounts/password/reset/key/done/": Row("/accounts/password/reset/key/done/", ANYBODY, NO),
    "accounts/2fa/": Row("/accounts/2fa/", SIGNED_IN, NO),
    "accounts/2fa/authenticate/": Row("/accounts/2fa/authenticate/", SIGNED_IN, SIGNED_IN),
    "accounts/2fa/reauthenticate/": Row("/accounts/2fa/reauthenticate/", SIGNED_IN, SIGNED_IN),
    "accounts/2fa/totp/activate/": Row("/accounts/2fa/totp/activate/", SIGNED_IN, SIGNED_IN),
    "accounts/2fa/totp/deactivate/": Row("/accounts/2fa/totp/deactivate/", "snnnnn", "snnnnn"),
    "accounts/2fa/totp/code.svg": Row("/accounts/2fa/totp/code.svg", SIGNED_IN, NO),
    "accounts/2fa/recovery-codes/": Row("/accounts/2fa/recovery-codes/", "snnnnn", NO),
    "accounts/2fa/recovery-codes/generate/": Row(
        "/accounts/2fa/recovery-codes/generate/", SIGNED_IN, SIGNED_IN
    ),
    "accounts/2fa/recovery-codes/download/": Row(
        "/accounts/2fa/recovery-codes/download/", "snnnnn", NO
    ),
    "accounts/oidc/<str:provider_id>/login/": Row("/accounts/oidc/sso/login/", "n" * 6, "n" * 6),
    "accounts/oidc/<str:provider_id>/login/callback/": Row(
        "/accounts/oidc/sso/login/callback/", "n" * 6, "n" * 6
    ),
    "accounts/3rdparty/login/cancelled/": Row("/accounts/3rdparty/login/cancelled/", ANYBODY, NO),
    "accounts/3rdparty/login/error/": Row("/accounts/3rdparty/login/error/", "x" * 6, NO),
    "accounts/3rdparty/signup/": Row("/accounts/3rdparty/signup/", "x" * 6, NO),
    "accounts/3rdparty/": Row("/accounts/3rdparty/", "n" * 6, "n" * 6, wrong="n"),
    "i18n/setlang/": Row("/i18n/setlang/", NO, ANYBODY),
    "healthz": Row("/healthz", ANYBODY, NO),
    "favicon.ico": Row("/favicon.ico", ANYBODY, NO),
    # people
    "accounts/people/": Row("/accounts/people/", ADMINS, NO),
    "accounts/people/invite/": Row("/accounts/people/invite/", ADMINS, ADMINS),
    "accounts/people/<int:pk>/": Row("/accounts/people/{person}/", ADMINS, NO),
    "accounts/people/<int:pk>/role": Row("/accounts/people/{person}/role", NO, ADMINS),
    "accounts/people/<int:pk>/address": Row("/accounts/people/{person}/address", NO, ADMINS),
    "accounts/people/<int:pk>/close": Row("/accounts/people/{person}/close", NO, ADMINS),
    "accounts/people/<int:pk>/reopen": Row("/accounts/people/{person}/reopen", NO, ADMINS),
    "accounts/people/<int:pk>/link": Row("/accounts/people/{person}/link", NO, ADMINS),
    "accounts/people/<int:pk>/factor": Row("/accounts/people/{person}/factor", NO, ADMINS),
    # Django's admin
    "admin/": Row("/admin/", SITE, SITE, wrong="a"),
    "admin/login/": Row("/admin/login/", "sxxxox", "sxxxox", wrong="a"),
    "admin/logout/": Row(
        "/admin/logout/", "oxxxwx", "oxxxox", wrong="wo"
    ),  # anonymous: to the index
    "admin/password_change/": Row("/admin/password_change/", SITE, SITE, wrong="a"),
    "admin/password_change/done/": Row("/admin/password_change/done/", SITE, SITE, wrong="a"),
    "admin/autocomplete/": Row("/admin/autocomplete/", SITE, SITE, wrong="a"),
    "admin/jsi18n/": Row("/admin/jsi18n/", SITE, SITE, wrong="a"),
    "admin/r/<path:content_type_id>/<path:object_id>/": Row("/admin/r/1/1/", SITE, SITE, wrong="a"),
    "admin/^(?P<app_label>{apps})/$": Row("/admin/procrastinate/", SITE, SITE, wrong="a"),
    "admin/(?P<url>.*)$": Row("/admin/nothing", SITE, SITE, wrong="a"),
}
# The models that Django's admin shows; each has the same five addresses (and a redirect).
ADMIN_MODELS = (
    "annotations/annotation", "annotations/entity", "annotations/tag",
    "articles/activity", "articles/article", "articles/collection", "articles/importbatch",
    "articles/revision", "articles/sourcefile", "procrastinate/procrastinatejob",
)  # fmt: skip
ADMIN_PAGES = {"": "", "add/": "add/"} | {
    f"<path:object_id>/{page}": f"1/{page}" for page in ("history/", "delete/", "change/", "")
}
for model in ADMIN_MODELS:
    for page, sample in ADMIN_PAGES.items():
        ROWS[f"admin/{model}/{page}"] = Row(f"/admin/{model}/{sample}", SITE, SITE, wrong="a")
