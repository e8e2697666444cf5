// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import java.io.Serializable;
import java.util.List;

/** What a task does with the spins that it has; the mathematics lies in math-core. */
interface SpinKernel extends Serializable {
  /** Pieces of each replica. */
  int strips();

  /** States of a spin. */
  int states();

  /** The spins before the first sweep. */
  SpinPart start(int replica, int strip);

  /** The rows that other parts need for so many sweeps. */
  List<HaloRows> halos(SpinPart part, int sweeps);

  /**
   * Sweeps a part.
   *
   * @param halos the rows that others sent it
   * @param firstSweep counted from 1
   */
  SpinPart sweep(SpinPart part, List<HaloRows> halos, long firstSweep, int sweeps);

  /** Where a strip's sites begin among those of its replica, if that were cut into so many. */
  long firstByte(int strip, int ofStrips);

  /** The number of a part, replica by replica. */
  default int key(int replica, int strip) {
    return replica * strips() + strip;
  }
}
