"""What the model of roles sees of a person: the words and signs around every place where a text names the person.

A feature is a short string; what it is worth is learned (`nlp.training.train_mentions`). Names stand in the features as
P, places as L and numbers as #, so that nothing is learned about single people or villages.
"""

import re
from collections import Counter
from collections.abc import Iterator

from domain.links.mention import PersonRole
from nlp.persons.kinship import Kin
from nlp.persons.word_classes import WordClasses, load_word_classes
from nlp.persons.written_name import Name
from nlp.roles.evidence import JOINT
from nlp.roles.hardship_near import hardship_features
from nlp.roles.reading import FIRST_PERSON, PERSON, SENTENCE_STOPS, RoleReading
from nlp.roles.told import sentence_features
from nlp.roles.votes import relative_of

_EDGE = "^"
_CLAUSE_STOPS = frozenset("，,；;：:")
_NEAR, _CHARACTERS, _ROW = 4, 4, 3
_FAR = 14
"""Words of clause and sentence that are looked at on either side."""
_CLASSES = 5
_TAIL = 12
_OWN = ("我", "俺", "咱", "我们", "俺们", "本人")
_NAMED = re.compile(
    r"(?:^|[。！？，,：:“\n])(?:我|俺|本人|咱)(?!们)[^。！？\n的]{0,24}?(?:名字|姓名|名)?(?<![个位户])(?:叫|是|系)$"
)
_NAMED_REACH = 32
_HEADER_REACH = 64
_HEADER = re.compile(r"([^，。；：:\s、]{1,8})[：:]\s*[^。；：:！？\n]{0,40}$")
_LABELS = frozenset({"petitioner", "sufferer", "title", "trade", "bystander"})
_LABEL_REACH = 24
_LABEL = re.compile(r"([\u4e00-\u9fff]{2,6})(?:[（(][^（()）]{0,16}[)）])?\s?([：:]?)\s?(?:\d{1,3}[.．、]?\s?)?$")
_BRACKET = re.compile(r"\s?[（(]([^（()）]{1,16})")
_SPEAKS = re.compile(r"\s?[：:]")


def features_of(reading: RoleReading) -> dict[str, set[str]]:
    """The features of every person of the text, without those of the text itself (`nlp.roles.told.text_features`)."""
    found: dict[str, set[str]] = {person: set() for person in reading.votes}
    counts = Counter(reading.persons[name.text] for name in reading.names)
    roles = Counter(reading.votes.values())
    first: dict[str, int] = {}
    classes = load_word_classes()
    for position, name in enumerate(reading.names):
        person = reading.persons[name.text]
        first.setdefault(person, position)
        found[person].update(_at(reading, position, classes))
    most = max(counts.values(), default=0)
    for rank, person in enumerate(sorted(first, key=lambda one: first[one])):
        found[person].update(_of_person(reading, person, rank, roles))
        found[person].update(_of_count(counts[person], most))
        found[person].update(_form(reading.names[first[person]].text))
    for person, features in hardship_features(reading).items():
        found[person].update(features)
    return found


def _of_count(count: int, most: int) -> Iterator[str]:
    yield f"count={min(count, 4)}"
    yield f"most={count == most},{min(count, 3)}"


def _of_person(reading: RoleReading, person: str, rank: int, roles: Counter[PersonRole]) -> Iterator[str]:
    votes = reading.votes
    vote = votes[person].value
    yield f"vote={vote}"
    yield f"rank={min(rank, 3)}"
    yield f"persons={min(len(votes), 6)}"
    yield f"rank,persons={min(rank, 2)},{min(len(votes), 3)}"
    for role in (PersonRole.PETITIONER, PersonRole.SUFFERER):
        another = roles[role] > (votes[person] is role)
        yield f"other {role.value}={another}"
        yield f"vote={vote},other {role.value}={another}"
    for cue in reading.cues or ("none",):
        yield f"cue={cue}"
        yield f"cue={cue},vote={vote}"
        yield f"cue={cue},rank={min(rank, 2)}"
    spoken = f"I={'I' in reading.cues},you={'you' in reading.cues}"
    yield f"{spoken},rank={min(rank, 1)},last={rank == len(votes) - 1}"


def _form(name: str) -> Iterator[str]:
    yield f"ends={name[-1]}"
    yield f"ends={name[-2:]}"
    yield f"long={min(len(name), 5)}"
    if name[0] in "老小":
        yield f"begins={name[0]},{len(name)}"
    for sign in ("某某", "某", "*", "家"):
        if sign in name:
            yield f"holds={sign}"
            break


def _at(reading: RoleReading, position: int, classes: WordClasses) -> Iterator[str]:
    name = reading.names[position]
    content = reading.content
    for sign in reading.evidence[position].signs:
        yield f"sign={sign.value}"
    kin = reading.evidence[position].kin
    if kin is not None:
        yield f"kin={kin.relation.value},{kin.near}"
        yield f"kin owner={kin.owner}"
        yield f"kin word={content[kin.end - 2 : kin.end]}"
        yield from _whose(reading, position, kin)
    else:
        yield from _of_oneself(content, name)
    yield from _characters(content, name)
    yield from _signature(reading, name)
    yield from _place_in_text(reading, name)
    yield from _line(reading, name)
    yield from _around(reading, position)
    yield from _classes_around(reading, position, classes)
    yield from _row(reading, position, classes)
    yield from _neighbours(reading, position)
    yield from sentence_features(reading, position)


def _whose(reading: RoleReading, position: int, kin: Kin) -> Iterator[str]:
    """What the person is whose relative this one is: of 其子 behind an official the son is a bystander."""
    anchor = relative_of(reading.content, reading.names, position, kin)
    if not anchor and kin.owner not in _OWN:
        first = reading.first_of_sentence(position, kin.start)
        anchor = first.text if first else ""
    role = reading.votes[reading.persons[anchor]].value if anchor else f"none {kin.owner in _OWN}"
    yield f"kin anchor={role},{kin.near}"
    yield f"kin anchor={role},{kin.relation.value}"


def _of_oneself(content: str, name: Name) -> Iterator[str]:
    """我艾老三会编筐; 贺来锁我今年七十; 我十一岁，叫段小满."""
    if content[max(name.start - 1, 0) : name.start] in _OWN:
        yield "oneself=before"
    if content[name.end : name.end + 1] in _OWN:
        yield "oneself=behind"
    if _NAMED.search(content, max(name.start - _NAMED_REACH, 0), name.start):
        yield "oneself=named"


def _signature(reading: RoleReading, name: Name) -> Iterator[str]:
    if len(reading.content) - name.end <= _TAIL:
        alone = reading.content[max(name.start - 1, 0)] in "。！？!?）) 　\n”…"
        yield f"signature={alone},{'I' in reading.cues},{'letter' in reading.cues}"


def _characters(content: str, name: Name) -> Iterator[str]:
    for length in range(1, _CHARACTERS + 1):
        yield f"before:{content[max(name.start - length, 0) : name.start] or _EDGE}"
        yield f"behind:{content[name.end : name.end + length] or _EDGE}"
    yield f"between:{content[max(name.start - 1, 0) : name.start]}P{content[name.end : name.end + 1]}"


def _place_in_text(reading: RoleReading, name: Name) -> Iterator[str]:
    content = reading.content
    line, stop = reading.line_around(name.start, name.end)
    yield f"line begins={name.start - line <= 1}"
    yield f"line ends={stop - name.end <= 1}"
    yield f"first line={line == 0}"
    if name.start == 0:
        yield "begins"
    if len(content) - name.end <= _TAIL:
        yield "at the end"
    yield f"part={min(4 * name.start // max(len(content), 1), 3)}"


def _line(reading: RoleReading, name: Name) -> Iterator[str]:
    """证人：甲、乙 and 责任人：丙（副乡长）; a name with a colon behind it speaks what follows."""
    content = reading.content
    line, stop = reading.line_around(name.start, name.end)
    header = _HEADER.search(content, max(line, name.start - _HEADER_REACH), name.start)
    if header:
        yield f"header={header[1][-2:]}"
        yield f"header={header[1][-3:]}"
    bracket = _BRACKET.match(content, name.end)
    if bracket:
        for part in re.split("[，,、；;]", bracket[1])[:3]:
            yield f"bracket={part[-2:]}"
    if name.start - line <= 1 and _SPEAKS.match(content, name.end):
        yield f"speaks I={bool(FIRST_PERSON.search(content[name.end : stop]))}"


def _around(reading: RoleReading, position: int) -> Iterator[str]:
    """Words by their distance, and words of the clause, the sentence and the next; + behind another person."""
    tokens = reading.tokens
    here = reading.token_at[reading.names[position].start]
    for side, step in (("l", -1), ("r", 1)):
        zone, met = "clause", ""
        for distance in range(1, _FAR + 1):
            at = here + step * distance
            text = tokens[at].text if 0 <= at < len(tokens) else _EDGE
            if distance <= _NEAR:
                yield f"{side}{distance}={text}"
            if text == _EDGE:
                break
            if text in SENTENCE_STOPS:
                zone = "next"
            elif text in _CLAUSE_STOPS:
                zone = "sentence" if zone == "clause" else zone
            else:
                yield f"{side} {zone}{met}={text}"
            if text == PERSON:
                met = "+"


def _classes_around(reading: RoleReading, position: int, classes: WordClasses) -> Iterator[str]:
    here = reading.token_at[reading.names[position].start]
    left = [_class_at(reading, here - distance, classes) for distance in range(1, _CLASSES + 1)]
    right = [_class_at(reading, here + distance, classes) for distance in range(1, _CLASSES + 1)]
    for distance in range(_CLASSES):
        yield f"l{distance + 1}#{left[distance]}"
        yield f"r{distance + 1}#{right[distance]}"
    for length in (2, 3):
        yield f"l#{'|'.join(left[:length])}"
        yield f"r#{'|'.join(right[:length])}"
    yield f"lr#{left[0]}|{right[0]}"
    yield f"llr#{left[1]}|{left[0]}|{right[0]}"
    yield f"lrr#{left[0]}|{right[0]}|{right[1]}"
    yield f"llrr#{left[1]}|{left[0]}|{right[0]}|{right[1]}"


def _row(reading: RoleReading, position: int, classes: WordClasses) -> Iterator[str]:
    """What stands before the first and behind the last name of the row that the name is in."""
    first, last = reading.rows[position]
    yield from _label(reading, first, classes)
    yield f"row={min(last - first, 3)}"
    if first == last:
        return
    yield f"in row={min(position - first, 2)}"
    for side, end, step in (("l", first, -1), ("r", last, 1)):
        for distance in range(1, _ROW + 1):
            at = reading.token_at[reading.names[end].start] + step * distance
            text = reading.tokens[at].text if 0 <= at < len(reading.tokens) else _EDGE
            yield f"row {side}{distance}={text}"
            yield f"row {side}{distance}#{_class_at(reading, at, classes)}"


def _label(reading: RoleReading, first: int, classes: WordClasses) -> Iterator[str]:
    """What whoever wrote the row put before it: 业主代表：1…, 联系人 …; told of every name of the row."""
    start = reading.names[first].start
    label = _LABEL.search(reading.content, max(start - _LABEL_REACH, 0), start)
    if label is None:
        return
    known = next((one for one in (classes.of(label[1][at:]) for at in range(len(label[1]) - 1)) if one in _LABELS), "")
    if known:
        yield f"label#{known},{bool(label[2])}"
    if label[2]:
        yield from (f"label={label[1][-length:]}" for length in (2, 3, 4))


def _neighbours(reading: RoleReading, position: int) -> Iterator[str]:
    names = reading.names
    for side, other in (("former", position - 1), ("latter", position + 1)):
        if not 0 <= other < len(names):
            yield f"{side}=none"
            continue
        left, right = sorted((position, other))
        between = reading.content[names[left].end : names[right].start]
        role = reading.votes[reading.persons[names[other].text]].value
        yield f"{side}={role}"
        if JOINT.fullmatch(between):
            yield f"{side} joint={role}"
        if len(between) <= _CHARACTERS:
            yield f"{side} between={between}"


def _class_at(reading: RoleReading, at: int, classes: WordClasses) -> str:
    return classes.of(reading.tokens[at].text) if 0 <= at < len(reading.tokens) else _EDGE
