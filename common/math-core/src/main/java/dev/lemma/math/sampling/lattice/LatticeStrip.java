// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import dev.lemma.math.random.Philox4x64;
import dev.lemma.math.random.StreamKey;
import java.util.Objects;

/**
 * Consecutive rows of a periodic lattice with a halo of further rows on either side, swept by
 * chromatic heat-bath Gibbs: first all sites (r, c) with r + c even, then the others, each given
 * its four neighbours.
 *
 * <p>A half sweep of a row needs the rows above and below, so that each one leaves one row less on
 * either side up to date: a halo of 2 k rows lasts for k sweeps, after which its owner sends it
 * anew. The halo's sites are drawn from the uniform numbers that their owner draws them from, and
 * come out equal. A strip that is the whole lattice needs no halo.
 *
 * <p>The two colours are stored apart, so that a half sweep runs over contiguous bytes; there is no
 * branch in its loop. Memory: 1 byte a site. Mutable, for one thread.
 *
 * <p>Uniform numbers: {@link Philox4x64} under the stream {@code lattice/gibbs} with counter
 *
 * <pre>
 * entity = (2 row + colour) ceil(columns / 16) + j / 8    j-th site of its colour in its row
 * index  = sweep, from 1        lane = replica        block = 0
 * </pre>
 *
 * <p>where site j takes the low (even j) or high half of word (j mod 8) / 2 as an unsigned number
 * u; it is up in the Ising model where u &lt; 2<sup>32</sup> P(up), and in the Potts model in the
 * first state whose cumulative probability exceeds u.
 */
public final class LatticeStrip {
  private final LatticeSize size;
  private final SpinModel model;
  private final int firstRow;
  private final int rows;
  private final int halo;
  private final SiteUniforms uniforms;
  private final byte[][][] colours;
  private final long[] bits;
  private int fresh;

  LatticeStrip(
      LatticeSize size, SpinModel model, int firstRow, int rows, int halo, SiteUniforms uniforms) {
    this.size = Objects.requireNonNull(size, "size");
    this.model = Objects.requireNonNull(model, "model");
    boolean whole = rows == size.rows();
    if (firstRow < 0 || rows < 1 || rows > size.rows() - firstRow) {
      throw new IllegalArgumentException(
          "rows " + firstRow + " to " + (firstRow + (long) rows) + " of " + size.rows());
    }
    if (halo < 0 || whole && halo != 0 || rows + 2L * halo > 4L * size.rows()) {
      throw new IllegalArgumentException(
          "a strip of " + rows + " of " + size.rows() + " rows cannot have a halo of " + halo);
    }
    this.firstRow = firstRow;
    this.rows = rows;
    this.halo = halo;
    this.uniforms = uniforms;
    this.colours = new byte[2][rows + 2 * halo][size.half() + 2];
    this.bits = new long[Philox4x64.WORDS * size.groups()];
    this.fresh = whole ? Integer.MAX_VALUE : 0;
  }

  /**
   * A strip, all of whose sites are in state 0 and whose halo is not yet there.
   *
   * @param size of the lattice
   * @param model the energy
   * @param firstRow of the strip itself
   * @param rows of the strip itself, at least 1
   * @param halo further rows on either side; 0 for the whole lattice
   * @param seed of the run
   * @throws IllegalArgumentException if the rows do not lie in the lattice, or the whole lattice
   *     has a halo, or another strip's halo goes more than once around it
   */
  public static LatticeStrip of(
      LatticeSize size, SpinModel model, int firstRow, int rows, int halo, long seed) {
    return new LatticeStrip(size, model, firstRow, rows, halo, keyed(seed));
  }

  /** The whole lattice, all of whose sites are in state 0. */
  public static LatticeStrip whole(LatticeSize size, SpinModel model, long seed) {
    return of(size, model, 0, size.rows(), 0, seed);
  }

  static SiteUniforms keyed(long seed) {
    StreamKey key = StreamKey.of(seed, SiteUniforms.STREAM);
    return (group, count, sweep, replica, out) ->
        Philox4x64.blocks(key.seed(), key.stream(), group, count, sweep, replica, 0, out);
  }

  /** Bytes of a row outside a strip: its sites of either colour. */
  public static int rowBytes(LatticeSize size) {
    return size.columns();
  }

  /**
   * Draws the states of all rows, halo included, uniformly: the numbers of sweep 0.
   *
   * @param replica its number
   */
  public void randomise(long replica) {
    long[] words = bits;
    for (int local = 0; local < rows + 2 * halo; local++) {
      for (int colour = 0; colour < 2; colour++) {
        fill(local, colour, 0, replica);
        byte[] sites = colours[colour][local];
        for (int j = 0; j < size.half(); j++) {
          long u = words[j >> 1] >>> ((j & 1) << 5) & 0xFFFF_FFFFL;
          sites[j + 1] = (byte) (u * model.states() >>> 32);
        }
        close(sites);
      }
    }
    renew();
  }

  /**
   * Takes the states of a row from outside.
   *
   * @param row counted from the strip's first one, from -halo to rows + halo - 1
   * @param from states in the layout of {@link #copyRow}
   * @param offset of the row's first byte
   * @throws IllegalArgumentException if the row lies outside, or a state is none of the model
   */
  public void setRow(int row, byte[] from, int offset) {
    if (row < -halo || row >= rows + halo) {
      throw new IllegalArgumentException("row " + row + " of " + rows + " and a halo of " + halo);
    }
    int half = size.half();
    int wrong = 0;
    for (int i = offset; i < offset + 2 * half; i++) {
      wrong |= from[i] | model.states() - 1 - from[i];
    }
    if (wrong < 0) {
      throw new IllegalArgumentException("a state outside 0 to " + (model.states() - 1));
    }
    for (int colour = 0; colour < 2; colour++) {
      byte[] sites = colours[colour][row + halo];
      System.arraycopy(from, offset + colour * half, sites, 1, half);
      close(sites);
    }
  }

  /** States that the halo is up to date after {@link #setRow} of all rows. */
  public void renew() {
    fresh = rows == size.rows() ? Integer.MAX_VALUE : halo;
  }

  /**
   * Writes the states of one of the strip's own rows: first the sites with row + column even, from
   * left to right, then the others.
   *
   * @param row counted from the strip's first one
   * @param out receives {@link #rowBytes} bytes
   * @param offset of the first
   */
  public void copyRow(int row, byte[] out, int offset) {
    Objects.checkIndex(row, rows);
    int half = size.half();
    System.arraycopy(colours[0][row + halo], 1, out, offset, half);
    System.arraycopy(colours[1][row + halo], 1, out, offset + half, half);
  }

  /**
   * Where a site's state lies in a row of {@link #copyRow}.
   *
   * @param row in the lattice
   */
  public static int index(LatticeSize size, int row, int column) {
    return ((row + column) & 1) * size.half() + column / 2;
  }

  /**
   * Sweeps the strip.
   *
   * @param schedule the inverse temperature of a sweep, of which sweep 1 is the schedule's 0
   * @param replica its number
   * @param firstSweep number of the first sweep, from 1
   * @param sweeps how many; twice as many rows of the halo are used up
   * @param totals receives 1 + q numbers a sweep, of the strip's own rows alone: bonds between
   *     equal states (of the bonds that end at an own site with row + column odd), and the sites in
   *     each state; over strips that make up the lattice they add up to its own
   * @throws IllegalArgumentException if the halo is too narrow
   */
  public void sweep(
      BetaSchedule schedule, long replica, long firstSweep, int sweeps, long[] totals) {
    if (2L * sweeps > fresh) {
      throw new IllegalArgumentException(
          sweeps + " sweeps need a halo of " + 2L * sweeps + " rows, found " + fresh);
    }
    int width = 1 + model.states();
    RowKernel kernel = null;
    double last = Double.NaN;
    for (int k = 0; k < sweeps; k++) {
      double beta = schedule.beta(firstSweep + k - 1);
      if (kernel == null || beta != last) {
        kernel = RowKernel.of(model, beta);
        last = beta;
      }
      half(kernel, 0, replica, firstSweep + k);
      totals[k * width] = half(kernel, 1, replica, firstSweep + k);
      count(totals, k * width + 1);
    }
  }

  /** Draws one colour in all rows that can be; equal bonds of the strip's own. */
  private long half(RowKernel kernel, int colour, long replica, long sweep) {
    int all = rows + 2 * halo;
    boolean whole = rows == size.rows();
    int margin = 0;
    if (!whole) {
      fresh--;
      margin = halo - fresh;
    }
    byte[][] own = colours[colour];
    byte[][] other = colours[1 - colour];
    long equal = 0;
    for (int local = margin; local < all - margin; local++) {
      fill(local, colour, sweep, replica);
      byte[] above = other[local > 0 ? local - 1 : all - 1];
      byte[] below = other[local < all - 1 ? local + 1 : 0];
      int side = (row(local) + colour & 1) == 0 ? -1 : 1;
      byte[] self = own[local];
      int agreeing = kernel.draw(self, above, below, other[local], side, bits, size.half());
      close(self);
      if (local >= halo && local < halo + rows) {
        equal += agreeing;
      }
    }
    return equal;
  }

  private void count(long[] totals, int at) {
    int states = model.states();
    long[] counts = new long[states];
    for (int local = halo; local < halo + rows; local++) {
      for (byte[][] colour : colours) {
        byte[] sites = colour[local];
        if (states == 2) {
          int up = 0;
          for (int i = 1; i <= size.half(); i++) {
            up += sites[i];
          }
          counts[1] += up;
          counts[0] += size.half() - up;
        } else {
          for (int i = 1; i <= size.half(); i++) {
            counts[sites[i]]++;
          }
        }
      }
    }
    System.arraycopy(counts, 0, totals, at, states);
  }

  private void fill(int local, int colour, long sweep, long replica) {
    long group = (2L * row(local) + colour) * size.groups();
    uniforms.fill(group, size.groups(), sweep, replica, bits);
  }

  /** Row in the lattice. */
  private int row(int local) {
    return Math.floorMod(firstRow - halo + local, size.rows());
  }

  /** Repeats the ends of a row at the other end. */
  private static void close(byte[] sites) {
    int last = sites.length - 1;
    sites[0] = sites[last - 1];
    sites[last] = sites[1];
  }
}
