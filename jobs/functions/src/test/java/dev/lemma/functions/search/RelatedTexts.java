// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions.search;

import dev.lemma.kit.testing.JobCall;
import dev.lemma.kit.testing.SharedSpark;
import dev.lemma.math.function.Bm25;
import dev.lemma.math.text.TextVectorizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Texts for the tests of the search, and what scoring every document finds among them. */
final class RelatedTexts {
  static final SparkSession SPARK = SharedSpark.session();

  private RelatedTexts() {}

  /**
   * Texts of Zipf's law: the word w0 in most of them, most words in few; some empty, some equal.
   */
  static List<String> zipf(int texts, int words, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(14); w > 0; w--) {
        text.append(" W").append((int) Math.pow(words, random.nextDouble()) - 1);
      }
      all.add(i % 50 == 7 ? all.get(i / 2) : text.toString());
    }
    return all;
  }

  /** Ids as texts, whose order is not that of numbers, nor that of dictionaries. */
  static String id(int i) {
    return (i % 4 == 3 ? "D" : "d") + i;
  }

  static Dataset<Row> frame(List<String> texts) {
    List<Row> rows =
        IntStream.range(0, texts.size())
            .mapToObj(i -> RowFactory.create(id(i), texts.get(i), i % 3))
            .toList();
    return SPARK.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.StringType, true)
            .add("text", DataTypes.StringType, true)
            .add("class", DataTypes.IntegerType, false));
  }

  static void write(Dataset<Row> rows, Path path) {
    rows.write().mode("overwrite").parquet(path.toString());
  }

  static String[] keys(Path input, Path output, String... more) {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "input.path=" + input,
                "output.path=" + output,
                "columns.id=id",
                "columns.features=[text]",
                "report=false"));
    keys.addAll(Arrays.asList(more));
    return keys.toArray(String[]::new);
  }

  static JobCall run(Path input, Path output, String... more) {
    return JobCall.of(new RelatedJob(), keys(input, output, more));
  }

  /** The result as lines with the bits of the scores. */
  static TreeSet<String> lines(Dataset<Row> rows) {
    TreeSet<String> lines = new TreeSet<>();
    for (Row row : rows.select("id", "neighbor", "rank", "score").collectAsList()) {
      lines.add(line(row.getString(0), row.getString(1), row.getInt(2), row.getDouble(3)));
    }
    return lines;
  }

  static TreeSet<String> lines(Path output) {
    return lines(SPARK.read().parquet(output.toString()));
  }

  private static String line(String id, String neighbor, int rank, double score) {
    return id + " " + rank + " " + neighbor + " " + Double.toHexString(score);
  }

  private static Map<String, Integer> counts(String text) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String word : text.strip().toLowerCase(Locale.ROOT).split(" +")) {
      if (!word.isEmpty()) {
        counts.merge(word, 1, Integer::sum);
      }
    }
    return counts;
  }

  /** A corpus that scores every document, one word after the other. */
  static final class Plain {
    private final List<String> texts;
    private final List<Map<String, Integer>> documents;
    private final Map<String, Integer> frequencies = new HashMap<>();
    private final double mean;

    Plain(List<String> texts) {
      this.texts = texts;
      this.documents = texts.stream().map(RelatedTexts::counts).toList();
      documents.forEach(
          counts -> counts.keySet().forEach(word -> frequencies.merge(word, 1, Integer::sum)));
      this.mean = documents.stream().mapToInt(Plain::length).average().orElse(0);
    }

    private static int length(Map<String, Integer> counts) {
      return counts.values().stream().mapToInt(count -> count).sum();
    }

    private double idf(String word) {
      int n = frequencies.getOrDefault(word, 0);
      double plain = Math.log1p((texts.size() - n + 0.5) / (n + 0.5));
      double idf = Bm25.idf(texts.size(), n);
      // The bits of the scores begin here: ours are within 2 ulp of the library's.
      if (!(Math.abs(idf - plain) <= 2 * Math.ulp(plain))) {
        throw new AssertionError("idf of " + n + " in " + texts.size() + ": " + idf);
      }
      return idf;
    }

    private double score(Map<String, Integer> query, int document) {
      List<String> order =
          query.keySet().stream()
              .sorted(
                  Comparator.comparingDouble((String word) -> -query.get(word) * idf(word))
                      .thenComparingLong(TextVectorizer::featureId))
              .toList();
      double score = 0;
      for (String word : order) {
        double tf = documents.get(document).getOrDefault(word, 0);
        double length = length(documents.get(document));
        score += query.get(word) * idf(word) * Bm25.USUAL.saturation(tf, length, mean);
      }
      return score;
    }

    private void answer(
        String name, Map<String, Integer> query, int k, int excluded, TreeSet<String> lines) {
      double[] scores = new double[texts.size()];
      for (int d = 0; d < scores.length; d++) {
        scores[d] = score(query, d);
      }
      List<Integer> best =
          IntStream.range(0, scores.length)
              .boxed()
              .filter(d -> scores[d] > 0 && d != excluded)
              .sorted(
                  Comparator.comparingDouble((Integer d) -> -scores[d])
                      .thenComparing(RelatedTexts::id))
              .limit(k)
              .toList();
      for (int rank = 0; rank < best.size(); rank++) {
        lines.add(line(name, id(best.get(rank)), rank + 1, scores[best.get(rank)]));
      }
    }

    /** The related of every document. */
    TreeSet<String> related(int k, int terms) {
      TreeSet<String> lines = new TreeSet<>();
      for (int d = 0; d < texts.size(); d++) {
        answer(id(d), strongest(d, terms), k, d, lines);
      }
      return lines;
    }

    private Map<String, Integer> strongest(int document, int terms) {
      Map<String, Integer> counts = documents.get(document);
      Map<String, Integer> query = new HashMap<>();
      counts.keySet().stream()
          .sorted(
              Comparator.comparingDouble((String word) -> -counts.get(word) * idf(word))
                  .thenComparingLong(TextVectorizer::featureId))
          .limit(terms)
          .forEach(word -> query.put(word, 1));
      return query;
    }

    /** How many documents with a term no other beats for their own strongest terms. */
    long first(int terms) {
      return IntStream.range(0, texts.size())
          .filter(d -> !documents.get(d).isEmpty())
          .filter(
              d -> {
                Map<String, Integer> query = strongest(d, terms);
                double own = score(query, d);
                return IntStream.range(0, texts.size()).noneMatch(o -> score(query, o) > own);
              })
          .count();
    }

    /** The best for texts. */
    TreeSet<String> best(Map<String, String> queries, int k) {
      TreeSet<String> lines = new TreeSet<>();
      queries.forEach((name, text) -> answer(name, counts(text), k, -1, lines));
      return lines;
    }
  }
}
