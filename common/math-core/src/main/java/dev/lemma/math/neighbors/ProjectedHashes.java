// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.Projection;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Hashes of the products of a row x with L (m + e) independent Gaussian directions g.
 *
 * <ul>
 *   <li>Sign: 1 where g'x is below 0, else 0. Two rows at an angle theta agree with probability 1 -
 *       theta / pi.
 *   <li>Stable: floor(g'x / w + b) modulo 256 with a uniform b in (0, 1). The difference of two
 *       rows at distance c changes g'x by c times a standard Gaussian.
 * </ul>
 *
 * <p><b>Directions.</b> Those of a Gaussian {@link ProjectionSpec} with k = L (m + e) and a seed of
 * its own, word 0 of the block at (0, 0, 0, 0) of stream {@code neighbors/directions}, so that a
 * search after a projection with the same seed is independent of it; hash i of table t takes output
 * t (m + e) + i. Offset b of output c is the uniform of word c mod 4 of the block at (entity = 0,
 * index = c / 4, lane = 0, block = 0) of stream {@code neighbors/offsets}.
 *
 * <p>Sources: M. S. Charikar, <em>Similarity estimation techniques from rounding algorithms</em>,
 * 2002, <a href="https://doi.org/10.1145/509907.509965">doi:10.1145/509907.509965</a>; M. Datar, N.
 * Immorlica, P. Indyk, V. S. Mirrokni, <em>Locality-sensitive hashing scheme based on p-stable
 * distributions</em>, 2004, <a
 * href="https://doi.org/10.1145/997817.997857">doi:10.1145/997817.997857</a>.
 */
final class ProjectedHashes implements HashFamily {
  private static final int ROWS = 256;
  private static final int STABLE_MASK = 0xFF;

  private final HashSpec spec;
  private final Signatures signatures;
  private final Projection projection;
  private final int functions;
  private final double intervals;
  private final double[] offsets;
  private final float[] products;
  private final float[] block;
  private final long[] scratch;
  private final ProbeSets sets = new ProbeSets();
  private float[] values = {};

  ProjectedHashes(HashSpec spec) {
    this.spec = spec;
    signatures = Signatures.of(spec);
    functions = spec.functions();
    long[] words = new long[Philox4x64.WORDS];
    StreamKey.of(spec.seed(), "neighbors/directions").block(0, 0, 0, 0, words);
    projection =
        Projection.of(new ProjectionSpec(Family.GAUSSIAN, words[0], functions, spec.d(), 0, 0));
    boolean isStable = spec.kind() == HashKind.STABLE;
    // The projection's outputs are the products over sqrt(k).
    intervals = isStable ? Math.sqrt(functions) / spec.width() : 0;
    offsets = isStable ? offsets(spec.seed(), functions) : new double[0];
    products = new float[functions];
    block = spec.d().isPresent() ? new float[ROWS * functions] : new float[0];
    scratch = new long[spec.words()];
  }

  private static double[] offsets(long seed, int functions) {
    StreamKey key = StreamKey.of(seed, "neighbors/offsets");
    long[] words = new long[Philox4x64.WORDS];
    double[] offsets = new double[functions];
    for (int c = 0; c < functions; c++) {
      if (c % words.length == 0) {
        key.block(0, c / words.length, 0, 0, words);
      }
      offsets[c] = Variates.uniform(words[c % words.length]);
    }
    return offsets;
  }

  @Override
  public HashSpec spec() {
    return spec;
  }

  @Override
  public Signatures signatures() {
    return signatures;
  }

  @Override
  public void hash(SparseRow row, long[] out, int at) {
    projection.project(row, products);
    pack(products, 0, out, at);
  }

  @Override
  public void hashRows(float[] rows, int n, long[] out) {
    int words = spec.words();
    for (int from = 0; from < n; from += ROWS) {
      int count = project(rows, from, n);
      for (int r = 0; r < count; r++) {
        pack(block, r * functions, out, (from + r) * words);
      }
    }
  }

  @Override
  public void probeKeys(SparseRow row, int probes, long[] keys, int at) {
    Probes.check(spec, probes);
    projection.project(row, products);
    probe(products, 0, probes, keys, at);
  }

  @Override
  public void probeKeysRows(float[] rows, int n, int probes, long[] keys) {
    Probes.check(spec, probes);
    int size = spec.tables() * (1 + probes);
    for (int from = 0; from < n; from += ROWS) {
      int count = project(rows, from, n);
      for (int r = 0; r < count; r++) {
        probe(block, r * functions, probes, keys, (from + r) * size);
      }
    }
  }

  /** The products of up to 256 rows; how many. */
  private int project(float[] rows, int from, int n) {
    int count = Math.min(ROWS, n - from);
    if (from == 0) {
      projection.projectRows(rows, count, block);
    } else {
      int d = (int) spec.d().orElse(0);
      if (values.length < ROWS * d) {
        values = new float[ROWS * d];
      }
      System.arraycopy(rows, from * d, values, 0, count * d);
      projection.projectRows(values, count, block);
    }
    return count;
  }

  private void pack(float[] y, int from, long[] out, int at) {
    if (spec.kind() == HashKind.SIGN) {
      packSigns(y, from, out, at);
      return;
    }
    Arrays.fill(out, at, at + spec.words(), 0);
    for (int c = 0; c < functions; c++) {
      // 8 hashes of 8 bits a word: none crosses its border.
      out[at + (c >>> 3)] |= stable(y[from + c], c) << ((c & 7) << 3);
    }
  }

  private void packSigns(float[] y, int from, long[] out, int at) {
    int c = 0;
    for (int word = 0; c < functions; word++) {
      long bits = 0;
      int to = Math.min(functions, c + Long.SIZE);
      for (int shift = 0; c < to; c++, shift++) {
        bits |= (y[from + c] < 0 ? 1L : 0L) << shift;
      }
      out[at + word] = bits;
    }
  }

  private long stable(float product, int c) {
    return (long) Math.floor(product * intervals + offsets[c]) & STABLE_MASK;
  }

  private void probe(float[] y, int from, int probes, long[] keys, int at) {
    pack(y, from, scratch, 0);
    int stride = spec.hashes() + spec.extra();
    for (int table = 0; table < spec.tables(); table++) {
      sets.clear();
      for (int i = 0; i < spec.hashes(); i++) {
        int c = table * stride + i;
        if (spec.kind() == HashKind.SIGN) {
          sets.add((double) y[from + c] * y[from + c], i, 1);
        } else {
          addSteps(y[from + c], c, i);
        }
      }
      Probes.keys(spec, signatures, sets, scratch, table, probes, keys, at + table * (1 + probes));
    }
  }

  private void addSteps(float product, int c, int i) {
    double position = product * intervals + offsets[c];
    double below = position - Math.floor(position);
    long hash = (long) Math.floor(position);
    sets.add(below * below, i, (hash ^ (hash - 1)) & STABLE_MASK);
    sets.add((1 - below) * (1 - below), i, (hash ^ (hash + 1)) & STABLE_MASK);
  }
}
