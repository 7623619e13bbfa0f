"""Numpy, loaded so that it starts no threads: they are of no use here and must not be forked."""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Small = NDArray[np.int32]
Keys = NDArray[np.uint64]
Flags = NDArray[np.bool_]

__all__ = ["Flags", "Keys", "NDArray", "Numbers", "Small", "np"]
