"""Pairs of records of one and the same person, written differently."""
from functools import partial
import alter
import names
import people
import places

LINES_PER_KIND = 60
COMBINED = 20  # of these, lines with a second kind on top
ENOUGH = 3


# ---- the kinds: each changes one applicant in place and says whether it could

def text(key, change):
    def kind(_rng, _maker, _who, app):
        old = app.get(key, "")
        app[key] = change(old)
        return bool(old) and app[key] != old
    return kind


def random_text(key, change):
    def kind(rng, _maker, _who, app):
        old = app.get(key, "")
        app[key] = change(rng, old) if old else ""
        return bool(old) and app[key] not in ("", old)
    return kind


def person_only(kind):
    return lambda rng, maker, who, app: app["kind"] == "person" and kind(rng, maker, who, app)


def no_marks(rng, _maker, _who, app):
    """Mostly bare letters; sometimes only the tones are gone. Often in the address too."""
    old = app["name"]
    change = alter.no_tones if rng.random() < 0.15 else alter.no_marks
    app["name"] = change(old)
    if app.get("address") and rng.random() < 0.6:
        app["address"] = change(app["address"])
    return app["name"] != old


def decomposed(rng, _maker, _who, app):
    old = app["name"]
    app["name"] = alter.nfd(old)
    if app.get("address") and rng.random() < 0.7:
        app["address"] = alter.nfd(app["address"])
    return app["name"] != old


def one_without(key):
    """The field is there on the other side only."""
    return lambda _rng, _maker, _who, app: bool(app.pop(key, ""))


def neither_number(_rng, _maker, who, app):
    """No number at all; one of the two visits left a phone, to keep the sides unequal."""
    if not app.pop("phone", ""):
        app["phone"] = who.phone
    return "id_number" not in app and "birth_date" in app and "address" in app


def year_only(rng, _maker, _who, app):
    old = app.get("birth_date", "")
    app["birth_date"] = old[:7] if rng.random() < 0.12 else old[:4]
    return len(old) == 10


def day_month(_rng, _maker, _who, app):
    old = app.get("birth_date", "")
    if len(old) != 10 or int(old[8:]) > 12 or old[5:7] == old[8:]:
        return False
    app["birth_date"] = f"{old[:4]}-{old[8:]}-{old[5:7]}"
    return True


def number_slip(rng, _maker, _who, app):
    old = app.get("id_number", "")
    if len(old) != 12:
        return False
    app["id_number"] = alter.wrong_digit(rng, old)
    return True


def old_number(_rng, _maker, who, app):
    if len(app.get("id_number", "")) != 12 or not who.old_number:
        return False
    app["id_number"] = who.old_number
    return True


def other_phone(_rng, maker, _who, app):
    there = "phone" in app
    app["phone"] = maker.phone()
    return there


def before_merger(_rng, _maker, who, app):
    there = "address" in app and who.home.inside()
    other = "new" if app.get("address") == who.home.write("old") else "old"
    app["address"] = who.home.write(other)
    return there


def moved(rng, _maker, who, app):
    there = "address" in app and "id_number" in app
    app["address"] = places.home_elsewhere(rng, who.home).write(rng.choice(["new", "old"]))
    return there


def married(rng, maker, who, app):
    """A woman between her parents' and her husband's house; sometimes a new phone."""
    if who.gender != "female" or not 1975 <= who.year() <= 2005:
        return False
    if "phone" in app and rng.random() < 0.3:
        app["phone"] = maker.phone()
    return moved(rng, maker, who, app)


def org_short(rng, _maker, _who, app):
    old = app["name"]
    app["name"] = alter.short_org(rng, old)
    return app["kind"] == "organisation" and "id_number" in app and app["name"] != old


def org_unnumbered(rng, _maker, _who, app):
    """Abbreviated and in other case."""
    if app["kind"] != "organisation" or "id_number" in app:
        return False
    old = app["name"]
    short = alter.short_org(rng, old) if rng.random() < 0.75 else old
    app["name"] = rng.choice([str.upper, str.lower, str])(short)
    return app["name"] != old


# name: (change, group, demands). Two kinds of one group are not combined. The order is
# the order of application: letters before case, case before spaces, NFD last.
KINDS = {
    "no_number_one_side": (person_only(one_without("id_number")), "number", {"id_number": 1, "birth_date": 1}),
    "no_number_both": (person_only(neither_number), "number", {"id_number": 0, "birth_date": 1, "address": 1}),
    "number_slip": (person_only(number_slip), "number", {"id_number": 1}),
    "old_9_digit_number": (old_number, "number", {"id_number": 1, "birth_date": 1}),
    "no_birth_one_side": (one_without("birth_date"), "birth", {"birth_date": 1}),
    "birth_year_one_side": (year_only, "birth", {"birth_date": 1}),
    "day_month_swapped": (day_month, "birth", {"birth_date": 1}),
    "other_phone": (other_phone, "phone", {"phone": 1}),
    "before_merger": (before_merger, "place", {"address": 1}),
    "moved": (moved, "place", {"address": 1, "id_number": 1}),
    "married": (married, "place", {"address": 1, "id_number": 1, "birth_date": 1}),
    "address_short": (random_text("address", places.shorten), "address", {"address": 1}),
    "org_tax_short": (org_short, "letters", {"id_number": 1}),
    "org_no_number": (org_unnumbered, "letters", {"id_number": 0, "address": 1}),
    "name_slip": (random_text("name", alter.mistyped), "letters", {}),
    "middle_word": (person_only(random_text("name", alter.without_middle)), "letters", {}),
    "tone_place": (text("name", alter.move_tone), "letters", {}),
    "i_y": (person_only(text("name", alter.i_for_y)), "letters", {}),
    "d_for_dj": (text("name", alter.d_for_dj), "letters", {}),
    "apostrophe": (person_only(random_text("name", alter.apostrophe)), "letters", {}),
    "turned": (person_only(random_text("name", alter.turned)), "letters", {}),
    "no_marks": (no_marks, "letters", {}),
    "upper": (text("name", str.upper), "case", {}),
    "spaces": (random_text("name", alter.spaced), "spaces", {}),
    "nfd": (decomposed, "spaces", {}),
}
NOT_TOGETHER = {("no_marks", "nfd"), ("org_no_number", "upper"), ("no_number_both", "other_phone")}
MOSTLY_EARLIER = {"old_9_digit_number": 0.9, "before_merger": 0.75}


def compatible(a, b):
    (_, group_a, wants_a), (_, group_b, wants_b) = KINDS[a], KINDS[b]
    clash = any(wants_a[k] != wants_b[k] for k in wants_a.keys() & wants_b.keys())
    return group_a != group_b and not clash and (a, b) not in NOT_TOGETHER \
        and (b, a) not in NOT_TOGETHER and not weak_number(a, b) and not weak_number(b, a)


def weak_number(a, b):
    """Who has moved is known again by the number alone: then the number must be whole."""
    return KINDS[a][1] == "number" and b in ("moved", "married")


def in_turn(kinds):
    return [k for k in KINDS if k in kinds]


# ---- what a careful officer has in hand

def number_weight(a, b):
    if a == b:
        return 3 if a else 0
    if len(a) != 12 or len(b) != 12:
        return 0
    wrong = [i for i in range(12) if a[i] != b[i]]
    swap = len(wrong) == 2 and wrong[1] - wrong[0] == 1 \
        and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
    return 2 if len(wrong) == 1 or swap else -9


def birth_weight(a, b):
    if not a or not b:
        return 0
    if a == b or people.mirrored(a, b):
        return 2 if len(a) == 10 else 1
    return 1 if a.startswith(b) or b.startswith(a) else -9


def evidence(a, b, kinds):
    """Knows the truth (who moved); the name is taken as agreeing in all kinds."""
    at = lambda key: (a.get(key, ""), b.get(key, ""))
    stayed = not {"moved", "married"} & set(kinds)
    organisation = 2 if a["kind"] == "organisation" else 0  # such names are rarely shared
    return organisation + number_weight(*at("id_number")) + birth_weight(*at("birth_date")) \
        + (1 if all(at("address")) and stayed else 0) \
        + (2 if a.get("phone") and a.get("phone") == b.get("phone") else 0)


def enough(a, b, kinds):
    """Same name and full birth date is enough where one side lacks the number."""
    plain = kinds == ["no_number_one_side"]
    return evidence(a, b, kinds) >= (2 if plain else ENOUGH)


# ---- making the pairs

def draw(rng, maker, kinds):
    """Somebody to whom the kinds can apply; rare names are asked for by kind."""
    if any(k.startswith("org_") for k in kinds):
        return maker.organisation()
    gender = maker.any_gender()
    if "apostrophe" in kinds:
        return maker.person(names.ethnic(rng, gender), gender)
    if "turned" in kinds and rng.random() < 0.12:
        return maker.person(names.foreign(rng, gender), gender)
    if rng.random() < 0.04 and not {"turned", "middle_word"} & set(kinds):
        return maker.organisation()
    return maker.person(None, gender)


def fields(rng, demands):
    """Which fields both visits have; more without a number than at a real counter."""
    usual = {"id_number": 0.6, "birth_date": 0.88, "address": 0.8, "phone": 0.55, "gender": 0.7}
    return {k for k, p in usual.items() if rng.random() < demands.get(k, p)}


def attempt(rng, maker, kinds):
    demands = {k: v for kind in kinds for k, v in KINDS[kind][2].items()}
    who = draw(rng, maker, kinds)
    has = fields(rng, demands)
    form = rng.choices(["new", "old"], [7, 3])[0]
    if "before_merger" in kinds:
        form = "new"
    sides = [people.write(who, has, form), people.write(who, has, form)]
    for kind in in_turn(kinds):
        side = 0 if rng.random() < MOSTLY_EARLIER.get(kind, 0.5) else 1
        if not KINDS[kind][0](rng, maker, who, sides[side]):
            return None
    a, b = map(people.in_order, sides)
    return (a, b) if a != b and enough(a, b, kinds) else None


def one(rng, maker, kinds):
    for _ in range(4000):
        found = attempt(rng, maker, kinds)
        if found:
            return {"same": True, "why": "+".join(kinds), "earlier": found[0], "now": found[1]}
    return None


def second(rng, kind):
    return rng.choice([k for k in KINDS if k != kind and compatible(kind, k)])


def lines(rng, maker):
    out = []
    for kind in KINDS:
        make = partial(one, rng, maker)
        out += [make([kind]) for _ in range(LINES_PER_KIND - COMBINED)]
        done = 0
        while done < COMBINED:
            line = make([kind, second(rng, kind)])
            # Some kinds never meet in one person (a tax number and a birth date).
            if line:
                out.append(line)
                done += 1
    return out
