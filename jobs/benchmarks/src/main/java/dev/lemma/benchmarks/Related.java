// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.benchmarks.Rounds.Time;
import dev.lemma.functions.search.RelatedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job {@code related}, the ten most related of chosen glosses among all, against BM25 as it is
 * written in Spark SQL: words, their counts and frequencies, a join of the queries with the
 * documents on the word, a sum for each pair, the ten highest. Both read and write Parquet, ours
 * with its checks, report and publishing.
 *
 * <p>Sizes: -Drelated.share (one gloss in 200 asks), -Drelated.repeats (3).
 */
public final class Related {
  private static final double AGREEING = 1e-9;

  private final Path folder;
  private final int share = Integer.getInteger("related.share", 200);
  private final int repeats = Integer.getInteger("related.repeats", 3);
  private final Results results = new Results(System.out);
  private final SparkSession spark = LocalSession.start();

  private Related(Path folder) {
    this.folder = folder;
  }

  /**
   * Prints figures as they come; writes {@code related.json}.
   *
   * @param args the folder of data and results
   * @throws Exception if a side fails
   */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]).toAbsolutePath().resolve("related"));
    Related benchmark = new Related(folder);
    try {
      benchmark.run();
    } finally {
      benchmark.spark.stop();
      Files.writeString(folder.resolve("related.json"), benchmark.results.json());
    }
  }

  private void run() {
    long rows = GlossTable.write(spark, 100_000, path("glosses"));
    results.title("related documents, 1 in " + share + " of " + rows + " glosses asks");
    System.out.println(Figure.header());
    Time[] times = Rounds.of(repeats, this::ours, this::peer);
    new SparkPeer("Spark SQL", times[1], results).compare("BM25, whole job", times[0], 0);
    agreement();
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String chosen() {
    return "pmod(hash(id), " + share + ") = 0";
  }

  private void ours() {
    QuietJob.run(
        new RelatedJob(),
        List.of(
            "input.path=" + path("glosses"),
            "columns.id=id",
            "columns.features=[gloss]",
            "where=\"" + chosen() + "\"",
            "output.path=" + path("ours"),
            "output.mode=overwrite"));
  }

  private void peer() {
    spark.read().parquet(path("glosses")).createOrReplaceTempView("glosses");
    spark
        .sql(
            "SELECT id, term, count(*) AS tf FROM (SELECT id,"
                + " explode(split(lower(gloss), r'[^\\p{L}\\p{M}\\p{Nd}]+')) AS term FROM glosses)"
                + " WHERE term <> '' GROUP BY id, term")
        .cache()
        .createOrReplaceTempView("words");
    Row size =
        spark.sql("SELECT count(DISTINCT id), sum(tf) / count(DISTINCT id) FROM words").first();
    double mean = size.getDouble(1);
    spark
        .sql(
            "SELECT term, ln(1 + ("
                + size.getLong(0)
                + " - count(*) + 0.5D) / (count(*) + 0.5D)) AS idf FROM words GROUP BY term")
        .createOrReplaceTempView("worths");
    spark
        .sql(
            "SELECT id, term, idf * tf * 2.2D / (tf + 1.2D * (0.25D + 0.75D * length / "
                + mean
                + ")) AS score FROM words JOIN worths USING (term) JOIN"
                + " (SELECT id, sum(tf) AS length FROM words GROUP BY id) USING (id)")
        .createOrReplaceTempView("postings");
    spark
        .sql(
            "SELECT id, term FROM (SELECT id, term, row_number() OVER (PARTITION BY id ORDER BY"
                + " tf * idf DESC, term) AS place FROM words JOIN worths USING (term) WHERE "
                + chosen()
                + ") WHERE place <= 10")
        .createOrReplaceTempView("queries");
    spark
        .sql(
            "SELECT * FROM (SELECT id, neighbor, score, row_number() OVER (PARTITION BY id ORDER BY"
                + " score DESC, neighbor) AS rank FROM (SELECT q.id AS id, p.id AS neighbor,"
                + " sum(p.score) AS score FROM queries q JOIN postings p ON q.term = p.term"
                + " WHERE q.id <> p.id GROUP BY q.id, p.id)) WHERE rank <= 10")
        .write()
        .mode("overwrite")
        .parquet(path("peer"));
    spark.catalog().uncacheTable("words");
  }

  /** Of equally strong words the one side takes another than the other: scores may differ. */
  private void agreement() {
    spark.read().parquet(path("ours")).createOrReplaceTempView("ours");
    spark.read().parquet(path("peer")).createOrReplaceTempView("peer");
    Row same =
        spark
            .sql(
                "SELECT count(*), count_if(abs(o.score - p.score) <= "
                    + AGREEING
                    + " * p.score) FROM ours o FULL JOIN peer p ON o.id = p.id AND o.rank = p.rank")
            .first();
    results.remark(
        "%d of %d scores agree to %.0e; the others are of queries whose tenth word is tied",
        same.getLong(1), same.getLong(0), AGREEING);
  }
}
