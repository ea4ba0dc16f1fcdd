package shard

import (
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"runtime"
	"strconv"

	"credo/internal/domain"
)

// format is the number of the form of plans and results; another one is refused.
const format = 1

// Plan says what a study is and how it is cut. Two plans are the same if all fields are; nothing in it tells when or
// where it was made.
type Plan struct {
	Format int    `json:"format"` // 1
	Name   string `json:"name"`   // of the study
	Study  string `json:"study"`  // hash of all that the study says: 64 hexadecimal digits
	Code   string `json:"code"`   // hash of the program: 64 hexadecimal digits
	Go     string `json:"go"`     // version of Go that built it
	Arch   string `json:"arch"`   // GOOS/GOARCH
	Runs   int    `json:"runs"`   // at least 1
	Shards int    `json:"shards"` // K, 1 ≤ K ≤ Runs
}

// NewPlan returns the plan of a study of that hash, cut in a number of shards, for this program.
func NewPlan(name, study, code string, runs, shards int) Plan {
	return Plan{format, name, study, code, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, runs, shards}
}

// CheckName returns an error if a study's name cannot be that of a folder and of a job everywhere.
func CheckName(name string) error {
	if !regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}$`).MatchString(name) {
		return fmt.Errorf("the study's Name = %q, must be 1 to 60 letters, digits, - and _, and not begin with -", name)
	}
	return nil
}

// Check returns an error that names the first field outside its domain.
func (p Plan) Check() error {
	if p.Format != format {
		return fmt.Errorf("shard: the plan's format = %d, must be %d", p.Format, format)
	}
	if err := CheckName(p.Name); err != nil {
		return fmt.Errorf("shard: %w", err)
	}
	for _, hash := range []struct{ name, value string }{{"study", p.Study}, {"code", p.Code}} {
		if b, err := hex.DecodeString(hash.value); err != nil || len(b) != 32 {
			return fmt.Errorf("shard: the plan's %s = %.80q, must be 64 hexadecimal digits", hash.name, hash.value)
		}
	}
	return domain.Check("shard: ",
		domain.Field{Name: "Runs", Value: float64(p.Runs), In: domain.Interval{Low: 1, High: math.MaxInt32}},
		domain.Field{Name: "Shards", Value: float64(p.Shards), In: domain.Interval{Low: 1, High: float64(p.Runs)}})
}

// Deal returns the runs of all shards: shard i has Deal()[i-1]. The runs are put in an order that follows from the study's
// hash, and dealt out one by one, so that the numbers of runs of two shards differ by one at most.
func (p Plan) Deal() [][]int {
	key, err := strconv.ParseUint(p.Study[:16], 16, 64)
	if err != nil {
		panic(fmt.Sprintf("shard: study = %q, must be hexadecimal digits", p.Study)) // Check has seen it
	}
	hands := make([][]int, p.Shards)
	for k, run := range rand.New(rand.NewPCG(key, 0)).Perm(p.Runs) {
		hands[k%p.Shards] = append(hands[k%p.Shards], run)
	}
	return hands
}

// Size is the number of runs of a shard, 1 ≤ shard ≤ Shards.
func (p Plan) Size(shard int) int { return (p.Runs + p.Shards - shard) / p.Shards }

// Estimate is what a few timed runs cost on the machine that planned.
type Estimate struct {
	Timed   int     `json:"timed"`   // runs that were timed
	Seconds float64 `json:"seconds"` // of one core, a run on average
	Slowest float64 `json:"slowest"` // seconds of the slowest run, timed or as its size tells
	Memory  int64   `json:"memory"`  // bytes that the process took, with a run on each of Cores cores
	Cores   int     `json:"cores"`
	Host    string  `json:"host"`
}

// Shard is the time in seconds that a shard takes on one core, or its slowest run.
func (p Plan) Shard(e Estimate) float64 { return max(e.Seconds*float64(p.Size(1)), e.Slowest) }
