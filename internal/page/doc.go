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
//   - A citation is a link to the bibliography, [Rubin et al. 2017](../references.bib#rubin2017).
//
// A reference to nothing, an anchor that stands twice, a number twice: each is an
// error that names notebook and cell. The mathematics is left as TeX for MathJax
// to draw.
package page
