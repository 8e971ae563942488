"""What can go wrong in an evaluation.

EvalError
├── DataError              a file of questions, passages or judgements cannot be used
├── UndefinedMetricError   a figure that its data does not define
├── RunError               a run folder or baseline is missing, broken off or damaged
├── ServerError            a running server cannot be asked, or answers from other documents
└── MissingPackageError    a package of the `dev` extra is not installed
"""


class EvalError(Exception):
    """Base of all faults of an evaluation; its message says what happened and what to do."""


class DataError(EvalError):
    """A file of questions, passages or judgements cannot be used."""


class UndefinedMetricError(EvalError):
    """A figure that its data does not define."""


class RunError(EvalError):
    """A run folder or baseline is missing, broken off or damaged."""


class ServerError(EvalError):
    """A running server cannot be asked, or answers from other documents."""


class MissingPackageError(EvalError):
    """A package of the `dev` extra is not installed."""
