"""The sentences that clerks read, as they should stand on receipts."""

NOTE = "这一行当作表下说明或落款, 没有导入; 如果它是一件信访, 请补全各列后重新提交"
TOTAL = "这一行是合计, 没有导入; 如果它是一件信访, 请改写第一格后重新提交"
COUNTED = "这一行只有序号, 没有导入, 不需要处理"
HEADER_AGAIN = "这一行是重复的表头, 没有导入, 不需要处理"
EMPTY = "没有内容, 请补填后重新提交; 与上一行是同一件事的, 请写「同上」"
ONLY_MATTER = "这一行没有导入: 只有内容, 像是上一行的后一部分; 请把它剪到上一行的内容里, 或补全各列后重新提交"
UNREAD_PURPOSES = (
    "这一列写的是信访目的, 表头却没有认出来, 没有采用, 仍随记录保存; "
    "揭发控告靠它辨认, 请把表头改成「信访目的」后重新提交, 或在网页上逐列确认"
)


def village(name: str) -> str:
    """The remark on a row of a village's name."""
    return (
        f"这一行只有村名, 下面没有写住址或只写了组、号的各行已按「{name}」接收, "
        "到下一个村名、合计或说明为止; 有不是这个村的请在那一行写上村名后重新提交"
    )


PHONE_OF_ANOTHER = "电话旁边写着别人, 已照样当作信访人的电话接收; 有本人号码的请改成本人的后重新提交"
REPEATED_OF_ANOTHER = "「同上」照抄的是上一行另一位信访人的号码, 已照样接收, 请核对; 不是这一位的请改正后重新提交"
FUTURE = "日期在今天之后, 这一行没有导入; 请对照原件改正日期后重新提交"
NO_DAY = "没有填日期, 已按收到的日子接收, 知道日期的请补填"
CALENDARS_DIFFER = "公历和农历的日期对不上, 已按公历接收; 公历写错的请改正后重新提交"
SINCE_1904 = "这一格是一个数字, 看不出是哪一天; 是日期的请在原文件里写成 2026-09-03 这样, 保存后提交原文件"
NOT_CALCULATED = "这一格是公式, 文件里没有算好的结果; 请用WPS或Excel打开, 保存后再提交"
NOTHING_SAID = "没有写出反映了什么, 请把内容写在这一格里后重新提交"
PERHAPS_SEVERAL = (
    "落款后面还有内容和另一个落款, 可能不止一封信, 按一件接收, 姓名、电话和日期只取了第一个落款的; "
    "是几封的请分开后重新提交"
)
NUMBER_OF_ANOTHER = "这个号码写在别人的后面, 没有当作写信人的; 是写信人的请在回执Excel的「联系电话」一栏补填后再交"
TWO_DATES = "一格里有两个日期, 已按第一个接收; 不对的请只写对的那一个后重新提交"
NO_PHONE = "这一格里没有电话号码, 已接收; 知道号码的请补填"
PHONE = "电话号码位数不对, 没有记下, 其余已接收; 请改成正确的号码后重新提交"
PHONE_SCIENTIFIC = (
    "这个号码被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
ID_LENGTH = "证件号码不是15位或18位, 没有记下, 其余已接收; 请改成正确的号码后重新提交"
ID_CHECK = "身份证号的最后一位(校验位)对不上, 多为有一位抄错或认错, 请对照证件核对; 已照样接收, 写错的请改正后重新提交"
ID_BIRTH = "身份证号里的出生日期不对, 请核对第7至14位; 已照样接收, 写错的请改正后重新提交"
ID_ZEROS = (
    "证件号码的后三位是000, 看不出是原号还是被表格改的, 没有记下, 其余已接收; "
    "请对照证件改正后重新提交, 证件上就是000的不需要处理"
)
TWO_IDS = "一格里有两个证件号码, 已按第一个接收; 不对的请只写本人的后重新提交"
ID_SCIENTIFIC = (
    "这个号码被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
ID_ROUNDED = (
    "证件号码的后三位被表格改成了0, 原号已丢失, 没有记下, 其余已接收; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
NUMBER_SCIENTIFIC = (
    "编号被表格改成了1.4E+17这样的写法, 后几位已丢失, 没有记下, "
    "这一行只能看内容是不是和以前的一样来判断重复; "
    "请选中这一列, 把单元格格式改为「文本」, 照原件重填后重新提交"
)
NO_NUMBER = "没有编号, 只能看内容是不是和以前的一样来判断重复; 有编号的请补填"
NOBODY = (
    "表里没有认出写信访人姓名、电话或证件号码的列, 只能靠内容里写到的人来对户; "
    "有这样一列的请把表头改成「信访人姓名」后重新提交, 或在网页上逐列确认"
)
NO_NUMBER_COLUMN = "表里没有编号列, 只能看内容是不是和以前的一样来判断重复; 以后导出时请带上编号"
NOTHING_ABOVE = "写的是「同上」, 但上面没有可以照抄的内容, 请写出来后重新提交"
HIDDEN_SHEET = "这个工作表是隐藏的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员"
NO_REGISTER = "这个表里没有信访登记的表头, 没有导入; 是登记表的请补上表头后重新提交, 不是的不需要处理"
EMPTY_TABLE = "表头下面没有一行内容, 请检查是否导出了空表"
FORMULA_ERROR = "这一格显示的是表格算不出来的记号, 请照原件改成文字后重新提交"
HASHES = "这一格只有#号, 是列太窄时导出的, 请把原表的这一列拉宽, 重新导出后再提交"
QUESTION_MARKS = "这一格全是问号, 原来的字已丢失, 请照原件填写, 或从原系统重新导出后再提交"
COVERING_NOTE = "这段文字当作随附说明, 没有导入; 如果它是一件信访, 请单独提交"
NO_MEMBER = (
    "没有找到写反映内容的那一列, 这个文件没有导入; "
    "是信访登记表的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
NO_NAME_BUT_A_PHONE = (
    "信里没有找到写信人的姓名, 只找到电话, 已按内容接收; 原件上有姓名的请在回执Excel的「信访人」一栏补填后再交"
)
UNDATED = (
    "",
    1,
    "日期",
    "信里没有看出写信的日期, 已按收到的日子接收; 信上有日期的请在回执Excel的「信访日期」一栏补填后再交",
    "",
)
"""The whole remark on the only letter of a file."""
NO_SIGNATURE = (
    "信里没有找到写信人的姓名和电话, 已按内容接收; 原件上有的请在回执Excel的「信访人」「联系电话」两栏补填后再交"
)
LOST_CHARACTERS = "内容里有认不出的字, 已接收; 请对照原件改正后重新提交"


def same_matter(row: int) -> str:
    """A further person of the matter in a row above."""
    return f"与第{row}行是同一件事, 已作为另一位信访人接收; 是同一个人重复登记的请告诉管理员, 是另一位的不需要处理"


def same_number(where: str) -> str:
    """A number that stood before with another text."""
    return f"编号与{where}相同, 内容不同的已当作那一件的更正; 如果是另一件, 请改用它自己的编号后重新提交"


def guessed(name: str, percent: int) -> str:
    """A column that only resembles a known one."""
    return f"这一列按「{name}」接收(把握{percent}%), 请核对; 不对的请在网页上传, 逐列确认一次"


def hidden_rows(count: int) -> str:
    """Rows that are hidden or filtered away."""
    return f"有{count}行是隐藏或被筛选掉的, 已照样导入; 该交的不需要处理, 不该交的请告诉管理员"


def torn(count: int, column: str) -> str:
    """A row of a text table with commas within its last cell."""
    return (
        f"这一行比表头多出{count}格, 多半是内容里有逗号, 已连在「{column}」后面接收; "
        "不是这一列的请用WPS打开, 移到它的列里, 另存为xlsx后重新提交"
    )


def shifted(count: int) -> str:
    """A row of a text table with commas within some cell."""
    reason = "多半是某一格里有逗号, 这一行没有导入; 请用WPS打开, 把多出的几格并回原来那一格, 另存为xlsx后重新提交"
    return f"这一行比表头多出{count}格, {reason}"


def several_letters(count: int) -> str:
    """Letters one below the other."""
    return f"这个文件里有{count}封信, 按{count}件接收; 分得不对的请每封信存成一个文件后重新提交"


HINT = "这一行当作填表提示、栏号或示例, 没有导入; 如果它是一件信访, 请改写后重新提交"
OF_ANOTHER = "这一格与上面合并, 写的是上面那位信访人的, 没有采用; 是这一位的请在本行单独填写"
CONTINUED = "「同上」已按上一行的内容补全, 后面写的接在其后; 不对的请写出全部内容后重新提交"
BROKEN_JSON = "这一行的格式不对(不是完整的JSON), 没有导入; 请把这句话告诉导出系统的管理员, 重新导出"
LOCK_FILE = "这是表格或文档打开时留下的临时文件, 没有读取, 不需要处理"


def joined_below(row: int) -> str:
    """A row whose number is merged with the one above it."""
    return (
        f"第{row}行与这一行的编号是合并的, 作为同一件的后一部分一并接收; "
        "是另一件的请取消合并, 写上它自己的编号后重新提交"
    )


def other_matter(where: str) -> str:
    """A number that stood before with another person and another matter."""
    return f"编号与{where}相同, 信访人和内容都不同, 已作为另一件接收; 编号没有写错的不需要处理, 写错的请改正后重新提交"


def foreign(whose: str, name: str) -> str:
    """A bare column right of somebody else's name."""
    return (
        f"这一列排在「{whose}」后面, 没有当作信访人的{name}, 仍随记录保存; "
        f"是信访人的请把表头改成「信访人{name}」后重新提交, 或在网页上逐列确认"
    )


def stray(column: int) -> str:
    """A cell far right of the table."""
    return f"这一行有内容写到了第{column}列, 超过512列, 那一格没有读取, 其余照常; 请删去或移到表里"


OF_PETITION = "只写了与另一件相同, 没有照抄, 请把那一件的内容写在这一格里后重新提交"
OF_PAPER = "只写了见附件, 附件里的字没有读, 请把附件里的内容写在这一格里后重新提交"
NAMELESS = (
    "表里认出了电话, 没有认出写信访人姓名的列, 只能靠电话和内容里写到的人来对户; "
    "有姓名列的请把表头改成「信访人姓名」后重新提交, 或在网页上逐列确认"
)
ZERO_REPORT = "这个表的表头下面没有信访件(零报告), 没有要导入的; 有遗漏的请补填后重新提交"


def own_name_of_nobody(written: str) -> str:
    """本人 in the column of names, and no other column that says who he is."""
    return f"写的是「{written}」, 看不出是谁, 已按没有姓名接收; 请写出姓名后重新提交"


def all_merged(row: int) -> str:
    """A row whose name, day and matter are merged with the one above it."""
    return (
        f"第{row}行的姓名、日期和内容与这一行是合并的, 作为同一件接收, 其余各列接在后面; "
        "不是同一件的请取消合并, 各行填全后重新提交"
    )


FORWARDED = "这是转发的邮件, 转发人写在上面的话没有当作信访人的; 转发人自己也反映了事情的请单独提交"
QUOTED = "邮件下面引用的原邮件没有当作这封信的, 其中的姓名、电话和日期没有采用; 原邮件是信访件的请单独提交"
OFFICE_DAY = "收文日期没有当作信的日期, 已按信上的日期接收; 信上的日期不对的请在回执Excel的「信访日期」一栏改正后再交"
OF_LETTER = "这个表不是登记表, 已接在信的后面一并接收; 是登记表的请单独提交"
OF_PERSONS = (
    "这个表有人员的信息, 没有找到写反映内容的那一列, 整个表没有导入; "
    "是信访登记表的请把那一列的表头改成「反映内容」后重新提交, 不是的不需要处理"
)
NO_NAME = "信里没有找到写信人的姓名, 只找到电话, 已按内容接收; 原件上有姓名的请在回执Excel的「信访人」一栏补填后再交"
OF_OFFICE = "这是机关的文书, 姓名、日期和编号取自其中写到的信访人; 不对的请在回执Excel的「信访人」一栏改正后再交"
OF_OFFICE_ALONE = "这是机关的文书, 日期是机关的, 没有找到信访人是谁; 知道的请在回执Excel的「信访人」一栏补填后再交"
LETTERS = "这个文件里有{count}封信, 按{count}件接收; 分得不对的请每封信存成一个文件后重新提交"
COLUMNS = "第1页像是分成两栏, 看不出先后, 已按从上到下的行接收; 请对照原件核对, 顺序乱了的请改成一栏后重新提交"
