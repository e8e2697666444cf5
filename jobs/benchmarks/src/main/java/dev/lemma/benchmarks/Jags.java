// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.sampling.diagnostics.EffectiveSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code jags} with its module glm as the other side of a comparison: one chain of one
 * process in one thread. Its time begins when the model is initialised and ends before the draws
 * are written; warm-up counts.
 */
final class Jags {
  /** The sampler that module glm takes by itself for a logistic model. */
  static final String USUAL = "glm::Holmes-Held";

  private static final long POLL_MILLIS = 20;

  private final Path folder;

  private Jags(Path folder) {
    this.folder = folder;
  }

  /**
   * What a run took and gave.
   *
   * @param sampler that JAGS chose
   * @param preparation processor seconds before its time begins: reading, compiling, initialising
   * @param seconds by the clock
   * @param coreSeconds processor time
   * @param draws by parameter
   */
  record Outcome(
      String sampler, double preparation, double seconds, double coreSeconds, double[][] draws) {

    /** Bulk effective size of the worst parameter. */
    double effective() {
      double least = Double.POSITIVE_INFINITY;
      for (double[] parameter : draws) {
        least = Math.min(least, EffectiveSize.bulk(new double[][] {parameter}));
      }
      return least;
    }

    /** Posterior mean of parameter j. */
    double mean(int j) {
      double sum = 0;
      for (double value : draws[j]) {
        sum += value;
      }
      return sum / draws[j].length;
    }
  }

  /**
   * Runs the model; nothing where there is no command {@code jags}.
   *
   * @param without samplers that JAGS may not use
   */
  static Optional<Outcome> run(
      Path folder, LogisticRows rows, int warmup, int draws, List<String> without)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Jags jags = new Jags(folder);
    for (String old : List.of("ready.txt", "done.txt", "chain-chain1.txt", "chain-index.txt")) {
      Files.deleteIfExists(folder.resolve(old));
    }
    if (Files.notExists(folder.resolve("data.R"))) {
      rows.writeJags(folder.resolve("data.R"));
    }
    for (String name : List.of("logistic.bug", "seed.R")) {
      Files.write(folder.resolve(name), Jags.class.getResourceAsStream(name).readAllBytes());
    }
    Files.write(folder.resolve("run.cmd"), commands(warmup, draws, without));
    Process process;
    try {
      process =
          new ProcessBuilder("jags", "run.cmd")
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said.txt").toFile())
              .start();
    } catch (IOException absent) {
      return Optional.empty();
    }
    try {
      return Optional.of(jags.watch(process));
    } finally {
      process.destroy();
    }
  }

  private static List<String> commands(int warmup, int draws, List<String> without) {
    List<String> lines = new ArrayList<>(List.of("load glm"));
    without.forEach(sampler -> lines.add("set factory \"" + sampler + "\" off, type(sampler)"));
    lines.addAll(
        List.of(
            "model in \"logistic.bug\"",
            "data in \"data.R\"",
            "compile, nchains(1)",
            "parameters in \"seed.R\", chain(1)",
            "initialize",
            "samplers to \"ready.txt\"",
            "update " + warmup,
            "monitor beta",
            "update " + draws,
            "samplers to \"done.txt\"",
            "coda *, stem(\"chain-\")"));
    return lines;
  }

  private Outcome watch(Process process) throws IOException, InterruptedException {
    double ready = until("ready.txt", process);
    long start = System.nanoTime();
    double done = until("done.txt", process);
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.waitFor() != 0 || Files.notExists(folder.resolve("chain-chain1.txt"))) {
      throw new IllegalStateException(
          "jags failed: see " + folder.resolve("said.txt").toAbsolutePath());
    }
    String sampler = Files.readAllLines(folder.resolve("ready.txt")).get(0).split("\t")[1];
    return new Outcome(sampler, ready, seconds, done - ready, draws());
  }

  /** Processor seconds of the process when it writes a file. */
  private double until(String file, Process process) throws InterruptedException {
    double seconds = 0;
    while (Files.notExists(folder.resolve(file)) && process.isAlive()) {
      seconds = process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
      Thread.sleep(POLL_MILLIS);
    }
    return seconds;
  }

  private double[][] draws() throws IOException {
    List<double[]> parameters = new ArrayList<>();
    List<String> lines = Files.readAllLines(folder.resolve("chain-chain1.txt"));
    for (String line : Files.readAllLines(folder.resolve("chain-index.txt"))) {
      String[] cells = line.split(" ");
      parameters.add(
          lines.subList(Integer.parseInt(cells[1]) - 1, Integer.parseInt(cells[2])).stream()
              .mapToDouble(draw -> Double.parseDouble(draw.trim().split("\\s+")[1]))
              .toArray());
    }
    return parameters.toArray(double[][]::new);
  }
}
