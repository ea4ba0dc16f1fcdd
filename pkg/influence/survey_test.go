package influence_test

import (
	"testing"

	"credo/internal/lesson"
	"credo/pkg/influence"
	"credo/pkg/model"
)

// What a survey measures is what a reader would measure by hand on the same
// tasks: centred for balance on inputs that are not copies, else for any signal.
func TestSurveyByHand(t *testing.T) {
	for _, s := range []setting{
		{influence.None, task(60, 30, 0.5)}, {influence.Global, task(60, 30, 0.5)}, {influence.Global, task(60, 30, 1)},
		{influence.Detailed, task(60, 30, 0.5)}, {influence.Detailed, task(60, 90, 1)}, {influence.Delta, task(60, 90, 0.5)},
	} {
		var own, number, harmed float64
		for i := range uint64(3) {
			a, err := s.task.Draw(model.Stream(11, 2*i))
			if err != nil {
				t.Fatal(err)
			}
			m := operator(t, s.feedback, a)
			h := influence.Measure(m)
			if s.feedback == influence.Global || s.feedback == influence.Detailed && s.task.CoTuning == 0.5 {
				h = influence.MeasureCentred(m)
			}
			own, number = own+h.Own/3, number+h.Number()/3
			scaled := influence.Scaled(m)
			v := influence.Potentials(a, scaled, 0.2)
			for nu := range v {
				_, damaged := influence.Flip(a, scaled, v, nu)
				for _, d := range damaged {
					if d {
						harmed += 1 / float64(3*len(v))
					}
				}
			}
		}
		gotOwn, err1 := s.survey(3).Own(t.Context())
		gotNumber, err2 := s.survey(3).Number(t.Context())
		damage, err3 := s.survey(3).Damage(t.Context())
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		lesson.Near(t, gotOwn.Label+": own", gotOwn.Measured.Mean, own, 1e-12)
		lesson.Near(t, gotOwn.Label+": N_eff", gotNumber.Measured.Mean, number, 1e-9)
		lesson.Near(t, gotOwn.Label+": damage", damage.Mean, harmed, 1e-9)
	}
}

// As many patterns as channels still have an inverse.
func TestDetailedAtFullLoad(t *testing.T) {
	full := task(20, 20, 0)
	full.Coding = 0.5
	a := draw(t, full, 6)
	gE, gI := a.Gram()
	m := operator(t, influence.Detailed, a)
	for mu := range 20 {
		for nu := range 20 {
			sum := 0.
			for k := range 20 {
				sum += gI.At(mu, k) * m.At(k, nu)
			}
			lesson.Near(t, "G_I M", sum, gE.At(mu, nu), 1e-8)
		}
	}
}
