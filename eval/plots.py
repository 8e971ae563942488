"""The plots of a report, as SVG to stand within a page; letters stay letters for the reader's own fonts."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence

import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from eval.baseline import Acceptance
from eval.score import Group, QuestionScore, Scores, figure_of

_FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei",
    "WenQuanYi Zen Hei", "Noto Sans CJK JP", "sans-serif",
)  # fmt: skip
_BLUE, _GREY, _RED = "#1f5a96", "#8a94a0", "#b3362b"
_STYLE: dict[str, object] = {
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "huxz",  # the same figure is the same text
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _GREY,
    "axes.unicode_minus": False,
}
_BINS = 6


def bars_by_type(groups: dict[str, Group], titles: dict[str, str], metric: str) -> str:
    """Return a bar with its 95 % interval for each type of question, the lowest on top."""
    found = [(titles.get(name, name), group.figures[metric]) for name, group in groups.items()]
    shown = sorted((one for one in found if one[1].mean is not None), key=lambda one: -(one[1].mean or 0))
    with _drawing(6.4, 0.3 * len(shown) + 0.7) as (axes, plot):
        means = np.array([figure.mean for _, figure in shown], dtype=float)
        lows = np.array([figure.low for _, figure in shown], dtype=float)
        highs = np.array([figure.high for _, figure in shown], dtype=float)
        axes.barh(range(len(shown)), means, color=_BLUE, height=0.62, alpha=0.85)
        spread = np.vstack([means - lows, highs - means])
        axes.errorbar(
            means, range(len(shown)), xerr=spread, fmt="none", ecolor="#222222", elinewidth=1, capsize=2.5
        )
        axes.set_yticks(range(len(shown)), [f"{name}(n={figure.n})" for name, figure in shown])
        axes.set_xlim(0, 1.02)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(axis="x", color="#e3e6ea", linewidth=0.7)
        axes.set_axisbelow(True)
        return plot.svg()


def reliability(questions: Sequence[QuestionScore]) -> str:
    """Return the share of questions in scope, with 95 % intervals, by the judge's probability of that.

    The bins hold about the same number of questions; a calibrated judge lies on the diagonal. Questions that
    the judge did not see define no point; where there are none at all the plot says so.
    """
    pairs = sorted(
        (one.confidence, float(one.in_scope))
        for one in questions
        if one.confidence is not None and one.in_scope is not None
    )
    parts = [part for part in np.array_split(np.array(pairs).reshape(-1, 2), _BINS) if len(part)]
    with _drawing(3.4, 2.9) as (axes, plot):
        axes.plot([0, 1], [0, 1], color=_GREY, linewidth=0.8, linestyle="--")
        for part in parts:
            figure = figure_of(part[:, 1].tolist())
            spread = [[(figure.mean or 0) - (figure.low or 0)], [(figure.high or 0) - (figure.mean or 0)]]
            place = [float(part[:, 0].mean())]
            axes.errorbar(place, [figure.mean or 0], yerr=spread, color=_BLUE, marker="o", capsize=3)
        if not parts:
            axes.text(0.5, 0.5, "未定义:没有记下把握", ha="center", va="center")
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(-0.03, 1.05)
        axes.set_xlabel(f"判断在范围内的概率(n={len(pairs)})")
        axes.set_ylabel("确在范围内的题")
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(axis="y", color="#e3e6ea", linewidth=0.7)
        return plot.svg()


def latency(taken_ms: Sequence[float]) -> str:
    """Return the histogram of the times of the answers; the slowest hundredth is gathered at the right."""
    with _drawing(3.4, 2.9) as (axes, plot):
        edge = float(np.percentile(taken_ms, 99)) * 1.05
        axes.hist(np.minimum(taken_ms, edge), bins=24, range=(0, edge), color=_BLUE, alpha=0.85)
        for percent, style in ((50, "-"), (95, "--")):
            place = float(np.percentile(taken_ms, percent))
            axes.axvline(place, color=_RED, linewidth=1, linestyle=style, label=f"p{percent} {place:.0f} ms")
        axes.set_xlabel("毫秒")
        axes.set_ylabel("题数")
        axes.legend(frameon=False, fontsize=8)
        return plot.svg()


def history(accepted: Sequence[Acceptance], now: Scores, metrics: dict[str, str]) -> str:
    """Return the figures of the accepted baselines, oldest first, with this run last."""
    groups = [*(one.overall for one in accepted), now.overall]
    labels = [*(f"{one.when:%m-%d}" for one in accepted), "本次"]
    with _drawing(6.4, 2.6) as (axes, plot):
        lowest = 1.0
        for (name, title), marker in zip(metrics.items(), "osD^v", strict=False):
            means = [group.figures[name].mean if name in group.figures else None for group in groups]
            values = [np.nan if mean is None else mean for mean in means]
            lowest = min([lowest, *(mean for mean in means if mean is not None)])
            axes.plot(range(len(values)), values, marker=marker, markersize=4, linewidth=1.2, label=title)
        axes.set_xticks(range(len(labels)), labels)
        axes.set_ylim(max(0.0, lowest - 0.08), 1.01)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.grid(axis="y", color="#e3e6ea", linewidth=0.7)
        axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5))
        return plot.svg()


class _drawing:  # noqa: N801 - reads as a word where it is used
    """A canvas with one set of axes, in the style of the report, that ends as SVG."""

    def __init__(self, width: float, height: float) -> None:
        self._style = matplotlib.rc_context({**_STYLE, "font.family": _fonts()})  # type: ignore[dict-item]
        self._quiet = warnings.catch_warnings()
        self._size = (width, height)

    def __enter__(self) -> tuple[Axes, _drawing]:
        self._style.__enter__()
        self._quiet.__enter__()
        # without a Chinese font here the letters are measured wrongly, and drawn rightly by the reader's
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        self._canvas = Canvas(figsize=self._size, layout="constrained")
        return self._canvas.subplots(), self

    def __exit__(self, *raised: object) -> None:
        self._quiet.__exit__(None, None, None)
        self._style.__exit__(None, None, None)

    def svg(self) -> str:
        """Return the figure as an <svg> element, without a date and without other hosts' addresses."""
        file = io.StringIO()
        self._canvas.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        text = file.getvalue()
        text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
        return text[text.index("<svg") :]


def _fonts() -> list[str]:
    installed = set(font_manager.get_font_names())
    return [name for name in _FONTS if name in installed or name == "sans-serif"]
