"""Ways in which one and the same text is written differently."""
import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
NEAR = {"a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo",
        "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et",
        "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu"}
# Heard alike in one region or another, hence written wrongly.
SOUNDS = [(r"\bS(?=[^h])", "X"), (r"\bX", "S"), (r"\bTr", "Ch"), (r"\bCh", "Tr"), (r"\bL(?=\w)", "N"),
          (r"ng\b", "n"), (r"(?<=[^\W\d_])n\b", "ng"), (r"t\b", "c"), (r"\bGi", "D"), (r"\bV", "D")]
IY = [("Lý", "Lí"), ("Mỹ", "Mĩ"), ("Sỹ", "Sĩ"), ("Kỳ", "Kì"), ("Quý", "Quí"), ("Vỹ", "Vĩ"),
      ("Vy", "Vi"), ("Thy", "Thi"), ("Ly", "Li"), ("My", "Mi"), ("Mỷ", "Mỉ")]
ORG_SHORT = [("Công ty", ["Cty", "C.ty", "CTy", "Cty."]), ("Một thành viên", ["MTV"]),
             ("Cổ phần", ["CP"]), ("Thương mại", ["TM"]), ("Dịch vụ", ["DV"]),
             ("Xây dựng", ["XD"]), ("Sản xuất", ["SX"]), ("Xuất nhập khẩu", ["XNK"]),
             ("Đầu tư", ["ĐT"]), ("Doanh nghiệp tư nhân", ["DNTN"]), ("Hợp tác xã", ["HTX"]),
             ("Nông nghiệp", ["NN"]), ("Hộ kinh doanh", ["HKD", "Hộ KD"]),
             ("Trung học cơ sở", ["THCS"]), ("Tiểu học", ["TH"]), ("Quỹ tín dụng", ["QTD"]),
             (" và ", [" & ", " "]), ("Chi nhánh", ["CN"]), ("TNHH", ["Trách nhiệm hữu hạn"])]


def nfc(text):
    return unicodedata.normalize("NFC", text)


def nfd(text):
    return unicodedata.normalize("NFD", text)


def no_marks(text):
    """Nguyễn Văn Đức -> Nguyen Van Duc."""
    plain = "".join(c for c in nfd(text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def no_tones(text):
    """Only the five tones go, the letters ê, ơ, ă, đ stay."""
    return nfc("".join(c for c in nfd(text) if c not in TONES))


def d_for_dj(text):
    return text.replace("đ", "d").replace("Đ", "D")


def move_tone(text):
    """hòa <-> hoà, thúy <-> thuý: only in open syllables, and not after q."""
    def turn(m):
        first, tones, second, more = m.groups()
        return first + second + (tones or more) if tones else first + more + second
    pattern = rf"(?<![qQ])([ouOU])([{TONES}]?)([aeyAEY])([{TONES}]?)(?![^\W\d_]|[\u0300-\u036f])"
    def fit(m):
        pair = (m.group(1) + m.group(3)).lower()
        return turn(m) if pair in ("oa", "oe", "uy") and m.group(2) + m.group(4) else m.group(0)
    return nfc(re.sub(pattern, fit, nfd(text)))


def i_for_y(text):
    """One word Lý -> Lí or back; never Thị, which nobody writes with y."""
    words = text.split(" ")
    for i, word in reversed(list(enumerate(words))):
        for y, short in IY:
            if word in (y, short) and not (i == 0 and word in ("Vi", "Mi")):
                words[i] = short if word == y else y
                return " ".join(words)
    return text


def turned(rng, text):
    """Given name first."""
    words = text.split()
    if len(words) < 2:
        return text
    last, rest = words[-1], words[:-1]
    if len(words) == 2:
        return f"{last} {rest[0]}"
    return rng.choice([" ".join([last, *rest]), " ".join([*words[1:], words[0]]),
                       " ".join(reversed(words))])


def spaced(rng, text):
    """Double spaces, spaces at the ends, and the NBSP that comes with pasted text."""
    words = text.split(" ")
    if len(words) == 1:
        return rng.choice([" " + text, text + " ", text + "\u00a0"])
    gaps = [" "] * (len(words) - 1)
    gaps[rng.randrange(len(gaps))] = rng.choice(["  ", "\u00a0", " \u00a0", "   "])
    out = "".join(w + g for w, g in zip(words, gaps + [""]))
    return rng.choice([out, out, out + " ", " " + out])


def same_case(letter, model):
    return letter.upper() if model.isupper() else letter


def slip_key(rng, word):
    at = rng.choice([i for i, c in enumerate(word) if c.lower() in NEAR] or [None])
    if at is None:
        return word
    return word[:at] + same_case(rng.choice(NEAR[word[at].lower()]), word[at]) + word[at + 1:]


def slip_drop(rng, word):
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1:]


def slip_double(rng, word):
    """A key held too long; letters with marks take several keys and do not double."""
    plain = [i for i in range(1, len(word)) if word[i].isascii()]
    if not plain:
        return word
    at = rng.choice(plain)
    return word[:at] + word[at] + word[at:]


def slip_swap(rng, word):
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def slip_tone(rng, word):
    """Another tone on the letter that bears one; hỏi and ngã are confused most."""
    old = [c for c in nfd(word) if c in TONES]
    if not old:
        return word
    likely = {"\u0303": "\u0309", "\u0309": "\u0303"}.get(old[0])
    new = likely if likely and rng.random() < 0.8 else rng.choice([t for t in TONES if t != old[0]])
    # The dot below sorts before ^ and ˘, the other tones after: put the new one last.
    return nfc(re.sub(old[0] + "([\u0302\u0306\u031b]*)", r"\1" + new, nfd(word), count=1))


def slip_sound(rng, word):
    return rng.choice([re.sub(a, b, word) for a, b in SOUNDS if re.search(a, word)] or [word])


def mistyped(rng, text):
    """One letter of one word wrong. Short words are spared: what remains must be readable."""
    words = text.split(" ")
    able = [i for i, w in enumerate(words) if len(nfc(w)) >= 3 and "'" not in w]
    if not able:
        return text
    for _ in range(20):
        at = rng.choice(able)
        slip = rng.choice([slip_key, slip_drop, slip_double, slip_swap, slip_tone, slip_tone, slip_sound])
        new = slip(rng, words[at])
        if new != words[at] and len(new) >= 2:
            return nfc(" ".join([*words[:at], new, *words[at + 1:]]))
    return text


def without_middle(rng, text):
    words = text.split(" ")
    if len(words) < 3:
        return text
    del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


def apostrophe(rng, text):
    sign = rng.choice(["’", "’", "‘", "ʼ", "`", "´", " ", " ", "' ", ""])
    return text.replace("'", sign)


def wrong_digit(rng, number):
    """One digit wrong or two neighbours swapped, behind the leading 099x."""
    if rng.random() < 0.4:
        places = [i for i in range(4, len(number) - 1) if number[i] != number[i + 1]]
        if places:
            i = rng.choice(places)
            return number[:i] + number[i + 1] + number[i] + number[i + 2:]
    i = rng.randrange(4, len(number))
    return number[:i] + rng.choice([d for d in "0123456789" if d != number[i]]) + number[i + 1:]


def short_org(rng, text):
    """Abbreviate most of the usual words of an organisation's name."""
    out = text
    for long, shorts in ORG_SHORT:
        chance = 0.15 if long == "TNHH" else 0.85
        if long in out and rng.random() < chance:
            out = out.replace(long, rng.choice(shorts))
    return out
