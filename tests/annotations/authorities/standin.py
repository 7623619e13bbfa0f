"""A stand-in for Wikidata and a reconciliation service, with the shapes of the real ones."""

from __future__ import annotations

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LE_DRIAN = {
    "type": "item",
    "id": "Q559040",
    "labels": {
        "fr": {"language": "fr", "value": "Jean-Yves Le Drian"},
        "en": {"language": "mul", "value": "Jean-Yves Le Drian", "for-language": "en"},
    },
    "descriptions": {
        "fr": {"language": "fr", "value": "homme politique français"},
        "en": {"language": "en", "value": "French politician"},
    },
    "aliases": {"fr": [{"language": "fr", "value": "Le Drian"}]},
    "claims": {
        "P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}, "rank": "normal"}],
        "P39": [
            {
                "mainsnak": {"datavalue": {"value": {"id": "Q3315475"}}},
                "rank": "normal",
                "qualifiers": {
                    "P580": [
                        {"datavalue": {"value": {"time": "+2017-05-17T00:00:00Z", "precision": 11}}}
                    ],
                    "P582": [
                        {"datavalue": {"value": {"time": "+2022-05-00T00:00:00Z", "precision": 10}}}
                    ],
                },
            },
            {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal", "qualifiers": {"P580": []}},
        ],
    },
}
ENTITIES = {
    "Q559040": LE_DRIAN,
    "Q3315475": {
        "type": "item",
        "id": "Q3315475",
        "labels": {"en": {"language": "en", "value": "Minister of Foreign Affairs"}},
    },
    "Q7184": {
        "type": "item",
        "id": "Q7184",
        "labels": {
            "fr": {"language": "en", "value": "NATO", "for-language": "fr"},
            "en": {"language": "en", "value": "NATO"},
        },
        "descriptions": [],
        "aliases": [],
        "claims": {"P31": [], "P159": [{"mainsnak": {}}]},
    },
    "Q99": {**LE_DRIAN, "redirects": {"from": "Q99", "to": "Q559040"}},
}
HITS = {
    "fr": [
        {
            "id": "Q559040",
            "title": "Q559040",
            "concepturi": "http://www.wikidata.org/entity/Q559040",
            "url": "//www.wikidata.org/wiki/Q559040",
            "display": {
                "label": {"value": "Jean-Yves Le Drian", "language": "fr"},
                "description": {"value": "homme politique français", "language": "fr"},
            },
            "label": "Jean-Yves Le Drian",
            "description": "homme politique français",
            "match": {"type": "alias", "language": "fr", "text": "Le Drian"},
        }
    ],
    "en": [
        {"id": "Q559040", "display": {}, "match": {"type": "label", "text": "Le Drian"}},
        {
            "id": "Q7184",
            "concepturi": "http://www.wikidata.org/entity/Q7184",
            "display": {"label": {"value": "NATO", "language": "en"}},
            "match": {"type": "label", "text": "NATO"},
        },
    ],
}

Reply = tuple[int, dict[str, str], str]


@dataclass
class StandIn:
    """Where it is, what it was asked, and replies to give instead of its own, the first first."""

    address: str
    asked: list[dict[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    instead: deque[Reply] = field(default_factory=deque)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def wikidata(self) -> str:
        """The address of its MediaWiki API."""
        return f"{self.address}/w/api.php"

    @property
    def service(self) -> str:
        """The address of its reconciliation service."""
        return f"{self.address}/reconcile"


def answer(path: str, asked: dict[str, str]) -> Any:
    """What the real one would say."""
    if path == "/reconcile":
        if "queries" not in asked:
            return {"name": "People", "view": {"url": "https://people.example/{{id}}"}}
        return {"q0": {"result": RECONCILED if "drian" in asked["queries"].lower() else []}}
    if asked.get("action") == "wbsearchentities":
        return {"search": HITS[asked["language"]], "success": 1}
    ids = asked["ids"].split("|")
    return {"entities": {one: ENTITIES.get(one, {"id": one, "missing": ""}) for one in ids}}


RECONCILED = [
    {"id": "p1", "name": "Jean-Yves Le Drian", "score": 100, "match": True},
    {
        "id": "p2",
        "name": "Le Drian, Y.",
        "score": 812.5,
        "match": True,
        "type": [{"name": "Person"}],
    },
]


def start() -> tuple[StandIn, ThreadingHTTPServer]:
    """A running stand-in; shut the server down afterwards."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            self.reply(self.rfile.read(length).decode())

        def reply(self, query: str) -> None:
            with lock:
                stand_in.at_once += 1
                stand_in.most_at_once = max(stand_in.most_at_once, stand_in.at_once)
            asked = {key: values[0] for key, values in parse_qs(query).items()}
            stand_in.asked.append(asked)
            stand_in.agents.append(self.headers["User-Agent"])
            if stand_in.instead:
                status, headers, text = stand_in.instead.popleft()
            else:
                status, headers = 200, {"Content-Type": "application/json"}
                text = json.dumps(answer(urlsplit(self.path).path, asked))
            with lock:
                stand_in.at_once -= 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in = StandIn(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return stand_in, server
