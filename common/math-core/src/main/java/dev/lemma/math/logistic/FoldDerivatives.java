// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;

/**
 * Loss, gradient and Hessian of every fold at one common point, out of one pass: what a Newton step
 * without a fold needs, and what it would do to the loss of that fold to second order. It takes the
 * memory of F Hessians and the flops of one.
 */
final class FoldDerivatives {
  private final LikelihoodSums sums;
  private final double[] point;
  private final int folds;

  /**
   * The answers to the first F probes of a pass, made by {@link #probes}.
   *
   * @param point where derivatives were taken
   */
  FoldDerivatives(LikelihoodSums sums, double[] point, int folds) {
    this.sums = sums;
    this.point = point;
    this.folds = folds;
  }

  /** Probes of each fold along a line; derivatives are taken at the first step. */
  static List<Probe> probes(
      int folds, PassDetail detail, double[] base, double[] direction, double[] steps) {
    List<Probe> probes = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      probes.add(new Probe(FoldChoice.only(f), detail, base, direction, steps));
    }
    return probes;
  }

  int folds() {
    return folds;
  }

  double[] point() {
    return point;
  }

  double weight(int fold) {
    return sums.weight(fold);
  }

  /** Sum of the weights of all folds. */
  double weight() {
    double sum = 0;
    for (int f = 0; f < folds; f++) {
      sum += weight(f);
    }
    return sum;
  }

  /** Mean loss of a fold at the point. */
  double meanLoss(int fold) {
    return sums.loss(fold, 0) / weight(fold);
  }

  /** Gradient of the loss of all folds but one; -1 for all. */
  double[] gradientWithout(int fold) {
    double[] sum = new double[point.length];
    for (int f = 0; f < folds; f++) {
      if (f != fold) {
        add(sums.gradient(f), sum);
      }
    }
    return sum;
  }

  /** Hessian blocks of the loss of all folds but one; -1 for all. */
  double[] hessianWithout(int fold) {
    double[] sum = null;
    for (int f = 0; f < folds; f++) {
      if (f != fold) {
        if (sum == null) {
          sum = sums.hessian(f);
        } else {
          add(sums.hessian(f), sum);
        }
      }
    }
    return sum;
  }

  /** Mean loss of a fold at other parameters, to second order about the point. */
  double meanLoss(int fold, double[] parameters, int width) {
    double[] move = parameters.clone();
    for (int i = 0; i < move.length; i++) {
      move[i] -= point[i];
    }
    double slope = MomentVectors.dot(sums.gradient(fold), move);
    double curvature = curvature(sums.hessian(fold), move, width);
    return meanLoss(fold) + (slope + curvature / 2) / weight(fold);
  }

  /** v' H v, H in the blocks of {@link LikelihoodSums}. */
  static double curvature(double[] blocks, double[] v, int width) {
    int scores = v.length / width;
    double sum = 0;
    int at = 0;
    for (int e = 0; e < scores; e++) {
      for (int c = 0; c <= e; c++) {
        double block = 0;
        for (int j = 0; j < width; j++) {
          double column = 0;
          double mirrored = 0;
          for (int i = 0; i < j; i++) {
            column += blocks[at + i] * v[c * width + i];
            mirrored += blocks[at + i] * v[e * width + i];
          }
          double diagonal = blocks[at + j] * v[c * width + j];
          block += (column + diagonal) * v[e * width + j] + mirrored * v[c * width + j];
          at += j + 1;
        }
        sum += c == e ? block : 2 * block;
      }
    }
    return sum;
  }

  /** The sums over all folds, as one probe over all rows would have given them. */
  LikelihoodSums total() {
    PassPlan plan = sums.plan();
    Probe probe = plan.probes().get(0);
    PassPlan single =
        new PassPlan(
            plan.classes(),
            plan.features(),
            plan.shift(),
            List.of(
                new Probe(
                    FoldChoice.all(),
                    probe.detail(),
                    probe.base(),
                    probe.direction(),
                    probe.steps())));
    LikelihoodSums all = LikelihoodSums.empty(single);
    for (int f = 0; f < folds; f++) {
      int length = all.state().length;
      double[] state = all.state();
      for (int i = 0; i < length; i++) {
        state[i] += sums.state()[sums.offset(f) + i];
      }
    }
    return all;
  }

  private static void add(double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }
}
