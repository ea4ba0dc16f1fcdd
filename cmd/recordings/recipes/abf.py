#!/usr/bin/env python3
"""Rows of the raw schema of the sweeps of an ABF file, version 1 or 2.

    abf.py FILE.abf TABLE.csv -o OUT.csv --stimulus 0.5 [--input 0] [--output 0] [--help]

Sweeps count from 1, as pCLAMP shows them. A sweep is in voltage clamp if the unit
of its input is one of current, in current clamp if it is one of potential. With
--holding file the potential is the level of the output, which ABF 2 states.
Needs Neo: apt install python3-neo.
"""

import sys

import neo.rawio

import sweeps

CURRENT = {"pA": 1, "nA": 1e3, "uA": 1e6, "A": 1e12}
POTENTIAL = {"mV": 1, "uV": 1e-3, "V": 1e3}


def read(a):
    f = neo.rawio.AxonRawIO(filename=a.file)
    f.parse_header()
    inputs = f.header["signal_channels"]
    if not 0 <= a.input < len(inputs):
        sys.exit(f"--input {a.input}: must be less than {len(inputs)}, the number of inputs")
    unit, holding = str(inputs["units"][a.input]), None
    if unit not in CURRENT and unit not in POTENTIAL:
        sys.exit(f"input {a.input} is in {unit!r}, must be one of {', '.join([*CURRENT, *POTENTIAL])}")
    outputs = f._axon_info.get("listDACInfo", [])
    if a.holding == "file" and a.output < len(outputs):
        level = outputs[a.output]
        volts = level["DACChUnits"].decode("latin-1").strip()
        if unit in CURRENT and volts not in POTENTIAL:
            sys.exit(f"output {a.output} is in {volts!r}, must be a potential: give --holding in mV")
        holding = level["fDACHoldingLevel"] * POTENTIAL.get(volts, 1)
    rate = float(f.get_signal_sampling_rate())
    for i in range(f.segment_count(0)):
        raw = f.get_analogsignal_chunk(seg_index=i, channel_indexes=[a.input])
        values = f.rescale_signal_raw_to_float(raw, dtype="float64", channel_indexes=[a.input])[:, 0]
        scale = CURRENT.get(unit) or POTENTIAL[unit]
        yield sweeps.Sweep(str(i + 1), i + 1, unit in CURRENT, values * scale, rate, holding)


if __name__ == "__main__":
    p = sweeps.arguments(__doc__)
    p.add_argument("--input", type=int, default=0, help="of the recorded ones, from 0")
    p.add_argument("--output", type=int, default=0, help="that holds the cell, from 0")
    a = p.parse_args()
    sweeps.convert(read(a), a)
