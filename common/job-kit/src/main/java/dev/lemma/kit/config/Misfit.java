// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/** Why a value does not fit its shape. */
final class Misfit extends Exception {
  private static final long serialVersionUID = 1L;

  private final String expected;
  private final String remedy;

  Misfit(String what, String expected, String remedy) {
    super(what, null, false, false);
    this.expected = expected;
    this.remedy = remedy;
  }

  String expected() {
    return expected;
  }

  String remedy() {
    return remedy;
  }
}
