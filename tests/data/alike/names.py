"""Invented names with a realistic Vietnamese distribution."""

SURNAMES = {
    "Nguyễn": 35, "Trần": 11, "Lê": 10, "Phạm": 7, "Phan": 4.5, "Huỳnh": 3,
    "Hoàng": 3, "Vũ": 2.5, "Võ": 2.5, "Đặng": 2.1, "Bùi": 2, "Đỗ": 1.6,
    "Hồ": 1.4, "Ngô": 1.4, "Trương": 1.4, "Dương": 1.1, "Đinh": 1, "Đào": 0.9,
    "Trịnh": 0.8, "Mai": 0.8, "Lương": 0.8, "Lý": 0.7, "Cao": 0.7, "Hà": 0.6,
    "Lâm": 0.6, "Tạ": 0.5, "Tô": 0.5, "Thái": 0.5, "Châu": 0.4, "Quách": 0.3,
    "Kiều": 0.3, "Đoàn": 0.7, "Phùng": 0.4, "Từ": 0.2, "Tống": 0.2,
}
# The order is the popularity: earlier names get more weight.
GIVEN = {
    "male": """Hùng Dũng Tuấn Minh Hải Long Nam Hưng Thành Sơn Hoàng Đức Cường
        Thắng Hiếu Trung Bình Tâm Phúc Quang Khánh An Anh Tùng Phong Vinh Toàn
        Huy Duy Đạt Hòa Kiên Lâm Lợi Quý Tài Thịnh Trọng Việt Vũ Tiến Chiến
        Định Luân Sỹ Kỳ Bảo Khoa Nghĩa Nhân Phước Quân Thanh Thái Thuận Trí
        Tú Hậu Hóa Khải Đông Sáu Năm Thọ Vĩ Mỹ Lý Hào Khôi Nguyên""".split(),
    "female": """Lan Hoa Hương Hồng Mai Linh Trang Thảo Hà Thủy Thúy Nga Ngọc
        Phương Yến Hạnh Hiền Loan Oanh Tâm Thu Vân Xuân Dung Hằng Nhung Huệ
        Hòa Thùy Lý Mỹ Vy Quyên Diễm Đào Bích Anh Châu Chi Cúc Duyên Giang
        Hiếu Hoài Khánh Kiều Lệ Liên Ly My Nguyệt Nhi Như Phượng Quỳnh Sen
        Thanh Thắm Thơm Thư Thy Tiên Trâm Trinh Tuyết Uyên Vui Ý Đẹp Quý""".split(),
}
MIDDLE = {
    "male": """Đức Minh Hữu Quang Ngọc Thanh Công Đình Xuân Quốc Hoàng Anh Tuấn
        Thành Trọng Bá Mạnh Duy Gia Nhật Sỹ Viết Hồng Phú Tấn""".split(),
    "female": """Ngọc Thu Thanh Thúy Bích Kim Mỹ Phương Minh Hồng Thùy Cẩm Bảo
        Diệu Khánh Lệ Hoài Quỳnh Tuyết Ánh Mai Hải""".split(),
}
# Pairs that are equal once the marks are taken off.
TONE_TWINS = [
    ("Hùng", "Hưng", "male"), ("Tuấn", "Tuân", "male"), ("Cường", "Cương", "male"),
    ("Thanh", "Thành", "male"), ("Bình", "Bính", "male"), ("Toàn", "Toản", "male"),
    ("Quyền", "Quyến", "male"), ("Tú", "Tư", "male"), ("Vinh", "Vịnh", "male"),
    ("Nam", "Năm", "male"), ("Kiên", "Kiến", "male"), ("Hải", "Hai", "male"),
    ("Trung", "Trưng", "male"), ("Định", "Dinh", "male"), ("Hòa", "Hóa", "male"),
    ("Đạo", "Đảo", "male"), ("Thạnh", "Thành", "male"), ("Đông", "Đồng", "male"),
    ("Thủy", "Thùy", "female"), ("Thúy", "Thùy", "female"), ("Thúy", "Thủy", "female"),
    ("Hương", "Hường", "female"), ("Phương", "Phượng", "female"), ("Hoa", "Hòa", "female"),
    ("Hà", "Hạ", "female"), ("Lan", "Lân", "female"), ("Quyên", "Quyến", "female"),
    ("Lệ", "Lê", "female"), ("Đào", "Dao", "female"), ("Tâm", "Tám", "female"),
    ("Mận", "Mẫn", "female"), ("Nga", "Ngà", "female"), ("Lý", "Ly", "female"),
    ("Thảo", "Thao", "female"), ("Hằng", "Hạng", "female"), ("Vân", "Vần", "female"),
]
CLANS = "Niê Mlô Êban Kbuôr Ayŭn Byă Ktla".split()
FOREIGN = {
    "male": ["Erik", "Min Su", "Pavel", "Souksavanh", "Kenji", "Marc-André", "Wei"],
    "female": ["Emma", "Ji Woo", "Olga", "Chanthavy", "Yuki", "Chloé", "Li Na"],
    "last": ["Johansson", "Kim", "Novák", "Phommachanh", "Tanaka", "Müller", "Zhang", "O'Brien"],
}
ONE_WORD = "Lành Đen Brôi Nhẫn Xuyến Yang Thương Krông Mới Lượm".split()


def pick(rng, weights):
    return rng.choices(list(weights), list(weights.values()))[0]


def ranked(rng, words):
    """Earlier words more often, as given names are in life."""
    return rng.choices(words, [1 / (i + 6) for i in range(len(words))])[0]


def middle(rng, gender, year):
    """The words between surname and given name; Văn and Thị fade with the years."""
    share = 0.65 if year < 1975 else 0.5 if year < 1995 else 0.25
    if rng.random() < share:
        first = "Văn" if gender == "male" else "Thị"
        more = 0.35 if gender == "female" else 0.03
        return [first, ranked(rng, MIDDLE[gender])] if rng.random() < more else [first]
    if rng.random() < 0.06:
        return []
    return [ranked(rng, MIDDLE[gender])]


def vietnamese(rng, gender, year, surname=None, mid=None):
    surname = surname or pick(rng, SURNAMES)
    mid = middle(rng, gender, year) if mid is None else mid
    if rng.random() < 0.03:
        return five_words(rng, gender, surname)
    given = ranked(rng, GIVEN[gender])
    while given in mid or given == surname:
        given = ranked(rng, GIVEN[gender])
    return " ".join([surname, *mid, given])


def five_words(rng, gender, surname):
    """Father's and mother's surname, two or three words, given name."""
    mother = pick(rng, SURNAMES)
    while mother == surname:
        mother = pick(rng, SURNAMES)
    first = "Thị" if gender == "female" else ranked(rng, MIDDLE["male"])
    words = [w for w in MIDDLE[gender] if w != first]
    second = ranked(rng, words)
    given = rng.choice([w for w in GIVEN[gender] if w not in (first, second)])
    return " ".join([surname, mother, first, second, given])


def common(rng, gender):
    """A name many people bear."""
    surname = rng.choices(["Nguyễn", "Trần", "Lê", "Phạm"], [6, 2, 2, 1])[0]
    mid = "Văn" if gender == "male" else "Thị"
    return f"{surname} {mid} {rng.choice(GIVEN[gender][:20])}"


def ethnic(rng, gender):
    male = gender == "male"
    style = rng.randrange(6)
    if style == 0:
        if male:
            return f"Y {rng.choice('Moan Bhăm Thuột Wil Djung Phôn'.split())} {rng.choice(CLANS)}"
        # "Hen Niê" is left out: a well-known living person bears it.
        return f"H'{rng.choice('Bia Duôn Nga Linh Rưm'.split())} {rng.choice(CLANS)}"
    if style == 1:
        if male:
            return "K'" + rng.choice("Brêu Broh Nhẹp Sang Tiêng Măng".split())
        return "Ka " + rng.choice("Dơn Blơh Hương Mrai Thuyn".split())
    if style == 2:
        clan = rng.choice(["Kpă", "Rơ Châm", "Siu", "Nay", "Rah Lan"])
        return f"{clan} {rng.choice('Pin Thưk Djoan Hlơi'.split())}" if male else \
            f"{clan} H'{rng.choice('Yan Bloih Uyên Phiên'.split())}"
    if style == 3:
        clan = rng.choice("Vàng Giàng Thào Sùng Lầu Mùa".split())
        return f"{clan} A {rng.choice('Páo Chứ Dế Sình Lử'.split())}" if male else \
            f"{clan} Thị {rng.choice('Mỷ Dợ Pà Chía Sú'.split())}"
    if style == 4:
        clan = rng.choice("Lò Cà Quàng Tòng".split())
        return f"{clan} {'Văn' if male else 'Thị'} {rng.choice('Pâng Ín Ơn Pọm Hặc'.split())}"
    clan = rng.choice(["Điểu", "Thị"])
    return f"{'Điểu' if male else clan} {rng.choice(['K', 'M', 'N'])}'{rng.choice('Rứ Lôi Bé Glung Đốt Hiêng'.split())}"


def foreign(rng, gender):
    return f"{rng.choice(FOREIGN[gender])} {rng.choice(FOREIGN['last'])}"


def any_name(rng, gender, year):
    r = rng.random()
    if r < 0.04:
        return ethnic(rng, gender)
    if r < 0.06:
        return foreign(rng, gender)
    if r < 0.068:
        return rng.choice(ONE_WORD)
    return vietnamese(rng, gender, year)


# ---- organisations: a trade, a lucky name and a word that marks it as invented

ORG_FORMS = {
    "Công ty TNHH": 5, "Công ty TNHH Một thành viên": 3, "Công ty Cổ phần": 4,
    "Doanh nghiệp tư nhân": 2, "Hợp tác xã Nông nghiệp": 2, "Hộ kinh doanh": 3,
    "Trường Tiểu học": 1, "Trường Trung học cơ sở": 1, "Quỹ tín dụng nhân dân": 0.5,
}
TRADES = ["", "", "Thương mại", "Dịch vụ", "Thương mại và Dịch vụ", "Xây dựng",
          "Đầu tư Xây dựng", "Sản xuất Thương mại", "Vận tải", "Xuất nhập khẩu"]
LUCK1 = "Minh An Phú Hưng Đại Tân Thiên Gia Hoàng Kim Vĩnh Đông".split()
LUCK2 = "Phát Thịnh Lợi Long Hòa Cường Thành Đạt Tiến Khang Quý Vượng".split()
MARKS = ["Mẫu", "Ví Dụ", "Thí Dụ", "Giả Định", "Minh Họa", "Thử"]


def org_core(rng):
    return f"{rng.choice(LUCK1)} {rng.choice(LUCK2)} {rng.choice(MARKS)}"


def org_name(rng, core=None):
    form = pick(rng, ORG_FORMS)
    trade = rng.choice(TRADES) if form.startswith("Công ty") else ""
    return " ".join(w for w in (form, trade, core or org_core(rng)) if w)
