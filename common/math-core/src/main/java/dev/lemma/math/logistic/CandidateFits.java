// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The models of several {@link Candidate}s for the same rows, sharing one eigendecomposition. */
final class CandidateFits {
  private static final ShrinkageUnits UNITS = ShrinkageUnits.TOTAL_DEVIATION;

  private final ClassMoments moments;
  private final WeightSemantics weights;
  private final boolean rough;
  // Null until the first point of the path is asked for.
  private Optional<RidgePath> path;

  private CandidateFits(ClassMoments moments, WeightSemantics weights, boolean rough) {
    this.moments = moments;
    this.weights = weights;
    this.rough = rough;
  }

  /** Models to use. */
  static CandidateFits of(ClassMoments moments, WeightSemantics weights) {
    return new CandidateFits(moments, weights, false);
  }

  /** Models to compare only: iterations end when about a millionth of the loss is left to gain. */
  static CandidateFits toCompare(ClassMoments moments, WeightSemantics weights) {
    return new CandidateFits(moments, weights, true);
  }

  /** The models in the order of the candidates, the shares of the classes being the priors. */
  List<LinearModel> all(List<Candidate> candidates) {
    List<LinearModel> models = new ArrayList<>();
    for (Candidate candidate : candidates) {
      models.add(fit(candidate));
    }
    return models;
  }

  LinearModel fit(Candidate candidate) {
    return switch (candidate.kind()) {
      case DIAGONAL -> closed(Pooling.DIAGONAL, Shrinkage.NONE).model();
      case RIDGE -> ridge(candidate.rho());
      case POOLED -> closed(Pooling.WITHIN, new Shrinkage.Oas()).model();
      case BALANCED -> closed(Pooling.BALANCED, new Shrinkage.Oas()).model();
      case MOMENT_MATCHED -> matched(candidate);
      case TOTAL -> closed(Pooling.TOTAL, Shrinkage.NONE).model();
    };
  }

  private ClosedFormFit closed(Pooling pooling, Shrinkage shrinkage) {
    return ClosedForm.POOLED.with(weights).with(pooling).with(shrinkage, UNITS).fit(moments);
  }

  private LinearModel ridge(double rho) {
    if (rho == 0) {
      // Not by the path, which does not widen the covariance of separated classes.
      return closed(Pooling.WITHIN, Shrinkage.NONE).model();
    }
    if (path == null) {
      path = RidgePath.of(moments, Pooling.WITHIN, UNITS);
    }
    return path.map(p -> p.atShare(rho))
        .orElseGet(() -> closed(Pooling.WITHIN, new Shrinkage.Fixed(rho)).model());
  }

  private LinearModel matched(Candidate candidate) {
    int[] present = present(moments);
    if (present.length < 2) {
      return closed(Pooling.WITHIN, Shrinkage.NONE).model();
    }
    MomentMatched estimator = new MomentMatched(candidate.blend(), candidate.lambda());
    int first = present[0];
    if (first == 0) {
      return solve(estimator, moments);
    }
    // The reference class must have rows: the first that has some takes the place of class 0.
    int[] numbers = new int[moments.classes()];
    for (int k = 0; k < numbers.length; k++) {
      numbers[k] = k == 0 ? first : k == first ? 0 : k;
    }
    return renumbered(solve(estimator, moments.renumberClasses(numbers, numbers.length)), numbers);
  }

  private LinearModel solve(MomentMatched estimator, ClassMoments of) {
    return (rough ? estimator.fitRoughly(of) : estimator.fit(of)).model();
  }

  private static LinearModel renumbered(LinearModel model, int[] numbers) {
    int d = model.features();
    double[] intercepts = new double[numbers.length];
    double[] coefficients = new double[numbers.length * d];
    double[] from = model.coefficients();
    for (int k = 0; k < numbers.length; k++) {
      intercepts[k] = model.intercept(numbers[k]);
      System.arraycopy(from, numbers[k] * d, coefficients, k * d, d);
    }
    return LinearModel.of(intercepts, coefficients);
  }

  /** The classes with weight, ascending. */
  static int[] present(ClassMoments moments) {
    return IntStream.range(0, moments.classes()).filter(k -> moments.weight(k) > 0).toArray();
  }
}
