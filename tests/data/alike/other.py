"""Pairs of records of two different people (or organisations) who look alike."""
from dataclasses import replace
import names
import people
import places
from draft import bare, numbers, other_given, some, split, steps, three_words, written

LINES_PER_KIND = 100
ALL = {"id_number", "birth_date", "gender", "address", "phone"}
CHILD_GAP = range(18, 39)
NEAR_YEARS = [-9, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 9]


def namesakes(rng, maker, years, home=None):
    """Two people of one common name whose birth dates agree in nothing."""
    gender = maker.any_gender()
    name = names.common(rng, gender)
    # Nobody is born after 2009, the younger namesake neither.
    date = people.day_in(rng, rng.randrange(1955, min(1995, 2010 - max(years))))
    a = maker.person(name, gender, date, home)
    b = maker.person(name, gender, people.other_date(rng, date, years), home)
    return a, b


# ---- the kinds

def common_name(rng, maker):
    a, b = namesakes(rng, maker, NEAR_YEARS + [-20, 15, 25])
    has = [{"id_number", "birth_date"} | some(rng, {"gender", "address", "phone"}, 0.7) for _ in "ab"]
    return bare(rng, written(rng, a, b, *has))


def namesake_in_hamlet(rng, maker):
    """Father and son, or cousins; a shared phone only where numbers tell them apart."""
    home = places.home(rng)
    years = NEAR_YEARS if rng.random() < 0.5 else list(CHILD_GAP)
    a, b = namesakes(rng, maker, years, home)
    b = replace(b, home=places.next_door(rng, home))
    num = numbers(rng, 0.6, 0.2)
    if num[0] and num[1] and rng.random() < 0.4:
        b = replace(b, phone=a.phone)
    has = [n | {"birth_date", "address"} | some(rng, {"gender", "phone"}, 0.7) for n in num]
    return bare(rng, written(rng, a, b, *has))


def twins(rng, maker):
    """Half have neighbouring numbers, as given out in one go at registration."""
    gender = maker.any_gender()
    date = people.day_in(rng, rng.randrange(1960, 2008))
    a = maker.person(three_words(rng, maker, gender, int(date[:4])), gender, date)
    near = rng.random() < 0.5
    num = [{"id_number"}] * 2 if near else numbers(rng, 0.6, 0.4)
    # Where the numbers hardly differ or are missing, the given names must differ clearly.
    clear = near or not (num[0] and num[1])
    given = other_given(rng, gender, a.name, 2 if clear else 1)
    b = maker.person(f"{split(a.name)[0]} {given}", gender, date, a.home,
                     a.phone if rng.random() < 0.6 else None)
    if near:
        b = replace(b, number=a.number[:11] + str((int(a.number[11]) + 1) % 10))
    has = [n | {"birth_date", "address"} | some(rng, {"gender", "phone"}, 0.7) for n in num]
    return written(rng, a, b, *has)


def siblings(rng, maker):
    gender = maker.any_gender()
    date = people.day_in(rng, rng.randrange(1960, 2000))
    a = maker.person(three_words(rng, maker, gender, int(date[:4])), gender, date)
    given = other_given(rng, gender, a.name, 1)
    born = people.other_date(rng, date, [-6, -4, -3, -2, -1, 1, 2, 3, 5, 8])
    b = maker.person(f"{split(a.name)[0]} {given}", gender, born, a.home,
                     a.phone if rng.random() < 0.5 else None)
    has = [n | {"birth_date", "address"} | some(rng, {"gender", "phone"}, 0.7)
           for n in numbers(rng, 0.6, 0.2)]
    return bare(rng, written(rng, a, b, *has))


def couple(rng, maker):
    year = rng.randrange(1945, 1998)
    a = maker.person(None, "male", people.birth(rng, year))
    b = maker.person(None, "female", people.birth(rng, year + rng.randrange(-1, 7)), a.home, a.phone)
    has = [n | {"address", "phone"} | some(rng, {"birth_date", "gender"}, 0.8)
           for n in numbers(rng, 0.7, 0.2)]
    return bare(rng, written(rng, *rng.sample([a, b], 2), *has))


def far_numbers(a, b):
    return sum(x != y for x, y in zip(a, b)) >= 4


def numbers_only(rng, maker):
    """Same common name, no birth date, numbers wholly different."""
    while True:
        a, b = namesakes(rng, maker, NEAR_YEARS) if rng.random() < 0.6 else same_year(rng, maker, 1)
        if far_numbers(a.number, b.number):
            break
    if rng.random() < 0.25:
        b = replace(b, home=a.home if a.home.house == "" else places.next_door(rng, a.home))
    has = [{"id_number"} | some(rng, {"gender", "address", "phone"}, 0.7) for _ in "ab"]
    return bare(rng, written(rng, a, b, *has))


def tones_only(rng, maker):
    """Hùng and Hưng; sometimes one is even written without marks."""
    first, last, gender = rng.choice(names.TONE_TWINS)
    surname = names.pick(rng, names.SURNAMES)
    mid = " ".join(m for m in names.middle(rng, gender, 1980) if m not in (first, last))
    start = f"{surname} {mid}".strip()
    date = people.day_in(rng, rng.randrange(1955, 2000))
    a = maker.person(f"{start} {first}", gender, date)
    b = maker.person(f"{start} {last}", gender, people.other_date(rng, date, NEAR_YEARS))
    if rng.random() < 0.4:
        b = replace(b, home=places.next_door(rng, a.home))
    has = [n | {"birth_date"} | some(rng, {"gender", "address", "phone"}, 0.7)
           for n in numbers(rng, 0.5, 0.25)]
    return bare(rng, written(rng, *rng.sample([a, b], 2), *has))


def differing(rng, number, count):
    """The last six digits changed in `count` places, and never a mere swap."""
    while True:
        at = rng.sample(range(6, 12), count)
        new = "".join(rng.choice([d for d in "0123456789" if d != c]) if i in at else c
                      for i, c in enumerate(number))
        if sorted(new) != sorted(number):
            return new


def near_numbers(rng, maker):
    """Same birth year, so only a few of twelve digits differ; a third know only the year."""
    a, b = same_year(rng, maker)
    year_only = rng.random() < 1 / 3
    if year_only:
        a, b = replace(a, birth=a.birth[:4]), replace(b, birth=b.birth[:4])
    b = replace(b, number=differing(rng, a.number, rng.choice([3, 4] if year_only else [2, 2, 3, 4])))
    has = [{"id_number", "birth_date"} | some(rng, {"gender", "address", "phone"}, 0.7) for _ in "ab"]
    if year_only:
        has = [h | {"address"} for h in has]
    return bare(rng, written(rng, a, b, *has))


def same_year(rng, maker, equal_names=0.6):
    """Namesakes (or only the given name differs) of one year, in different communes."""
    gender = maker.any_gender()
    name = names.common(rng, gender)
    date = people.day_in(rng, rng.randrange(1955, 2000))
    twin = name if rng.random() < equal_names else f"{split(name)[0]} {other_given(rng, gender, name, 1)}"
    while True:
        born = people.day_in(rng, int(date[:4]))
        if not {born[5:7], born[8:]} & {date[5:7], date[8:]}:
            break
    a = maker.person(name, gender, date)
    return a, maker.person(twin, gender, born, places.home_elsewhere(rng, a.home))


def branches(rng, maker):
    """One organisation's head office and branch, or two branches."""
    a = maker.organisation(firm(rng))
    tax = [a.number, f"{a.number}-001", f"{a.number}-002", f"{a.number}-003"]
    first, last = rng.sample(tax, 2)
    at = lambda number: "" if "-" not in number else f"Chi nhánh {rng.choice(['', number[-1] + ' '])}"
    b = replace(a, number=last, name=at(last) + a.name, phone=maker.phone(),
                home=places.home_elsewhere(rng, a.home))
    a = replace(a, number=first, name=at(first) + a.name)
    if rng.random() < 0.3:
        a, b = replace(a, name=split_branch(a.name)), replace(b, name=split_branch(b.name))
    has = [{"id_number", "address"} | some(rng, {"phone"}, 0.6) for _ in "ab"]
    return bare(rng, written(rng, a, b, *has))


def firm(rng):
    """A school or a household business has no branches."""
    while True:
        name = names.org_name(rng)
        if not name.startswith(("Trường", "Hộ")):
            return name


def split_branch(name):
    return name.removeprefix("Chi nhánh ").lstrip("123 ")


def similar_orgs(rng, maker):
    """One word of the lucky name, or the mark, or the trade differs."""
    core = names.org_core(rng).split(" ", 2)
    other = list(core)
    at = rng.randrange(3)
    pool = (names.LUCK1, names.LUCK2, names.MARKS)[at]
    other[at] = rng.choice([w for w in pool if w not in core])
    form = names.pick(rng, names.ORG_FORMS)
    trade = rng.choice(names.TRADES) + " " if form.startswith("Công ty") else ""
    full = [f"{form} {trade}{' '.join(c)}".replace("  ", " ") for c in (core, other)]
    a = maker.organisation(full[0])
    b = maker.organisation(full[1], home=places.home_elsewhere(rng, a.home))
    has = [n | {"address"} | some(rng, {"phone"}, 0.6) for n in numbers(rng, 0.6, 0.2)]
    return bare(rng, written(rng, a, b, *has))


def person_and_org(rng, maker):
    """A household business bears its owner's name, often at the owner's house."""
    a = maker.person(names.common(rng, gender := maker.any_gender()), gender)
    prefix = rng.choice(["", "", "Hộ kinh doanh ", "Doanh nghiệp tư nhân "])
    b = maker.organisation(prefix + a.name, None, a.home if rng.random() < 0.5 else None,
                           a.phone if rng.random() < 0.3 else None)
    has = [n | some(rng, ALL - {"id_number"}, 0.75) for n in numbers(rng, 0.6, 0.25)]
    return bare(rng, written(rng, *rng.sample([a, b], 2), *has))


def parent_child(rng, maker):
    gender = maker.any_gender()
    year = rng.randrange(1950, 1985)
    a = maker.person(three_words(rng, maker, gender, year), gender, people.birth(rng, year))
    child = maker.any_gender()
    surname = a.name.split()[0] if gender == "male" or rng.random() < 0.3 else None
    born = min(2009, year + rng.choice(CHILD_GAP))
    while True:
        name = names.vietnamese(rng, child, born, surname)
        if split(name)[1] != split(a.name)[1]:
            break
    b = maker.person(name, child, people.birth(rng, born), a.home, a.phone)
    has = [n | {"address", "phone"} | some(rng, {"birth_date", "gender"}, 0.85)
           for n in numbers(rng, 0.65, 0.2)]
    return bare(rng, written(rng, *rng.sample([a, b], 2), *has))


def unnumbered(rng, maker):
    """Same name, no numbers, birth dates differ; a third live in one hamlet."""
    a, b = namesakes(rng, maker, NEAR_YEARS + [12, 20, 25])
    if rng.random() < 0.33:
        b = replace(b, home=places.next_door(rng, a.home))
    has = [{"birth_date"} | some(rng, {"gender", "address", "phone"}, 0.65) for _ in "ab"]
    return bare(rng, written(rng, a, b, *has))


def communes_only(rng, maker):
    """Same name and nothing but two addresses; nothing says that it is one person."""
    a, b = namesakes(rng, maker, NEAR_YEARS)
    if a.home.inside() and rng.random() < 0.2:
        b = replace(b, home=places.neighbour_commune(rng, a.home))
    else:
        b = replace(b, home=places.home_elsewhere(rng, a.home))
    has = [{"address"} | some(rng, {"gender", "phone"}, 0.5) for _ in "ab"]
    return bare(rng, written(rng, a, b, *has))


def strangers(rng, maker):
    def anyone():
        return maker.organisation() if rng.random() < 0.06 else maker.person()
    while True:
        a, b = anyone(), anyone()
        if steps(a.name, b.name) >= 4:
            break
    has = [n | some(rng, ALL - {"id_number"}, 0.75) for n in numbers(rng, 0.7, 0.2)]
    return bare(rng, written(rng, a, b, *has))


KINDS = [common_name, namesake_in_hamlet, twins, siblings, couple, numbers_only, tones_only,
         near_numbers, branches, similar_orgs, person_and_org, parent_child, unnumbered,
         communes_only, strangers]


def lines(rng, maker):
    out = []
    for kind in KINDS:
        for _ in range(LINES_PER_KIND):
            a, b = map(people.in_order, kind(rng, maker))
            out.append({"same": False, "why": kind.__name__, "earlier": a, "now": b})
    return out
