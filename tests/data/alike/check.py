"""Checks the written files and prints the counts: python3 check.py [folder]"""
from collections import Counter
import json
from pathlib import Path
import re
import sys
import unicodedata

sys.dont_write_bytecode = True

import alter
import same

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
PERSON_NUMBER = re.compile(r"099[0-3]\d{8}|099\d{6}")
TAX_NUMBER = re.compile(r"099\d{7}(-\d{3})?")
DATE = re.compile(r"(19[3-9]\d|200\d)(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
FIELDS = {"kind", "name", "id_number", "birth_date", "gender", "address", "phone"}
faults = []


def expect(fine, what, row):
    if not fine:
        faults.append((what, row))


def load(name):
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_nfc(text):
    return unicodedata.is_normalized("NFC", text)


def check_applicant(app, row, nfc):
    expect(set(app) <= FIELDS and all(app.values()), "fields", row)
    expect(app["kind"] in ("person", "organisation"), "kind", row)
    shape = PERSON_NUMBER if app["kind"] == "person" else TAX_NUMBER
    expect("id_number" not in app or shape.fullmatch(app["id_number"]), "number", row)
    expect("birth_date" not in app or DATE.fullmatch(app["birth_date"]), "birth date", row)
    expect(app.get("gender", "male") in ("male", "female"), "gender", row)
    expect("phone" not in app or re.fullmatch(r"0900\d{6}", app["phone"]), "phone", row)
    expect(app["kind"] == "person" or not {"birth_date", "gender"} & set(app), "organisation", row)
    if nfc:
        expect(all(is_nfc(v) for v in app.values()), "NFC", row)


def number_tells_truth(app):
    """Gender and birth year are in the number."""
    number, year = app.get("id_number", ""), app.get("birth_date", "")[:4]
    if len(number) != 12 or app["kind"] != "person":
        return True
    century, sex = divmod(int(number[3]), 2)
    return (not year or year == f"{19 + century}{number[4:6]}") \
        and app.get("gender", "male" if sex == 0 else "female") == ("female" if sex else "male")


def check_pairs(pairs):
    for row in pairs:
        a, b, kinds = row["earlier"], row["now"], row["why"].split("+")
        for app in (a, b):
            check_applicant(app, row, "nfd" not in kinds)
            expect("number_slip" in kinds or number_tells_truth(app), "number and birth", row)
        expect(a != b, "both sides equal", row)
        if row["same"]:
            expect(same.enough(a, b, kinds), "not to be recognised", row)
            expect("nfd" not in kinds or not (is_nfc(a["name"]) and is_nfc(b["name"])), "nfd", row)
        else:
            expect(not a.get("id_number") or a.get("id_number") != b.get("id_number"), "one number", row)
    expect(len({json.dumps(r) for r in pairs}) == len(pairs), "lines twice", None)


def check_stream(rows):
    last = {}
    for row in rows:
        check_applicant(row["applicant"], row, False)
        key = (row["who"], row["procedure"])
        before = last.get(key)
        expect(row["again"] == (before is not None), "again", row)
        if before:
            expect(0 <= row["day"] - before["day"] <= 10, "window", row)
            expect(before["applicant"] != row["applicant"], "written the same", row)
        last[key] = row
    days = [r["day"] for r in rows]
    expect(days == sorted(days), "order", None)


def folded(name):
    return " ".join(alter.no_marks(name).lower().split())


def contradiction(a, b):
    """Whether any field both have speaks against one person."""
    def both(key):
        return a.get(key) and b.get(key)
    return bool(both("id_number") and a["id_number"] != b["id_number"]
                or both("birth_date") and a["birth_date"] != b["birth_date"]
                or both("gender") and a["gender"] != b["gender"]
                or both("address") and a["address"] != b["address"])


def namesakes_in_window(rows):
    """Different people, same procedure within ten days, names equal without marks."""
    found = open_cases = 0
    for i, row in enumerate(rows):
        for old in reversed(rows[:i]):
            if row["day"] - old["day"] > 10:
                break
            if old["procedure"] == row["procedure"] and old["who"] != row["who"] \
                    and folded(old["applicant"]["name"]) == folded(row["applicant"]["name"]):
                found += 1
                open_cases += not contradiction(old["applicant"], row["applicant"])
    return found, open_cases


def share(rows, key):
    return f"{sum(key in r['applicant'] for r in rows) / len(rows):.1%}"


def report(pairs, rows):
    for label in (True, False):
        part = [r for r in pairs if r["same"] == label]
        first = Counter(r["why"].split("+")[0] for r in part)
        any_of = Counter(k for r in part for k in r["why"].split("+"))
        print(f"same={label}: {len(part)} lines, {sum('+' in r['why'] for r in part)} combined")
        for kind in first:
            print(f"  {kind:22} {first[kind]:4} (with combined {any_of[kind]})")
        for key in ("id_number", "birth_date", "address", "phone"):
            both = sum(key in r["earlier"] and key in r["now"] for r in part)
            none = sum(key not in r["earlier"] and key not in r["now"] for r in part)
            print(f"  {key}: on both sides {both}, on none {none}")
        equal = sum(r["earlier"].get("id_number", 0) == r["now"].get("id_number", 1) for r in part)
        print(f"  the same number on both sides: {equal}")
    visits = Counter(r["who"] for r in rows)
    print(f"stream: {len(rows)} receptions, {max(r['day'] for r in rows) + 1} days,",
          f"{sum(r['again'] for r in rows)} again, {len(visits)} different applicants,",
          f"{sum(n > 1 for n in visits.values())} more than once, at most {max(visits.values())},",
          f"organisations {sum(r['applicant']['kind'] != 'person' for r in rows)},",
          f"NFD {sum(not is_nfc(r['applicant']['name']) for r in rows)}")
    print("  " + ", ".join(f"{k} {share(rows, k)}" for k in ("id_number", "birth_date", "address", "phone")))
    print("  top procedures", Counter(r["procedure"] for r in rows).most_common(3))
    print("  namesakes in the window (and with nothing against it): %d (%d)" % namesakes_in_window(rows))


def main():
    pairs, rows = load("pairs.ndjson"), load("stream.ndjson")
    mergers = json.loads((FOLDER / "mergers.json").read_text(encoding="utf-8"))
    check_pairs(pairs)
    check_stream(rows)
    expect(len(mergers) == 6 and sum(len(m["was"]) for m in mergers) == 15, "mergers", mergers)
    report(pairs, rows)
    for what, row in faults[:20]:
        print("FAULT", what, json.dumps(row, ensure_ascii=False))
    print(f"{len(faults)} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
