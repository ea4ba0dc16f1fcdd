package theory_test

import (
	"math"
	"math/cmplx"
	"testing"

	"credo/internal/lesson"
	"credo/pkg/experiment"
	"credo/pkg/theory"
)

// A straight force and kicks of one rate and size: P(V > 0) against the inversion of
// the characteristic function, whose exponent is ν∫₀¹(e^{iuKs} − 1) ds/s for ν kicks a
// relaxation time.
func TestKicksAgainstTheirCharacteristicFunction(t *testing.T) {
	for _, x := range []struct{ v0, sd, events, kick float64 }{
		{-0.043, 0.0338, 0.0735, 0.1247}, {-0.043, 0.0165, 0.245, 0.0374}, {-0.043, 0.0104, 0.735, 0.01247}, {-0.043, 0.02, 0, 0.1},
	} {
		want := exceeds(x.v0-x.events*x.kick, x.sd, x.events, x.kick)
		got := theory.Kicked(
			func(v float64) float64 { return -(v - x.v0) - x.events*x.kick },
			func(float64) float64 { return x.events }, func(float64) float64 { return x.kick },
			x.sd*x.sd, x.v0-10*x.sd, 10*x.sd+8*x.kick)
		if math.Abs(got/want-1) > 0.01 {
			t.Errorf("%+v: P(V > 0) = %v, by inversion %v", x, got, want)
		}
	}
}

// exceeds is P(base + sd z + kicks > 0), by Gil-Pelaez inversion of the
// characteristic function.
func exceeds(base, sd, events, kick float64) float64 {
	const steps = 20000
	last := 9 / sd // e^{-40} beyond
	h := last / steps
	integrand := func(u float64, exponent complex128) float64 {
		phi := cmplx.Exp(complex(-u*u*sd*sd/2, u*base) + complex(events, 0)*exponent)
		return imag(phi) / u
	}
	slope := func(u float64) complex128 { return (cmplx.Exp(complex(0, u*kick)) - 1) / complex(u, 0) }
	// Midpoints of the steps; the exponent is integrated along.
	sum, exponent := 0., complex(0, kick*h/2)
	for k := range steps {
		u := (float64(k) + 0.5) * h
		sum += integrand(u, exponent) * h
		exponent += complex(h/6, 0) * (slope(u) + 4*slope(u+h/2) + slope(u+h))
	}
	return min(1, max(0, 0.5+sum/math.Pi))
}

// False alarms of the reported circuit, β = 0, α = 0.5, against training: 48 neurons
// of N = 100 at the full rate and at 0.3, where Gaussian potentials are off by a tenth
// and by half.
func TestShotNoiseAgreesWithTraining(t *testing.T) {
	lesson.Long(t)
	c := published()
	c.Acetylcholine.Depression = 0
	for _, rate := range []float64{1, 0.3} {
		d := experiment.Design{Circuit: c, Task: experiment.Task(c, 100, 0.5), Weight: 300, Rate: rate, Duration: 400, Seed: 61, Entries: 40, Potential: -1.5}
		v, err := d.Study().Measure(t.Context(), 48, func(s experiment.Trained) []float64 {
			late, sum := s.History[len(s.History)*3/4:], 0.
			for _, e := range late {
				sum += e.AtEnd.FalseAlarms / float64(len(late))
			}
			return []float64{sum}
		})
		if err != nil {
			t.Fatal(err)
		}
		want, err := of(c).ShotNoise(0.5, rate)
		mean, half := v[0].At(0.999)
		t.Logf("λ = %v: %.4f ± %.4f, want %.4f", rate, mean, half, want)
		if err != nil || math.Abs(mean-want) > half || half > 0.3*want {
			t.Errorf("λ = %v: false alarms %.4f ± %.4f, want %.4f, %v", rate, mean, half, want, err)
		}
	}
}

// Where nothing bends and nothing kicks the Gaussian is left, also with a quenched spread.
func TestShotNoiseWithoutNoradrenaline(t *testing.T) {
	for _, beta := range []float64{0, 0.331} {
		quiet := pair()
		quiet.Acetylcholine.Depression = beta
		fa, err := of(quiet).ShotNoise(0.5, 1)
		o, _ := of(quiet).Online(0.5, 1)
		if err != nil || math.Abs(fa/o.FalseAlarm-1) > 0.01 {
			t.Errorf("β = %v: %v, %v; Gaussian %v", beta, fa, err, o.FalseAlarm)
		}
	}
	if _, err := of(gated(published())).ShotNoise(0.5, 1); err == nil {
		t.Error("gated circuit accepted")
	}
	late := published()
	late.NE.Late = 0.5
	if _, err := of(late).ShotNoise(0.5, 1); err == nil {
		t.Error("late noradrenaline accepted")
	}
	if fa, err := of(published()).ShotNoise(0.5, 0); err != nil || math.IsNaN(fa) {
		t.Errorf("λ = 0: %v, %v", fa, err)
	}
}
