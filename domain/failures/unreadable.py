"""Why a file or a connection could not be used, in Chinese; the libraries' own words are English."""

import errno
import json
import re
import socket
import tomllib

_BY_NUMBER = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是文件夹, 不是文件",
    errno.ESPIPE: "是管道或设备, 不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件太大, 那个磁盘装不下这么大的文件(FAT 格式的U盘一个文件最多4 GiB)",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "磁盘读写出错",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ETIMEDOUT: "超时",
}
_PLACE = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def why_unreadable(error: Exception) -> str:
    """The reason of an error of the operating system, of a decoder, or of a TOML or JSON reader, on one line."""
    match error:
        case UnicodeDecodeError():
            return f"不是UTF-8编码(第{error.start + 1}个字节起)"
        case UnicodeEncodeError():
            return "有不能写出的字符"
        case tomllib.TOMLDecodeError():
            return _toml(error)
        case json.JSONDecodeError():
            return f"第{error.lineno}行第{error.colno}个字符处不是合格的JSON"
        case socket.gaierror():
            return "域名或地址解析不了"
        case TimeoutError():
            return "超时"
        case OSError():
            return _BY_NUMBER.get(error.errno or 0, f"系统错误{error.errno}" if error.errno else "系统错误")
    return "内容不合格式"


def _toml(error: tomllib.TOMLDecodeError) -> str:
    place = _PLACE.search(str(error))
    if place is None:
        return "不是合格的TOML"
    line = place["line"]
    return (
        f"第{line}行第{place['column']}个字符处不是合格的TOML"
        if line
        else "文件末尾不是合格的TOML, 有括号或引号没有写完"
    )
