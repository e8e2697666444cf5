// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.io.Publication;
import dev.lemma.kit.report.Page;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;

/**
 * One run of a job, as the job sees it: the session, the phases, the place for results, and what
 * goes into the manifest. For use by the thread that runs the job.
 */
public interface Run {
  /** Identity of the run: UTC time and random letters, safe as a file name. */
  String id();

  /** Whether results are wanted. */
  RunMode mode();

  /** The session; created at the first call, so that a job without data starts no Spark. */
  SparkSession spark();

  /**
   * Does a named part of the work, shown by progress, by Spark's own pages and in the manifest with
   * its time and counts. Phases follow one another; a phase inside a phase is refused.
   *
   * @param name a few words, such as {@code project rows}
   * @return what the work returns
   */
  <T> T phase(String name, Callable<T> work);

  /** As {@link #phase(String, Callable)} for work without a result. */
  void phase(String name, Step work);

  /**
   * Where results go.
   *
   * @throws IllegalStateException in a dry run, and for a job that has no output
   */
  Publication publication();

  /**
   * Records a measured value for the manifest.
   *
   * @param name a key in kebab-case
   * @param value a number, boolean, text, or a list or map of such; a non-finite number is written
   *     as text
   */
  void metric(String name, Object value);

  /**
   * Prints an answer on stdout, for people and for scripts: what the job was asked for when that is
   * no table of rows.
   */
  void answer(String text);

  /**
   * The hash of the configuration's keys that decide results: two runs with the same hash, seed
   * included, compute the same from the same rows.
   */
  String configuration();

  /** Tells the user something that does not stop the run: on stderr, in the manifest and report. */
  void warn(String message);

  /**
   * Records an input folder, file or pattern with its size, and refuses it when the output lies at
   * it, around it or inside it (code 2).
   *
   * @param name the key it came from, such as {@code input}
   * @param path a path that Spark can load
   */
  void input(String name, String path);

  /** Records an input that is no file: a table, a sample, a data base. */
  void inputNamed(String name, String description);

  /** Number of tasks that failed in the phases so far, so that their work was done again. */
  long failedTasks();

  /** Adds to the counts of rows read, written and rejected. */
  void rows(long read, long written, long rejected);

  /** States how far the result is reproducible; {@link Bits#LAYOUT} when the job says nothing. */
  void bits(Bits bits);

  /** The page that becomes {@code report.html}; shown only when the report is wanted. */
  Page report();

  /**
   * Sets what is to be kept when a signal ends the run: called once, on another thread, while the
   * run's own may still be at work, and given a few seconds. A later call takes the place of the
   * earlier one.
   */
  void atSignal(Step keep);

  /**
   * Fails a quality gate: ends the run with code 5 and publishes nothing.
   *
   * @throws LemmaException always
   */
  void gate(Problem problem);
}
