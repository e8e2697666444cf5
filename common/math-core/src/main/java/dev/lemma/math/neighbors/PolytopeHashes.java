// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.neighbors;

import dev.lemma.math.linalg.SparseRow;
import dev.lemma.math.projection.FloatWalshHadamard;
import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import dev.lemma.math.random.Variates;
import java.util.Arrays;

/**
 * Cross-polytope hashes: the row is padded with zeros to p = 2<sup>ceil(log2 d)</sup> entries and
 * rotated by three rounds of random signs and a Walsh-Hadamard transform; the hash is 2 i + s with
 * i the entry of largest magnitude (the first of several) and s = 1 where it is below 0. All of a
 * rotation in 3 p log2 p additions.
 *
 * <p><b>Entries.</b> Stream {@code neighbors/polytope}: in round r (0 to 2) of hash c = t (m + e) +
 * i, entry j is multiplied by the sign at bit j mod 64 of word (j / 64) mod 4 of the block at
 * (entity = c, index = j / 256, lane = r, block = 0), clear for +1 and set for -1.
 *
 * <p><b>Additions.</b> Those of {@link FloatWalshHadamard}, in binary32 and without a scale: what
 * is above 10<sup>38</sup> / p<sup>2</sup> overflows. A block of rows lies side by side, a vector
 * for each entry, and has the same additions.
 *
 * <p><b>Memory.</b> 3 p bits a hash, and 256 p bytes for each instance.
 *
 * <p>Source: A. Andoni, P. Indyk, T. Laarhoven, I. Razenshteyn, L. Schmidt, <em>Practical and
 * optimal LSH for angular distance</em>, 2015, <a
 * href="https://arxiv.org/abs/1509.02897">arXiv:1509.02897</a>.
 */
final class PolytopeHashes implements HashFamily {
  private static final int ROUNDS = 3;
  private static final int SIGNS_PER_BLOCK = 256;

  /** Rows side by side. Constant, for the compiler vectorises by what it saw of loops' lengths. */
  private static final int LANES = 64;

  private final HashSpec spec;
  private final Signatures signatures;
  private final int d;
  private final int p;
  private final long[] signs;
  private final int wordsOfRound;
  private final float[] row;
  private final float[] turned;
  private final float[] roundSigns;
  private final long[] scratch;
  private final ProbeSets sets = new ProbeSets();
  private final float[] best = new float[LANES];
  private final int[] place = new int[LANES];
  private float[][] rowsAside;
  private float[][] turnedAside;

  PolytopeHashes(HashSpec spec) {
    this.spec = spec;
    signatures = Signatures.of(spec);
    d = (int) spec.d().getAsLong();
    p = spec.padded();
    wordsOfRound = (p + SIGNS_PER_BLOCK - 1) / SIGNS_PER_BLOCK * Philox4x64.WORDS;
    long words = (long) spec.functions() * ROUNDS * wordsOfRound;
    if (words > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "polytope hashes: expected at most 2^30 words of signs, found "
              + words
              + "; lower the number of tables");
    }
    signs = signs(spec, wordsOfRound);
    row = new float[p];
    turned = new float[p];
    roundSigns = new float[p];
    scratch = new long[spec.words()];
  }

  private static long[] signs(HashSpec spec, int wordsOfRound) {
    StreamKey key = StreamKey.of(spec.seed(), "neighbors/polytope");
    long[] signs = new long[spec.functions() * ROUNDS * wordsOfRound];
    long[] words = new long[Philox4x64.WORDS];
    for (int at = 0; at < signs.length; at += words.length) {
      int turn = at / wordsOfRound;
      int index = at % wordsOfRound / words.length;
      key.block(turn / ROUNDS, index, turn % ROUNDS, 0, words);
      System.arraycopy(words, 0, signs, at, words.length);
    }
    return signs;
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
  public void hash(SparseRow sparse, long[] out, int at) {
    load(sparse);
    Arrays.fill(out, at, at + spec.words(), 0);
    for (int c = 0; c < spec.functions(); c++) {
      turn(c);
      signatures.put(out, at, c, vertex(largest()));
    }
  }

  @Override
  public void hashRows(float[] rows, int n, long[] out) {
    checkRows(rows, n);
    int words = spec.words();
    Arrays.fill(out, 0, n * words, 0);
    if (rowsAside == null) {
      rowsAside = new float[p][LANES];
      turnedAside = new float[p][LANES];
    }
    for (int from = 0; from < n; from += LANES) {
      int count = Math.min(LANES, n - from);
      loadAside(rows, from * d, count);
      for (int c = 0; c < spec.functions(); c++) {
        turnAside(c);
        largestAside();
        for (int r = 0; r < count; r++) {
          int i = place[r];
          long hash = 2L * i + (turnedAside[i][r] < 0 ? 1 : 0);
          signatures.put(out, (from + r) * words, c, hash);
        }
      }
    }
  }

  @Override
  public void probeKeys(SparseRow sparse, int probes, long[] keys, int at) {
    Probes.check(spec, probes);
    load(sparse);
    probe(probes, keys, at);
  }

  @Override
  public void probeKeysRows(float[] rows, int n, int probes, long[] keys) {
    Probes.check(spec, probes);
    checkRows(rows, n);
    int size = spec.tables() * (1 + probes);
    for (int r = 0; r < n; r++) {
      System.arraycopy(rows, r * d, row, 0, d);
      Arrays.fill(row, d, p, 0);
      probe(probes, keys, r * size);
    }
  }

  private void probe(int probes, long[] keys, int at) {
    int stride = spec.hashes() + spec.extra();
    Arrays.fill(scratch, 0);
    for (int table = 0; table < spec.tables(); table++) {
      sets.clear();
      for (int i = 0; i < spec.hashes(); i++) {
        turn(table * stride + i);
        int largest = largest();
        signatures.put(scratch, 0, table * stride + i, vertex(largest));
        if (probes > 0) {
          addVertices(i, largest);
        }
      }
      Probes.keys(spec, signatures, sets, scratch, table, probes, keys, at + table * (1 + probes));
    }
  }

  /** The next best vertices of the turned row; its entries are used up. */
  private void addVertices(int i, int largest) {
    double most = Math.abs(turned[largest]);
    long hash = vertex(largest);
    turned[largest] = 0;
    for (int a = 0; a < spec.alternatives(); a++) {
      int next = largest();
      // When all that is left is zeros, the first that is not yet taken.
      if (turned[next] == 0) {
        return;
      }
      double gap = most - Math.abs(turned[next]);
      sets.add(gap * gap, i, hash ^ vertex(next));
      turned[next] = 0;
    }
  }

  private void load(SparseRow sparse) {
    Arrays.fill(row, 0);
    for (int e = 0; e < sparse.size(); e++) {
      long id = sparse.ids()[e];
      if (id < 0 || id >= d) {
        throw new IllegalArgumentException(
            "sparse row: expected ids from 0 to d - 1 = " + (d - 1) + ", found " + id);
      }
      row[(int) id] = (float) sparse.values()[e];
    }
  }

  private void turn(int c) {
    System.arraycopy(row, 0, turned, 0, p);
    for (int round = 0; round < ROUNDS; round++) {
      loadSigns(c, round);
      for (int j = 0; j < p; j++) {
        turned[j] *= roundSigns[j];
      }
      FloatWalshHadamard.transformInPlace(turned);
    }
  }

  private void loadSigns(int c, int round) {
    int at = (c * ROUNDS + round) * wordsOfRound;
    for (int j = 0; j < p; j++) {
      roundSigns[j] = Variates.sign(signs[at + j / Long.SIZE], j % Long.SIZE);
    }
  }

  private int largest() {
    int largest = 0;
    float most = Math.abs(turned[0]);
    for (int j = 1; j < p; j++) {
      float magnitude = Math.abs(turned[j]);
      if (magnitude > most) {
        most = magnitude;
        largest = j;
      }
    }
    return largest;
  }

  private long vertex(int j) {
    return 2L * j + (turned[j] < 0 ? 1 : 0);
  }

  private void loadAside(float[] rows, int at, int count) {
    for (int j = 0; j < d; j++) {
      float[] vector = rowsAside[j];
      for (int r = 0; r < count; r++) {
        vector[r] = rows[at + r * d + j];
      }
      Arrays.fill(vector, count, LANES, 0);
    }
  }

  private void turnAside(int c) {
    for (int j = 0; j < p; j++) {
      System.arraycopy(rowsAside[j], 0, turnedAside[j], 0, LANES);
    }
    for (int round = 0; round < ROUNDS; round++) {
      loadSigns(c, round);
      int stride = p / 2;
      for (int j = 0; j < stride; j++) {
        signedButterfly(
            turnedAside[j], roundSigns[j], turnedAside[j + stride], roundSigns[j + stride]);
      }
      for (stride /= 2; stride >= 1; stride /= 2) {
        for (int o = 0; o < p; o += 2 * stride) {
          for (int j = o; j < o + stride; j++) {
            butterfly(turnedAside[j], turnedAside[j + stride]);
          }
        }
      }
    }
  }

  private static void signedButterfly(float[] a, float signA, float[] b, float signB) {
    for (int r = 0; r < LANES; r++) {
      float x = signA * a[r];
      float y = signB * b[r];
      a[r] = x + y;
      b[r] = x - y;
    }
  }

  private static void butterfly(float[] a, float[] b) {
    for (int r = 0; r < LANES; r++) {
      float x = a[r];
      float y = b[r];
      a[r] = x + y;
      b[r] = x - y;
    }
  }

  private void largestAside() {
    float[] first = turnedAside[0];
    for (int r = 0; r < LANES; r++) {
      best[r] = Math.abs(first[r]);
      place[r] = 0;
    }
    for (int j = 1; j < p; j++) {
      keepLarger(turnedAside[j], j, best, place);
    }
  }

  private static void keepLarger(float[] x, int j, float[] best, int[] place) {
    for (int r = 0; r < LANES; r++) {
      float magnitude = Math.abs(x[r]);
      if (magnitude > best[r]) {
        best[r] = magnitude;
        place[r] = j;
      }
    }
  }

  private void checkRows(float[] rows, int n) {
    if (n < 0 || rows.length < (long) n * d) {
      throw new IllegalArgumentException(
          "block of rows: expected at least n x d = "
              + (long) n * d
              + " entries, found "
              + rows.length);
    }
  }
}
