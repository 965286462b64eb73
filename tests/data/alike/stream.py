"""4,000 receptions at one counter in their order."""
import alter
import people
import same

DAYS = 65
TOTAL = 4000
AGAIN = 80  # two in a hundred
PEOPLE = 12000
ORGANISATIONS = 300
PROCEDURES = [f"P{i}" for i in range(1, 41)]
WEIGHTS = [1 / (i + 2) for i in range(40)]  # the first gets 15 % of all
WINDOW = 10
# What clerks do to a plain record; the shares are guesses, see README.md.
NOISE = {
    "address_short": 0.2, "tone_place": 0.1, "i_y": 0.05, "name_slip": 0.01, "no_marks": 0.03,
    "number_slip": 0.005, "old_9_digit_number": 0.02, "birth_year_one_side": 0.03,
    "day_month_swapped": 0.004, "org_tax_short": 0.3, "upper": 0.15, "spaces": 0.02, "nfd": 0.01,
}
# A second visit may differ in any of the kinds, but a whole new household is rare.
AGAIN_WEIGHTS = {k: 0.3 if k in ("moved", "married") else 1 for k in same.KINDS}


def inhabitants(rng, maker):
    """Households of one to six; index in the list is `who`."""
    everybody, house_of = [], []
    while len(everybody) < PEOPLE:
        size = rng.choices([1, 2, 3, 4, 5, 6], [10, 18, 22, 30, 14, 6])[0]
        members = maker.family(size)[:PEOPLE - len(everybody)]
        ids = list(range(len(everybody), len(everybody) + len(members)))
        everybody += members
        house_of += [ids] * len(ids)
    for _ in range(ORGANISATIONS):
        house_of.append([len(everybody)])
        everybody.append(maker.organisation())
    return everybody, house_of


def record(rng, maker, who):
    """One visit as the clerk typed it."""
    usual = {"id_number": 0.85, "birth_date": 0.9, "gender": 0.7, "address": 0.8, "phone": 0.6}
    has = {k for k, p in usual.items() if rng.random() < p}
    app = people.write(who, has, rng.choices(["new", "old"], [3, 1])[0])
    for kind in same.in_turn(NOISE):
        if rng.random() < NOISE[kind]:
            tried = dict(app)
            if same.KINDS[kind][0](rng, maker, who, tried):
                app = tried
    return people.in_order(app)


def procedure(rng):
    return rng.choices(PROCEDURES, WEIGHTS)[0]


class Visits:
    """First visits: nobody hands in one procedure twice here."""

    def __init__(self, rng, everybody, house_of):
        self.rng, self.everybody, self.house_of = rng, everybody, house_of
        self.taken, self.seen, self.recent = set(), [], []

    def candidate(self):
        r = self.rng.random()
        if self.recent and r < 0.04:
            # A relative hands in the same procedure in the same days.
            who, proc = self.rng.choice(self.recent[-120:])
            return self.rng.choice(self.house_of[who]), proc
        if self.seen and r < 0.26:
            return self.rng.choice(self.seen), procedure(self.rng)
        if r < 0.31:
            return PEOPLE + self.rng.randrange(ORGANISATIONS), procedure(self.rng)
        return self.rng.randrange(PEOPLE), procedure(self.rng)

    def next(self):
        while True:
            who, proc = self.candidate()
            if (who, proc) not in self.taken:
                self.taken.add((who, proc))
                self.seen.append(who)
                self.recent.append((who, proc))
                return who, proc


def written_again(rng, maker, who, first):
    """A second record typed anew, so other fields may be missing, and on top one kind of
    difference, in a third of the cases two. What nobody could recognise is not kept."""
    for _ in range(300):
        kinds = rng.choices(list(AGAIN_WEIGHTS), AGAIN_WEIGHTS.values())
        if rng.random() < 1 / 3:
            kinds.append(same.second(rng, kinds[0]))
        app = record(rng, maker, who)
        app["name"] = alter.nfc(app["name"])
        done = all(same.KINDS[k][0](rng, maker, who, app) for k in same.in_turn(kinds))
        app = people.in_order(app)
        if done and app != first and same.evidence(first, app, kinds) >= same.ENOUGH:
            return app
    return None


def gap(rng):
    """Most second visits come soon: the same day after a slip, or when an answer is late."""
    return rng.choices(range(WINDOW + 1), [3, 5, 4, 4, 3, 3, 2, 2, 2, 1, 1])[0]


def firsts(rng, maker, everybody, house_of):
    visits = Visits(rng, everybody, house_of)
    count = TOTAL - AGAIN
    days = sorted(rng.randrange(DAYS) for _ in range(count))
    out = []
    for day in days:
        who, proc = visits.next()
        out.append({"day": day, "procedure": proc, "who": who, "again": False,
                    "applicant": record(rng, maker, everybody[who])})
    return out


def insert_again(rng, maker, everybody, receptions):
    """Put the second visits in behind their first ones."""
    keyed = [((r["day"], i), r) for i, r in enumerate(receptions)]
    order = rng.sample(range(len(receptions)), len(receptions))
    extra = []
    for i in order:
        if len(extra) == AGAIN:
            break
        first = receptions[i]
        day = first["day"] + gap(rng)
        app = written_again(rng, maker, everybody[first["who"]], first["applicant"])
        if day >= DAYS or app is None:
            continue
        later = [j for j, r in enumerate(receptions) if r["day"] == day and j >= i] or [i]
        extra.append(((day, rng.choice(later) + 0.5), dict(first, day=day, again=True, applicant=app)))
    # Two second visits may fall on one place: the key alone decides, not the dicts.
    return [r for _, r in sorted(keyed + extra, key=lambda pair: pair[0])]


def lines(rng, maker):
    everybody, house_of = inhabitants(rng, maker)
    return insert_again(rng, maker, everybody, firsts(rng, maker, everybody, house_of))
