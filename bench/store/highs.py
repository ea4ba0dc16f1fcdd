"""Answers feasibility questions with scipy's HiGHS, one per message on stdin.

A message is six little-endian int32 (excitatory channels, columns, patterns,
number of entries, then 1 or 0 for whether to run the simplex and the interior
point), the targets (int8), the number of active columns of each pattern and
the columns themselves (int32). The question is whether there are v >= 0 with
A v >= 1, where v is the weights and the scale of a threshold of 1 and a row of
A is y (x_E, -x_I, -1); scaled, that is y V > 0. The answer is a line: status
(0 feasible, 2 infeasible) and CPU seconds of each method, -1 and 0 where it
was not run. Times cover linprog alone, not the making of the matrix.
"""

import sys
import time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix


def read(dtype, count):
    size = np.dtype(dtype).itemsize * count
    data = sys.stdin.buffer.read(size)
    if len(data) < size:
        sys.exit(0)
    return np.frombuffer(data, dtype)


while True:
    excitatory, columns, patterns, entries, simplex, interior = read("<i4", 6)
    y = read("i1", patterns) * 2.0 - 1
    counts = read("<i4", patterns)
    active = read("<i4", entries)
    rows = np.repeat(np.arange(patterns), counts)
    values = y[rows] * np.where(active < excitatory, 1.0, -1.0)
    a = csr_matrix(
        (
            np.concatenate([values, -y]),
            (np.concatenate([rows, np.arange(patterns)]), np.concatenate([active, np.full(patterns, columns)])),
        ),
        shape=(patterns, columns + 1),
    )
    answer = []
    for wanted, method in ((simplex, "highs-ds"), (interior, "highs-ipm")):
        status, seconds = -1, 0.0
        if wanted:
            start = time.process_time()
            status = linprog(np.zeros(columns + 1), A_ub=-a, b_ub=-np.ones(patterns), bounds=(0, None), method=method).status
            seconds = time.process_time() - start
        answer += [str(status), "%.6f" % seconds]
    print(*answer, flush=True)
