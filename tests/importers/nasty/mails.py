"""Mails that forward or answer others, damaged heads, footers of lists."""

from email.message import EmailMessage
from pathlib import Path

from tests.importers.nasty import reasons
from tests.importers.nasty.builders import raw, written
from tests.importers.nasty.cases import Build, Nasty

_WRITER = "尊敬的领导：\n我叫张三，我家种了十五亩红枣，全裂了，恳请救助，谢谢领导关心。\n张三\n手机：13800000000\n"
_FORWARDER = (
    "县信访局：\n现将群众来信转给你们，请按程序办理并回复。\n李四\n某市信访局　科长\n"
    "电话：13900000000\n地址：某市某路9号\n"
)
_HEAD = "发件人：张三 <a@mail.invalid>\n日期：2026年9月1日 周二 22:05\n主题：求助\n收件人：<b@mail.invalid>\n"
_OFFICE = "发件人: 县信访局\n\n张三：\n请补充家庭情况。\n李四\n电话：13900000000\n2026年9月2日\n"
_OWN = "您好，我家的情况补充如下：去年孩子住院，借了亲戚六万元，请救助。\n张三　电话13800000000\n"
_ENCODED = f"Subject: help\nContent-Transfer-Encoding: base64\n\n{'5Li05Y6' * 9}=\n"


def mail(text: str, subject: str) -> Build:
    """A mail of a text."""

    def build(folder: Path) -> Path:
        made = EmailMessage()
        made["Subject"] = subject
        made["From"] = "office@mail.invalid"
        made["Date"] = "Thu, 03 Sep 2026 09:30:00 +0800"
        made.set_content(text)
        (folder / "来件.eml").write_bytes(made.as_bytes())
        return folder / "来件.eml"

    return build


_OF_WRITER = {"name": "张三", "phone": "13800000000"}

CASES = [
    *(
        Nasty(
            f"mails: {name}",
            mail(text, subject),
            warnings=[("", 1, None, reasons.FORWARDED, "")],
            says={1: {**_OF_WRITER, "address": "", "day": day}},
        )
        for name, text, subject, day in (
            (
                "whoever forwards is not the petitioner",
                f"{_FORWARDER}\n---------- 转发的邮件 ---------\n{_HEAD}\n{_WRITER}",
                "转发: 求助",
                "2026-09-01",
            ),
            (
                "forwarded twice, without a day below",
                f"{_FORWARDER}\n-----Original Message-----\nFrom: c\nSubject: Fwd: 求助\n\n请阅处。王五\n"
                f"Begin forwarded message:\n\nFrom: 张三\nSubject: 求助\n\n{_WRITER}",
                "Fw: 求助",
                "2026-09-03",
            ),
            (
                "forwarded without a word in the subject",
                f"{_FORWARDER}\n------------------ 原始邮件 ------------------\n{_HEAD}\n{_WRITER}",
                "求助",
                "2026-09-01",
            ),
        )
    ),
    *(
        Nasty(
            f"mails: {name}",
            mail(text, subject),
            warnings=[("", 1, None, reasons.QUOTED, "")],
            says={1: {**_OF_WRITER, "day": "2026-09-03"}},
        )
        for name, text, subject in (
            ("an answer above the original", f"{_OWN}\n----- 原始邮件 -----\n{_OFFICE}", "回复：请补充"),
            (
                "a petitioner who forwards an office's answer with words of his own",
                f"{_OWN}\n----- 转发的邮件 -----\n{_OFFICE}",
                "Fwd: 请补充",
            ),
            (
                "an answer above what somebody wrote",
                f"{_OWN}\n在 2026年9月2日，“县信访局”<x@mail.invalid> 写道：\n\n{_OFFICE}",
                "Re: 请补充",
            ),
            (
                "an answer below what is quoted behind arrows",
                f"在 2026年9月2日，县信访局写道：\n> 张三：\n> 请补充。\n> 李四\n> 电话：13900000000\n\n{_OWN}",
                "请补充",
            ),
        )
    ),
    Nasty(
        "mails: an answer that says nothing of its own leaves the original the petitioner's",
        mail(f"请看下面。\n\n----- 原始邮件 -----\n{_WRITER}", "回复: 求助"),
        says={1: {**_OF_WRITER, "day": "2026-09-03"}},
    ),
    Nasty(
        "mails: words that somebody wrote on a day are no quotation",
        mail(
            "我家的地被占了。\n在2026年3月5日的答复里镇政府写道：\n已经补偿，不再处理，请你们理解和支持工作。\n"
            "这不是事实，请求重新调查。\n张三\n2026年9月1日\n电话：13800000000\n",
            "求助",
        ),
        says={1: {**_OF_WRITER, "day": "2026-09-01"}},
    ),
    Nasty(
        "mails: the phone of a list's footer is no day",
        mail(f"{_WRITER}\n______________________\n民生邮件列表\n管理员：李四 客服电话 400-0358-123\n", "求助"),
        says={1: {**_OF_WRITER, "day": "2026-09-03"}},
    ),
    Nasty(
        "mails: a header that begins below its name",
        raw(
            "From:\n =?utf-8?b?5byg5LiJ?= <a@mail.invalid>\nSubject: qiuzhu\nDate: Thu, 03 Sep 2026 09:30:00 +0800\n"
            f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{_WRITER}".encode(),
            "求助.eml",
        ),
        says={1: {**_OF_WRITER, "day": "2026-09-03"}},
    ),
    Nasty("mails: a source that nobody can read", written(f"\n{_ENCODED}", "来信.txt"), refused="内容经过编码"),
    Nasty(
        "mails: an attachment with a name in raw bytes of an old program",
        raw(
            b"From: a@mail.invalid\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
            b'Content-Type: application/octet-stream\nContent-Disposition: attachment; filename="'
            + "九月来信.txt".encode("gb18030")
            + b'"\n\n'
            + _WRITER.encode()
            + b"\n--b--\n",
            "来件.eml",
        ),
        warnings=[("九月来信.txt", *reasons.UNDATED[1:])],
        says={1: {**_OF_WRITER, "title": "九月来信", "part": "九月来信.txt"}},
    ),
    *(
        Nasty(
            f"mails: {name}",
            mail(text, subject),
            warnings=warnings,
            says={1: {"name": "张三", "phone": "13800000000"}},
        )
        for name, text, subject, warnings in (
            (
                "whoever is against an office's answer",
                f"领导好，我对答复不满意，请求复查，谢谢领导。\n张三\n电话：13800000000\n\n"
                f"---- 转发的邮件 ----\n{_OFFICE}",
                "转发: 答复",
                [("", 1, None, reasons.QUOTED, "")],
            ),
            (
                "a letter behind arrows below a note without a name",
                "各位同事：请按流程处理这封来信，三天内回复结果。\n\n"
                + "".join(f"> {line}\n" for line in _WRITER.splitlines()),
                "求助",
                [],
            ),
        )
    ),
]
