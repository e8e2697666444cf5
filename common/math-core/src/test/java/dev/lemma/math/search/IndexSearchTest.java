// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lemma.math.function.Bm25;
import dev.lemma.math.linalg.SparseRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search finds what scoring every document finds, bit for bit. */
class IndexSearchTest {
  private static final int TERMS = 300;

  /** Documents whose terms follow Zipf's law: term 0 is in most of them, most terms in few. */
  private static int[][] corpus(int documents, int longest, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[][] corpus = new int[documents][];
    for (int d = 0; d < documents; d++) {
      int[] words = new int[random.nextInt(longest + 1)];
      for (int w = 0; w < words.length; w++) {
        words[w] = (int) Math.pow(TERMS, random.nextDouble()) - 1;
      }
      corpus[d] = words;
    }
    return corpus;
  }

  /** An id that is negative for every other term, as hashes are. */
  private static long id(int term) {
    return term * 0x9E3779B97F4A7C15L;
  }

  private static SparseRow row(int... words) {
    SparseRow row = new SparseRow();
    long[] ids = Arrays.stream(words).mapToLong(IndexSearchTest::id).sorted().toArray();
    for (int i = 0; i < ids.length; ) {
      int first = i;
      while (i < ids.length && ids[i] == ids[first]) {
        i++;
      }
      row.append(ids[first], i - first);
    }
    return row;
  }

  private static DocumentTerms terms(int[]... corpus) {
    DocumentTerms.Builder builder = new DocumentTerms.Builder();
    for (int[] words : corpus) {
      builder.add(row(words));
    }
    return builder.build();
  }

  private static double[] idf(DocumentTerms terms, TermFrequencies of, long documents) {
    return Arrays.stream(of.of(terms.dictionary()))
        .mapToDouble(n -> Bm25.idf(documents, n))
        .toArray();
  }

  private static InvertedIndex index(DocumentTerms terms, Bm25 formula) {
    return InvertedIndex.of(
        terms,
        idf(terms, TermFrequencies.of(terms), terms.documents()),
        formula,
        (double) terms.length() / terms.documents());
  }

  /** The formula, word for word, summed in the order that the contract states. */
  private static double[] scores(int[][] corpus, Bm25 bm25, int[] query, double[] weights) {
    double mean = Arrays.stream(corpus).mapToInt(words -> words.length).average().orElse(0);
    double[] value = new double[query.length];
    for (int q = 0; q < query.length; q++) {
      int term = query[q];
      long n =
          Arrays.stream(corpus)
              .filter(words -> Arrays.stream(words).anyMatch(word -> word == term))
              .count();
      double plain = Math.log1p((corpus.length - n + 0.5) / (n + 0.5));
      double idf = Bm25.idf(corpus.length, n);
      // The bits of the scores begin here: ours are within 2 ulp of the library's.
      assertThat(Math.abs(idf - plain)).isLessThanOrEqualTo(2 * Math.ulp(plain));
      value[q] = weights[q] * idf;
    }
    List<Integer> order =
        IntStream.range(0, query.length)
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer q) -> -value[q])
                    .thenComparingLong(q -> id(query[q])))
            .toList();
    double[] scores = new double[corpus.length];
    for (int d = 0; d < corpus.length; d++) {
      for (int q : order) {
        int term = query[q];
        double tf = Arrays.stream(corpus[d]).filter(word -> word == term).count();
        if (tf > 0) {
          double k = bm25.k1() * (1 - bm25.b() + bm25.b() * (corpus[d].length / mean));
          scores[d] += value[q] * (tf * (bm25.k1() + 1) / (tf + k));
        }
      }
    }
    return scores;
  }

  private static List<Integer> best(double[] scores, int k, int excluded) {
    return IntStream.range(0, scores.length)
        .boxed()
        .filter(d -> scores[d] > 0 && d != excluded)
        .sorted(Comparator.comparingDouble((Integer d) -> -scores[d]).thenComparing(d -> d))
        .limit(k)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"1, 1.2, 0.75", "3, 0, 0", "10, 2, 1", "500, 1.2, 0.75"})
  void findsWhatScoringAllFinds(int k, double k1, double b) {
    Bm25 formula = new Bm25(k1, b);
    int[][] corpus = corpus(400, 12, k);
    DocumentTerms terms = terms(corpus);
    IndexSearch search = new IndexSearch(index(terms, formula), k);
    SplittableRandom random = new SplittableRandom(17);
    for (int q = 0; q < 60; q++) {
      int[] query = random.ints(1 + q % 9, 0, TERMS / (1 + q % 5)).distinct().toArray();
      double[] weights = Arrays.stream(query).mapToDouble(t -> 1 + t % 3).toArray();
      int excluded = q % 2 == 0 ? IndexSearch.NONE : random.nextInt(corpus.length);
      long[] ids = Arrays.stream(query).mapToLong(IndexSearchTest::id).toArray();
      double[] scores = scores(corpus, formula, query, weights);
      List<Integer> expected = best(scores, k, excluded);
      int found = search.search(ids, weights, 0, ids.length, excluded);
      List<Integer> documents = new ArrayList<>();
      for (int rank = 0; rank < found; rank++) {
        documents.add(search.document(rank));
        assertThat(search.score(rank)).isEqualTo(scores[search.document(rank)]);
      }
      assertThat(documents).isEqualTo(expected);
      assertThat(search.score(ids, weights, 0, ids.length, 5)).isEqualTo(scores[5]);
    }
    assertThat(search.entriesRead()).isPositive();
    assertThat(search.pairsScored()).isPositive();
  }

  @Test
  void longListsAreNotRead() {
    int[][] corpus = corpus(4000, 20, 3);
    IndexSearch search = new IndexSearch(index(terms(corpus), Bm25.USUAL), 3);
    // The term of every document beside a rare one.
    long[] ids = {id(0), id(250), id(1), id(2)};
    double[] weights = {1, 1, 1, 1};
    int found = search.search(ids, weights, 0, 4, IndexSearch.NONE);
    assertThat(found).isEqualTo(3);
    assertThat(search.entriesRead()).isLessThan(search.entriesListed() / 10);
  }

  @Test
  void scoresDoNotDependOnWhichOtherDocumentsAreInTheIndex() {
    int[][] corpus = corpus(300, 15, 8);
    DocumentTerms whole = terms(corpus);
    DocumentTerms left = terms(Arrays.copyOf(corpus, 90));
    DocumentTerms right = terms(Arrays.copyOfRange(corpus, 90, 300));
    TermFrequencies sum =
        TermFrequencies.sum(List.of(TermFrequencies.of(right), TermFrequencies.of(left)));
    assertThat(sum.terms()).isEqualTo(whole.dictionary());
    assertThat(sum.counts()).isEqualTo(whole.frequencies());
    double mean = (double) whole.length() / 300;
    IndexSearch all = new IndexSearch(index(whole, Bm25.USUAL), 1);
    IndexSearch part =
        new IndexSearch(InvertedIndex.of(right, idf(right, sum, 300), Bm25.USUAL, mean), 1);
    for (int d = 90; d < 300; d++) {
      long[] query = whole.strongest(d, 10, idf(whole, sum, 300));
      assertThat(query).isEqualTo(right.strongest(d - 90, 10, idf(right, sum, 300)));
      double[] weights = new double[query.length];
      Arrays.fill(weights, 1);
      assertThat(part.score(query, weights, 0, query.length, d - 90))
          .isEqualTo(all.score(query, weights, 0, query.length, d));
    }
  }

  @Test
  void theStrongestTermsAreThoseOfTheHighestCountTimesWeight() {
    DocumentTerms terms = terms(new int[] {1, 1, 1, 2, 3, 4}, new int[] {}, new int[] {4, 4});
    double[] weights = new double[terms.dictionary().length];
    for (int place = 0; place < weights.length; place++) {
      weights[place] = terms.dictionary()[place] == id(3) ? 3 : 1;
    }
    long tied = Math.min(id(1), id(3));
    assertThat(terms.strongest(0, 1, weights)).containsExactly(tied);
    assertThat(terms.strongest(0, 2, weights)).containsExactlyInAnyOrder(id(1), id(3));
    assertThat(terms.strongest(0, 9, weights)).hasSize(4);
    assertThat(terms.strongest(0, 0, weights)).isEmpty();
    assertThat(terms.strongest(1, 9, weights)).isEmpty();
    assertThat(terms.terms(0)).isEqualTo(4);
    assertThat(terms.length(0)).isEqualTo(6);
  }

  @Test
  void anEmptyIndexFindsNothing() {
    IndexSearch search = new IndexSearch(index(terms(), Bm25.USUAL), 3);
    assertThat(search.search(new long[] {7}, new double[] {1}, 0, 1, IndexSearch.NONE)).isZero();
    IndexSearch empty = new IndexSearch(index(terms(new int[0]), Bm25.USUAL), 3);
    assertThat(empty.search(new long[] {7}, new double[] {1}, 0, 1, IndexSearch.NONE)).isZero();
  }

  @Test
  void mistakesAreTold() {
    DocumentTerms terms = terms(new int[] {1});
    assertThatThrownBy(() -> new IndexSearch(index(terms, Bm25.USUAL), 0))
        .hasMessage("expected k of at least 1, found 0");
    assertThatThrownBy(() -> InvertedIndex.of(terms, new double[2], Bm25.USUAL, 1))
        .hasMessage("expected a weight for each of 1 terms, found 2");
    SparseRow row = new SparseRow();
    row.append(3, 0.5);
    assertThatThrownBy(() -> new DocumentTerms.Builder().add(row))
        .hasMessage("a term's count must be a whole number from 1 on, found 0.5");
    assertThatThrownBy(() -> new TermFrequencies(new long[2], new long[1]))
        .hasMessage("expected a count for each of 2 terms, found 1");
  }

  /** Scores by 50-digit arithmetic, see bm25.csv (bm25.py). */
  @Test
  void scoresAreThoseOfTheFormulaInFiftyDigits() throws IOException {
    List<String[]> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    getClass().getResourceAsStream("/dev/lemma/math/search/bm25.csv")),
                StandardCharsets.UTF_8))) {
      reader.lines().skip(1).map(line -> line.split(",")).forEach(lines::add);
    }
    int checked = 0;
    for (String[] line : lines) {
      Bm25 formula = new Bm25(Double.parseDouble(line[0]), Double.parseDouble(line[1]));
      int[][] corpus =
          Arrays.stream(line[2].split("\\|", -1)).map(IndexSearchTest::words).toArray(int[][]::new);
      int[] query = words(line[3]);
      double[] expected =
          Arrays.stream(line[4].split(" ")).mapToDouble(Double::parseDouble).toArray();
      IndexSearch search = new IndexSearch(index(terms(corpus), formula), corpus.length);
      long[] ids = Arrays.stream(query).mapToLong(IndexSearchTest::id).toArray();
      double[] weights = new double[ids.length];
      Arrays.fill(weights, 1);
      for (int d = 0; d < corpus.length; d++) {
        assertThat(search.score(ids, weights, 0, ids.length, d))
            .isCloseTo(expected[d], within(4 * Math.ulp(expected[d])));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  private static int[] words(String line) {
    return line.isEmpty()
        ? new int[0]
        : Arrays.stream(line.split(" ")).mapToInt(Integer::parseInt).toArray();
  }
}
