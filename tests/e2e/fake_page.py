"""The chat page over a made-up assistant that answers in a fixed way: `fake_page.py --port N`."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import SecretStr

from assistant.feedback.database import open_engine
from assistant.feedback.keeping import FeedbackKeeper
from assistant.feedback.masking import Masker
from assistant.feedback.records import Versions
from assistant.feedback.settings import FeedbackSettings
from assistant.feedback.store import SqlFeedbackStore
from assistant.ledger import Ledger
from assistant.models import Answer, AnswerEvent, Citation, Question, Status
from assistant.ui.api import About, ServingDocument, ask_routes
from assistant.ui.page import build_page
from assistant.ui.ports import DocumentBanner
from assistant.ui.server import serve
from assistant.ui.settings import UiSettings
from assistant.ui.staff.desk import StaffDesk
from assistant.ui.staff.passwords import hash_password
from assistant.ui.staff.settings import StaffSettings
from assistant.ui.staff.site import StaffSite, build_site
from assistant.ui.texts import load_texts
from ingest.document import read_document
from prompts.loader import load_messages
from tests.fakes.vectorstore import HashingEmbedder

PLAN = Path(__file__).parents[2] / "ingest" / "corpus" / "huzhou-ai-plan-2025-draft.txt"
TITLE = "湖州市人工智能高质量发展三年行动计划(2025—2027年)"
NOTICE = "本回答依据的是征求意见稿，尚未生效，公开征求意见已于2025-07-10截止。"
NASTY = '<script>window.pwned=1</script><img src="http://evil.example/x" onerror="window.pwned=1">'
PIECE = 12


def clause(start: str) -> str:
    """Return the paragraph of the plan that starts with these words."""
    text = PLAN.read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(start)}.*$", text, flags=re.MULTILINE)
    if found is None:
        raise ValueError(f"the plan has no paragraph that starts with {start}")
    return found.group() + "\n\n"


def citation(
    marker: int, start: str, path: str, above: str, *quotes: str, gloss: str | None = None
) -> Citation:
    text = clause(start)
    return Citation(
        marker=marker,
        document_id="huzhou-ai-plan-2025-draft",
        title=TITLE,
        path=path,
        heading_path=f"{above} > {text.split('。')[0]}",
        text=text,
        quotes=quotes,
        digest=sha256(text.encode()).hexdigest(),
        gloss=gloss,
    )


def vouchers() -> Answer:
    twelve = citation(
        1, "12.提升普惠服务水平", "三/(四)/12", "三、主要措施 > (四)聚焦数据算力,实施数字设施强基行动",
        "通过发放算力券、模型券,加大优惠算力供给,支持企业、高校、科研机构使用本地智算",
        "责任单位:市经信局、市科技局、市发展改革委、各区县政府",
        gloss="政府发券，帮企业、学校和科研单位少花钱租用本地的人工智能算力和模型。",
    )  # fmt: skip
    seven = citation(
        2, "7.深化场景供需对接", "三/(三)/7", "三、主要措施 > (三)聚焦AI赋能,实施示范应用牵引行动",
        "组织供需对接活动,发放场景券",
    )  # fmt: skip
    fourteen = citation(
        3, "14.创新多维金融支持", "三/(五)/14", "三、主要措施 > (五)聚焦资源要素,实施产业生态护航行动",
        "支持符合条件的科创型人工智能中小企业无还本续贷",
    )  # fmt: skip
    return Answer(
        status=Status.ANSWERED,
        text=(
            "计划提出发放**算力券**、**模型券**和**场景券**三种券，并支持无还本续贷。\n\n"
            "- 算力券、模型券："
            "“通过发放算力券、模型券,加大优惠算力供给,支持企业、高校、科研机构使用本地智算”[1]\n"
            "- 场景券：“组织供需对接活动,发放场景券”[2]\n"
            "- 续贷：“支持符合条件的科创型人工智能中小企业无还本续贷”[3]\n\n"
            "责任单位：市经信局（列第一）、市科技局、市发展改革委、各区县政府[1]。\n\n"
            "金额：文件未载明。"
        ),
        citations=(twelve, seven, fourteen),
        notices=(NOTICE,),
    )


def amount() -> Answer:
    return Answer(
        status=Status.UNSPECIFIED,
        text=(
            "文件没有写明算力券的金额。\n\n"
            "文件写明的是：“通过发放算力券、模型券,加大优惠算力供给”[1]。\n\n"
            "具体金额和办法，可以向市经信局（责任单位中列第一）询问[1]。"
        ),
        citations=(
            citation(
                1, "12.提升普惠服务水平", "三/(四)/12",
                "三、主要措施 > (四)聚焦数据算力,实施数字设施强基行动",
                "通过发放算力券、模型券,加大优惠算力供给",
            ),
        ),
        notices=(NOTICE,),
    )  # fmt: skip


def taxis() -> Answer:
    return Answer(
        status=Status.ANSWERED,
        text="无人出租车的示范应用列在“人工智能+交通”一条，责任单位第一位是市交通运输局[1]。",
        citations=(
            citation(
                1, "4.人工智能+交通", "二/(二)/4", "二、发展重点 > (二)重点应用场景",
                "积极推进无人物流车、无人出租车等示范应用", "责任单位:市交通运输局",
            ),
        ),
        notices=(NOTICE,),
    )  # fmt: skip


def nasty() -> Answer:
    hostile = Citation(
        marker=1, document_id="x", title=f"标题{NASTY}",
        path='"><b id="injected">', heading_path=f"a > {NASTY}",
        text=f"原文{NASTY}末尾", quotes=(NASTY,), digest="0" * 64, gloss=NASTY,
    )  # fmt: skip
    text = f"正文{NASTY}[1]\n\n[点这里](javascript:window.pwned=1) ![图](http://evil.example/y) [1](http://evil.example)"
    return Answer(status=Status.ANSWERED, text=text, citations=(hostile,), notices=(NASTY,))


def refusal(status: Status, text: str) -> Answer:
    return Answer(status=status, text=text)


class FakeAssistant:
    """Answers by keywords of the last turn; counts how often it was asked."""

    def __init__(self, pause_s: float) -> None:
        self._pause_s = pause_s
        self._asked = 0

    def stream(self, question: Question) -> Iterator[AnswerEvent]:
        self._asked += 1
        last = question.turns[-1]
        if "出错" in last:
            yield AnswerEvent(kind="text", text="先说一半")
            raise RuntimeError("made-up fault")
        answer = self._answer(last, question)
        pause = 0.4 if "慢" in last else self._pause_s
        for start in range(0, len(answer.text), PIECE):
            time.sleep(pause)
            yield AnswerEvent(kind="text", text=answer.text[start : start + PIECE])
        yield AnswerEvent(kind="done", answer=answer)

    def _answer(self, last: str, question: Question) -> Answer:
        if "天气" in last:
            text = "天气不在我的范围里。我可以回答湖州人工智能计划的问题；其他事情请拨打 12345。"
            return refusal(Status.OUT_OF_SCOPE, text)
        if "火星" in last:
            return refusal(Status.FAILED, "暂时没能查到，请稍后再试，或拨打 12345。")
        if "几轮" in last:
            return refusal(
                Status.NO_EVIDENCE, f"这是第{len(question.turns)}问，上一问是：{question.turns[-2]}"
            )
        if "第几次" in last:
            return refusal(Status.NO_EVIDENCE, f"总共问到第{self._asked}次。")
        if "脚本" in last:
            return nasty()
        if "多少钱" in last:
            return amount()
        return taxis() if "出租车" in last else vouchers()


def keeper_over(store: SqlFeedbackStore) -> FeedbackKeeper:
    versions = Versions(app="test", corpus="0" * 64, embedding="none")
    return FeedbackKeeper(store, FeedbackSettings(), lambda: versions, Masker)


def site_over(store: SqlFeedbackStore, folder: Path, settings: UiSettings) -> StaffSite:
    """The staff page for user wang, password `correct horse battery`, over the folder's reports."""
    users = {"wang": SecretStr(hash_password("correct horse battery"))}
    staff = StaffSettings(users=users, reports_dir=folder / "reports", page_size=5)
    ledger = Ledger([read_document(PLAN)])
    embed = HashingEmbedder().embed_passages
    desk = StaffDesk(store, lambda: ledger, embed, staff, folder / "candidates.jsonl")
    return build_site(desk, load_messages("staff_messages"), load_texts(), settings)


def about() -> About:
    plan = read_document(PLAN)
    shown = ServingDocument(
        document_id=plan.document_id, title=plan.title, status=plan.status, digest=plan.digest
    )
    return About(app="test", embedding="none", documents=(shown,))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=7860)
    parser.add_argument("--pause", type=float, default=0.02)
    parser.add_argument(
        "--feedback", type=Path, help="file of the feedback database; without it nothing is kept"
    )
    arguments = parser.parse_args()
    draft = DocumentBanner(
        document_id="huzhou-ai-plan-2025-draft", title=TITLE, status="征求意见稿", is_draft=True,
        comment_deadline="2025-07-10", deadline_passed=True,
    )  # fmt: skip
    settings = UiSettings(port=arguments.port)
    keeper = staff = None
    if arguments.feedback:
        store = SqlFeedbackStore(open_engine(f"sqlite:///{arguments.feedback}"))
        keeper, staff = keeper_over(store), site_over(store, arguments.feedback.parent, settings)
    fake = FakeAssistant(arguments.pause)
    page = build_page(fake, [draft], settings, keeper=keeper)
    serve(page, "127.0.0.1", arguments.port, settings, staff, ask_routes(fake, settings, about))


if __name__ == "__main__":
    main()
