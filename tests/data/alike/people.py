"""Invented persons and organisations, and how they are written on a form."""
from calendar import monthrange
from dataclasses import dataclass
import names
import places

ORDER = ["kind", "name", "id_number", "birth_date", "gender", "address", "phone"]


@dataclass(frozen=True)
class Who:
    kind: str
    name: str
    gender: str
    birth: str
    number: str
    old_number: str
    phone: str
    home: places.Home

    def year(self):
        return int(self.birth[:4])


def in_order(applicant):
    return {k: applicant[k] for k in ORDER if applicant.get(k)}


def write(who, has, form):
    """The plain way to write the fields in `has`."""
    full = {"id_number": who.number, "birth_date": who.birth, "gender": who.gender,
            "address": who.home.write(form), "phone": who.phone}
    fields = {k: v for k, v in full.items() if k in has and v}
    return in_order({"kind": who.kind, "name": who.name, **fields})


def day_in(rng, year):
    month = rng.randrange(1, 13)
    return f"{year}-{month:02}-{rng.randrange(1, monthrange(year, month)[1] + 1):02}"


def birth(rng, year):
    """Old papers know only the year, or put 1 January for an unknown day."""
    r = rng.random()
    if year < 1968 and r < 0.08:
        return str(year) if r < 0.03 else f"{year}-01-01" if r < 0.07 else day_in(rng, year)[:7]
    return day_in(rng, year)


def mirrored(a, b):
    return a[:4] == b[:4] and a[5:7] == b[8:] and a[8:] == b[5:7]


def other_date(rng, date, years):
    """A birth date nobody would take for a slip of `date`: year, month and day differ."""
    while True:
        new = day_in(rng, int(date[:4]) + rng.choice(years))
        apart = sum(x != y for x, y in zip(new[:4], date[:4]))
        swapped = sorted(new[:4]) == sorted(date[:4])
        if apart and not swapped and new[5:7] != date[5:7] and new[8:] != date[8:] \
                and new[5:7] != date[8:] and new[8:] != date[5:7]:
            return new


class Maker:
    """Makes people; no number and no phone is given out twice."""

    def __init__(self, rng):
        self.rng = rng
        self.used = set()

    def fresh(self, make):
        while True:
            value = make()
            if value not in self.used:
                self.used.add(value)
                return value

    def digits(self, n):
        return "".join(self.rng.choice("0123456789") for _ in range(n))

    def number(self, gender, year):
        """099 is allocated to no province, so no such number exists."""
        century = (2 if year >= 2000 else 0) + (gender == "female")
        return self.fresh(lambda: f"099{century}{year % 100:02}{self.digits(6)}")

    def old_number(self, year):
        return self.fresh(lambda: "099" + self.digits(6)) if year <= 2002 else ""

    def tax_number(self):
        return self.fresh(lambda: "099" + self.digits(7))

    def phone(self):
        return self.fresh(lambda: "0900" + self.digits(6))

    def any_year(self):
        return int(self.rng.triangular(1938, 2008, 1984))

    def any_gender(self):
        return self.rng.choice(["male", "female"])

    def person(self, name=None, gender=None, date=None, home=None, phone=None):
        gender = gender or self.any_gender()
        year = int(date[:4]) if date else self.any_year()
        return Who("person", name or names.any_name(self.rng, gender, year), gender,
                   date or birth(self.rng, year), self.number(gender, year),
                   self.old_number(year), phone or self.phone(), home or places.home(self.rng))

    def organisation(self, name=None, number=None, home=None, phone=None):
        return Who("organisation", name or names.org_name(self.rng), "", "",
                   number or self.tax_number(), "", phone or self.phone(),
                   home or places.home(self.rng))

    def family(self, size):
        """Couple and children at one address; a third share one telephone."""
        rng = self.rng
        home = places.home(rng)
        shared = self.phone() if rng.random() < 0.35 else None
        mother_year = rng.randrange(1940, 1990)
        father_year = mother_year - rng.randrange(-1, 7)
        members = [self.person(None, "male", birth(rng, father_year), home, shared)]
        if size > 1:
            members.append(self.person(None, "female", birth(rng, mother_year), home, shared))
        # Children of parents without a Vietnamese surname have none either.
        surname = next((m.name.split()[0] for m in members
                        if m.name.split()[0] in names.SURNAMES), None)
        children = []
        # No child without a card of its own: nobody is born after 2009.
        for _ in range(size - 2):
            year = min(2009, mother_year + rng.randrange(19, 36))
            children.append(self.child(children, surname, year, home, shared))
        return members + children

    def child(self, elder, surname, year, home, phone):
        """Brothers and sisters often share the middle name; one in eighty is a twin."""
        rng = self.rng
        gender = self.any_gender()
        date = birth(rng, year)
        mid = None
        alike = [e for e in elder if e.gender == gender and len(e.name.split()) >= 3]
        if alike and rng.random() < 0.6:
            mid = alike[-1].name.split()[1:-1]
            if rng.random() < 1 / 30:
                date = alike[-1].birth
        taken = {e.name for e in elder}
        while True:
            name = names.vietnamese(rng, gender, int(date[:4]), surname, mid) if surname \
                else names.ethnic(rng, gender)
            if name not in taken:
                return self.person(name, gender, date, home, phone)
