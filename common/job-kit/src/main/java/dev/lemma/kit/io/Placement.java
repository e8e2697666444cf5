// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.OutputConfig;
import dev.lemma.kit.config.OutputMode;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.util.Optional;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.v2.FileDataSourceV2;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Which folder a run publishes at: the output's own, or the one that key {@code manifest} names
 * when the rows go to a table, a data base or a table format, which publish by themselves.
 *
 * @param root the folder as configured
 * @param folder whether the rows lie in it
 */
record Placement(String root, boolean folder) {
  static Optional<Placement> of(Optional<OutputConfig> output, Optional<String> manifest) {
    if (output.isEmpty()) {
      return manifest.map(folder -> new Placement(folder, false));
    }
    OutputConfig config = output.get();
    if (config.isJdbc() && config.mode() == OutputMode.OVERWRITE_PARTITIONS) {
      throw usage(
          "output.mode", "a data base table has no partitions", "use error, overwrite or append");
    }
    boolean files = config.table().isEmpty() && holdsFiles(config.format());
    if (files && config.path().isEmpty()) {
      throw usage("output.path", "nowhere to write", "set output.path or output.table");
    }
    if (files && manifest.isPresent()) {
      throw usage(
          "manifest",
          "a folder for the manifest is named, but the output is a folder and keeps its own in"
              + " _lemma",
          "remove the key manifest");
    }
    if (!files && manifest.isEmpty()) {
      throw usage(
          "manifest",
          "the output is no plain folder, so nothing says where its manifest goes",
          "set manifest to a folder");
    }
    return Optional.of(
        files
            ? new Placement(config.path().orElseThrow(), true)
            : new Placement(manifest.get(), false));
  }

  /** Whether the format is files in a folder and nothing else. */
  private static boolean holdsFiles(String format) {
    Class<?> source;
    try {
      source = DataSource.lookupDataSource(format, SQLConf.get());
    } catch (RuntimeException | LinkageError e) {
      throw missing(format, e);
    } catch (Throwable e) {
      // Scala does not declare what it throws: ClassNotFoundException among others.
      throw missing(format, e);
    }
    return FileFormat.class.isAssignableFrom(source)
        || FileDataSourceV2.class.isAssignableFrom(source);
  }

  private static LemmaException missing(String format, Throwable cause) {
    return new LemmaException(
        ExitCode.USAGE,
        Problem.of(
            "output.format",
            "no data source " + format + " is on the class path",
            "check the spelling, or hand its jar to spark-submit with --packages or --jars"),
        cause);
  }

  private static LemmaException usage(String key, String what, String remedy) {
    return new LemmaException(ExitCode.USAGE, Problem.of(key, what, remedy));
  }
}
