// SPDX-License-Identifier: Apache-2.0
package dev.lemma.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lemma.kit.data.Features;
import dev.lemma.kit.data.RowReader;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.testing.JobCall;
import dev.lemma.math.linalg.Precision;
import dev.lemma.math.projection.Family;
import dev.lemma.math.projection.ProjectionSpec;
import dev.lemma.math.text.RowNorm;
import dev.lemma.math.text.TextSpec;
import dev.lemma.math.text.TextUnit;
import dev.lemma.math.text.Weighting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A feature space without end: each word is new. Two million by default; {@code
 * -Dlemma.test.features=20000000} takes another number.
 */
class OpenVocabularyTest {
  private static final long FEATURES = Long.getLong("lemma.test.features", 2_000_000);
  private static final int WORDS_A_ROW = 100;
  private static final long ROWS = FEATURES / WORDS_A_ROW;

  /** A tenth of them for the job, which has more to do with each. */
  private static final long JOB_ROWS = ROWS / 10;

  /**
   * A dictionary of two million words takes 16 MB for their ids alone; the kernel's cache of hot
   * columns is at most 5 MB. The rest is what else lives in this process.
   */
  private static final long ALLOWANCE = 10L << 20;

  @TempDir Path folder;

  @Test
  void memoryDoesNotGrowWithTheVocabulary() {
    TextSpec words = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE);
    for (Family family : new Family[] {Family.SPARSE_SIGN, Family.VERY_SPARSE}) {
      boolean sparse = family == Family.SPARSE_SIGN;
      Specification specification =
          new Specification(
              new ProjectionSpec(
                  family, 0, 64, OptionalLong.empty(), sparse ? 4 : 0, sparse ? 0 : 0.05),
              Precision.FLOAT,
              Optional.of(words),
              Optional.empty());
      ProjectionKernel kernel =
          new ProjectionKernel(
              specification,
              RowReader.of(new Features.TextColumn("x", words), Precision.FLOAT),
              RowProjection.OutputType.ARRAY,
              RowProjection.Way.FORTH,
              RowProjection.OnBadRow.THROW);
      kernel.project(text(-1));
      long before = usedAfterCollection();
      for (long row = 0; row < ROWS; row++) {
        assertThat(kernel.project(text(row))).isNotNull();
      }
      assertThat(usedAfterCollection() - before).as(family.key()).isLessThan(ALLOWANCE);
      // The kernel, with all that it remembers, was there when memory was measured.
      assertThat(kernel.project(text(-1))).isNotNull();
    }
  }

  /** A kernel that has been at work, and holds columns, still travels as its specification. */
  @Test
  void noMatrixTravels() throws IOException {
    TextSpec words = new TextSpec(TextUnit.WORDS, 1, 1, Weighting.COUNT, RowNorm.NONE);
    Specification specification =
        new Specification(
            new ProjectionSpec(Family.SIGN, 0, 512, OptionalLong.empty(), 0, 0),
            Precision.FLOAT,
            Optional.of(words),
            Optional.empty());
    ProjectionKernel kernel =
        new ProjectionKernel(
            specification,
            RowReader.of(new Features.TextColumn("x", words), Precision.FLOAT),
            RowProjection.OutputType.ARRAY,
            RowProjection.Way.FORTH,
            RowProjection.OnBadRow.THROW);
    for (long row = 0; row < 10; row++) {
      kernel.project(text(row));
    }
    ByteArrayOutputStream shipped = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(shipped)) {
      out.writeObject(kernel);
    }
    assertThat(shipped.size()).isLessThan(4096);
  }

  private static UTF8String text(long row) {
    StringBuilder text = new StringBuilder(12 * WORDS_A_ROW);
    for (int word = 0; word < WORDS_A_ROW; word++) {
      text.append('w').append(row * WORDS_A_ROW + word).append(' ');
    }
    return UTF8String.fromString(text.toString());
  }

  private static long usedAfterCollection() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void theJobProjectsWordsThatNeverCameBefore() {
    Path in = folder.resolve("in");
    Samples.SPARK
        .range(JOB_ROWS)
        .selectExpr(
            "id",
            "array_join(transform(sequence(1, "
                + WORDS_A_ROW
                + "), j -> concat('w', id * "
                + WORDS_A_ROW
                + " + j)), ' ') as x")
        .repartition(2)
        .write()
        .parquet(in.toString());
    JobCall call =
        Calls.project(
            "input.path=" + in,
            "columns.id=id",
            "columns.features=[x]",
            "output.path=" + folder.resolve("out"),
            "report=false",
            "pairs=500",
            "k=64");
    assertThat(call.code()).isEqualTo(ExitCode.DONE);
    var metrics = JobCall.manifest(folder.resolve("out")).path("metrics");
    // No word in common: |a - b|^2 = 200 for every pair, and each has 200 features that differ.
    assertThat(metrics.path("distortion").path("pairs").asInt()).isEqualTo(500);
    assertThat(metrics.path("distortion").path("standardised-deviation").asDouble())
        .isBetween(0.9, 1.1);
    assertThat(Samples.SPARK.read().parquet(folder.resolve("out").toString()).count())
        .isEqualTo(JOB_ROWS);
  }
}
