"""Answers of HiGHS to the problems that TestReferenceAnswers dumps, one a line.

Asks for the largest e <= 1 with e to spare in the strict rows, or if there are none
in all that are not equalities. Strict rows need e > 0, others e >= 0. What is too
near is printed as "unclear", of which there should be none.
"""
import json
import sys

import numpy as np
from scipy.optimize import linprog

for line in open(sys.argv[1]):
    p = json.loads(line)
    x = np.array(p["inputs"])
    rows, ends, equal, values = [], [], [], []
    for mu in range(len(x)):
        row = np.concatenate([x[mu], [-1.0 if p["free"] else 0.0, 0.0]])
        low, high = p["low"][mu], p["high"][mu]
        if low is not None and low == high:
            equal.append(row)
            values.append(low)
            continue
        for sign, end in ((-1, low), (1, high)):
            if end is not None:
                spare = sign * row
                spare[-1] = p["strict"][mu] or not any(p["strict"])
                rows.append(spare)
                ends.append(sign * end)
    cost = np.zeros(x.shape[1] + 2)
    cost[-1] = -1
    bounds = list(zip(p["least"], p["most"])) + [(None, None) if p["free"] else (0, 0), (None, 1)]
    r = linprog(cost, A_ub=rows or None, b_ub=ends or None, A_eq=equal or None, b_eq=values or None, bounds=bounds, method="highs")
    strict = any(p["strict"])
    if r.status == 2:
        print("infeasible")
    elif r.status != 0:
        print("unclear")
    elif -r.fun > (1e-7 if strict else -1e-9):
        print("feasible")
    elif -r.fun < (1e-9 if strict else -1e-7):
        print("infeasible")
    else:
        print("unclear")
