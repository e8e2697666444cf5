// SPDX-License-Identifier: Apache-2.0
package dev.lemma.math.logistic;

/**
 * The Hessian of the penalised likelihood as the moments of the classes foretell it, as a
 * preconditioner: for two classes the whole of it, for more its blocks by class. It costs no pass;
 * where the scores are near Gaussian it is near the Hessian of the rows.
 */
final class MomentHessian {
  private final ClassGaussians gaussians;
  private final NewtonSystem binary;
  private final SoftmaxMoments softmax;

  /**
   * At a point.
   *
   * @param parameters about the design's shift
   */
  MomentHessian(ClassMoments moments, double lambda, double[] parameters) {
    double blend = moments.layout() == ScatterLayout.PER_CLASS ? 1 : 0;
    gaussians = new ClassGaussians(moments, blend);
    double[] standard = gaussians.toStandard(parameters);
    if (gaussians.classes == 2) {
      binary = new BinaryMoments(gaussians, lambda / gaussians.weight).system(standard);
      softmax = null;
    } else {
      binary = null;
      softmax = new SoftmaxMoments(gaussians, lambda);
      softmax.prepare(standard);
    }
  }

  /** Replaces a gradient of the summed loss by the Newton step of this Hessian, sign apart. */
  void solveInPlace(double[] gradient) {
    double[] standard = gaussians.gradientToStandard(gradient);
    if (softmax == null) {
      System.arraycopy(binary.solve(standard), 0, standard, 0, standard.length);
    } else {
      solveByClass(standard);
    }
    double[] raw = gaussians.toRaw(standard);
    for (int i = 0; i < raw.length; i++) {
      gradient[i] = raw[i] / gaussians.weight;
    }
  }

  /** In the gauge of K rows, where the gradient by class 0 is less the sum of the others. */
  private void solveByClass(double[] standard) {
    int width = gaussians.features + 1;
    double[] all = new double[standard.length + width];
    System.arraycopy(standard, 0, all, width, standard.length);
    for (int i = 0; i < standard.length; i++) {
      all[i % width] -= standard[i];
    }
    softmax.precondition(all);
    for (int i = 0; i < standard.length; i++) {
      standard[i] = all[width + i] - all[i % width];
    }
  }
}
