package notebook

import (
	"reflect"
	"strings"
	"testing"
)

// The same computation on two hosts, arriving in other pieces and another order,
// through two front ends.
func TestNormaliseHosts(t *testing.T) {
	here := `{"nbformat":4,"nbformat_minor":4,"metadata":{"language_info":{"name":"go","version":"go1.26.8"},"vscode":{}},"cells":[
		{"cell_type":"markdown","metadata":{},"source":"# T"},
		{"cell_type":"code","metadata":{"execution":{"iopub.status.busy":"2026"},"tags":["parameters"]},"source":"x","execution_count":7,"outputs":[
			{"output_type":"stream","name":"stdout","text":"a\nb"},
			{"output_type":"display_data","metadata":{},"data":{"text/html":"1"}},
			{"output_type":"stream","name":"stderr","text":"/tmp/gonb_01234567/main.go:3"},
			{"output_type":"stream","name":"stdout","text":"c"},
			{"output_type":"display_data","metadata":{},"data":{"text/html":"2"}}]},
		{"cell_type":"code","metadata":{},"source":" ","execution_count":9,"outputs":[]}]}`
	there := `{"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":"other"}},"cells":[
		{"cell_type":"markdown","metadata":{},"source":["# T"]},
		{"cell_type":"code","metadata":{"collapsed":false,"scrolled":true,"tags":["parameters"]},"source":"x","execution_count":1,"outputs":[
			{"output_type":"execute_result","execution_count":1,"metadata":{},"data":{"text/html":"1"}},
			{"output_type":"display_data","metadata":{},"data":{"text/html":"2"}},
			{"output_type":"stream","name":"stderr","text":"/var/folders/x/gonb_fedcba98/main.go:3"},
			{"output_type":"stream","name":"stdout","text":"a\nbc"}]},
		{"cell_type":"code","metadata":{},"source":" ","execution_count":null,"outputs":[]}]}`
	var texts []string
	for _, s := range []string{here, there} {
		nb, err := Parse([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		nb.Normalise()
		text, _ := nb.Encode()
		texts = append(texts, string(text))
		if got := kinds(nb.Cells[1].Outputs); !reflect.DeepEqual(got, []string{"stdout", "stderr", "display_data", "display_data"}) {
			t.Errorf("order of outputs %v", got)
		}
	}
	if texts[0] != texts[1] {
		t.Errorf("%s\nand\n%s", texts[0], texts[1])
	}
	if strings.Contains(texts[0], "version") || !strings.Contains(texts[0], `"gonb/main.go:3"`) || !strings.Contains(texts[0], `"name": "gonb"`) {
		t.Error(texts[0])
	}
}

func TestCellNames(t *testing.T) {
	names := func() (list []string) {
		nb := &Notebook{Cells: []*Cell{
			{Type: "markdown", Source: "a"}, {Type: "markdown", Source: "a"}, {Type: "code", Source: "a"},
			{ID: "kept"}, {ID: "kept"}, {ID: "not valid!"}, {ID: strings.Repeat("x", 65)},
		}}
		nb.Normalise()
		for _, c := range nb.Cells {
			list = append(list, c.ID)
		}
		return list
	}
	list, seen := names(), map[string]bool{}
	for _, id := range list {
		if !validID.MatchString(id) || seen[id] {
			t.Errorf("id %q is invalid or double in %q", id, list)
		}
		seen[id] = true
	}
	if list[3] != "kept" || !reflect.DeepEqual(list, names()) {
		t.Errorf("ids %q, then %q", list, names())
	}
}

func TestTempNames(t *testing.T) {
	for in, want := range map[string]string{
		"/tmp/gonb_0189abcd/main.go:4:2": "gonb/main.go:4:2",
		"gonb_0189abcd: not found":       "gonb: not found",
		"gonb_version":                   "gonb_version",
		"gonb_0189abcde":                 "gonb_0189abcde",
	} {
		if got := canonical([]Output{{Type: "stream", Name: "stdout", Text: in}})[0].Text; got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
