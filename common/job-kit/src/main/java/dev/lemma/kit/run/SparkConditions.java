// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** What Spark's named error conditions mean to the user of a job. */
final class SparkConditions {
  private SparkConditions() {}

  static Optional<LemmaException> tell(SparkThrowable spark, Throwable thrown) {
    String condition = spark.getCondition();
    Map<String, String> given = spark.getMessageParameters();
    String name = condition.split("\\.", 2)[0];
    return switch (name) {
      // These only wrap what really happened.
      case "FAILED_EXECUTE_UDF", "TASK_WRITE_FAILED", "WRITE_ABORTED" -> Optional.empty();
      case "INVALID_DRIVER_MEMORY" ->
          Optional.of(
              Diagnosis.tell(
                  ExitCode.UNEXPECTED,
                  "",
                  "Spark does not start with so little memory: "
                      + given.getOrDefault("systemMemory", "?")
                      + " bytes, at least "
                      + given.getOrDefault("minSystemMemory", "?"),
                  "give the driver more (--driver-memory; bin/lemma on this machine: LEMMA_HEAP)",
                  thrown));
      case "PATH_NOT_FOUND" ->
          input(given.getOrDefault("path", ""), "the path does not exist", "check it", thrown);
      case "UNABLE_TO_INFER_SCHEMA" ->
          input("", "the input holds no file of this format", "check path and format", thrown);
      case "TABLE_OR_VIEW_NOT_FOUND" ->
          input(
              given.getOrDefault("relationName", ""),
              "the catalog has no such table",
              "check its name and the session's catalog",
              thrown);
      case "UNRESOLVED_COLUMN", "FIELD_NOT_FOUND" -> column(given, thrown);
      case "AMBIGUOUS_REFERENCE", "COLUMN_ALREADY_EXISTS" ->
          input(
              given.getOrDefault("name", given.getOrDefault("columnName", "")),
              "the column is there twice",
              "rename one of them",
              thrown);
      case "DATA_SOURCE_NOT_FOUND" ->
          input(
              given.getOrDefault("provider", ""),
              "no such data source is on the class path",
              "check the spelling, or hand its jar to spark-submit with --packages",
              thrown);
      case "FAILED_READ_FILE", "CANNOT_READ_FILE_FOOTER" ->
          input(
              given.getOrDefault("path", given.getOrDefault("file", "")),
              "the file cannot be read as this format",
              "check the format, and whether the file is whole",
              thrown);
      case "PATH_ALREADY_EXISTS", "TABLE_OR_VIEW_ALREADY_EXISTS", "TABLE_ALREADY_EXISTS" ->
          Optional.of(
              Diagnosis.tell(
                  ExitCode.OUTPUT,
                  given.getOrDefault("outputPath", given.getOrDefault("relationName", "")),
                  "the output exists",
                  "choose another output, or set output.mode to overwrite or append",
                  thrown));
      default -> other(spark, condition, given, thrown);
    };
  }

  private static Optional<LemmaException> column(Map<String, String> given, Throwable thrown) {
    String name = given.getOrDefault("objectName", given.getOrDefault("fieldName", ""));
    String near = given.getOrDefault("proposal", given.getOrDefault("fields", ""));
    return input(
        name,
        "the input has no such column",
        near.isEmpty() ? "check the spelling" : "it has " + near,
        thrown);
  }

  private static Optional<LemmaException> other(
      SparkThrowable spark, String condition, Map<String, String> given, Throwable thrown) {
    String state = spark.getSqlState() == null ? "" : spark.getSqlState();
    if (state.startsWith("22")) {
      // Data exceptions: their messages quote the value.
      String types =
          given.containsKey("sourceType") && given.containsKey("targetType")
              ? " (" + given.get("sourceType") + " to " + given.get("targetType") + ")"
              : "";
      return input(
          "",
          "a value of the input does not fit its use" + types + ", says Spark: " + condition,
          "clean the column, or read it as another type",
          thrown);
    }
    if (state.startsWith("42") || state.startsWith("0A")) {
      return input("", Diagnosis.firstLine((Throwable) spark), "check columns and types", thrown);
    }
    return spark.isInternalError() || ((Throwable) spark).getCause() != null
        ? Optional.empty()
        : Optional.of(
            Diagnosis.tell(
                ExitCode.UNEXPECTED,
                "",
                Diagnosis.firstLine((Throwable) spark),
                Diagnosis.LOGGED,
                thrown));
  }

  private static Optional<LemmaException> input(
      String where, String what, String remedy, Throwable thrown) {
    return Optional.of(Diagnosis.tell(ExitCode.INPUT, where, what, remedy, thrown));
  }
}
