// Package loopback starts a real Slurm on 127.0.0.1 for a test: munged, slurmctld and
// virtual nodes, with ports, keys and folders of their own, beside any Slurm that the
// machine may have. Nothing of it outlives the test, even one that is killed.
//
// It needs Linux and Debian's packages slurmctld, slurmd, slurm-client and munge, or
// others with MULTIPLE_SLURMD; nothing is asked of systemd, and no daemon that the
// packages may have started is used.
package loopback
