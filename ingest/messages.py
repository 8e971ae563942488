"""The fixed Chinese sentences that ingest says to people; `{...}` are filled in by the caller."""

from __future__ import annotations

MISSING = "{name}:文件不存在。请检查路径后重试。"
DIRECTORY = "{name}:这是一个目录,不是文件。请给出目录里的文件,例如 {name}/*.txt。"
NOT_PERMITTED = "{name}:无法读取({reason})。请检查文件权限后重试。"
EMPTY = "{name}:文件是空的,没有可入库的文字。请换成有正文的文件。"
TOO_LARGE = "{name}:文件有 {size} 字节,超过上限 {limit} 字节。请拆分文件,或调大 HUXZ_INGEST__MAX_FILE_BYTES。"
BINARY = "{name}:是二进制文件({what}),不是纯文本。请先转成 UTF-8 或 GB18030 编码的 TXT/Markdown。"
ENCODING = "{name}:无法识别文字编码(第 {position} 字节起)。请另存为 UTF-8 或 GB18030 编码后重试。"
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
PROGRESS = "正在写入索引 {done}/{total}({percent}%) …"
UNCHANGED = "{document_id}:内容没有变化,索引未改动。"
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
