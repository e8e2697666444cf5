// SPDX-License-Identifier: Apache-2.0
package dev.lemma.sampling;

import dev.lemma.kit.config.Redaction;
import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * CSV files of CmdStan: each is a chain, numbered from 1 in the order of the names (2 before 10).
 *
 * @param spark the session
 * @param headers of each file its header
 * @param logWeight the column of logarithms of weights
 */
record CmdStanDraws(SparkSession spark, List<CmdStanHeader> headers, Optional<String> logWeight)
    implements DrawsSource {
  /** What to call these files as an input's format. */
  static final String FORMAT = "cmdstan";

  static CmdStanDraws open(DiagnoseConfig config, SparkSession spark) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    String place = config.input().path().orElseThrow();
    List<CmdStanHeader> headers = new ArrayList<>();
    for (String file : files(place, hadoop)) {
      try (CmdStanFile opened = CmdStanFile.open(file, headers.size() + 1L, hadoop)) {
        headers.add(opened.header());
      }
    }
    CmdStanHeader first = headers.get(0);
    for (CmdStanHeader header : headers) {
      if (!header.names().equals(first.names())) {
        throw new LemmaException(
            ExitCode.INPUT,
            new Problem(
                Redaction.maskText(header.file()),
                "this file has other columns than " + Redaction.maskText(first.file()),
                header.names().size() + " columns",
                first.names().size() + " of the same names",
                "diagnose files of one model only"));
      }
    }
    Optional<String> weight =
        config
            .draws()
            .logWeight()
            .or(() -> first.names().stream().filter(LOG_WEIGHT::equals).findFirst());
    weight.ifPresent(name -> ParameterSelection.require("draws.log-weight", name, first.names()));
    return new CmdStanDraws(spark, List.copyOf(headers), weight);
  }

  private static List<String> files(String place, Configuration hadoop) {
    try {
      Path pattern = new Path(place);
      FileSystem store = pattern.getFileSystem(hadoop);
      FileStatus[] found = store.globStatus(pattern);
      List<Path> files = new ArrayList<>();
      for (FileStatus status : found == null ? new FileStatus[0] : found) {
        if (status.isDirectory()) {
          for (FileStatus inside : store.listStatus(status.getPath())) {
            if (inside.isFile() && isShown(inside.getPath())) {
              files.add(inside.getPath());
            }
          }
        } else {
          files.add(status.getPath());
        }
      }
      if (files.isEmpty()) {
        throw new LemmaException(
            ExitCode.INPUT,
            Problem.of(
                Redaction.maskText(place),
                found == null || found.length == 0
                    ? "no such path"
                    : "no files of CmdStan lie there",
                "check input.path; names that start with _ or . do not count"));
      }
      return files.stream()
          .sorted(Comparator.comparing(Path::getName, NaturalOrder.BY_NUMBERS))
          .map(Path::toString)
          .toList();
    } catch (IOException fault) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              Redaction.maskText(place),
              "the input cannot be read (" + fault.getClass().getSimpleName() + ")",
              "check input.path and the store"),
          fault);
    }
  }

  private static boolean isShown(Path file) {
    return !file.getName().startsWith("_") && !file.getName().startsWith(".");
  }

  @Override
  public String description() {
    return "CmdStan: "
        + headers.size()
        + (headers.size() == 1 ? " file" : " files")
        + " of "
        + names().size()
        + " columns, one chain a file";
  }

  @Override
  public List<String> names() {
    return headers.get(0).names();
  }

  /** The files by number, a task each. */
  private JavaRDD<Tuple2<Long, String>> files() {
    List<Tuple2<Long, String>> files = new ArrayList<>();
    for (int c = 0; c < headers.size(); c++) {
      files.add(new Tuple2<>(c + 1L, headers.get(c).file()));
    }
    return new JavaSparkContext(spark.sparkContext()).parallelize(files, files.size());
  }

  @Override
  public ChainCounts counts() {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    SortedMap<Long, Long> counts = new TreeMap<>();
    files()
        .map(file -> new Tuple2<>(file._1, count(file, hadoop.value())))
        .collect()
        .forEach(count -> counts.put(count._1, count._2));
    counts.values().removeIf(count -> count == 0);
    return ChainCounts.of(counts);
  }

  private static long count(Tuple2<Long, String> numbered, Configuration hadoop) {
    try (CmdStanFile file = CmdStanFile.open(numbered._2, numbered._1, hadoop)) {
      return file.countDraws();
    }
  }

  @Override
  public JavaPairRDD<Integer, DrawBlock> blocks(ColumnGroups groups) {
    SerializableConfiguration hadoop =
        new SerializableConfiguration(spark.sessionState().newHadoopConf());
    return files()
        .flatMapToPair(
            file ->
                new BlockIterator(
                    CmdStanFile.open(file._2, file._1, hadoop.value()).choose(groups.names()),
                    groups));
  }
}
