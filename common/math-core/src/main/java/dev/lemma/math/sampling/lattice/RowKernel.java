// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.sampling.lattice;

/**
 * Draws the sites of one colour in one row, given the other colour's: site j at index j + 1 of
 * {@code self} has the neighbours j + 1 of the rows above, below and beside it, and one to the side
 * of that.
 */
sealed interface RowKernel {
  /** The kernel of a model at an inverse temperature. */
  static RowKernel of(SpinModel model, double beta) {
    if (model instanceof IsingModel ising) {
      return new Ising(Conditionals.up(ising, beta, Conditionals.NEIGHBOURS));
    }
    PottsModel potts = (PottsModel) model;
    return new Potts(potts.states(), Conditionals.shares(potts, beta));
  }

  /**
   * Draws {@code half} sites.
   *
   * @param self receives them; read by nobody else
   * @param above the other colour, one row up
   * @param below the other colour, one row down
   * @param beside the other colour in this row, with the sites of both ends repeated at the other
   * @param side 1 or -1: where the second neighbour beside a site lies
   * @param uniforms two numbers a word, the low half first
   * @return bonds between equal states among the bonds of these sites, a non-negative number
   */
  int draw(
      byte[] self, byte[] above, byte[] below, byte[] beside, int side, long[] uniforms, int half);

  /** Two states. */
  final class Ising implements RowKernel {
    private static final long LOW = 0xFFFF_FFFFL;

    // By the number of neighbours that are up.
    private final long[] up = new long[Conditionals.NEIGHBOURS + 1];

    Ising(long[] bySum) {
      for (int n = 0; n < up.length; n++) {
        up[n] = bySum[2 * n];
      }
    }

    @Override
    public int draw(
        byte[] self,
        byte[] above,
        byte[] below,
        byte[] beside,
        int side,
        long[] uniforms,
        int half) {
      long[] table = up;
      int neighbours = 0;
      int drawn = 0;
      int products = 0;
      int pairs = half >> 1;
      for (int p = 0; p < pairs; p++) {
        int i = 2 * p + 1;
        long bits = uniforms[p];
        int n0 = above[i] + below[i] + beside[i] + beside[i + side];
        int n1 = above[i + 1] + below[i + 1] + beside[i + 1] + beside[i + 1 + side];
        int s0 = (int) (((bits & LOW) - table[n0]) >>> 63);
        int s1 = (int) (((bits >>> 32) - table[n1]) >>> 63);
        self[i] = (byte) s0;
        self[i + 1] = (byte) s1;
        neighbours += n0 + n1;
        drawn += s0 + s1;
        products += n0 * s0 + n1 * s1;
      }
      if ((half & 1) != 0) {
        int n = above[half] + below[half] + beside[half] + beside[half + side];
        int s = (int) (((uniforms[pairs] & LOW) - table[n]) >>> 63);
        self[half] = (byte) s;
        neighbours += n;
        drawn += s;
        products += n * s;
      }
      // A site that is up agrees with n neighbours, one that is down with 4 - n.
      return Conditionals.NEIGHBOURS * (half - drawn) - neighbours + 2 * products;
    }
  }

  /** Up to 16 states. */
  final class Potts implements RowKernel {
    private final int states;
    private final long[] shares;

    Potts(int states, long[] shares) {
      this.states = states;
      this.shares = shares;
    }

    @Override
    public int draw(
        byte[] self,
        byte[] above,
        byte[] below,
        byte[] beside,
        int side,
        long[] uniforms,
        int half) {
      long[] table = shares;
      int last = states - 1;
      int agreeing = 0;
      for (int j = 0; j < half; j++) {
        int i = j + 1;
        long u = uniforms[j >> 1] >>> ((j & 1) << 5) & 0xFFFF_FFFFL;
        int a = above[i];
        int b = below[i];
        int c = beside[i];
        int d = beside[i + side];
        // Four bits a state: how many neighbours are in it.
        long counts = (1L << (a << 2)) + (1L << (b << 2)) + (1L << (c << 2)) + (1L << (d << 2));
        int row =
            (same(a, b) + same(a, c) + same(a, d) + same(b, c) + same(b, d) + same(c, d))
                * Conditionals.STRIDE;
        long sum = 0;
        int state = 0;
        for (int s = 0; s < last; s++) {
          sum += table[row + (int) (counts >>> (s << 2) & 15)];
          state += (int) ((sum - 1 - u) >>> 63);
        }
        self[i] = (byte) state;
        agreeing += (int) (counts >>> (state << 2) & 15);
      }
      return agreeing;
    }

    private static int same(int x, int y) {
      return ((x ^ y) - 1) >>> 31;
    }
  }
}
