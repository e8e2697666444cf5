// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lemma.math.sampling.glm.LocalGlm;
import dev.lemma.math.sampling.glm.MapFit;
import dev.lemma.math.sampling.glm.ModeSearch;
import dev.lemma.sampling.PosteriorJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * The job's passes over cached rows against the same log likelihoods in plain loops over arrays,
 * and against its own kernel without Spark; all with a thread for each core, in turn. And what the
 * whole job gives a second.
 */
final class PosteriorPass {
  private static final int PROPOSALS = 64;
  private static final double PROMISED = 0.5;
  private static final double SAME = 1e-11;

  private final Path folder;
  private final LogisticRows rows;
  private final Results results;
  private double whole;
  private double passes;
  private double effective;

  PosteriorPass(Path folder, LogisticRows rows, Results results) {
    this.folder = folder;
    this.rows = rows;
    this.results = results;
  }

  /**
   * Measures.
   *
   * @param draws of each of 64 chains; each is a pass
   */
  void compare(SparkSession spark, int draws, int repeats) {
    int cores = Runtime.getRuntime().availableProcessors();
    rows.writeParquet(spark, folder.resolve("rows"), 4);
    PlainPass plain = new PlainPass(rows, cores);
    List<LocalGlm> shares = IntStream.range(0, cores).mapToObj(t -> rows.data(t, cores)).toList();
    if (!(ModeSearch.of(rows.posterior()) instanceof MapFit.Converged mode)) {
      throw new IllegalStateException("the rows have no mode");
    }
    double[] points = OwnSampler.proposals(mode, PROPOSALS);
    Checks.same(
        rows.data(0, 1).logLikelihoods(points, PROPOSALS), plain.logLikelihoods(points), SAME);

    results.title(
        String.format("a pass of %d proposals over %s, %d cores", PROPOSALS, rows.name(), cores));
    System.out.println(Figure.header());
    double[] inPass = new double[repeats + 1];
    int[] round = {0};
    Rounds.Time[] times =
        Rounds.of(
            repeats,
            () -> inPass[round[0]++] = run(draws),
            () -> plain.logLikelihoods(points),
            () -> Workers.run(cores, t -> shares.get(t).logLikelihoods(points, PROPOSALS)));
    double terms = (double) rows.rows() * PROPOSALS;
    double own = Rounds.median(Arrays.copyOfRange(inPass, 1, inPass.length));
    String what = "pass of the job, a row and proposal";
    double job = own / terms * 1e9;
    results.add(
        Figure.duration(
            what, job, "ns", "plain loops over arrays", nanos(times[1], terms), PROMISED));
    results.add(
        Figure.duration(
            what, job, "ns", "its kernel, without Spark", nanos(times[2], terms), PROMISED));
    results.remark(
        "whole job, warm, %.0f passes: %.1f s, worst bulk effective size %.0f: %.0f a second",
        passes, whole, effective, effective / whole);
  }

  private static double nanos(Rounds.Time pass, double terms) {
    return pass.seconds() / terms * 1e9;
  }

  /** Runs the job; returns seconds of a pass. */
  private double run(int draws) {
    long start = System.nanoTime();
    QuietJob.run(
        new PosteriorJob(),
        List.of(
            "input.path=" + folder.resolve("rows"),
            "output.path=" + folder.resolve("draws"),
            "output.mode=overwrite",
            "columns.id=id",
            "columns.features=[features]",
            "columns.label=label",
            "likelihood=logistic",
            "prior.coefficients=\"normal(0, 10)\"",
            "method=independence",
            "proposals=" + PROPOSALS,
            "chains=" + PROPOSALS,
            "warmup=0",
            "draws=" + draws,
            "gate=false"));
    whole = (System.nanoTime() - start) / 1e9;
    JsonNode manifest = manifest();
    passes = draws + 1;
    effective = manifest.path("metrics").path("ess-bulk").asDouble();
    for (JsonNode phase : manifest.path("phases")) {
      if (phase.path("name").asText().equals("evaluate proposals")) {
        return phase.path("seconds").asDouble() / passes;
      }
    }
    throw new IllegalStateException("the manifest names no phase of evaluations");
  }

  private JsonNode manifest() {
    try {
      return new ObjectMapper().readTree(folder.resolve("draws/_lemma/manifest.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
