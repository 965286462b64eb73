"""Writes mergers.json, pairs.ndjson and stream.ndjson, the same bytes every time.

    python3 make.py [folder]     (standard library only; the folder defaults to this one)
"""
import json
from pathlib import Path
from random import Random
import sys

sys.dont_write_bytecode = True  # no __pycache__ among the data

import other
import places
import people
import same
import stream


def maker(seed):
    rng = Random(seed)
    return rng, people.Maker(rng)


def ndjson(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def distinct(rows):
    """Chance may write one line twice; the second says nothing new."""
    return list({json.dumps(r, ensure_ascii=False): r for r in rows}.values())


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else __file__)
    folder = folder if folder.is_dir() else folder.parent
    merged = "".join(f"  {json.dumps(m, ensure_ascii=False)},\n" for m in places.mergers())
    pairs = same.lines(*maker("alike same 1")) + other.lines(*maker("alike other 1"))
    files = {
        "mergers.json": "[\n" + merged[:-2] + "\n]\n",
        "pairs.ndjson": ndjson(distinct(pairs)),
        "stream.ndjson": ndjson(stream.lines(*maker("alike stream 1"))),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
