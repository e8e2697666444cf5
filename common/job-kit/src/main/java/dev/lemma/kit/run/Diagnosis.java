// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.hdfs.protocol.QuotaExceededException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/**
 * Tells from an exception what went wrong and what to do about it. Spark's conditions are known by
 * name; of those that quote a value of a row, only what is no value is repeated.
 */
final class Diagnosis {
  private static final int LONGEST = 300;

  /** Classes of SQLState: connection, authorisation, catalog, names and syntax. */
  private static final List<String> HARMLESS = List.of("08", "28", "3D", "42");

  /** Said while nothing else holds the trace; whoever says it logs it. */
  static final String LOGGED = "the log has the whole story";

  private static final String FULL_DISK = "No space left on device";

  /** Of jobs that were at work, and of calls that came after. */
  private static final List<String> ENDED_SPARK =
      List.of("SparkContext was shut down", "a stopped SparkContext", "SparkContext has been shut");

  private static final String READ_ONLY = "Read-only file system";

  private Diagnosis() {}

  /** What to tell about an exception that ended a run. */
  static LemmaException of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable link : chain) {
      if (link instanceof LemmaException known) {
        return known;
      }
    }
    // What ran out shows itself in many ways, such as a file that cannot be read.
    for (Throwable link : chain) {
      Optional<LemmaException> exhausted = exhausted(link, thrown);
      if (exhausted.isPresent()) {
        return exhausted.get();
      }
    }
    for (Throwable link : chain) {
      Optional<LemmaException> known = known(link, thrown);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Throwable root = chain.get(chain.size() - 1);
    return tell(
        ExitCode.UNEXPECTED,
        "",
        root.getClass().getSimpleName() + ": " + firstLine(root),
        LOGGED,
        thrown);
  }

  /** The same of an exception whose trace lies in the run's folder. */
  static LemmaException kept(LemmaException told) {
    List<Problem> problems =
        told.problems().stream()
            .map(
                problem ->
                    problem.remedy().equals(LOGGED)
                        ? Problem.of(
                            problem.where(),
                            problem.what(),
                            "error.txt in the run's folder has the whole story")
                        : problem)
            .toList();
    return new LemmaException(told.code(), problems);
  }

  private static Optional<LemmaException> exhausted(Throwable link, Throwable thrown) {
    if (link instanceof OutOfMemoryError || mentions(link, "java.lang.OutOfMemoryError")) {
      return Optional.of(
          tell(
              ExitCode.UNEXPECTED,
              "",
              "memory ran out",
              "give the driver or the executors more (--driver-memory, --executor-memory; bin/lemma"
                  + " on this machine: LEMMA_HEAP), or use more and smaller partitions",
              thrown));
    }
    if (mentions(link, FULL_DISK)) {
      return Optional.of(
          tell(
              ExitCode.UNEXPECTED,
              "",
              "a disk is full",
              "make room at the output, in spark.local.dir and in the temporary folder; then run"
                  + " again",
              thrown));
    }
    if (link instanceof QuotaExceededException) {
      return Optional.of(
          tell(
              ExitCode.UNEXPECTED,
              "",
              "a quota of the file system is used up",
              "make room below the output, or have the quota raised; then run again",
              thrown));
    }
    return Optional.empty();
  }

  private static Optional<LemmaException> known(Throwable link, Throwable thrown) {
    if (ENDED_SPARK.stream().anyMatch(text -> mentions(link, text))) {
      return Optional.of(
          tell(
              ExitCode.UNEXPECTED,
              "",
              "Spark has ended before the run",
              "the log says why: the cluster manager cannot be reached (check --master), or has"
                  + " ended the application; then run again",
              thrown));
    }
    if (link instanceof SparkThrowable spark && spark.getCondition() != null) {
      return SparkConditions.tell(spark, thrown);
    }
    return files(link, thrown).or(() -> network(link, thrown));
  }

  private static Optional<LemmaException> files(Throwable link, Throwable thrown) {
    if (link instanceof FileNotFoundException || link instanceof NoSuchFileException) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              "a file is not there: " + firstLine(link),
              "check the path; if another job rewrote the input meanwhile, run again",
              thrown));
    }
    if (link instanceof AccessControlException || link instanceof AccessDeniedException) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              "access is denied: " + firstLine(link),
              "have the user of this run granted access, or choose another path",
              thrown));
    }
    if (link instanceof IOException && mentions(link, READ_ONLY)) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              "nothing can be written there: " + firstLine(link),
              "choose another output.path, or have the file system mounted for writing",
              thrown));
    }
    if (link instanceof UnsupportedFileSystemException
        || (link instanceof IOException && mentions(link, "No FileSystem for scheme"))) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              firstLine(link),
              "check the path's scheme, or hand the file system's jar to spark-submit with"
                  + " --packages",
              thrown));
    }
    return Optional.empty();
  }

  private static Optional<LemmaException> network(Throwable link, Throwable thrown) {
    if (link instanceof UnknownHostException || link instanceof ConnectException) {
      return Optional.of(
          tell(
              ExitCode.UNEXPECTED,
              "",
              "a host cannot be reached: " + firstLine(link),
              "check the address and the network; then run again",
              thrown));
    }
    if (link instanceof SQLException && mentions(link, "No suitable driver")) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              "no JDBC driver for the data base is on the class path",
              "hand its jar to spark-submit with --packages or --jars",
              thrown));
    }
    if (link instanceof SQLException sql) {
      return Optional.of(
          tell(
              ExitCode.INPUT,
              "",
              "the data base refuses: " + refusal(sql),
              "check url, table and rights; what the state means, its manual tells",
              thrown));
    }
    return Optional.empty();
  }

  /** What is said about connections, users and names quotes no row, but in a batch of rows. */
  private static String refusal(SQLException sql) {
    String state = sql.getSQLState() == null ? "" : sql.getSQLState();
    boolean harmless =
        HARMLESS.stream().anyMatch(state::startsWith) && !(sql instanceof BatchUpdateException);
    return harmless ? firstLine(sql) : Trace.of(sql);
  }

  static LemmaException tell(
      ExitCode code, String where, String what, String remedy, Throwable thrown) {
    return new LemmaException(code, Problem.of(where, what, remedy), thrown);
  }

  /** First line of a message, without what Spark prints in brackets before it, not too long. */
  static String firstLine(Throwable link) {
    String message = link.getMessage() == null ? "" : link.getMessage().strip();
    String line =
        Trace.quotesDataBase(message)
            ? "what a data base said is not repeated, as it may quote rows"
            : message.lines().findFirst().orElse("no message");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static boolean mentions(Throwable link, String text) {
    return link.getMessage() != null && link.getMessage().contains(text);
  }

  private static List<Throwable> chain(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable link = thrown; link != null && !chain.contains(link); link = link.getCause()) {
      chain.add(link);
    }
    return chain;
  }
}
