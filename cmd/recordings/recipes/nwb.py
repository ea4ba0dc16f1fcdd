#!/usr/bin/env python3
"""Rows of the raw schema of the VoltageClampSeries and CurrentClampSeries of an NWB 2 file.

    nwb.py FILE.nwb TABLE.csv -o OUT.csv --stimulus 0.5 [--electrode NAME] [--help]

A sweep's number is the series' sweep_number if it has one, otherwise its place
by name, from 0; its name is that under /acquisition. With --holding file the
potential is the median of the VoltageClampStimulusSeries of the same
sweep_number and electrode. The series resistance that is left is
whole_cell_series_resistance_comp less the percentage resistance_comp_correction,
if both are there.
Needs h5py: apt install python3-h5py.
"""

import sys

import h5py
import numpy

import sweeps


def text(x):
    return x.decode() if isinstance(x, bytes) else x


def kind(group):
    return text(group.attrs.get("neurodata_type", "")) if isinstance(group, h5py.Group) else ""


def values(series, prefix):
    """The values in pA or mV: an NWB series is in amperes or volts after conversion and offset."""
    data = series["data"]
    si = data[()] * float(data.attrs.get("conversion", 1)) + float(data.attrs.get("offset", 0))
    return si.reshape(-1) * prefix


def rate(series):
    if "starting_time" not in series:
        sys.exit(f"{series.name}: must have starting_time with a rate; timestamps are not read")
    return float(series["starting_time"].attrs["rate"])


def number(series):
    n = series.attrs.get("sweep_number", series["sweep_number"][()] if "sweep_number" in series else None)
    return None if n is None else int(n)


def electrode(series):
    known = series.file.get("general/intracellular_ephys", {})
    return next((name for name in known if "electrode" in series and known[name] == series["electrode"]), "")


def read(f, a):
    commands = {}
    for s in f.get("stimulus/presentation", {}).values():
        if kind(s) == "VoltageClampStimulusSeries":
            commands[number(s), electrode(s)] = s
    taken = 0
    for name, s in sorted(f["acquisition"].items()):
        if kind(s) not in ("VoltageClampSeries", "CurrentClampSeries") or a.electrode not in (None, electrode(s)):
            continue
        n, clamp = number(s), kind(s) == "VoltageClampSeries"
        command, holding, left = commands.get((n, electrode(s))), None, None
        n, taken = (taken if n is None else n), taken + 1
        if clamp and command is not None and a.holding == "file":
            holding = numpy.median(values(command, 1e3))
        if clamp and {"whole_cell_series_resistance_comp", "resistance_comp_correction"} <= s.keys():
            left = s["whole_cell_series_resistance_comp"][()] * 1e-6 * (1 - s["resistance_comp_correction"][()] / 100)
            left = None if numpy.isnan(left) else left
        yield sweeps.Sweep(name, n, clamp, values(s, 1e12 if clamp else 1e3), rate(s), holding, left)


if __name__ == "__main__":
    p = sweeps.arguments(__doc__)
    p.add_argument("--electrode", help="sweeps of this electrode alone")
    a = p.parse_args()
    with h5py.File(a.file, "r") as f:
        sweeps.convert(read(f, a), a)
