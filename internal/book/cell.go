// Package book makes Go programs of notebooks: of one notebook one program, in
// which every cell is a function. It means what the GoNB kernel means by the same
// cells, without Jupyter, and links once instead of once a cell.
//
// What the kernel does cell by cell and one program cannot do the same way is
// refused by [Convert] in a sentence: a name that is declared anew or used before
// the cell that declares it, commands other than %%, and packages that reach
// beyond the program. A cell runs as a process of its own, with its own arguments
// and the two pipes of the kernel, so that it cannot tell the difference.
package book

import (
	"fmt"
	"strings"
)

// A Cell is a code cell of a notebook.
type Cell struct {
	Number int // of its execution, from 1: 7 is In [7]
	Source string
}

// A command is the line %% of a cell.
type command struct {
	line int // from 1; 0: the cell only declares
	args []string
}

// split reads the lines of a cell as the kernel does: %% begins the body of main,
// and its words are the program's arguments. The text keeps the cell's lines, so
// that positions in it are those of the cell; the line %% has become one that opens
// a function. A line that means something else to the kernel than to Go is refused.
func split(source string) (text string, c command, err error) {
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		at := i + 1
		switch {
		case strings.HasPrefix(line, "//gonb:"), strings.HasPrefix(line, "package"):
			return "", c, fmt.Errorf("line %d: %.40q is a command to the kernel, which a program has not", at, line)
		case line == "%%", strings.HasPrefix(line, "%% "), strings.HasPrefix(line, "%%\t"):
			switch {
			case c.line > 0:
				return "", c, fmt.Errorf("line %d: a second %%%% in one cell", at)
			case strings.ContainsAny(line, `"\`):
				return "", c, fmt.Errorf("line %d: arguments with quotes or a backslash: %.40q", at, line)
			}
			c = command{at, strings.Fields(line)[1:]}
			lines[i] = "func main() {"
		case strings.HasPrefix(line, "%"), strings.HasPrefix(line, "!"):
			return "", c, fmt.Errorf("line %d: %.40q is a command to the kernel, which a program has not", at, line)
		}
	}
	if c.line > 0 {
		lines = append(lines, "}")
	}
	return strings.Join(lines, "\n"), c, nil
}
