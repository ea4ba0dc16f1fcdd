# An image in which the notebooks open and can be made again; Binder builds it as it is.
#
#	docker build -t credo .
#	docker run --rm -p 8888:8888 credo            the notebooks in Jupyter
#	docker run --rm credo make supplement         executes, checks and publishes them
#
# Go is the one with which the notebooks were executed, the packages are those that
# setup.sh installs on Debian 12; a test holds both to it.
FROM golang:1.26.8-bookworm

RUN apt-get update \
	&& apt-get install -y --no-install-recommends \
	jupyter-nbconvert jupyter-notebook chromium libjs-mathjax fonts-sil-charis fonts-liberation \
	&& rm -rf /var/lib/apt/lists/*

# Binder runs as the user 1000.
RUN useradd --create-home --uid 1000 reader
ENV HOME=/home/reader JUPYTER_PATH=/home/reader/credo/.jupyter
COPY --chown=1000:1000 . /home/reader/credo
RUN chown 1000:1000 /home/reader/credo
WORKDIR /home/reader/credo
USER 1000
RUN ./setup.sh && /usr/bin/python3 -m nbformat.sign notebooks/*.ipynb
CMD [".jupyter/lab.sh", "notebooks", "--ip=0.0.0.0"]
