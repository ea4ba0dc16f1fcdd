package page

import "testing"

func TestSelfContained(t *testing.T) {
	for _, c := range []struct {
		page string
		ok   bool
	}{
		{`<a href="https://doi.org/10.1137/130932132">a link</a>`, true},
		{`<img alt="x" src="data:image/png;base64,iVBO">`, true},
		{`<use xlink:href="#MJMAIN-31"></use><style>p { background: url(#a) }</style>`, true},
		{`<pre>fetch(&lt;img src="https://example.org"&gt;)</pre>`, true},
		{`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"></svg>`, true},
		{`<script>frames[0].hidden = true</script><input type="range" oninput="show(this.value)">`, true},
		{`<img src="https://example.org/a.png">`, false},
		{`<img alt="x" src=figure.png>`, false},
		{`<img srcset='//example.org/a.png 2x'>`, false},
		{`<script src="file:///usr/share/javascript/mathjax/MathJax.js"></script>`, false},
		{`<link rel="stylesheet" href="https://example.org/a.css">`, false},
		{`<style>@import "https://example.org/a.css";</style>`, false},
		{`<p style="background: url('http://example.org/a.png')">`, false},
		{`<svg><image xlink:href="https://example.org/a.png"/></svg>`, false},
		{`<iframe src="https://example.org"></iframe>`, false},
		{`<object data="a.svg"></object>`, false},
		{`<base href="https://example.org">`, false},
		{`<script>fetch("https://example.org")</script>`, false},
		{`<script>new WebSocket ("wss://example.org")</script>`, false},
	} {
		if err := SelfContained(c.page); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.page, err)
		}
	}
}
