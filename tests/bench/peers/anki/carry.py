"""Carries notes from an Anki collection to Anki's own server; prints notes a second.

`carry.py FILE`: one note for each line of FILE, its text in a field.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from anki.collection import Collection
from anki.errors import NetworkError

PATIENCE = 30


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def serve(folder: Path, port: int) -> subprocess.Popen:
    words = {
        "SYNC_USER1": "a:b",
        "SYNC_BASE": str(folder),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
        "RUST_LOG": "error",
    }
    return subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env={**os.environ, **words}, stdout=sys.stderr)


def sign_in(collection: Collection, port: int):
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return collection.sync_login("a", "b", f"http://127.0.0.1:{port}/")
        except NetworkError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def add(collection: Collection, texts: list[str]) -> None:
    from anki.collection import AddNoteRequest
    from anki.decks import DeckId

    kind = collection.models.by_name("Basic")
    requests = []
    for text in texts:
        note = collection.new_note(kind)
        note.fields = [text, "x"]
        requests.append(AddNoteRequest(note=note, deck_id=DeckId(1)))
    collection.add_notes(requests)


def carry(texts: list[str], folder: Path, port: int) -> float:
    collection = Collection(str(folder / "here.anki2"))
    auth = sign_in(collection, port)
    # A new server has nothing to compare with: what is there already goes up whole, and is not timed.
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=True)
    collection.reopen(after_full_sync=True)
    add(collection, texts)
    start = time.perf_counter()
    done = collection.sync_collection(auth, sync_media=False)
    seconds = time.perf_counter() - start
    if done.required != done.NO_CHANGES and done.required != done.NORMAL_SYNC:
        raise SystemExit(f"not carried: {done}")
    again = collection.sync_collection(auth, sync_media=False)
    if again.required != again.NO_CHANGES:
        raise SystemExit(f"not all carried: {again}")
    return len(texts) / seconds


def main() -> None:
    texts = Path(sys.argv[1]).read_text(encoding="utf8").splitlines()
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        server = serve(folder / "above", port)
        try:
            print(carry(texts, folder, port))
        finally:
            server.kill()
            server.wait()


main()
