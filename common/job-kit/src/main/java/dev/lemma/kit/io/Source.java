// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.config.InputConfig;
import dev.lemma.kit.config.Redaction;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import dev.lemma.kit.run.Run;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Opens the input of a job: a path or pattern in any format that Spark reads, a table of the
 * catalog or of a data base, or a bundled sample.
 */
public final class Source {
  /** Name of the bundled sample. */
  public static final String WORDNET = "wordnet";

  private static final String JDBC = "jdbc";

  private Source() {}

  /**
   * The rows of the input, unread as far as the format allows (Spark reads the footers of Parquet
   * files, and whole files where it has to guess a schema).
   *
   * <p>With {@code format = jdbc}, {@code table} names the data base's table; in every other format
   * the catalog's.
   *
   * @throws LemmaException with {@link ExitCode#INPUT} when there is no such path or table, nothing
   *     lies there, the format is unknown or the source cannot be read; with {@link ExitCode#USAGE}
   *     when the input names no place or several
   */
  public static Dataset<Row> read(SparkSession spark, InputConfig input) {
    requireOnePlace(input);
    if (input.sample().isPresent()) {
      return sample(spark, input.sample().get());
    }
    Dataset<Row> rows;
    try {
      rows = open(spark, input);
    } catch (LemmaException e) {
      throw e;
    } catch (Exception e) {
      throw SourceFault.opening(input, e);
    }
    if (rows.columns().length == 0) {
      throw SourceFault.noColumns(input);
    }
    return rows;
  }

  /**
   * How much lies at the input, by asking the file system; no data is read. Files whose names start
   * with {@code _} or {@code .} do not count, as in Spark. Empty where no file system knows: data
   * bases, tables that are no files, and paths that cannot be listed.
   */
  public static Optional<SourceSize> size(SparkSession spark, InputConfig input) {
    if (input.sample().isPresent()) {
      return input.sample().get().equals(WORDNET) ? Optional.of(WordNet.size()) : Optional.empty();
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    try {
      if (input.path().isPresent()) {
        return Optional.of(SourceSize.below(input.path().get(), hadoop));
      }
      if (input.table().isPresent() && !isJdbc(input)) {
        String[] files = spark.read().table(input.table().get()).inputFiles();
        return files.length == 0 ? Optional.empty() : Optional.of(SourceSize.of(files, hadoop));
      }
    } catch (IOException | RuntimeException e) {
      // A size is a courtesy of the manifest; opening the source tells what is wrong with it.
      return Optional.empty();
    }
    return Optional.empty();
  }

  /**
   * Records an input with a run: a path with its size, anything else by {@link #name}.
   *
   * @param key the key that it came from, such as {@code input}
   */
  public static void record(Run run, String key, InputConfig input) {
    if (input.path().isPresent()) {
      run.input(key, input.path().get());
    } else {
      run.inputNamed(key, name(input));
    }
  }

  /** What to call the input in a message or manifest: its path, table or sample, secrets masked. */
  public static String name(InputConfig input) {
    return Stream.of(input.path(), input.table(), input.sample())
        .flatMap(Optional::stream)
        .findFirst()
        .map(Redaction::maskText)
        .orElse("format " + input.format());
  }

  private static Dataset<Row> open(SparkSession spark, InputConfig input) {
    DataFrameReader reader = spark.read().options(input.options());
    if (input.path().isPresent()) {
      return reader.format(input.format()).load(input.path().get());
    }
    if (input.table().isEmpty()) {
      return reader.format(input.format()).load();
    }
    if (isJdbc(input)) {
      return reader.format(JDBC).option("dbtable", input.table().get()).load();
    }
    return reader.table(input.table().get());
  }

  private static Dataset<Row> sample(SparkSession spark, String name) {
    if (!name.equals(WORDNET)) {
      throw new LemmaException(
          ExitCode.USAGE,
          new Problem("input.sample", "no such sample", name, WORDNET, "use that or input.path"));
    }
    return WordNet.read(spark);
  }

  private static void requireOnePlace(InputConfig input) {
    long places =
        Stream.of(input.path(), input.table(), input.sample()).filter(Optional::isPresent).count();
    if (places > 1) {
      throw new LemmaException(
          ExitCode.USAGE,
          Problem.of("input", "more than one of path, table and sample is set", "keep one"));
    }
    if (places == 0 && input.options().isEmpty()) {
      throw new LemmaException(
          ExitCode.USAGE,
          Problem.of("input", "nothing to read", "set input.path, input.table or input.sample"));
    }
  }

  private static boolean isJdbc(InputConfig input) {
    return input.format().equalsIgnoreCase(JDBC);
  }
}
