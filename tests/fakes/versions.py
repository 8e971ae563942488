"""Documents of our own writing: two versions of one rule, a lapsed notice, a draft, one not yet in force."""

from __future__ import annotations

from pathlib import Path

OLD = """# 云溪市货款支付规定

(2020年6月1日云溪市人民政府令第5号公布)

第一条 为了及时支付货款,制定本规定。

第二条 采购单位向小企业采购货物的,付款期限最长不得超过六十日。

第三条 本规定自2020年7月1日起施行。
"""
NEW = """# 云溪市货款支付规定

(2025年2月1日云溪市人民政府令第9号公布)

第一条 为了及时支付货款,制定本规定。

第二条 采购单位向小企业采购货物的,付款期限最长不得超过三十日。

第三条 本规定自2025年3月1日起施行。2020年6月1日公布的《云溪市货款支付规定》同时废止。
"""
LAPSED = """云溪市关于支持风筝产业发展的通知

各区人民政府:

一、支持对象

在本市注册的风筝制造企业。

二、支持标准

对购买裁剪设备的风筝企业,按设备投资额的10%给予补助,最高50万元。

三、有效期

本通知自2022年1月1日起施行,有效期至2024年12月31日。

云溪市人民政府

2021年12月20日
"""
DRAFT = """云溪市关于支持陶艺产业发展的若干措施

(征求意见稿)

一、支持对象

在本市注册的陶艺工坊。

二、支持标准

对购买电窑的陶艺工坊,给予最高20万元补贴。
"""
PENDING = """# 云溪市夜市管理规定

(2026年10月1日云溪市人民政府令第12号公布)

第一条 为了规范夜市,制定本规定。

第二条 夜市摊位应当在二十三时前收摊。

第三条 本规定自2027年5月1日起施行。
"""
FILES = {
    "payment-2020.md": OLD,
    "payment-2025.md": NEW,
    "kites.txt": LAPSED,
    "pottery-draft.txt": DRAFT,
    "night-market.md": PENDING,
}


def write_versions(folder: Path) -> tuple[Path, ...]:
    """Write the documents and return their paths."""
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in FILES)
