// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.config;

/**
 * Where a value came from.
 *
 * @param layer rank of the source: -1 for fallbacks, then files in order, then the command line
 * @param place name of the source
 * @param line line of a file, position of a word of the command line, or 0
 * @param environment names of the environment variables that made the value, or empty
 */
record Origin(int layer, String place, int line, String environment) implements Comparable<Origin> {
  static final Origin DEFAULT = new Origin(-1, "default", 0, "");

  /** Sorts keys that are set nowhere behind all others. */
  static final Origin NOWHERE = new Origin(Integer.MAX_VALUE, "", 0, "");

  @Override
  public int compareTo(Origin other) {
    return layer != other.layer
        ? Integer.compare(layer, other.layer)
        : Integer.compare(line, other.line);
  }

  /** Such as {@code job.conf:3}, {@code command line}, {@code job.conf:3 from environment K}. */
  @Override
  public String toString() {
    return (line > 0 && !place.equals(Assignment.PLACE) ? place + ":" + line : place)
        + (environment.isEmpty() ? "" : " from environment " + environment);
  }
}
