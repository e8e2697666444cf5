// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.mapreduce.util.ConfigUtil;
import org.apache.spark.sql.SparkSession;

/**
 * The one local Spark session of a test JVM: two cores ({@code -Dlemma.test.master} says
 * otherwise), no web page, UTC, two partitions at first and four behind a shuffle, its warehouse in
 * a temporary folder. It ends with the JVM; no test may stop it.
 */
public final class SharedSpark {
  private SharedSpark() {}

  /** The session, started by the first caller. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    /**
     * Two in three of Hadoop's defaults speak of what no test has; Spark writes them all into each
     * task that writes rows.
     */
    private static final List<String> UNUSED =
        List.of("yarn.", "dfs.", "ipc.", "fs.s3a.", "mapreduce.jobhistory.");

    static final SparkSession SESSION = start();

    private static SparkSession start() {
      Path home = temporaryFolder();
      SparkSession session =
          SparkSession.builder()
              .master(System.getProperty("lemma.test.master", "local[2]"))
              .appName("lemma-tests")
              .config("spark.ui.enabled", "false")
              .config("spark.ui.showConsoleProgress", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.local.dir", home.resolve("local").toString())
              .config("spark.sql.warehouse.dir", home.resolve("warehouse").toUri().toString())
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.shuffle.partitions", "4")
              .config("spark.default.parallelism", "2")
              .config("spark.hadoop.fs.file.impl", NativelessFileSystem.class.getName())
              .getOrCreate();
      prepare(session.sparkContext().hadoopConfiguration());
      // Runs after Spark's own hook, which has released its files by then.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(session, home)));
      return session;
    }

    private static Path temporaryFolder() {
      try {
        return Files.createTempDirectory("lemma-tests");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void prepare(Configuration hadoop) {
      try {
        // Now, as Hadoop keeps the first one made, of whatever configuration.
        FileSystem.getLocal(hadoop);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      // Loaded now, or Hadoop's defaults would come back when it is.
      ConfigUtil.loadResources();
      for (Map.Entry<String, String> entry : hadoop) {
        if (UNUSED.stream().anyMatch(entry.getKey()::startsWith)) {
          hadoop.unset(entry.getKey());
        }
      }
    }

    private static void end(SparkSession session, Path home) {
      session.stop();
      try (Stream<Path> files = Files.walk(home)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        // The system clears its temporary folder in its own time.
        return;
      }
    }
  }
}
