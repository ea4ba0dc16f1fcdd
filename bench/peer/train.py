"""The training loop of credo's model.Learner as a NumPy user would write it.

    python3 train.py FILE

FILE and the lines on standard input and output are those of train.c.
"""
import sys
import time

import numpy as np


def read_task(path):
    """Return the number of channels, the targets and the lists of active channels."""
    numbers = np.fromfile(path, dtype=np.int32)
    channels, patterns = int(numbers[0]), int(numbers[1])
    targets, active, at = [], [], 2
    for _ in range(patterns):
        n = int(numbers[at + 1])
        targets.append(bool(numbers[at]))
        active.append(numbers[at + 2:at + 2 + n].astype(np.intp))  # what NumPy indexes with
        at += 2 + n
    return channels, targets, active


def train(channels, targets, active, w_e, w_i, rng, epochs, rate, threshold,
          hebb, mean, ach_rate, depression, ach_reference, coding, ne_rate, ne_reference,
          balance, slope, offset, ach_p, ach_error, ach_gain, ne_p, ne_error, ne_gain):
    scale = 1 / np.sqrt(channels)
    rate *= scale
    for _ in range(epochs):
        order = rng.permutation(len(targets))
        chance = rng.random((len(targets), 2))
        gain = np.maximum(0, 1 + rng.standard_normal((len(targets), 2))) * (ach_gain, ne_gain)
        for mu, (u_ach, u_ne), (m_ach, m_ne) in zip(order.tolist(), chance.tolist(), gain.tolist()):
            x, target = active[mu], targets[mu]
            on_e, on_i = w_e[x], w_i[x]
            i_e = float(on_e.sum()) * scale
            i_i = float(on_i.sum()) * scale
            ach = u_ach < (ach_p if target else ach_error)
            ne = u_ne < (ne_p if target else ne_error)
            v = i_e - i_i - threshold
            if ach:
                v += m_ach
            if ne:
                v += m_ne
            y = 1.0 if v > 0 else 0.0

            change, silent = hebb * (y - mean), 0.0
            if ach:
                d = ach_rate * (y - ach_reference)
                change += d
                silent = -d * depression * coding / (1 - coding)
            if ne:
                change += ne_rate * (y - ne_reference)
            if silent:
                w_e += rate * silent
                np.maximum(w_e, 0, out=w_e)
            w_e[x] = np.maximum(on_e + rate * change, 0)
            w_i[x] = np.maximum(on_i + rate * balance * (slope * i_e + offset - i_i), 0)


def main():
    channels, targets, active = read_task(sys.argv[1])
    fires = np.array(targets)
    for line in sys.stdin:
        seed, epochs, weight, rate, threshold, *parameters = line.split()
        w_e = np.full(channels, float(weight))
        w_i = w_e.copy()
        rng = np.random.default_rng(int(seed))
        threshold = float(threshold)

        begin = time.process_time()
        train(channels, targets, active, w_e, w_i, rng, int(epochs), float(rate), threshold, *map(float, parameters))
        v = np.array([w_e[x].sum() - w_i[x].sum() for x in active]) / np.sqrt(channels) - threshold
        seconds = time.process_time() - begin

        print(seconds, np.mean(v[fires] > 0), np.mean(v[~fires] > 0), v[fires].mean(), v[~fires].mean(),
              w_e.mean(), w_i.mean(), flush=True)


main()
