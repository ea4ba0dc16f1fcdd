/* The training loop of credo's model.Learner in plain C, as a peer to measure it by.
 *
 *   train FILE
 *
 * FILE holds the task, all numbers int32: the channels N, the patterns P, and
 * for each pattern its target, the number of its active channels and these
 * channels, which excitation and inhibition share. Each line on standard input
 * is a run from fresh weights (struct run, in order); the answer to it is a
 * line of the processor time of training and one test of all patterns, the
 * hits, the false alarms, the mean potentials where Y = 1 and where Y = 0, and
 * the mean weights. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct modulator { double probability, error, disinhibition; };

struct run {
    uint64_t seed;
    int epochs;
    double weight, rate, threshold;
    double hebb, mean;                         /* a_H, mean output */
    double ach, depression, reference, coding; /* a_A, beta, y_ref, f */
    double ne, ne_reference;                   /* a_N, y_ref */
    double balance, slope, offset;             /* a_I, a, b */
    struct modulator a, n;
};

struct task {
    int channels, patterns;
    int32_t *target, *active; /* active: all lists, one after another */
    size_t *start;            /* of pattern mu's list; start[patterns] is the end */
};

static void *room(size_t count, size_t size) {
    void *p = calloc(count, size);
    if (!p) { perror("calloc"); exit(1); }
    return p;
}

static int32_t next_int(FILE *f) {
    int32_t x;
    if (fread(&x, sizeof x, 1, f) != 1) { fputs("task file ends early\n", stderr); exit(1); }
    return x;
}

static struct task read_task(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) { perror(path); exit(1); }
    struct task t;
    t.channels = next_int(f);
    t.patterns = next_int(f);
    t.target = room(t.patterns, sizeof *t.target);
    t.start = room(t.patterns + 1, sizeof *t.start);
    t.active = room((size_t)t.channels * t.patterns, sizeof *t.active);
    for (int mu = 0; mu < t.patterns; mu++) {
        t.target[mu] = next_int(f);
        size_t n = next_int(f);
        if (fread(t.active + t.start[mu], sizeof *t.active, n, f) != n) { fputs("task file ends early\n", stderr); exit(1); }
        t.start[mu + 1] = t.start[mu] + n;
    }
    fclose(f);
    return t;
}

/* Random numbers: xoshiro256++ (Blackman and Vigna), seeded by splitmix64. */
static uint64_t state[4];

static inline uint64_t rotate(uint64_t x, int k) { return x << k | x >> (64 - k); }

static inline uint64_t random_bits(void) {
    uint64_t r = rotate(state[0] + state[3], 23) + state[0], t = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= t;
    state[3] = rotate(state[3], 45);
    return r;
}

static void seed_random(uint64_t seed) {
    for (int k = 0; k < 4; k++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        state[k] = z ^ z >> 31;
    }
}

static inline double uniform(void) { return (random_bits() >> 11) * 0x1p-53; }

static inline uint32_t below(uint32_t n) { return (random_bits() >> 32) * n >> 32; }

/* Gaussian numbers: the ziggurat of Marsaglia and Tsang with 128 layers. */
enum { LAYERS = 128 };
static double edge[LAYERS + 1], height[LAYERS + 1];

static void build_ziggurat(void) {
    const double tail = 3.442619855899, area = 9.91256303526217e-3;
    double x = tail;
    edge[0] = area / exp(-0.5 * x * x);
    height[0] = 0;
    for (int k = 1; k < LAYERS; k++) {
        edge[k] = x;
        height[k] = exp(-0.5 * x * x);
        x = sqrt(-2 * log(area / x + height[k]));
    }
    edge[LAYERS] = 0;
    height[LAYERS] = 1;
}

static double gaussian(void) {
    for (;;) {
        uint64_t bits = random_bits();
        int k = bits & (LAYERS - 1);
        double x = ((int64_t)bits >> 11) * 0x1p-52 * edge[k];
        if (fabs(x) < edge[k + 1]) return x;
        if (k > 0) {
            if (height[k] + uniform() * (height[k + 1] - height[k]) < exp(-0.5 * x * x)) return x;
            continue;
        }
        double t, y;
        do {
            t = -log(1 - uniform()) / edge[1];
            y = -log(1 - uniform());
        } while (2 * y < t * t);
        return x > 0 ? edge[1] + t : -edge[1] - t;
    }
}

/* The kernels. */
static inline double positive(double x) { return x > 0 ? x : 0; }

static double sum_active(const double *restrict w, const int32_t *restrict active, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += w[active[k]];
    return sum;
}

static void change_active(double *restrict w, const int32_t *restrict active, size_t n, double on) {
    for (size_t k = 0; k < n; k++) w[active[k]] = positive(w[active[k]] + on);
}

static void change_all(double *restrict w, int channels, const int32_t *restrict active, size_t n,
                       double on, double off, double *restrict spare) {
    for (size_t k = 0; k < n; k++) spare[k] = positive(w[active[k]] + on);
    for (int i = 0; i < channels; i++) w[i] = positive(w[i] + off);
    for (size_t k = 0; k < n; k++) w[active[k]] = spare[k];
}

static inline int released(struct modulator m, int target) {
    return uniform() < (target ? m.probability : m.error);
}

/* room for the run */
static double *w_e, *w_i, *spare;
static int32_t *order;

static void shuffle(int patterns) {
    for (int mu = patterns - 1; mu > 0; mu--) {
        int other = below(mu + 1);
        int32_t swap = order[mu];
        order[mu] = order[other];
        order[other] = swap;
    }
}

static void train(const struct task *t, const struct run *r) {
    const double scale = 1 / sqrt(t->channels), rate = r->rate * scale;
    for (int epoch = 0; epoch < r->epochs; epoch++) {
        shuffle(t->patterns);
        for (int trial = 0; trial < t->patterns; trial++) {
            const int mu = order[trial], target = t->target[mu];
            const int32_t *active = t->active + t->start[mu];
            const size_t n = t->start[mu + 1] - t->start[mu];
            const double i_e = sum_active(w_e, active, n) * scale;
            const double i_i = sum_active(w_i, active, n) * scale;

            const int ach = released(r->a, target), ne = released(r->n, target);
            double v = i_e - i_i - r->threshold;
            if (ach) v += r->a.disinhibition * positive(1 + gaussian());
            if (ne) v += r->n.disinhibition * positive(1 + gaussian());
            const double y = v > 0;

            double on = r->hebb * (y - r->mean), off = 0;
            if (ach) {
                const double d = r->ach * (y - r->reference);
                on += d;
                off -= d * r->depression * r->coding / (1 - r->coding);
            }
            if (ne) on += r->ne * (y - r->ne_reference);
            if (off != 0)
                change_all(w_e, t->channels, active, n, rate * on, rate * off, spare);
            else
                change_active(w_e, active, n, rate * on);
            change_active(w_i, active, n, rate * r->balance * (r->slope * i_e + r->offset - i_i));
        }
    }
}

struct recall { double fired[2], v[2], count[2]; }; /* by target */

static struct recall test(const struct task *t, const struct run *r) {
    struct recall c = {{0}, {0}, {0}};
    for (int mu = 0; mu < t->patterns; mu++) {
        const int32_t *active = t->active + t->start[mu];
        const size_t n = t->start[mu + 1] - t->start[mu];
        const double v = (sum_active(w_e, active, n) - sum_active(w_i, active, n)) / sqrt(t->channels) - r->threshold;
        c.count[t->target[mu]]++;
        c.fired[t->target[mu]] += v > 0;
        c.v[t->target[mu]] += v;
    }
    return c;
}

static double mean(const double *w, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += w[i];
    return sum / n;
}

/* next_run reads a run, and answer says what came of it. */
static int next_run(struct run *r) {
    return scanf("%lu %d %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf %lf",
                 &r->seed, &r->epochs, &r->weight, &r->rate, &r->threshold, &r->hebb, &r->mean,
                 &r->ach, &r->depression, &r->reference, &r->coding, &r->ne, &r->ne_reference,
                 &r->balance, &r->slope, &r->offset,
                 &r->a.probability, &r->a.error, &r->a.disinhibition,
                 &r->n.probability, &r->n.error, &r->n.disinhibition) == 22;
}

static void answer(const struct task *t, const struct run *r, double seconds) {
    struct recall c = test(t, r);
    printf("%.9g %.17g %.17g %.17g %.17g %.17g %.17g\n", seconds,
           c.fired[1] / c.count[1], c.fired[0] / c.count[0], c.v[1] / c.count[1], c.v[0] / c.count[0],
           mean(w_e, t->channels), mean(w_i, t->channels));
    fflush(stdout);
}

#ifndef LAYER
int main(int argc, char **argv) {
    if (argc != 2) { fprintf(stderr, "usage: %s FILE\n", argv[0]); return 2; }
    struct task t = read_task(argv[1]);
    w_e = room(t.channels, sizeof *w_e);
    w_i = room(t.channels, sizeof *w_i);
    spare = room(t.channels, sizeof *spare);
    order = room(t.patterns, sizeof *order);
    build_ziggurat();

    struct run r;
    while (next_run(&r)) {
        for (int i = 0; i < t.channels; i++) w_e[i] = w_i[i] = r.weight;
        for (int mu = 0; mu < t.patterns; mu++) order[mu] = mu;
        seed_random(r.seed);
        clock_t begin = clock();
        train(&t, &r);
        test(&t, &r);
        answer(&t, &r, (double)(clock() - begin) / CLOCKS_PER_SEC);
    }
    return 0;
}
#endif
