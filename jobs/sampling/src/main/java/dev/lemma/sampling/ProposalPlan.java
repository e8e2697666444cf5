// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

/** How many proposals share a pass; it never changes a draw. */
final class ProposalPlan {
  /** What a link and a column cost one core, about. */
  private static final double LINK_NANOS = 3;

  private static final double COLUMN_NANOS = 0.1;
  private static final double PASS_NANOS = 30e9;

  /** One pass is to be worth its job, and not to hold up a checkpoint. */
  private static final int LEAST = 64;

  private static final int MOST = 4096;

  /** What the driver may receive of a pass. */
  private static final double RESULT_BYTES = 1 << 28;

  private ProposalPlan() {}

  static int batch(PosteriorConfig config, PosteriorInput input) {
    if (config.proposals().isPresent()) {
      return config.proposals().getAsInt();
    }
    return batch(input.count(), input.rows().d(), input.leaves().count(), input.classes());
  }

  /** The choice for so many rows, columns and leaves. */
  static int batch(long rows, int columns, int leaves, int classes) {
    double each = rows * (LINK_NANOS + COLUMN_NANOS * columns) * (classes - 1);
    double room = RESULT_BYTES / 8 / Math.max(1, leaves);
    double most = Math.min(MOST, Math.min(room, PASS_NANOS / each));
    return (int) Math.max(LEAST, most);
  }
}
