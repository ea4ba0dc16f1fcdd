# The commands of the repository. Each sets up what it needs first.
#
#	make supplement   execute the notebooks that have changed, check their claims, publish to
#	                  build/supplement; ALL=1 executes all
#	make lab          open the notebooks in Jupyter; prints the URL; COMPLETE=1 with completion and help,
#	                  for which gopls takes most of a gigabyte of memory
#	make test         vet, staticcheck, unit tests, the notebooks' shape, and their execution against the committed one,
#	                  most without Jupyter; ALL=1 all by the kernel, and every cell in a browser too
#	make test-cells   every cell of every page in a browser, against its committed claims; takes an hour
#	make new          DIR=../my-study: begin a study of your own there, with a first notebook
#	make rename       MODULE=host/owner/name: give the module its public path
#	make kernel       install the kernel for the Jupyter you use elsewhere
#	make bench        the training loop against plain C and NumPy, interleaved in one run
#	make bundle       the published pages, the notebooks and all that makes them again in one zip, build/credo-VERSION.zip
#	make clean        remove what these commands made

# Flags and a workspace of the user's own, in the environment or in Go's own file, would
# change what there is; an empty value would not override that file.
export GOFLAGS := -mod=readonly -buildvcs=false
export GOWORK := off
export COMPLETE

# The folder that make lab opens; a study gives its own.
NOTEBOOKS ?= $(CURDIR)/notebooks

.PHONY: setup supplement lab test test-cells new rename kernel bench bundle clean

supplement: setup
	go run ./cmd/supplement $(if $(ALL),-all)

setup:
	@./setup.sh

lab: setup
	@.jupyter/lab.sh "$(NOTEBOOKS)"

test: export RECIPES := 1
test: setup
	go vet ./...
	STATICCHECK_CACHE="$(CURDIR)/.bin/staticcheck.cache" .bin/staticcheck ./...
	go test -timeout 20m ./...
	$(if $(ALL),$(MAKE) test-cells)
	go run ./cmd/supplement -check $(if $(ALL),-all)

test-cells: setup
	go test ./cmd/supplement -run '^TestRun$$' -timeout 2h -v -args -every

# DIR travels in the environment, so that it may hold spaces.
new: export DIR := $(DIR)
new: setup
	@go run ./cmd/study "$$DIR"

rename: export MODULE := $(MODULE)
rename:
	@go run ./cmd/rename "$$MODULE"

# Writes one folder, kernels/gonb in Jupyter's data folder, with the tools in it;
# remove that folder to remove the kernel. It opens the module of the folder in
# which a notebook lies, so that it serves other repositories too. A kernel there
# that this command did not write is overwritten only if you say so.
kernel: setup
	@if test -n "$$JUPYTER_DATA_DIR"; then data=$$JUPYTER_DATA_DIR; \
	elif test "$$(uname)" = Darwin; then data=$$HOME/Library/Jupyter; \
	else data=$${XDG_DATA_HOME:-$$HOME/.local/share}/jupyter; fi && \
	to=$$data/kernels/gonb && \
	if test -e "$$to" && ! grep -q '^# gonb.sh starts the GoNB kernel' "$$to/gonb.sh" 2>/dev/null && test -z "$(FORCE)"; then \
		echo "kernel: $$to holds a kernel that make kernel did not write"; answer=; \
		if test -t 0; then printf 'overwrite it? [y/N] '; read -r answer || :; fi; \
		case $$answer in [yY]*) ;; *) echo "kernel: left as it is; to overwrite it: make kernel FORCE=1" >&2; exit 2;; esac; \
	fi && mkdir -p "$$to/bin" && \
	cp .jupyter/kernels/gonb/kernel.json .jupyter/kernels/gonb/gonb.sh "$$to" && \
	cp .bin/gonb .bin/goimports "$$to/bin" && \
	echo "kernel \"Go (gonb)\" written to $$to"

# Of what is committed; the pages must have been made of it.
bundle: setup
	go run ./cmd/bundle

clean:
	rm -rf build .jupyter/state notebooks/.ipynb_checkpoints

# The training loop against plain C and NumPy, in one run.
bench: setup
	bench/run.sh
