"""Small helpers for pairs of different people."""
import alter
import names
import people
import places


# ---- which fields the two visits have

def some(rng, fields, chance):
    return {f for f in sorted(fields) if rng.random() < chance}


def numbers(rng, both, one):
    """Whether the first and the second visit have a number."""
    r = rng.random()
    if r < both:
        return [{"id_number"}, {"id_number"}]
    if r < both + one:
        return rng.choice([[{"id_number"}, set()], [set(), {"id_number"}]])
    return [set(), set()]


def written(rng, a, b, has_a, has_b):
    """Both on paper; the usual untidiness is here too, or it would give the label away."""
    sides = []
    for who, has in ((a, has_a), (b, has_b)):
        app = people.write(who, has, rng.choices(["new", "old"], [7, 3])[0])
        if rng.random() < 0.15:
            app["name"] = app["name"].upper()
        if rng.random() < 0.05:
            app["name"] = alter.spaced(rng, app["name"])
        if "address" in app and rng.random() < 0.2:
            app["address"] = places.shorten(rng, app["address"]) or app["address"]
        sides.append(app)
    return sides


def bare(rng, sides, chance=0.12):
    """One side without marks; only for kinds in which something else tells them apart."""
    if rng.random() < chance:
        side = rng.choice(sides)
        side["name"] = alter.no_marks(side["name"])
    return sides


# ---- words

def split(name):
    words = name.split()
    return " ".join(words[:-1]), words[-1]


def steps(a, b):
    """Edit distance of two words without marks."""
    a, b = alter.no_marks(a).lower(), alter.no_marks(b).lower()
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            new.append(min(row[j] + 1, new[-1] + 1, row[j - 1] + (x != y)))
        row = new
    return row[-1]


def other_given(rng, gender, name, apart):
    _, given = split(name)
    mids = name.split()[:-1]
    return rng.choice([g for g in names.GIVEN[gender]
                       if g != given and g not in mids and steps(g, given) >= apart])


def three_words(rng, maker, gender, year):
    while True:
        name = names.vietnamese(rng, gender, year)
        if 3 <= len(name.split()) <= 4:
            return name
