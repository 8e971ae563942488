"""Keep questions and the clauses that their answers cited.

Revision ID: 0001
Revises: nothing
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of questions and citations."""
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("receipt", sa.String(64), nullable=False, unique=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("turns", sa.JSON(), nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("elapsed_ms", sa.Float(), nullable=False),
        sa.Column("found_first", sa.String(500), nullable=True),
        sa.Column("app_version", sa.String(100), nullable=False),
        sa.Column("corpus_digest", sa.String(64), nullable=False),
        sa.Column("embedding", sa.String(200), nullable=False),
        sa.Column("model", sa.String(200), nullable=True),
        sa.Column("answer_digest", sa.String(64), nullable=False),
    )
    op.create_index("ix_questions_asked_at", "questions", ["asked_at"])
    op.create_index("ix_questions_status_asked_at", "questions", ["status", "asked_at"])
    op.create_index("ix_questions_found_first", "questions", ["found_first"])
    op.create_table(
        "citations",
        sa.Column(
            "question_id", sa.Integer(), sa.ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("place", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.String(300), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    op.create_index("ix_citations_clause", "citations", ["document_id", "path"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("citations")
    op.drop_table("questions")
