"""What the recipes share: one number of a sweep, and the rows of the raw schema.

A recipe makes a CSV file of the raw schema of two files: the recording, and a
table, CSV with a row for each sweep that is wanted. The table has the column
sweep, its number, and whatever the recording does not know: animal, cell,
time_min, condition, tone_kHz or channel, is_paired, is_best, reversal_mV and so
on, which are passed on as they are. Three columns are for the recipe: stimulus_s,
in place of --stimulus, with several rows for a sweep of several stimuli; series,
the name of the series, where numbers are not unique; and holding_mV.

Of a sweep in voltage clamp current_pA is the mean in the window less the mean in
the baseline. Of one in current clamp postsynaptic_spikes is how often the
potential comes up through the threshold in the window.
"""

import argparse
import collections
import csv
import os
import sys

import numpy

# A sweep: values in pA in voltage clamp, in mV in current clamp; rate in Hz;
# holding in mV and series resistance after compensation in MOhm, or None.
Sweep = collections.namedtuple("Sweep", "name number voltage_clamp values rate holding series", defaults=[None, None])


def arguments(about):
    p = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("file")
    p.add_argument("table", help="CSV, a row a sweep")
    p.add_argument("-o", required=True, metavar="OUT.csv", help="must not be there")
    p.add_argument("--stimulus", type=float, metavar="S", help="s from the beginning of a sweep")
    p.add_argument("--window", type=float, nargs=2, default=[0, 50], metavar="MS", help="ms after the stimulus")
    p.add_argument("--baseline", type=float, nargs=2, default=[-50, 0], metavar="MS", help="the same")
    p.add_argument("--threshold", type=float, default=-10, metavar="MV", help="of a spike")
    p.add_argument("--holding", metavar="MV", help="for all sweeps, or the word file: what the file says, which leaves out what was set at the amplifier")
    return p


def part(sweep, stimulus, span):
    first, last = (round((stimulus + ms / 1000) * sweep.rate) for ms in span)
    if not 0 <= first < last <= len(sweep.values):
        sys.exit(f"sweep {sweep.number}: {span[0]:g} to {span[1]:g} ms after {stimulus:g} s must be within its {len(sweep.values) / sweep.rate:g} s")
    if not numpy.isfinite(sweep.values[first:last]).all():
        sys.exit(f"sweep {sweep.number}: values must be finite")
    return sweep.values[first:last]


def measure(sweep, row, a):
    stimulus = row.get("stimulus_s") or a.stimulus
    if stimulus is None:
        sys.exit("no time of the stimulus: give --stimulus, or the column stimulus_s")
    window = part(sweep, float(stimulus), a.window)
    out = {"window_ms": f"{a.window[1] - a.window[0]:g}"}
    if not sweep.voltage_clamp:
        spikes = numpy.sum((window[1:] >= a.threshold) & (window[:-1] < a.threshold))
        return out | {"postsynaptic_spikes": int(spikes), "holding_mV": "", "current_pA": ""}
    holding = row.get("holding_mV") or (sweep.holding if a.holding == "file" else a.holding)
    if holding is None:
        sys.exit(f"sweep {sweep.number}: no holding potential: give the column holding_mV, or --holding")
    current = window.mean() - part(sweep, float(stimulus), a.baseline).mean()
    out |= {"holding_mV": f"{float(holding):g}", "current_pA": f"{current:.6g}", "postsynaptic_spikes": ""}
    if sweep.series is not None and not row.get("series_resistance_MOhm"):
        out["series_resistance_MOhm"] = f"{sweep.series:.6g}"
    return out


def convert(sweeps, a):
    """Writes the rows of the sweeps that the table names, in its order."""
    if os.path.exists(a.o):
        sys.exit(f"{a.o} is there already")
    with open(a.table, newline="", encoding="utf-8-sig") as f:
        table = list(csv.DictReader(f))
    if not table or "sweep" not in table[0]:
        sys.exit(f"{a.table}: must have the column sweep, and a row")
    key = "series" if "series" in table[0] else "sweep"
    wanted = collections.defaultdict(list)
    for place, row in enumerate(table):
        wanted[row[key].strip()].append((place, row))
    rows, found, unnamed = [], set(), 0
    for s in sweeps:
        name = s.name if key == "series" else str(s.number)
        if name in found:
            sys.exit(f"{a.file}: two sweeps {name}: name them by the column series, or choose an electrode")
        if name in wanted:
            found.add(name)
        else:
            unnamed += 1
        rows += [(place, row | measure(s, row, a)) for place, row in wanted.get(name, [])]
    if missing := wanted.keys() - found:
        sys.exit(f"{a.file}: no {key} {', '.join(sorted(missing))}")
    rows = [row for _, row in sorted(rows, key=lambda item: item[0])]
    head = list(dict.fromkeys(name for row in rows for name in row if name not in ("stimulus_s", "series")))
    with open(a.o, "x", newline="") as f:
        out = csv.DictWriter(f, head, restval="", extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    print(f"{len(rows)} rows; {unnamed} sweeps that the table does not name", file=sys.stderr)
