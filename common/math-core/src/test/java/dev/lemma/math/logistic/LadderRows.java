// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import dev.lemma.math.linalg.PairwiseMerge;
import dev.lemma.math.linalg.PlainGemm;
import dev.lemma.math.random.RowKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Labelled rows in memory with keys and folds: the passes of a {@link Ladder} for tests, counted.
 */
final class LadderRows implements LadderPasses {
  final int classes;
  final int folds;
  final double[][] rows;
  final int[] labels;
  final double[] weights;
  final int[] foldOf;
  int passes;
  private int parts = 1;

  LadderRows(int classes, int folds, double[][] rows, int[] labels, double[] weights) {
    this.classes = classes;
    this.folds = folds;
    this.rows = rows;
    this.labels = labels;
    this.weights = weights;
    foldOf = new int[rows.length];
    for (int i = 0; i < foldOf.length; i++) {
      foldOf[i] = FoldMoments.foldOf(key(i), folds);
    }
  }

  static LadderRows of(int classes, double[][] rows, int[] labels) {
    double[] ones = new double[rows.length];
    Arrays.fill(ones, 1);
    return new LadderRows(classes, 5, rows, labels, ones);
  }

  /** A data set of scikit-learn: features, then the class. */
  static LadderRows golden(String name) {
    try (InputStream in = LadderRows.class.getResourceAsStream(name + ".csv.gz")) {
      List<double[]> rows = new ArrayList<>();
      List<Integer> labels = new ArrayList<>();
      for (String line : lines(in)) {
        double[] numbers =
            Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
        rows.add(Arrays.copyOf(numbers, numbers.length - 1));
        labels.add((int) numbers[numbers.length - 1]);
      }
      int classes = labels.stream().mapToInt(Integer::intValue).max().orElseThrow() + 1;
      return of(
          classes,
          rows.toArray(new double[0][]),
          labels.stream().mapToInt(Integer::intValue).toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rows of a gzipped libsvm file with labels -1 and 1. */
  static LadderRows libsvm(Path path, int features) {
    try (InputStream in = Files.newInputStream(path)) {
      List<String> lines = lines(in);
      double[][] rows = new double[lines.size()][features];
      int[] labels = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        String[] parts = lines.get(i).trim().split("\\s+");
        labels[i] = Double.parseDouble(parts[0]) > 0 ? 1 : 0;
        for (int p = 1; p < parts.length; p++) {
          int colon = parts[p].indexOf(':');
          int column = Integer.parseInt(parts[p].substring(0, colon)) - 1;
          rows[i][column] = Double.parseDouble(parts[p].substring(colon + 1));
        }
      }
      return of(2, rows, labels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(InputStream in) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(in), StandardCharsets.US_ASCII))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  /** Some of the rows. */
  LadderRows select(int[] which) {
    double[][] chosen = new double[which.length][];
    int[] labelled = new int[which.length];
    double[] weighted = new double[which.length];
    for (int i = 0; i < which.length; i++) {
      chosen[i] = rows[which[i]];
      labelled[i] = labels[which[i]];
      weighted[i] = weights[which[i]];
    }
    return new LadderRows(classes, folds, chosen, labelled, weighted);
  }

  /** Splits the rows into outer folds, stratified by class: the outer fold of each row. */
  int[] stratified(int outer, long seed) {
    Integer[] order = new Integer[rows.length];
    Arrays.setAll(order, i -> i);
    java.util.Collections.shuffle(Arrays.asList(order), new Random(seed));
    int[] seen = new int[classes];
    int[] split = new int[rows.length];
    for (int i : order) {
      split[i] = (seen[labels[i]]++ + 3 * labels[i]) % outer;
    }
    return split;
  }

  LadderRows inParts(int count) {
    parts = count;
    return this;
  }

  int features() {
    return rows[0].length;
  }

  RowKey key(int i) {
    long mixed = (i + 1) * 0x9E3779B97F4A7C15L;
    return new RowKey(mixed ^ mixed >>> 31, i);
  }

  FoldMoments moments(ScatterLayout layout) {
    passes++;
    MomentAccumulator accumulator =
        MomentAccumulator.exact(new MomentShape(folds, classes, features(), layout));
    for (int i = 0; i < rows.length; i++) {
      accumulator.add(foldOf[i], labels[i], weights[i], rows[i]);
    }
    return accumulator.finish();
  }

  @Override
  public LikelihoodSums run(PassPlan plan) {
    passes++;
    List<LikelihoodSums> sums = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      LikelihoodAccumulator part = LikelihoodAccumulator.fast(plan, new PlainGemm());
      for (int i = from(p); i < from(p + 1); i++) {
        part.add(foldOf[i], labels[i], weights[i], rows[i], 0);
      }
      sums.add(part.finish());
    }
    return PairwiseMerge.of(sums, LikelihoodSums::merge);
  }

  @Override
  public CrossFittedScores crossFit(CrossFitPlan plan) {
    passes++;
    CrossFittedScores scores = CrossFittedScores.of(plan.shape(), plan.seed());
    for (int p = 0; p < parts; p++) {
      CrossFitAccumulator part = CrossFitAccumulator.fast(plan, new PlainGemm());
      for (int i = from(p); i < from(p + 1); i++) {
        part.add(key(i), foldOf[i], labels[i], weights[i], rows[i], 0);
      }
      scores.merge(part.finish());
    }
    return scores;
  }

  @Override
  public InfluencedScores crossFit(CrossFitPlan plan, List<InfluencePlan> influences) {
    List<InfluenceSums> sums = influences.stream().map(InfluenceSums::empty).toList();
    for (int i = 0; i < rows.length; i++) {
      for (InfluenceSums sum : sums) {
        sum.add(labels[i], weights[i], rows[i], 0);
      }
    }
    return new InfluencedScores(crossFit(plan), sums);
  }

  private int from(int part) {
    return (int) ((long) rows.length * part / parts);
  }

  /** Mean log-loss and accuracy of a model on these rows. */
  double[] quality(LinearModel model) {
    double[] scores = new double[classes];
    double loss = 0;
    double right = 0;
    for (int i = 0; i < rows.length; i++) {
      model.scores(rows[i], scores);
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = scores[k] > scores[best] ? k : best;
      }
      right += best == labels[i] ? 1 : 0;
      loss += Softmax.loss(scores, classes, labels[i]);
    }
    return new double[] {loss / rows.length, right / rows.length};
  }
}
