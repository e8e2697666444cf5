// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.synthetic;

import static dev.lemma.math.synthetic.GaussianClasses.require;

import dev.lemma.math.probability.RatioLaw;
import dev.lemma.math.random.StreamKey;

/**
 * Dense rows in groups of near neighbours, and groups in clusters: row n belongs to group n / size
 * and to cluster n / (size x groups), and is
 *
 * <pre>
 * cluster centre + spread z + noise z',
 * </pre>
 *
 * <p>with centres, z (one for each group) and z' (one for each row) standard normal in d
 * dimensions. Squared distances follow scaled chi-square laws with d degrees of freedom exactly: 2
 * noise<sup>2</sup> chi<sup>2</sup> within a group, 2 (noise<sup>2</sup> + spread<sup>2</sup>)
 * chi<sup>2</sup> within a cluster, 2 (noise<sup>2</sup> + spread<sup>2</sup> + 1) chi<sup>2</sup>
 * otherwise. So the number of pairs within a radius is known before any is looked for.
 *
 * <p>Immutable and thread-safe; {@link #row} needs O(d) time.
 */
public final class DenseClusters {
  private final StreamKey rows;
  private final StreamKey design;
  private final int features;
  private final int size;
  private final int groups;
  private final double spread;
  private final double noise;

  /**
   * Settles the shape.
   *
   * @param seed key of centres and rows
   * @param features d, at least 1
   * @param size rows of a group, at least 1
   * @param groups groups of a cluster, at least 1
   * @param spread standard deviation, in each feature, of a group's centre about its cluster's
   * @param noise standard deviation, in each feature, of a row about its group's centre; above 0
   */
  public DenseClusters(long seed, int features, int size, int groups, double spread, double noise) {
    require(features >= 1, "features must be at least 1, found " + features);
    require(size >= 1, "rows of a group must be at least 1, found " + size);
    require(groups >= 1, "groups of a cluster must be at least 1, found " + groups);
    require(spread >= 0, "spread must be at least 0, found " + spread);
    require(noise > 0, "noise must be above 0, found " + noise);
    this.rows = StreamKey.of(seed, "generate/dense-clusters/row");
    this.design = StreamKey.of(seed, "generate/dense-clusters/design");
    this.features = features;
    this.size = size;
    this.groups = groups;
    this.spread = spread;
    this.noise = noise;
  }

  /** The group of a row. */
  public long group(long row) {
    return Math.floorDiv(row, (long) size);
  }

  /**
   * A row.
   *
   * @param row its number, at least 0
   * @param out receives d values
   */
  public void row(long row, double[] out) {
    long group = group(row);
    double[] part = new double[features];
    Normals.fill(design, Math.floorDiv(group, (long) groups), 0, out);
    Normals.fill(design, group, 1, part);
    add(out, spread, part);
    Normals.fill(rows, row, 0, part);
    add(out, noise, part);
  }

  private static void add(double[] out, double scale, double[] part) {
    for (int j = 0; j < out.length; j++) {
      out[j] += scale * part[j];
    }
  }

  /**
   * The Euclidean distance within which a share of the pairs of one group lie.
   *
   * @param share in (0, 1)
   */
  public double radius(double share) {
    return noise * Math.sqrt(2 * features * law().quantile(share));
  }

  /**
   * The expected number of pairs of the first rows within a Euclidean distance.
   *
   * @param radius above 0
   * @param count number of rows
   */
  public double pairsWithin(double radius, long count) {
    double inGroup = pairs(count, size);
    double inCluster = pairs(count, (long) size * groups);
    double all = 0.5 * count * (count - 1.0);
    return inGroup * within(radius, 0)
        + (inCluster - inGroup) * within(radius, spread * spread)
        + (all - inCluster) * within(radius, spread * spread + 1);
  }

  /** Pairs inside runs of so many rows. */
  private static double pairs(long count, long run) {
    double rest = count % run;
    return 0.5 * (count / run * (run * (run - 1.0)) + rest * (rest - 1));
  }

  /** The chance that two rows lie within a radius, given the variance of their centres. */
  private double within(double radius, double variance) {
    double ratio = radius * radius / (2 * features * (noise * noise + variance));
    return ratio > 1
        ? -StrictMath.expm1(law().logAbove(ratio - 1))
        : StrictMath.exp(law().logBelowRatio(ratio));
  }

  /** Of chi-square with d degrees of freedom over d. */
  private RatioLaw law() {
    return RatioLaw.gamma(features / 2.0);
  }
}
