// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** What stands for a state in a table. */
enum SpinValues {
  /** -1 and 1. */
  SIGNS {
    @Override
    byte of(byte state) {
      return (byte) (2 * state - 1);
    }
  },
  /** The state's number from 0. */
  NUMBERS {
    @Override
    byte of(byte state) {
      return state;
    }
  };

  abstract byte of(byte state);
}
