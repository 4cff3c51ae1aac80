"""Stock for tests: any that a maker could sell, with grids, gaps, margins and folds."""

from __future__ import annotations

from hypothesis import strategies as st

from checkin_app.domain.badges.stock import Fold, Stock


@st.composite
def any_stock(draw: st.DrawFn, folds: tuple[Fold, ...] = (Fold.NONE,)) -> Stock:
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    width, height = draw(st.integers(10, 110)), draw(st.integers(10, 150))
    gap_x, gap_y = draw(st.integers(0, 20)), draw(st.integers(0, 20))
    left, top = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    right, bottom = draw(st.integers(0, 30)), draw(st.integers(0, 30))
    return Stock(
        "any",
        paper_width_mm=left + columns * width + (columns - 1) * gap_x + right,
        paper_height_mm=top + rows * height + (rows - 1) * gap_y + bottom,
        badge_width_mm=width,
        badge_height_mm=height,
        columns=columns,
        rows=rows,
        left_mm=left,
        top_mm=top,
        pitch_x_mm=width + gap_x,
        pitch_y_mm=height + gap_y,
        waste_x_mm=draw(st.integers(0, 5)),
        waste_y_mm=draw(st.integers(0, 5)),
        fold=draw(st.sampled_from(folds)),
    )
