// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

/**
 * What Spark did in a phase, and the driver. For information: a retried task counts again.
 *
 * @param name the phase
 * @param seconds wall-clock time
 * @param stages stages submitted
 * @param tasks tasks of these stages
 * @param tasksDone tasks that ended well
 * @param tasksFailed tasks that did not
 * @param rowsRead records read from sources
 * @param rowsWritten records written to sinks
 * @param shuffleBytes bytes written to shuffles
 */
record PhaseCounts(
    String name,
    double seconds,
    int stages,
    int tasks,
    int tasksDone,
    int tasksFailed,
    long rowsRead,
    long rowsWritten,
    long shuffleBytes) {
  /** The same with further rows written. */
  PhaseCounts plusWritten(long rows) {
    return new PhaseCounts(
        name,
        seconds,
        stages,
        tasks,
        tasksDone,
        tasksFailed,
        rowsRead,
        rowsWritten + rows,
        shuffleBytes);
  }
}
