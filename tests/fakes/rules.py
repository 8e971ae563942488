"""Rules of our own writing beside the plan: one carries its promise out, two levels pay for one thing."""

from __future__ import annotations

from pathlib import Path

VOUCHERS = """湖州市算力券发放办法

湖试发〔2026〕905号

第一条 对在湖州注册的企业租用智能算力的,发放算力券,按合同额的20%补贴,每家每年最高100万元。

第二条 已享受省级算力补贴的,不得重复享受。

第三条 市经信局负责受理。

第四条 本办法自2026年3月1日起施行,有效期2年。

湖州市试验局

2026年2月1日
"""
CITY = """湖州市民宿消防改造补助办法

第一条 为提升民宿消防安全水平,制定本办法。

第二条 民宿经营者完成消防改造的,按改造费用的30%给予补助,每家最高5万元。

第三条 申请材料应当在改造完成后60日内提交。

第四条 本办法自2025年5月1日起施行,有效期至2029年4月30日。

湖州市试验局

2025年3月30日
"""
PROVINCE = """浙江省民宿消防改造补助办法

第一条 为支持民宿发展,制定本办法。

第二条 民宿经营者完成消防改造的,按改造费用的20%给予补助,每家最高3万元。

第三条 本办法自2025年7月1日起施行,有效期至2030年6月30日。

浙江省试验厅

2025年5月20日
"""
PAYMENT = """云溪市货款支付规定

第一条 为了及时支付货款,制定本规定。

第二条 大型采购单位向中小供货单位采购货物的,应当自交付之日起六十日内支付货款。

第三条 本规定自2025年3月1日起施行。
"""
_TEXTS = {
    "湖州市算力券发放办法": VOUCHERS,
    "湖州市民宿消防改造补助办法": CITY,
    "浙江省民宿消防改造补助办法": PROVINCE,
    "云溪市货款支付规定": PAYMENT,
}


def write_rules(folder: Path) -> list[Path]:
    """Write the rules into a folder and return their files."""
    paths = []
    for name, text in _TEXTS.items():
        path = folder / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
