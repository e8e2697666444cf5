// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Redaction;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.spark.SparkThrowable;

/**
 * Says in the user's terms why an input cannot be read. Messages of parsers are never passed on,
 * since they quote the rows; those of file systems and data bases are.
 */
final class SourceFault {
  private static final String UNREADABLE = "the input cannot be read";

  private SourceFault() {}

  /** Why the input could not be opened. */
  static LemmaException opening(InputConfig input, Exception failure) {
    Problem problem =
        known(input, failure)
            .orElseGet(
                () ->
                    Problem.of(
                        Source.name(input),
                        "the input cannot be opened as " + input.format() + kind(failure),
                        "check input.format and input.options"));
    return new LemmaException(ExitCode.INPUT, problem, failure);
  }

  /** A source without any column, such as an empty CSV file. */
  static LemmaException noColumns(InputConfig input) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            Source.name(input),
            "the input has no columns",
            "check that its files are not empty and that input.format is right"));
  }

  private static Optional<Problem> known(InputConfig input, Throwable failure) {
    for (Throwable t = failure; t != null; t = cause(t)) {
      Optional<Problem> problem =
          t instanceof SparkThrowable s ? bySpark(input, s, t) : byPlace(input, t);
      if (problem.isPresent()) {
        return problem;
      }
      if (t instanceof IOException && cause(t) == null) {
        return Optional.of(
            Problem.of(
                Source.name(input),
                UNREADABLE + " (" + text(t) + ")",
                "check input.path and the store"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Problem> bySpark(InputConfig input, SparkThrowable s, Throwable t) {
    String where = Source.name(input);
    String condition = condition(s);
    if (condition.startsWith("FAILED_READ_FILE")) {
      return Optional.of(brokenFile(where, input, s, t));
    }
    return Optional.ofNullable(
        switch (condition) {
          case "PATH_NOT_FOUND" ->
              Problem.of(where, "no such path", "check input.path, or run the job that writes it");
          case "UNABLE_TO_INFER_SCHEMA" ->
              Problem.of(
                  where,
                  "no " + input.format() + " files lie there",
                  "check input.path and input.format; names that start with _ or . do not count");
          case "DATA_SOURCE_NOT_FOUND" -> unknownFormat(input);
          case "TABLE_OR_VIEW_NOT_FOUND",
              "SCHEMA_NOT_FOUND",
              "CATALOG_NOT_FOUND",
              "REQUIRES_SINGLE_PART_NAMESPACE" ->
              Problem.of(
                  where,
                  "no such table",
                  "check input.table and the catalog's settings under spark.conf");
          case "PARSE_SYNTAX_ERROR" ->
              input.table().isPresent()
                  ? Problem.of(
                      where,
                      "this is no name of a table",
                      "write input.table as table, schema.table or catalog.schema.table")
                  : null;
          default -> isMissingModule(t) ? unknownFormat(input) : null;
        });
  }

  /** Spark names its own modules that are not deployed (avro, kafka) under no stable condition. */
  private static boolean isMissingModule(Throwable t) {
    return t.getMessage() != null && t.getMessage().startsWith("Failed to find data source");
  }

  private static Problem unknownFormat(InputConfig input) {
    return new Problem(
        "input.format",
        "no such data source on the class path",
        input.format(),
        "",
        "correct the name, or add its connector by spark-submit --packages or --jars");
  }

  private static Problem brokenFile(
      String where, InputConfig input, SparkThrowable s, Throwable failure) {
    String file = s.getMessageParameters().getOrDefault("path", where);
    for (Throwable t = cause(failure); t != null; t = cause(t)) {
      Optional<Problem> place = byPlace(input, t);
      if (place.isPresent()) {
        return place.get();
      }
    }
    return Problem.of(
        Redaction.maskText(file),
        "this file cannot be read as " + input.format(),
        "remove it or write it again, or correct input.format");
  }

  private static Optional<Problem> byPlace(InputConfig input, Throwable t) {
    String where = Source.name(input);
    if (t instanceof AccessControlException || t instanceof AccessDeniedException || isRefused(t)) {
      return Optional.of(
          Problem.of(
              where,
              "reading is not allowed (" + text(t) + ")",
              "give the user of this run the right to read it"));
    }
    if (t instanceof FileNotFoundException) {
      return Optional.of(
          Problem.of(
              where,
              "a file vanished while it was read",
              "run again when nothing writes to the input"));
    }
    if (t instanceof UnsupportedFileSystemException || isMissingFileSystem(t)) {
      return Optional.of(
          Problem.of(
              where,
              "no file system for this address",
              "correct input.path, or add the store's connector by spark-submit --packages"));
    }
    if (t instanceof ConnectException || t instanceof UnknownHostException) {
      return Optional.of(
          Problem.of(
              where,
              UNREADABLE + " (" + t.getClass().getSimpleName() + ": " + text(t) + ")",
              "check the address and that it can be reached from here"));
    }
    if (t instanceof SQLException) {
      return Optional.of(
          Problem.of(
              where,
              "the data base refuses (" + text(t) + ")",
              "check input.options, and that its driver is among spark-submit --jars"));
    }
    return Optional.empty();
  }

  private static boolean isRefused(Throwable t) {
    return t instanceof FileNotFoundException
        && t.getMessage() != null
        && t.getMessage().endsWith("(Permission denied)");
  }

  private static boolean isMissingFileSystem(Throwable t) {
    return t instanceof ClassNotFoundException
        && t.getMessage() != null
        && t.getMessage().contains("FileSystem not found");
  }

  private static String condition(SparkThrowable s) {
    return s.getCondition() == null ? "" : s.getCondition();
  }

  private static String kind(Throwable failure) {
    Throwable root = failure;
    while (cause(root) != null) {
      root = cause(root);
    }
    String condition = root instanceof SparkThrowable s ? condition(s) : "";
    return " (" + (condition.isEmpty() ? root.getClass().getSimpleName() : condition) + ")";
  }

  private static String text(Throwable t) {
    return Redaction.maskText(String.valueOf(t.getMessage())).lines().findFirst().orElse("");
  }

  private static Throwable cause(Throwable t) {
    return t.getCause() == t ? null : t.getCause();
  }
}
