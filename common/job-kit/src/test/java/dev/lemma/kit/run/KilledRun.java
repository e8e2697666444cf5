// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.run;

import dev.lemma.kit.config.Bound;
import dev.lemma.kit.config.ConfigLoader;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Encoders;
import org.slf4j.LoggerFactory;

/** The process that {@link SignalTest} kills: a run that never comes to its end. */
public final class KilledRun {
  private KilledRun() {}

  /**
   * Runs the job.
   *
   * @param args {@code spark} to be killed while Spark writes or {@code idle} while nothing is
   *     written, then the configuration
   */
  public static void main(String[] args) {
    if (args[0].equals("spark")) {
      // As Spark's executor and Scala's threads do when Spark's own hook, which comes after ours,
      // stops them.
      ShutdownHookManager.get()
          .addShutdownHook(
              () -> {
                LoggerFactory.getLogger("org.apache.spark").error("task rejected");
                new RejectedExecutionException("terminated").printStackTrace();
              },
              60);
    }
    Bound<ScriptedConfig> bound =
        ConfigLoader.of(List.of(), Arrays.asList(args).subList(1, args.length))
            .load(ScriptedConfig.class);
    ScriptedJob.Script script =
        args[0].equals("spark")
            ? (config, run) ->
                run.phase(
                    "write slowly",
                    () ->
                        run.publication()
                            .write(
                                run.spark()
                                    .range(0, 1_000_000, 1, 4)
                                    .map(
                                        (org.apache.spark.api.java.function.MapFunction<Long, Long>)
                                            KilledRun::slow,
                                        Encoders.LONG())
                                    .toDF("n")))
            : (config, run) ->
                run.phase(
                    "wait",
                    () -> {
                      System.out.println("ready");
                      Thread.sleep(120_000);
                    });
    ExitCode code =
        JobRunner.run(
            new ScriptedJob(script),
            bound.config(),
            bound.resolved(),
            RunMode.RUN,
            System.out,
            System.err);
    System.out.println("ended with " + code);
    System.exit(code.code());
  }

  private static long slow(long n) throws InterruptedException {
    if (n % 250_000 == 1000) {
      System.out.println("ready");
    }
    if (n % 250_000 >= 1000) {
      Thread.sleep(5);
    }
    return n;
  }
}
