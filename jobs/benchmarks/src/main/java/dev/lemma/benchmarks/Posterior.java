// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.sampling.glm.GlmPosterior;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code posterior}: its pass over the rows against plain loops over arrays, and effective
 * draws a second in one thread against JAGS with its module glm on the same rows, warm-up included,
 * start-up apart.
 */
public final class Posterior {
  private static final double PROMISED = 20;

  /** JAGS and we agree on every mean within so many posterior deviations. */
  private static final double APART = 0.3;

  private Posterior() {}

  /**
   * Prints figures as they come; writes {@code posterior.json}. Without the command {@code jags}
   * our own figures stand alone.
   *
   * @param args the folder of rows and results
   * @throws Exception if the job fails, or two sides disagree
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath().resolve("posterior"));
    String only = System.getProperty("bench.only", "all");
    Set<String> wanted = only.equals("all") ? Set.of("pass", "jags") : Set.of(only.split(","));
    Results results = new Results(System.out);
    try {
      if (wanted.contains("jags")) {
        jags(folder, results);
      }
      if (wanted.contains("pass")) {
        pass(folder, results);
      }
    } finally {
      Files.writeString(folder.resolve("posterior.json"), results.json());
    }
  }

  private static void pass(Path folder, Results results) {
    LogisticRows rows = LogisticRows.made(Integer.getInteger("bench.pass-rows", 1_000_000), 20);
    SparkSession spark = LocalSession.start();
    try {
      new PosteriorPass(folder, rows, results)
          .compare(spark, 60, Integer.getInteger("bench.repeats", 3));
    } finally {
      spark.stop();
    }
  }

  private static void jags(Path folder, Results results) throws Exception {
    Optional<LogisticRows> pima = LogisticRows.pima();
    if (pima.isPresent()) {
      beside(folder.resolve("pima"), pima.get(), 1_000, 10_000, results);
    } else {
      results.remark("no folder shared/data: Pima is left out");
    }
    int rows = Integer.getInteger("bench.jags-rows", 100_000);
    beside(folder.resolve("made-" + rows), LogisticRows.made(rows, 20), 100, 500, results);
  }

  /** Both of the samplers that JAGS has for a logistic model. */
  private static void beside(Path folder, LogisticRows rows, int warmup, int draws, Results results)
      throws IOException, InterruptedException {
    results.title("one thread, " + rows.name());
    System.out.println(Figure.header());
    GlmPosterior posterior = rows.posterior();
    OwnSampler.Outcome first = OwnSampler.run(posterior, 1_000);
    double[] rates = new double[Integer.getInteger("bench.repeats", 3)];
    OwnSampler.Outcome own = first;
    for (int round = 0; round < rates.length; round++) {
      own = OwnSampler.run(posterior, 1_000);
      rates[round] = own.effective() / own.coreSeconds();
    }
    double rate = Rounds.median(rates);
    results.remark(
        "independence, %d draws, worst bulk effective size %.0f: first run of the process %.3f s,"
            + " then %.3f s",
        own.chains().chains() * own.chains().draws(),
        own.effective(),
        first.coreSeconds(),
        own.coreSeconds());
    for (List<String> without : List.of(List.<String>of(), List.of(Jags.USUAL))) {
      Optional<Jags.Outcome> run = Jags.run(folder, rows, warmup, draws, without);
      if (run.isEmpty()) {
        results.remark("no command jags on the path: nothing to compare with");
        return;
      }
      Jags.Outcome peer = run.get();
      agree(own, peer);
      results.remark(
          "JAGS, %s: %d + %d iterations in %.1f s by the clock, %.1f s of processor time after"
              + " %.1f s of preparation, worst bulk effective size %.0f",
          peer.sampler(),
          warmup,
          draws,
          peer.seconds(),
          peer.coreSeconds(),
          peer.preparation(),
          peer.effective());
      results.add(
          Figure.frequency(
              "effective draws a second, " + rows.name(),
              rate,
              "JAGS, " + peer.sampler(),
              peer.effective() / peer.coreSeconds(),
              PROMISED));
    }
  }

  private static void agree(OwnSampler.Outcome own, Jags.Outcome peer) {
    for (int j = 0; j < peer.draws().length; j++) {
      double mean = 0;
      double squares = 0;
      long count = 0;
      for (double[] chain : own.chains().parameter(j)) {
        for (double value : chain) {
          mean += value;
          squares += value * value;
          count++;
        }
      }
      mean /= count;
      double deviation = Math.sqrt(squares / count - mean * mean);
      if (!(Math.abs(mean - peer.mean(j)) < APART * deviation)) {
        throw new IllegalStateException(
            "coefficient " + j + ": mean " + mean + " here, " + peer.mean(j) + " by JAGS");
      }
    }
  }
}
