// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;

import dev.lemma.kit.data.PlanCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/** {@code project} in a small heap: on texts without a common word, against a small vocabulary. */
final class HeapComparison {
  private static final int K = 64;
  private static final int SMALL_VOCABULARY = 20_000;
  private static final String HEAP = "-Xmx1g";
  private static final double PROMISED = 1.15;
  private static final double COUNT_TOLERANCE = 0.1;
  private static final long ROW_GROUP_BYTES = 8 << 20;
  private static final double MEGABYTE = 1 << 20;

  private HeapComparison() {}

  static void compare(SparkSession spark, Settings settings, Results results)
      throws IOException, InterruptedException {
    results.title("heap of project as the vocabulary grows, " + HEAP);
    long rows = settings.words() / Strangers.WORDS;
    double large = write(spark, rows, settings.words(), settings.path("strangers"));
    double small = write(spark, rows, SMALL_VOCABULARY, settings.path("acquaintances"));
    results.remark(
        "both inputs: %d texts of %d words; distinct words about %.3g against %.3g",
        rows, Strangers.WORDS, large, small);
    double[] sides = {probe(settings, "strangers"), probe(settings, "acquaintances")};
    for (String name : List.of("strangers", "acquaintances")) {
      Written.at(spark, settings.path(name + "-projected"), "projected").requireShape(rows, K);
    }
    String what = String.format("project, %d distinct words, k=%d", settings.words(), K);
    String against = SMALL_VOCABULARY + " distinct words";
    results.add(
        Figure.cost(
            what + ", alive", sides[0], "MB", against, sides[1], Promise.AT_MOST, PROMISED));
    results.remark(
        "alive: what a collection of all garbage, every second, left at most; driver and executor"
            + " are one process");
  }

  /**
   * Writes texts and tells how many different words they have, about. A reader holds the bytes of a
   * row group, so both inputs have the same and few: nothing compressed, no dictionary.
   */
  private static double write(SparkSession spark, long rows, long vocabulary, String path) {
    spark
        .range(rows)
        .select(
            col("id"),
            PlanCall.of(new Strangers(vocabulary), "text", DataTypes.StringType)
                .on(col("id"))
                .as("text"))
        .write()
        .mode(SaveMode.Overwrite)
        .option("compression", "none")
        .option("parquet.enable.dictionary", "false")
        .option("parquet.block.size", ROW_GROUP_BYTES)
        .parquet(path);
    double words =
        spark
            .read()
            .parquet(path)
            .select(explode(split(col("text"), " ")).as("word"))
            .filter(col("word").notEqual(""))
            .agg(approx_count_distinct("word"))
            .first()
            .getLong(0);
    if (Math.abs(words / vocabulary - 1) > COUNT_TOLERANCE) {
      throw new IllegalStateException("expected " + vocabulary + " words, found about " + words);
    }
    return words;
  }

  private static double probe(Settings settings, String name)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-Xm") && !argument.startsWith("-XX:Start"))
        .forEach(command::add);
    command.addAll(
        List.of(
            HEAP,
            "-cp",
            System.getProperty("java.class.path"),
            HeapProbe.class.getName(),
            settings.path(name),
            settings.path(name + "-projected"),
            Integer.toString(K)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Map<String, String> environment = builder.environment();
    environment.putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    Optional<String> line;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      line = lines.lines().filter(text -> text.startsWith(HeapProbe.MARK)).findFirst();
    }
    int code = process.waitFor();
    if (code != 0 || line.isEmpty()) {
      throw new IllegalStateException("the process in a small heap ended with code " + code);
    }
    return Long.parseLong(line.get().substring(HeapProbe.MARK.length())) / MEGABYTE;
  }
}
