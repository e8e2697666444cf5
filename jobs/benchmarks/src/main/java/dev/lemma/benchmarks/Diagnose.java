// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.sampling.DiagnoseJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code diagnose} on one core against R's package posterior on one core, on the same
 * draws: the whole job, from Parquet to the published summary with its report, against posterior's
 * functions on draws that lie in its memory.
 */
public final class Diagnose {
  private static final double PROMISED = 3;
  private static final double AGREEMENT = 1e-8;

  private Diagnose() {}

  /**
   * Prints figures as they come; writes {@code diagnose.json}. Without {@code Rscript} and
   * posterior the job's own time stands alone.
   *
   * @param args the folder of draws and results
   * @throws Exception if the job fails, or its numbers are not those of posterior
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath().resolve("diagnose"));
    DrawSizes sizes = DrawSizes.ofProperties();
    Results results = new Results(System.out);
    SparkSession spark =
        SparkSession.builder()
            .appName("lemma-benchmarks")
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    try {
      System.out.println(sizes);
      sizes.writeParquet(spark, folder.resolve("draws"));
      results.title("diagnose on one core");
      System.out.println(Figure.header());
      Time time = Rounds.of(sizes.repeats(), () -> run(folder))[0];
      results.remark(
          "the job: %.1f s by the clock, %.1f s of processor time",
          time.seconds(), time.coreSeconds());
      compare(folder, sizes, spark, time, results);
    } finally {
      spark.stop();
      Files.writeString(folder.resolve("diagnose.json"), results.json());
    }
  }

  private static void run(Path folder) {
    QuietJob.run(
        new DiagnoseJob(),
        List.of(
            "input.path=" + folder.resolve("draws"),
            "output.path=" + folder.resolve("summary"),
            "output.mode=overwrite"));
  }

  private static void compare(
      Path folder, DrawSizes sizes, SparkSession spark, Time own, Results results)
      throws IOException, InterruptedException {
    Path script = folder.resolve("diagnose.R");
    Files.write(script, Diagnose.class.getResourceAsStream("diagnose.R").readAllBytes());
    Path binary = folder.resolve("draws.bin");
    sizes.writeBinary(binary);
    Path answer = folder.resolve("posterior.csv");
    Process r;
    try {
      r =
          new ProcessBuilder(
                  "Rscript",
                  script.toString(),
                  binary.toString(),
                  Integer.toString(sizes.chains()),
                  Integer.toString(sizes.draws()),
                  Integer.toString(sizes.parameters()),
                  answer.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException absent) {
      results.remark("no Rscript on the path: nothing to compare with");
      return;
    }
    String said = new String(r.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (r.waitFor() != 0) {
      results.remark("Rscript failed: is the package posterior installed?");
      return;
    }
    String[] times = said.split("\\s+");
    agree(spark, folder.resolve("summary"), answer);
    results.remark("posterior %s, R-hat and sizes equal to %.0e", times[4], AGREEMENT);
    String peer = "posterior, ";
    figure(results, own.seconds(), peer + "default, clock", times[0]);
    figure(results, own.coreSeconds(), peer + "default, core", times[1]);
    figure(results, own.seconds(), peer + "all, clock", times[2]);
    figure(results, own.coreSeconds(), peer + "all, core", times[3]);
  }

  private static void figure(Results results, double own, String peer, String time) {
    results.add(
        Figure.duration(
            "diagnose, whole job, one core", own, "s", peer, Double.parseDouble(time), PROMISED));
  }

  private static void agree(SparkSession spark, Path summary, Path answer) throws IOException {
    Map<String, String[]> expected = new HashMap<>();
    for (String line : Files.readAllLines(answer)) {
      String[] cells = line.split(",");
      expected.put(cells[0], cells);
    }
    for (Row row : spark.read().parquet(summary.toString()).collectAsList()) {
      String[] cells = expected.get(row.getString(row.fieldIndex("parameter")));
      String[] names = {"rhat", "ess_bulk", "ess_tail"};
      for (int k = 0; k < names.length; k++) {
        double other = Double.parseDouble(cells[k + 1]);
        double found = row.getDouble(row.fieldIndex(names[k]));
        if (!(Math.abs(found - other) <= AGREEMENT * other)) {
          throw new IllegalStateException(
              cells[0] + ", " + names[k] + ": " + found + " here, " + other + " by posterior");
        }
      }
    }
  }
}
