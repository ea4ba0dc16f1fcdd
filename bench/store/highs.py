"""Answers feasibility questions with scipy's HiGHS, one per message on stdin.

A message is seven little-endian int32 (excitatory channels, columns, patterns,
number of entries, then 1 or 0 for whether to run the simplex, to run the
interior point, and to ask plainly), the targets (int8), the number of active
columns of each pattern and the columns themselves (int32). With v >= 0 the
weights, 0 <= t <= 1 the scale of a threshold of 1, and the rows of A being
y (x_E, -x_I), the question is whether the largest e <= 1 with A v - y t >= e
is above 0. That form was the fastest of four tried and the only one that HiGHS
always decided. Asked plainly, for any v, t >= 0 with A v - y t >= 1, it
sometimes ends an infeasible problem with "model status unknown".

The answer is a line: 1 feasible, 0 infeasible or -1 undecided, and CPU seconds,
for each method; -1 and 0 where it was not run. Times cover linprog alone, not
the making of the matrix.
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
    excitatory, columns, patterns, entries, simplex, interior, plain = read("<i4", 7)
    y = read("i1", patterns) * 2.0 - 1
    counts = read("<i4", patterns)
    active = read("<i4", entries)
    each = np.arange(patterns)
    rows = np.repeat(each, counts)
    values = y[rows] * np.where(active < excitatory, -1.0, 1.0)
    a = csr_matrix(  # columns: the weights, t, e
        (
            np.concatenate([values, y, np.ones(patterns)]),
            (
                np.concatenate([rows, each, each]),
                np.concatenate([active, np.full(patterns, columns), np.full(patterns, columns + 1)]),
            ),
        ),
        shape=(patterns, columns + 2),
    )
    cost, right = np.zeros(columns + 2), np.zeros(patterns)
    cost[-1] = -1
    bounds = [(0, None)] * columns + [(0, 1), (None, 1)]
    if plain:
        a, cost, right, bounds = a[:, :-1], np.zeros(columns + 1), -np.ones(patterns), (0, None)
    answer = []
    for wanted, method in ((simplex, "highs-ds"), (interior, "highs-ipm")):
        result, seconds = -1, 0.0
        if wanted:
            start = time.process_time()
            solution = linprog(cost, A_ub=a, b_ub=right, bounds=bounds, method=method)
            seconds = time.process_time() - start
            if plain:
                result = {0: 1, 2: 0}.get(solution.status, -1)
            elif solution.status == 0:
                result = int(-solution.fun > 1e-8)
        answer += [str(result), "%.6f" % seconds]
    print(*answer, flush=True)
