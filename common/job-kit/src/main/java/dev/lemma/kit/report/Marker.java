// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.report;

import java.util.Objects;

/**
 * A labelled line across a chart at one value of an axis. One that the axis cannot show, or that
 * lies outside its range, is not drawn.
 *
 * @param at the value
 * @param label what stands beside the line
 */
public record Marker(double at, String label) {
  /** Refuses a null label. */
  public Marker {
    Objects.requireNonNull(label, "label");
  }
}
