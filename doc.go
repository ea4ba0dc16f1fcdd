// Package credo is the overview of a house of Go packages and notebooks on one
// question: how does a cortical neuron learn the right associations when no synapse
// is told the error? The package itself holds no code; its example shows the way from
// rules to a neuron that has learned.
//
// A circuit is a set of plasticity rules (package rules). A task draws associations,
// a learner trains a neuron on them by the circuit's rules (package model). What
// follows from a circuit without simulation is in package theory, and the notebooks set
// the one against the other.
//
// The rooms, each with one subject:
//
//	pkg/model       what the neuron is and what it is asked; the one loop that applies
//	                any rule, its mean, its drift
//	pkg/rules       how synapses change: every rule there is, and circuits of them
//	pkg/theory      what follows from a circuit: force, resting points, capacity
//	                condition, noise, overload, gating, the regime card
//	pkg/capacity    what could be stored at all, whatever the rule
//	pkg/separable   decides exactly whether a task can be stored, with a certificate
//	pkg/experiment  the same experiment many times: ensemble, study, interval, design
//	pkg/influence   who hears whom: dimension
//	pkg/memory      how long what was learned stays
//	pkg/broadcast   many neurons that share one modulator
//	pkg/scaling     capacity at finite size and in finite time: a study of many sizes and its laws
//	pkg/recordings  recordings in, as laboratories have them; its rooms table, estimate and generate
//	pkg/sweep       studies that outgrow one machine: cut in shards, computed anywhere, put together
//	pkg/viz         pictures, tables and claims from plain slices
//	notebooks       one derivation each, committed executed
//	cmd/supplement  executes, checks and publishes the notebooks
//	cmd/sweep       parameter studies, on one machine or many
//	cmd/scaling     one of them: capacity at many sizes
//
// The arrows, which a test of this folder holds:
//
//	notebooks -> viz
//	notebooks -> memory, influence, broadcast, scaling, recordings -> experiment, theory -> rules -> model -> gonum
//	separable -> model
//	capacity  -> gonum
//	sweep     -> experiment
//	cmd       -> pkg
//
// Under pkg nothing but viz draws, viz knows no other room, and only one of its files
// knows the notebook.
//
// Rules are pure functions from what a synapse can see on one trial to a change.
// Randomness is an argument everywhere: the same seed gives the same bytes, on any
// number of cores, per processor architecture. Errors name the field, its value and
// where it may lie.
//
// To begin a study of one's own: make new DIR=../my-study. To add to the house, see
// CONTRIBUTING.md.
package credo
