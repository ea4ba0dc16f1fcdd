// Package page turns executed notebooks into the pages of one book: HTML that
// needs no network, in which figures, tables, equations and sections are numbered
// across the notebooks and linked, works are cited from one bibliography, and code
// that shows nothing is folded.
//
// What it asks of a notebook also reads well without it, in Jupyter and where
// Markdown is shown raw:
//
//   - An anchor is an element <a id="fig-force"></a>, of a figure, before the words
//     **Figure.** that begin its caption; the caption is the paragraph after the
//     figure's cell. So tab- for tables, sec- within a heading; an equation has its
//     \label{eq-force}. What begins otherwise is an anchor without number.
//   - A reference is a link, [Fig.](#fig-force) or, from another notebook,
//     [Fig.](04_capacity_condition.ipynb#fig-force), and for equations also
//     \eqref{eq-force}. The words Fig., Figure, Table, Eq., Section become
//     "Figure 4.3" and so on; other words stay.
//   - A claim has an anchor made of its words, claim-b-min-online; of claims with the
//     same words the second has -2 at its end. The words Measured and Expected of a link
//     to it become its numbers.
//   - The figure beside the opening of a page is the one that the first cell links,
//     else the first; one with sliders as it opens.
//   - A citation is a link to the bibliography, [Rubin et al. 2017](references.bib#rubin2017).
//
// Where a chapter has a [Run], its page can run its cells: a reader changes what the
// flags of the cell tagged parameters define, and the page says how what is computed
// compares with what is published. The program of all chapters is a script beside the
// pages, which a page loads when it first needs it.
//
// A [Book] that has an [Explorer] has one more page, on which a reader moves parameters
// and the program answers at once; the output of viz.Explore becomes a link to it.
//
// A reference to nothing, an anchor that stands twice, a number twice: each is an
// error that names notebook and cell.
//
// Symbols are linked, at their first use in a section, to a table at the end of the
// page. The front page has a text of its own with the same links, the chapters by what
// they need, and the claims, of which some stand for the rest (see choose).
//
// The mathematics is left as TeX for MathJax
// to draw.
package page
