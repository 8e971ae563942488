"""The fixed Chinese sentences that ingest says to people; `{...}` are filled in by the caller."""

from __future__ import annotations

MISSING = "{name}:文件不存在。请检查路径后重试。"
DIRECTORY = "{name}:目录里没有可以入库的文件。请给出含 TXT、Markdown、HTML、PDF、DOCX、OFD 等文件的目录。"
DIFF_DIRECTORY = "{name}:是目录,比较的是两份文件。请给出其中一份文件,或索引里的文档编号。"
NOT_PERMITTED = "{name}:无法读取({reason})。请检查文件权限后重试。"
EMPTY = "{name}:文件是空的,没有可入库的文字。请换成有正文的文件。"
TOO_LARGE = "{name}:文件有 {size} 字节,超过上限 {limit} 字节。请拆分文件,或调大 HUXZ_INGEST__MAX_FILE_BYTES。"
BINARY = "{name}:是二进制文件({what}),不是纯文本。请先转成 UTF-8 或 GB18030 编码的 TXT/Markdown。"
ENCODING = "{name}:无法识别文字编码(第 {position} 字节起)。请另存为 UTF-8 或 GB18030 编码后重试。"
PAGE_CHARSET = "{name}:网页的文字编码是 {charset},读不了。请另存为 UTF-8 编码的网页后重试。"
PAGE_TOO_LARGE = "{name}:网页有 {size} 字节,超过上限 {limit} 字节。请只保存正文部分后重试。"
PAGE_TOO_DEEP = (
    "{name}:网页的标签嵌套过深(超过 255 层)或有超长内容,没有读。请在浏览器中打开,把正文另存为文本后重试。"
)
PAGE_TOO_MANY = "{name}:网页的标签或一个标签的属性超过 {limit} 个,没有读。请只保存正文部分后重试。"
PAGE_EMPTY = "{name}:网页里没有内容。请换成有正文的网页。"
PAGE_NO_TEXT = "{name}:网页里没有找到正文。请在浏览器中打开,把正文另存为文本后重试。"
PAGE_HIDDEN = "网页隐藏了正文中的 {count} 个字,没有读入"
PAGE_STRUCK = "正文中有 {count} 个字被划去,没有读入"
PAGE_PICTURES = "正文中有 {count} 张图片,图片里的文字没有读入"
PAGE_MOSTLY_PICTURES = "正文主要是 {count} 张图片,图片里的文字没有读入"
PAGE_REPRINT = "“发布机构”栏的{publisher}不是标题写的发文机关,看来是转载单位,没有当作发文机关"
NO_CLAUSE = "{name}:没有找到条款(如 一、 (一) 1. 第一条)。请确认文件是带编号的政策正文。"
MISMATCH = (
    "{name}:条款树无法逐字还原原文,第 {line} 行附近「{nearby}」不一致,已拒绝入库。请把文件交给维护人员。"
)
SAME_ID = "{name}:与 {other} 的文档编号相同({document_id})。请改名后再入库。"
UNKNOWN_DOCUMENT = "{document_id}:索引里没有这份文档。可用 python -m ingest list 查看已有文档。"
NO_INDEX = "索引里还没有文档。请先运行 python -m ingest add 文件路径。"
BAD_DATA_FILE = "{name}:格式有误({reason})。请改正后重试。"

READING = "正在解析 {name} …"
INDEXING = "正在建立索引({chunks} 个片段)…"
PREPARING = "正在准备索引 …"
WRITING = "正在写入索引 …"
UNCHANGED = "{document_id}:内容没有变化,索引未改动。"
ALL_UNCHANGED = "{count} 份文档内容没有变化,未重新解析。"
TOTAL = "合计 {count} 份"
MORE = "另有 {count} 份有变化,未逐一列出"
INTERRUPTED = "已中断。原有索引未受影响;重新运行即可继续。"
STALE_GLOSS = "{document_id}:{count} 条通俗解读与条款现文不符,未入库:{paths}。"
OUTDATED_INDEX = "索引由另一版本的模型或程序建立,现在重建。"
NOTHING_TO_DO = "索引已是最新({documents} 份文档),无需重建。"
REMOVED = "{document_id}:已移除({clauses} 个条款)。"
INDEX_LOCKED = "索引正被另一个进程写入。请等它结束后重试。({reason})"
INDEX_MISMATCH = (
    "现有索引由另一种向量模型或版本建立。请运行 python -m ingest ensure --rebuild 重建。({reason})"
)
INDEX_DAMAGED = "索引文件不完整。请运行 python -m ingest ensure --rebuild 重建。({reason})"
STORE_UNREACHABLE = "连接不上 Chroma 服务。请检查 HUXZ_VECTORSTORE__CHROMA_URL 与服务状态。({reason})"
FAULT = "出现意外故障:{reason}。原有索引未受影响;请重试,仍失败请查看日志。"
NOT_GOVERNMENT = "{url} 不是 gov.cn 的网址,来源应写 reprint"
SAME_MEASURE = "同一政策里措施的编号 n 重复"
UNFOUNDED = "第 {n} 项的数字 {number} 在它自己的文字里没有出现"
REPRINT = "来源是转载页,不是发文机关网站"
NO_LINK = "没有可以展示的链接,请按文件名称和文号查官方文件"

EFFECTIVE_METADATA = "元数据“施行日期”栏写明{day}"
EFFECTIVE_TITLE = "题注写明{day}施行"
EXPIRES_METADATA = "元数据“失效日期”栏写明{day}"
REPEALED_METADATA = "元数据“废止日期”栏写明{day}"
NUMBER_RESTORED = "文号写作“{written}”,括号或“号”字有缺,按{number}补全,请核对。"
NUMBER_UNSURE = "文号写作“{written}”,缺损处补不准,不显示,请核对。"
DATES_DIFFER = "成文日期{adopted}与落款日期{signed}不同,两个都保留,请核对。"
EXPIRY_DIFFERS = "失效日期:网页写{page},按条款推算是{written};以网页为准(可能延期或提前废止),请核对。"
TERM_REVERSED = "失效日期{expires}早于施行日期{effective},请核对。"
TERM_OPEN = "{words},但起算日不明,算不出失效日期,请核对。"

DAMAGED = "{name}:{what} 文件已损坏或不完整,无法读取。请重新下载或重新导出后再试。"
LOCKED = "{name}:{what} 文件有密码保护,无法读取。请去掉密码后再试。"
NOT_OF_KIND = (
    "{name}:扩展名与内容不符或格式不受支持({what})。请换成 HTML、PDF、DOCX、DOC/WPS、OFD、图片或纯文本。"
)
NO_TEXT = "{name}:{pages} 页中没有找到文字。请换成带文字的文件,或清晰的扫描件。"
IMAGE_ONLY = "{name}:OFD 各页只有图形或图片,没有文字,无法入库。请向发文单位索取带文字的版本。"
TOO_MANY_PAGES = (
    "{name}:有 {pages} 页,超过上限 {limit} 页。请拆分文件,或调大 HUXZ_INGEST__READING__MAX_PAGES。"
)
TOO_MUCH_TEXT = (
    "{name}:读出 {size} 个字符,超过上限 {limit}。请拆分文件,或调大 HUXZ_INGEST__READING__MAX_CHARACTERS。"
)
TOO_LARGE_PICTURE = (
    "{name}:图片有 {size} 个像素,超过上限 {limit}。请缩小图片,或调大 HUXZ_INGEST__READING__MAX_PIXELS。"
)
TOO_MANY_ENTRIES = "{name}:压缩包里有 {count} 个文件,超过上限 {limit},疑似恶意文件,已拒绝。"
TOO_MUCH_UNPACKED = "{name}:解压后有 {size} 字节,超过上限 {limit},疑似压缩炸弹,已拒绝。"
TOO_HIGH_RATIO = "{name}:解压后膨胀 {ratio} 倍,超过上限 {limit} 倍,疑似压缩炸弹,已拒绝。"
UNSAFE_ENTRY = "{name}:压缩包里的文件名不安全({entry}),已拒绝。请向提供方索取正常的文件。"
UNSAFE_XML = "{name}:其中的 XML({entry})含实体或外部声明,疑似恶意文件,已拒绝。"
TOO_DEEP = "{name}:其中的 XML({entry})嵌套超过 {limit} 层,疑似恶意文件,已拒绝。"
BAD_XML = "{name}:其中的 XML({entry})格式有误,无法读取。请重新导出后再试。"
MISSING_ENTRY = "{name}:缺少 {entry},文件不完整。请重新下载或重新导出后再试。"
NO_OFFICE = (
    "{name}:读取 DOC/WPS 需要 LibreOffice,本机没有找到({command})。"
    "请安装 LibreOffice,或另存为 DOCX/PDF 后再试。"
)
OFFICE_FAILED = "{name}:LibreOffice 未能转换这个文件({reason})。请另存为 DOCX 或 PDF 后再试。"
NO_RECOGNITION = (
    "{name}:没有读得出的文字(扫描件、图片,或字体没有附文字对照),需要文字识别,本机没有安装 rapidocr。"
    "请安装后再试,或换成带文字的文件。"
)
READER_TIMEOUT = (
    "{name}:读取超过 {seconds} 秒,已中止,其他文件不受影响。请检查文件,或调大 HUXZ_INGEST__READING__{key}。"
)
READER_MEMORY = (
    "{name}:读取时内存超过上限,已中止,其他文件不受影响。请拆分文件,"
    "或调大 HUXZ_INGEST__READING__MEMORY_BYTES。"
)
READER_DIED = "{name}:{why},这个文件没有入库,其他文件不受影响。请在阅读软件中打开,另存或重新导出后再试。"
READER_ABORTED = "文件内部结构异常(内容循环引用,或解开后过大),读取程序已中止({reason})"
READER_CRASHED = "文件内部结构损坏,读取程序出错退出({reason})"
READER_KILLED = "读取程序被系统中止({reason}),多因内存或时间不够"
READER_EXITED = "读取程序意外退出(代码 {reason})"
READER_FAULT = "{name}:无法解析({reason}),其他文件不受影响。文件可能已损坏,请重新导出后再试。"

PRIVATE_GLYPHS = "有 {count} 个字使用私有编码,读不出是什么字,请对照原件。"
UNREADABLE_GLYPHS = "有 {count} 个字无法识别,请对照原件。"
ASKEW = "第{page}页有 {count} 个斜排的字(多为水印),未读入。"
HIDDEN = "有 {count} 个字在原件里不显示,未读入。"
RECOGNISED = "{pages} 页由图片识别得来,平均把握 {percent}%,引用前请对照原件。"
DOUBTFUL = "第{page}页识别把握不足:{count} 行,如「{lines}」,请人工核对。"
ILLEGIBLE = "第{page}页有 {count} 行无法辨认,未读入,请对照原件。"
BLANK_PICTURES = "第{pages}页是图片,没有识别出文字。"
NOT_RECOGNISED = "第{pages}页是图片,超过识别上限 {limit} 页,未读入。"
TRACKED_DELETIONS = "有 {count} 处修订删除的文字,未读入。"
TRACKED_INSERTIONS = "有 {count} 处修订插入的文字,按已接受读入,请确认是定稿。"
MISSING_PAGES = "第{pages}页的内容文件缺失,未读入。"
NO_FILE_NO_DOCUMENT = (
    "{name}:既不是文件,也不是索引里的文档编号。请检查路径,或用 python -m ingest list 查看编号。"
)
NO_DIFFERENCE = "两份文件的条款没有不同。"
PAGE_WRITTEN = "对照网页已写到 {path}。"
PAGE_IS_INPUT = "{path}:对照网页不能写到被比较的文件上。请换一个文件名。"
PAGE_UNWRITABLE = "{path}:对照网页写不进去({reason})。请检查目录和权限。"
NO_CHAT_MODEL = (
    "没有配置起草用的对话模型。请设置 HUXZ_INGEST__DRAFTING__BASE_URL 与 HUXZ_INGEST__DRAFTING__MODEL,"
    "再运行一次。"
)
CHAT_MODEL_FAULT = "对话模型没有给出可用的回复({reason})。已写好的草稿都在,稍后重新运行可接着起草。"
DRAFTED = (
    "{document_id}:起草 {count} 条通俗解读,写入 {path}。逐条核对后删去 draft: true,"
    "再运行 python -m ingest ensure。"
)
DRAFT_REFUSED = "{path}:草稿未采用,{reason}。"

FETCHING = "正在核对 {title} …"
SAME_SOURCE = "来源编号 {id} 重复"
NOT_OFFICIAL = "{url} 不是 gov.cn 的网址,也不在 HUXZ_INGEST__SYNC__HOSTS 里"
UNKNOWN_SOURCE = "{id}:sources.yaml 里没有这个来源。可用 python -m ingest sync --dry-run 查看有哪些。"
SYNC_BAD_ADDRESS = "网址不合规,没有访问:{url}"
SYNC_OFF_LIST = "网站要转到名单以外的 {host},没有跟去。确属官方网站的,加进 HUXZ_INGEST__SYNC__HOSTS"
SYNC_NO_HOST = "找不到网站 {host},请检查网络和网址"
SYNC_PRIVATE = "{host} 指向内网地址 {address},没有访问"
SYNC_FORBIDDEN = "{host} 的 robots.txt 不允许自动访问这一页,请人工查看"
SYNC_NO_ROBOTS = "{host} 的 robots.txt 取不到,按不允许处理({reason})"
SYNC_LOOP = "网站反复跳转,没有取到。请在浏览器中核对网址"
SYNC_SLOW = "网站太慢,超过时限。请稍后再试,或调大 HUXZ_INGEST__SYNC__TIMEOUT_S 与 TOTAL_S"
SYNC_TRUNCATED = "内容没有传完(长度与网站所报不符),没有采用。请稍后再试"
SYNC_TOO_LARGE = "超过上限 {limit} 字节,没有采用。确有需要可调大 HUXZ_INGEST__SYNC__MAX_BYTES"
SYNC_PACKING = "网站用了读不了的压缩方式({encoding})"
SYNC_NO_CONNECTION = "连接不上网站({reason})。请稍后再试"
SYNC_GONE = "页面已不存在(HTTP {status})"
SYNC_STATUS = "网站答复 HTTP {status},没有取到"
SYNC_LATER = "网站忙(HTTP {status}),要求 {seconds} 秒后再来。请过后再试"
SYNC_EMPTY = "网站给了空白页,没有采用"
SYNC_OTHER_TEXT = "页面里没有《{title}》,可能是登录页、验证页或已改版,没有采用。请在浏览器中核对"
SYNC_KEPT = ";仍用 {day} 的快照"
SYNC_UNWRITABLE = "快照写不进 {path}({reason})。请检查目录和权限。"
SYNC_VANISHED = "官方网页已不存在({day} 发现),所用的是 {fetched} 的快照,请核对文件是否仍有效。"
SYNC_OTHER_NUMBER = "网页上的文号与来源清单({number})不同,请核对。"
SYNC_RESUMED = "接着上次中断的同步继续。"
SYNC_DONE = "{states}。快照在 {folder}。"
SYNC_PLAN = "将访问 {sources} 份文件、{hosts} 个网站;这次什么也没有访问。"

_ENDS = {
    "SIGABRT": READER_ABORTED,
    **dict.fromkeys(("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP"), READER_CRASHED),
    **dict.fromkeys(("SIGKILL", "SIGXCPU", "SIGTERM"), READER_KILLED),
}


def ended(reason: str) -> str:
    """Return in words how a reader came to its end, by its signal or exit code."""
    return _ENDS.get(reason, READER_EXITED).format(reason=reason)


PART_QUOTED = "「{words}」"
PART_MISSING = "(该条没有写到这一部分,请看全条)"
