"""Validate the committed RO-Crate with `roc-validator`, which the lock cannot hold (rich < 14).

Install it in an environment of its own, and run this script with that environment's Python:

    python -m venv /tmp/roc && /tmp/roc/bin/pip install roc-validator
    /tmp/roc/bin/python benchmarks/roc_validator.py

Its rules are packaged with it; the JSON-LD context of RO-Crate 1.1 is not. Where
https://w3id.org/ro/crate/1.1/context cannot be reached, give the file that this address stands
for, `docs/_specification/1.1/context.jsonld` of https://github.com/ResearchObject/ro-crate:

    /tmp/roc/bin/python benchmarks/roc_validator.py --context context.jsonld

The context then goes into a cache that the validator reads offline; nothing else is changed.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

CONTEXT = "https://w3id.org/ro/crate/1.1/context"
PROFILE = "process-run-crate"
ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Validate the checkout, at the severity asked for; exit as the validator does."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--context", type=Path, help="the context of RO-Crate 1.1, as a file")
    options.add_argument("--cache", type=Path, help="keep the validator's cache there")
    options.add_argument("--severity", default="required", choices=["required", "recommended"])
    options.add_argument("folder", nargs="?", type=Path, default=ROOT, help="root of the crate")
    given = options.parse_args()
    program = Path(sys.executable).with_name("rocrate-validator")
    if not program.is_file():
        print(f"NOT RUN: no {program}.\n\n{__doc__}", file=sys.stderr)  # noqa: T201
        return 2
    with tempfile.TemporaryDirectory() as folder:
        cache = given.cache or Path(folder) / "cache"
        offline = []
        if given.context:
            keep_context(given.context, cache)
            offline = ["--offline", "--cache-path", str(cache)]
        return subprocess.run(  # noqa: S603 — our own arguments
            [
                *(str(program), "-y", "--disable-color", "validate", *offline, "--no-paging"),
                *("-p", PROFILE, "-l", given.severity, "-v", str(given.folder)),
            ],
            env={**os.environ, "PYTHONUTF8": "1"},
            check=False,
        ).returncode


def keep_context(file: Path, cache: Path) -> None:
    """Put the context in the cache from which the validator answers its own requests."""
    from requests import PreparedRequest, Response
    from requests.adapters import HTTPAdapter
    from requests_cache import CachedSession
    from urllib3 import HTTPResponse

    class FromFile(HTTPAdapter):
        def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
            found = HTTPResponse(
                body=io.BytesIO(file.read_bytes()),
                headers={"Content-Type": "application/ld+json"},
                status=200,
                preload_content=False,
                request_url=request.url,
            )
            return self.build_response(request, found)

    with CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1) as session:
        session.mount(CONTEXT, FromFile())
        session.get(CONTEXT).raise_for_status()


if __name__ == "__main__":
    sys.exit(main())
