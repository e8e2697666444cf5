// SPDX-License-Identifier: Apache-2.0
package dev.lemma.logistic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;

/** What a fit left at its output, read as files: Spark would take longer than the fit. */
final class Stored {
  private Stored() {}

  static ModelSpecification specification(Path output) {
    Path file = output.resolve("_lemma/model/" + ModelFiles.SPECIFICATION);
    return SpecificationJson.read(text(file), file.toString());
  }

  static FitSummary summary(Path output) {
    Path file = output.resolve("_lemma/model/" + ModelFiles.SUMMARY);
    return SummaryJson.read(text(file), file.toString());
  }

  /** The main table in the order of its only file: by class, the intercept first. */
  static List<Row> coefficients(Path output) {
    return Samples.SPARK
        .read()
        .schema(CoefficientRows.SCHEMA)
        .parquet(output.toString())
        .collectAsList();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
