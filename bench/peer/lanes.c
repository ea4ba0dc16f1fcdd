/* A layer of 16 neurons in C, eight at a time in the lanes of a vector, as a peer to
 * measure credo's model.Layer by. It follows train.c, whose task, random numbers and
 * answers it uses; the seconds it answers are those of one neuron, and what was learned
 * is the first neuron's. All neurons have the task's targets. */
enum { LANES = 8, BLOCKS = 2 };
typedef double row __attribute__((vector_size(8 * LANES)));

static row *rows_e[BLOCKS], *rows_i[BLOCKS];

static row *rows(size_t n) {
    row *p = aligned_alloc(sizeof(row), n * sizeof(row));
    if (!p) { perror("aligned_alloc"); exit(1); }
    return p;
}

static inline row positive_row(row x) {
    for (int lane = 0; lane < LANES; lane++) x[lane] = positive(x[lane]);
    return x;
}

static row sum_rows(const row *restrict w, const int32_t *restrict active, size_t n) {
    row s[4] = {{0}, {0}, {0}, {0}};
    size_t k = 0;
    for (; k + 4 <= n; k += 4)
        for (int part = 0; part < 4; part++) s[part] += w[active[k + part]];
    for (; k < n; k++) s[0] += w[active[k]];
    return (s[0] + s[1]) + (s[2] + s[3]);
}

static void change_rows(row *restrict w, const int32_t *restrict active, size_t n, row on) {
    for (size_t k = 0; k < n; k++) w[active[k]] = positive_row(w[active[k]] + on);
}

static void train_block(const struct task *t, const struct run *r, row *e, row *i) {
    const double scale = 1 / sqrt(t->channels), rate = r->rate * scale;
    for (int epoch = 0; epoch < r->epochs; epoch++) {
        shuffle(t->patterns);
        for (int trial = 0; trial < t->patterns; trial++) {
            const int mu = order[trial], target = t->target[mu];
            const int32_t *active = t->active + t->start[mu];
            const size_t n = t->start[mu + 1] - t->start[mu];
            const row i_e = sum_rows(e, active, n) * scale, i_i = sum_rows(i, active, n) * scale;
            row v = i_e - i_i - r->threshold, on, off = {0};
            int depressed = 0;
            for (int lane = 0; lane < LANES; lane++) {
                const int ach = released(r->a, target), ne = released(r->n, target);
                double u = v[lane];
                if (ach) u += r->a.disinhibition * positive(1 + gaussian());
                if (ne) u += r->n.disinhibition * positive(1 + gaussian());
                const double y = u > 0;
                double d = r->hebb * (y - r->mean);
                if (ach) {
                    const double a = r->ach * (y - r->reference);
                    d += a;
                    off[lane] = -a * r->depression * r->coding / (1 - r->coding) * rate;
                    depressed = 1;
                }
                if (ne) d += r->ne * (y - r->ne_reference);
                on[lane] = d * rate;
            }
            if (depressed) {
                for (size_t k = 0; k < n; k++) e[active[k]] += on - off;
                for (int c = 0; c < t->channels; c++) e[c] = positive_row(e[c] + off);
            } else {
                change_rows(e, active, n, on);
            }
            change_rows(i, active, n, rate * r->balance * (r->slope * i_e + r->offset - i_i));
        }
    }
}

int main(int argc, char **argv) {
    if (argc != 2) { fprintf(stderr, "usage: %s FILE\n", argv[0]); return 2; }
    struct task t = read_task(argv[1]);
    w_e = room(t.channels, sizeof *w_e);
    w_i = room(t.channels, sizeof *w_i);
    order = room(t.patterns, sizeof *order);
    for (int b = 0; b < BLOCKS; b++) {
        rows_e[b] = rows(t.channels);
        rows_i[b] = rows(t.channels);
    }
    build_ziggurat();
    struct run r;
    while (next_run(&r)) {
        for (int b = 0; b < BLOCKS; b++)
            for (int c = 0; c < t.channels; c++) rows_e[b][c] = rows_i[b][c] = r.weight - (row){0};
        for (int mu = 0; mu < t.patterns; mu++) order[mu] = mu;
        seed_random(r.seed);
        clock_t begin = clock();
        for (int b = 0; b < BLOCKS; b++) train_block(&t, &r, rows_e[b], rows_i[b]);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC / (BLOCKS * LANES);
        for (int c = 0; c < t.channels; c++) {
            w_e[c] = rows_e[0][c][0];
            w_i[c] = rows_i[0][c][0];
        }
        answer(&t, &r, seconds);
    }
    return 0;
}
