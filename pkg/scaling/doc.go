// Package scaling asks how a capacity that was derived for infinitely many channels and unlimited time shows in
// neurons that have neither. Transitions from tasks that are learned to tasks that are not are fitted ([Fit]) at sizes from 50 to 800 channels; the
// law of finite size says how they narrow and move ([FitCollapse]); exponents have intervals ([Bootstrap], [Exponent]). [Study] is the
// study that is too long for a notebook, and [Measured] its table.
package scaling
