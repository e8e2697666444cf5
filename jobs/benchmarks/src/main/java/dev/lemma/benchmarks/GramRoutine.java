// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.ludovic.netlib.blas.BLAS;

/** Which routines both sides of a comparison compute with. */
final class GramRoutine {
  private GramRoutine() {}

  /** The BLAS that Spark, and so Lemma, finds on this machine. */
  static String ofMachine() {
    return "BLAS " + BLAS.getInstance().getClass().getSimpleName();
  }
}
