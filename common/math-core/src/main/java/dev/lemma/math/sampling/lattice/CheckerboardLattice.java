// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

import dev.lemma.math.random.StreamKey;
import java.util.Arrays;

/**
 * Consecutive rows of a periodic square lattice of spins, all of them or a strip, and Gibbs sweeps
 * over them: first the sites of colour 0, those with (row + column) even, then those of colour 1.
 *
 * <p>The uniform of a site in a sweep is 32 bits of a Philox block: site number j of its colour in
 * row r (column 2 j or 2 j + 1) takes bits 32 (j mod 8) to 32 (j mod 8) + 31 of the block at
 * address (r G + j / 8, sweep, replica, colour), G = ceil(columns / 16). It depends on nothing
 * else; hence a strip that carries h rows more on either side runs h / 2 sweeps without a look at
 * its neighbours and ends in the same spins as the whole lattice.
 *
 * <p>A half sweep makes the outermost row at both ends of a strip useless: {@link #validFrom} and
 * {@link #validTo} say which rows are still right. One byte a site. Not thread-safe.
 *
 * <p>Source: S. Geman, D. Geman, 1984, <a
 * href="https://doi.org/10.1109/TPAMI.1984.4767596">doi:10.1109/TPAMI.1984.4767596</a>; J. Gonzalez
 * et al., <em>Parallel Gibbs sampling: from colored fields to thin junction trees</em>, AISTATS
 * 2011.
 */
public final class CheckerboardLattice {
  /** Largest number of states of a site. */
  public static final int MOST_STATES = 127;

  private static final long LOW = 0xFFFF_FFFFL;
  private static final int NEIGHBOURS = 4;

  private final int totalRows;
  private final int columns;
  private final int states;
  private final int firstRow;
  private final int rows;
  private final int half;
  // Each row of a colour has a copy of its last site before it and of its first one behind it.
  private final int stride;
  private final byte[] spins;
  private final long[] uniforms;
  private final long[] words = new long[4];
  private SpinModel prepared;
  private HeatBath bath;
  private long[] table;
  private int validFrom;
  private int validTo;

  private CheckerboardLattice(int totalRows, int columns, int states, int firstRow, int rows) {
    even("rows", totalRows);
    even("columns", columns);
    if (states < 2 || states > MOST_STATES) {
      throw new IllegalArgumentException(
          "states: expected 2 to " + MOST_STATES + ", found " + states);
    }
    if (rows < 1 || rows > totalRows || firstRow < 0 || firstRow >= totalRows) {
      throw new IllegalArgumentException(
          "strip: expected 1 to "
              + totalRows
              + " rows from a row of the lattice, found "
              + rows
              + " from "
              + firstRow);
    }
    this.totalRows = totalRows;
    this.columns = columns;
    this.states = states;
    this.firstRow = firstRow;
    this.rows = rows;
    half = columns / 2;
    stride = half + 2;
    spins = new byte[Math.multiplyExact(2 * rows, stride)];
    uniforms = new long[(half + 7) / 8 * 8];
    validTo = rows;
  }

  private static void even(String what, int size) {
    if (size < 2 || size % 2 != 0) {
      throw new IllegalArgumentException(
          what
              + " of a periodic lattice: expected an even number of at least 2, found "
              + size
              + ", for which neighbours would share a colour");
    }
  }

  /** A whole lattice with all sites in state 0. */
  public static CheckerboardLattice whole(int rows, int columns, int states) {
    return new CheckerboardLattice(rows, columns, states, 0, rows);
  }

  /**
   * Some rows of a lattice, all sites in state 0.
   *
   * @param totalRows of the whole lattice
   * @param firstRow first row of the strip, from 0
   * @param rows number of rows; behind the last row of the lattice comes the first
   */
  public static CheckerboardLattice strip(
      int totalRows, int columns, int states, int firstRow, int rows) {
    return new CheckerboardLattice(totalRows, columns, states, firstRow, rows);
  }

  /** Number of rows here. */
  public int rows() {
    return rows;
  }

  /** First row here that is right, counted from the strip's own first. */
  public int validFrom() {
    return validFrom;
  }

  /** Row behind the last one that is right. */
  public int validTo() {
    return validTo;
  }

  private boolean whole() {
    return rows == totalRows;
  }

  /** The states of a row, by column; the row is counted from the strip's own first. */
  public byte[] row(int row) {
    byte[] out = new byte[columns];
    for (int column = 0; column < columns; column++) {
      out[column] = spins[at(row, column)];
    }
    return out;
  }

  /**
   * Sets the states of a row, by column.
   *
   * @throws IllegalArgumentException if their number is not that of the columns, or one is no state
   */
  public void setRow(int row, byte[] values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(
          "row: expected " + columns + " sites, found " + values.length);
    }
    for (int column = 0; column < columns; column++) {
      if (values[column] < 0 || values[column] >= states) {
        throw new IllegalArgumentException(
            "row: expected states from 0 to " + (states - 1) + ", found " + values[column]);
      }
      spins[at(row, column)] = values[column];
    }
    wrap(row, 0);
    wrap(row, 1);
  }

  /** Sets every site to a state drawn uniformly: the start of an infinite temperature. */
  public void scatter(StreamKey key, long replica) {
    for (int row = 0; row < rows; row++) {
      for (int colour = 0; colour < 2; colour++) {
        // Sweep -1 precedes all others.
        draw(key, globalRow(row), -1, replica, colour);
        int from = begin(row, colour);
        for (int j = 0; j < half; j++) {
          spins[from + j] = (byte) ((uniforms[j] * states) >>> 32);
        }
        wrap(row, colour);
      }
    }
    validFrom = 0;
    validTo = rows;
  }

  /**
   * One sweep: both colours, every valid site once.
   *
   * @param sweep number of the sweep, from 0
   * @param replica lane of the random numbers
   * @throws IllegalStateException if a strip has no valid rows left to move
   */
  public void sweep(SpinModel model, StreamKey key, long sweep, long replica) {
    if (model.states() != states) {
      throw new IllegalArgumentException(
          "model: expected " + states + " states, found " + model.states());
    }
    prepare(model);
    halfSweep(key, sweep, replica, 0);
    halfSweep(key, sweep, replica, 1);
  }

  /** Makes the tables of a model unless they are here. */
  private void prepare(SpinModel model) {
    if (!model.equals(prepared)) {
      bath = HeatBath.of(model, NEIGHBOURS);
      table = states == 2 ? bath.thresholds() : bath.tabulates() ? bath.table() : new long[0];
      prepared = model;
    }
  }

  private void halfSweep(StreamKey key, long sweep, long replica, int colour) {
    if (!whole()) {
      validFrom++;
      validTo--;
      if (validFrom >= validTo) {
        throw new IllegalStateException(
            "no row of the strip is right any more: a strip needs two rows more on either side for"
                + " every sweep");
      }
    }
    for (int row = validFrom; row < validTo; row++) {
      draw(key, globalRow(row), sweep, replica, colour);
      int up = begin(row == 0 ? rows - 1 : row - 1, 1 - colour);
      int down = begin(row == rows - 1 ? 0 : row + 1, 1 - colour);
      // The other neighbours lie in the row itself, at j and one place on or back.
      int side = begin(row, 1 - colour);
      int beside = side + (offset(row, colour) == 0 ? -1 : 1);
      if (states == 2) {
        flip(begin(row, colour), side, beside, up, down);
      } else if (table.length > 0) {
        lookUp(begin(row, colour), side, beside, up, down);
      } else {
        redraw(begin(row, colour), side, beside, up, down);
      }
      wrap(row, colour);
    }
  }

  private void flip(int at, int side, int beside, int up, int down) {
    byte[] s = spins;
    long[] u = uniforms;
    long[] thresholds = table;
    for (int j = 0; j < half; j++) {
      int count = s[side + j] + s[beside + j] + s[up + j] + s[down + j];
      // The sign bit of the difference: 1 where the uniform is below the threshold.
      s[at + j] = (byte) ((u[j] - thresholds[count]) >>> 63);
    }
  }

  private void lookUp(int at, int side, int beside, int up, int down) {
    byte[] s = spins;
    long[] u = uniforms;
    long[] thresholds = table;
    int q = states;
    for (int j = 0; j < half; j++) {
      int code = s[side + j] + q * (s[beside + j] + q * (s[up + j] + q * s[down + j]));
      int from = code * (q - 1);
      int state = q - 1;
      for (int k = 0; k < q - 1; k++) {
        state -= (int) ((u[j] - thresholds[from + k]) >>> 63);
      }
      s[at + j] = (byte) state;
    }
  }

  private void redraw(int at, int side, int beside, int up, int down) {
    byte[] s = spins;
    int[] counts = new int[states];
    for (int j = 0; j < half; j++) {
      counts[s[side + j]]++;
      counts[s[beside + j]]++;
      counts[s[up + j]]++;
      counts[s[down + j]]++;
      s[at + j] = (byte) bath.draw(counts, uniforms[j]);
      counts[s[side + j]] = 0;
      counts[s[beside + j]] = 0;
      counts[s[up + j]] = 0;
      counts[s[down + j]] = 0;
    }
  }

  /** The 32-bit uniforms of the sites of one colour in a row. */
  private void draw(StreamKey key, long row, long sweep, long replica, int colour) {
    int groups = uniforms.length / 8;
    for (int g = 0; g < groups; g++) {
      key.block(row * groups + g, sweep, replica, colour, words);
      for (int w = 0; w < 4; w++) {
        long word = words[w];
        uniforms[8 * g + 2 * w] = word & LOW;
        uniforms[8 * g + 2 * w + 1] = word >>> 32;
      }
    }
  }

  /** Bonds between equal neighbours of the whole lattice, of 2 rows columns. */
  public long equalBonds() {
    if (!whole()) {
      throw new IllegalStateException(
          "bonds are counted on whole lattices; of strips, add up equalBondsOf their rows");
    }
    long equal = 0;
    for (int row = 0; row < rows; row++) {
      equal += equalBondsOf(row);
    }
    return equal;
  }

  /**
   * Bonds between equal neighbours of a row, to the right and down: 2 columns bonds a row.
   *
   * @param row counted from the strip's own first; the next one must be here too
   */
  public long equalBondsOf(int row) {
    int next = row + 1 == rows && whole() ? 0 : row + 1;
    long equal = 0;
    for (int column = 0; column < columns; column++) {
      byte state = spins[at(row, column)];
      equal += state == spins[at(row, column + 1 == columns ? 0 : column + 1)] ? 1 : 0;
      equal += state == spins[at(next, column)] ? 1 : 0;
    }
    return equal;
  }

  /** Sites by state in the valid rows. */
  public long[] counts() {
    long[] counts = new long[states];
    for (int row = validFrom; row < validTo; row++) {
      for (int colour = 0; colour < 2; colour++) {
        int from = begin(row, colour);
        for (int j = 0; j < half; j++) {
          counts[spins[from + j]]++;
        }
      }
    }
    return counts;
  }

  /** Copies the valid rows of a configuration that is as large. */
  public void copyFrom(CheckerboardLattice other) {
    if (other.spins.length != spins.length || other.firstRow != firstRow) {
      throw new IllegalArgumentException("lattices of other sizes cannot be copied");
    }
    System.arraycopy(other.spins, 0, spins, 0, spins.length);
    validFrom = other.validFrom;
    validTo = other.validTo;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckerboardLattice that
        && totalRows == that.totalRows
        && firstRow == that.firstRow
        && rows == that.rows
        && states == that.states
        && Arrays.equals(spins, that.spins);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(spins);
  }

  private int globalRow(int row) {
    int global = firstRow + row;
    return global >= totalRows ? global - totalRows : global;
  }

  /** Column of the first site of a colour in a row: 0 or 1. */
  private int offset(int row, int colour) {
    return (globalRow(row) + colour) & 1;
  }

  private int begin(int row, int colour) {
    return (2 * row + colour) * stride + 1;
  }

  private int at(int row, int column) {
    return begin(row, (globalRow(row) + column) & 1) + column / 2;
  }

  private void wrap(int row, int colour) {
    int from = begin(row, colour);
    spins[from - 1] = spins[from + half - 1];
    spins[from + half] = spins[from];
  }
}
