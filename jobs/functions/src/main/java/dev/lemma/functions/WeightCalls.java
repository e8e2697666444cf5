// SPDX-License-Identifier: Apache-2.0
package dev.lemma.functions;

import dev.lemma.math.function.InitialWeights;
import dev.lemma.math.function.InitialWeights.Law;
import dev.lemma.math.function.InitialWeights.Rule;

/** What Spark's generated code calls for first weights of a layer; public for that alone. */
public final class WeightCalls {
  private WeightCalls() {}

  /** LeCun's rule, a cut normal law. */
  public static double lecunNormal(int inputs, long seed, long i, long j) {
    return new InitialWeights(Rule.LECUN, Law.TRUNCATED_NORMAL, inputs, 1).weight(seed, i, j);
  }

  /** LeCun's rule, a uniform law. */
  public static double lecunUniform(int inputs, long seed, long i, long j) {
    return new InitialWeights(Rule.LECUN, Law.UNIFORM, inputs, 1).weight(seed, i, j);
  }

  /** He's rule, a cut normal law. */
  public static double heNormal(int inputs, long seed, long i, long j) {
    return new InitialWeights(Rule.HE, Law.TRUNCATED_NORMAL, inputs, 1).weight(seed, i, j);
  }

  /** He's rule, a uniform law. */
  public static double heUniform(int inputs, long seed, long i, long j) {
    return new InitialWeights(Rule.HE, Law.UNIFORM, inputs, 1).weight(seed, i, j);
  }

  /** Xavier's rule, a cut normal law. */
  public static double xavierNormal(int inputs, int outputs, long seed, long i, long j) {
    return new InitialWeights(Rule.XAVIER, Law.TRUNCATED_NORMAL, inputs, outputs)
        .weight(seed, i, j);
  }

  /** Xavier's rule, a uniform law. */
  public static double xavierUniform(int inputs, int outputs, long seed, long i, long j) {
    return new InitialWeights(Rule.XAVIER, Law.UNIFORM, inputs, outputs).weight(seed, i, j);
  }
}
