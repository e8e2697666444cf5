// SPDX-License-Identifier: Apache-2.0
package dev.lemma.benchmarks;

import dev.lemma.math.features.FeatureMap;
import dev.lemma.math.features.FeatureSpec;
import dev.lemma.math.features.FrequencyDesign;
import dev.lemma.math.features.KernelFunction;
import dev.lemma.math.features.MedianRule;
import dev.lemma.math.features.NormDesign;
import dev.lemma.math.features.PairMeasures;
import dev.lemma.math.logistic.ClosedForm;
import dev.lemma.math.logistic.LinearModel;
import dev.lemma.math.logistic.MomentAccumulator;
import dev.lemma.math.logistic.MomentShape;
import dev.lemma.math.logistic.ScatterLayout;
import dev.lemma.math.logistic.Shrinkage;
import dev.lemma.math.logistic.ShrinkageUnits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/**
 * Accuracy on scikit-learn's handwritten digits of the closed form of logistic regression behind
 * 2,048 random features of the Gaussian kernel: the mean of 3 seeded splits into 10 folds.
 *
 * <p>Bandwidth (a factor of the median distance) and ridge are chosen anew for each fold, on its
 * training part alone: by 4 folds of that part, at 512 features to save time. Prints the accuracy
 * of each split, and of the pixels in the same way. {@code bench.repeats} is the number of splits;
 * {@code bench.k} the number of features, 2,048 by default.
 */
public final class Digits {
  private static final String DATA =
      "common/math-core/src/test/resources/dev/lemma/math/logistic/digits.csv.gz";
  private static final int CLASSES = 10;
  private static final int D = 64;
  private static final int FOLDS = 10;
  private static final int INNER_FOLDS = 4;
  private static final int FEW = 512;
  private static final int PAIRS = 800;
  private static final double[] FACTORS = {0.5, 0.7, 1};
  private static final double[] RIDGES = {3e-6, 1e-5, 3e-5, 1e-4, 3e-4};
  private static final double[] PIXEL_RIDGES = {1e-4, 1e-3, 1e-2, 1e-1, 1};

  private record Choice(double bandwidth, double ridge) {}

  private Digits() {}

  /**
   * Prints the accuracies.
   *
   * @param args the folder of results, below that of the checkout
   * @throws IOException if the digits cannot be read
   */
  public static void main(String[] args) throws IOException {
    int splits = Integer.getInteger("bench.repeats", 3);
    int k = Integer.getInteger("bench.k", 2048);
    List<double[]> rows = rows(Path.of(args[0]).toAbsolutePath());
    double sum = 0;
    double pixels = 0;
    for (int split = 1; split <= splits; split++) {
      List<double[]> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, new Random(split));
      int errors = 0;
      int pixelErrors = 0;
      for (int fold = 0; fold < FOLDS; fold++) {
        List<double[]> training = new ArrayList<>();
        List<double[]> test = new ArrayList<>();
        for (int i = 0; i < shuffled.size(); i++) {
          (i % FOLDS == fold ? test : training).add(shuffled.get(i));
        }
        Choice choice = choose(training, split);
        FeatureMap map = map(choice.bandwidth(), k, split);
        errors += errors(mapped(map, training), mapped(map, test), choice.ridge());
        pixelErrors += errors(training, test, ridgeOfPixels(training));
        System.out.printf(
            Locale.ROOT,
            "split %d fold %d: bandwidth %.2f, ridge %.0e, errors so far %d (pixels %d)%n",
            split,
            fold,
            choice.bandwidth(),
            choice.ridge(),
            errors,
            pixelErrors);
      }
      double accuracy = 1 - (double) errors / rows.size();
      System.out.printf(Locale.ROOT, "split %d: %.2f %%%n", split, 100 * accuracy);
      sum += accuracy;
      pixels += 1 - (double) pixelErrors / rows.size();
    }
    System.out.printf(
        Locale.ROOT,
        "mean of %d splits: %.2f %% with %d features, %.2f %% on pixels%n",
        splits,
        100 * sum / splits,
        k,
        100 * pixels / splits);
  }

  private static List<double[]> rows(Path below) throws IOException {
    Path folder = below;
    while (folder != null && !Files.exists(folder.resolve(DATA))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IOException("no " + DATA + " in a folder above " + below);
    }
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(folder.resolve(DATA))),
                StandardCharsets.US_ASCII))) {
      return lines
          .lines()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  private static FeatureMap map(double bandwidth, int k, long seed) {
    return FeatureMap.of(
        new FeatureSpec(
            new KernelFunction.Gaussian(bandwidth),
            FrequencyDesign.ORTHOGONAL,
            NormDesign.STRATIFIED,
            k,
            D,
            seed));
  }

  /** The features of each row, and its class. */
  private static List<double[]> mapped(FeatureMap map, List<double[]> rows) {
    int k = map.spec().k();
    double[] z = new double[k];
    List<double[]> out = new ArrayList<>();
    for (double[] row : rows) {
      map.map(Arrays.copyOf(row, D), z);
      double[] more = Arrays.copyOf(z, k + 1);
      more[k] = row[D];
      out.add(more);
    }
    return out;
  }

  private static double median(List<double[]> rows) {
    List<PairMeasures> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(PAIRS, rows.size() / 2); i++) {
      pairs.add(
          PairMeasures.of(
              Arrays.copyOf(rows.get(2 * i), D), Arrays.copyOf(rows.get(2 * i + 1), D)));
    }
    return MedianRule.bandwidth(new KernelFunction.Gaussian(1), D, pairs).orElseThrow();
  }

  private static Choice choose(List<double[]> training, long seed) {
    double median = median(training);
    Choice best = null;
    int fewest = Integer.MAX_VALUE;
    for (double factor : FACTORS) {
      List<double[]> features = mapped(map(factor * median, FEW, seed), training);
      for (double ridge : RIDGES) {
        int errors = crossValidated(features, ridge);
        if (errors < fewest) {
          fewest = errors;
          best = new Choice(factor * median, ridge);
        }
      }
    }
    return best;
  }

  private static double ridgeOfPixels(List<double[]> training) {
    double best = Double.NaN;
    int fewest = Integer.MAX_VALUE;
    for (double ridge : PIXEL_RIDGES) {
      int errors = crossValidated(training, ridge);
      if (errors < fewest) {
        fewest = errors;
        best = ridge;
      }
    }
    return best;
  }

  private static int crossValidated(List<double[]> rows, double ridge) {
    int errors = 0;
    for (int fold = 0; fold < INNER_FOLDS; fold++) {
      List<double[]> fitted = new ArrayList<>();
      List<double[]> left = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        (i % INNER_FOLDS == fold ? left : fitted).add(rows.get(i));
      }
      errors += errors(fitted, left, ridge);
    }
    return errors;
  }

  /** Errors on some rows of the closed form of others; the last entry of a row is its class. */
  private static int errors(List<double[]> training, List<double[]> test, double ridge) {
    int width = training.get(0).length - 1;
    MomentAccumulator sums =
        MomentAccumulator.exact(new MomentShape(1, CLASSES, width, ScatterLayout.POOLED));
    for (double[] row : training) {
      sums.add(0, (int) row[width], 1, Arrays.copyOf(row, width));
    }
    LinearModel model =
        ClosedForm.POOLED
            .with(new Shrinkage.Ridge(ridge), ShrinkageUnits.DATA)
            .fit(sums.finish().total())
            .model();
    double[] scores = new double[CLASSES];
    int errors = 0;
    for (double[] row : test) {
      model.scores(Arrays.copyOf(row, width), scores);
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      errors += best == (int) row[width] ? 0 : 1;
    }
    return errors;
  }
}
