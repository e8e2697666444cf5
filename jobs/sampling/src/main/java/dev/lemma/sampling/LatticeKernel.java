// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.math.sampling.lattice.BetaSchedule;
import dev.lemma.math.sampling.lattice.LatticeSize;
import dev.lemma.math.sampling.lattice.LatticeStrip;
import dev.lemma.math.sampling.lattice.SpinModel;
import java.util.Arrays;
import java.util.List;

/** Strips of periodic lattices. */
final class LatticeKernel implements SpinKernel {
  private static final long serialVersionUID = 1L;

  private final LatticeSize size;
  private final SpinModel model;
  private final BetaSchedule schedule;
  private final long seed;
  private final boolean[] cold;
  private final int strips;

  LatticeKernel(LatticeConfig config, int strips) {
    this.size = config.size();
    this.model = config.spinModel();
    this.schedule = config.schedule();
    this.seed = config.run().seed();
    this.cold = new boolean[config.replicas()];
    for (int replica = 0; replica < cold.length; replica++) {
      cold[replica] = config.isCold(replica);
    }
    this.strips = strips;
  }

  @Override
  public int strips() {
    return strips;
  }

  @Override
  public int states() {
    return model.states();
  }

  LatticeSize size() {
    return size;
  }

  /** Row of the lattice at which a strip begins, and the one before it ends. */
  int firstRow(int strip) {
    return (int) ((long) size.rows() * strip / strips);
  }

  @Override
  public long firstByte(int strip, int ofStrips) {
    return (long) size.rows() * strip / ofStrips * rowBytes();
  }

  private int rows(int strip) {
    return firstRow(strip + 1) - firstRow(strip);
  }

  private int rowBytes() {
    return LatticeStrip.rowBytes(size);
  }

  private LatticeStrip strip(int strip, int halo) {
    return LatticeStrip.of(size, model, firstRow(strip), rows(strip), halo, seed);
  }

  @Override
  public SpinPart start(int replica, int strip) {
    byte[] states = new byte[rows(strip) * rowBytes()];
    if (cold[replica]) {
      Arrays.fill(states, (byte) (model.states() - 1));
    } else {
      LatticeStrip spins = strip(strip, 0);
      spins.randomise(replica);
      copy(spins, states);
    }
    return new SpinPart(replica, strip, states, new long[0]);
  }

  private void copy(LatticeStrip spins, byte[] states) {
    for (int row = 0; row < states.length / rowBytes(); row++) {
      spins.copyRow(row, states, row * rowBytes());
    }
  }

  @Override
  public List<HaloRows> halos(SpinPart part, int sweeps) {
    if (strips == 1) {
      return List.of();
    }
    int bytes = 2 * sweeps * rowBytes();
    byte[] states = part.states();
    byte[] top = Arrays.copyOf(states, bytes);
    byte[] bottom = Arrays.copyOfRange(states, states.length - bytes, states.length);
    int above = key(part.replica(), Math.floorMod(part.strip() - 1, strips));
    int below = key(part.replica(), (part.strip() + 1) % strips);
    return List.of(
        new HaloRows(above, HaloRows.Side.BELOW, top),
        new HaloRows(below, HaloRows.Side.ABOVE, bottom));
  }

  @Override
  public SpinPart sweep(SpinPart part, List<HaloRows> halos, long firstSweep, int sweeps) {
    int halo = strips == 1 ? 0 : 2 * sweeps;
    LatticeStrip spins = strip(part.strip(), halo);
    int rows = rows(part.strip());
    for (int row = 0; row < rows; row++) {
      spins.setRow(row, part.states(), row * rowBytes());
    }
    for (HaloRows rowsOfOther : halos) {
      int first = rowsOfOther.side() == HaloRows.Side.ABOVE ? -halo : rows;
      for (int row = 0; row < halo; row++) {
        spins.setRow(first + row, rowsOfOther.states(), row * rowBytes());
      }
    }
    spins.renew();
    long[] totals = new long[sweeps * (1 + model.states())];
    spins.sweep(schedule, part.replica(), firstSweep, sweeps, totals);
    byte[] states = new byte[rows * rowBytes()];
    copy(spins, states);
    return new SpinPart(part.replica(), part.strip(), states, totals);
  }
}
