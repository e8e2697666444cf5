// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * How well a binary score ranks rows of class 1 above those of class 0: area under the ROC curve,
 * average precision, Kolmogorov-Smirnov distance.
 *
 * <ul>
 *   <li>AUC = P(z<sub>1</sub> &gt; z<sub>0</sub>) + P(z<sub>1</sub> = z<sub>0</sub>) / 2 for a row
 *       of either class.
 *   <li>Average precision = sum over the thresholds of (recall - last recall) precision, equal
 *       scores being one threshold: the area under the precision-recall curve without
 *       interpolation.
 *   <li>KS = the largest |P(z<sub>1</sub> &lt; t) - P(z<sub>0</sub> &lt; t)|.
 * </ul>
 *
 * <p>All three are exact for scores known one by one. Inside the bin of a histogram the order of
 * rows is not known. For AUC the densities of the classes are taken as linear across the bin, so
 * that one row ranks above the other with probability 1/2 + (difference of the mean scores) /
 * width; for average precision the rows are taken as mixed evenly. The error bounds assume nothing:
 * they hold for whatever order the rows of each bin really have.
 *
 * <p>NaN when a class has no weight.
 *
 * <p>T. Fawcett, <em>An introduction to ROC analysis</em>, 2006, <a
 * href="https://doi.org/10.1016/j.patrec.2005.10.010">doi:10.1016/j.patrec.2005.10.010</a>.
 *
 * @param auc area under the ROC curve, in [0, 1]
 * @param aucErrorBound largest possible distance from that of the rows themselves
 * @param averagePrecision in [0, 1]
 * @param averagePrecisionErrorBound largest possible distance from that of the rows themselves
 * @param ks Kolmogorov-Smirnov distance, in [0, 1]
 * @param ksErrorBound how much larger that of the rows themselves can be
 * @param ksLogit the score at which it is reached
 */
public record RankingCurve(
    double auc,
    double aucErrorBound,
    double averagePrecision,
    double averagePrecisionErrorBound,
    double ks,
    double ksErrorBound,
    double ksLogit) {

  /** Scores of one bin whose spread is below this share of its width are equal but for rounding. */
  private static final double EQUAL = 1e-8;

  /** The curve of a distribution. O(groups). */
  public static RankingCurve of(ScoreGroups groups) {
    if (!(groups.totalWeight(0) > 0 && groups.totalWeight(1) > 0)) {
      double none = Double.NaN;
      return new RankingCurve(none, none, none, none, none, none, none);
    }
    return new Sweep(groups).run();
  }

  /** From the highest score down, as a threshold that lets more and more rows pass. */
  private static final class Sweep {
    private final ScoreGroups groups;
    private final double positives;
    private final double negatives;
    private final double halfRow;
    private double truePositives;
    private double falsePositives;
    private double pairs;
    private double unknownPairs;
    private double precision;
    private double precisionLow;
    private double precisionHigh;
    private double ks;
    private double ksError;
    private double ksLogit = Double.NaN;

    Sweep(ScoreGroups groups) {
      this.groups = groups;
      positives = groups.totalWeight(1);
      negatives = groups.totalWeight(0);
      halfRow = 0.5 * groups.totalWeight() / groups.effectiveRows();
    }

    RankingCurve run() {
      for (int g = groups.size() - 1; g >= 0; g--) {
        double ones = groups.weight(g, 1);
        double zeros = groups.weight(g, 0);
        boolean spread = isSpread(g, ones, zeros);
        pass(g, ones, zeros, spread);
        if (spread) {
          passSpread(ones, zeros);
        } else {
          double step =
              ones * (truePositives + ones) / (truePositives + falsePositives + ones + zeros);
          precision += step;
          precisionLow += step;
          precisionHigh += step;
        }
        truePositives += ones;
        falsePositives += zeros;
        double distance = Math.abs(truePositives / positives - falsePositives / negatives);
        if (distance > ks) {
          ks = distance;
          ksLogit = groups.lower(g);
        }
      }
      double allPairs = positives * negatives;
      return new RankingCurve(
          Math.min(1, pairs / allPairs),
          unknownPairs / allPairs,
          precision / positives,
          Math.max(precisionHigh - precision, precision - precisionLow) / positives,
          ks,
          ksError,
          ksLogit);
    }

    private boolean isSpread(int g, double ones, double zeros) {
      double width = groups.upper(g) - groups.lower(g);
      double within = width * EQUAL;
      boolean apart =
          ones > 0 && zeros > 0 && Math.abs(groups.mean(g, 1) - groups.mean(g, 0)) > within;
      return width > 0
          && (apart
              || ones > 0 && groups.variance(g, 1) > within * within
              || zeros > 0 && groups.variance(g, 0) > within * within);
    }

    /** Counts the pairs that this group wins, against all below and inside itself. */
    private void pass(int g, double ones, double zeros, boolean spread) {
      pairs += ones * (negatives - falsePositives - zeros);
      double inside = ones * zeros;
      if (inside == 0) {
        return;
      }
      if (!spread) {
        pairs += inside / 2;
        return;
      }
      double width = groups.upper(g) - groups.lower(g);
      double apart = (groups.mean(g, 1) - groups.mean(g, 0)) / width;
      double won = Math.max(0, Math.min(1, 0.5 + apart));
      pairs += inside * won;
      unknownPairs += inside * Math.max(won, 1 - won);
    }

    private void passSpread(double ones, double zeros) {
      ksError = Math.max(ksError, Math.max(ones / positives, zeros / negatives));
      if (ones == 0) {
        return;
      }
      double before = truePositives + falsePositives;
      precision += evenly(ones, zeros);
      // All of class 1 behind class 0, or before it and counted with the most that precision can
      // be.
      precisionLow += increasing(truePositives, before + zeros, ones);
      precisionHigh += ones * (truePositives + ones) / (before + ones);
    }

    /**
     * The integral over x in (0, 1) of ones (T + ones x) / (A + (ones + zeros) x), T and A counted
     * with half a row more: a row stands in the middle of its own step.
     */
    private double evenly(double ones, double zeros) {
      double top = truePositives + halfRow;
      double all = truePositives + falsePositives + halfRow;
      double step = ones + zeros;
      double slope = ones / step;
      double mean = slope + (top - all * slope) * Math.log1p(step / all) / step;
      return ones * Math.max(0, Math.min(1, mean));
    }

    /** The integral over x in (0, 1) of ones (T + ones x) / (A + ones x). */
    private static double increasing(double top, double all, double ones) {
      return all == 0 ? ones : ones + (top - all) * Math.log1p(ones / all);
    }
  }
}
