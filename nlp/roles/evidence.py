"""What the words around one name say about what the person is in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.labelled import Labelled
from nlp.persons.kinship import Kin, Kinship
from nlp.persons.lexicon import PersonLexicon
from nlp.persons.role_lexicon import RoleLexicon
from nlp.persons.written_name import Name

_NUMBERED = r"(?:\d{1,3}\s?[.．、]?\s?)?"
_REACHED_BY = r"(?:1\d{10}|1\d{2}[ -]\d{4}[ -]\d{4}|\d{3,4}-\d{7,8}|1[\d*]{10}|<PHONE>)"
JOINT = re.compile(
    rf"(?:\s*[（(][^（()）]{{0,30}}[)）])?\s{{0,2}}(?:[、和与及或 　]\s?{_NUMBERED}|[，,；;]\s?\d{{1,3}}[.．、]?\s?)"
    "|[、和与及或]|"
    rf"|[，,、；;：:\s]{{0,3}}(?:(?:联系)?(?:电话|手机)号?[：:\s]?)?{_REACHED_BY}[，,、；;。\s或和]{{0,3}}"
    rf"|[ 　]*\n\s*{_NUMBERED}"
    r"|\s?[、，,；;]?\s?\d{1,3}[.．、]?\s?[\u4e00-\u9fff]{2,4}\s?[、，,；;]?\s?\d{1,3}[.．、]?\s?"
)
"""What stands between names in a row, whose members may be numbered, 、2. before the second, stand without anything
between, each in its line, or with their phone numbers."""

_REACH = 90
# From so many signs on particulars stand behind a name: （女，38岁）.
_PROFILE = 4
_BETWEEN = "：:“”\"'（( 　*"
_STOP = re.compile("[。！？!?\n]")
_CLAUSE = re.compile("[，,；;。！？!?\n：:]")
_BYLINE = re.compile(
    r"(?:本报)?(?:记者|通讯员|特约记者|见习记者|实习生|作者|摄影|文/图|撰文|供稿|编辑|责编|责任编辑)"
    r"[ ：:　]?(?:[\u4e00-\u9fff]{2,3}[、 　])*$"
)
_HONORIFIC = re.compile(
    r"(?:女士|先生|同志|大爷|大娘|阿姨|老师)?(?:[、，,和][\u4e00-\u9fff*某]{2,4})*(?:女士|先生|同志)?[：:，,\s]{0,3}"
)
_ADDRESSED = re.compile("您|你们?(?:通过|反映|提出|来信|于|夫|去年|所)|你反映")
_PARTICULARS = re.compile(
    r"(?:\s*[（(][^（()）]{0,60}[)）])?(?:女士|先生|同志|夫妻|夫妇|一家|本人|老人|老汉|大娘|大爷)?"
    r"(?:[，,、；;]\s?(?:男|女|汉族|苗族|彝族|回族|\d{4}年[\d月日]*(?:出?生)?|[\d一二三四五六七八九十]+岁|现年[\d一二三四五六七八九十]+岁"
    r"|[小初高]?[中学]*文化|电话[\d*：: -]+"
    r"|(?:家?住|现住|系|户籍)?[^，,。；;！\n]{2,24}?(?:村|组|镇|乡|社区|村民|居民|市|县|区|人)(?=[，,。；;（(])))*"
    r"(?:等\s?[\d一二三四五六七八九十几数多余名]{0,5}(?:人|户|名[^，。]{0,6}|位[^，。]{0,6}))?"
    r"[，,]?(?:今日|近日|昨日|多次|再次|第[\d一二三]+次|又|曾|一同|共同|联名|携[^，。]{1,8}|怀抱[^，。]{1,8}[，,]|到[^，。]{2,14}|向[^，。]{2,14}"
    r"|在[^，。]{2,12}|通过[^，。]{2,14}|[（(][^（()）]{0,40}[)）])*[，,]?"
)
_SELF = re.compile(
    r"(?:我是|俺是|本人|我系|(?:来电|来访|来信|信访|反映|投诉|求助)[人者](?:系|为|是))[^，。！？\n]{0,16}$"
)
_OWNED = re.compile(
    r"的?(?:老婆|妻子|丈夫|老伴|媳妇|婆姨|儿子|女儿|闺女|孙子|孙女|爸爸?|妈妈?|父亲|母亲|奶奶|爷爷|姐姐?|哥哥?|弟弟?|妹妹?|邻居|侄"
    r"|之[子女妻夫父母])"
)
_SELF_NAMED = re.compile(
    r"(?:^|[。！？\n，,：:])(?:我|俺|本人|咱)(?:是|系|今年|家?住|这)[^。！？\n]{0,40}(?:名叫|叫|姓名)$"
)
# 我是克虎人，村里有个叫庞建国的: of him the writer speaks.
_SOMEBODY_CALLED = re.compile("(?:有|[那这一])[个位名户](?:人|老人|村民)?名?叫$")
_WRITES = re.compile(r"写?[：:]\s?(?:我|俺)")
_COUPLE = re.compile("夫[妻妇]|两口")
_CHIEF = re.compile(
    "[局处科股所站院校行区乡镇县市部队监会团社组村楼警审判护园]长$|(?:仲裁|监督|监察|调解|审判|陪审|执行|书记|调查|核查|评估"
    "|执法|稽查|审核|登记|管理|指导|宣传|联络|信息|统计|报账|讲解|辅导|协管|协理|办事|信贷|接线|网格|护理|援助|介绍|技术|护林)员$"
)
# Whoever filled in the record or is charged with the matter: 经办：…, 走访人…, 由…负责.
_CLERK = re.compile(
    r"(?:^|[。；;，,、\s（(）)])(?:(?:经办|承办|审核|复核|记录|登记|汇总|填报|录入|值班|主持)人?"
    r"|(?:调查|核查|走访|接访|接谈|接待|报送|填表|帮扶|包联|督办|责任)(?:人员?|员|干部))[：:\s]?$"
)
_CHARGED = re.compile("由[^，。；：！？]{0,10}$")
_WITH = re.compile(
    "(?:[、和][\u4e00-\u9fff]{2,4})*(?:(?:具体)?(?:负责|帮扶|包保|包联|跟进|跟踪|督办|取证|承办|接谈|对接)"
    "|[\u4e00-\u9fff]{0,2}(?:接待|接访))"
)
_TURN_TO = re.compile("(?:找|联系|联系人)[：:]?$")
_HANDLES = re.compile("(?:同志)?(?:办理|咨询|联系|报名|登记)")
_OWN = re.compile("本人")
_PUNCTUATION = re.compile("[，,。：:；;！!？?“”]")
_REACH_OF_ADDRESS = 16
_ACCUSED = re.compile("被(?:反映|投诉|举报|申请|控告)人[：:]?$")
# 替三交镇的王某反映一下, 帮老张问一下: who is spoken for does not speak.
# 村民代表王某反映, 帮扶干部王某反映: they speak themselves.
_SPOKEN_FOR = re.compile(r"(?:[替帮]|(?<![现当时古年世后近一二三四五])代)(?![表理办码扶])[^，。；！？：:\n]{0,20}$")
_IS_SAID = re.compile(
    r"(?:[（(][^（()）]{0,30}[)）])?(?:说几句|说说|反映|问[一问]|求助|求个|申请|发个|写[这封信一]|咨询|投诉)"
)
_LABELLED = re.compile(r"(?:求助|救助|帮扶|受助|低保|监测|困难|特困)对象(?:姓名)?[：:]\s?$")
_LABEL = 10
_SOMEBODYS = re.compile("[个名位][^，。]{0,3}$")
_ANYBODY = ("娃", "孩子", "小孩", "女子", "小子", "丫头", "闺女", "对象", "老汉")
_FOR = re.compile("[给为帮替]$")
_DONATED = re.compile(r"[ ：:]?\d{2,5}(?:元|块)?(?=[ ，,。\n]|$)")
_COLLECTION = re.compile("捐款|接龙|爱心")
_TAKEN_ALONG = ("携", "带着", "带", "陪", "陪同", "代", "替", "扶着")
_FIRST_PERSON = re.compile("(?:^|[^自])我(?![局镇乡县办中委院校站会们市区省国])|俺|本人")
_WRITER = re.compile("我|俺|本人")
_SIGNED = re.compile(r"[。！？!?”》）)\s村镇乡组]")
_VERB_REACH = 70
_SIGNATURE_END = re.compile(
    r"(?:[（(][^（()）]{0,30}[)）])?(?:[\s，,：:]|电话|联系|手机|现?住址?|此致|敬礼|[\d*\-年月日于]"
    r"|[正一二三四五六七八九十冬腊廿初])*$"
)


class Sign(Labelled):
    """One thing the words around a name say."""

    OFFICIAL = "official", "公职或职业身份"
    TRADE = "trade", "经营者、雇主等"
    PETITIONER = "petitioner", "反映人"
    KIN = "kin", "亲属称谓"
    HARDSHIP = "hardship", "有困难情形"
    HARDSHIP_BESIDE = "hardship_beside", "本句有困难情形"
    ELDER = "elder", "老人称呼"
    BYSTANDER = "bystander", "旁人"
    """A word before the name says so: 邻居, 工友, 同村."""
    DEED = "deed", "旁人的行为"
    """What the person does says so: lends, helps, strikes."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The signs at one place where a person is named."""

    signs: frozenset[Sign]
    kin: Kin | None = None


@dataclass(frozen=True)
class _Text:
    """One text with its names, and what is said anywhere in it, each looked for once and only when it is asked for."""

    content: str
    names: Sequence[Name]
    roles: RoleLexicon

    @cached_property
    def replies(self) -> bool:
        """True when an office answers, or nobody speaks of himself."""
        return bool(self.roles.reply_words.search(self.content)) or not _FIRST_PERSON.search(self.content)

    @cached_property
    def has_writer(self) -> bool:
        """True when somebody speaks of himself."""
        return bool(_WRITER.search(self.content))

    @cached_property
    def is_about_oneself(self) -> bool:
        """True for 本人."""
        return bool(_OWN.search(self.content))

    @cached_property
    def is_collection(self) -> bool:
        """True where money is given."""
        return bool(_COLLECTION.search(self.content))


def is_spoken_for(content: str, name: Name) -> bool:
    """True where somebody else speaks for the person: 替三交镇的王某反映一下, 求助对象：王某."""
    if _LABELLED.search(content, max(name.start - _LABEL, 0), name.start):
        return True
    before = _SPOKEN_FOR.search(content, max(name.start - 24, 0), name.start)
    return before is not None and _IS_SAID.match(content, name.end) is not None


class EvidenceReader:
    """Reads the signs around names."""

    def __init__(self, persons: PersonLexicon, roles: RoleLexicon, kinship: Kinship) -> None:
        """Use the cues of the lexicons."""
        self._titles = tuple(sorted(persons.official_titles, key=len, reverse=True))
        self._called_titles = persons.called_titles
        self._called_trades = persons.called_trades
        self._roles = roles
        self._kinship = kinship
        titles = "|".join(self._titles)
        self._titled = re.compile(rf"\s*+(?:{'|'.join(map(re.escape, persons.called_titles))})")
        self._serves_as = re.compile(
            rf"[，,]?(?:是|系|担任|当了|现任|时任|曾任)[^，。！？\n]{{0,16}}?(?:{titles})(?=[，,。！？、]|$)"
        )
        after = "|".join(sorted(roles.petitioner_after, key=len, reverse=True))
        self._petitions = re.compile(rf"(?:{after})")
        roster = "|".join(sorted(roles.petitioner_roster, key=len, reverse=True))
        self._roster = re.compile(rf"(?:{roster})[：:][^，。；：:]{{0,40}}$")

    def read(self, content: str, names: Sequence[Name]) -> list[Evidence]:
        """The signs around each of the names, which stand in the order of the text."""
        text = _Text(content, names, self._roles)
        return [self._at(text, position) for position in range(len(names))]

    def _at(self, text: _Text, position: int) -> Evidence:
        content, name = text.content, text.names[position]
        before = content[max(name.start - 24, 0) : name.start]
        bare = before.rstrip(_BETWEEN)
        kin = self._kin(content, name)
        signs: set[Sign] = set()
        if self._is_official(content, name, before, bare):
            signs.add(Sign.OFFICIAL)
        if self._is_trade(content, name, bare):
            signs.add(Sign.TRADE)
        if self._petitions_here(text, position, before, bare, kin):
            signs.add(Sign.PETITIONER)
        if kin is not None:
            signs.add(Sign.KIN)
        signs |= self._circumstances(text, position, bare)
        if self._roles.elders.search(name.text):
            signs.add(Sign.ELDER)
        return Evidence(frozenset(signs), kin)

    def _kin(self, content: str, name: Name) -> Kin | None:
        """The kinship said of the name; of a couple (老两口, 丈夫叫…, 妻子叫…) neither is a relative of another."""
        kin = self._kinship.before(content, name.start)
        if kin is None or _COUPLE.search(content, max(kin.start - 20, 0), kin.start):
            return None
        nobodys = not kin.owner and content.endswith(_ANYBODY, 0, kin.end)
        return None if nobodys and _SOMEBODYS.search(content, max(kin.start - 5, 0), kin.start) else kin

    def _is_official(self, content: str, name: Name, before: str, bare: str) -> bool:
        if len(name.text) > 2 and name.text.endswith(self._called_titles):
            return True
        if bare.endswith(self._titles) and not bare.endswith(("反映主任", "找主任")):
            return True
        if content.startswith(self._titles, name.end) or self._titled.match(content, name.end):
            return True
        if self._serves_as.match(content, name.end) or (_TURN_TO.search(bare) and _HANDLES.match(content, name.end)):
            return True
        if _CLERK.search(before) or (_CHARGED.search(before) and _WITH.match(content, name.end)):
            return True
        return bool(_BYLINE.search(before) or _CHIEF.search(bare) or self._roles.office_endings.search(bare))

    def _is_trade(self, content: str, name: Name, bare: str) -> bool:
        called = re.sub("(?:叫|名叫|叫做|是)$", "", bare)
        if called.endswith(self._roles.trades) or bare.endswith(self._roles.trades):
            return True
        return len(name.text) > 1 and name.text[1:] in self._called_trades

    def _petitions_here(self, text: _Text, position: int, before: str, bare: str, kin: Kin | None) -> bool:
        content, name = text.content, text.names[position]
        spoken_of = _ACCUSED.search(bare) or _SPOKEN_FOR.search(bare) or _SOMEBODY_CALLED.search(bare)
        if spoken_of or _OWNED.match(content, name.end):
            return False
        introduced = (
            bare.endswith(self._roles.petitioner_before)
            or _SELF.search(bare)
            or _SELF_NAMED.search(content, max(name.start - 60, 0), name.start)
        )
        if (
            (introduced and kin is None and not content.startswith("的", name.end))
            or self._roster.search(before)
            or _WRITES.match(content, name.end)
        ):
            return True
        if self._is_addressee(text, name) or self._signs(text, name):
            return True
        if bare.endswith(self._roles.bystanders_before):
            return False
        if kin is not None and content.endswith(_TAKEN_ALONG, 0, kin.start):
            return False
        return self._comes_to_report(text, position, kin)

    def _comes_to_report(self, text: _Text, position: int, kin: Kin | None) -> bool:
        content, names = text.content, text.names
        name = names[position]
        found = _PARTICULARS.match(content, name.end)
        end = found.end() if found else name.end
        if content.startswith("。", end):
            end += 1
        if self._petitions.match(content, end) or (
            position == 0 and end - name.end > _PROFILE and text.is_about_oneself
        ):
            return True
        if kin is not None:
            return False
        first = position == 0 or content[name.start - 1 : name.start] in ("、", "和", "与")
        if not first:
            return False
        rest = content[name.end : name.end + _VERB_REACH]
        stop = _STOP.search(rest)
        verb = self._petitions.search(rest, 0, stop.start() if stop else len(rest))
        if verb is None or content.endswith(("反映", "关于"), 0, name.start):
            return False
        following = names[position + 1].start if position + 1 < len(names) else len(content)
        said = rest[: verb.start()]
        return name.end + verb.start() <= following and not re.search("[其被]|没有|不[肯让给]", said)

    def _is_addressee(self, text: _Text, name: Name) -> bool:
        """A reply begins with the petitioner's name and speaks to him."""
        content = text.content
        line = content.rfind("\n", max(name.start - _REACH_OF_ADDRESS - 1, 0), name.start) + 1
        if name.start - line > _REACH_OF_ADDRESS or _PUNCTUATION.search(content, line, name.start):
            return False
        behind = _HONORIFIC.match(content, name.end)
        start = behind.end() if behind else name.end
        return bool(_ADDRESSED.search(content, start, start + 60)) and text.replies

    def _signs(self, text: _Text, name: Name) -> bool:
        """A letter ends with the name of its writer."""
        if not text.has_writer or not _SIGNATURE_END.match(text.content, name.end):
            return False
        return name.start > 0 and _SIGNED.match(text.content, name.start - 1) is not None

    def _circumstances(self, text: _Text, position: int, bare: str) -> set[Sign]:
        content, names = text.content, text.names
        name = names[position]
        signs: set[Sign] = set()
        after = content[name.end : self._reach(content, names, position)]
        clause = _last_clause(content, name.start, names[position - 1].end if position else 0)
        donates = _DONATED.match(content, name.end) and text.is_collection
        named_in_need = bare.endswith(self._roles.sufferer_before)
        if named_in_need or (_FOR.search(bare) and re.match("家?[捐筹凑]", after)):
            signs.add(Sign.HARDSHIP_BESIDE)
        elif donates or self._roles.bystanders_after.search(after[:14]):
            signs.add(Sign.DEED)
        if bare.endswith(self._roles.bystanders_before):
            signs.add(Sign.BYSTANDER)
        if self._roles.hardship.search(clause) or self._roles.hardship.search(after):
            signs.add(Sign.HARDSHIP)
        stop = _STOP.search(after)
        if self._roles.hardship.search(clause) or self._roles.hardship.search(after[: stop.start()] if stop else after):
            signs.add(Sign.HARDSHIP_BESIDE)
        return signs

    def _reach(self, content: str, names: Sequence[Name], position: int) -> int:
        """How far what is said may be said of this person: over relatives and neighbours in a row, not over others."""
        limit = min(names[position].end + _REACH, len(content))
        for at in range(position + 1, len(names)):
            latter = names[at]
            if latter.start >= limit:
                break
            joint = JOINT.fullmatch(content, names[at - 1].end, latter.start)
            if not joint and self._kinship.before(content, latter.start) is None:
                return latter.start
        return limit


def _last_clause(content: str, start: int, earliest: int) -> str:
    begin = max(start - 16, earliest, 0)
    ends = [match.end() for match in _CLAUSE.finditer(content, begin, start)]
    return content[ends[-1] if ends else begin : start]
