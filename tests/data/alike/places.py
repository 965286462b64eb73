"""Invented communes, hamlets and addresses, before and after the mergers of July 2025."""
from dataclasses import dataclass, replace
import re

PROVINCE = "Tỉnh Mẫu"
# new commune -> (old district, {old commune: hamlets}). Inside one new commune no
# hamlet name occurs twice, so an address without the old commune stays unambiguous.
COMMUNES = {
    "Phường Ví Dụ": ("Huyện Ví Dụ", {
        "Xã Ví Dụ Đông": ["Thôn Thử 1", "Thôn Thử 2", "Thôn Thử 3", "Thôn Thử 4", "Xóm Bịa"],
        "Xã Ví Dụ Tây": ["Thôn Nháp 1", "Thôn Nháp 2", "Thôn Nháp 3", "Thôn Đoài Giả"],
        "Thị trấn Ví Dụ": ["Tổ dân phố 1", "Tổ dân phố 2", "Tổ dân phố 3", "Tổ dân phố 4"]}),
    "Phường Thí Dụ": ("Thị xã Thí Dụ", {
        "Phường Thí Dụ 1": ["Khu phố 1", "Khu phố 2", "Khu phố 3", "Khu phố 4"],
        "Phường Thí Dụ 2": ["Khu phố 5", "Khu phố 6", "Khu phố 7", "Khu phố 8"]}),
    "Phường Thử Nghiệm": ("Thị xã Thí Dụ", {
        "Phường Thử Nghiệm": ["Tổ 1", "Tổ 2", "Tổ 3", "Tổ 4", "Tổ 5"],
        "Xã Thử Trung": ["Ấp Giả", "Ấp Mẫu", "Ấp Thử Trung A", "Ấp Thử Trung B"]}),
    "Xã Mẫu": ("Huyện Mẫu", {
        "Xã Mẫu Thượng": ["Thôn Tưởng 1", "Thôn Tưởng 2", "Thôn Tưởng 3", "Thôn Cả Giả"],
        "Xã Mẫu Hạ": ["Thôn Phỏng 1", "Thôn Phỏng 2", "Thôn Phỏng 3", "Xóm Đình Giả"],
        "Xã Tân Mẫu": ["Ấp Tân Thử", "Ấp Tân Giả", "Ấp Tân Nháp"]}),
    "Xã Giả Định": ("Huyện Mẫu", {
        "Xã Giả Định": ["Thôn Giả 1", "Thôn Giả 2", "Thôn Giả 3"],
        "Xã Giả Sơn": ["Buôn Thử A", "Buôn Thử B", "Buôn Ví", "Thôn Sơn Giả"],
        "Xã Giả Thủy": ["Thôn Vờ 1", "Thôn Vờ 2", "Bản Mẫu"]}),
    "Xã Minh Họa": ("Huyện Giả Lập", {
        "Xã Minh Họa": ["Thôn Họa 1", "Thôn Họa 2", "Thôn Họa 3"],
        "Xã Họa Lâm": ["Bản Thử", "Bản Nháp", "Bản Ví Dụ", "Thôn Lâm Giả"]}),
}
# Where people from elsewhere live; the counter has no merger list for these.
OUTSIDE = [
    ("Phường Ngoại Lệ", "Thành phố Tưởng Tượng", "Tỉnh Tưởng Tượng"),
    ("Xã Đằng Xa", "Huyện Đằng Xa", "Tỉnh Tưởng Tượng"),
    ("Phường Hư Cấu", "Quận Hư Cấu", "Thành phố Giả Tưởng"),
    ("Xã Không Thật", "Huyện Giả Tưởng", "Thành phố Giả Tưởng"),
    ("Xã Bịa Đặt", "Huyện Bịa", "Tỉnh Phỏng Chừng"),
    ("Phường Phỏng Đoán", "Thị xã Phỏng Chừng", "Tỉnh Phỏng Chừng"),
]
OUTSIDE_HAMLETS = ["Thôn Xa 1", "Thôn Xa 2", "Khu phố 3", "Tổ dân phố 9", "Ấp Lạ", "Xóm Lạ"]
STREETS = ["Đường Thí Dụ", "Đường Mẫu Số", "Đường Giả Thiết", "Đường Bản Nháp",
           "Đường Số Không", "Đường Tưởng Tượng", "Đường Thử Việc"]


@dataclass(frozen=True)
class Home:
    house: str
    hamlet: str
    old: str
    new: str
    district: str
    province: str

    def write(self, form):
        """"new": two levels since July 2025; "old": three levels as on older cards."""
        levels = [self.old, self.district] if form == "old" else [self.new]
        return ", ".join(p for p in (self.house, self.hamlet, *levels, self.province) if p)

    def inside(self):
        return self.new in COMMUNES


def mergers():
    return [{"now": now, "was": list(olds)} for now, (_, olds) in COMMUNES.items()]


def house(rng, urban):
    """Villages seldom have house numbers."""
    if rng.random() > (0.75 if urban else 0.12):
        return ""
    number = str(rng.randrange(1, 240)) + rng.choice(["", "", "", "A", "/3", "/12"])
    return f"Số {number}, {rng.choice(STREETS)}" if urban else f"Số {number}"


def home_in(rng, new, old):
    district, olds = COMMUNES[new]
    return Home(house(rng, new.startswith("Phường")), rng.choice(olds[old]), old, new,
                district, PROVINCE)


def home(rng):
    if rng.random() < 0.08:
        name, district, province = rng.choice(OUTSIDE)
        return Home(house(rng, name.startswith("Phường")), rng.choice(OUTSIDE_HAMLETS),
                    name, name, district, province)
    new = rng.choice(list(COMMUNES))
    return home_in(rng, new, rng.choice(list(COMMUNES[new][1])))


def home_elsewhere(rng, other):
    """A home in another commune, also after the mergers."""
    while True:
        h = home(rng)
        if h.new != other.new:
            return h


def neighbour_commune(rng, other):
    """Another old commune that went into the same new one, and so another hamlet."""
    olds = [o for o in COMMUNES[other.new][1] if o != other.old]
    return home_in(rng, other.new, rng.choice(olds))


def next_door(rng, h):
    """Same hamlet; another house where houses have numbers."""
    return replace(h, house=house(rng, True)) if h.house else h


SHORT = [
    ("Tổ dân phố ", ["TDP ", "TDP", "tdp ", "Tổ DP "]), ("Khu phố ", ["KP", "KP ", "kp "]),
    ("Thị trấn ", ["TT ", "TT. "]), ("Thị xã ", ["TX ", "TX. "]),
    ("Thành phố ", ["TP ", "TP. ", "Tp."]), ("Phường ", ["P. ", "P.", "P "]),
    ("Xã ", ["X. ", "X.", "xã "]), ("Huyện ", ["H. ", "H.", "huyện "]),
    ("Quận ", ["Q. ", "Q."]), ("Tỉnh ", ["T. ", "tỉnh ", ""]),
    ("Đường ", ["Đ. ", "đ. ", "Đg. "]), ("Số ", ["", "số "]), ("Thôn ", ["Thôn ", "thôn ", "Th. "]),
]


def shorten(rng, text):
    """Abbreviate as clerks do; "" when there is nothing to abbreviate."""
    out = text
    for long, shorts in SHORT:
        # Only at the start of a part: "Đường Số Không" keeps its "Số".
        out = re.sub(r"(^|, )" + long, lambda m: m.group(1) + rng.choice(shorts), out)
    if rng.random() < 0.15:
        out = re.sub(r"(Tổ|TDP|KP) (\d)\b", r"\1 0\2", out)
    joint = rng.choices([", ", ",", " - ", " "], [7, 2, 2, 1])[0]
    out = out.replace(", ", joint)
    return out if out != text else ""
